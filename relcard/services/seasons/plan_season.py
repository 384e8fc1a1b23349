"""The plan of an open season: who is written to on which evening, and who is reached no more in time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import short_day
from relcard.domain.feasts import FEASTS
from relcard.domain.feasts import arrive_by
from relcard.domain.feasts import next_year
from relcard.domain.seasons.plan import plan_evenings
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
NEW_YEAR, LUNAR_NEW_YEAR, CALL = "New Year", "Lunar New Year", "a call"
_BEFORE_NEW_YEAR = frozenset({"christmas", "season", "newyear"})
# Where the lunar year is greeted (ISO 3166-1 alpha-2), and by which name.
_LUNAR = {
    **dict.fromkeys(("CN", "HK", "MO", "TW", "SG", "MY"), "lunar-newyear"),
    "KR": "lunar-newyear-kr",
    "VN": "lunar-newyear-vn",
}


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
    """The evenings of a season; `faster` is a pace that leaves fewer behind, if any does.

    `tight` counts the cards that come in time and less than a week early.
    """

    evenings: list[PlannedEvening]
    unreachable: list[Unreachable]
    faster: Pace | None
    tight: int = 0


def plan_season(
    season: SeasonRow, recipients: Sequence[Recipient], pace: Pace, standpoint: Standpoint
) -> SeasonPlan:
    """Plan what is still to be written in a season, from today on, at a pace."""
    open_ = {recipient.household.id: recipient for recipient in recipients if recipient.state in _TO_WRITE}
    cards = [(who.post_by, number) for number, who in open_.items() if who.post_by is not None]
    plan = plan_evenings(cards, pace, standpoint.today, standpoint.posted_on)
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
        faster=quicker_pace(cards, pace, standpoint.today, standpoint.posted_on) if plan.crowded else None,
        tight=len(plan.tight),
    )


def _instead(season: SeasonRow, recipient: Recipient, standpoint: Standpoint) -> str:
    """Return what may still be done: a card for a feast of theirs that comes after this one, else a call."""
    home = recipient.household
    if home.address is None or season.occasion not in _BEFORE_NEW_YEAR or recipient.own_feast is not None:
        return CALL
    later = {"newyear": NEW_YEAR} if season.occasion != "newyear" else {}
    if home.country in _LUNAR:
        later[_LUNAR[home.country]] = LUNAR_NEW_YEAR
    posted = standpoint.posted_on(standpoint.today)
    for name, words in later.items():
        feast = FEASTS[name]
        arrive = arrive_by(feast, next_year(feast, season.season.day))
        if posted <= standpoint.post_by(home.country, arrive):
            return words
    return CALL
