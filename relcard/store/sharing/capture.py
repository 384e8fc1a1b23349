"""Each step of a store that is shared becomes one that travels, in the transaction of the step itself.

What changed is read from the journal, which nothing that writes can forget. Own book and bare proposals of
households stay; a proposal travels from the day something that travels hangs on it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.sharing import merging
from relcard.domain.sharing.merging import differing
from relcard.domain.sharing.merging import displayed
from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import Step
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import to_line
from relcard.domain.sharing.travelling import CARD
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.sharing.travelling import goes_along
from relcard.store.sharing import encoding
from relcard.store.sharing.state import OWN
from relcard.store.sharing.state import State
from relcard.store.sharing.state import chosen

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.steps import Value
    from relcard.store.sharing.encoding import Raw

Looks = dict[str, "dict[int, Raw | None]"]  # rows by table and row id, None where there is none
_NO_DAY = date(1970, 1, 1)  # of a step with photos alone
_PHOTOS_AT_ONCE = 1 << 20  # bytes of photos in one step: a bundle holds a few of them
_WISHES = ("addressee", "salutation", "language", "careful_until", "cheer_on", "feast")
# Filters that tell of the own book: the other laptop's history has a command without them and what follows.
_OWN_FILTERS = re.compile(r" --(?:segment|circle|no-circle|fact|older-than)\b.*", re.DOTALL)
_LOOKED_AT = (*TABLES, "cutting", "source")


def capture_journal(db: sqlite3.Connection, command: str, *, behind: int, today: date) -> tuple[Change, ...]:
    """Make a step that travels of what the journal has behind an entry; return its changes."""
    before, after = _looks(db, behind)
    return capture_rows(db, before, after, command, today=today)


def capture_rows(
    db: sqlite3.Connection,
    before: Looks,
    after: Looks,
    command: str,
    *,
    today: date,
    is_apart: bool = False,
) -> tuple[Change, ...]:
    """Make a step that travels of some rows as they were and as they are; return its changes.

    Rows that come and were written `is_apart` from the list differ from what others said of them there.
    """
    capture = _Capture(db, before, after, is_apart=is_apart)
    capture.read()
    if capture.changes:
        capture.write(command, today)
    return tuple(capture.changes)


def _looks(db: sqlite3.Connection, behind: int) -> tuple[Looks, Looks]:
    """Return the rows the journal speaks of behind an entry, as they were before it and as they are."""
    entries = [
        entry
        for entry in db.execute(
            """SELECT name, row_id, first_row, column_name, before, inverse FROM journal_entry
               WHERE id > ? ORDER BY id DESC""",
            (behind,),
        )
        if entry[0] in _LOOKED_AT
    ]
    before: Looks = {}
    after: Looks = {}
    for table, row_id, first_row, *_ in entries:
        if first_row is not None:
            added = _read(db, table, first_row, row_id)
            after.setdefault(table, {}).update(added)
            before.setdefault(table, {}).update(dict.fromkeys(added))
    for table in dict.fromkeys(entry[0] for entry in entries):
        single = {entry[1] for entry in entries if entry[0] == table and entry[2] is None}
        rows: dict[int, Raw | None] = dict.fromkeys(single)
        rows |= _read_some(db, table, single)
        after.setdefault(table, {}).update(rows)
        before.setdefault(table, {}).update({number: raw and dict(raw) for number, raw in rows.items()})
    for table, row_id, first_row, column, value, inverse in entries:
        if first_row is None:
            before[table][row_id] = _earlier(db, before[table][row_id], row_id, column, value, inverse)
    return before, after


def _earlier(
    db: sqlite3.Connection,
    raw: Raw | None,
    row_id: int,
    column: str | None,
    value: object,
    inverse: str | None,
) -> Raw | None:
    """Return a row as it was before an entry of the journal."""
    if inverse is not None:
        names, values = inverse.split(" VALUES ", 1)
        found = db.execute(f"SELECT {values[1:-1]}").fetchone()
        return {"rowid": row_id, **dict(zip(_NAME.findall(names.partition("(")[2]), found, strict=True))}
    if column is None:
        return None
    return raw and {**raw, column: value}


_NAME = re.compile(r'"(\w+)"')


def _read(db: sqlite3.Connection, table: str, first: int, last: int) -> dict[int, Raw | None]:
    rows = encoding.read(db, table, "rowid BETWEEN ? AND ?", first, last)
    return {raw["rowid"]: raw for raw in rows}


def _read_some(db: sqlite3.Connection, table: str, row_ids: Iterable[int]) -> dict[int, Raw | None]:
    wanted = f"[{','.join(map(str, row_ids))}]"
    rows = encoding.read(db, table, "rowid IN (SELECT value FROM json_each(?))", wanted)
    return {raw["rowid"]: raw for raw in rows}


class _Capture:
    """One step on its way: rows before and after become changes, and the record of each row follows."""

    def __init__(self, db: sqlite3.Connection, before: Looks, after: Looks, *, is_apart: bool) -> None:
        self._db = db
        self._is_apart = is_apart
        self._state = State(db)
        self._chosen = chosen(db)
        self._old = _by_uuid(before)
        self._new = _by_uuid(after)
        self._was = encoding.Encoder(db, before)
        self._is = encoding.Encoder(db)
        vector = self._state.vector()
        self._own = self._state.device_of(OWN)
        self._number = vector.pop(self._own, 0) + 1
        self._seen = vector
        self._clock = self._state.latest_clock() + 1
        self._made: dict[Key, None] = {}  # rows that are new in the list
        self._came: set[Key] = set()  # rows that stand in their tables since this step,
        self._went: set[Key] = set()  # those that do no more,
        self._changed: set[Key] = set()  # and those that say something else
        self.changes: list[Change] = []

    @property
    def _write(self) -> Write:
        return Write(self._own, self._number)

    def read(self) -> None:
        """Find what changed; photos that are new go out at once, before the step that speaks of them."""
        self._send_photos()
        for table in TABLES:
            rows = self._new.get(table, {})
            standing = self._state.standing(table, rows)
            for uuid, raw in rows.items():
                if uuid in standing:
                    if raw.get("ours") == 0:
                        self._stay(table, uuid, raw)
                    else:
                        self._change(table, uuid, raw)
                elif table != "photo" and self._travels(table, raw):
                    self._come(table, uuid, raw)
        gone = {table: self._gone(table, rows) for table, rows in self._old.items()}
        for table in reversed([table for table in TABLES if table != "photo"]):
            for uuid in sorted(gone.get(table, ())):
                self._go(table, uuid, gone)

    def _stay(self, table: str, uuid: str, raw: Raw) -> None:
        """Take a row out of the list that stays here from now on, and who brought it about."""
        self._go(table, uuid, {})
        for brought in self._through(raw) if table == "interaction" else ():
            if self._state.stands("through", encoding.uuid_of(brought)):
                self._go("through", encoding.uuid_of(brought), {table: {uuid}})

    def _through(self, interaction: Raw) -> list[Raw]:
        return encoding.read(self._db, "through", "interaction_id = ?", interaction["rowid"])

    def _gone(self, table: str, rows: dict[str, Raw]) -> set[str]:
        now = self._new.get(table, {})
        return self._state.standing(table, rows.keys() - now.keys())

    def write(self, command: str, today: date) -> None:
        """Write the step down, and of each row by whom it was written."""
        words = _OWN_FILTERS.sub("", command)
        step = Step(self._number, self._clock, self._seen, words, today, tuple(self.changes))
        self._state.note_step(self._write, step.clock, to_line(step))
        rows = merging.take(step, self._write, self._find)
        self._state.add((key for key in self._made if rows[key].is_plain), self._write)
        written = {(change.table, change.uuid) for change in self.changes}
        for key in rows.keys() - written:
            self._state.touch_row(key, self._write)
        for key in written:
            row = rows[key]
            if key not in self._made or not row.is_plain:
                row.compact(self._write)
                kept = self._kept(key, row)
                self._state.save(row, kept=kept, behind=None if kept is None else self._state.behind(*key))

    def _find(self, key: Key) -> Row | None:
        """Return a row of the list as it was before this step, None for a new one.

        Of a row on which another hangs, all that is asked is whether it is there.
        """
        if key in self._made:
            return None
        if key not in self._came and key not in self._went and key not in self._changed:
            return merging.Row(*key) if self._state.find(*key) else None
        row = self._state.load(*key)
        old = self._old.get(key[0], {}).get(key[1])
        if row is not None and old is not None and key[1] not in self._new.get(key[0], {}):
            row.values = self._was.values(key[0], old)
        return row

    def _kept(self, key: Key, row: Row) -> dict[str, Value] | None:
        """Return a row's values where it does not stand in its table after this step, else None."""
        if key in self._came or (self._state.stands(*key) and key not in self._went):
            return None
        return {column: merging.shown(row, column, self._state.clock) for column in row.columns}

    def _travels(self, table: str, raw: Raw) -> bool:
        """Whether a row that is not of the list comes to it."""
        own = TABLES[table].own
        if table == "through":
            return self._is_in_list("interaction", self._is.uuid("interaction", raw["interaction_id"]))
        if raw.get("ours") is not None:  # said of this very row
            return bool(raw["ours"])
        if own:
            return goes_along(table, self._chosen, raw.get("channel") or raw.get("reminder", ""))
        if table == "household":
            return bool(raw["stated"] or raw["formality"] != "informal" or any(raw[wish] for wish in _WISHES))
        if table == "membership":
            home = self._is.uuid("household", raw["household_id"])
            return bool(raw["role"]) or self._is_in_list("household", home)
        return True

    def _is_in_list(self, table: str, uuid: str | None) -> bool:
        return uuid is not None and ((table, uuid) in self._came or self._state.stands(table, uuid))

    def _come(self, table: str, uuid: str, raw: Raw) -> None:
        """Let a row come to the list, what it points to before it."""
        if (table, uuid) in self._came:
            return
        self._came.add((table, uuid))
        values = self._is.values(table, raw)
        self._point(table, values)
        people = self._people(table, raw)
        row = self._state.load(table, uuid)
        if row is None:
            self._made[table, uuid] = None
            self.changes.append(Change(table, uuid, row=values, touches=people))
        else:  # it went, and is back
            touches = self._pointed(table, values, people)
            self.changes.append(
                Change(table, uuid, row={}, replaces=tuple(sorted(row.removals)), touches=touches)
            )
            parts = [column for column in row.columns if column.startswith(encoding.DETAIL)]
            said = dict.fromkeys(parts) | values  # a part that is left out is empty
            now = {column: merging.shown(row, column, self._state.clock) for column in said}
            # What another wrote meanwhile, who did not know that the row had gone, stays.
            unseen = row.unseen() if row.removals else []
            differing = [column for column in said if said[column] != now[column] and column not in unseen]
            self._write_over(row, {column: said[column] for column in differing}, now, touches)
        if table == "household":
            for membership in encoding.read(self._db, "membership", "household_id = ?", raw["rowid"]):
                if not self._state.stands("membership", encoding.uuid_of(membership)):
                    self._come("membership", encoding.uuid_of(membership), membership)
        for brought in self._through(raw) if table == "interaction" else ():
            if not self._state.stands("through", encoding.uuid_of(brought)):
                self._come("through", encoding.uuid_of(brought), brought)

    def _point(self, table: str, values: dict[str, Value]) -> None:
        """See that what a row points to is of the list."""
        for column, parent in TABLES[table].to.items():
            uuid = values[column]
            if uuid is None:
                continue
            if not self._is_in_list(parent, uuid):
                raw = encoding.read_by_uuid(self._db, parent, uuid)
                if raw is None:
                    continue
                if parent in ("interaction", "member") and not self._travels(parent, raw):
                    continue
                self._come(parent, uuid, raw)

    def _people(self, table: str, raw: Raw) -> tuple[str, ...]:
        """Return the contacts a change of their household, or of its card in a season, speaks of."""
        if table not in ("household", "recipient"):
            return ()
        home = raw["rowid"] if table == "household" else raw["household_id"]
        rows = self._db.execute(
            "SELECT contact_id FROM membership WHERE household_id = ?", (home,)
        ).fetchall()
        return tuple(sorted(filter(None, (self._is.uuid("contact", number) for (number,) in rows))))

    def _change(self, table: str, uuid: str, raw: Raw) -> None:
        old = self._old.get(table, {}).get(uuid)
        if old is None or old == raw:
            return
        now, before = self._is.values(table, raw), self._was.values(table, old)
        differing = sorted(column for column in {*now, *before} if now.get(column) != before.get(column))
        if not differing:
            return
        self._point(table, now)
        row = self._state.load(table, uuid)
        assert row is not None  # noqa: S101  it stands
        touches = self._pointed(table, now, self._people(table, raw))
        self._write_over(row, {column: now.get(column) for column in differing}, before, touches)

    def _pointed(self, table: str, values: dict[str, Value], people: tuple[str, ...]) -> tuple[str, ...]:
        """Return what a row hangs on, beside the people it speaks of."""
        return tuple(sorted({values[column] for column in TABLES[table].to if values[column]}.union(people)))

    def _write_over(
        self, row: Row, values: dict[str, Value], before: Mapping[str, Value], touches: tuple[str, ...]
    ) -> None:
        """Write some values instead of what was displayed, or beside it where they were written apart."""
        self._changed.add((row.table, row.uuid))
        parts: dict[str, Value] = {}
        for column, value in values.items():
            if column in merging.rules(row.table).union and column != CARD:
                edited = merging.parted(column, before.get(column), value)
                parts |= {name: is_out for name, is_out in edited.items() if is_out or row.heads(name)}
        for column, value in {**values, **parts}.items():
            replaced = displayed(row, column, self._state.clock)
            if self._is_apart:
                replaced = tuple(write for write in replaced if write.device == self._own)
            self.changes.append(
                Change(row.table, row.uuid, column, value, replaces=replaced, touches=touches)
            )

    def _go(self, table: str, uuid: str, gone: dict[str, set[str]], via: str = "") -> None:
        row = self._state.load(table, uuid)
        assert row is not None  # noqa: S101  it stands
        raw = self._old.get(table, {}).get(uuid)
        values = row.values if raw is None else self._was.values(table, raw)
        via = via or self._because_of(table, uuid, values, gone)
        change = Change(table, uuid, is_gone=True, via=via, replaces=tuple(sorted(row.removals)))
        self._went.add((table, uuid))
        self.changes.append(change)
        known = self._state.find(table, uuid)
        for name, behind in self._db.execute(
            "SELECT name, uuid FROM share_row WHERE behind = ?", (known.id if known else None,)
        ).fetchall():
            if (name, behind.hex()) not in self._came and self._goes_with(row, name, behind.hex(), via):
                self._go(name, behind.hex(), gone, via)
        merged = values.get("merged") if table == "alias" else None
        if isinstance(merged, bytes) and merged.hex() not in self._new.get("contact", {}):
            self._go_along(merged.hex(), gone)

    def _goes_with(self, row: Row, table: str, uuid: str, via: str) -> bool:
        """Whether a row that stood behind one goes too: to the user they were one, but for words kept beside.

        Those go with the contact they speak of, and stay where that one was merged.
        """
        behind = self._state.load(table, uuid)
        assert behind is not None  # noqa: S101  it is of the list
        if via and not any(
            alias.get("merged") == bytes.fromhex(via) for alias in self._new.get("alias", {}).values()
        ):
            return True
        return not differing(behind, row, behind.columns, self._state.clock)

    def _go_along(self, uuid: str, gone: dict[str, set[str]]) -> None:
        """Let a contact go with the one it was merged into, unless there is something of it to look at."""
        row = self._state.load("contact", uuid)
        if row is not None and not self._state.stands("contact", uuid) and not row.unseen():
            self._go("contact", uuid, gone)

    def _because_of(self, table: str, uuid: str, values: dict[str, Value], gone: dict[str, set[str]]) -> str:
        """Return the UUID of the row with which this one went, "" where it went itself."""
        for column, parent in TABLES[table].to.items():
            if values.get(column) in gone.get(parent, ()):
                return str(values[column])
        if table == "household":  # the last of its people went
            for raw in self._old.get("membership", {}).values():
                person = self._was.uuid("contact", raw["contact_id"])
                if (
                    person in gone.get("contact", ())
                    and self._was.uuid("household", raw["household_id"]) == uuid
                ):
                    return str(person)
        return ""

    def _send_photos(self) -> None:
        photos = [
            (uuid, raw)
            for uuid, raw in self._new.get("photo", {}).items()
            if not self._state.find("photo", uuid)
        ]
        for some in _in_pieces(photos):
            changes = tuple(Change("photo", uuid, row=self._is.values("photo", raw)) for uuid, raw in some)
            step = Step(self._number, self._clock, self._seen, "photos", _NO_DAY, changes)
            self._state.note_step(self._write, self._clock, to_line(step))
            self._state.add([("photo", uuid) for uuid, _ in some], self._write)
            self._number, self._clock = self._number + 1, self._clock + 1


def _in_pieces(photos: list[tuple[str, Raw]]) -> Iterator[list[tuple[str, Raw]]]:
    """Yield photos in parts of about a mebibyte."""
    piece: list[tuple[str, Raw]] = []
    size = 0
    for uuid, raw in photos:
        piece.append((uuid, raw))
        data = raw["data"]
        size += len(data) if isinstance(data, bytes) else 0
        if size > _PHOTOS_AT_ONCE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _by_uuid(looks: Looks) -> dict[str, dict[str, Raw]]:
    """Return rows by table and UUID in the order they stand in, which the other laptop keeps."""
    return {
        table: {encoding.uuid_of(raw): raw for _, raw in sorted(rows.items()) if raw is not None}
        for table, rows in looks.items()
        if table in TABLES
    }
