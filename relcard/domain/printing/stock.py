"""Bought paper as numbers: a sheet of labels, an envelope, paper for greeting cards; lengths in mm.

Each has the names it is sold under, and is found by them whatever the case, spaces and hyphens.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """A sheet of labels: `left` and `top` say where the first begins, a pitch runs from one to the next."""

    part: str
    brand: str
    page: str
    page_w: float
    page_h: float
    label_w: float
    label_h: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int
    corner: float
    source: str

    @property
    def name(self) -> str:
        """Brand and part, as printed on the packet; the user's own have no brand."""
        return f"{self.brand} {self.part}".strip()

    @property
    def slots_per_sheet(self) -> int:
        """How many labels a sheet holds."""
        return self.columns * self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """An envelope lying on its long side, flap at the top."""

    name: str
    width: float
    height: float
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardStock:
    """Paper for greeting cards, whole or with several panels a page."""

    name: str
    page: str
    page_w: float
    page_h: float
    panel_w: float
    panel_h: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int
    source: str


def name_key(name: str) -> str:
    """Reduce a name to letters, digits and plus signs; "No. 10" and "Number 10" are "#10"."""
    bare = re.sub(r"[^\w+]|_", "", unicodedata.normalize("NFC", name).casefold())
    return re.sub(r"^(?:envelope)?(?:number|no)?(?=\d)|^envelope", "", bare)


def match_stock(name: str, among: tuple[Stock, ...]) -> Stock | None:
    """Return the first sheet called `name`: part alone or with its brand, whatever the case and spaces."""
    return _by_name(among).get(name_key(name))


@cache
def _by_name(among: tuple[Stock, ...]) -> Mapping[str, Stock]:
    """Return sheets by every way to call them: the part, and the part after any words of its brand."""
    sheets: dict[str, Stock] = {}
    for stock in among:
        sheets.setdefault(name_key(stock.part), stock)
        for brand in (stock.brand, *stock.brand.split()):
            sheets.setdefault(name_key(brand + stock.part), stock)
    return sheets
