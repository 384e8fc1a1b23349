"""The page on which a hand is measured: space to write as one does, rulers beside it, and lines to try.

The space is unruled, since lines would set the pitch instead of showing it. The second page has ruled blocks
for those who would rather feel than measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PAGES
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face

if TYPE_CHECKING:
    from typing import Literal

    from relcard.domain.printing.card_size import Page
    from relcard.paper.text.canvas import Sheet

TEXT = (
    "The kettle sang all day and we spoke of rain,",
    "then Alma came by with a bowl of small plums,",
    "and old Mr Finch told the story of the house",
    "key that sat inside his own hat all that week.",
    "We laughed until the light went, and I have put",
    "one plum on the window sill to remember you by.",
)
WORDS = 10  # on each line of the text
PITCHES = (7.0, 8.0, 9.0, 10.0)  # mm of the ruled blocks
_MARGIN = 15.0
_LEFT = 32.0  # mm: the margin line, where every line begins
_FIRST = 88.0  # mm from the top to the first line
_REACH = 85.0  # mm the upright scale runs: five lines of the largest hand
_RULED_LINES = 6
_SCALE_PT, _RULE_PT = 0.4, 0.5
_GREY, _PALE = 0.3, 0.6
_TITLE, _SAMPLE = TextStyle(Face.SERIF, 16), TextStyle(Face.SERIF, 13)
_STEP, _ASIDE = TextStyle(Face.SANS, 9, grey=0.15), TextStyle(Face.SANS, 9, grey=_GREY)
_FIGURE = TextStyle(Face.SANS, 7, grey=_GREY)


def draw_hand_page(*, page: Page = "A4") -> bytes:
    """Return a PDF of two pages: one to write on and measure, one with lines 7, 8, 9 and 10 mm apart."""
    height, width = PAGES[page]  # it lies: ten words of a large hand fit a line
    sheet = new_canvas(width, height, title="Your hand")
    _draw_measure(sheet, width)
    sheet.next_page()
    _draw_ruled(sheet, width)
    return sheet.to_bytes()


def _draw_measure(sheet: Sheet, width: float) -> None:
    _heading(sheet, width, "Your hand, measured", "Print at 100 % (actual size), the page on its side.")
    steps = (
        "1   Write these six lines as you would on a card, line for line, ten words on each.",
        "     Begin at the upright line, the first one at the mark 0. Do not hurry.",
        "2   On the scale at the left, read how far down your sixth line stands: that is",
        "     the height of five lines, in mm.",
        "3   Above or below, read how far to the right most of your lines reach:",
        "     that is ten words. Too long for the page? Write five words and double it.",
        "4   Tell relcard:   relcard hand set --five-lines ____ --ten-words ____",
    )
    y = 29.0
    for step in steps:
        sheet.text(_MARGIN, y, step, _STEP)
        y += 5.2
    middle = width / 2 + 17
    for place, line in enumerate(TEXT):
        sheet.text(middle, 29.0 + 6.2 * place, line, _SAMPLE)

    sheet.line(_LEFT, _FIRST - 12, _LEFT, _FIRST + _REACH + 6, width_pt=0.6, grey=_GREY)
    for tick in range(int(_REACH) + 1):
        long = 5.0 if tick % 10 == 0 else 3.5 if tick % 5 == 0 else 2.0
        sheet.line(_LEFT - long, _FIRST + tick, _LEFT, _FIRST + tick, width_pt=_SCALE_PT, grey=_GREY)
        if tick % 10 == 0:
            _figure(sheet, _LEFT - 6, _FIRST + tick + 0.9, tick, align="right")
    sheet.text(_LEFT - 6, _FIRST - 6, "first line", _FIGURE, align="right")
    sheet.line(_LEFT - 5, _FIRST, _LEFT + 6, _FIRST, width_pt=1.0)
    for edge, outwards in ((_FIRST - 12, -1.0), (_FIRST + _REACH + 6, 1.0)):
        _draw_level_scale(sheet, edge, outwards, int(width - _MARGIN - _LEFT))


def _draw_level_scale(sheet: Sheet, y: float, outwards: float, length: int) -> None:
    """Draw a scale in mm from the margin line to the right; its ticks point away from the writing."""
    sheet.line(_LEFT, y, _LEFT + length, y, width_pt=_SCALE_PT, grey=_GREY)
    for tick in range(length + 1):
        long = 5.0 if tick % 10 == 0 else 3.5 if tick % 5 == 0 else 2.0
        sheet.line(_LEFT + tick, y, _LEFT + tick, y + outwards * long, width_pt=_SCALE_PT, grey=_GREY)
        if tick % 10 == 0:
            below = y + (7.8 if outwards > 0 else -5.6)
            _figure(sheet, _LEFT + tick, below, tick, align="centre")


def _draw_ruled(sheet: Sheet, width: float) -> None:
    _heading(
        sheet, width, "Or by feel", "Nothing to measure: write on each, and take the lines that feel right."
    )
    column = (width - 2 * _MARGIN - 20) / 2
    tops = (36.0, 36.0 + 8 * _RULED_LINES + 28)
    for place, pitch in enumerate(PITCHES):
        left = _MARGIN + (place % 2) * (column + 20)
        top = tops[place // 2]
        sheet.text(left, top, f"{pitch:g} mm", _SAMPLE)
        told = f"relcard hand set --pitch {pitch:g}"
        sheet.text(left + column, top, told, _ASIDE, align="right")
        for line in range(1, _RULED_LINES + 1):
            y = top + 3 + line * pitch
            sheet.line(left, y, left + column, y, width_pt=_RULE_PT, grey=_PALE)


def _heading(sheet: Sheet, width: float, title: str, aside: str) -> None:
    sheet.text(_MARGIN, 18, title, _TITLE)
    sheet.text(width - _MARGIN, 18, aside, _ASIDE, align="right")


def _figure(sheet: Sheet, x: float, y: float, number: int, *, align: Literal["centre", "right"]) -> None:
    sheet.text(x, y, str(number), _FIGURE, align=align)
