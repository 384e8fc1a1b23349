"""The careful year: a time without cheer after a death, a parting, or as the user said."""

from __future__ import annotations

from datetime import MAXYEAR
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import known_day

if TYPE_CHECKING:
    from relcard.domain.dates import PartialDate

_CAREFUL_DAYS = 365
LONGEST_CAREFUL = 2 * _CAREFUL_DAYS  # days that one said of a household may last


class Careful(NamedTuple):
    """A time without cheer: its first and last day, and why."""

    since: date
    until: date
    reason: str


def careful_after_death(name: str, died_on: PartialDate) -> Careful | None:
    """Return the year after a death; where the day is not known, that year and the next.

    None without a year, and at the calendar's end.
    """
    if died_on.year is None or died_on.year >= MAXYEAR:
        return None
    reason = f"{name} died {_when(died_on)}"
    day = died_on.on(died_on.year)
    if day is None:
        return Careful(date(died_on.year, 1, 1), date(died_on.year + 1, 12, 31), reason)
    return Careful(day, day + timedelta(days=_CAREFUL_DAYS), reason)


def careful_after_parting(name: str, other: str, today: date) -> Careful:
    """Return the year after two people parted."""
    return Careful(today, today + timedelta(days=_CAREFUL_DAYS), f"{name} and {other} parted")


def careful_as_said(since: date | None, until: date, reason: str) -> Careful:
    """Return the careful time whose days are kept; a year where the first is not: older stores have none."""
    return Careful(since or date.fromordinal(max(1, until.toordinal() - _CAREFUL_DAYS)), until, reason)


def _when(day: PartialDate) -> str:
    return f"{'on' if day.day else 'in'} {known_day(day)}"
