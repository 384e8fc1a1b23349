"""A checksum of every row, written as the step that changed it ends and compared by the doctor.

A CRC-32 in 4 bytes finds every flipped bit. The text of a vCard and the bytes of a photo have a SHA-256 of
their own and are left out here; so is the journal, whose steps each carry one over all they hold.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
import struct
import zlib
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

# That are neither summed row by row nor journaled: the journal, and what is kept for the list that is shared.
OWN_TABLES = (
    *("journal_step", "journal_entry", "checksum"),
    *("share_list", "share_device", "share_step", "share_bundle", "share_waiting"),
    *("share_taken", "share_answer"),
    *("share_row", "share_field", "share_gone", "share_touch"),
)
_WITH_SHA256 = {("vcard", "raw"), ("photo", "data")}
_BLOCK = 64  # rows
_AT_ONCE = 16 * _BLOCK  # rows in memory; all that an import of 100,000 adds would be 100 MiB
_SIZE = 4  # bytes
_SUMS = struct.Struct(f">{_BLOCK}I")


class Mismatch(NamedTuple):
    """A row that is not as it was written, or that is gone."""

    table: str
    row_id: int
    is_gone: bool
    is_new: bool = False  # it has no checksum: no relcard of this format wrote it


def of(row: tuple[int | float | str | bytes | None, ...]) -> int:
    """Return the checksum of a row, never 0.

    Version 2 of marshal's format is the same under every Python: a letter for the type, a length, the bytes.
    """
    return zlib.crc32(marshal.dumps(row, 2)) or 1


def seal_all(db: sqlite3.Connection) -> None:
    """Write the checksums of a whole store anew."""
    db.execute("DELETE FROM checksum")
    for table in _tables(db):
        first, last = db.execute(f'SELECT min(rowid), max(rowid) FROM "{table}"').fetchone()
        if last is not None:
            seal(db, table, range(first, last + 1))
    for (step_id,) in db.execute("SELECT id FROM journal_step").fetchall():
        seal_step(db, step_id)


def seal(db: sqlite3.Connection, table: str, row_ids: Sequence[int]) -> tuple[int, bytes]:
    """Write the checksums of some rows, which may be gone by now, as they stand.

    Returns how many rows are there, and their UUIDs end to end: b"" of a table whose rows have none.
    """
    columns = _columns(db, table)
    has_uuid = columns.endswith('"uuid"')
    question = f'SELECT {columns} FROM "{table}" NOT INDEXED WHERE rowid'
    count, uuids = 0, bytearray()
    for start in range(0, len(row_ids), _AT_ONCE):
        some = row_ids[start : start + _AT_ONCE]
        if isinstance(some, range):
            rows = _read(db, f"{question} BETWEEN ? AND ? ORDER BY rowid", (some[0], some[-1]))
        else:
            rows = _read(db, f"{question} IN (SELECT value FROM json_each(?))", (json.dumps(some),))
        _keep(db, table, dict.fromkeys(some, 0) | {row[0]: of(row) for row in rows})
        count += len(rows)
        if has_uuid:
            uuids += b"".join([row[-1] for row in rows if isinstance(row[-1], bytes)])  # not damaged
    return count, bytes(uuids)


def _keep(db: sqlite3.Connection, table: str, sums: dict[int, int]) -> None:
    """Keep checksums by row id, beside the others of their blocks; 0 for a row that is gone."""
    blocks = {row_id // _BLOCK: [0] * _BLOCK for row_id in sums}
    blocks |= {
        block: list(_SUMS.unpack(kept))
        for block, kept in db.execute(
            "SELECT block, sums FROM checksum WHERE name = ? AND block BETWEEN ? AND ?",
            (table, min(blocks), max(blocks)),
        )
        if block in blocks
    }
    for row_id, total in sums.items():
        blocks[row_id // _BLOCK][row_id % _BLOCK] = total
    db.executemany(
        """INSERT INTO checksum (name, block, sums) VALUES (?, ?, ?)
           ON CONFLICT (name, block) DO UPDATE SET sums = excluded.sums""",
        ((table, block, _SUMS.pack(*kept)) for block, kept in sorted(blocks.items())),
    )


def _read(db: sqlite3.Connection, question: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
    """Return rows, also those with a text that is damaged: as the doctor reads it."""
    try:
        return db.execute(question, values).fetchall()
    except (sqlite3.OperationalError, UnicodeDecodeError) as error:
        if "decode" not in str(error):
            raise
    factory = db.text_factory
    db.text_factory = decoded
    try:
        return db.execute(question, values).fetchall()
    finally:
        db.text_factory = factory


def decoded(text: bytes) -> str:
    """Return a text of which a flipped bit need not have left UTF-8 behind."""
    return text.decode("utf-8", "backslashreplace")


def seal_step(db: sqlite3.Connection, step_id: int) -> None:
    """Write the checksum of one step of the journal and all its entries."""
    db.execute("UPDATE journal_step SET checksum = ? WHERE id = ?", (_of_step(db, step_id), step_id))


def is_step_sound(db: sqlite3.Connection, step_id: int) -> bool:
    """Whether a step of the journal is as it was written."""
    row = db.execute("SELECT checksum FROM journal_step WHERE id = ?", (step_id,)).fetchone()
    return row is not None and row[0] == _of_step(db, step_id)


def _of_step(db: sqlite3.Connection, step_id: int) -> int:
    columns = "id, step_id, name, row_id, inverse, changes, first_row, uuid, column_name, before, after"
    step = db.execute(
        "SELECT id, command, done_on, undone, device, form FROM journal_step WHERE id = ?", (step_id,)
    )
    total = zlib.crc32(marshal.dumps(step.fetchone(), 2))
    for entry in db.execute(f"SELECT {columns} FROM journal_entry WHERE step_id = ? ORDER BY id", (step_id,)):
        total = zlib.crc32(marshal.dumps(entry, 2), total)
    return total or 1


def mismatches(db: sqlite3.Connection) -> Iterator[Mismatch]:
    """Yield the rows whose checksum is not theirs; a row that has none is one, too."""
    tables = _tables(db)
    kept: dict[tuple[str, int], bytes] = {
        (name, block): sums for name, block, sums in db.execute("SELECT name, block, sums FROM checksum")
    }
    left = {(table, block): bytearray(sums) for (table, block), sums in kept.items()}
    for table in tables:
        for row in db.execute(f'SELECT {_columns(db, table)} FROM "{table}" NOT INDEXED'):
            place = row[0] % _BLOCK * _SIZE
            sums = left.get((table, row[0] // _BLOCK), bytearray())
            kept_sum = int.from_bytes(sums[place : place + _SIZE], "big")
            if kept_sum != of(row):
                yield Mismatch(table, row[0], is_gone=False, is_new=not kept_sum)
            sums[place : place + _SIZE] = b"\0" * len(sums[place : place + _SIZE])
    for (table, block), sums in left.items():
        for place in range(0, len(sums), _SIZE):
            if any(sums[place : place + _SIZE]):
                yield Mismatch(table, block * _BLOCK + place // _SIZE, is_gone=True)


def _tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in OWN_TABLES and not name.startswith("sqlite_")]


def _columns(db: sqlite3.Connection, table: str) -> str:
    names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
    return ", ".join(["rowid", *(f'"{name}"' for name in names if (table, name) not in _WITH_SHA256)])
