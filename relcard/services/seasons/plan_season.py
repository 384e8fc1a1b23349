"""The plan of an open season: who is written to on which evening, and who is reached no more in time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.domain.feasts import Season
from relcard.domain.posting import post_by
from relcard.domain.seasons.plan import plan_evenings
from relcard.domain.seasons.plan import posted_on
from relcard.domain.seasons.plan import quicker_pace
from relcard.domain.seasons.season import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.seasons.plan import Pace
    from relcard.domain.standpoint import Standpoint
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow

_TO_WRITE = frozenset({State.PLANNED, State.DRAFTED, State.PRINTED})
NEW_YEAR, CALL = "New Year", "a call"


class PlannedEvening(NamedTuple):
    """One evening's pile, what must go first before the rest."""

    on: date
    recipients: list[Recipient]


class Unreachable(NamedTuple):
    """Somebody whose card comes too late, the reason, and what is left: a card for New Year, or a call."""

    recipient: Recipient
    reason: str
    instead: str


class SeasonPlan(NamedTuple):
    """The evenings of a season; `faster` is a pace that leaves fewer behind, if any does."""

    evenings: list[PlannedEvening]
    unreachable: list[Unreachable]
    faster: Pace | None


def plan_season(
    season: SeasonRow, recipients: Sequence[Recipient], pace: Pace, standpoint: Standpoint
) -> SeasonPlan:
    """Plan what is still to be written in a season, from today on, at a pace."""
    open_ = {recipient.household.id: recipient for recipient in recipients if recipient.state in _TO_WRITE}
    cards = [(who.post_by, number) for number, who in open_.items() if who.post_by is not None]
    plan = plan_evenings(cards, pace, standpoint.today)
    last_days = {number: short_day(day, weekday=True, beside=standpoint.today) for day, number in cards}
    reasons = {number: "it has no address" for number, who in open_.items() if who.post_by is None}
    reasons |= {number: f"its last day to post was {last_days[number]}" for number in plan.late}
    reasons |= {number: f"no evening is left before {last_days[number]}" for number in plan.crowded}
    return SeasonPlan(
        evenings=[
            PlannedEvening(evening.on, [open_[number] for number in evening.cards])
            for evening in plan.evenings
        ],
        unreachable=[
            Unreachable(open_[number], reason, _instead(season, open_[number], standpoint))
            for number, reason in reasons.items()
        ],
        faster=quicker_pace(cards, pace, standpoint.today) if plan.crowded else None,
    )


def _instead(season: SeasonRow, recipient: Recipient, standpoint: Standpoint) -> str:
    """Return what may still be done: a card for New Year comes in time after Christmas, else a call does."""
    if season.occasion != "christmas" or recipient.household.address is None:
        return CALL
    arrive = Season("newyear", season.year + 1).arrive_by
    country = recipient.household.country or standpoint.sender_country
    last = post_by(standpoint.posting, standpoint.sender_country, country, arrive)
    return NEW_YEAR if posted_on(standpoint.today) <= last else CALL
