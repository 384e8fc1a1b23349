"""An address book to look at: circles filled, cards each year, quiet months, birthdays by month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.dates import PartialDate

# How many contacts a circle is about: what most people can hold that near. A hint, no limit.
ABOUT: dict[Circle, int] = {Circle.INNER: 5, Circle.CLOSE: 15, Circle.FRIEND: 50, Circle.WIDE: 150}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """How many living contacts are in a circle, and how many it is about."""

    circle: Circle
    contacts: int
    about: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardYear:
    """How many greeting cards went out and came in one year, each envelope once."""

    year: int
    sent: int
    received: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """How many days of one month had a word."""

    year: int
    month: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """The last twelve months of one contact, the oldest first; `last_on` is the last word ever."""

    uid: str
    name: str
    months: tuple[Month, ...]
    last_on: date | None

    @property
    def silent(self) -> int:
        """How many of the months had no word."""
        return sum(not month.words for month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """Everything there is to look at.

    `birthdays` are twelve numbers, January first. `countries` are codes with their living contacts, the most
    first; "" is an address that names no country.
    """

    contacts: int
    without_circle: int
    circles: tuple[Filled, ...]
    years: tuple[CardYear, ...]
    inner: tuple[Strip, ...]
    birthdays: tuple[int, ...]
    countries: tuple[tuple[str, int], ...]


def filled(counts: Mapping[Circle | None, int]) -> tuple[Filled, ...]:
    """Return the four circles that get cards, with how full each is."""
    return tuple(
        Filled(circle=circle, contacts=counts.get(circle, 0), about=about) for circle, about in ABOUT.items()
    )


def card_years(cards: Iterable[tuple[object, int, bool, bool]], today: date) -> tuple[CardYear, ...]:
    """Return the cards of each year from the first to this one, none left out between.

    Each card is a name of the envelope, its year, and whether it went to them and came from them. What has
    the same name, year and way is one envelope.
    """
    sent: dict[int, set[object]] = {}
    received: dict[int, set[object]] = {}
    for envelope, year, to_them, from_them in cards:
        for happened, years in ((to_them, sent), (from_them, received)):
            if happened:
                years.setdefault(year, set()).add(envelope)
    known = [*sent, *received]
    if not known:
        return ()
    return tuple(
        CardYear(year=year, sent=len(sent.get(year, ())), received=len(received.get(year, ())))
        for year in range(min(known), max(*known, today.year) + 1)
    )


def strip(uid: str, name: str, days: Iterable[date], today: date) -> Strip:
    """Return twelve months of one contact up to this one, from the days that had a word."""
    past = {day for day in days if day <= today}
    months = []
    for back in range(11, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        words = sum((day.year, day.month) == (year, month + 1) for day in past)
        months.append(Month(year=year, month=month + 1, words=words))
    return Strip(uid=uid, name=name, months=tuple(months), last_on=max(past, default=None))


def by_month(days: Iterable[PartialDate]) -> tuple[int, ...]:
    """Return how many dates lie in each month, January first; a date without a month counts nowhere."""
    numbers = [0] * 12
    for day in days:
        if day.month is not None:
            numbers[day.month - 1] += 1
    return tuple(numbers)
