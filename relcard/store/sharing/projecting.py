"""From the writes of the list's rows to the store's tables: what stands is the same whatever came first.

A row stands while it lives, unless another of its natural key, or the contact it was merged into, stands for
it. Whatever does not stand keeps its values in its record, and comes back with them.
"""

from __future__ import annotations

import hashlib
import heapq
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.surnames import full_name
from relcard.domain.sharing.merging import Row
from relcard.domain.sharing.merging import shown
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.sharing.travelling import goes_along
from relcard.domain.text import fold
from relcard.store import contacts
from relcard.store import new_contacts
from relcard.store import photos
from relcard.store.file import identity
from relcard.store.sharing import encoding
from relcard.store.sharing.living import OPTIONAL
from relcard.store.sharing.living import PARENTS
from relcard.store.sharing.living import Living
from relcard.store.sharing.state import State
from relcard.store.sharing.state import chosen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Step
    from relcard.domain.sharing.steps import Value
    from relcard.domain.sharing.steps import Write
    from relcard.store.sharing.encoding import Raw
    from relcard.store.sharing.living import Key

_ORDER = {table: place for place, table in enumerate(TABLES)}
_OWN_VIEW = ("circle", "cadence")  # never another's, unless both were chosen to be the couple's
_MADE: dict[str, Raw] = {
    "contact": {"name_key": "", "sort_key": "", "search": "", "country": ""},
    "recipient": {"reason": "put in on another laptop"},
}


