"""The agreed order of one round: cards, labels, envelopes and crib lie in it, each with the same number."""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.printing.postage import Destination
from relcard.domain.text import fold
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable


class CardOrder(Enum):
    """What comes first: the day to post by, the way the envelope goes, or the name."""

    POST_BY = "post-by"
    COUNTRY = "country"
    NAME = "name"


class Placed(NamedTuple):
    """One household and what its place depends on: never its circle, as the number is on the label.

    `shelf` is the name under which an address book has the household. `post_by` is None without an address or
    a day. `going` is None and `country` (its English name) "" while nobody knows where the envelope goes.
    """

    household_id: int
    post_by: date | None
    shelf: str = ""
    street: str = ""
    going: Destination | None = None
    country: str = ""
    postcode: str = ""


# The far ones leave first; home comes last, as one pile by postcode, and what has no address after that.
PILES = (Destination.WORLD, Destination.EUROPE, Destination.HOME, None)


def in_order(placed: Iterable[Placed], order: CardOrder) -> list[Placed]:
    """Return households in the agreed order.

    By day: first to be posted, then as the address book sorts, then by street; who has no day to post by
    comes last. By country: the world, then Europe, then home, each country together and in it by postcode,
    as a counter takes them. By name: as the address book sorts. What country and name leave open, the day
    decides.
    """
    by_day = sorted(placed, key=_day)
    match order:
        case CardOrder.POST_BY:
            return by_day
        case CardOrder.COUNTRY:
            return sorted(by_day, key=_country)
        case CardOrder.NAME:
            return sorted(by_day, key=_shelf)


def _day(placed: Placed) -> tuple[date, str, str, int]:
    return (placed.post_by or date.max, placed.shelf, fold(placed.street), placed.household_id)


def _country(placed: Placed) -> tuple[int, str, str]:
    return (PILES.index(placed.going), fold(placed.country), "".join(placed.postcode.upper().split()))


def _shelf(placed: Placed) -> str:
    return placed.shelf


_RANGE = r"#?\d{1,6}(?:\s*[-–]\s*#?\d{1,6})?"
_NUMBERS = rf"{_RANGE}(?:\s*,\s*{_RANGE})*,?"  # compiled when asked: the settings know the order alone


def read_numbers(words: str) -> list[range]:
    """Return the ranges of numbers that the words say, in their order; none where they say something else.

    Raises `UsageError` for a range that runs backwards.
    """
    words = words.strip()
    if not re.fullmatch(_NUMBERS, words, re.ASCII):
        return []
    return [_read_range(part.strip()) for part in words.split(",") if part.strip()]


def _read_range(words: str) -> range:
    first, *last = (int(number) for number in re.findall(r"\d+", words))
    end = last[0] if last else first
    if end < first:
        raise UsageError(
            f"{words} runs backwards.", hint=f"Write the smaller number first, as in {end}-{first}."
        )
    return range(first, end + 1)
