"""Fronts as pictures to look at: the very drawing that is printed, rendered to PNG."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from relcard.paper.preview import as_png
from relcard.paper.text.canvas import Face
from relcard.paper.text.canvas import new_canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.front import Front
    from relcard.paper.text.canvas import Sheet

_DPI = 110
_TABLE, _EDGE, _NAME = 0.93, 0.8, 0.3  # greys
_GAP, _LABEL = 9.0, 9.0  # mm between cards, and for the name beneath one
_WIDE = 1.5  # width to height of the sheet, about


def picture(front: Front, size: CardSize) -> bytes:
    """Return one front as a PNG of its own shape."""
    sheet = new_canvas(size.panel_w, size.panel_h, title="Design", face=Face.SERIF)
    front.draw(sheet)
    return _png(sheet)


def sheet_of(fronts: Sequence[tuple[str, Front]], size: CardSize) -> bytes:
    """Return fronts side by side on one PNG, each with its name beneath, at half their size."""
    scale = 0.5
    width, height = size.panel_w * scale, size.panel_h * scale
    cell_w, cell_h = width + _GAP, height + _GAP + _LABEL
    columns = max(1, min(len(fronts), round(math.sqrt(len(fronts) * _WIDE * cell_h / cell_w))))
    rows = max(1, math.ceil(len(fronts) / columns))
    page_w, page_h = columns * cell_w + _GAP, rows * cell_h + _GAP
    sheet = new_canvas(page_w, page_h, title="Designs", face=Face.SERIF)
    sheet.rect(0, 0, page_w, page_h, width_pt=0, fill=_TABLE)
    for place, (name, front) in enumerate(fronts):
        x = _GAP + place % columns * cell_w
        y = _GAP + place // columns * cell_h
        sheet.rect(x, y, width, height, width_pt=0.3, grey=_EDGE, fill=1)
        with sheet.panel(x, y, width=width, height=height):
            sheet.canvas.scale(scale, scale)
            with sheet.panel(0, height - size.panel_h, width=size.panel_w, height=size.panel_h):
                front.draw(sheet)
        sheet.text(x + width / 2, y + height + 5.5, name, Face.SANS, 8, grey=_NAME, align="centre")
    return _png(sheet)


def _png(sheet: Sheet) -> bytes:
    import pypdfium2

    document = pypdfium2.PdfDocument(sheet.to_bytes())
    try:
        image = document[0].render(scale=_DPI / 72).to_pil()
    finally:
        document.close()
    return as_png(image)
