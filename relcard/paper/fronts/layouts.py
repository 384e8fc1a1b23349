"""Where the art and the words of a front stand on a panel of any size: numbers only, in millimetres.

A panel wider than high has tall art beside the words rather than above them; art grows and shrinks with the
panel, but never beyond what still looks meant.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.paper.fronts.design import Layout
from relcard.paper.fronts.svg import Drawing

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.photos import Photo

# mm from a panel's edge to a frame about it: clear of every printer's edge and of a cut that creeps
SAFE = 8.0
_A6 = 105 * 148.5
_GROWS = (0.8, 1.4)  # of what it is on A6
_AIR = 15.0  # mm between art and words on A6
_TALL = 0.8  # height to width, from which art stands beside the words of a wide panel
_WORDS_H = 26.0  # mm kept for the words of a picture: two lines and air
_LOWEST = 0.66  # height to width of a framed picture, at the least
_EYE = 0.47
_INSET, _GAP = 9.0, 3.0  # mm from the edge of a ground to the words on it, and from its drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The area of the words, how they hang in it, and the box of the art.

    `hang` runs from 0, at the top of the area, to 1, at its foot. With `in_a_group` the art stands over the
    words, `air` mm from them, as one group; with `beside`, to their left. `repeats` is how many times the art
    stands in its box, one over another; what reaches out of `window` is not drawn.
    """

    words: Box
    art: Box | None = None
    window: Box | None = None
    align: str = "centre"
    hang: float = _EYE
    in_a_group: bool = False
    beside: bool = False
    air: float = _AIR
    repeats: int = 1
    rules: tuple[float, float] = (0.0, 0.0)  # of a frame: how far from the panel's edges its lines run


def growth(size: CardSize) -> float:
    """Return how much larger than on A6 a thing is on this panel, within limits."""
    return min(max(math.sqrt(size.panel_w * size.panel_h / _A6), _GROWS[0]), _GROWS[1])


def place(
    design: Design, size: CardSize, art: Drawing | Photo | None, *, has_words: bool, bleed: float = 0.0
) -> Places:
    """Return where everything stands; `bleed` is how far what touches an edge reaches over it."""
    front = Box(size.margin, size.margin, size.panel_w - 2 * size.margin, size.panel_h - 2 * size.margin)
    # A printer at home cannot reach the edge: what belongs there keeps a white border instead.
    edge = -bleed if bleed else PRINTER_MARGIN
    sheet = Box(edge, edge, size.panel_w - 2 * edge, size.panel_h - 2 * edge)
    if design.layout is Layout.WINDOW:
        return _window(design, size, front, art, has_words=has_words)
    if design.layout is Layout.PANEL:
        return _panel(design, size, sheet, art, has_words=has_words)
    if not isinstance(art, Drawing):
        return Places(words=front, align=design.words.align, hang=0.42)
    if design.layout is Layout.HUNG:
        return _hung(design, size, sheet, art)
    if design.layout is Layout.LOW:
        return _low(design, size, sheet, art)
    if design.layout is Layout.SIDE:
        return _side(design, size, sheet, art)
    if design.layout is Layout.FRAME:
        return _frame(design, size, art)
    if design.layout is Layout.AROUND:
        return _around(design, front, art)
    if design.layout is Layout.GROUND:
        return _ground(design, size, sheet, art)
    return _above(design, size, front, art)


def _above(design: Design, size: CardSize, front: Box, art: Drawing) -> Places:
    scale, air = growth(size), _AIR * min(1.0, growth(size) * min(1.0, size.panel_h / size.panel_w) ** 0.5)
    wide = size.panel_w > size.panel_h
    if wide and art.height / art.width > _TALL:
        scale = min(scale * 1.15, front.height / art.height, 0.42 * front.width / art.width)
        width, height = art.width * scale, art.height * scale
        gap = 12.0
        words_w = min(front.width - width - gap, 72 * growth(size))
        left = front.x + (front.width - width - gap - words_w) / 2
        return Places(
            words=Box(left + width + gap, front.y, words_w, front.height),
            art=Box(left, front.y + (front.height - height) / 2, width, height),
            align="left",
            hang=0.5,
            beside=True,
        )
    room = 0.5 * front.height if wide else 0.55 * front.height
    scale = min(scale, front.width / art.width, room / art.height)
    width, height = art.width * scale, art.height * scale
    return Places(
        words=Box(front.x, front.y + height + air, front.width, front.height - height - air),
        art=Box((size.panel_w - width) / 2, front.y, width, height),
        align=design.words.align,
        in_a_group=True,
        air=air,
    )


def _hung(design: Design, size: CardSize, sheet: Box, art: Drawing) -> Places:
    over = max(0.0, -2 * sheet.y)  # what is trimmed off may be drawn besides
    height = min(sheet.width / art.width * art.height, 0.62 * size.panel_h + over)
    width = height / art.height * art.width
    top = max(sheet.y + height, 0.0) + 4
    return Places(
        words=Box(size.margin, top, size.panel_w - 2 * size.margin, size.panel_h - size.margin - top),
        art=Box((size.panel_w - width) / 2, sheet.y, width, height),
        align=design.words.align,
        hang=0.36,
    )


