"""Dates as people know them: the year, or the day, may be missing."""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from typing import Self

    from relcard.domain.almanac.other_day import OtherDay

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
    other: OtherDay | None = None


def _check_day(year: int | None, month: int | None, day: int) -> None:
    if not 1 <= day <= (_DAYS_IN_MONTH[month - 1] if month else 31):
        raise ValueError(f"no month {month or ''} has a day {day}")
    if year and month:
        date(year, month, day)  # 29 February needs a leap year


class PartialDate(_Parts):
    """A date of which the year, the month or the day may be unknown (RFC 6350 section 4.3.1).

    A day of another calendar is in `other`; year, month and day, which are of ours, are unknown then. Raises
    ValueError when made of parts no calendar has (31 April, 29 February 2023).
    """

    __slots__ = ()

    def __new__(
        cls,
        year: int | None = None,
        month: int | None = None,
        day: int | None = None,
        other: OtherDay | None = None,
    ) -> Self:
        """Make a date, when a calendar has it."""
        if other is not None:
            return super().__new__(cls, None, None, None, other)
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
        """Read the form that `str` writes: 1985-04-12, --04-12, 1985-04, 1985, --04, ---12, lunar 8/15."""
        if text[:1].isalpha():
            from relcard.domain.almanac import other_day  # noqa: PLC0415  3 ms, for such a day alone

            if other_day.names_calendar(text):
                return cls(other=other_day.read_other_day(text))
        if text.startswith("---") and text[3:].isdigit() and len(text) == 5:
            return cls(day=int(text[3:]))
        match = _ISO.match(text)
        if not match or (match[1] is None and match[2] is None):
            raise ValueError(f"not a date: {text!r}")
        year, month, day = (int(part) if part else None for part in match.groups())
        return cls(year, month, day)

    def __str__(self) -> str:
        if self.other is not None:
            return str(self.other)
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
    def first_year(self) -> int | None:
        """The year in its own calendar, or None when it is unknown."""
        return self.year if self.other is None else self.other.year

    @property
    def returns(self) -> bool:
        """Whether it is a day of a year, of whatever calendar."""
        return self.other is not None or self.month_day is not None

    @property
    def place_in_year(self) -> int | None:
        """Month * 100 + day, by which a store finds days; 0 of another calendar, None where none returns."""
        if self.other is not None:
            return 0
        return None if self.month is None or self.day is None else self.month * 100 + self.day

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


class Kept(NamedTuple):
    """A day on which a date is kept; `years` since it, None when its year is unknown.

    `year` is the year in the calendar of the date.
    """

    on: date
    year: int
    years: int | None


def days_kept(
    day: PartialDate,
    start: date,
    end: date,
    leap_day: LeapDay = LeapDay.FEB28,
    *,
    in_memory: bool = False,
) -> tuple[Kept, ...]:
    """Return the days from `start` to `end`, both included, on which `day` is kept; never before its year.

    With `in_memory` it is the day of a death, for which some calendars have a rule of their own.
    """
    if day.other is not None:
        from relcard.domain.almanac.reckoning import kept_between  # noqa: PLC0415  3 ms, for such a day alone

        pairs = kept_between(day.other, start, end, in_memory=in_memory)
    elif day.month is None or day.day is None:
        return ()
    else:
        first = start.year if day.year is None else max(start.year, day.year)
        ours = ((day.on(year, leap_day), year) for year in range(first, end.year + 1))
        pairs = [(on, year) for on, year in ours if on is not None and start <= on <= end]
    since = day.first_year
    return tuple(Kept(on, year, None if since is None else year - since) for on, year in pairs)


_FURTHEST = timedelta(days=800)  # more than any calendar has from one such day to the next


def next_kept(day: PartialDate, today: date, *, in_memory: bool = False) -> Kept | None:
    """Return when a day comes next, today included, or None where it never does."""
    start = max(today, date(day.year, 1, 1)) if day.year else today
    return next(iter(days_kept(day, start, start + _FURTHEST, in_memory=in_memory)), None)


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
    """Return as much of a date as is known: 16 Dec, 19 May 1984, May 1984, 1984, hebrew 15 Av."""
    if day.other is not None:
        return str(day.other)
    month = MONTHS[day.month - 1] if day.month else ""
    return " ".join(str(part) for part in (day.day, month, day.year) if part)


def day_of_word(written: str) -> date:
    """Return the day of what passed as the store has it: a whole date, or a year alone for its December."""
    return date.fromisoformat(written if len(written) > len("2019") else f"{written}-12-24")
