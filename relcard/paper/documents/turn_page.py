"""A test of two sheets for printers that print one side: how a pile goes back in, seen against the light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import sides_in_order
from relcard.paper.text.canvas import MM
from relcard.paper.text.canvas import Face
from relcard.paper.text.canvas import new_canvas

if TYPE_CHECKING:
    from relcard.paper.documents.folds import Fold
    from relcard.paper.text.canvas import Sheet

_SHEETS = 2
_ARROW_TOP, _ARROW_FOOT = 15.0, 70.0  # mm from the page's upper edge
_HEAD = 12.0
_NUMBER_PT, _WORDS_PT = 72.0, 11.0
_LEADING = 6.2  # mm
_PUT_BACK = "First side. When both sheets are printed, put them back in to print the second side:"
_UPRIGHT = "turned over as one turns the page of a book, the arrow pointing the same way as before."
_LYING = "turned over as one turns the leaf of a wall calendar, the arrow pointing the other way now."
_NEXT_TIME = "How the pile went in, for the next time:"
_SECOND = (
    "Second side. Hold the sheet against the light.",
    "It is right when the two arrows lie on each other and the numbers are the same.",
    "",
    "Both sides on one: turn the pile over.   The arrows point apart: turn it end for end.",
    "Another number: print the cards with --last-first.",
)


def draw_turn_page(fold: Fold, *, turning: Turning = Turning.BY_HAND) -> bytes:
    """Draw two sheets for a printer that prints one side, in the format of the cards: four pages.

    Pages 1 and 2 are first sides, 3 and 4 second ones, in the order the insides of cards will have.
    """
    sheet = new_canvas(fold.page_w, fold.page_h, title="How the pile goes back in")
    # Turned over its long edge, a lying sheet has its upper edge below.
    lies = fold.page_w > fold.page_h
    first = (_PUT_BACK, _LYING if lies else _UPRIGHT, "", _NEXT_TIME)
    for number, side in sides_in_order(fold, _SHEETS, turning):
        with sheet.panel(0, 0, width=fold.page_w, height=fold.page_h, rotated=bool(side) and lies):
            _draw_side(sheet, fold.page_w, number + 1, _SECOND if side else first, line=not side)
        sheet.next_page()
    return sheet.to_bytes()


def _draw_side(sheet: Sheet, width: float, number: int, words: tuple[str, ...], *, line: bool) -> None:
    middle = width / 2
    _draw_arrow(sheet, middle)
    below = _ARROW_FOOT + 30
    sheet.text(middle, below, str(number), Face.SANS, _NUMBER_PT, grey=0.3, align="centre")
    y = below + 20
    for one in words:
        sheet.text(middle, y, one, Face.SANS, _WORDS_PT, align="centre")
        y += _LEADING
    if line:
        sheet.line(middle - 60, y + _LEADING, middle + 60, y + _LEADING, grey=0.5)


def _draw_arrow(sheet: Sheet, x: float) -> None:
    """Draw it in outline, so that another behind it is seen."""
    points = (
        (x, _ARROW_TOP),
        (x + _HEAD, _ARROW_TOP + _HEAD),
        (x + _HEAD / 2, _ARROW_TOP + _HEAD),
        (x + _HEAD / 2, _ARROW_FOOT),
        (x - _HEAD / 2, _ARROW_FOOT),
        (x - _HEAD / 2, _ARROW_TOP + _HEAD),
        (x - _HEAD, _ARROW_TOP + _HEAD),
    )
    canvas = sheet.canvas
    canvas.setLineWidth(0.35 * MM)
    canvas.setStrokeGray(0)
    canvas.setDash([])
    path = canvas.beginPath()
    path.moveTo(*sheet.point(*points[0]))
    for point in points[1:]:
        path.lineTo(*sheet.point(*point))
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)
