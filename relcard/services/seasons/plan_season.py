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
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.seasons.plan import Pace
    from relcard.domain.standpoint import Standpoint
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow

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
    """The evenings of a season, and how many cards come in time and less than a week early."""

    evenings: list[PlannedEvening]
    unreachable: list[Unreachable]
    tight: int = 0


def plan_season(
    season: SeasonRow, recipients: Sequence[Recipient], pace: Pace, standpoint: Standpoint
) -> SeasonPlan:
    """Plan what is still to be written in a season, from today on, at a pace.

    What is written and was not taken to the post in time is named with what is unreachable.
    """
    open_ = {recipient.household.id: recipient for recipient in recipients if recipient.waits}
    lying = {
        recipient.household.id: recipient for recipient in recipients if _lies_here(recipient, standpoint)
    }
    cards = _to_write(open_.values())
    written = written_today(recipients, standpoint.today)
    plan = plan_evenings(cards, pace, standpoint.today, standpoint.posted_on, written)
    last_days = {
        number: short_day(day, weekday=True, beside=standpoint.today)
        for day, number in (*cards, *_to_write(lying.values()))
    }
    reasons = {number: "it has no address" for number, who in open_.items() if who.post_by is None}
    reasons |= {number: f"its last day to post was {last_days[number]}" for number in plan.late}
    reasons |= {number: f"no evening is left before {last_days[number]}" for number in plan.crowded}
    reasons |= {
        number: f"it is written, and its last day to post was {last_days[number]}" for number in lying
    }
    lost = {number: (open_ | lying)[number] for number in reasons}
    countries = {recipient.household.country for recipient in lost.values()}
    later = {country: _still_in_time(season, country, standpoint) for country in countries}
    return SeasonPlan(
        evenings=[
            PlannedEvening(evening.on, [open_[number] for number in evening.cards])
            for evening in plan.evenings
        ],
        unreachable=[
            Unreachable(recipient, reasons[number], _instead(recipient, later))
            for number, recipient in lost.items()
        ],
        tight=len(plan.tight),
    )


def find_quicker_pace(recipients: Sequence[Recipient], pace: Pace, standpoint: Standpoint) -> Pace | None:
    """Return the slowest pace that leaves the fewest behind, None where this one does."""
    cards = _to_write(recipient for recipient in recipients if recipient.waits)
    written = written_today(recipients, standpoint.today)
    return quicker_pace(cards, pace, standpoint.today, standpoint.posted_on, written)


def written_today(recipients: Iterable[Recipient], today: date) -> int:
    """Return how many of the cards were written today: that much of the evening is done."""
    return sum(recipient.season_row.written_on == today for recipient in recipients)


def _lies_here(recipient: Recipient, standpoint: Standpoint) -> bool:
    """Whether a card is written and no post brings it in time any more."""
    last_day = recipient.post_by
    return recipient.state is State.WRITTEN and last_day is not None and last_day < standpoint.today


def _to_write(recipients: Iterable[Recipient]) -> list[tuple[date, int]]:
    return [(who.post_by, who.household.id) for who in recipients if who.post_by is not None]


def _instead(recipient: Recipient, later: Mapping[str, str]) -> str:
    """Return what may still be done: a card for a feast of theirs that comes after this one, else a call."""
    home = recipient.household
    return CALL if home.address is None or recipient.own_feast is not None else later[home.country]


def _still_in_time(season: SeasonRow, country: str, standpoint: Standpoint) -> str:
    """Return the feast after a season's for which a card still reaches a country in time, else a call."""
    if season.occasion not in _BEFORE_NEW_YEAR:
        return CALL
    later = {"newyear": NEW_YEAR} if season.occasion != "newyear" else {}
    if country in _LUNAR:
        later[_LUNAR[country]] = LUNAR_NEW_YEAR
    posted = standpoint.posted_on(standpoint.today)
    for name, words in later.items():
        feast = FEASTS[name]
        arrive = arrive_by(feast, next_year(feast, season.season.day))
        if posted <= standpoint.post_by(country, arrive):
            return words
    return CALL
