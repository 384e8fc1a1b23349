"""A day of another calendar that returns, as people say it: lunar 8/15, hebrew 15 Av, islamic 12 Ramadan."""

from __future__ import annotations

import re
from typing import NamedTuple

from relcard.domain.text import fold

HEBREW, ISLAMIC, PERSIAN = "hebrew", "islamic", "persian"
LUNAR = ("lunar", "lunar-kr", "lunar-vn")  # of China, of Korea, of Vietnam
ADAR_1, ADAR = 6, 7  # of a common year the second stands alone
_CALENDARS = {
    **{name: name for name in (*LUNAR, HEBREW, ISLAMIC, PERSIAN)},
    "chinese": "lunar",
    "korean": "lunar-kr",
    "vietnamese": "lunar-vn",
    "jewish": HEBREW,
    "hijri": ISLAMIC,
    "muslim": ISLAMIC,
    "jalali": PERSIAN,
    "iranian": PERSIAN,
}
# What a year of each may be, and the months as Unicode numbers them; after the bar other spellings.
_YEARS = {HEBREW: (5500, 6000), ISLAMIC: (1150, 1560), PERSIAN: (1150, 1500)}
_LUNAR_YEARS = (1750, 2101)
_MONTHS = {
    HEBREW: (
        "Tishri|tishrei",
        "Cheshvan|heshvan|marcheshvan",
        "Kislev",
        "Tevet|teves|tebeth",
        "Shevat|shvat",
        "Adar I|adar1|adaraleph|adarrishon",
        "Adar|adarii|adar2|adarbet|adarsheni",
        "Nisan|nissan",
        "Iyar|iyyar",
        "Sivan",
        "Tammuz|tamuz",
        "Av|ab",
        "Elul",
    ),
    ISLAMIC: (
        "Muharram",
        "Safar",
        "Rabi I|rabi1|rabialawwal",
        "Rabi II|rabi2|rabialthani|rabialakhir",
        "Jumada I|jumada1|jumadaalawwal|jumadaalula",
        "Jumada II|jumada2|jumadaalthani|jumadaalakhira",
        "Rajab",
        "Shaban",
        "Ramadan|ramazan|ramadhan",
        "Shawwal|shawal",
        "Dhu al-Qada|dhualqidah|dhulqada|dhulqadah|zilqad",
        "Dhu al-Hijja|dhualhijjah|dhulhijja|dhulhijjah|zilhajj",
    ),
    PERSIAN: (
        "Farvardin",
        "Ordibehesht",
        "Khordad",
        "Tir",
        "Mordad|amordad",
        "Shahrivar",
        "Mehr",
        "Aban",
        "Azar",
        "Dey|dei",
        "Bahman",
        "Esfand|isfand",
    ),
}
_SHORT = {HEBREW: (4, 7, 9, 11, 13), ISLAMIC: (), PERSIAN: ()}  # months that never have 30 days
_LONG_PERSIAN = 6  # months of 31 days
_NUMBERS = re.compile(r"(?:(\d{4})[-/])?(leap )?(\d{1,2})(l)?[-/](\d{1,2})(?: (\d{4}))?", re.ASCII)
_DAY, _YEAR = re.compile(r"\d{1,2}", re.ASCII), re.compile(r"\d{4}", re.ASCII)


class OtherDay(NamedTuple):
    """A day of a month of another calendar, each year or from a year on.

    Months count as Unicode has them: the Hebrew ones from Tishri, of which 6 is Adar I and 7 Adar or Adar II.
    A leap month of the lunisolar calendar has the number of the month before it.
    """

    calendar: str
    month: int
    day: int
    year: int | None = None
    is_leap: bool = False

    def __str__(self) -> str:
        """Return it as one says it and as it is kept: "hebrew 15 Av 5715", "lunar leap 6/10 1962"."""
        year = f" {self.year}" if self.year else ""
        if self.calendar in LUNAR:
            return f"{self.calendar} {'leap ' if self.is_leap else ''}{self.month}/{self.day}{year}"
        month = _MONTHS[self.calendar][self.month - 1].partition("|")[0]
        if (self.calendar, self.month) == (HEBREW, ADAR) and self.year and is_leap_year(self.year):
            month = "Adar II"
        return f"{self.calendar} {self.day} {month}{year}"


def names_calendar(words: str) -> bool:
    """Whether folded words begin with the name of another calendar."""
    return words.partition(" ")[0] in _CALENDARS


def read_other_day(words: str) -> OtherDay:
    """Read words that begin with the name of a calendar.

    Raises ValueError with the reason, a clause to stand after the words.
    """
    name, _, rest = fold(words).partition(" ")
    calendar = _CALENDARS[name]
    numbers = _NUMBERS.fullmatch(rest)
    if numbers and calendar != HEBREW:
        before, leap, month, leap_too, number, after = numbers.groups()
        year = before or after
        read = OtherDay(
            calendar, int(month), int(number), int(year) if year else None, bool(leap or leap_too)
        )
    elif calendar in LUNAR:
        raise ValueError("is no day; say month and day in numbers: lunar 8/15, lunar leap 6/10 1962")
    else:
        read = _in_words(calendar, rest)
    return checked(read)


def _in_words(calendar: str, rest: str) -> OtherDay:
    """Read 15 Av 5715, or Av 15."""
    year = day = None
    names = []
    for word in rest.replace("-", " ").split():
        if _YEAR.fullmatch(word) and year is None:
            year = int(word)
        elif _DAY.fullmatch(word) and day is None:
            day = int(word)
        else:
            names.append("".join(filter(str.isalnum, word)))
    month = _month(calendar, "".join(names))
    if day is None or not month:
        raise ValueError(f"is no day; say it as {calendar} 12 {_MONTHS[calendar][8].partition('|')[0]}")
    if (calendar, month, year and is_leap_year(year)) == (HEBREW, ADAR, True) and names == ["adar"]:
        raise ValueError(f"may be Adar I or Adar II: {year} had both")
    return OtherDay(calendar, month, day, year)


def _month(calendar: str, name: str) -> int:
    for number, spellings in enumerate(_MONTHS[calendar], start=1):
        if name in fold(spellings).replace(" ", "").replace("-", "").split("|"):
            return number
    return 0


def checked(day: OtherDay) -> OtherDay:
    """Return a day that its calendar has. Raises ValueError with the reason."""
    first, last = _YEARS.get(day.calendar, _LUNAR_YEARS)
    if day.year is not None and not first <= day.year <= last:
        raise ValueError(f"has a year that nobody means: the {day.calendar} one is said, {first} to {last}")
    longest = 30
    if day.calendar == PERSIAN and day.month <= _LONG_PERSIAN:
        longest = 31
    elif day.month in _SHORT.get(day.calendar, ()):
        longest = 29
    most = len(_MONTHS.get(day.calendar, range(12)))
    if not (1 <= day.month <= most and 1 <= day.day <= longest) or (
        day.is_leap and day.calendar not in LUNAR
    ):
        raise ValueError("is on no calendar")
    if (day.calendar, day.month) == (HEBREW, ADAR_1) and day.year and not is_leap_year(day.year):
        raise ValueError(f"is on no calendar: {day.year} had no Adar I")
    return day


def is_leap_year(hebrew_year: int) -> bool:
    """Whether a Hebrew year has two Adars: 7 years of 19."""
    return (7 * hebrew_year + 1) % 19 < 7