class Projection:
    """Takes steps into the tables, one after another, in the caller's transaction without foreign keys."""

    def __init__(self, db: sqlite3.Connection, state: State | None = None) -> None:
        self._db = db
        self._state = state or State(db)
        self.living = Living(db, self._state)
        self._chosen = chosen(db)
        self._dirty: dict[Key, int] = {}  # rows to look at, in the order in which they were spoken of
        self._queue: list[tuple[int, int, Key]] = []
        self._spoken = 0
        self._placing: set[Key] = set()  # that are being put into their tables
        self._has_shrunk = False
        self._described: set[int] = set()  # contacts of which something is worked out anew
        self.dear: set[str] = set()  # contacts that went elsewhere, and of whom the own book says something
        self.people: set[int] = set()  # contacts of which the household may be another

    def take(self, step: Step, write: Write) -> None:
        """Take one step: its changes into the records, and what follows into the tables."""
        for change in step.changes:
            self._apply(change, step, write)
        self.settle()

    def _apply(self, change: Change, step: Step, write: Write) -> None:
        key = (change.table, change.uuid)
        row = self._state.load(*key)
        stands = row is not None and self._state.stands(*key)
        if row is None:
            row = Row(*key)
        row.apply(change, write, step)
        if row.made is None:  # it was never said to have come: a newer relcard's way
            row.made = write
        if not stands:
            row.compact(write)
        self._state.save(row, kept=None if stands else self._target(row), behind=self._state.behind(*key))
        self._mark([key])
        for parent in self._spoken_of(change):
            self._touch(parent, write)
        self._look_at_merged(row)
        if change.is_gone or change.replaces:
            self._wake(row)

    def _spoken_of(self, change: Change) -> list[Key]:
        """Return the rows that a change says something hangs on."""
        to = TABLES[change.table].to if change.table in TABLES else {}
        pointed = (
            [] if change.row is None else [(parent, change.row.get(column)) for column, parent in to.items()]
        )
        spoken = [(table, uuid) for uuid in change.touches for table in PARENTS]
        return [*((parent, uuid) for parent, uuid in pointed if isinstance(uuid, str)), *spoken]

    def _look_at_merged(self, row: Row) -> None:
        """Look again at the contact that an alias says was merged, and at all that points to it."""
        merged = row.values.get("merged") if row.table == "alias" else None
        if isinstance(merged, bytes):
            self._mark([("contact", merged.hex())])
            self._mark_pointing("contact", merged.hex())

    def concerns(self, changes: Iterable[Change]) -> bool:
        """Whether what this laptop changed moves other rows, that stood behind its own or hung on them."""
        for change in changes:
            of_key = change.table in TABLES and change.column in TABLES[change.table].key
            is_back = change.row is not None and bool(change.replaces)
            if change.is_gone or of_key or is_back or change.table == "alias":
                row = self._state.load(change.table, change.uuid)
                if row is not None:
                    self._look_at_merged(row)
                    self._wake(row)
        return bool(self._queue)

    def _touch(self, key: Key, write: Write) -> None:
        known = self._state.find(*key)
        if known is None:
            return
        row = self._state.load(*key)
        if row is not None and row.made != write:
            self._state.touch([(known.id, write)])
            if not known.stands or row.removals:
                self._mark([key])
                self._wake(row)

    def _target(self, row: Row) -> dict[str, Value]:
        return {column: shown(row, column, self._state.clock) for column in row.columns}

    def _mark(self, keys: Iterable[Key]) -> None:
        """Look again at some rows, those first that others point to."""
        for key in keys:
            if key not in self._dirty:
                self._spoken += 1
                self._dirty[key] = self._spoken
                heapq.heappush(self._queue, (_ORDER.get(key[0], len(_ORDER)), self._spoken, key))

    def settle(self) -> None:
        """Bring the tables to what the records of the rows that were written say."""
        while self._queue:
            _, number, key = heapq.heappop(self._queue)
            if self._dirty.get(key) == number:
                del self._dirty[key]
                self._place(key)
        if self._has_shrunk:
            self._mend_references()
            self._has_shrunk = False
        for contact_id in sorted(self._described):
            self._describe(contact_id)
        self._described.clear()

    def _place(self, key: Key) -> None:
        """Put a row into its table, or take it out, as its writes say."""
        table, uuid = key
        if key in self._placing or table not in TABLES:
            return
        row = self._state.load(*key)
        if row is None:
            return
        self._placing.add(key)
        stood = self._state.stands(*key)
        try:
            if self._is_own_business(*key):
                self._state.save(row, kept=self._target(row))
            elif self.living.lives(*key) or (self.living.stands_for(*key) == uuid and self._is_held(*key)):
                self._put(row)
            else:
                self._lay(row)
        finally:
            self._placing.discard(key)
        if self._state.stands(*key) != stood:
            self._look_at_merged(row)

    def _is_own_business(self, table: str, uuid: str) -> bool:
        """Whether a row of the own book stays out of the tables: this laptop has its own, or wants none."""
        how = TABLES[table]
        if not how.own or self._state.stands(table, uuid):
            return False
        is_unwanted = table in _OWN_VIEW and how.own not in self._chosen
        return is_unwanted or encoding.row_id_of(self._db, table, uuid) is not None

    def _is_held(self, table: str, uuid: str) -> bool:
        """Whether a row that lives no more stands for another's sake, or for what this laptop alone knows."""
        if table == "contact" and self.living.is_dear(uuid):
            self.dear.add(uuid)
            return True
        return self.living.is_needed(table, uuid)

    # Into the table.

    def _put(self, row: Row) -> None:
        target = self._target(row)
        if row.table == "photo":
            self._put_photo(row, target)
            return
        columns = self._columns(row, target)
        if columns is None:
            self._lay(row)
            return
        other = self._of_same_key(row, columns)
        if other is not None and not self._yields(row, columns, other):
            known = self._state.find(row.table, other)
            self._lay(row, behind=known.id if known else None)
            return
        number = encoding.row_id_of(self._db, row.table, row.uuid)
        before = None if number is None else encoding.read(self._db, row.table, "rowid = ?", number)[0]
        if before is None:
            number = self._insert(row.table, row.uuid, columns)
        elif differing := {name: value for name, value in columns.items() if before[name] != value}:
            number = self._update(row.table, row.uuid, differing)
        assert number is not None  # noqa: S101  it is in the table
        if row.table == "vcard":
            self._put_card(number, target)
        self._record(row, target, number)
        if before is None:
            self._wake(row)
        self._note_people(row.table, number, before)

    def _columns(self, row: Row, target: dict[str, Value]) -> Raw | None:
        """Return a row's columns, None where what it points to does not stand."""
        lost: list[str] = []

        def row_of(parent: str, uuid: str) -> int | None:
            stands = self.living.stands_for(parent, uuid)
            number = encoding.row_id_of(self._db, parent, stands)
            if number is None and self._state.find(parent, stands):
                self._require(parent, stands)
                number = encoding.row_id_of(self._db, parent, stands)
            if number is None:
                lost.append(parent)
            return number

        columns = encoding.columns_of(row.table, target, row_of)
        needed = [column for column in TABLES[row.table].to if (row.table, column) not in OPTIONAL]
        if any(columns[column] is None and target.get(column) is not None for column in needed):
            return None
        if row.table == "not_same":
            one, two = columns["one_id"], columns["other_id"]
            if one == two:
                return None
            columns |= {"one_id": min(one, two), "other_id": max(one, two)}
        return columns | self._made(row.table, columns, target)

    def _require(self, table: str, uuid: str) -> None:
        """Let a row stand that another cannot stand without."""
        row = self._state.load(table, uuid)
        if row is not None and (table, uuid) not in self._placing:
            self._placing.add((table, uuid))
            try:
                self._put(row)
            finally:
                self._placing.discard((table, uuid))

    def _made(self, table: str, columns: Raw, target: dict[str, Value]) -> Raw:
        """Return the columns that are worked out from the others."""
        if table == "address":
            return {"letterbox": letterbox(Address(**{name: columns[name] for name in _POSTAL}))}
        if table == "occasion":
            return {"month_day": PartialDate.parse(columns["date"]).place_in_year}
        if table == "member":
            born = columns["born"]
            return {
                "name_key": fold(full_name(columns["name"], columns["surname"])),
                "month_day": PartialDate.parse(born).place_in_year if born else None,
            }
        if table == "vcard":
            return self._made_of_card(target)
        return {}

    def _made_of_card(self, target: dict[str, Value]) -> Raw:
        line, raw, places = target["card"]
        cuttings = [(at, photos.of_digest(self._db, digest)) for at, digest in places]
        source = tuple(target["source"])
        row = self._db.execute("SELECT id FROM source WHERE (name, imported_on) = (?, ?)", source).fetchone()
        source_id = (
            row[0]
            if row
            else self._db.execute("INSERT INTO source (name, imported_on) VALUES (?, ?)", source).lastrowid
        )
        return {
            "source_id": source_id,
            "line": line,
            "raw": raw,
            "sha256": hashlib.sha256(photos.put_back(raw, cuttings)).digest(),
        }

    def _put_card(self, card_id: int, target: dict[str, Value]) -> None:
        """Say where in a card's text its photos stand."""
        wanted = [(at, bytes(digest)) for at, digest in target["card"][2]]
        rows = self._db.execute(
            """SELECT at, sha256 FROM cutting JOIN photo ON photo.id = photo_id
               WHERE vcard_id = ? ORDER BY at, cutting.id""",
            (card_id,),
        ).fetchall()
        if rows != wanted:
            photos.replace(
                self._db, card_id, [(at, photos.of_digest(self._db, digest)) for at, digest in wanted]
            )

    def _put_photo(self, row: Row, target: dict[str, Value]) -> None:
        data = target["data"]
        self._db.execute(
            "INSERT OR IGNORE INTO photo (sha256, data) VALUES (?, ?)", (hashlib.sha256(data).digest(), data)
        )
        row.values = {}
        self._state.save(row, kept=None)

    def _of_same_key(self, row: Row, columns: Raw) -> str | None:
        """Return the UUID of another row with the natural key of this one."""
        key = TABLES[row.table].key
        if not key or any(columns[name] is None for name in key):
            return None
        same = " AND ".join(f'"{name}" = ?' for name in key)
        found = self._db.execute(
            f'SELECT uuid FROM "{row.table}" WHERE {same} AND uuid <> ?',
            [*(columns[name] for name in key), bytes.fromhex(row.uuid)],
        ).fetchone()
        return found[0].hex() if found else None

    def _yields(self, row: Row, columns: Raw, other: str) -> bool:
        """Make room for a row where another has its natural key; whether that one had to yield.

        Of two the one called after the key stands, else the smaller UUID. What is not of the list yields as a
        proposal, and stays where it is the own book.
        """
        if self._state.find(row.table, other) is None:
            if TABLES[row.table].own:
                return False
            self._db.execute(f'DELETE FROM "{row.table}" WHERE uuid = ?', (bytes.fromhex(other),))
            self._has_shrunk = True
            return True
        key = self._key_uuid(row.table, columns)
        if min((row.uuid, other), key=lambda uuid: (uuid != key, uuid)) == other:
            return False
        there = self._state.load(row.table, other)
        assert there is not None  # noqa: S101  it is of the list
        known = self._state.find(row.table, row.uuid)
        self._lay(there, behind=known.id if known else None)
        return True

    def _key_uuid(self, table: str, columns: Raw) -> str:
        """Return the UUID that a row would have by its natural key."""
        parts: list[bytes] = [table.encode()]
        for name in TABLES[table].key:
            parent = TABLES[table].to.get(name)
            if parent is None:
                parts.append(str(columns[name]).encode())
            else:
                parts.append(bytes.fromhex(encoding.Encoder(self._db).uuid(parent, columns[name]) or ""))
        return identity.key_uuid(*parts).hex()

    def _insert(self, table: str, uuid: str, columns: Raw) -> int:
        columns = {**_MADE.get(table, {}), **columns, "uuid": bytes.fromhex(uuid)}
        if "ours" in TABLES[table].here and not goes_along(table, self._chosen, columns.get("channel", "")):
            columns["ours"] = 1  # the other laptop wants it on both, though its kind stays here
        names = ", ".join(f'"{name}"' for name in columns)
        number = self._db.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})',
            list(columns.values()),
        ).lastrowid
        assert number is not None  # noqa: S101  a row was inserted
        return number

    def _update(self, table: str, uuid: str, columns: Raw) -> int | None:
        changed = ", ".join(f'"{name}" = ?' for name in columns)
        self._db.execute(
            f'UPDATE "{table}" SET {changed} WHERE uuid = ?', [*columns.values(), bytes.fromhex(uuid)]
        )
        return encoding.row_id_of(self._db, table, uuid)

    def _record(self, row: Row, target: dict[str, Value], number: int) -> None:
        """Write down a row that stands, with what its table does not say as it was written."""
        now = encoding.Encoder(self._db).values(
            row.table, encoding.read(self._db, row.table, "rowid = ?", number)[0]
        )
        for column, value in target.items():
            if now.get(column) != value and column not in row.fields:
                row.fields[column] = row.heads(column)
        self._state.save(row, kept=None)

    # Out of the table.

    def _lay(self, row: Row, *, behind: int | None = None) -> None:
        """Take a row out of its table; its values stay in its record."""
        target = self._target(row)
        number = encoding.row_id_of(self._db, row.table, row.uuid) if row.table != "photo" else None
        was = self._state.find(row.table, row.uuid)
        self._state.save(row, kept=target, behind=behind)
        if number is not None and was is not None and was.stands:
            self._take_out(row, number)
        if behind is not None:
            self._mark_pointing(row.table, row.uuid)

    def _take_out(self, row: Row, number: int) -> None:
        """Delete a row; those that hang on it go first, or to what stands for it."""
        for child in self.living.children(row.table, number):
            self._dirty.pop(child, None)
            self._place(child)
        before = encoding.read(self._db, row.table, "rowid = ?", number)[0]
        self._note_people(row.table, number, before)
        self._follow(row, number)
        self._db.execute(f'DELETE FROM "{row.table}" WHERE rowid = ?', (number,))
        self._has_shrunk = True
        self._wake(row)
        encoder = encoding.Encoder(self._db)
        for column, parent in TABLES[row.table].to.items():
            if before[column] is not None and (uuid := encoder.uuid(parent, before[column])):
                self._mark([(parent, uuid)])

    def _follow(self, row: Row, number: int) -> None:
        """Let what is this laptop's own follow a contact to the one that stands for it."""
        into = self.living.stands_for(row.table, row.uuid)
        there = None if into == row.uuid else encoding.row_id_of(self._db, row.table, into)
        if row.table != "contact" or there is None:
            return
        for table in (
            "circle",
            "cadence",
            "note",
            "fact",
            "interaction",
            "through",
            "gift",
            "day",
            "picture",
            "proposal",
            "relation",
        ):
            self._db.execute(
                f'UPDATE OR IGNORE "{table}" SET contact_id = ? WHERE contact_id = ?', (there, number)
            )

    def _wake(self, row: Row) -> None:
        """Look again at the rows that went because of one, or stand behind it."""
        known = self._state.find(row.table, row.uuid)
        rows = self._db.execute(
            """SELECT name, uuid FROM share_row JOIN share_gone ON row_id = share_row.id WHERE via = ?
               UNION SELECT name, uuid FROM share_row WHERE behind = ?""",
            (bytes.fromhex(row.uuid), known.id if known else None),
        )
        self._mark((name, uuid.hex()) for name, uuid in rows.fetchall())

    def _mark_pointing(self, table: str, uuid: str) -> None:
        """Look again at the rows that point to one, whatever stands for it now."""
        if not any(table in how.to.values() for how in TABLES.values()):
            return
        number = encoding.row_id_of(self._db, table, uuid)
        if number is not None:
            self._mark(self.living.children(table, number))
        rows = self._db.execute(
            """SELECT name, uuid FROM share_row WHERE kept IS NOT NULL AND instr(kept, ?1)
               UNION SELECT name, uuid FROM share_row JOIN share_field ON row_id = share_row.id
               WHERE value = ?1""",
            (f'"{uuid}"',),
        )
        self._mark((name, other.hex()) for name, other in rows.fetchall())

    def _mend_references(self) -> None:
        """Take along what is no part of the list and points to what went."""
        while broken := self._db.execute("PRAGMA foreign_key_check").fetchall():
            for table, row_id, parent, place in broken:
                keys = self._db.execute(f'PRAGMA foreign_key_list("{table}")').fetchall()
                column, action = next(
                    (key[3], key[6]) for key in keys if key[0] == place and key[2] == parent
                )
                if action == "SET NULL":
                    self._db.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (row_id,))
                else:
                    self._db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))

    # What follows for people.

    def _note_people(self, table: str, number: int, before: Raw | None) -> None:
        if table == "contact":
            people = {number}
        elif table in ("address", "occasion", "membership"):
            now = encoding.read(self._db, table, "rowid = ?", number)
            people = {raw["contact_id"] for raw in [*now, *([before] if before else [])]}
        else:
            return
        self._described |= people
        self.people |= people

    def _describe(self, contact_id: int) -> None:
        """Work out what is found and sorted by of a contact."""
        if not self._db.execute("SELECT 1 FROM contact WHERE id = ?", (contact_id,)).fetchone():
            return
        _, _, *made, _ = new_contacts.described(contacts.load(self._db, contact_id))
        self._db.execute(
            """UPDATE contact SET name_key = ?1, sort_key = ?2, search = ?3, country = ?4 WHERE id = ?5
               AND (name_key, sort_key, search, country) IS NOT (?1, ?2, ?3, ?4)""",
            (*made, contact_id),
        )


_POSTAL = (
    *("po_box", "extended", "street", "locality", "region", "postcode", "country"),
    *("country_code", "label"),
)
