"""The table of feasts against libraries that know nothing of it nor of one another."""

from __future__ import annotations

from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import TYPE_CHECKING

import ephem
import jdatetime
import lunar_vn
import pytest
from convertdate import hebrew
from convertdate import holidays as church
from dateutil.easter import EASTER_ORTHODOX
from dateutil.easter import easter
from hijridate import Hijri
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.calendars.islamic import _IslamicLunar
from korean_lunar_calendar import KoreanLunarCalendar
from lunar_python import Lunar
from persiantools.jdatetime import JalaliDate
from pyluach.dates import HebrewDate

from relcard.domain.feast_days import COLUMNS
from relcard.domain.feast_days import DAYS
from relcard.domain.feast_days import FIRST_YEAR
from relcard.domain.feast_rules import rule_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

pytestmark = pytest.mark.filterwarnings("ignore:month_days:DeprecationWarning")  # of convertdate

YEARS = range(1990, 2101)
LAST_OF_UMM_AL_QURA = 2077  # its printed calendar ends with 1500 AH
CHINESE = _ChineseLunisolar.LUNAR_NEW_YEAR_DATES  # Korea and Vietnam have only the years that differ
LAST_OF_SEOUL = 2050  # as the Korean institute publishes it


def published(table: Mapping[int, object]) -> Callable[[int], date]:
    """Return how a day is read from a table of `holidays`: (month, day), of two in a year the first."""

    def day(year: int) -> date:
        entry = table[year]
        assert isinstance(entry, tuple)
        month, number = entry[0] if isinstance(entry[0], tuple) else entry
        return date(year, month, number)

    return day


def umm_al_qura(month: int, day: int) -> Callable[[int], date]:
    """Return how the first such day of a year is read from the calendar of Mecca."""

    def first(year: int) -> date:
        near = int((year - 622) * 33 / 32)
        days = [
            Hijri(hijri, month, day).to_gregorian() for hijri in range(near - 1, near + 2) if hijri <= 1500
        ]
        return min(date(found.year, found.month, found.day) for found in days if found.year == year)

    return first


def of_seoul(year: int) -> date:
    calendar = KoreanLunarCalendar()
    calendar.setLunarDate(year, 1, 1, False)  # of no leap month
    return date.fromisoformat(calendar.SolarIsoFormat())


def of_beijing(year: int) -> date:
    solar = Lunar.fromYmd(year, 1, 1).getSolar()
    return date(solar.getYear(), solar.getMonth(), solar.getDay())


def of_tehran(year: int) -> date:
    day: date = JalaliDate(year - 621, 1, 1).to_gregorian()  # type: ignore[no-untyped-call]
    return day


def of_hanoi(year: int) -> date:
    return lunar_vn.lunar_to_solar(lunar_vn.LunarDate(day=1, month=1, year=year))


# Each column: who else says it, and to which year.
AUTHORITIES: dict[str, dict[str, tuple[Callable[[int], date], int]]] = {
    "orthodox-easter": {
        "dateutil": (lambda year: easter(year, EASTER_ORTHODOX), 2100),
        "convertdate": (lambda year: date(*church.easter(year, "orthodox")), 2100),
    },
    "hanukkah": {
        "pyluach": (lambda year: HebrewDate(year + 3761, 9, 25).to_pydate(), 2100),
        "convertdate": (lambda year: date(*hebrew.to_gregorian(year + 3761, 9, 25)), 2100),
    },
    "eid-al-fitr": {
        "hijridate": (umm_al_qura(10, 1), LAST_OF_UMM_AL_QURA),
        "holidays": (published(_IslamicLunar.EID_AL_FITR_DATES), 2100),
    },
    "eid-al-adha": {
        "hijridate": (umm_al_qura(12, 10), LAST_OF_UMM_AL_QURA),
        "holidays": (published(_IslamicLunar.EID_AL_ADHA_DATES), 2100),
    },
    "lunar-newyear": {
        "lunar-python": (of_beijing, 2100),
        "holidays": (published(CHINESE), 2100),
    },
    "lunar-newyear-kr": {
        "korean-lunar-calendar": (of_seoul, LAST_OF_SEOUL),
        "holidays": (published(CHINESE | _ChineseLunisolar.KOREAN_CALENDAR_LUNAR_NEW_YEAR_DATES), 2100),
    },
    "lunar-newyear-vn": {
        "lunar-vn": (of_hanoi, 2100),
        "holidays": (published(CHINESE | _ChineseLunisolar.VIETNAMESE_CALENDAR_LUNAR_NEW_YEAR_DATES), 2100),
    },
    "nowruz": {
        "persiantools": (of_tehran, 2100),
        "jdatetime": (lambda year: jdatetime.date(year - 621, 1, 1).togregorian(), 2100),
    },
}


def test_every_year_has_a_row_of_the_same_width() -> None:
    rows = DAYS.splitlines()
    assert [row[:4] for row in rows] == [str(year) for year in YEARS]
    assert {len(row) for row in rows} == {len("1990") + 6 * len(COLUMNS)}
    assert YEARS[0] == FIRST_YEAR


def test_every_column_is_held_against_two_libraries() -> None:
    assert {*AUTHORITIES, "diwali"} == {*COLUMNS}
    assert all(len(others) == 2 for others in AUTHORITIES.values())


@pytest.mark.parametrize(
    ("column", "library"), [(column, library) for column, others in AUTHORITIES.items() for library in others]
)
def test_a_column_says_what_the_library_says(column: str, library: str) -> None:
    day, last = AUTHORITIES[column][library]
    years = range(YEARS[0], last + 1)
    assert [rule_day(column, year) for year in years] == [day(year) for year in years]


def test_diwali_is_the_day_that_india_keeps() -> None:
    table = published(_HinduLunisolar.DIWALI_INDIA_DATES)
    assert [rule_day("diwali", year) for year in range(2001, 2036)] == [
        table(year) for year in range(2001, 2036)
    ]


def test_at_diwali_the_moon_is_new_over_india_within_a_day() -> None:
    for year in YEARS:
        day = rule_day("diwali", year)
        assert day is not None
        moon = ephem.next_new_moon(ephem.Date(datetime(day.year, day.month, day.day) - timedelta(hours=5.5)))
        hours = (moon.datetime() + timedelta(hours=5.5) - datetime(day.year, day.month, day.day)) / timedelta(
            hours=1
        )
        assert 12 < hours < 44, (day, hours)
        assert date(year, 10, 16) <= day <= date(year, 11, 16)


def test_korea_and_vietnam_have_years_of_their_own() -> None:
    """The new moon falls near midnight: it is another day one hour to the east or to the west."""
    assert [rule_day(f"lunar-newyear{land}", 2027) for land in ("", "-kr", "-vn")] == [
        date(2027, 2, 6),
        date(2027, 2, 7),
        date(2027, 2, 6),
    ]
    assert rule_day("lunar-newyear-kr", 2028) == date(2028, 1, 27)
    assert rule_day("lunar-newyear-vn", 2030) == date(2030, 2, 2)


def test_of_two_feasts_in_a_year_the_table_has_the_first() -> None:
    assert rule_day("eid-al-fitr", 2033) == date(2033, 1, 2)
    assert rule_day("eid-al-adha", 2039) == date(2039, 1, 5)


def test_beyond_the_table_no_day_is_guessed() -> None:
    assert rule_day("hanukkah", 1989) is None
    assert rule_day("eid-al-adha", 2101) is None
    assert rule_day("3 days before orthodox-easter", 2101) is None
