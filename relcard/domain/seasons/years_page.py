"""The years as a page that is edited by hand: one line a household, a cell for each year, bars between.

"h12 Mo and Ida Finch | sc | c | baby in May" stands under the years, "household |2025|2026|".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.page_text import Fault
from relcard.domain.people.page_text import PageError
from relcard.domain.people.page_text import remark
from relcard.domain.seasons.years import Cell
from relcard.domain.text import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

_HEAD = """\
# The years, one line a household: s sent, c came, sc both, - nothing.
# m is a year of mourning; that is said with: relcard household set
# Behind the last bar stands their line of {newest}. With a line, their card came.
# Change cells and lines, save, and close the editor. A line taken away changes
# nothing, and lines that begin with # say nothing.

"""
_CELLS = {cell.mark: cell for cell in Cell} | dict.fromkeys(("-", ".", "·"), Cell.NONE) | {"cs": Cell.BOTH}
_WIDEST = 36  # columns of a name
_HOUSEHOLD = re.compile(r"[hH](\d{1,18})(?:\s|\Z)")


class PageRow(NamedTuple):
    """A household on the page; `lines` are theirs by year, of what a page says the newest year's alone."""

    household_id: int
    name: str
    cells: Mapping[int, Cell]
    lines: Mapping[int, str]


class TypedRow(NamedTuple):
    """A line of a page as it was typed, and which it is, counted from 1."""

    at: int
    household_id: int
    cells: Mapping[int, Cell]
    line: str


class TypedYears(NamedTuple):
    """A page as it was typed; `years` go from the oldest to the newest."""

    years: tuple[int, ...]
    rows: tuple[TypedRow, ...]


class YearChange(NamedTuple):
    """What a page changes in one year of a household; None is left as it is."""

    household_id: int
    year: int
    sent: bool | None
    came: bool | None
    line: str | None


def write_years(rows: Sequence[PageRow], years: Sequence[int]) -> str:
    """Return the page of some households and years."""
    named = [(row, _cut(f"h{row.household_id} {remark(row.name).replace('|', '¦')}")) for row in rows]
    columns = max((_width(name) for _, name in named), default=len("household"))
    head = _padded("household", columns) + "".join(f" |{year}" for year in years)
    lines = [f"{head} | their line of {years[-1]}"]
    for row, name in named:
        marks = "".join(f" | {row.cells.get(year, Cell.NONE).mark or '-':<2}" for year in years)
        lines.append(f"{_padded(name, columns)}{marks} | {_one_line(row.lines.get(years[-1], ''))}".rstrip())
    return _HEAD.format(newest=years[-1]) + "\n".join(lines) + "\n"


def read_years_page(text: str) -> TypedYears:
    """Return what a page says. Raises `PageError` with the line of each fault."""
    lines = [
        (at, line.strip())
        for at, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines:
        return TypedYears((), ())
    (at, head), *rest = lines
    years = tuple(int(cell) for cell in head.split("|")[1:] if re.fullmatch(r"\s*(?:19|20|21)\d\d\s*", cell))
    if not years or list(years) != sorted(set(years)):
        raise PageError([Fault(at, "the first line names the years, as household |2025|2026|")])
    faults: list[Fault] = []
    rows: dict[int, TypedRow] = {}
    for at, line in rest:
        row = _read_row(at, line, years, faults)
        if row is not None and row.household_id in rows:
            faults.append(Fault(at, f"h{row.household_id} stands on two lines; leave one"))
        elif row is not None:
            rows[row.household_id] = row
    if faults:
        raise PageError(faults)
    return TypedYears(years, tuple(rows.values()))


def _read_row(at: int, line: str, years: Sequence[int], faults: list[Fault]) -> TypedRow | None:
    name, *cells = line.split("|", len(years) + 1)
    household = _HOUSEHOLD.match(name)
    if household is None:
        faults.append(Fault(at, "a line begins with its household, as h12"))
        return None
    if len(cells) < len(years):
        wants = "a cell for each year" if len(years) > 1 else "a cell"
        faults.append(Fault(at, f"h{household[1]} has {len(cells)} of {len(years)} bars; {wants} has one"))
        return None
    marks = {year: cell.strip().lower() for year, cell in zip(years, cells[: len(years)], strict=True)}
    for year, mark in marks.items():
        if mark not in _CELLS:
            faults.append(Fault(at, f"{year}: “{mark}” is none of s, c, sc and -"))
    read = {year: _CELLS.get(mark, Cell.NONE) for year, mark in marks.items()}
    return TypedRow(at, int(household[1]), read, _one_line(cells[len(years)] if cells[len(years) :] else ""))


def year_changes(before: Mapping[int, PageRow], typed: TypedYears) -> list[YearChange]:
    """Return what a page changes of the households as they were. Raises `PageError`."""
    faults: list[Fault] = []
    changes: list[YearChange] = []
    for row in typed.rows:
        known = before.get(row.household_id)
        if known is None:
            faults.append(Fault(row.at, f"there is no household h{row.household_id} on this page"))
            continue
        for year in typed.years:
            changes += _changes(known, row, year, typed.years[-1], faults)
    if faults:
        raise PageError(faults)
    return changes


def _changes(known: PageRow, row: TypedRow, year: int, newest: int, faults: list[Fault]) -> list[YearChange]:
    old, new = known.cells.get(year, Cell.NONE), row.cells[year]
    if new is Cell.MOURNING and old is not new:
        hint = f"relcard household set h{row.household_id} --careful until ... --since ..."
        faults.append(Fault(row.at, f"{year}: mourning is said with: {hint}"))
    before_line = _one_line(known.lines.get(year, ""))
    new_line = row.line if year == newest else ""  # of the newest year alone it stands on the page
    had_come, came = (cell in (Cell.CAME, Cell.BOTH) for cell in (old, new))
    if new_line and had_come and not came:
        faults.append(Fault(row.at, f"{year}: their line stands there; take it away too, or leave the c"))
    came = came or bool(new_line)
    line = row.line if year == newest else before_line
    was_sent, sent = (cell in (Cell.SENT, Cell.BOTH) for cell in (old, new))
    change = YearChange(
        household_id=row.household_id,
        year=year,
        sent=sent if sent is not was_sent else None,
        came=came if came is not had_come else None,
        line=line if came and line != before_line else None,
    )
    return [change] if change[2:] != (None, None, None) else []


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _width(text: str) -> int:
    return sum(2 if is_east_asian(letter) else 1 for letter in text)


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - _width(text))


def _cut(text: str) -> str:
    if _width(text) <= _WIDEST:
        return text
    while _width(text) >= _WIDEST:
        text = text[:-1]
    return f"{text}…"