def _low(design: Design, size: CardSize, sheet: Box, art: Drawing) -> Places:
    full = sheet.width / art.width * art.height
    height = min(full, 0.63 * size.panel_h)
    window = Box(sheet.x, sheet.bottom - height, sheet.width, height)
    return Places(
        words=Box(size.margin, size.margin, size.panel_w - 2 * size.margin, window.y - size.margin - 4),
        art=Box(sheet.x, window.y, sheet.width, full),  # a wide panel shows less of the foreground
        window=window,
        align=design.words.align,
        hang=0.55,
    )


def _side(design: Design, size: CardSize, sheet: Box, art: Drawing) -> Places:
    repeats = max(1, round(sheet.height / (art.height * growth(size))))
    width = sheet.height / repeats / art.height * art.width
    left = SAFE + 1
    words = left + width + 9
    return Places(
        words=Box(words, size.margin, size.panel_w - size.margin - words, size.panel_h - 2 * size.margin),
        art=Box(left, sheet.y, width, sheet.height),
        align=design.words.align,
        hang=0.44,
        repeats=repeats,
    )


def _frame(design: Design, size: CardSize, art: Drawing) -> Places:
    scale = growth(size)
    inset = SAFE + 14
    return Places(
        words=Box(inset, inset, size.panel_w - 2 * inset, size.panel_h - 2 * inset),
        art=Box(SAFE, SAFE, art.width * scale, art.height * scale),
        align=design.words.align,
        hang=0.46,
        rules=(SAFE - art.left * scale, SAFE - art.top * scale),  # along the axes of the drawing
    )


def _around(design: Design, front: Box, art: Drawing) -> Places:
    scale = min(front.width / art.width, front.height / art.height)
    width, height = art.width * scale, art.height * scale
    left = front.x + (front.width - width) / 2
    top = front.y + (front.height - height) * 0.42
    x, y, words_w, words_h = design.words.box or (art.left, art.top, art.width, art.height)
    words_left, words_top = (
        max(front.x, left + (x - art.left) * scale),
        max(front.y, top + (y - art.top) * scale),
    )
    right, bottom = left + (x + words_w - art.left) * scale, top + (y + words_h - art.top) * scale
    return Places(
        words=Box(
            words_left, words_top, min(right, front.right) - words_left, min(bottom, front.bottom) - words_top
        ),
        art=Box(left, top, width, height),
        align=design.words.align,
        hang=0.5,
    )


def _ground(design: Design, size: CardSize, sheet: Box, art: Drawing) -> Places:
    """Stand the whole drawing in the upper left corner, the words under it or, on a wide panel, beside it."""
    margin = max(size.margin, PRINTER_MARGIN + _INSET)
    inner = Box(margin, margin, size.panel_w - 2 * margin, size.panel_h - 2 * margin)
    wide = size.panel_w > size.panel_h
    most = sheet.height if wide else sheet.height - (_WORDS_H + 4) * growth(size)
    scale = min((0.6 if wide else 1.0) * sheet.width / art.width, most / art.height)
    picture = Box(sheet.x, sheet.y, art.width * scale, art.height * scale)
    left, top = (picture.right + _GAP, inner.y) if wide else (inner.x, picture.bottom + _GAP)
    words = Box(left, top, inner.right - left, inner.bottom - top)
    return Places(words=words, art=picture, window=sheet, align=design.words.align, hang=0.5)


def _window(
    design: Design, size: CardSize, front: Box, art: Drawing | Photo | None, *, has_words: bool
) -> Places:
    """Frame a picture in about its own shape, so that little of it is cut."""
    shape = art.height / art.width if art is not None else math.inf

    def framed(width: float, most: float) -> float:
        return min(max(width * shape, _LOWEST * width), most)

    if size.panel_w > size.panel_h and has_words:
        width = 0.56 * front.width
        height = framed(width, front.height)
        left = front.x + width + 9
        return Places(
            words=Box(left, front.y, front.right - left, front.height),
            art=Box(front.x, front.y + (front.height - height) / 2, width, height),
            align="left",
            hang=0.5,
        )
    kept = _WORDS_H * growth(size) if has_words else 0.0
    height = framed(front.width, front.height - kept)
    air = 9.0
    return Places(
        words=Box(front.x, front.y + height + air, front.width, front.height - height - air),
        art=Box(front.x, front.y, front.width, height),
        align=design.words.align,
        in_a_group=True,
        air=air,
    )


def _panel(
    design: Design, size: CardSize, sheet: Box, art: Drawing | Photo | None, *, has_words: bool
) -> Places:
    kept = (_WORDS_H + 8) * growth(size) if has_words else 0.0
    picture = Box(sheet.x, sheet.y, sheet.width, min(sheet.bottom, size.panel_h - kept) - sheet.y)
    top = picture.bottom + 4
    words = Box(size.margin, top, size.panel_w - 2 * size.margin, size.panel_h - size.margin - top)
    if not isinstance(art, Drawing):
        return Places(words=words, art=picture, align=design.words.align, hang=0.5)
    scale = max(picture.width / art.width, picture.height / art.height)  # cut, never stretched
    width, height = art.width * scale, art.height * scale
    return Places(
        words=words,
        art=Box(
            picture.x + (picture.width - width) / 2, picture.y + (picture.height - height) / 2, width, height
        ),
        window=picture,
        align=design.words.align,
        hang=0.5,
    )
