"""Every row read as the commands read it: a value that one of them could not read is named.

To SQLite a text is a text: that it is a day or a list of slots, only the code knows that uses it.
"""

from __future__ import annotations

import contextlib
import json
import math
import re
import sqlite3
from datetime import date
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.dates import day_of_word
from relcard.domain.feast_rules import rule_day
from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import NONE
from relcard.domain.kinds import OccasionKind
from relcard.domain.people import segment
from relcard.domain.people.circle import Circle
from relcard.domain.people.correspondence import CHANNELS
from relcard.domain.people.member import ROLES
from relcard.domain.printing.printer import Printer
from relcard.domain.reminders.day import WAYS
from relcard.domain.reminders.gift import STATES
from relcard.domain.seasons.season import State
from relcard.errors import RelcardError
from relcard.errors import UsageError
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from collections.abc import Sequence

_ANY_DAY = date(2026, 1, 1)  # on which the filter of a segment is tried
_MOST_SLOTS = 10_000  # on a sheet
_LAST_YEAR = 9990  # of the calendar here: days are added to a day
_MOST_DAYS = 36_600  # of a cadence: a hundred years
_WRONG = (RelcardError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Unread(NamedTuple):
    """A value no command can use, and whether one would end in a fault for it and not in a sentence."""

    table: str
    row_id: int
    column: str
    value: str
    is_fault: bool


def unread(db: sqlite3.Connection) -> Iterator[Unread]:
    """Yield the values of a store of the present format that its own commands could not read."""
    factory, db.text_factory = db.text_factory, _surrogates
    try:
        yield from _unread(db)
    finally:
        db.text_factory = factory


def can_read(table: str, column: str, value: Any) -> bool:
    """Whether the commands can read a value of a column."""
    reader = _reader(table, column)
    return reader is None or _tried(reader, value) is None


def makes_season(values: Mapping[str, Any]) -> bool:
    """Whether the values of a season are such that its day is known."""
    return _tried(_season, values) is None


def spare(db: sqlite3.Connection, bad: Sequence[Unread]) -> None:
    """Take out of a copy of a store what cannot be read.

    A value that may be missing costs no more than itself; any other costs its row and what belongs to it.
    """
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA ignore_check_constraints = ON")
    for unread in bad:
        needed = {row[1] for row in db.execute(f'PRAGMA table_info("{unread.table}")') if row[3]}
        instead = _INSTEAD.get((unread.table, unread.column))
        if unread.column and (instead is not None or unread.column not in needed):
            db.execute(
                f'UPDATE "{unread.table}" SET "{unread.column}" = ? WHERE rowid = ?', (instead, unread.row_id)
            )
        else:
            with contextlib.suppress(sqlite3.IntegrityError):
                db.execute(f'DELETE FROM "{unread.table}" WHERE rowid = ?', (unread.row_id,))


def _surrogates(text: bytes) -> str:
    return text.decode("utf-8", "surrogateescape")


def _unread(db: sqlite3.Connection) -> Iterator[Unread]:
    tables = db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        names = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        readers = {name: reader for name in names if (reader := _reader(table, name))}
        whole = _WHOLE.get(table)
        for row_id, *values in db.execute(f'SELECT rowid, * FROM main."{table}" NOT INDEXED'):
            row = dict(zip(names, values, strict=True))
            wrong = {name: error for name, value in row.items() if (error := _tried(_text, value))}
            wrong |= {name: error for name in readers if (error := _tried(readers[name], row[name]))}
            for name, error in wrong.items():
                yield Unread(table, row_id, name, _shown(row[name]), not isinstance(error, UsageError))
            if whole is not None and not wrong and (error := _tried(whole, row)):
                yield Unread(table, row_id, "", _shown(row["name"]), not isinstance(error, UsageError))


def _shown(value: object) -> str:
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _text(value: object) -> None:
    """Refuse a text that is not UTF-8."""
    if isinstance(value, str) and not value.isascii():
        value.encode()


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
    return _day if column.endswith(("_on", "until", "since")) else None


def _day(text: str | None) -> None:
    if text is not None and date.fromisoformat(text).year > _LAST_YEAR:
        raise ValueError(text)


def _season(row: Mapping[str, Any]) -> None:
    if not 1900 <= row["year"] <= _LAST_YEAR:
        raise ValueError(row["year"])
    if row["feast_on"] is None and rule_day(FEASTS[row["occasion"]].rule, row["year"]) is None:
        raise ValueError(row["occasion"])


def _words(*known: str | None) -> Callable[[Any], object]:
    """Return a reader of a column of which these are the words."""
    return known.index


def _code(text: str | None) -> None:
    if text and not _CODE.match(text):
        raise ValueError(text)


def _days(number: int | None) -> None:
    if number is not None and not 0 <= number <= _MOST_DAYS:
        raise ValueError(number)


def _digest(value: object) -> None:
    if not isinstance(value, bytes) or len(value) != 32:
        raise ValueError(value)


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


def _detail(text: str) -> None:
    """Refuse the parts of a contact where one is of another shape than the pages show."""
    parts = contacts.read_detail(text)
    texts = [*parts["name"], *parts["nicknames"], *parts["urls"]]
    texts += [parts[part] for part in ("phonetic", "org", "title", "note", "language", "gender")]
    for several in (parts["phones"], parts["emails"]):
        texts += [text for way in several for text in (way.value, *way.types, way.label)]
    texts += [text for relation in parts["relations"] for text in (relation.kind, relation.name)]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError(text)


_CODE = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*\Z")  # of a country or a language
_INSTEAD = {
    ("household", "formality"): "informal",
    ("household", "reason"): "",
    ("interaction", "channel"): "other",
    ("member", "born"): "",
    ("member", "died_on"): "",
    ("source", "imported_on"): "1970-01-01",
    ("source", "name"): "",
}  # of a row that others cannot do without
_COLUMNS: dict[tuple[str, str], Callable[[Any], object]] = {
    ("address", "country_code"): _code,
    ("address", "from_on"): _partial_day,
    ("interaction", "happened_on"): day_of_word,
    ("address", "until_on"): _partial_day,
    ("cadence", "days"): _days,
    ("circle", "circle"): _words(*(circle.value for circle in Circle)),
    ("contact", "country"): _code,
    ("contact", "detail"): _detail,
    ("contact", "kind"): _words("individual", "org"),
    ("day", "date"): PartialDate.parse,
    ("day", "kind"): _words(*(kind.value for kind in OccasionKind)),
    ("day", "lead_days"): _days,
    ("day", "way"): _words("", *WAYS),
    ("gift", "state"): _words(*STATES),
    ("household", "formality"): _words("informal", "formal"),
    ("household", "feast"): _words(None, NONE, *FEASTS),
    ("household", "language"): _code,
    ("interaction", "channel"): _words(*CHANNELS),
    ("interaction", "direction"): _words("to them", "from them"),
    ("member", "born"): _partial_day,
    ("member", "died_on"): _partial_day,
    ("member", "role"): _words(*ROLES),
    ("membership", "role"): _words(None, "organiser", "adult", "child", "pet"),
    ("occasion", "date"): PartialDate.parse,
    ("occasion", "kind"): _words(*(kind.value for kind in OccasionKind)),
    ("picture", "came_on"): day_of_word,
    ("picture", "kind"): _words("card", "envelope"),
    ("picture", "sha256"): _digest,
    ("recipient", "state"): _words(*(state.value for state in State)),
    ("segment", "cadence_days"): _days,
    ("segment", "filter"): lambda text: segment.read(json.loads(text), _ANY_DAY),
    ("sheet", "used"): _slots,
}
_WHOLE: dict[str, Callable[[dict[str, Any]], object]] = {
    "printer": _printer,
    "season": _season,
    "stock": _stock,
}
