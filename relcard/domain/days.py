"""A day as people say it: 2026-11-12, 12 Nov, 12.11.2026, yesterday, last Tuesday, three days ago, 2024."""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import Literal

from relcard.domain.dates import MONTH_NAMES
from relcard.domain.dates import MONTHS
from relcard.domain.dates import PartialDate
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection

# Where 11/12 is the 12th of November; the other set writes the year first, or both ways: 11/12 says nothing.
MONTH_FIRST = frozenset(("US", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW", "PH", "BZ"))
EITHER_FIRST = frozenset(("CA", "CN", "JP", "KR", "KP", "TW", "HU", "LT", "MN", "IR"))

_LONGEST = 60  # characters; a longer text is no day
_NUMBERS = re.compile(r"(\d{1,2}) ?([./-]) ?(\d{1,2})(?:\.|(?: ?[./-] ?(\d{4}|\d\d))?)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})\.?", re.ASCII)
_MONTH_DAY = re.compile(r"(?:--)?(\d\d)-(\d\d)", re.ASCII)
_DAY_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_WORD = re.compile(r"[^\W_]+")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_FROM_NOW = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "yesterday": -1,
    "last night": -1,
    "yesterday evening": -1,
    "yesterday morning": -1,
    "yesterday afternoon": -1,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "tomorrow": 1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
}
_COUNTS = (
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_UNITS = {"day": 1, "week": 7, "fortnight": 14}  # in days
_FILLING = frozenset(("of", "the", "on", "de"))


def read_day(text: str, today: date, *, country: str = "", ahead: bool = False) -> PartialDate:
    """Read a day, or as much of it as is said; its year is always known.

    Without a year, a day or a weekday is the last one there was; with `ahead` the next one there will be.
    `country` is the sender's, ISO 3166-1 alpha-2 or "": it decides what 11/12/2026 is.
    Raises ValueError with the reason, a clause to stand after the text.
    """
    words = _words(text)
    for day in (_exact(words), _from_now(words, today, ahead=ahead)):
        if day is not None:
            return day
    read, weekday = _in_numbers(words, today, country, ahead=ahead) or _in_words(words, today, ahead=ahead)
    whole = _with_year(read, today, ahead=ahead)
    if weekday is not None:
        _agree(whole, weekday)
    return whole


def read_partial_day(text: str, today: date, *, country: str = "", ahead: bool = False) -> PartialDate:
    """Read a day that returns, such as a birthday: as `read_day`, but a year that is not said stays unknown.

    04-12 is a month and a day, beside 1985-04-12; lunar 8/15 is a day of another calendar. Raises ValueError
    with the reason, as `read_day` does.
    """
    words = _words(text)
    if words[0].isalpha():
        from relcard.domain.almanac import other_day  # noqa: PLC0415  3 ms, for what may name a calendar

        if other_day.names_calendar(words):
            return PartialDate(other=other_day.read_other_day(words))
    month_day = _MONTH_DAY.fullmatch(words)
    if month_day:
        return _made(None, int(month_day[1]), int(month_day[2]))
    if words.startswith("-"):
        try:
            return PartialDate.parse(words)  # as a vCard has it: --04-12, ---12
        except ValueError:
            raise ValueError("is no day") from None
    numbers = _NUMBERS.fullmatch(words)
    if numbers and len(numbers[4] or "") == 2:
        raise ValueError("leaves the century open")
    for day in (_exact(words), _from_now(words, today, ahead=ahead)):
        if day is not None:
            return day
    return (_in_numbers(words, today, country, ahead=ahead) or _in_words(words, today, ahead=ahead))[0]


def _words(text: str) -> str:
    words = " ".join(fold(text[: 2 * _LONGEST]).replace(",", " ").split())
    if not words or len(words) > _LONGEST:
        raise ValueError("is no day")
    return words


def _exact(words: str) -> PartialDate | None:
    """Read a day of the calendar that needs no guess: 2026-11-12, 2026/11/12, 20261112, 2026-11, 2026."""
    match = _YEAR_FIRST.fullmatch(words)
    if match:
        return _made(int(match[1]), int(match[2]), int(match[3]))
    try:
        return _whole(date.fromisoformat(words.upper()))
    except ValueError:
        pass
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", words, re.ASCII):
        return _made(*(int(part) for part in words.split("-")))
    return None


def _from_now(words: str, today: date, *, ahead: bool) -> PartialDate | None:
    """Read what is counted from today: yesterday, 3 days ago, a week ago, in two weeks, last year."""
    if words in _DAYS_FROM_NOW:
        return _whole(today + timedelta(_DAYS_FROM_NOW[words]))
    if words in ("last year", "this year"):
        return _made(today.year - (words == "last year"))
    if words in ("last month", "this month"):
        year, month = divmod(today.year * 12 + today.month - 1 - (words == "last month"), 12)
        return _made(year, month + 1)
    parts = words.split()
    if parts[-1] == "ago":
        return _counted(parts[:-1], today, -1)
    if parts[0] == "in" and len(parts) == 3:
        return _counted(parts[1:], today, 1)
    if ahead and words == "next week":
        return _whole(today + timedelta(7))
    return (
        _counted(parts, today, 1) if ahead and len(parts) == 2 and parts[0] not in ("last", "next") else None
    )


def _counted(parts: list[str], today: date, way: int) -> PartialDate | None:
    if len(parts) != 2:
        return None
    number, unit = parts[0], parts[1].removesuffix("s")
    if number.isdecimal() and len(number) < 6:
        count = int(number)
    elif number in ("a", "an"):
        count = 1
    elif number in _COUNTS:
        count = _COUNTS.index(number)
    else:
        return None
    try:
        if unit in _UNITS:
            return _whole(today + timedelta(way * count * _UNITS[unit]))
        if unit in ("month", "year"):
            year, month = divmod(
                today.year * 12 + today.month - 1 + way * count * (12 if unit == "year" else 1), 12
            )
            return _whole(
                min(
                    today.replace(day=1, year=year, month=month + 1) + timedelta(today.day - 1),
                    _last_of(year, month + 1),
                )
            )
    except (OverflowError, ValueError):
        raise ValueError("is further than any calendar goes") from None
    return None


def _last_of(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(1)


# A day whose year may be unknown yet, and the weekday that was said of it, 0 for Monday.
_Read = tuple[PartialDate, int | None]


def _in_numbers(words: str, today: date, country: str, *, ahead: bool) -> _Read | None:
    """Read 12.11.2026, 12/11/26, 24.12.: the day first, where neither a number nor the country says else."""
    match = _NUMBERS.fullmatch(words)
    if not match:
        return None
    separator, year = match[2], match[4] or ""
    if separator == "-" and len(year) != 4:
        raise ValueError("may be read in more than one way")
    day, month = _day_and_month(int(match[1]), int(match[3]), separator, country)
    return _made(_year(year, today, ahead=ahead), month, day), None


def _day_and_month(first: int, second: int, separator: str, country: str) -> tuple[int, int]:
    """Return which of two numbers is the day and which the month; refuse what is read both ways."""
    with_points = separator == "."
    doubtful = country in (MONTH_FIRST if with_points else {"", *EITHER_FIRST})
    if doubtful and max(first, second) <= 12 and first != second:
        raise ValueError(
            f"is {first} {MONTHS[second - 1]} to some and {second} {MONTHS[first - 1]} to others"
        )
    month_first = country in MONTH_FIRST and not with_points and first <= 12
    return (second, first) if month_first or second > 12 else (first, second)


def _year(digits: str, today: date, *, ahead: bool) -> int | None:
    """Return the year of four digits or two: the nearest past one, or with `ahead` of this century."""
    if len(digits) != 2:
        return int(digits) if digits else None
    year = today.year // 100 * 100 + int(digits)
    return year - 100 if year > today.year + 1 and not ahead else year


def _in_words(words: str, today: date, *, ahead: bool) -> _Read:
    """Read what names a weekday or a month: last Tuesday, 12 Nov, November 12th 2025, Nov 2025."""
    which, parts = _which_and_parts(words)
    if parts.keys() == {"weekday"}:
        forward = which == "next" or (ahead and which != "last")
        return _whole(_nearest(parts["weekday"], today, ahead=forward)), None
    if which or "month" not in parts or ("day" not in parts and parts.keys() != {"month", "year"}):
        raise ValueError("is no day")
    return _made(parts.get("year"), parts["month"], parts.get("day")), parts.get("weekday")


_Part = Literal["weekday", "month", "day", "year"]


def _which_and_parts(words: str) -> tuple[str, dict[_Part, int]]:
    """Return "last", "next", "this" or "", and the parts of a day that words name."""
    parts: dict[_Part, int] = {}
    which = ""
    for word in _WORD.findall(words):
        if word in _FILLING:
            continue
        if word in ("last", "next", "this") and not which:
            which = word
        else:
            part, number = _part(word, parts)
            parts[part] = number
    return which, parts


def _part(word: str, known: Collection[_Part]) -> tuple[_Part, int]:
    """Return which part of a day a word names that is not known yet, and its number."""
    day = _DAY_WORD.fullmatch(word)
    if day and "day" not in known:
        return "day", int(day[1])
    if _YEAR.fullmatch(word) and "year" not in known:
        return "year", int(word)
    if "weekday" not in known and (weekday := _weekday(word)) is not None:
        return "weekday", weekday
    if "month" not in known and (month := _month(word)) is not None:
        return "month", month
    raise ValueError("is no day")


def _agree(read: PartialDate, weekday: int) -> None:
    """Refuse a day that is on another weekday than is said."""
    is_on = date.fromisoformat(str(read)).weekday()
    if is_on != weekday:
        raise ValueError(f"does not agree with itself: {read} is a {_WEEKDAYS[is_on].capitalize()}")


def _nearest(weekday: int, today: date, *, ahead: bool) -> date:
    """Return the next such weekday, or the last one; today itself is called today."""
    if ahead:
        return today + timedelta((weekday - today.weekday() - 1) % 7 + 1)
    return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)


def _weekday(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next((at for at, name in enumerate(_WEEKDAYS) if name.startswith(word)), None)


def _month(word: str) -> int | None:
    """Return the month of a word, in English or in another language of the cards: Nov, novembre, Mai."""
    if len(word) < 3:
        return None
    for at, name in enumerate(MONTH_NAMES, start=1):
        if name.startswith(word) or (word == "sept" and at == 9):
            return at
    from relcard.domain.languages import all_languages  # noqa: PLC0415  4 ms, and only for a month not English

    meant = {
        at
        for language in all_languages()
        for at, name in enumerate(language.months, start=1)
        if fold(name).startswith(word)
    }
    return meant.pop() if len(meant) == 1 else None


def _with_year(read: PartialDate, today: date, *, ahead: bool) -> PartialDate:
    """Return the day, without a year that of the last one there was, or with `ahead` of the next."""
    if read.year is not None:
        return read
    for step in range(9):  # 29 February may be eight years away
        near = read.on(today.year + (step if ahead else -step))
        if (
            near is None
            or (near.month, near.day) != read.month_day
            or (near < today if ahead else near > today)
        ):
            continue
        return _whole(near)
    raise ValueError("is no day")


def _made(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate:
    try:
        return PartialDate(year, month, day)
    except ValueError:
        raise ValueError("is on no calendar") from None


def _whole(day: date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
