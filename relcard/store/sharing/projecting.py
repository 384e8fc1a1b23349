"""From the writes of the list's rows to the store's tables: what stands is the same whatever came first.

Each step is done in the tables as far as it goes by itself, so that the history has it; in the end all is
brought to what the rows say together. Whatever does not stand keeps its values in its record, and comes back
with them.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.surnames import full_name
from relcard.domain.sharing import merging
from relcard.domain.sharing.standing import Standing
from relcard.domain.sharing.steps import Step
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import to_line
from relcard.domain.sharing.travelling import OWN_VIEW
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.sharing.travelling import goes_along
from relcard.domain.text import fold
from relcard.store import contacts
from relcard.store import new_contacts
from relcard.store import photos
from relcard.store.file import checksums
from relcard.store.file import identity
from relcard.store.sharing import encoding
from relcard.store.sharing import sense
from relcard.store.sharing.state import State
from relcard.store.sharing.state import chosen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.standing import Pointers
    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Value
    from relcard.store.sharing.encoding import Raw

_ORDER = {table: place for place, table in enumerate(TABLES)}
_IN_WORDS = ("note", "fact", "interaction")  # what the own book says of a contact
_MADE: dict[str, Raw] = {
    "contact": {"name_key": "", "sort_key": "", "search": "", "country": ""},
    "recipient": {"reason": "put in on another laptop"},
}


class Projection:
    """Takes steps into the tables, one after another, in the caller's transaction without foreign keys."""

    def __init__(self, db: sqlite3.Connection, state: State | None = None) -> None:
        self._db = db
        self._state = state or State(db)
        self._chosen = chosen(db)
        self._rows, self._standing, self._instead, self._numbers = self._state.everything()
        self._open: dict[Key, None] = {}  # rows written since they were last looked at
        self._unsaved: dict[Key, None] = {}
        self._references = _references(db)
        self._sense = sense.Sense(db)
        self._described: set[int] = set()  # contacts of which something is worked out anew
        self.dear: set[str] = set()  # contacts that went elsewhere, and of whom the own book says something
        self.people: set[int] = set()  # contacts of which the household may be another

    def take(self, step: Step, write: Write) -> None:
        """Take one step: its changes into the records, and into the tables what follows from them alone."""
        self._do(sorted(self.learn(step, write), key=_in_order))

    def write(self, changes: Sequence[Change], command: str, on: date) -> None:
        """Write a step of this laptop and take it."""
        last = self._state.own_last()
        write = Write(last.device, last.number + 1)
        seen = {device: step for device, step in self._state.vector().items() if device != last.device}
        step = Step(write.number, self._state.latest_clock() + 1, seen, command, on, tuple(changes))
        self._state.note_step(write, step.clock, to_line(step))
        self.take(step, write)

    def learn(self, step: Step, write: Write) -> Iterable[Key]:
        """Take one step into the records alone; return the rows it wrote of."""
        rows = merging.take(step, write, self._rows.by_key.get)
        for key, row in rows.items():
            if key not in self._standing:
                row.compact(write)
            self._rows.add(row)
            self._open[key] = self._unsaved[key] = None
        return rows

    def _do(self, keys: list[Key]) -> None:
        """Do in the tables what one step did; what concerns other rows is left for `settle`."""
        standing = self._worked_out()
        known = [key for key in keys if key[0] in TABLES and not self._is_own_business(key)]
        for key in known:
            if standing.lives(key):
                row = self._rows.by_key[key]
                pointers = {
                    column: standing.stands_for(parent, value) if isinstance(value, str) else None
                    for column, parent in TABLES[key[0]].to.items()
                    for value in [standing.values(row).get(column)]
                }
                self._put(key, pointers, standing)
        for key in reversed(known):
            if key in self._standing and not standing.lives(key) and not self._is_held(key):
                self._take_out(key, standing.stands_for(*key))

    def _worked_out(self) -> Standing:
        return Standing(self._rows, self._state.clock, _key_uuid, self._can_stand)

    def _can_stand(self, table: str, values: Mapping[str, Value]) -> bool:
        """Whether values make a row; of a vCard, whether its photos are here too."""
        return self._sense.can_stand(table, values) and (
            table != "vcard"
            or all(
                ("photo", encoding.uuid_of({"sha256": digest})) in self._rows.by_key
                for _, digest in values["card"][2]
            )
        )

    def settle(self) -> None:
        """Bring the tables to what the rows say together, and write their records down."""
        standing = self._worked_out()
        standing.work_out()
        coming: list[Key] = []
        going: list[Key] = []
        for key in sorted(self._rows.by_key, key=_in_order):
            if key[0] not in TABLES or self._is_own_business(key):
                continue
            if key in standing.pointers:
                if self._is_to_be_put(key, standing):
                    coming.append(key)
            elif key in self._standing and not self._is_dear(key, standing):
                going.append(key)
        self._free_uids(key for key in going if key[0] == "contact" and key in standing.instead)
        left = [key for key in coming if not self._put(key, standing.pointers[key], standing)]
        for key in reversed(going):
            self._take_out(key, standing.stands_for(*key))
        self._put_rivals(left, standing)
        self._open.clear()
        self._save(standing)
        for contact_id in sorted(self._described):
            self._describe(contact_id)
        self._described.clear()

    def _free_uids(self, keys: Iterable[Key]) -> None:
        """Let the UID of contacts that go be another's, who must be there before their notes can follow."""
        uuids = [(bytes.fromhex(uuid),) for _, uuid in keys]
        self._db.executemany("UPDATE contact SET uid = uid || ' ' || id WHERE uuid = ?", uuids)

    def _is_to_be_put(self, key: Key, standing: Standing) -> bool:
        row, pointers = self._rows.by_key[key], standing.pointers[key]
        if key not in self._standing or key in self._open:
            return True
        values = standing.values(row)
        # What is known of a column that the store did not have when it came stands in its record alone.
        is_behind = any(
            values[column] != row.values[column]
            for column in row.fields
            if column in row.values and column not in pointers
        )
        return is_behind or any(row.values.get(column) != uuid for column, uuid in pointers.items())

    def _put_rivals(self, keys: list[Key], standing: Standing) -> None:
        """Put rows into their tables of which each wants the natural key that another had until now."""
        while keys:
            left = [key for key in keys if not self._put(key, standing.pointers[key], standing)]
            if len(left) == len(keys):
                break
            keys = left
        else:
            return
        numbers = {key: self._numbers.pop(key, None) for key in left}
        for key, number in numbers.items():
            if number is not None:
                self._db.execute(f'DELETE FROM "{key[0]}" WHERE rowid = ?', (number,))
        for key, number in numbers.items():
            self._put(key, standing.pointers[key], standing, number=number)

    def _is_own_business(self, key: Key) -> bool:
        """Whether a row of the own book stays out of the tables: this laptop has its own, or wants none."""
        own = TABLES[key[0]].own
        if not own or key in self._standing:
            return False
        is_unwanted = key[0] in OWN_VIEW and own not in self._chosen
        return is_unwanted or key in self._numbers

    def _is_held(self, key: Key) -> bool:
        """Whether a row that lives no more is still pointed to, or is of the own book's people."""
        number = self._numbers.get(key)
        return (key[0] == "contact" and self._is_in_own_book(key[1])) or any(
            self._is_of_list(table, uuid)
            for table, column, _ in self._references[key[0]]
            for _, uuid in self._pointing(table, column, number)
        )

    def _is_dear(self, key: Key, standing: Standing) -> bool:
        """Whether a contact that somebody removed stays, since the own book says something of it in words."""
        if key[0] != "contact" or standing.stands_for(*key) != key[1] or not self._is_in_own_book(key[1]):
            return False
        self.dear.add(key[1])
        return True

    def _is_in_own_book(self, contact: str) -> bool:
        number = self._numbers.get(("contact", contact))
        return any(
            not self._is_of_list(table, uuid)
            for table in _IN_WORDS
            for _, uuid in self._pointing(table, "contact_id", number)
        )

    def _is_of_list(self, table: str, uuid: bytes | None) -> bool:
        return uuid is not None and (table, uuid.hex()) in self._standing

    def _pointing(self, table: str, column: str, number: int | None) -> list[tuple[int, bytes | None]]:
        """Return the rows of a table that point to a row, each its number and its UUID, where it has one."""
        uuid = "uuid" if table in identity.TRAVELLING else "NULL"
        question = f'SELECT rowid, {uuid} FROM "{table}" WHERE "{column}" = ?'
        return self._db.execute(question, (number,)).fetchall()

    # Into the table.

    def _put(self, key: Key, pointers: Pointers, standing: Standing, *, number: int | None = None) -> bool:
        """Put a row into its table; whether it could, with what it points to there and its key free.

        `number` is the row id it had.
        """
        row = self._rows.by_key[key]
        values = standing.values(row)
        if row.table == "photo":
            self._put_photo(row, values)
            return True
        if not self._can_stand(row.table, values):
            return False
        columns = self._columns(row, values, pointers)
        if columns is None or not self._is_free(row, columns):
            return False
        now = self._numbers.get(key)
        before = None if now is None else encoding.read(self._db, row.table, "rowid = ?", now)[0]
        try:
            if before is None:
                now = self._insert(row, columns if number is None else {**columns, "rowid": number})
            elif differing := {name: value for name, value in columns.items() if before[name] != value}:
                now = self._update(row, differing)
        except sqlite3.IntegrityError:  # what no two rows may have is more than their key
            return False
        assert now is not None  # noqa: S101  it is in the table
        self._numbers[key] = now
        if row.table == "vcard":
            self._put_card(now, values)
        unsaid = set(encoding.unsaid(row.table, values, pointers)) - row.fields.keys()
        row.fields |= {column: row.heads(column) for column in sorted(unsaid)}
        if elsewhere := {column: pointers[column] for column in pointers if column in row.fields}:
            row.values = {**row.values, **elsewhere}
        if key not in self._standing or unsaid:
            self._unsaved[key] = None
        self._standing.add(key)
        self._note_people(row.table, now, before)
        return True

    def _columns(self, row: Row, values: Mapping[str, Value], pointers: Pointers) -> Raw | None:
        """Return a row's columns, None where something it points to is not in its table."""

        def row_of(column: str, parent: str) -> int | None:
            uuid = pointers[column]
            return None if uuid is None else self._numbers.get((parent, uuid))

        columns = encoding.columns_of(row.table, values, row_of)
        if any(columns[column] is None and uuid is not None for column, uuid in pointers.items()):
            return None
        if row.table == "not_same":
            one, two = columns["one_id"], columns["other_id"]
            columns |= {"one_id": min(one, two), "other_id": max(one, two)}
        return columns | self._made(row.table, columns, values)

    def _made(self, table: str, columns: Raw, values: Mapping[str, Value]) -> Raw:
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
            return self._made_of_card(values)
        return {}

    def _made_of_card(self, values: Mapping[str, Value]) -> Raw:
        line, raw, places = values["card"]
        cuttings = [(at, photos.of_digest(self._db, digest)) for at, digest in places]
        source = tuple(values["source"])
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

    def _put_card(self, card_id: int, values: Mapping[str, Value]) -> None:
        """Say where in a card's text its photos stand."""
        wanted = [(at, bytes(digest)) for at, digest in values["card"][2]]
        rows = self._db.execute(
            """SELECT at, sha256 FROM cutting JOIN photo ON photo.id = photo_id
               WHERE vcard_id = ? ORDER BY at, cutting.id""",
            (card_id,),
        ).fetchall()
        if rows != wanted:
            photos.replace(
                self._db, card_id, [(at, photos.of_digest(self._db, digest)) for at, digest in wanted]
            )

    def _put_photo(self, row: Row, values: Mapping[str, Value]) -> None:
        if data := values.get("data"):
            self._db.execute(
                "INSERT OR IGNORE INTO photo (sha256, data) VALUES (?, ?)",
                (hashlib.sha256(data).digest(), data),
            )
            row.values = {}
        self._standing.add((row.table, row.uuid))

    def _is_free(self, row: Row, columns: Raw) -> bool:
        """Whether no other row of the list has the natural key of this one; a proposal gives way to it."""
        key = TABLES[row.table].key
        if not key or any(columns[name] is None for name in key):
            return True
        same = " AND ".join(f'"{name}" = ?' for name in key)
        other = self._db.execute(
            f'SELECT rowid, uuid FROM "{row.table}" WHERE {same} AND uuid <> ?',
            [*(columns[name] for name in key), bytes.fromhex(row.uuid)],
        ).fetchone()
        if other is None:
            return True
        if self._is_of_list(row.table, other[1]) or TABLES[row.table].own:
            return False
        self._delete(row.table, other[0], None, other[1])
        return True

    def _insert(self, row: Row, columns: Raw) -> int:
        table = row.table
        columns = {**_MADE.get(table, {}), **columns, "uuid": bytes.fromhex(row.uuid)}
        if "ours" in TABLES[table].here and not goes_along(table, self._chosen, columns.get("channel", "")):
            columns["ours"] = 1  # the other laptop wants it on both, though its kind stays here
        names = ", ".join(f'"{name}"' for name in columns)
        number = self._db.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})',
            list(columns.values()),
        ).lastrowid
        assert number is not None  # noqa: S101  a row was inserted
        return number

    def _update(self, row: Row, columns: Raw) -> int:
        changed = ", ".join(f'"{name}" = ?' for name in columns)
        (number,) = self._db.execute(
            f'UPDATE "{row.table}" SET {changed} WHERE uuid = ? RETURNING rowid',
            [*columns.values(), bytes.fromhex(row.uuid)],
        ).fetchone()
        return int(number)

    # Out of the table.

    def _take_out(self, key: Key, instead: str) -> None:
        """Take a row out of its table; its values stay in its record."""
        number = self._numbers.get(key)
        self._standing.discard(key)
        self._unsaved[key] = None
        if number is not None:
            before = encoding.read(self._db, key[0], "rowid = ?", number)[0]
            self._note_people(key[0], number, before)
            self._delete(key[0], number, self._numbers.get((key[0], instead)), bytes.fromhex(key[1]))

    def _delete(self, table: str, number: int, instead: int | None, uuid: bytes | None) -> None:
        """Delete a row; what is no part of the list follows to the row that stands instead, or goes too."""
        for pointing, column, action in self._references[table]:
            for row_id, child in self._pointing(pointing, column, number):
                if self._is_of_list(pointing, child):
                    continue  # it has its own place
                into = instead if instead not in (None, number) else None
                moved = f'UPDATE OR IGNORE "{pointing}" SET "{column}" = ? WHERE rowid = ?'
                if (into or action == "SET NULL") and self._db.execute(moved, (into, row_id)).rowcount:
                    if pointing in identity.NATURAL:  # else a row that comes again would have its UUID too
                        identity.settle(self._db, pointing, "uuid = :uuid", {"uuid": child})
                    continue
                self._delete(pointing, row_id, None, child)
        self._db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (number,))
        if uuid is not None:
            self._numbers.pop((table, uuid.hex()), None)

    # The records.

    def _save(self, standing: Standing) -> None:
        """Write down the records of the rows that were written, or stand otherwise than they did."""
        changed = self._instead.items() ^ standing.instead.items()
        self._unsaved |= dict.fromkeys(key for key, _ in changed)
        self._instead = standing.instead
        for key in sorted(self._unsaved, key=lambda key: (key not in self._standing, _in_order(key))):
            row = self._rows.by_key[key]
            instead = standing.instead.get(key)
            stander = self._state.find(key[0], instead) if instead else None
            self._state.save(
                row,
                kept=None if key in self._standing else standing.values(row),
                behind=stander.id if stander else None,
            )
        self._unsaved.clear()

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


def _in_order(key: Key) -> int:
    """Return by what rows are sorted so that none comes before those it points to.

    Those of a table stay as they were written: of several addresses the first is the one to post to.
    """
    return _ORDER.get(key[0], len(_ORDER))


def _key_uuid(table: str, parts: Iterable[Value]) -> str:
    """Return the UUID that a row would have by its natural key, as `identity` gives it."""
    to = TABLES[table].to
    encoded = [
        bytes.fromhex(part) if name in to else str(part).encode()
        for name, part in zip(TABLES[table].key, parts, strict=True)
    ]
    return identity.key_uuid(table.encode(), *encoded).hex()


def _references(db: sqlite3.Connection) -> dict[str, list[tuple[str, str, str]]]:
    """Return of each table what points to it: table, column, and what happens there when a row goes."""
    references: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    names = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    for name in names:
        if name not in checksums.OWN_TABLES:
            for key in db.execute(f'PRAGMA foreign_key_list("{name}")').fetchall():
                references[key[2]].append((name, key[3], key[6]))
    return references


_POSTAL = (
    *("po_box", "extended", "street", "locality", "region", "postcode", "country"),
    *("country_code", "label"),
)
