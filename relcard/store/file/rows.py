"""Every row read as the commands read it: a value that one of them could not read is named.

To SQLite a text is a text: that it is a day or a list of slots, only the code knows that uses it.
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.people import segment
from relcard.domain.printing.printer import Printer
from relcard.errors import UsageError
from relcard.store import contacts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from collections.abc import Iterator

_ANY_DAY = date(2026, 1, 1)  # on which the filter of a segment is tried
_MOST_SLOTS = 10_000  # on a sheet
_MOST_DAYS = 36_600  # of a cadence: a hundred years
_WRONG = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, UsageError)


class Unread(NamedTuple):
    """A value no command can use, and whether one would end in a fault for it and not in a sentence."""

    table: str
    row_id: int
    column: str
    value: str
    is_fault: bool


def unread(db: sqlite3.Connection) -> Iterator[Unread]:
    """Yield the values of a store of the present format that its own commands could not read."""
    for (table,) in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall():
        names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        readers = {name: reader for name in names if (reader := _reader(table, name))}
        whole = _WHOLE.get(table)
        if not readers and whole is None:
            continue
        for row_id, *values in db.execute(f'SELECT rowid, * FROM main."{table}" NOT INDEXED'):
            row = dict(zip(names, values, strict=True))
            for name, reader in readers.items():
                if wrong := _tried(reader, row[name]):
                    yield Unread(table, row_id, name, str(row[name]), not isinstance(wrong, UsageError))
            if whole is not None and (wrong := _tried(whole, row)):
                yield Unread(table, row_id, "", str(row["name"]), not isinstance(wrong, UsageError))


def _tried(read: Callable[[Any], object], value: object) -> Exception | None:
    """Return what reading a value ended in, None where it was read."""
    try:
        read(value)
    except _WRONG as error:
        return error
    return None


def _reader(table: str, column: str) -> Callable[[Any], object] | None:
    """Return what reads a column, None where any value will do."""
    if (table, column) in _COLUMNS:
        return _COLUMNS[table, column]
    return _day if column.endswith(("_on", "until")) else None


def _day(text: str | None) -> object:
    return None if text is None else date.fromisoformat(text)


def _days(number: int | None) -> None:
    if number is not None and not 0 <= number <= _MOST_DAYS:
        raise ValueError(number)


def _partial_day(text: str | None) -> object:
    return PartialDate.parse(text) if text else None


def _slots(text: str) -> None:
    slots = json.loads(text)
    if not isinstance(slots, list) or not all(type(one) is int and 0 < one <= _MOST_SLOTS for one in slots):
        raise ValueError(text)


def _stock(row: dict[str, Any]) -> None:
    """Refuse a sheet that holds no label, or labels no page could have."""
    lengths = [row[name] for name in ("page_w", "page_h", "label_w", "label_h")]
    if not all(math.isfinite(one) and 0 < one <= 2000 for one in lengths):
        raise ValueError(lengths)
    others = [row[name] for name in ("left", "top", "pitch_x", "pitch_y", "corner")]
    if not all(math.isfinite(one) and abs(one) <= 2000 for one in others):
        raise ValueError(others)
    if row["columns"] < 1 or row["rows"] < 1 or row["columns"] * row["rows"] > _MOST_SLOTS:
        raise ValueError(row["columns"])


def _printer(row: dict[str, Any]) -> object:
    return Printer(**{name: row[name] for name in ("name", "dx", "dy", "scale_x", "scale_y")})


_COLUMNS: dict[tuple[str, str], Callable[[Any], object]] = {
    ("address", "from_on"): _partial_day,
    ("address", "until_on"): _partial_day,
    ("contact", "cadence_days"): _days,
    ("contact", "detail"): contacts.read_detail,
    ("occasion", "date"): PartialDate.parse,
    ("segment", "cadence_days"): _days,
    ("segment", "filter"): lambda text: segment.read(json.loads(text), _ANY_DAY),
    ("sheet", "used"): _slots,
}
_WHOLE: dict[str, Callable[[dict[str, Any]], object]] = {"printer": _printer, "stock": _stock}
