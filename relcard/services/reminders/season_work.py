"""What is left to write in the open seasons: a part of `today` that is loaded only while there are any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.feasts import season_for
from relcard.domain.posting import post_by
from relcard.domain.reminders import reminder
from relcard.domain.seasons.season import State
from relcard.store import seasons

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection

_WRITTEN = frozenset({State.WRITTEN.value, State.POSTED.value})


def left_to_write(db: Connection, standpoint: Standpoint) -> list[reminder.SeasonWork]:
    """Return what is left to write in each open season."""
    sender_country = standpoint.sender_country
    totals: dict[int, int] = {}
    tonight: dict[int, int] = {}
    left: dict[int, list[reminder.Unwritten]] = {}
    names: dict[int, str] = {}
    days: dict[tuple[int, str, str], date] = {}
    feasts: dict[int, date] = {}
    for season_id, name, season, state, country, feast, written_on in seasons.open_states(db):
        names[season_id] = name
        feasts.setdefault(season_id, season.day)
        totals[season_id] = totals.get(season_id, 0) + 1
        tonight[season_id] = tonight.get(season_id, 0) + (written_on == standpoint.today)
        if state in _WRITTEN or (state == State.RETURNED.value and country is None):
            continue
        if country is None:
            left.setdefault(season_id, []).append(reminder.Unwritten(None))
            continue
        key = (season_id, country, feast)
        if key not in days:
            days[key] = post_by(
                standpoint.posting,
                sender_country,
                country or sender_country,
                (season_for(season, feast) or season).arrive_by,
            )
        left.setdefault(season_id, []).append(
            reminder.Unwritten(days[key], _place(country) if country and country != sender_country else "")
        )
    return [
        reminder.SeasonWork(
            season_id=season_id,
            name=names[season_id],
            total=total,
            left=tuple(left.get(season_id, ())),
            day=feasts[season_id],
            tonight=tonight[season_id],
        )
        for season_id, total in totals.items()
    ]


def _place(country: str) -> str:
    from relcard.postal import country_name  # noqa: PLC0415  4 ms of `today`, for cards that go abroad

    return country_name(country).title()
