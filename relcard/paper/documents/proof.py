"""A proof of labels on plain paper: the words with the edges they must keep, to be held against the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import sheet_slots
from relcard.paper.documents.labels import draw_labels
from relcard.paper.text.canvas import Face

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.stock import Stock
    from relcard.paper.documents.address_block import Label
    from relcard.paper.documents.address_block import LabelRun
    from relcard.paper.text.canvas import Sheet

EDGE_PT = 0.25
EDGE_GREY = 0.6
_NOTE_SIZE = 6.5  # pt
_NOTE_GREY = 0.4
_NOTE_HEIGHT = 3.0  # mm, with air
_NOTE_TAILS = 0.6  # mm, under its baseline
_USED_GREY = 0.8


def draw_proof(
    labels: Sequence[Label],
    stock: Stock,
    *,
    first: Sequence[Sequence[int]] = (),
    printer: Printer | None = None,
) -> LabelRun:
    """Draw the labels as `draw_labels` does, with the edges of all and the used slots struck out.

    Each page says that it is a proof.
    """
    part_used = [set(free) for free in first if free]

    def under(sheet: Sheet, page: int) -> None:
        free = part_used[page] if page < len(part_used) else None
        draw_edges(sheet, stock)
        for number, slot in enumerate(sheet_slots(stock), start=1):
            if free is not None and number not in free:
                sheet.line(slot.x, slot.bottom, slot.right, slot.y, width_pt=EDGE_PT, grey=_USED_GREY)
        where = "a part-used sheet" if free is not None else "a whole sheet"
        said = (
            f"Proof on plain paper, page {page + 1}: {where} of {stock.name}. "
            "Hold it against the sheet in the light; no label is used up."
        )
        sheet.text(
            stock.page_w / 2,
            _note_baseline(stock),
            said,
            Face.SANS,
            _NOTE_SIZE,
            grey=_NOTE_GREY,
            align="centre",
        )

    return draw_labels(labels, stock, first=first, printer=printer, under=under)


def draw_edges(sheet: Sheet, stock: Stock) -> None:
    """Draw where the labels of a sheet are cut."""
    for slot in sheet_slots(stock):
        sheet.rect(
            slot.x,
            slot.y,
            slot.width,
            slot.height,
            radius=stock.corner,
            width_pt=EDGE_PT,
            grey=EDGE_GREY,
        )


def _note_baseline(stock: Stock) -> float:
    """Return where a line may stand that no word meets.

    In the middle of the margin at the head; where there is none, at the foot of the first row, whose last
    2.5 mm are kept clear on every label.
    """
    if stock.top >= PRINTER_MARGIN + _NOTE_HEIGHT:
        return (PRINTER_MARGIN + stock.top) / 2 + _NOTE_HEIGHT / 4
    return stock.top + stock.label_h - _NOTE_TAILS
