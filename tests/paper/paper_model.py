"""A little model of paper: sheets with two faces, cut and folded in pixels, and opened by a reader.

A leaf holds its upper face as seen from above, and its lower face as it would be seen through the paper. So a
cut cuts both alike, and what is folded behind is mirrored and changes its faces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import Any

import numpy as np
import pypdfium2

from relcard.domain.printing.card_size import FoldKind
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.paper.documents.folds import Mark
from relcard.paper.documents.folds import Panel
from relcard.paper.fronts.design import Layout
from relcard.paper.fronts.design_library import list_designs
from tests.support.dose import FULL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.imposition import Box
    from relcard.domain.printing.stock import Stock
    from relcard.paper.documents.folds import Fold
    from relcard.paper.documents.folds import Placement
    from relcard.paper.fronts.design import Design

Picture = np.ndarray[Any, np.dtype[np.uint8]]


def designs_for(turn: int) -> list[Design]:
    """Return a design of each layout, another at every turn; all of them in the full dose."""
    designs = list_designs()
    if FULL:
        return designs
    of_layout = ([one for one in designs if one.layout is layout] for layout in Layout)
    return [alike[turn % len(alike)] for alike in of_layout]


def slots_of(stock: Stock, inks: Sequence[Box], *, within: float = 0.01) -> list[int | None]:
    """Return for each ink the slot whose safe area holds all of it, give or take mm, or None."""
    safe = [safe_area(stock, slot) for slot in sheet_slots(stock)]
    areas, marks = (
        np.array([(box.x, box.y, -box.right, -box.bottom) for box in boxes]).reshape(-1, 4)
        for boxes in (safe, inks)
    )
    holds: np.ndarray[Any, np.dtype[np.bool_]] = np.all(marks[:, None] >= areas - within, axis=2)
    assert holds.sum(axis=1).max(initial=0) <= 1
    return [int(slots.argmax()) if slots.any() else None for slots in holds]


@dataclass(frozen=True)
class Leaf:
    upper: Picture
    lower: Picture

    def cut(self, rows: slice, columns: slice) -> Leaf:
        return Leaf(self.upper[rows, columns], self.lower[rows, columns])

    def turned(self, axis: int) -> Leaf:
        """Return the leaf turned over: about an upright axis for 1, about a level one for 0."""
        return Leaf(np.flip(self.lower, axis), np.flip(self.upper, axis))


def placement(fold: Fold, card: int, panel: Panel) -> Placement:
    """Return where a panel of the card in that place of the sheet stands."""
    return next(where for where in fold.cards[card] if where.panel is panel)


def writing_panel(fold: Fold) -> Panel:
    """Return the panel the pen writes on: the back where there is no inside."""
    panels = [where.panel for where in fold.cards[0]]
    return Panel.INSIDE_RIGHT if Panel.INSIDE_RIGHT in panels else Panel.BACK


def pictures(data: bytes, dpi: float) -> list[Picture]:
    """Render each page in grey, 255 for paper."""
    with pypdfium2.PdfDocument(data) as document:
        greys: list[Picture] = [
            page.render(scale=dpi / 72, grayscale=True).to_numpy().copy() for page in document
        ]
    return [grey.reshape(grey.shape[:2]) for grey in greys]


def colours(data: bytes, dpi: float) -> Picture:
    """Render the first page: red, green and blue in the last dimension."""
    with pypdfium2.PdfDocument(data) as document:
        pixels: Picture = document[0].render(scale=dpi / 72, rev_byteorder=True).to_numpy().copy()
    return pixels[:, :, :3]


def flip_of(data: bytes) -> str | None:
    """Return the edge a PDF asks the printer to turn its sheets over."""
    found = re.search(rb"/DuplexFlip(Long|Short)Edge", data)
    return found[1].decode().lower() if found else None


def as_printed(front: Picture, behind: Picture | None, flip: str | None) -> Leaf:
    """Return the sheet that comes out: the second page on its back, turned over its long or short edge."""
    if behind is None:
        return Leaf(front, np.full_like(front, 255))
    upright = front.shape[0] > front.shape[1]
    axis = 1 if (flip == "long") == upright else 0
    return Leaf(front, np.flip(behind, axis))


def cut_out(sheet: Leaf, fold: Fold, dpi: float) -> list[Leaf]:
    """Cut along the ticks; strips that hold no card fall to the floor."""

    def pixels(at: float) -> int:
        return round(at / 25.4 * dpi)

    xs = {one.x1 for one in fold.ticks if one.mark is Mark.CUT and one.x1 == one.x2}
    ys = {one.y1 for one in fold.ticks if one.mark is Mark.CUT and one.y1 == one.y2}
    columns = [0.0, *sorted(xs), fold.page_w]
    rows = [0.0, *sorted(ys), fold.page_h]
    return [
        sheet.cut(slice(pixels(top), pixels(bottom)), slice(pixels(left), pixels(right)))
        for top, bottom in pairwise(rows)
        for left, right in pairwise(columns)
        if min(bottom - top, right - left) > 90  # mm: smaller than any card is a strip
    ]


def folded(card: Leaf, kind: FoldKind) -> list[Leaf]:
    """Fold a card as its kind is folded, the outside up; return its leaves from the top."""
    height, width = card.upper.shape
    up, down = slice(0, height // 2), slice(height - height // 2, height)
    left, right = slice(0, width // 2), slice(width - width // 2, width)
    every = slice(None)
    match kind:
        case FoldKind.FLAT:
            return [card]
        case FoldKind.SIDE:  # the left half goes behind
            return [card.cut(every, right), card.cut(every, left).turned(1)]
        case FoldKind.TOP:  # the upper half goes behind
            return [card.cut(down, every), card.cut(up, every).turned(0)]
        case FoldKind.QUARTER:  # the upper half goes behind, then the left half of both
            lower, upper = card.cut(down, every), card.cut(up, every).turned(0)
            return [
                lower.cut(every, right),
                upper.cut(every, right),
                upper.cut(every, left).turned(1),
                lower.cut(every, left).turned(1),
            ]


def read(leaves: Sequence[Leaf], kind: FoldKind) -> dict[Panel, Picture]:
    """Return what a reader sees: the front, the card opened, then turned over as one turns a card."""
    seen = {Panel.FRONT: leaves[0].upper, Panel.BACK: leaves[-1].turned(1).upper}
    if kind is not FoldKind.FLAT:
        middle = len(leaves) // 2
        # The front cover opens about its fold: to the left as a book, or upwards.
        seen[Panel.INSIDE_LEFT] = leaves[middle - 1].turned(0 if kind is FoldKind.TOP else 1).upper
        seen[Panel.INSIDE_RIGHT] = leaves[middle].upper
    return seen


def cards_of(data: bytes, fold: Fold, size: CardSize, dpi: float) -> list[dict[Panel, Picture]]:
    """Print, cut and fold the first sheet of a PDF, and read each of its cards."""
    pages = pictures(data, dpi)
    behind = pages[1] if fold.sides == 2 else None
    sheet = as_printed(pages[0], behind, flip_of(data))
    return [read(folded(one, size.fold), size.fold) for one in cut_out(sheet, fold, dpi)]
