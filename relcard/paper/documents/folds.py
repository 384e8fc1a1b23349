"""How greeting cards are laid on a sheet, cut and folded: numbers only, in mm from the sheet's top left.

Everything follows from the size of the card and of the sheet; no size has rules of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING
from typing import Literal

from relcard.domain.printing.card_size import FoldKind
from relcard.domain.printing.imposition import PAGES
from relcard.domain.printing.imposition import Box
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.card_size import Page

Flip = Literal["long", "short"]
MARK_OFFSET, MARK_LENGTH = 3.0, 5.0  # of a mark outside the card
FOLD_DASH = (0.7, 0.5)  # of a mark where it is folded
# mm from the sheet's edge: in the margin that is never drawn on otherwise. Most printers reach it; one that
# does not leaves the ticks out, and nothing else.
_TICK_FROM, _TICK_TO = 4.2, 6.3
_LEAST_TICK = 2.0
_LEAST_STRIP = 5.0  # a narrower one cannot be held to be cut off
_APART = 12.7  # between two cards where the sheet has the space: as postcards are bought, half an inch
_CLOSE = 0.01  # mm: the halves of a sheet are its halves


class Turning(Enum):
    """Who turns the sheets over, and how a pile goes back in by hand."""

    PRINTER = "the printer"
    BY_HAND = "by hand, the first sheet is drawn in first"
    BY_HAND_LAST_FIRST = "by hand, the last sheet is drawn in first"


class Panel(Enum):
    """A face of a greeting card, as the reader meets them; a card that opens upwards has its left on top."""

    FRONT = "front"
    INSIDE_LEFT = "inside left"
    INSIDE_RIGHT = "inside right"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one panel stands: on `page` 0 or 1, upside down if `rotated`."""

    panel: Panel
    page: int
    box: Box
    rotated: bool = False


class Mark(Enum):
    """What a tick asks of the user."""

    FOLD = "fold"
    CUT = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A short line beside the cards on `page`, from (x1, y1) to (x2, y2)."""

    mark: Mark
    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """How greeting cards are laid on a sheet; `cards` holds the placements of each card.

    With `sides` 2 page 1 lies behind page 0, and `flip` names the edge the sheet is turned over: the axis is
    the fold of the card, so that both sides stand upright for its reader.
    """

    name: str
    page: str
    page_w: float
    page_h: float
    panel_w: float
    panel_h: float
    sides: int
    flip: Flip | None
    cards: tuple[tuple[Placement, ...], ...]
    ticks: tuple[Tick, ...]

    @property
    def cards_per_sheet(self) -> int:
        """How many greeting cards one sheet makes."""
        return len(self.cards)


@dataclass(frozen=True, slots=True, kw_only=True)
class _CardGrid:
    """Unfolded cards on a sheet: where the first lies, and how far it is from one to the next."""

    page_w: float
    page_h: float
    columns: int
    rows: int
    left: float
    top: float
    pitch_x: float
    pitch_y: float

    @property
    def corners(self) -> Iterator[tuple[float, float]]:
        """The top left corners, row by row."""
        for row in range(self.rows):
            for column in range(self.columns):
                yield self.left + column * self.pitch_x, self.top + row * self.pitch_y


@cache
def fold_for(size: CardSize, page: Page = "A4") -> Fold:
    """Return how cards of this size are laid on that sheet, or on the other where only that one holds them.

    Half-fold A4 and quarter-fold Letter are such: the sheet is the card. Raises `UsageError` for a card that
    is larger than both.
    """
    laid = next(((paper, grid) for paper in (page, *PAGES) if (grid := _grid(size, paper))), None)
    if laid is None:
        raise UsageError(
            f"A card of {size.measures} is larger than A4 and Letter when it is unfolded.",
            hint="For cards from a print shop: relcard print cards --shop",
        )
    holds, grid = laid
    two_sided = size.fold is not FoldKind.QUARTER
    return Fold(
        name=size.name,
        page=holds,
        page_w=grid.page_w,
        page_h=grid.page_h,
        panel_w=size.panel_w,
        panel_h=size.panel_h,
        sides=2 if two_sided else 1,
        flip=_flip(size, grid) if two_sided else None,
        cards=tuple(_placements(size, grid, x, y) for x, y in grid.corners),
        ticks=tuple(_ticks(size, grid)),
    )


def sides_in_order(fold: Fold, sheets: int, turning: Turning) -> Iterator[tuple[int, int]]:
    """Yield (sheet, side) as the pages of the document follow each other.

    By hand, all outsides come before all insides.
    """
    if turning is Turning.PRINTER:
        yield from ((sheet, side) for sheet in range(sheets) for side in range(fold.sides))
        return
    yield from ((sheet, 0) for sheet in range(sheets))
    if fold.sides == 2:
        backs = range(sheets) if turning is Turning.BY_HAND else reversed(range(sheets))
        yield from ((sheet, 1) for sheet in backs)


def turned_by_hand(fold: Fold) -> Fold:
    """Return the fold for a pile that is put back by hand, always turned over its long edge as a page is.

    Where the printer would have turned it over the short edge, the second side stands upside down instead.
    """
    if fold.flip != "short":
        return fold
    cards = tuple(
        tuple(_upside_down(placement, fold) if placement.page else placement for placement in card)
        for card in fold.cards
    )
    return replace(fold, flip="long", cards=cards)


def spread(size: CardSize, around: float) -> Fold:
    """Return one card as a print shop wants it: pages for its outside and its inside, with paper `around`.

    What is folded twice at home, because it is printed on one side, is printed on both there and folded once.
    """
    if size.fold is FoldKind.QUARTER:
        size = replace(size, fold=FoldKind.SIDE)
    grid = _CardGrid(
        page_w=size.flat_w + 2 * around,
        page_h=size.flat_h + 2 * around,
        columns=1,
        rows=1,
        left=around,
        top=around,
        pitch_x=size.flat_w,
        pitch_y=size.flat_h,
    )
    return Fold(
        name=size.name,
        page="",
        page_w=grid.page_w,
        page_h=grid.page_h,
        panel_w=size.panel_w,
        panel_h=size.panel_h,
        sides=2,
        flip=_flip(size, grid),
        cards=(_placements(size, grid, around, around),),
        ticks=(),
    )


def _flip(size: CardSize, grid: _CardGrid) -> Flip:
    """Return the edge to turn over, its axis along the fold: on an upright sheet the short one's is level."""
    return "short" if (size.fold is FoldKind.TOP) == (grid.page_w < grid.page_h) else "long"


