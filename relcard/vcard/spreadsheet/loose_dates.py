"""Dates as people and spreadsheets write them: 12.4.1985, 4/12/85, 12 April, April 12, 1985."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from relcard.domain.almanac.other_day import names_calendar
from relcard.domain.almanac.other_day import read_other_day
from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import fold
from relcard.vcard.spreadsheet.column_words import DATE_WORDS
from relcard.vcard.spreadsheet.column_words import MONTH_OF
from relcard.vcard.values import read_date

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_LONGEST = 60  # characters; a longer text is no date
_NUMBERS = re.compile(r"(\d{1,2})[ ]?([./-])[ ]?(\d{1,2})(?:\.|[ ]?[./-][ ]?(\d{4}|\d\d))?", re.ASCII)
_TIME = re.compile(r"[ T]+\d{1,2}:\d\d.*", re.ASCII)
_WORDS = re.compile(r"\d+|[^\W\d_]+")


class Order(Enum):
    """Which number of a date comes first."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


def says_nothing(text: str) -> bool:
    """Whether a date is one of those that Outlook writes where there is none: 0/0/00, 00.00.0000."""
    digits = [one for one in text if one.isdigit()]
    return bool(digits) and all(one == "0" for one in digits) and not any(one.isalpha() for one in text)


def order_of(texts: Iterable[str]) -> Order | None:
    """Say which order the dates of a column are in; None when they do not tell, or contradict each other.

    A number above 12 is a day. Dates with dots are day first everywhere and so say nothing about others.
    """
    orders = set()
    for text in texts:
        numbers = _numbers(text)
        if numbers and numbers[1] != ".":
            if int(numbers[0]) > 12 >= int(numbers[2]):
                orders.add(Order.DAY_FIRST)
            elif int(numbers[2]) > 12 >= int(numbers[0]):
                orders.add(Order.MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else None


def is_ambiguous(text: str) -> bool:
    """Whether a date is another one in the other order."""
    numbers = _numbers(text)
    return (
        numbers is not None
        and numbers[1] != "."
        and int(numbers[0]) <= 12
        and int(numbers[2]) <= 12
        and numbers[0].lstrip("0") != numbers[2].lstrip("0")
    )


def read_loose_date(text: str, order: Order | None, *, today: date | None = None) -> PartialDate | None:
    """Read a date; None when it is none, or when its order is not known and would matter.

    A year in two digits is the latest that `today` has seen: '60 can only be 1960. Without `today` it stays
    unknown.
    """
    text = _TIME.sub("", text.strip())
    if not text or len(text) > _LONGEST:
        return None
    latest = today.year if today else None
    numbers = _numbers(text)
    try:
        if numbers is None and names_calendar(fold(text)):
            return PartialDate(other=read_other_day(text))
        if numbers is None:
            return read_date(text) or _in_words(text, latest)
        if numbers[1] != "." and order is None and is_ambiguous(text):
            return None
        return _in_numbers(numbers, order, latest)
    except ValueError:
        return None


def date_of_columns(year: str, month: str, day: str, *, today: date | None = None) -> PartialDate | None:
    """Return the date that stands in three columns, of which some may be empty; None when it is none."""
    months = {word: number for word, number in MONTH_OF.items() if word == fold(month)}
    if month and not month.isdigit() and not months:
        return None
    try:
        return PartialDate(
            _whole_year(year, today.year if today else None),
            months.get(fold(month)) or int(month or 0) or None,
            int(day or 0) or None,
        )
    except ValueError:
        return None


def _whole_year(year: str, latest: int | None) -> int | None:
    """Return a year, of two digits the last that was one: never in the future."""
    if len(year) == 4 or not year.isdigit():
        return int(year) or None if year else None
    return None if latest is None else latest - (latest - int(year)) % 100


def _in_numbers(numbers: tuple[str, str, str, str], order: Order | None, latest: int | None) -> PartialDate:
    first, mark, second, year = numbers
    day, month = int(first), int(second)
    if mark != "." and (month > 12 or (order is Order.MONTH_FIRST and day <= 12)):
        day, month = month, day
    return PartialDate(_whole_year(year, latest), month, day)


def _numbers(text: str) -> tuple[str, str, str, str] | None:
    match = _NUMBERS.fullmatch(_TIME.sub("", text.strip()[: 2 * _LONGEST]))
    return (match[1], match[2], match[3], match[4] or "") if match else None


def _in_words(text: str, latest: int | None) -> PartialDate | None:
    words = _WORDS.findall(fold(text))
    numbers = list(filter(str.isdigit, words))
    months = [MONTH_OF[word] for word in words if word in MONTH_OF]
    if set(words) - set(numbers) - set(MONTH_OF) - DATE_WORDS or len(months) != 1:
        return None
    days = [number for number in numbers if len(number) <= 2]
    match len(numbers), len(days):
        case 1, 1:
            return PartialDate(None, months[0], int(days[0]))
        case 1, 0 if len(numbers[0]) == 4:
            return PartialDate(int(numbers[0]), months[0])
        case 2, 1 | 2:  # 12 April 1985, 1985 April 12, 12 April 85
            year = days[1] if len(days) == 2 else next(one for one in numbers if one not in days)
            return PartialDate(_whole_year(year, latest), months[0], int(days[0]))
    return None
