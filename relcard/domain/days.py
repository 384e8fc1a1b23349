"""A day as people say it: 2026-11-12, 12 Nov, 12.11.2026, yesterday, last Tuesday, three days ago, 2024."""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta

from relcard.domain.dates import MONTHS
from relcard.domain.dates import PartialDate
from relcard.domain.text import fold

# Where 11/12 is the 12th of November; the other set writes the year first, or both ways: 11/12 says nothing.
MONTH_FIRST = frozenset(("US", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW", "PH", "BZ"))
EITHER_FIRST = frozenset(("CA", "CN", "JP", "KR", "KP", "TW", "HU", "LT", "MN", "IR"))

_LONGEST = 60  # characters; a longer text is no day
_NUMBERS = re.compile(r"(\d{1,2}) ?([./-]) ?(\d{1,2})(?:\.|(?: ?[./-] ?(\d{4}|\d\d))?)", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})\.?", re.ASCII)
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
_MONTHS = (
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
_FILLING = frozenset(("of", "the", "on", "de"))


def read_day(text: str, today: date, *, country: str = "", ahead: bool = False) -> PartialDate:
    """Read a day, or as much of it as is said; its year is always known.

    Without a year, a day or a weekday is the last one there was; with `ahead` the next one there will be.
    `country` is the sender's, ISO 3166-1 alpha-2 or "": it decides what 11/12/2026 is.
    Raises ValueError with the reason, a clause to stand after the text.
    """
    words = " ".join(fold(text[: 2 * _LONGEST]).replace(",", " ").split())
    if not words or len(words) > _LONGEST:
        raise ValueError("is no day")
    for day in (_exact(words), _from_now(words, today, ahead=ahead)):
        if day is not None:
            return day
    return _in_numbers(words, today, country, ahead=ahead) or _in_words(words, today, ahead=ahead)


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
    said, unit = parts[0], parts[1].removesuffix("s")
    if said.isdecimal() and len(said) < 6:
        count = int(said)
    elif said in ("a", "an"):
        count = 1
    elif said in _COUNTS:
        count = _COUNTS.index(said)
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


def _in_numbers(words: str, today: date, country: str, *, ahead: bool) -> PartialDate | None:
    """Read 12.11.2026, 12/11/26, 24.12.: the day first, where neither a number nor the country says else."""
    match = _NUMBERS.fullmatch(words)
    if not match:
        return None
    day, month, year = int(match[1]), int(match[3]), match[4] or ""
    if match[2] == "-" and len(year) != 4:
        raise ValueError("may be read in more than one way")
    month_first = country in MONTH_FIRST and match[2] != "."
    plain = day > 12 or month > 12 or day == month
    if not plain and (
        (match[2] == "." and country in MONTH_FIRST)
        or (match[2] != "." and (not country or country in EITHER_FIRST))
    ):
        raise ValueError(f"is {day} {MONTHS[month - 1]} to some and {month} {MONTHS[day - 1]} to others")
    if month > 12 or (month_first and day <= 12):
        day, month = month, day
    if len(year) == 2:  # the century that makes it the nearest past year, or with `ahead` the coming one
        century = today.year // 100 * 100
        full = century + int(year)
        year = str(full - 100 if full > today.year + 1 and not ahead else full)
    return _with_year(int(year) if year else None, month, day, today, ahead=ahead)


def _in_words(words: str, today: date, *, ahead: bool) -> PartialDate:
    """Read what names a weekday or a month: last Tuesday, 12 Nov, November 12th 2025, Nov 2025."""
    weekday = month = day = year = None
    which = ""
    for word in _WORD.findall(words):
        number = _DAY_WORD.fullmatch(word)
        if word in _FILLING:
            continue
        if word in ("last", "next", "this") and not which:
            which = word
        elif number and day is None:
            day = int(number[1])
        elif _YEAR.fullmatch(word) and year is None:
            year = int(word)
        elif weekday is None and (at := _weekday(word)) is not None:
            weekday = at
        elif month is None and (at := _month(word)) is not None:
            month = at
        else:
            raise ValueError("is no day")
    if weekday is not None and month is day is year is None:
        return _whole(_nearest(weekday, today, ahead=which == "next" or (ahead and which != "last")))
    if month is None or (day is None and (year is None or weekday is not None)) or which:
        raise ValueError("is no day")
    read = _made(year, month, day) if year else _with_year(None, month, day or 1, today, ahead=ahead)
    if weekday is not None and date.fromisoformat(str(read)).weekday() != weekday:
        is_on = _WEEKDAYS[date.fromisoformat(str(read)).weekday()].capitalize()
        raise ValueError(f"does not agree with itself: {read} is a {is_on}")
    return read


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
    for at, name in enumerate(_MONTHS, start=1):
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


def _with_year(year: int | None, month: int, day: int, today: date, *, ahead: bool) -> PartialDate:
    """Return the day, without a year that of the last one there was, or with `ahead` of the next."""
    if year is not None:
        return _made(year, month, day)
    without = _made(None, month, day)
    for step in range(9):  # 29 February may be eight years away
        near = without.on(today.year + (step if ahead else -step))
        if (
            near is None
            or (near.month, near.day) != (month, day)
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
