"""The years: a row a household, what was sent and what came; a cell that is tapped is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.seasons.years import Cell
from relcard.domain.seasons.years_page import YearChange
from relcard.services.seasons.edit_years import edit_years
from relcard.services.seasons.read_years import read_cells
from relcard.services.seasons.read_years import read_years
from relcard.web import revisions
from relcard.web.refusal import RefusalError
from relcard.web.routes import does
from relcard.web.routes import shows

if TYPE_CHECKING:
    from starlette.responses import Response

    from relcard.services.seasons.read_years import HouseholdYears
    from relcard.store.file.database import Connection
    from relcard.web.visit import Form
    from relcard.web.visit import Visit

_ROWS = 40  # households on a page
_YEARS = 6  # columns
_FIRST, _LAST = 1900, 2199
_WAYS = {  # whether a card was sent, and whether one came
    Cell.NONE: (False, False),
    Cell.SENT: (True, False),
    Cell.CAME: (False, True),
    Cell.BOTH: (True, True),
}


def _show_first(visit: Visit) -> Response:
    return _show(visit, 1)


def _show_page(visit: Visit) -> Response:
    return _show(visit, visit.number("page"))


def _show(visit: Visit, number: int) -> Response:
    newest = visit.today.year
    years = range(newest, newest - _YEARS, -1)
    with visit.reading() as db:
        rows = visit.house.years.of(
            visit.house.access.state(db),
            lambda: sorted(read_cells(db, visit.standpoint, years), key=lambda row: row.shelf),
        )
    shown = rows[(number - 1) * _ROWS : number * _ROWS]
    if not shown and number > 1:
        raise RefusalError(404, "not_found")
    return visit.page(
        "years.html",
        rows=shown,
        years=years,
        number=number,
        pages=-(-len(rows) // _ROWS),
    )


def _show_cell(visit: Visit) -> Response:
    with visit.reading() as db:
        row, year = _cell(db, visit)
    line = row.lines[year].came if year in row.lines else ""
    return visit.page(
        "years_cell.html",
        row=row,
        year=year,
        cell=row.cells[year].value,
        ways=[cell.value for cell in _WAYS],
        line=line,
        revision=revisions.revision(*_state(row, year)),
    )


def _cell(db: Connection, visit: Visit) -> tuple[HouseholdYears, int]:
    """Return the household of the path with its years, and the year. Raises `RefusalError`."""
    year = visit.number("year")
    if not _FIRST <= year <= _LAST:
        raise RefusalError(404, "not_found")
    rows = read_years(db, [visit.number("household")], visit.standpoint, [year])
    if not rows:
        raise RefusalError(404, "not_found")
    return rows[0], year


def _state(row: HouseholdYears, year: int) -> tuple[object, ...]:
    return row.cells[year].value, row.lines[year].came if year in row.lines else ""


def _set(visit: Visit, form: Form) -> str:
    """Say what was sent and what came in a year, with the line on theirs."""
    chosen, line = form.text("cell"), form.text("line", most=500)
    ways = {cell.value: both for cell, both in _WAYS.items()}
    if chosen not in ways:
        raise RefusalError(400, "bad_request")
    sent, came = ways[chosen]
    with visit.changing("years edit") as change:
        row, year = _cell(change.db, visit)
        state = _state(row, year)
        yours, theirs = (
            visit.say(f"years.{cell}") + (f": {words}" if words else "")
            for cell, words in ((chosen, line), state)
        )
        revisions.check(form.text("revision"), *state, yours=yours, theirs=theirs)
        before = _WAYS.get(row.cells[year], (False, False))
        wish = YearChange(
            row.id,
            year,
            sent if sent is not before[0] else None,
            came if came is not before[1] else None,
            line if came and line != state[1] else None,
        )
        edit_years(change.db, [wish], visit.standpoint)
    return visit.kept(f"/households/{row.id}", change)


ROUTES = (
    shows("/years", _show_first),
    shows("/years/page/{page:int}", _show_page),
    shows("/years/{household:int}/{year:int}", _show_cell),
    does("/years/{household:int}/{year:int}", _set),
)
