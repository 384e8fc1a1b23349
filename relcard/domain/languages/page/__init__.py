"""The words of the page at home, in every language it speaks.

A module is called by its BCP 47 code and holds one `LANGUAGE`. Its words stand by chapter, most chapters one
page of the page; each language has the same chapters, keys and `{values}`. A word that goes with a number is
a tuple of forms, and `plural` says which one: {n} stands for the number.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from datetime import date

Words = str | tuple[str, ...]


class PageLanguage(NamedTuple):
    """The words of one language, and how it says numbers and days.

    In `day` and `day_of_year` stand {weekday}, {day}, {month} and {year}; `months` are as they stand in a day.
    """

    code: str
    name: str  # in the language itself
    plural: Callable[[int], int]
    weekdays: tuple[str, str, str, str, str, str, str]
    months: tuple[str, str, str, str, str, str, str, str, str, str, str, str]
    day: str
    day_of_year: str
    returning: str  # {day} and {month} of each year
    first: str  # {day} on the first of a month
    words: Mapping[str, Mapping[str, Words]]

    def say(self, key: str, n: int = 0, **values: object) -> str:
        """Return the words of "chapter.key", with what is to stand in them."""
        chapter, _, name = key.partition(".")
        words = self.words[chapter][name]
        form = words if isinstance(words, str) else words[self.plural(n)]
        return form.format(n=n, **values)

    def say_day(self, day: date, *, today: date) -> str:
        """Return a day in words: with its weekday where it is near, with its year where that is another."""
        is_near = abs((day - today).days) < 180
        return (self.day if is_near else self.day_of_year).format(
            weekday=self.weekdays[day.weekday()],
            day=self.first if day.day == 1 else day.day,
            month=self.months[day.month - 1],
            year=day.year,
        )

    def say_returning(self, month: int, day: int) -> str:
        """Return a day of each year in words."""
        return self.returning.format(day=self.first if day == 1 else day, month=self.months[month - 1])


CODES = ("en", "de", "fr", "pl")


def page_language(code: str) -> PageLanguage:
    """Return a language of the page, English for one that it does not speak."""
    return _load(code if code in CODES else CODES[0])


def preferred(accepted: str) -> str:
    """Return the code of the language that a browser asks for first (Accept-Language, RFC 9110 12.5.4)."""
    wishes = []
    for place, wish in enumerate(accepted.split(",")[:20]):
        tag, _, weight = wish.strip().partition(";q=")
        code = tag.split("-")[0].strip().lower()
        if code in CODES:
            wishes.append((-_weight(weight), place, code))
    return min(wishes)[2] if wishes else CODES[0]


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0) if text else 1.0
    except ValueError:
        return 0.0


@cache
def _load(code: str) -> PageLanguage:
    return cast("PageLanguage", import_module(f"{__name__}.{code}").LANGUAGE)
