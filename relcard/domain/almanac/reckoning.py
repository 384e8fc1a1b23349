"""On which days of ours a day of another calendar is kept, by the custom of those who keep it.

Months that not every year has, and days that not every month has: a lunisolar leap month is kept in the
ordinary month of its number while there is no such leap month, and the 30th of a short month on its last day
(as 29 February on 28 February, RFC 7529's SKIP=BACKWARD); so are the 30th of Islamic months and 30 Esfand.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.almanac import hebrew
from relcard.domain.almanac import months
from relcard.domain.almanac.other_day import HEBREW
from relcard.domain.almanac.other_day import ISLAMIC
from relcard.domain.almanac.other_day import PERSIAN
from relcard.domain.feast_days import table_day

if TYPE_CHECKING:
    from relcard.domain.almanac.other_day import OtherDay

_HEBREW_FROM, _PERSIAN_FROM = 3760, -622  # their year on our 1 January, less ours
_NOWRUZ = 621  # our year in which theirs begins, less theirs
_ESFAND = 12


def kept_between(day: OtherDay, start: date, end: date, *, in_memory: bool) -> list[tuple[date, int]]:
    """Return the days from `start` to `end`, both included, each with the year that its calendar has then.

    There are none before its own year, nor where the tables end, before 1990 and after 2100. With `in_memory`
    it is the day of a death.
    """
    first, last = _year_in(day.calendar, start.year), _year_in(day.calendar, end.year) + 1
    years = range(max(first, day.year or first), last + 1)
    kept = ((_on(day, year, in_memory=in_memory), year) for year in years)
    return [(on, year) for on, year in kept if on is not None and start <= on <= end]


def _year_in(calendar: str, year: int) -> int:
    """Return the first year of a calendar of which a day may be in a year of ours."""
    if calendar == HEBREW:
        return year + _HEBREW_FROM
    if calendar == PERSIAN:
        return year + _PERSIAN_FROM
    return (year - 622) * 33 // 32 - 1 if calendar == ISLAMIC else year - 1


def _on(day: OtherDay, year: int, *, in_memory: bool) -> date | None:
    if day.calendar == HEBREW:
        if in_memory:
            return hebrew.yahrzeit(day.month, day.day, day.year, year)
        return hebrew.birthday(day.month, day.day, year)
    if day.calendar == PERSIAN:
        return _persian(day, year)
    return _islamic(day, year) if day.calendar == ISLAMIC else _lunisolar(day, year)


def _persian(day: OtherDay, year: int) -> date | None:
    """Return the day of a year of the calendar of Iran: 6 months of 31 days, 5 of 30, and Esfand."""
    begins, after = (table_day("nowruz", each + _NOWRUZ) for each in (year, year + 1))
    if begins is None:
        return None
    before = 31 * (day.month - 1) - max(0, day.month - 7)
    on = begins + timedelta(days=before + day.day - 1)
    return on - timedelta(days=1) if day.month == _ESFAND and on == after else on


def _islamic(day: OtherDay, year: int) -> date | None:
    rows = months.ISLAMIC.splitlines()
    at = year - months.FIRST_HIJRI
    if not 0 <= at < len(rows):
        return None
    begins = date(*months.HIJRI_BEGINS)
    before = "".join(row.partition(" ")[2] for row in rows[:at])
    return _in_month(begins, before + rows[at].partition(" ")[2], len(before) + day.month - 1, day.day)


def _lunisolar(day: OtherDay, year: int) -> date | None:
    rows = months.LUNISOLAR.splitlines()
    if not 0 <= year - months.FIRST_YEAR < len(rows):
        return None
    feast = "lunar-newyear" + day.calendar.removeprefix("lunar")
    column = 1 + 2 * months.CALENDARS.index(day.calendar)
    leap, lengths = rows[year - months.FIRST_YEAR].split()[column : column + 2]
    is_after_leap = 0 < int(leap) < day.month or (day.is_leap and int(leap) == day.month)
    begins = table_day(feast, year)
    return begins and _in_month(begins, lengths, day.month - 1 + is_after_leap, day.day)


def _in_month(begins: date, lengths: str, at: int, day: int) -> date:
    """Return a day of a month, the last one for a day that it does not have."""
    before = sum(map(_days, lengths[:at]))
    return begins + timedelta(days=before + min(day, _days(lengths[at])) - 1)


def _days(length: str) -> int:
    return 30 if length == "L" else 29
