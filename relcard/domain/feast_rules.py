"""When a feast is: a day of the year, a weekday of a month, days counted from Easter, or of the table."""

from __future__ import annotations

from datetime import date
from datetime import timedelta

from relcard.domain import feast_days
from relcard.domain.dates import MONTH_NAMES
from relcard.domain.dates import PartialDate
from relcard.domain.text import fold

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WHICH = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
}
_WEEK = 7
_NO_DAY = "is no day; say it as 06-24, last saturday of june or 39 days after easter"


def rule_day(rule: str, year: int) -> date | None:
    """Return the day of a rule in `year`: of "12-25", "fourth thursday of november", "60 days after easter".

    A feast of the table is a rule by its name, such as hanukkah; None for a year the table does not have, and
    for one other than that of a whole date. Read without patterns, which would take 2 ms of `today`. Raises
    ValueError with the reason, a clause to stand after the words.
    """
    if rule == "easter":
        return easter(year)
    if rule in feast_days.COLUMNS:
        return feast_days.table_day(rule, year)
    words = fold(rule).split()
    match words:
        case [day] if len(day) == len("12-25"):
            month, _, number = day.partition("-")
            return _day_of_year(_number(month), _number(number), year)
        case [day] if len(day) == len("2026-12-25"):
            return _one_day(day, year)
        case [number, month]:
            return _day_of_year(_month(month), _number(number), year)
        case [which, weekday, "of" | "in", month]:
            return _weekday_of_month(which, weekday, _month(month), year)
        case [number, "day" | "days", "before" | "after" as side, "easter" | "orthodox-easter" as feast]:
            start = rule_day(feast, year)
            days = timedelta(days=_number(number))
            return start and (start + days if side == "after" else start - days)
        case _:
            raise ValueError(_NO_DAY)


def _number(word: str) -> int:
    if not (word.isascii() and word.isdigit() and len(word) <= 3):
        raise ValueError(_NO_DAY)
    return int(word)


def _day_of_year(month: int, day: int, year: int) -> date | None:
    try:
        return PartialDate(month=month, day=day).on(year)
    except ValueError as error:
        raise ValueError(f"is no day: {error}") from error


def _one_day(rule: str, year: int) -> date | None:
    try:
        day = date.fromisoformat(rule)
    except ValueError as error:
        raise ValueError(f"is no day: {error}") from error
    return day if day.year == year else None


def _month(word: str) -> int:
    for number, name in enumerate(MONTH_NAMES, start=1):
        if name.startswith(word):
            return number
    raise ValueError(f'is no day: "{word}" is no month')


def _weekday_of_month(which: str, weekday: str, month: int, year: int) -> date:
    if which not in _WHICH or weekday not in _WEEKDAYS:
        raise ValueError("is no day; say it as last saturday of june or second monday of october")
    after_month = date(year + month // 12, month % 12 + 1, 1)
    first = date(year, month, 1)
    if _WHICH[which] < 0:
        last = after_month - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - _WEEKDAYS.index(weekday)) % _WEEK)
    to_first = (_WEEKDAYS.index(weekday) - first.weekday()) % _WEEK
    return first + timedelta(days=to_first + _WEEK * (_WHICH[which] - 1))


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches.

    The rule of the calendar reform of 1582 (the Sunday after the full moon, as reckoned by epact and golden
    number, on or after 21 March) in the integer form of J. Meeus, Astronomical Algorithms, chapter 8.
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30
    leaps, leap_rest = divmod(rest, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - epact - leap_rest) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
