"""A season looked back on, and closed: what was sent and came, who is new or silent, answers owed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.printing.postage import StampDrawer
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import stamps_used
from relcard.domain.seasons.years import Cell
from relcard.services.people.name_households import name_households
from relcard.services.seasons.read_season import seasons_over
from relcard.services.seasons.read_years import read_cells
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Container
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.services.seasons.read_years import HouseholdYears
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow

SILENT_YEARS = 3  # without a card from them, after which it is said
_LOOKED_BACK = 30  # years
_SENT = frozenset({State.WRITTEN, State.POSTED, State.RETURNED})
_THEIRS = frozenset({Cell.CAME, Cell.BOTH})
_EITHER_WAY = frozenset({Cell.SENT, Cell.CAME, Cell.BOTH})


class Home(NamedTuple):
    """A household by name; `shelf` is what it is sorted by, its surname first."""

    shelf: str
    id: int
    addressee: str


class KeptLine(NamedTuple):
    """A line that stood on their card."""

    home: Home
    text: str


class SilentHome(NamedTuple):
    """A household that has been silent, and the year of its last card, None where none is known."""

    home: Home
    last_came: int | None


class OwedHome(NamedTuple):
    """A household that wrote and was not written to, and the day its card came."""

    home: Home
    received_on: date


class Review(NamedTuple):
    """A season looked back on. What is `sent` is written at least; what came back is among it.

    `new` are those of the first card either way this year; `own_lines` counts the lines kept of yours.
    """

    season: SeasonRow
    sent: tuple[Home, ...]
    came: tuple[Home, ...]
    returned: tuple[Home, ...]
    unwritten: tuple[Home, ...]
    new: tuple[Home, ...]
    silent: tuple[SilentHome, ...]
    owed: tuple[OwedHome, ...]
    lines: tuple[KeptLine, ...]
    own_lines: int
    stamps: StampDrawer


def review_season(db: Connection, season: SeasonRow, standpoint: Standpoint) -> Review:
    """Return what a season brought, in a fixed number of queries."""
    recipients = seasons.recipients(db, season.id)
    cards = seasons.cards_of(db, season.id)
    last = season.year if standpoint.today >= season.season.day else season.year - 1
    rows = read_cells(db, standpoint, range(season.year - _LOOKED_BACK, last + 1))
    states = {row.household_id: State(row.state) for row in recipients}
    homes = _homes(db, rows, states, standpoint)
    sent = {household_id for household_id, state in states.items() if state in _SENT}
    came = {row.household_id for row in recipients if row.received_on is not None}
    came |= {card.household_id for card in cards if card.from_them}
    owed = {row.household_id: row.received_on for row in seasons.answers_owed(db, season.id)}
    known = _known_before(rows, season.year)
    kept = sorted(
        (homes[card.household_id], card.line)
        for card in cards
        if card.from_them and card.line and card.household_id in homes
    )
    return Review(
        season=season,
        sent=_named(homes, sent),
        came=_named(homes, came),
        returned=_named(homes, [home for home, state in states.items() if state is State.RETURNED]),
        unwritten=_named(homes, states.keys() - sent),
        new=_named(homes, (sent | came) - known),
        silent=tuple(_silent(rows, homes, states, last)),
        owed=tuple(OwedHome(home, owed[home.id]) for home in _named(homes, owed)),
        lines=tuple(KeptLine(home, line) for home, line in kept),
        own_lines=len({card for card in cards if not card.from_them and card.line}),
        stamps=StampDrawer(season.stamps_bought, stamps_used(states.values())),
    )


def close_season(db: Connection, season: SeasonRow, standpoint: Standpoint) -> Review:
    """Close a season inside the caller's step and return what it brought; all of it is kept."""
    seasons.close(db, season.id, today=standpoint.today)
    return review_season(db, season, standpoint)


def close_last_years(db: Connection, newest: SeasonRow, standpoint: Standpoint) -> list[Review]:
    """Close the seasons left open of which no card comes any more, now that a newer one starts.

    Those are earlier rounds of the same feast, and others behind the days in which their cards travel.
    """
    return [
        close_season(db, season, standpoint)
        for season in seasons_over(db, newest)
        if season.occasion == newest.occasion or season.season.last_card < standpoint.today
    ]


def _homes(
    db: Connection, rows: Iterable[HouseholdYears], others: Iterable[int], standpoint: Standpoint
) -> dict[int, Home]:
    """Return the households of the years and some others, by id."""
    homes = {row.id: Home(row.shelf, row.id, row.addressee) for row in rows}
    for household in name_households(db, [home for home in others if home not in homes], standpoint):
        homes[household.id] = Home(household.shelf, household.id, household.addressee)
    return homes


def _named(homes: Mapping[int, Home], household_ids: Iterable[int]) -> tuple[Home, ...]:
    """Return households by surname; one in which everybody is archived has no name any more."""
    return tuple(sorted(homes[home] for home in household_ids if home in homes))


def _known_before(rows: Iterable[HouseholdYears], year: int) -> set[int]:
    """Return the households with a card either way before a year."""
    return {
        row.id for row in rows if any(cell in _EITHER_WAY for when, cell in row.cells.items() if when < year)
    }


def _silent(
    rows: Iterable[HouseholdYears], homes: Mapping[int, Home], among: Container[int], last: int
) -> Iterable[SilentHome]:
    """Yield the living households of a season that have not written for years; mourning does not count.

    Somebody with whom cards began since then has not been silent so long.
    """
    begun = _known_before(rows, last - SILENT_YEARS + 2)
    for row in sorted(rows, key=lambda row: homes[row.id]):
        if row.id in among and row.id in begun and row.is_living and row.silent >= SILENT_YEARS:
            years = [year for year, cell in row.cells.items() if cell in _THEIRS]
            yield SilentHome(homes[row.id], max(years, default=None))
