"""What a sheet of labels comes to: how much room there is for words, and where a printer may not reach."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.card_size import INCH
from relcard.domain.printing.imposition import CAPITAL
from relcard.domain.printing.imposition import LEADING
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import TAIL
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots

if TYPE_CHECKING:
    from relcard.domain.printing.stock import Stock

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


def facts(stock: Stock) -> StockFacts:
    """Return what a sheet comes to."""
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
