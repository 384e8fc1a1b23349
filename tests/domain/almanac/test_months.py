"""The months of other calendars against libraries that know nothing of the table nor of one another."""

from __future__ import annotations

import os
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Any

import lunar_vn
import pytest
from convertdate import hebrew as other_hebrew
from hijridate import Hijri
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.islamic import _IslamicLunar
from korean_lunar_calendar import KoreanLunarCalendar
from lunar_python import LunarYear
from persiantools.jdatetime import JalaliDate
from pyluach.dates import HebrewDate

from relcard.domain.almanac import hebrew
from relcard.domain.almanac import months
from relcard.domain.almanac.other_day import OtherDay
from relcard.domain.almanac.reckoning import kept_between

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.filterwarnings("ignore:month_days:DeprecationWarning")  # of convertdate

# The library of Korea takes 4 ms a day.
SOME_MONTHS = range(1, 13) if os.environ.get("RELCARD_FAULTS") == "full" else (1, 5, 9, 12)
# New moons within a minute of midnight, where one reckoning has the day before: in Beijing 8 Aug 2097 00:00:15,
# in Hanoi 9 Dec 2072 23:59:22 and 19 Oct 2085 00:00:16.
AT_MIDNIGHT = {("lunar", 2097, 7), ("lunar-vn", 2072, 11), ("lunar-vn", 2085, 9)}
_NISAN = 7  # months from Tishri; both libraries count from Nisan


def kept(calendar: str, month: int, day: int, year: int, *, is_leap: bool = False) -> date:
    """Return the day in a year of its calendar, from which on it is looked for."""
    said = OtherDay(calendar, month, day, year, is_leap)
    near = {"hebrew": year - 3761, "islamic": int(year * 32 / 33) + 622, "persian": year + 621}
    start = date(near.get(calendar, year), 1, 1)
    [first, *_] = kept_between(said, start, start + timedelta(days=1100), in_memory=False)
    assert first[1] == year
    return first[0]


def of_beijing(year: int, month: int, *, is_leap: bool) -> date:
    solar = LunarYear.fromYear(year).getMonth(-month if is_leap else month).getFirstJulianDay()
    return date.fromordinal(int(solar) - 1721425)


def of_seoul(year: int, month: int, *, is_leap: bool) -> date:
    calendar = KoreanLunarCalendar()
    assert calendar.setLunarDate(year, month, 1, is_leap)
    return date.fromisoformat(calendar.SolarIsoFormat())


def of_hanoi(year: int, month: int, *, is_leap: bool) -> date:
    day = lunar_vn.LunarDate(day=1, month=month, year=year, leap=is_leap)
    return lunar_vn.lunar_to_solar(day)


@pytest.mark.parametrize(
    ("calendar", "library", "last"),
    [("lunar", of_beijing, 2100), ("lunar-kr", of_seoul, 2049), ("lunar-vn", of_hanoi, 2100)],
)
def test_lunisolar_months_begin_as_a_library_says(
    calendar: str, library: Callable[..., date], last: int
) -> None:
    at = months.CALENDARS.index(calendar) * 2 + 1
    for row in months.LUNISOLAR.splitlines()[: last + 1 - months.FIRST_YEAR]:
        year, leap = int(row[:4]), int(row.split()[at])
        assert len(row.split()[at + 1]) == (13 if leap else 12)
        for month in SOME_MONTHS if calendar == "lunar-kr" else range(1, 13):
            if (calendar, year, month) not in AT_MIDNIGHT:
                assert kept(calendar, month, 1, year) == library(year, month, is_leap=False)
        if leap:
            assert kept(calendar, leap, 1, year, is_leap=True) == library(year, leap, is_leap=True)


def test_lunisolar_feasts_are_where_a_second_library_has_them() -> None:
    """Dragon boats on 5/5 and the moon of 8/15: both behind leap months or before them."""
    tables = {(5, 5): _ChineseLunisolar.DRAGON_BOAT_DATES, (8, 15): _ChineseLunisolar.MID_AUTUMN_DATES}
    for (month, day), table in tables.items():
        for year in range(1990, 2101):
            assert kept("lunar", month, day, year) == date(year, *table[year])


def test_islamic_months_begin_as_in_mecca() -> None:
    for year in range(months.FIRST_HIJRI, 1501):
        for month in range(1, 13):
            that_day = Hijri(year, month, 1).to_gregorian()
            assert kept("islamic", month, 1, year) == date(that_day.year, that_day.month, that_day.day)
    table: dict[int, Any] = {**_IslamicLunar.EID_AL_ADHA_DATES}
    days = {
        date(year, month, day)
        for year, pairs in table.items()
        for month, day in (pairs if isinstance(pairs[0], tuple) else (pairs,))
    }
    assert {kept("islamic", 12, 10, year) for year in range(1411, 1524)} <= days


def test_persian_days_are_those_of_a_library() -> None:
    for year in range(1369, 1479):
        for month in range(1, 13):
            last = 31 if month < 7 else 30 if month < 12 else 29
            for day in (1, last):
                assert kept("persian", month, day, year) == JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]


def test_hebrew_months_have_the_days_that_two_libraries_give_them() -> None:
    for year in range(5650, 5861):
        first = hebrew.new_year(year)
        lengths = hebrew.month_lengths(year)
        for month, length in enumerate(lengths, start=1):
            if length:
                from_nisan = month + 6 if month < _NISAN else month - _NISAN
                from_nisan += month == _NISAN and 12 + (lengths[5] > 0)
                assert date.fromordinal(first) == HebrewDate(year, from_nisan, 1).to_pydate()
                assert date.fromordinal(first) == date(*other_hebrew.to_gregorian(year, from_nisan, 1))
            first += length
        assert first == hebrew.new_year(year + 1)
