"""What this laptop knows of the list it shares: its devices, and the writes of each row.

Kept small: a row has the write that made it, and a column one of its own only once it was written since. The
values stand in the store's own tables; here are those of rows that went, and what is kept beside another.
"""

from __future__ import annotations

import json
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.merging import Removal
from relcard.domain.sharing.merging import Row
from relcard.domain.sharing.standing import Rows
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import from_line
from relcard.domain.sharing.steps import value_from_text
from relcard.domain.sharing.steps import value_to_text
from relcard.domain.sharing.travelling import TABLES
from relcard.store.sharing import encoding
from relcard.store.sharing import own_book

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Step
    from relcard.domain.sharing.steps import Value

_MANY = 64  # rows: to ask for each would cost more than to read all
OWN = 1  # the number of this laptop among the devices


class Known(NamedTuple):
    """A row of the list as its record has it."""

    id: int
    stands: bool  # in its table
    behind: int | None


class Everything(NamedTuple):
    """The rows of a list, those that stand, who stands instead of others, and the row ids in the tables."""

    rows: Rows
    standing: set[Key]
    instead: dict[Key, str]
    numbers: dict[Key, int]


class State:
    """The writes of the list's rows, read as they are asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._numbers: dict[str, int] = {}
        self._devices: dict[int, str] = {}
        self._clocks: dict[Write, int] = {}

    def number_of(self, device: str) -> int:
        """Return the number of a device here, a new one for one that was not known."""
        if device not in self._numbers:
            key = bytes.fromhex(device)
            self.db.execute("INSERT OR IGNORE INTO share_device (device) VALUES (?)", (key,))
            (number,) = self.db.execute("SELECT id FROM share_device WHERE device = ?", (key,)).fetchone()
            self._numbers[device] = number
            self._devices[number] = device
        return self._numbers[device]

    def device_of(self, number: int) -> str:
        """Return the device of a number here."""
        if number not in self._devices:
            (key,) = self.db.execute("SELECT device FROM share_device WHERE id = ?", (number,)).fetchone()
            self._devices[number] = key.hex()
        return self._devices[number]

    def clock(self, write: Write) -> int:
        """Return the place of a write in the order of all."""
        if write not in self._clocks:
            row = self.db.execute(
                "SELECT clock FROM share_step WHERE device = ? AND number = ?",
                (self.number_of(write.device), write.number),
            ).fetchone()
            self._clocks[write] = row[0] if row else 0
        return self._clocks[write]

    def step(self, write: Write) -> Step | None:
        """Return the step of a write, None for one that is not here."""
        row = self.db.execute(
            "SELECT line FROM share_step WHERE device = ? AND number = ?", self._key(write)
        ).fetchone()
        return _read(row[0]) if row else None

    def changes(self, write: Write, table: str, uuid: str) -> list[Change]:
        """Return what the step of a write did to a row."""
        step = self.step(write)
        changes = step.changes if step else ()
        return [change for change in changes if (change.table, change.uuid) == (table, uuid)]

    def find(self, table: str, uuid: str) -> Known | None:
        """Return the record of a row, None for one that is not of the list."""
        row = self.db.execute(
            "SELECT id, kept IS NULL, behind FROM share_row WHERE name = ? AND uuid = ?",
            (table, bytes.fromhex(uuid)),
        ).fetchone()
        return Known(row[0], bool(row[1]), row[2]) if row else None

    def stands(self, table: str, uuid: str) -> bool:
        """Whether a row of the list stands in its table."""
        known = self.find(table, uuid)
        return known is not None and known.stands

    def standing(self, table: str, uuids: Collection[str]) -> set[str]:
        """Return those of some UUIDs whose rows are of the list and stand in their table."""
        if len(uuids) < _MANY:
            return {uuid for uuid in uuids if self.stands(table, uuid)}
        rows = self.db.execute("SELECT uuid FROM share_row WHERE name = ? AND kept IS NULL", (table,))
        return {uuid.hex() for (uuid,) in rows}.intersection(uuids)

    def behind(self, table: str, uuid: str) -> int | None:
        """Return the number of the row that stands for another of its natural key, None for none."""
        known = self.find(table, uuid)
        return known.behind if known else None

    def load(self, table: str, uuid: str) -> Row | None:
        """Return a row with all that is known of it, None for one that is not of the list."""
        record = self.db.execute(
            "SELECT id, device, number, kept FROM share_row WHERE name = ? AND uuid = ?",
            (table, bytes.fromhex(uuid)),
        ).fetchone()
        if record is None:
            return None
        row_id, device, number, kept = record
        row = Row(table, uuid, Write(self.device_of(device), number))
        row.values = self._values(table, uuid, kept)
        for column, *write, value in self.db.execute(
            "SELECT column_name, device, number, value FROM share_field WHERE row_id = ?", (row_id,)
        ).fetchall():
            row.fields.setdefault(column, {})[self._write(*write)] = value_from_text(value)
        for *write, seen, via in self.db.execute(
            "SELECT device, number, seen, via FROM share_gone WHERE row_id = ?", (row_id,)
        ).fetchall():
            row.removals[self._write(*write)] = Removal(json.loads(seen), via.hex() if via else "")
        for device, number in self.db.execute(
            "SELECT device, number FROM share_touch WHERE row_id = ?", (row_id,)
        ).fetchall():
            row.touched[self.device_of(device)] = number
        return row

    def everything(self) -> Everything:
        """Return all rows of the list, and what the tables have of them."""
        standing: set[Key] = set()
        yielding: dict[Key, int] = {}
        numbers: dict[Key, int] = {}
        by_id: dict[int, Row] = {}
        values = self._standing_values(numbers)
        for row_id, table, key, *write, kept, behind in self.db.execute(
            "SELECT id, name, uuid, device, number, kept, behind FROM share_row ORDER BY id"
        ):
            row = by_id[row_id] = Row(table, key.hex(), self._write(*write))
            row.values = values.get((table, row.uuid), {}) if kept is None else decoded(kept)
            if kept is None:
                standing.add((table, row.uuid))
            if behind is not None:
                yielding[table, row.uuid] = behind
        for row_id, column, *write, value in self.db.execute(
            "SELECT row_id, column_name, device, number, value FROM share_field"
        ):
            by_id[row_id].fields.setdefault(column, {})[self._write(*write)] = value_from_text(value)
        for row_id, *write, seen, via in self.db.execute(
            "SELECT row_id, device, number, seen, via FROM share_gone"
        ):
            by_id[row_id].removals[self._write(*write)] = Removal(json.loads(seen), via.hex() if via else "")
        for row_id, device, number in self.db.execute("SELECT row_id, device, number FROM share_touch"):
            by_id[row_id].touched[self.device_of(device)] = number
        instead = {key: by_id[behind].uuid for key, behind in yielding.items()}
        return Everything(Rows(by_id.values()), standing, instead, numbers)

    def _standing_values(self, numbers: dict[Key, int]) -> dict[Key, dict[str, Value]]:
        """Return what the tables say, by table and UUID; note the row ids."""
        encoder = encoding.Encoder(self.db)
        values: dict[Key, dict[str, Value]] = {}
        for table in TABLES:
            if table != "photo":
                for raw in encoding.read(self.db, table, "1"):
                    encoder.know(table, raw)
                    key = (table, encoding.uuid_of(raw))
                    numbers[key], values[key] = raw["rowid"], encoder.values(table, raw)
        return values

    def _values(self, table: str, uuid: str, kept: str | None) -> dict[str, Value]:
        if kept is not None:
            return decoded(kept)
        raw = encoding.read_by_uuid(self.db, table, uuid) if table in TABLES else None
        return {} if raw is None else encoding.Encoder(self.db).values(table, raw)

    def _write(self, device: int, number: int) -> Write:
        return Write(self.device_of(device), number)

    def save(self, row: Row, *, kept: Mapping[str, Value] | None, behind: int | None = None) -> int:
        """Write down a row and return its number; `kept` are its values where it does not stand."""
        assert row.made is not None  # noqa: S101  nobody writes a row that nobody made
        text = None if kept is None else encoded(kept)
        (row_id,) = self.db.execute(
            """INSERT INTO share_row (name, uuid, device, number, kept, behind) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (name, uuid) DO UPDATE
               SET device = excluded.device, number = excluded.number, kept = excluded.kept,
                   behind = excluded.behind
               RETURNING id""",
            (
                row.table,
                bytes.fromhex(row.uuid),
                self.number_of(row.made.device),
                row.made.number,
                text,
                behind,
            ),
        ).fetchone()
        for table in ("share_field", "share_gone", "share_touch"):
            self.db.execute(f"DELETE FROM {table} WHERE row_id = ?", (row_id,))
        self.db.executemany(
            "INSERT INTO share_field (row_id, column_name, device, number, value) VALUES (?, ?, ?, ?, ?)",
            (
                (row_id, column, *self._key(write), value_to_text(value))
                for column, heads in row.fields.items()
                for write, value in heads.items()
            ),
        )
        self.db.executemany(
            "INSERT INTO share_gone (row_id, device, number, seen, via) VALUES (?, ?, ?, ?, ?)",
            (
                (row_id, *self._key(write), json.dumps(gone.seen), bytes.fromhex(gone.via) or None)
                for write, gone in row.removals.items()
            ),
        )
        self.touch([(row_id, Write(*touch)) for touch in row.touched.items()])
        return int(row_id)

    def add(self, rows: Iterable[tuple[str, str]], write: Write) -> None:
        """Write down rows, each a table and a UUID, that a step made and that stand."""
        device, number = self._key(write)
        self.db.executemany(
            "INSERT INTO share_row (name, uuid, device, number) VALUES (?, ?, ?, ?)",
            ((table, bytes.fromhex(uuid), device, number) for table, uuid in rows),
        )

    def touch(self, touched: Iterable[tuple[int, Write]]) -> None:
        """Write down that steps wrote rows, or others that hang on them."""
        self.db.executemany(
            """INSERT INTO share_touch (row_id, device, number) VALUES (?, ?, ?)
               ON CONFLICT (row_id, device) DO UPDATE SET number = max(number, excluded.number)""",
            ((row_id, *self._key(write)) for row_id, write in touched),
        )

    def touch_row(self, key: Key, write: Write) -> None:
        """Write down that a step wrote of others that hang on a row, where it is of the list."""
        record = self.find(*key)
        if record is not None:
            self.touch([(record.id, write)])

    def _key(self, write: Write) -> tuple[int, int]:
        return self.number_of(write.device), write.number

    def vector(self) -> dict[str, int]:
        """Return the last step of each device that is in the tables here, this laptop's own too."""
        rows = self.db.execute("SELECT device, step FROM share_device WHERE step > 0")
        return {device.hex(): step for device, step in rows}

    def note_step(self, write: Write, clock: int, line: bytes) -> None:
        """Write down that a step is in the tables here, with its line."""
        device, number = self._key(write)
        self.db.execute(
            "INSERT INTO share_step (device, number, clock, line) VALUES (?, ?, ?, ?)",
            (device, number, clock, zlib.compress(line, 1)),
        )
        self.db.execute("UPDATE share_device SET step = ?, clock = ? WHERE id = ?", (number, clock, device))
        self._clocks[write] = clock

    def own_last(self) -> Write:
        """Return this laptop's last step."""
        device, number = self.db.execute(
            "SELECT device, step FROM share_device WHERE id = ?", (OWN,)
        ).fetchone()
        return Write(device.hex(), number)

    def latest_clock(self) -> int:
        """Return the greatest counter of any step here."""
        (clock,) = self.db.execute("SELECT coalesce(max(clock), 0) FROM share_device").fetchone()
        return int(clock)


@lru_cache(maxsize=8)
def _read(line: bytes) -> Step:
    """Return a step: of what differs much is of one, such as an import, which takes a while to read."""
    return from_line(zlib.decompress(line))


def chosen(db: sqlite3.Connection) -> frozenset[str]:
    """Return the kinds of the own book that travel."""
    return own_book.shared_kinds(db) or frozenset()


def encoded(values: Mapping[str, Value]) -> str:
    """Return the values of a row as text."""
    return value_to_text([[column, value] for column, value in sorted(values.items())])


def decoded(text: str) -> dict[str, Value]:
    """Read the values of a row that `encoded` wrote."""
    return dict(value_from_text(text))
