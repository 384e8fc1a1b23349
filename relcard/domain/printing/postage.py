"""What stands in an envelope's corner: where it goes, what a stamp costs, and which shapes cost more.

No price comes with the program: they change every year. The shapes are those of each post's letters.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain import posting

if TYPE_CHECKING:
    from collections.abc import Mapping

# Patterns as text, compiled where a price was said: the settings know tariffs, and every command reads them.
_PRICE = r"(\d{1,6})(?:\.(\d{1,2}))?"
_COUNTRY = r"[A-Z]{2}"


class Destination(Enum):
    """What a stamp is bought for."""

    HOME = "home"
    EUROPE = "europe"
    WORLD = "world"

    @property
    def place(self) -> str:
        """As it stands in a sentence or on a stamp: home, Europe, world."""
        return "Europe" if self is Destination.EUROPE else str(self.value)


_OF_ZONE = {"domestic": Destination.HOME, "europe": Destination.EUROPE, "world": Destination.WORLD}


def destination(sender_country: str, country: str) -> Destination:
    """Return where a country (ISO 3166-1 alpha-2, "" for the sender's own) lies; posting times agree."""
    return _OF_ZONE[posting.zone(sender_country, country)]


class DearShape(Enum):
    """Why an envelope costs more than a letter."""

    SQUARE = "square"  # square, or too near to it or too far from it for the machines
    LARGE = "large"  # beyond the size of a letter


class StampDrawer(NamedTuple):
    """How many stamps were bought for a season and how many cards took one; 0 bought where nobody said."""

    bought: int
    used: int

    @property
    def left(self) -> int:
        """How many are in the drawer."""
        return max(0, self.bought - self.used)


class Tariff(NamedTuple):
    """What stamps cost, in hundredths of the currency; a key that was not said is missing.

    `prices` has a key for each destination ("home"), for each country with a price of its own ("NZ"), and for
    what is paid on top for a shape ("square", "large").
    """

    prices: Mapping[str, int] = {}
    currency: str = ""

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, object]) -> Tariff:
        """Read `{"home": 0.95, "NZ": 2.8, "currency": "GBP"}`. Raises ValueError saying what is wrong."""
        prices = {key: _hundredths(key, value) for key, value in mapping.items() if key != "currency"}
        currency = mapping.get("currency", "")
        if not isinstance(currency, str) or len(currency) > 5 or any(map(str.isdigit, currency)):
            raise ValueError(f"postage.currency is {currency!r}; it must be a short word such as GBP or €")
        return cls(prices, currency)

    def as_mapping(self) -> dict[str, str]:
        """Return the tariff as the settings show it."""
        shown = {key: price_words(value) for key, value in self.prices.items()}
        return {**shown, "currency": self.currency} if self.currency else shown

    def each(self, going: Destination, country: str) -> int | None:
        """Return what a stamp to a country costs ("" for the sender's own), None while nobody has said."""
        own = self.prices.get(country)
        return own if own is not None else self.prices.get(going.value)


def _hundredths(key: object, value: object) -> int:
    """Read a price without ever counting in floats: 0.95 as it is written is 95."""
    known = [*(place.value for place in Destination), *(shape.value for shape in DearShape)]
    if key not in known and not (isinstance(key, str) and re.fullmatch(_COUNTRY, key)):
        raise ValueError(
            f"postage.{key}: not a stamp; use {', '.join(known)}, currency or a country code such as NZ"
        )
    price = None if isinstance(value, bool) else re.fullmatch(_PRICE, str(value))
    if price is None:
        raise ValueError(f'postage.{key} is "{value}"; it must be a price such as 0.95')
    return int(price[1]) * 100 + int((price[2] or "").ljust(2, "0"))


def price_words(hundredths: int) -> str:
    """Return "0.95"; the same under any locale."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


_NO_LIMIT = 100.0


class _Letter(NamedTuple):
    """The largest ordinary letter of a post, in mm, and how long it may be for its height.

    `called` says whose it is; `beyond` what the next size is called.
    """

    called: str
    beyond: str
    length: float
    height: float
    least_ratio: float = 0.0
    greatest_ratio: float = _NO_LIMIT


# Each post's own guide to letters. Where a post is not listed here, only a square is worth a question.
_LETTERS = {
    # USPS, Domestic Mail Manual 101.1: 11.5 x 6.125 in; nonmachinable outside 1.3 to 2.5.
    "US": _Letter("USPS letter", "a large envelope", 292.1, 155.6, 1.3, 2.5),
    # Royal Mail: letter up to 240 x 165 x 5 mm. A square of that size is a letter like any other.
    "GB": _Letter("Royal Mail letter", "a Large Letter", 240, 165),
    # Deutsche Post: Standardbrief up to 235 x 125 x 5 mm, at least 1.4 times as long as high.
    "DE": _Letter("Standardbrief", "a Großbrief", 235, 125, 1.4),
    # Canada Post: standard lettermail up to 245 x 156 x 5 mm.
    "CA": _Letter("Canada Post standard letter", "oversize", 245, 156),
    # Australia Post: small letter up to 240 x 130 x 5 mm.
    "AU": _Letter("Australia Post small letter", "a large letter", 240, 130),
    # Japan Post: fixed-form letter up to 235 x 120 x 10 mm.
    "JP": _Letter("fixed-form letter of Japan Post", "non-fixed-form", 235, 120),
}
_NEARLY_SQUARE = 1.1  # of a post whose letters are not listed here
_SLACK = 0.5  # mm: an inch size is never whole millimetres


class Surcharge(NamedTuple):
    """What makes an envelope dearer, in words."""

    shape: DearShape
    reason: str


def surcharge(sender_country: str, width: float, height: float) -> Surcharge | None:
    """Return why the sender's post asks more for an envelope of a size in mm than for a letter, or None."""
    length, short = max(width, height), min(width, height)
    size = f"{length:g} x {short:g} mm"
    letter = _LETTERS.get(sender_country)
    if letter is None:
        if length / short > _NEARLY_SQUARE:
            return None
        return Surcharge(DearShape.SQUARE, f"{size} is square; many posts ask more for that, so ask yours")
    if length > letter.length + _SLACK or short > letter.height + _SLACK:
        limit = f"{letter.length:g} x {letter.height:g} mm"
        return Surcharge(DearShape.LARGE, f"{size} is {letter.beyond}: a {letter.called} ends at {limit}")
    ratio = length / short
    if letter.least_ratio <= ratio <= letter.greatest_ratio:
        return None
    is_square = ratio <= _NEARLY_SQUARE
    shape = "square" if is_square else f"{ratio:.2f} times as long as high"
    most = f" to {letter.greatest_ratio:g}" if letter.greatest_ratio < _NO_LIMIT else " or more"
    times = f"{letter.least_ratio:g}{most} times" + (" as long as high" if is_square else "")
    return Surcharge(DearShape.SQUARE, f"{size} is {shape}: a {letter.called} is {times}")
