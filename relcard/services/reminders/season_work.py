"""What is left to write in the open seasons: a part of `today` that is loaded only while there are any."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from relcard.domain.feasts import season_for
from relcard.domain.reminders import reminder
from relcard.domain.seasons.season import State
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection
    from relcard.store.seasons import OpenState

_WRITTEN = frozenset({State.WRITTEN.value, State.POSTED.value})


def left_to_write(db: Connection, standpoint: Standpoint) -> list[reminder.SeasonWork]:
    """Return what is left to write in each open season, and what lies here written."""
    by_season = groupby(seasons.open_states(db), key=attrgetter("season_id"))
    return [_work(list(cards), standpoint) for _, cards in by_season]


def _work(cards: Sequence[OpenState], standpoint: Standpoint) -> reminder.SeasonWork:
    here = cards[0].season
    days: dict[tuple[str, str], date] = {}

    def last_day(card: OpenState) -> date | None:
        if card.country is None:
            return None
        key = (card.country, card.feast)
        if key not in days:
            days[key] = standpoint.post_by(card.country, (season_for(here, card.feast) or here).arrive_by)
        return days[key]

    written = [last_day(card) for card in cards if card.state == State.WRITTEN.value]
    return reminder.SeasonWork(
        season_id=cards[0].season_id,
        name=cards[0].name,
        total=len(cards),
        left=tuple(
            reminder.Unwritten(last_day(card), _place(card.country or "", standpoint.sender_country))
            for card in cards
            if _waits(card)
        ),
        day=here.day,
        tonight=sum(card.written_on == standpoint.today for card in cards),
        lying=tuple(day for day in written if day is not None),
    )


def _waits(card: OpenState) -> bool:
    """Whether a card is still to be written: once more where it came back, and an address is known."""
    came_back = card.state == State.RETURNED.value
    return card.country is not None if came_back else card.state not in _WRITTEN


def _place(country: str, sender_country: str) -> str:
    """Return where a card goes, "" for inside the country."""
    if country in ("", sender_country):
        return ""
    from relcard.postal import country_name  # noqa: PLC0415  4 ms of `today`, for cards that go abroad

    return country_name(country).title()
