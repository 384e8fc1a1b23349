"""The years of households: what was sent and what came, one row a household."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.years import Cell
from relcard.domain.seasons.years import cell_of
from relcard.domain.seasons.years import silent_years
from relcard.services.people.name_households import name_households
from relcard.store import years as year_cards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.name_households import NamedHousehold
    from relcard.store.file.database import Connection
    from relcard.store.years import YearRow


class YearLines(NamedTuple):
    """The lines on one year's cards, yours and theirs, "" where none is kept."""

    sent: str
    came: str


class HouseholdYears(NamedTuple):
    """One household's years: a cell for each with a card or asked for, and the lines of those with any.

    `shelf` is what it is sorted by, its surname first; `silent` counts the latest of the years asked for in
    which nothing came.
    """

    id: int
    addressee: str
    shelf: str
    is_living: bool
    circle: Circle | None
    cells: dict[int, Cell]
    lines: dict[int, YearLines]
    silent: int


def read_years(
    db: Connection, household_ids: Sequence[int] | None, standpoint: Standpoint, years: Sequence[int]
) -> list[HouseholdYears]:
    """Return the years of some households; of all with None: those with a card in any year, or a circle."""
    cards: dict[int, list[YearRow]] = {}
    for row in year_cards.years(db, household_ids):
        cards.setdefault(row.household_id, []).append(row)
    return [
        _years_of(household, cards.get(household.id, ()), years)
        for household in name_households(db, household_ids, standpoint)
        if household_ids is not None or household.id in cards or household.circle not in (None, Circle.NONE)
    ]


def read_cells(db: Connection, standpoint: Standpoint, years: Sequence[int]) -> list[HouseholdYears]:
    """Return all households as `read_years` does, with the cells of the years asked for and without lines."""
    marks = year_cards.marks(db)
    wanted = [(year, f"{year}t", f"{year}f") for year in years]
    return [
        _cells_of(household, marks.get(household.id, ""), wanted)
        for household in name_households(db, None, standpoint)
        if household.id in marks or household.circle not in (None, Circle.NONE)
    ]


_CELLS = {
    (False, False): Cell.NONE,
    (True, False): Cell.SENT,
    (False, True): Cell.CAME,
    (True, True): Cell.BOTH,
}


def _cells_of(
    household: NamedHousehold, marks: str, wanted: Sequence[tuple[int, str, str]]
) -> HouseholdYears:
    """Return the cells of some years, each with the marks of a card to them and one from them."""
    cells = {year: _CELLS[to_them in marks, from_them in marks] for year, to_them, from_them in wanted}
    for year, cell in cells.items() if household.cares else ():
        if cell is Cell.NONE and _is_mourning(household, year):
            cells[year] = Cell.MOURNING
    return _household_years(household, cells, {}, list(cells))


def _household_years(
    household: NamedHousehold, cells: dict[int, Cell], lines: dict[int, YearLines], years: Sequence[int]
) -> HouseholdYears:
    return HouseholdYears(
        household.id,
        household.addressee,
        household.shelf,
        household.is_living,
        household.circle,
        cells,
        lines,
        silent_years(cells, years),
    )


class YearsInShort(NamedTuple):
    """How many households there are cards of, how many wrote since a year, and how many not since."""

    households: int
    wrote: int
    since: int
    silent: int


def years_in_short(db: Connection, *, today: date) -> YearsInShort:
    """Count who wrote in the last three years and who has been silent for longer."""
    since = today.year - 3
    marks = year_cards.marks(db).values()
    newest = [
        max((int(mark[:-1]) for mark in of_home.split() if mark[-1] == "f"), default=0) for of_home in marks
    ]
    wrote = sum(year >= since for year in newest)
    silent = sum(0 < year < since for year in newest)
    return YearsInShort(len(newest), wrote, since, silent)


def _years_of(household: NamedHousehold, cards: Iterable[YearRow], years: Sequence[int]) -> HouseholdYears:
    sent: dict[int, list[str]] = {}
    came: dict[int, list[str]] = {}
    for card in cards:
        if card.to_them:
            sent.setdefault(card.year, []).append(card.text)
        if card.from_them:
            came.setdefault(card.year, []).append(card.text)
    cells = {
        year: cell_of(sent=year in sent, came=year in came, mourning=_is_mourning(household, year))
        for year in sorted({*years, *sent, *came})
    }
    lines = {
        year: YearLines(_joined(sent.get(year, ())), _joined(came.get(year, ())))
        for year in sorted(sent.keys() | came.keys())
    }
    spoken = {year: both for year, both in lines.items() if any(both)}
    return _household_years(household, cells, spoken, years)


def _is_mourning(household: NamedHousehold, year: int) -> bool:
    """Whether the Christmas of a year fell into a careful time of the household."""
    day = date(year, 12, 25)
    return any(care.since <= day <= care.until for care in household.cares)


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(filter(None, texts))
