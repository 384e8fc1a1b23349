"""Write relcard/domain/feast_days.py: the days of feasts that move with moon or sun, 1990 to 2100.

    pip install astronomy-engine hijridate pyluach python-dateutil
    python tools/feast_days.py

Each column has one source here, said beside its function; tests/domain/test_feast_days.py holds the table
against two other libraries for each. None of these libraries is needed to run relcard.
"""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import astronomy
from dateutil.easter import EASTER_ORTHODOX
from dateutil.easter import easter
from hijridate import Hijri
from pyluach.dates import HebrewDate

if TYPE_CHECKING:
    from datetime import datetime

FIRST, LAST = 1990, 2100
LAST_HIJRI_YEAR = 1500  # with which the printed calendar of Umm al-Qura ends, in November 2077
_DAY = timedelta(days=1)
MECCA = astronomy.Observer(21.4225, 39.8262, 300)
UJJAIN = astronomy.Observer(23.18, 75.77, 490)  # India's old meridian, from which its almanacs reckon
_TEXT = '''\
"""Days of the feasts that move with the moon or the sun, from {first} to {last}: a generated table.

Written by tools/feast_days.py, which says how; tests/domain/test_feast_days.py holds each column against
two libraries that know nothing of one another. Of two in a year (Eid al-Fitr 2033) the first stands here.

orthodox-easter     the Julian reckoning of Easter, as a Gregorian day: python-dateutil
hanukkah            25 Kislev, whose eve is the first candle: pyluach
eid-al-fitr         1 Shawwal and 10 Dhu al-Hijja of the calendar of Umm al-Qura, Mecca: hijridate, to 1500 AH
eid-al-adha         (2077); after that the rule it keeps: new moon before sunset, moonset after it. Where the
                    moon is looked for, the feast may be a day earlier or later.
diwali              the new moon after the sun entered Libra, on the evening in India that has it
lunar-newyear       the first month of the lunisolar year by the sky over Beijing (UTC+8),
lunar-newyear-kr    Seoul (UTC+9)
lunar-newyear-vn    and Hanoi (UTC+7): the second new moon after the solstice, the third after a leap month
nowruz              the spring equinox at Tehran (UTC+3:30), the day after when it falls past noon
                    Sky: astronomy-engine, good to a minute.
"""

from __future__ import annotations

from datetime import date

FIRST_YEAR = {first}
COLUMNS = (
{columns}
)

# A row a year, of equal width: the year, then month and day of each column.
DAYS = """\\
{days}
"""

_ROW = len("1990") + len(" 12-25") * len(COLUMNS) + len("\\n")


def table_day(column: str, year: int) -> date | None:
    """Return the day of a column in a year, None for a year that the table does not have."""
    row = (year - FIRST_YEAR) * _ROW
    if not 0 <= row < len(DAYS):
        return None
    start = row + len("1990 ") + len("12-25 ") * COLUMNS.index(column)
    month, day = DAYS[start : start + len("12-25")].split("-")
    return date(year, int(month), int(day))
'''


def new_moons(first: date, last: date) -> list[datetime]:
    """Return the new moons between two days, in UTC."""
    moons: list[datetime] = []
    time = astronomy.Time.Make(first.year, first.month, first.day, 0, 0, 0)
    while True:
        time = astronomy.SearchMoonPhase(0, time, 40)
        if time.Utc().date() > last:
            return moons
        moons.append(time.Utc())
        time = time.AddDays(1)


def lunar_newyear(year: int, hours: float) -> date:
    """Return the first day of the lunisolar year, as seen `hours` east of Greenwich.

    The month with the winter solstice is the eleventh. Of thirteen months between two of them the first in
    which the sun enters no twelfth of its way is a leap month (the rule of 1645).
    """
    offset = timedelta(hours=hours)
    moons = [(moon + offset).date() for moon in new_moons(date(year - 1, 11, 1), date(year + 1, 1, 15))]
    eleventh, next_eleventh = (
        max(at for at, moon in enumerate(moons) if moon <= (solstice(y) + offset).date())
        for y in (year - 1, year)
    )
    leap = next_eleventh - eleventh == 13
    month, at = 11, eleventh
    while month != 13:
        at += 1
        if leap and not has_entry(moons[at], moons[at + 1], offset):
            leap = False
        else:
            month += 1
    return moons[at]


def solstice(year: int) -> datetime:
    """Return the winter solstice, in UTC."""
    return astronomy.Seasons(year).dec_solstice.Utc()


