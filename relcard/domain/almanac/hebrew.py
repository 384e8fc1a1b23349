"""The Hebrew calendar, and which day of a year a birthday or a day of death is kept on.

The arithmetic and the customs are those of Reingold and Dershowitz, Calendrical Calculations, chapter 8,
after Shulchan Aruch, Orach Chayim 55:10 (birthdays) and 568:7 with the gloss of Rema (yahrzeit).
"""

from __future__ import annotations

from datetime import date

from relcard.domain.almanac.other_day import ADAR
from relcard.domain.almanac.other_day import ADAR_1
from relcard.domain.almanac.other_day import is_leap_year

_BEFORE_FIRST = -1373428  # ordinal of the day before 1 Tishri of the year 1, less the delay of the reckoning
_PARTS_OF_DAY = 25920
_CHESHVAN, _KISLEV, _SHEVAT = 2, 3, 5


def new_year(year: int) -> int:
    """Return the ordinal of 1 Tishri, as `date.fromordinal` takes it."""
    before, this, after = (_new_moon(each) for each in (year - 1, year, year + 1))
    delay = 2 if after - this == 356 else int(this - before == 382)
    return _BEFORE_FIRST + this + delay


def _new_moon(year: int) -> int:
    """Return the day of the mean new moon of Tishri, put off from a Sunday, a Wednesday or a Friday."""
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // _PARTS_OF_DAY + 1
    return day + 1 if 3 * day % 7 < 3 else day


def month_lengths(year: int) -> tuple[int, ...]:
    """Return the days of the months from Tishri, of Adar I 0 in a common year."""
    days = new_year(year + 1) - new_year(year)
    is_leap = is_leap_year(year)
    cheshvan = 30 if days % 10 == 5 else 29  # 355 or 385
    kislev = 29 if days % 10 == 3 else 30  # 353 or 383
    return (30, cheshvan, kislev, 29, 30, 30 if is_leap else 0, 29, 30, 29, 30, 29, 30, 29)


def birthday(month: int, day: int, year: int) -> date:
    """Return when a birthday is kept: that of Adar in the last Adar, that of Adar I in the first.

    The 30th of a month that has 29 days is kept on the first of the next.
    """
    if month == ADAR_1 and not is_leap_year(year):
        month = ADAR
    return _day_of(year, month, day)


def yahrzeit(month: int, day: int, died_in: int | None, year: int) -> date:
    """Return when a day of death is kept.

    Of the 30th of Cheshvan or Kislev the first year after decides whether it goes with the month or with the
    first of the next. A death in Adar of a common year is remembered in Adar I.
    """
    if month in (_CHESHVAN, _KISLEV) and day == 30 and died_in is not None:
        if month_lengths(died_in + 1)[month - 1] < 30:
            return date.fromordinal(_day_of(year, month + 1, 1).toordinal() - 1)
    elif month == ADAR_1 and not is_leap_year(year):
        month, day = (_SHEVAT, 30) if day == 30 else (ADAR, day)
    elif month == ADAR and died_in is not None and not is_leap_year(died_in) and is_leap_year(year):
        month = ADAR_1
    return _day_of(year, month, day)


def _day_of(year: int, month: int, day: int) -> date:
    return date.fromordinal(new_year(year) + sum(month_lengths(year)[: month - 1]) + day - 1)
