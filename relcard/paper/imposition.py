"""Where things stand on paper: numbers only, in millimetres from the top-left corner of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.paper.stock import Stock

PRINTER_MARGIN = 6.35  # a quarter of an inch: no common printer needs more at its sides
LABEL_MARGIN = 2.5  # what a sheet may creep in the tray without words reaching the next label


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


def slots(stock: Stock, *, skip: int = 0) -> Iterator[tuple[int, Box]]:
    """Yield (page, slot) for ever, row by row from the top left; the first `skip` slots stay empty."""
    sheet = sheet_slots(stock)
    page = 0
    while True:
        for slot in sheet[skip if page == 0 else 0 :]:
            yield page, slot
        page += 1


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


def safe_area(stock: Stock, slot: Box) -> Box:
    """Return where words may stand on a slot.

    Every side keeps 2.5 mm, and where it lies near the sheet's edge enough more that nothing is asked of the
    outermost 6.35 mm, which many printers cannot reach.
    """

    def keep(distance: float) -> float:
        return max(LABEL_MARGIN, PRINTER_MARGIN - distance)

    return slot.inset(
        keep(slot.x),
        keep(slot.y),
        keep(stock.page_w - slot.right),
        keep(stock.page_h - slot.bottom),
    )


class Panel(Enum):
    """A face of a folded greeting card, as the reader meets them."""

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
    """A short line in the sheet's margin on `page`, from (x1, y1) to (x2, y2)."""

    mark: Mark
    page: int
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """How greeting cards are laid on a sheet; `cards` holds the placements of each card, four panels a card.

    With `sides` 2 the printer turns the sheet over its long edge: page 1 lies behind page 0, mirrored left
    to right.
    """

    name: str
    page_w: float
    page_h: float
    panel_w: float
    panel_h: float
    sides: int
    cards: tuple[tuple[Placement, ...], ...]
    ticks: tuple[Tick, ...]

    @property
    def cards_per_sheet(self) -> int:
        """How many greeting cards one sheet makes."""
        return len(self.cards)

    def placement(self, card: int, panel: Panel) -> Placement:
        """Return where a panel of the card in that place of the sheet stands."""
        return next(one for one in self.cards[card] if one.panel is panel)


_TICK_FROM, _TICK_TO = 2.5, 6.0  # mm from the sheet's edge: in the margin that is never drawn on otherwise


def _across(mark: Mark, page: int, y: float, page_w: float) -> tuple[Tick, Tick]:
    """Ticks at both ends of a level line."""
    return (
        Tick(mark=mark, page=page, x1=_TICK_FROM, y1=y, x2=_TICK_TO, y2=y),
        Tick(mark=mark, page=page, x1=page_w - _TICK_TO, y1=y, x2=page_w - _TICK_FROM, y2=y),
    )


def _down(mark: Mark, page: int, x: float, page_h: float) -> tuple[Tick, Tick]:
    """Ticks at both ends of an upright line."""
    return (
        Tick(mark=mark, page=page, x1=x, y1=_TICK_FROM, x2=x, y2=_TICK_TO),
        Tick(mark=mark, page=page, x1=x, y1=page_h - _TICK_TO, x2=x, y2=page_h - _TICK_FROM),
    )


def _a6_flat(y: float) -> tuple[Placement, ...]:
    """Place an A5 flat whose upper edge is at `y`: the outside on page 0, the inside behind it on page 1.

    Turning over the long edge changes left and right, so that the inside-left lies behind the front.
    """
    left, right = Box(0, y, 105, 148.5), Box(105, y, 105, 148.5)
    return (
        Placement(panel=Panel.BACK, page=0, box=left),
        Placement(panel=Panel.FRONT, page=0, box=right),
        Placement(panel=Panel.INSIDE_LEFT, page=1, box=left),
        Placement(panel=Panel.INSIDE_RIGHT, page=1, box=right),
    )


A6_ON_A4 = Fold(
    name="A6",
    page_w=210,
    page_h=297,
    panel_w=105,
    panel_h=148.5,
    sides=2,
    cards=(_a6_flat(0), _a6_flat(148.5)),
    # The outside alone is marked: it is cut and folded with the front upwards, and the inside stays clean.
    ticks=(*_across(Mark.CUT, 0, 148.5, 210), *_down(Mark.FOLD, 0, 105, 297)),
)

QUARTER_LETTER = Fold(
    name="quarter-letter",
    page_w=215.9,
    page_h=279.4,
    panel_w=107.95,
    panel_h=139.7,
    sides=1,
    # The top half folds away behind the bottom half, which turns it over; then the left behind the right.
    cards=(
        (
            Placement(panel=Panel.FRONT, page=0, box=Box(107.95, 139.7, 107.95, 139.7)),
            Placement(panel=Panel.BACK, page=0, box=Box(0, 139.7, 107.95, 139.7)),
            Placement(panel=Panel.INSIDE_LEFT, page=0, box=Box(107.95, 0, 107.95, 139.7), rotated=True),
            Placement(panel=Panel.INSIDE_RIGHT, page=0, box=Box(0, 0, 107.95, 139.7), rotated=True),
        ),
    ),
    ticks=(*_across(Mark.FOLD, 0, 139.7, 215.9), *_down(Mark.FOLD, 0, 107.95, 279.4)),
)

_FOLDS = {
    "a6": A6_ON_A4,
    "a4": A6_ON_A4,
    "quarter-letter": QUARTER_LETTER,
    "quarter": QUARTER_LETTER,
    "letter": QUARTER_LETTER,
}


def find_fold(name: str) -> Fold:
    """Return the fold called `name`, whatever its case. Raises `NotFoundError` naming those there are."""
    fold = _FOLDS.get("-".join(name.lower().replace("_", "-").split()))
    if fold is None:
        raise NotFoundError(f'No fold is called "{name}".', hint="There are A6 (on A4) and quarter-letter.")
    return fold
