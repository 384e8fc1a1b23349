"""The years on paper: the sheets for beside the letterbox, by surname."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.seasons.season import NOBODY_LIVING
from relcard.domain.seasons.years import Cell
from relcard.paper.documents.years_sheet import YearsRow
from relcard.paper.documents.years_sheet import draw_years
from relcard.services.printing.print_run import PrintRun
from relcard.services.printing.print_run import Skipped
from relcard.services.printing.print_run import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import Page
    from relcard.services.seasons.read_years import HouseholdYears


def print_years(rows: Sequence[HouseholdYears], years: Sequence[int], *, page: Page) -> PrintRun:
    """Draw households by surname, with boxes for the last of the years; the dead are left out and named."""
    *past, newest = years
    living = sorted((row for row in rows if row.is_living), key=lambda row: row.shelf)
    drawn = draw_years([_row(row, past, newest) for row in living], past=past, newest=newest, page=page)
    left_out = (Skipped(row.addressee, NOBODY_LIVING, Why.NOBODY_LIVING) for row in rows if not row.is_living)
    refused = (Skipped(refusal.who, refusal.reason) for refusal in drawn.refused)
    return PrintRun(data=drawn.data, pages=drawn.pages, items=drawn.items, skipped=(*left_out, *refused))


def _row(row: HouseholdYears, past: Sequence[int], newest: int) -> YearsRow:
    now = row.cells[newest]
    return YearsRow(
        name=row.addressee,
        past=tuple(row.cells[year].mark for year in past),
        sent=now in (Cell.SENT, Cell.BOTH),
        came=now in (Cell.CAME, Cell.BOTH),
        mourns=now is Cell.MOURNING,
    )
