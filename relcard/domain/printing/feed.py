"""How an envelope goes into the printer: which edge first, and where on the page it lies. Numbers only.

A page is described as the printer takes it, the edge that goes in first at the head. Turns are clockwise, of
the print on that page: at 0 the flap goes in first, at 90 the left edge, at 180 the foot, at 270 the right
edge with the stamp. Seen on the print, a turn of 270 has the flap to the left.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PAGES
from relcard.domain.printing.imposition import Box
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.stock import Envelope

_ROUNDING = 1e-6  # mm
TURNS = (0, 90, 180, 270)


class Edge(Enum):
    """Which edge of the envelope goes in first."""

    LONG = "long"
    SHORT = "short"


class TraySide(Enum):
    """Where a printer that believes in one size of page has the envelope: the side it is pushed to."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


_USUAL = {Edge.LONG: 0, Edge.SHORT: 270}  # most trays want the end with the stamp first, the flap to the left
FIRST = {0: "the flap", 90: "the left edge", 180: "the foot", 270: "the stamp end"}
FLAP_TO = {0: "ahead", 90: "to the right", 180: "at the back", 270: "to the left"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """The turn of the print, clockwise in degrees; with a `tray`, the envelope lies on that `page`."""

    turn: int = 0
    tray: TraySide | None = None
    page: Page = "A4"

    @property
    def lies_along(self) -> bool:
        """Whether a short edge goes in first."""
        return self.turn in (90, 270)


@dataclass(frozen=True, slots=True)
class EnvelopePlace:
    """Where an envelope lies on the page that is printed, turned by `turn`."""

    page_w: float
    page_h: float
    box: Box
    turn: int

    def matrix(self) -> tuple[float, float, float, float, float, float]:
        """Return what turns millimetres of the envelope into those of the page.

        (x, y) goes to (a x + c y + e, b x + d y + f), all of it from top-left corners, y downwards.
        """
        x, y, right, bottom = self.box.x, self.box.y, self.box.right, self.box.bottom
        return {
            0: (1, 0, 0, 1, x, y),
            90: (0, 1, -1, 0, right, y),
            180: (-1, 0, 0, -1, right, bottom),
            270: (0, -1, 1, 0, x, bottom),
        }[self.turn]


def find_feed(edge: Edge | None, turn: int | None, tray: TraySide | None = None, page: Page = "A4") -> Feed:
    """Return how the envelope goes in, as far as it was said; the long edge first where nothing was.

    Raises `UsageError` when a turn does not bring the edge to the head.
    """
    if turn is None:
        return Feed(turn=_USUAL[edge or Edge.LONG], tray=tray, page=page)
    if turn not in TURNS:
        raise UsageError(f"An envelope cannot be turned by {turn}.", hint="Turn it by 0, 90, 180 or 270.")
    leads = Edge.SHORT if turn in (90, 270) else Edge.LONG
    if edge not in (None, leads):
        wanted, fitting = ("short", "90 or 270") if edge is Edge.SHORT else ("long", "0 or 180")
        raise UsageError(
            f"Turned by {turn}, the {leads.value} edge goes in first, not the {wanted} one.",
            hint=f"With --feed {wanted}, turn by {fitting}, or leave one of the two out.",
        )
    return Feed(turn=turn, tray=tray, page=page)


def place(envelope: Envelope, feed: Feed) -> EnvelopePlace:
    """Return where an envelope lies on its page. Raises `UsageError` when a page is too small for it."""
    across, along = envelope.width, envelope.height
    if feed.lies_along:
        across, along = along, across
    if feed.tray is None:
        return EnvelopePlace(across, along, Box(0, 0, across, along), feed.turn)
    page_w, page_h = PAGES[feed.page]
    if across > page_w + _ROUNDING or along > page_h + _ROUNDING:
        fits = envelope.height <= page_w and envelope.width <= page_h and not feed.lies_along
        raise UsageError(
            f"{envelope.name} takes {across:g} x {along:g} mm so; "
            f"{feed.page} has {page_w:g} x {page_h:g} mm.",
            hint="Feed its short edge first: --feed short"
            if fits
            else "Give the printer the envelope's own size: leave --tray out.",
        )
    free = page_w - across
    x = {TraySide.LEFT: 0.0, TraySide.CENTRE: free / 2, TraySide.RIGHT: free}[feed.tray]
    return EnvelopePlace(page_w, page_h, Box(x, 0, across, along), feed.turn)
