"""Dates as people know them: the year, or the day, may be missing."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from typing import Self

_ISO = re.compile(r"(?:(\d{4})|-)(?:-(\d\d))?(?:-(\d\d))?\Z")
_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class LeapDay(Enum):
    """When a 29 February is kept in a common year.

    The default is 28 February: it keeps the month, and a greeting on 1 March is late. Scheduling standards
    call the choice SKIP=BACKWARD, FORWARD or OMIT (RFC 7529 section 4.1).
    """

    FEB28 = "feb28"
    MAR1 = "mar1"
    SKIP = "skip"


class _Parts(NamedTuple):
    year: int | None
    month: int | None
    day: int | None


def _check_day(year: int | None, month: int | None, day: int) -> None:
    if not 1 <= day <= (_DAYS_IN_MONTH[month - 1] if month else 31):
        raise ValueError(f"no month {month or ''} has a day {day}")
    if year and month:
        date(year, month, day)  # 29 February needs a leap year


class PartialDate(_Parts):
    """A date of which the year, the month or the day may be unknown (RFC 6350 section 4.3.1).

    Raises ValueError when made of parts no calendar has (31 April, 29 February 2023).
    """

    __slots__ = ()

    def __new__(cls, year: int | None = None, month: int | None = None, day: int | None = None) -> Self:
        """Make a date, when a calendar has it."""
        if year is None and month is None and day is None:
            raise ValueError("a date needs a year, a month or a day")
        if year is not None and not 1 <= year <= 9999:
            raise ValueError(f"no calendar has the year {year}")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"no year has a month {month}")
        if day is not None:
            _check_day(year, month, day)
        return super().__new__(cls, year, month, day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the extended form that `str` writes: 1985-04-12, --04-12, 1985-04, 1985, --04, ---12."""
        if text.startswith("---") and text[3:].isdigit() and len(text) == 5:
            return cls(day=int(text[3:]))
        match = _ISO.match(text)
        if not match or (match[1] is None and match[2] is None):
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year, month, day)

    def __str__(self) -> str:
        if self.month is None and self.day is not None:
            return f"---{self.day:02}"
        text = f"{self.year:04}" if self.year is not None else "-"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        return text

    @property
    def last_day(self) -> date | None:
        """The last day it can mean: 31 May of 2027-05, 31 December of 2027; None without the year."""
        if self.year is None or (self.month is None and self.day is not None):
            return None
        if self.month is None or self.day is None:
            month = self.month or 12
            return date(
                self.year, month, _DAYS_IN_MONTH[month - 1] - (month == 2 and not _is_leap(self.year))
            )
        return date(self.year, self.month, self.day)

    @property
    def month_day(self) -> tuple[int, int] | None:
        """Month and day, when both are known: only then can an occasion return."""
        return None if self.month is None or self.day is None else (self.month, self.day)

    def on(self, year: int, leap_day: LeapDay = LeapDay.FEB28) -> date | None:
        """Return the day this date is kept in `year`, or None when it is not."""
        if self.month is None or self.day is None:
            return None
        if (self.month, self.day) == (2, 29) and not _is_leap(year):
            match leap_day:
                case LeapDay.FEB28:
                    return date(year, 2, 28)
                case LeapDay.MAR1:
                    return date(year, 3, 1)
                case LeapDay.SKIP:
                    return None
        return date(year, self.month, self.day)

    def years_by(self, year: int) -> int | None:
        """Return the age reached in calendar year `year`, or None when the year of the date is unknown."""
        return None if self.year is None or year < self.year else year - self.year


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def short_day(day: date, *, weekday: bool = False, beside: date | None = None) -> str:
    """Return "4 Dec" or "Fri 4 Dec", with the year when it is not that of `beside`.

    The words are the same under any locale, which strftime's would not be.
    """
    text = f"{day.day} {MONTHS[day.month - 1]}"
    if weekday:
        text = f"{_WEEKDAYS[day.weekday()]} {text}"
    return text if beside is None or beside.year == day.year else f"{text} {day.year}"


def known_day(day: PartialDate) -> str:
    """Return as much of a date as is known: 16 Dec, 19 May 1984, May 1984, 1984."""
    month = MONTHS[day.month - 1] if day.month else ""
    return " ".join(str(part) for part in (day.day, month, day.year) if part)


def day_of_word(written: str) -> date:
    """Return the day of what passed as the store has it: a whole date, or a year alone for its December."""
    return date.fromisoformat(written if len(written) > len("2019") else f"{written}-12-24")
