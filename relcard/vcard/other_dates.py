"""Days of other calendars in a vCard: CALSCALE by the names of Unicode (CLDR), values as Apple writes them.

RFC 6350 section 5.8 leaves every calendar but the Gregorian to names that are registered, and none is. Apple
has X-ALTBDAY;CALSCALE=chinese:007800390815: the cycle of sixty years, the year in it, month and day, an L
behind the number of a leap month. Months count as Unicode has them: the Hebrew ones from Tishri, 6 is Adar I.
"""

from __future__ import annotations

import re

from relcard.domain.almanac.other_day import HEBREW
from relcard.domain.almanac.other_day import ISLAMIC
from relcard.domain.almanac.other_day import LUNAR
from relcard.domain.almanac.other_day import PERSIAN
from relcard.domain.almanac.other_day import OtherDay
from relcard.domain.almanac.other_day import checked

_SCALES = {"lunar": "chinese", "lunar-kr": "dangi", "lunar-vn": "x-vietnamese"} | {
    HEBREW: "hebrew",
    ISLAMIC: "islamic-umalqura",
    PERSIAN: "persian",
}
_CALENDARS = {scale: calendar for calendar, scale in _SCALES.items()} | dict.fromkeys(
    ("islamic", "islamic-civil", "islamic-rgsa", "islamic-tbla"), ISLAMIC
)
_BEGINS, _CYCLE, _YEARS = 1984, 78, 60  # that cycle begins in that year of ours
_VALUE = re.compile(r"(?:(\d{4})(\d{4})|-?(\d{4})-?|-{2,8})(\d\d)(L)?-?(\d\d)", re.ASCII)


def read_other_date(scale: str, value: str) -> OtherDay | None:
    """Read a day of the calendar that a CALSCALE names; None where either is not known."""
    calendar = _CALENDARS.get(scale)
    match = _VALUE.fullmatch(value.strip())
    if calendar is None or match is None:
        return None
    cycle, of_cycle, year, month, leap, day = match.groups()
    if cycle and calendar not in LUNAR:
        return None
    if cycle:
        year = (int(cycle) - _CYCLE) * _YEARS + int(of_cycle) - 1 + _BEGINS
    try:
        return checked(OtherDay(calendar, int(month), int(day), int(year) if year else None, bool(leap)))
    except ValueError:
        return None


def write_other_date(day: OtherDay) -> tuple[str, str]:
    """Return the value of a day and its CALSCALE."""
    if day.year is None:
        year = "--"
    elif day.calendar in LUNAR:
        cycle, of_cycle = divmod(day.year - _BEGINS, _YEARS)
        year = f"{cycle + _CYCLE:04}{of_cycle + 1:04}"
    else:
        year = f"{day.year:04}"
    return f"{year}{day.month:02}{'L' if day.is_leap else ''}{day.day:02}", _SCALES[day.calendar]