def _upside_down(placement: Placement, fold: Fold) -> Placement:
    box = placement.box
    turned = Box(fold.page_w - box.right, fold.page_h - box.bottom, box.width, box.height)
    return replace(placement, box=turned, rotated=not placement.rotated)


@cache
def _grid(size: CardSize, page: Page) -> _CardGrid | None:
    """Lay as many cards as a sheet holds, upright or lying; of equals the one with the wider margins."""
    width, height = PAGES[page]
    grids = [grid for grid in (_laid(size, width, height), _laid(size, height, width)) if grid]
    return max(grids, key=lambda grid: (grid.columns * grid.rows, min(grid.left, grid.top)), default=None)


def _laid(size: CardSize, page_w: float, page_h: float) -> _CardGrid | None:
    across, down = _along(size.flat_w, page_w), _along(size.flat_h, page_h)
    if across is None or down is None:
        return None
    if size.fold is FoldKind.QUARTER and (across[1] > _CLOSE or down[1] > _CLOSE):
        return None  # the sheet itself is folded; nobody cuts it first
    return _CardGrid(
        page_w=page_w,
        page_h=page_h,
        columns=across[0],
        rows=down[0],
        left=across[1],
        top=down[1],
        pitch_x=across[2],
        pitch_y=down[2],
    )


def _along(card: float, page: float) -> tuple[int, float, float] | None:
    """Return how many cards stand along an edge, where the first begins and the pitch; None for no card.

    What is left over at the ends is nothing at all, or wide enough to be cut off.
    """
    for number in range(int((page + _CLOSE) / card), 0, -1):
        over = page - number * card
        if abs(over) <= _CLOSE:
            return number, 0.0, page / number
        gap = _APART if over - (number - 1) * _APART >= 2 * _APART else 0.0
        margin = (over - (number - 1) * gap) / 2
        if margin >= _LEAST_STRIP - _CLOSE:
            return number, margin, card + gap
    return None


