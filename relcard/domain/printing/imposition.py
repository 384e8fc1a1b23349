"""Where things stand on paper, and what room a sheet of labels leaves for words.

Numbers only, in millimetres from the top-left corner of the sheet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.card_size import INCH

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.stock import Stock


PAGES: dict[Page, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}  # upright
PRINTER_MARGIN = 6.35  # a quarter of an inch: no common printer needs more at its sides
# Ems of Noto Sans, as addresses are set: from line to line, and above and below the baseline.
LEADING, CAPITAL, TAIL = 1.2, 0.714, 0.24
LABEL_MARGIN = 2.5  # what a sheet may creep in the tray without words reaching the next label
_LOW_LABEL, _LOW_MARGIN = 16.0, 1.2  # above and below on labels lower than that: else they bear no address
_PARCEL_W, _PARCEL_H, _PARCEL_MARGIN = 90.0, 60.0, 0.08  # from that size on: of the width, left and right


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    def inset(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the box that much smaller on each side."""
        return Box(self.x + left, self.y + top, self.width - left - right, self.height - top - bottom)

    def contains(self, other: Box, *, within: float = 1e-6) -> bool:
        """Return whether `other` lies wholly inside, give or take `within` mm."""
        return (
            other.x >= self.x - within
            and other.y >= self.y - within
            and other.right <= self.right + within
            and other.bottom <= self.bottom + within
        )


def sheet_slots(stock: Stock) -> tuple[Box, ...]:
    """Return the slots of one sheet, row by row."""
    return tuple(
        Box(
            stock.left + column * stock.pitch_x,
            stock.top + row * stock.pitch_y,
            stock.label_w,
            stock.label_h,
        )
        for row in range(stock.rows)
        for column in range(stock.columns)
    )


def safe_area(stock: Stock, slot: Box, printer: Printer | None = None) -> Box:
    """Return where words may stand on a slot.

    Every side keeps 2.5 mm; on a low label 1.2 mm above and below, on a parcel's 8 % of its width at the
    sides. Near the sheet's edge it keeps enough more that nothing is asked of the outermost 6.35 mm, which
    many printers cannot reach. What a `printer` is sent is moved: words are kept where ink lands and on the
    page that is sent.
    """
    left = top = PRINTER_MARGIN
    right, bottom = stock.page_w - left, stock.page_h - top
    if printer is not None:
        sent_left, sent_top = printer.drawn(left, top)
        sent_right, sent_bottom = printer.drawn(right, bottom)
        left, top = max(left, sent_left), max(top, sent_top)
        right, bottom = min(right, sent_right), min(bottom, sent_bottom)
    aside = _PARCEL_MARGIN * stock.label_w if is_for_parcels(stock) else LABEL_MARGIN
    upright = _LOW_MARGIN if stock.label_h < _LOW_LABEL else LABEL_MARGIN
    return slot.inset(
        max(aside, left - slot.x),
        max(upright, top - slot.y),
        max(aside, slot.right - right),
        max(upright, slot.bottom - bottom),
    )


def is_for_parcels(stock: Stock) -> bool:
    """Whether the labels of a sheet are so large that an address in a corner of one would look lost."""
    return stock.label_w >= _PARCEL_W and stock.label_h >= _PARCEL_H


USUAL_TEXT = 9.0  # pt: what addresses are set in where there is room
_POINT = INCH / 72  # mm
_DUST = 1e-6  # mm


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFacts:
    """Lengths in mm; the narrowest slot of a sheet is the measure for all of it."""

    safe_w: float
    safe_h: float
    lines: int  # of 9 pt
    near_edges: tuple[str, ...]  # where words keep away from the page's edge, not only from the label's
    off_x: float  # how much more margin there is at the right than at the left
    off_y: float  # how much more at the bottom than at the top


def stock_facts(stock: Stock) -> StockFacts:
    """Return the room and the margins of a sheet."""
    width, height = _safe_size(stock)
    right = stock.page_w - stock.left - (stock.columns - 1) * stock.pitch_x - stock.label_w
    bottom = stock.page_h - stock.top - (stock.rows - 1) * stock.pitch_y - stock.label_h
    edges = {"left": stock.left, "right": right, "top": stock.top, "bottom": bottom}
    return StockFacts(
        safe_w=round(width, 2),
        safe_h=round(height, 2),
        lines=lines_that_fit(stock, USUAL_TEXT),
        near_edges=tuple(edge for edge, margin in edges.items() if margin < PRINTER_MARGIN - _DUST),
        off_x=round(right - stock.left, 2),
        off_y=round(bottom - stock.top, 2),
    )


def lines_that_fit(stock: Stock, size_pt: float) -> int:
    """Return how many lines of that size stand on every label of a sheet; 0 where there is no room at all."""
    width, height = _safe_size(stock)
    if width <= 0 or height <= 0:
        return 0
    ems = (height + _DUST) / (size_pt * _POINT)
    return max(0, math.floor((ems - CAPITAL - TAIL) / LEADING) + 1)


def _safe_size(stock: Stock) -> tuple[float, float]:
    areas = [safe_area(stock, slot) for slot in sheet_slots(stock)]
    return min(area.width for area in areas), min(area.height for area in areas)
