"""The years of households: what was sent and what came, one row a household."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.people.joint_names import family_alone
from relcard.domain.seasons.years import cell_of
from relcard.domain.seasons.years import silent_years
from relcard.domain.text import fold
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import years as year_cards

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.seasons.years import Cell
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
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
    views = [
        view
        for view in read_households(db, household_ids, standpoint)
        if household_ids is not None or view.id in cards or view.circle not in (None, Circle.NONE)
    ]
    heads = {view.id: (view.living or view.members)[0] for view in views}
    sort_keys = contacts.sort_keys(db, [head.contact_id for head in heads.values()])
    return [
        _years_of(
            view,
            cards.get(view.id, ()),
            years,
            shelf=_shelf(view, heads[view.id].name, sort_keys[heads[view.id].contact_id]),
        )
        for view in views
    ]


def _shelf(view: HouseholdView, name: str, sort_key: str) -> str:
    """Return what a household is sorted by: as the book has its head, else by the surname of a name read."""
    if sort_key != fold(name) or not view.greeted:
        return sort_key
    person = view.greeted[0]
    family = person.family or family_alone(person.display_name)
    return fold(f"{family} {person.given}") if family else sort_key


class YearsInShort(NamedTuple):
    """How many households there are cards of, how many wrote since a year, and how many not since."""

    households: int
    wrote: int
    since: int
    silent: int


def years_in_short(db: Connection, *, today: date) -> YearsInShort:
    """Count who wrote in the last three years and who has been silent for longer."""
    since = today.year - 3
    newest: dict[int, int] = {}
    for row in year_cards.years(db):
        newest[row.household_id] = max(newest.get(row.household_id, 0), row.year if row.from_them else 0)
    wrote = sum(year >= since for year in newest.values())
    silent = sum(0 < year < since for year in newest.values())
    return YearsInShort(len(newest), wrote, since, silent)


def _years_of(
    view: HouseholdView, cards: Iterable[YearRow], years: Sequence[int], *, shelf: str
) -> HouseholdYears:
    sent: dict[int, list[str]] = {}
    came: dict[int, list[str]] = {}
    for card in cards:
        if card.to_them:
            sent.setdefault(card.year, []).append(card.text)
        if card.from_them:
            came.setdefault(card.year, []).append(card.text)
    cells = {
        year: cell_of(sent=year in sent, came=year in came, mourning=_is_mourning(view, year))
        for year in sorted({*years, *sent, *came})
    }
    lines = {
        year: YearLines(_joined(sent.get(year, ())), _joined(came.get(year, ())))
        for year in sorted(sent.keys() | came.keys())
    }
    return HouseholdYears(
        id=view.id,
        addressee=view.addressee,
        shelf=shelf,
        is_living=bool(view.living),
        circle=view.circle,
        cells=cells,
        lines={year: said for year, said in lines.items() if any(said)},
        silent=silent_years(cells, years),
    )


def _is_mourning(view: HouseholdView, year: int) -> bool:
    """Whether the Christmas of a year fell into a careful time of the household."""
    day = date(year, 12, 25)
    return any(care.since <= day <= care.until for care in view.cares)


def _joined(texts: Iterable[str]) -> str:
    return " · ".join(filter(None, texts))
