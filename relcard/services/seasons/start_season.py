"""A season begins: from circles and past years to recipients, each with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.season import decide
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.store import households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from relcard.domain.feasts import Season
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.seasons import CardRow
    from relcard.store.seasons import SeasonRow


@dataclass(frozen=True, slots=True)
class SeasonChoice:
    """A household, whether it is in the season, and why; `outside` the segment it was started for."""

    household: HouseholdView
    included: bool
    reason: str
    outside: bool = False


def start_season(
    db: Connection, season: Season, standpoint: Standpoint, *, among: Collection[int] | None = None
) -> list[SeasonChoice]:
    """Start a season inside the step the caller holds and return a choice for every household with a circle.

    With `among`, the households of a segment, only these may come in and each has its choice, whatever its
    circle; those outside that the rules would have asked about are left out and marked so.

    Raises `UsageError` when it has been started already.
    """
    if any(row.name == season.name for row in seasons.every(db)):
        raise UsageError(
            f"The season {season.name} has been started already.",
            hint="relcard season list shows it; relcard season add WHO adds to it.",
        )
    season_id = seasons.add(
        db, season.name, season.occasion, season.year, today=standpoint.today, feast_on=season.own_day
    )
    ids = households.ids_by_circle(db, [circle.value for circle in Circle if circle is not Circle.NONE])
    choices = _choose(db, sorted({*ids, *(among or ())}), season, standpoint)
    if among is not None:
        inside = set(among)
        choices = [
            choice if choice.household.id in inside else _left_outside(choice.household) for choice in choices
        ]
    for choice in choices:
        if choice.included:
            seasons.add_recipient(db, season_id, choice.household.id, choice.reason)
    return choices


class AddedHouseholds(NamedTuple):
    """Households put into a season, those of them that are new there, and those that get no card, as said."""

    views: list[HouseholdView]
    new: list[HouseholdView]
    no_card: list[HouseholdView]


def add_households(
    db: Connection, season: SeasonRow, household_ids: Iterable[int], standpoint: Standpoint, *, whence: str
) -> AddedHouseholds:
    """Put households into a season inside the step the caller holds.

    Whom the user names gets a card again, whatever the circle. In bulk, which `whence` tells in words (else
    ""), the earlier word stands that some get none.
    """
    there = {recipient.household_id for recipient in seasons.recipients(db, season.id)}
    views = read_households(db, household_ids, standpoint)
    living = [view for view in views if view.is_lived_in]
    without_card = [view for view in living if view.circle is Circle.NONE]
    added = [view for view in living if view.circle is not Circle.NONE] if whence else views
    for view in added:
        seasons.add_recipient(db, season.id, view.id, whence or "you added them")
    return AddedHouseholds(
        views=added,
        new=[view for view in added if view.id not in there],
        no_card=[view for view in without_card if view.id not in there],
    )


def _left_outside(household: HouseholdView) -> SeasonChoice:
    circle = f"{household.circle.value}: " if household.circle else ""
    return SeasonChoice(household, included=False, reason=f"{circle}outside the segment", outside=True)


def _choose(
    db: Connection, household_ids: Iterable[int], season: Season, standpoint: Standpoint
) -> list[SeasonChoice]:
    """Return for each household whether the season includes it, and why."""
    views = read_households(db, household_ids, standpoint, on=season.arrive_by)
    cards: dict[int, list[CardRow]] = {view.id: [] for view in views}
    for card in seasons.cards_exchanged(db, cards):
        cards[card.household_id].append(card)
    return [
        SeasonChoice(
            view,
            *decide(
                view.as_candidate(season, cards[view.id], standpoint.today), standpoint.rules, season.year
            ),
        )
        for view in views
    ]