def _placements(size: CardSize, grid: _CardGrid, x: float, y: float) -> tuple[Placement, ...]:
    """Place the panels of the card whose unfolded top left corner is (x, y), its outside upwards."""
    w, h = size.panel_w, size.panel_h
    # Page 1 as it is printed: the sheet turned about an axis along the fold.
    behind_x, behind_y = grid.page_w - x - size.flat_w, grid.page_h - y - size.flat_h
    match size.fold:
        case FoldKind.SIDE:
            return (
                Placement(panel=Panel.BACK, page=0, box=Box(x, y, w, h)),
                Placement(panel=Panel.FRONT, page=0, box=Box(x + w, y, w, h)),
                Placement(panel=Panel.INSIDE_LEFT, page=1, box=Box(behind_x, y, w, h)),
                Placement(panel=Panel.INSIDE_RIGHT, page=1, box=Box(behind_x + w, y, w, h)),
            )
        case FoldKind.TOP:
            return (
                Placement(panel=Panel.BACK, page=0, box=Box(x, y, w, h), rotated=True),
                Placement(panel=Panel.FRONT, page=0, box=Box(x, y + h, w, h)),
                Placement(panel=Panel.INSIDE_LEFT, page=1, box=Box(x, behind_y, w, h)),
                Placement(panel=Panel.INSIDE_RIGHT, page=1, box=Box(x, behind_y + h, w, h)),
            )
        case FoldKind.QUARTER:
            # The top half folds away behind the bottom half, which turns it over; then the left behind the
            # right.
            return (
                Placement(panel=Panel.FRONT, page=0, box=Box(x + w, y + h, w, h)),
                Placement(panel=Panel.BACK, page=0, box=Box(x, y + h, w, h)),
                Placement(panel=Panel.INSIDE_LEFT, page=0, box=Box(x + w, y, w, h), rotated=True),
                Placement(panel=Panel.INSIDE_RIGHT, page=0, box=Box(x, y, w, h), rotated=True),
            )
        case FoldKind.FLAT:
            return (
                Placement(panel=Panel.FRONT, page=0, box=Box(x, y, w, h)),
                Placement(panel=Panel.BACK, page=1, box=Box(behind_x, y, w, h)),
            )


def _ticks(size: CardSize, grid: _CardGrid) -> Iterator[Tick]:
    """Mark where to cut and to fold, on the outside alone: it is cut and folded with the front upwards."""
    upright = (size.panel_w,) if size.fold in (FoldKind.SIDE, FoldKind.QUARTER) else ()
    level = (size.panel_h,) if size.fold in (FoldKind.TOP, FoldKind.QUARTER) else ()
    right = grid.page_w - grid.left
    bottom = grid.page_h - grid.top
    across: dict[float, Mark] = {}  # level lines, by their y
    down: dict[float, Mark] = {}  # upright lines, by their x
    for x, y in grid.corners:
        down |= dict.fromkeys(_cuts(x, size.flat_w, grid.page_w), Mark.CUT)
        across |= dict.fromkeys(_cuts(y, size.flat_h, grid.page_h), Mark.CUT)
        down |= dict.fromkeys((x + along for along in upright), Mark.FOLD)
        across |= dict.fromkeys((y + down_to for down_to in level), Mark.FOLD)
    for y, mark in sorted(across.items()):
        for x1, x2 in (_outside(grid.left), _mirrored(grid.page_w, _outside(grid.page_w - right))):
            yield Tick(mark=mark, page=0, x1=x1, y1=y, x2=x2, y2=y)
    for x, mark in sorted(down.items()):
        for y1, y2 in (_outside(grid.top), _mirrored(grid.page_h, _outside(grid.page_h - bottom))):
            yield Tick(mark=mark, page=0, x1=x, y1=y1, x2=x, y2=y2)


def _cuts(start: float, length: float, page: float) -> Iterator[float]:
    """Yield the ends of a card along an edge, but for those that are the sheet's own."""
    for end in (start, start + length):
        if _CLOSE < end < page - _CLOSE:
            yield round(end, 3)


def _outside(margin: float) -> tuple[float, float]:
    """Return where a tick runs in a margin: clear of the cards, or where there is no space at the edge."""
    start, end = max(_TICK_FROM, margin - MARK_OFFSET - MARK_LENGTH), margin - MARK_OFFSET
    return (start, end) if end - start >= _LEAST_TICK else (_TICK_FROM, _TICK_TO)


def _mirrored(length: float, ends: tuple[float, float]) -> tuple[float, float]:
    return length - ends[1], length - ends[0]