def has_entry(first: date, following: date, offset: timedelta) -> bool:
    """Whether the sun enters one of the twelve parts of its way in the month."""
    parts = []
    for day in (first, following):
        midnight = astronomy.Time.Make(day.year, day.month, day.day, 0, 0, 0).AddDays(-offset / _DAY)
        parts.append(astronomy.SunPosition(midnight).elon // 30)
    return parts[0] != parts[1]


def hijri(year: int, month: int, day: int) -> date:
    """Return the day of the first such date of the Hijri calendar that falls into the Gregorian year."""
    hijri_year = int((year - 622) * 33 / 32) - 1
    while True:
        that_day = umm_al_qura(hijri_year, month, day)
        if that_day.year == year:
            return that_day
        hijri_year += 1


def umm_al_qura(year: int, month: int, day: int) -> date:
    """Return the day of a date of the Hijri calendar: of the printed one, then by the moon over Mecca."""
    if year <= LAST_HIJRI_YEAR:
        return Hijri(year, month, day).to_gregorian()
    months = (year - LAST_HIJRI_YEAR) * 12 + month - 12
    last = Hijri(LAST_HIJRI_YEAR, 12, 1).to_gregorian()
    for _ in range(months):
        last = next_month(last)
    return last + (day - 1) * _DAY


def next_month(first: date) -> date:
    """Return the first day of the next month in Mecca.

    The month ends with the day on which the moon is new before sunset and sets after the sun (since 1423 AH).
    """
    [moon] = new_moons(first + 20 * _DAY, first + 32 * _DAY)
    day = (moon + timedelta(hours=3)).date()
    while True:
        sun, moonset = (_sets(body, day, MECCA) for body in (astronomy.Body.Sun, astronomy.Body.Moon))
        if moon < sun.Utc() < moonset.Utc():
            return day + _DAY
        day += _DAY


def _sets(body: astronomy.Body, day: date, place: astronomy.Observer) -> astronomy.Time:
    noon = astronomy.Time.Make(day.year, day.month, day.day, 8, 30, 0)
    return astronomy.SearchRiseSet(body, place, astronomy.Direction.Set, noon, 1)


def diwali(year: int) -> date:
    """Return the day at whose sunset in India the moon has less than its last thirtieth to go to be new.

    Of two such days the first, as India's list of holidays has it (2024, 2025); where the moon is new just
    before a sunset, that day. The zodiac is the fixed one: 23.85 degrees behind in 2000, 50.24" more a year.
    """
    libra = 180 + 23.85 + (year + 0.8 - 2000) * 50.2388 / 3600
    entry = astronomy.SearchSunLongitude(libra, astronomy.Time.Make(year, 9, 25, 0, 0, 0), 60)
    moon = astronomy.SearchMoonPhase(0, entry, 40).Utc() + timedelta(hours=5.5)
    before = moon.date() - _DAY
    dark_before = astronomy.MoonPhase(_sets(astronomy.Body.Sun, before, UJJAIN)) >= 348
    return before if dark_before else moon.date()


def nowruz(year: int) -> date:
    """Return the day of the spring equinox at Tehran, the next when it comes after noon."""
    equinox = astronomy.Seasons(year).mar_equinox.Utc() + timedelta(hours=3.5)
    return equinox.date() if equinox.hour < 12 else equinox.date() + _DAY


FEASTS = {
    "orthodox-easter": lambda year: easter(year, EASTER_ORTHODOX),
    "hanukkah": lambda year: HebrewDate(year + 3761, 9, 25).to_pydate(),
    "eid-al-fitr": lambda year: hijri(year, 10, 1),
    "eid-al-adha": lambda year: hijri(year, 12, 10),
    "diwali": diwali,
    "lunar-newyear": lambda year: lunar_newyear(year, 8),
    "lunar-newyear-kr": lambda year: lunar_newyear(year, 9),
    "lunar-newyear-vn": lambda year: lunar_newyear(year, 7),
    "nowruz": nowruz,
}


def main() -> None:
    """Reckon the table and write the module."""
    rows = [
        " ".join([str(year), *(f"{day(year):%m-%d}" for day in FEASTS.values())])
        for year in range(FIRST, LAST + 1)
    ]
    assert all(len(one) == len(other) for one, other in pairwise(rows))  # noqa: S101  the reader counts columns
    path = Path(__file__).parent.parent / "relcard" / "domain" / "feast_days.py"
    columns = "\n".join(f'    "{name}",' for name in FEASTS)
    path.write_text(
        _TEXT.format(first=FIRST, last=LAST, columns=columns, days="\n".join(rows)), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
