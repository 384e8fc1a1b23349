"""Address labels on a sheet: lines flush left, the block centred in height, one size for the whole sheet.

A label may bear the small number that its greeting card and its entry on the crib bear: grey, in the lower
corner where lines end, and only where no word is near. A proof is the same on plain paper, with the edges
that the words must keep, to be held against the sheet.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import CAPITAL
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import TAIL
from relcard.domain.printing.imposition import is_for_parcels
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.paper.documents.address_block import COMMON_LARGEST
from relcard.paper.documents.address_block import SLACK
from relcard.paper.documents.address_block import SMALLEST
from relcard.paper.documents.address_block import divided
from relcard.paper.documents.address_block import half_points
from relcard.paper.documents.address_block import measure
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.text.canvas import NO_LANGUAGE
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import heights
from relcard.paper.text.metrics import ink
from relcard.paper.text.metrics import reach

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.printing.imposition import Box
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.stock import Stock
    from relcard.paper.documents.address_block import Block
    from relcard.paper.documents.address_block import Label
    from relcard.paper.documents.results import Refusal
    from relcard.paper.text.canvas import Sheet

COMMON_SMALLEST = 9.0  # pt: below this one address gives way alone and not the whole sheet
HIGH_LABEL = 45.0  # mm
_ON_PARCELS = 16.0  # pt
# For whoever sticks labels on envelopes, and nothing a post would read.
_NUMBER = TextStyle(Face.SANS, 6, grey=0.5)
FITS_MOST = 0.9
_NUMBER_AIR = 0.8  # mm between a number and the nearest ink
_LEAST_WIDTH = 15.0  # mm: below it no address fits, whoever it is
_EDGE_PT = 0.25
_EDGE_GREY = 0.6
_NOTE = TextStyle(Face.SANS, 6.5, grey=0.4)  # says that a page is a proof
_NOTE_HEIGHT = 3.0  # mm, with air
_NOTE_TAILS = 0.6  # mm, under its baseline
_USED_GREY = 0.8


def draw_labels(
    labels: Sequence[Label],
    stock: Stock,
    *,
    first: Sequence[Sequence[int]] = (),
    printer: Printer | None = None,
    under: Callable[[Sheet, int], None] | None = None,
    smallest: float = SMALLEST,
) -> DrawnPdf:
    """Print the labels in order.

    `first` are the free slots, from 1, of the part-used sheets to be filled before whole ones, a page for
    each that has any. `under` draws what lies beneath the words, once a page.

    What cannot be printed whole at `smallest` points is refused by name and leaves no empty slot. The
    narrowest slot of the sheet is the measure for all, so that no address depends on where it falls. Raises
    `UsageError` when the printer's offset leaves no room on a slot.
    """
    safe = {slot: safe_area(stock, slot, printer) for slot in sheet_slots(stock)}
    width, height = _narrowest(stock, printer)
    blocks, refused = measure(labels, width, height, smallest=smallest)
    if not blocks:
        return DrawnPdf(data=b"", pages=0, items=0, refused=refused)
    largest = _largest(stock)
    limits = [block.largest_size(width, height) + SLACK for block in blocks]
    common = common_size(limits, largest)
    for place, (block, limit) in enumerate(zip(blocks, limits, strict=True)):
        if limit < common:
            blocks[place], limits[place] = divided(block, limit, common, width, height)

    sheet = new_canvas(
        stock.page_w,
        stock.page_h,
        title=f"Labels on {stock.name}",
        printer=printer,
        language=NO_LANGUAGE,
    )
    drawn_on = -1
    for block, limit, (page, slot) in zip(blocks, limits, _places(stock, first), strict=False):
        if page != drawn_on:
            if page:
                sheet.next_page()
            if under:
                under(sheet, page)
            drawn_on = page
        area = safe[slot]
        size = min(common, half_points(limit, smallest))
        baseline = block.first_baseline(area, size, centre=slot.y + slot.height / 2)
        block.draw(sheet, area.x, area.right, baseline, size)
        if block.number:
            _draw_number(sheet, block, area, baseline, size)
    return DrawnPdf(data=sheet.to_bytes(), pages=drawn_on + 1, items=len(blocks), refused=refused)


def _largest(stock: Stock) -> float:
    """Return the largest size in points: on a parcel's label more, but no poster."""
    if is_for_parcels(stock):
        return _ON_PARCELS
    return COMMON_LARGEST + (stock.label_h >= HIGH_LABEL)


def draw_proof(
    labels: Sequence[Label],
    stock: Stock,
    *,
    first: Sequence[Sequence[int]] = (),
    printer: Printer | None = None,
) -> DrawnPdf:
    """Draw the labels as `draw_labels` does, with the edges of all and the used slots struck out.

    Each page says that it is a proof.
    """
    part_used = [set(free) for free in first if free]

    def under(sheet: Sheet, page: int) -> None:
        free = part_used[page] if page < len(part_used) else None
        draw_edges(sheet, stock)
        for number, slot in enumerate(sheet_slots(stock), start=1):
            if free is not None and number not in free:
                sheet.line(slot.x, slot.bottom, slot.right, slot.y, width_pt=_EDGE_PT, grey=_USED_GREY)
        where = "a part-used sheet" if free is not None else "a whole sheet"
        note = (
            f"Proof on plain paper, page {page + 1}: {where} of {stock.name}. "
            "Hold it against the sheet in the light; no label is used up."
        )
        sheet.text(
            stock.page_w / 2,
            _note_baseline(stock),
            note,
            _NOTE,
            align="centre",
        )

    return draw_labels(labels, stock, first=first, printer=printer, under=under)


def draw_edges(sheet: Sheet, stock: Stock) -> None:
    """Draw where the labels of a sheet are cut."""
    for slot in sheet_slots(stock):
        sheet.rect(slot, radius=stock.corner, width_pt=_EDGE_PT, grey=_EDGE_GREY)


def _places(stock: Stock, first: Sequence[Sequence[int]]) -> Iterator[tuple[int, Box]]:
    """Yield (page, slot) for ever: what is free on part-used sheets, then whole ones."""
    sheet = sheet_slots(stock)
    part_used = [free for free in first if free]
    for page, free in enumerate(part_used):
        for number in free:
            yield page, sheet[number - 1]
    for page in count(len(part_used)):
        for slot in sheet:
            yield page, slot


def check_labels(
    labels: Sequence[Label], stock: Stock, *, printer: Printer | None = None, smallest: float = SMALLEST
) -> tuple[Refusal, ...]:
    """Return what `draw_labels` would refuse, and draw nothing. Raises `UsageError` as it does."""
    return measure(labels, *_narrowest(stock, printer), smallest=smallest)[1]


def _narrowest(stock: Stock, printer: Printer | None) -> tuple[float, float]:
    """Return the least width and height in mm that any slot of a sheet has for words."""
    areas = [safe_area(stock, slot, printer) for slot in sheet_slots(stock)]
    width, height = min(area.width for area in areas), min(area.height for area in areas)
    if printer and (width < _LEAST_WIDTH or height < (CAPITAL + TAIL) * SMALLEST / MM):
        raise UsageError(
            f"The offset of {printer.name} leaves no room on {stock.name}: words would have to stand where "
            "printers cannot reach.",
            hint="Lay the paper against the guides of the tray and measure again: "
            f"relcard print calibration --printer {quoted(printer.name)}",
        )
    return width, height


def common_size(limits: Sequence[float], largest: float) -> float:
    """Return the largest size, in half points, that suits nine labels of ten; `limits` are each one's own."""
    size = largest
    while size > COMMON_SMALLEST and sum(limit >= size for limit in limits) < FITS_MOST * len(limits):
        size -= 0.5
    return size


def _draw_number(sheet: Sheet, block: Block, area: Box, baseline: float, size_pt: float) -> None:
    """Draw a label's number where its lines end, at the foot; where words are near, leave it out."""
    number = str(block.number)
    em = _NUMBER.size_pt / MM
    top, bottom = heights(number, Face.SANS)
    foot = area.bottom + bottom * em
    left, right = reach(number, Face.SANS)
    wide = (right - left) * em + _NUMBER_AIR
    if _reaches(block, baseline, size_pt, below=foot - top * em - _NUMBER_AIR) > area.width - wide:
        return
    x = area.x - left * em if block.flush_right else area.right - right * em
    sheet.text(x, foot, number, _NUMBER)


def _reaches(block: Block, baseline: float, size_pt: float, *, below: float) -> float:
    """Return how far, in mm from where they begin, those lines reach whose ink comes under y = `below`."""
    em = size_pt / MM
    foot = baseline + ((len(block.lines) - 1) * block.leading + block.bottom) * em
    if foot <= below:
        return 0.0
    if block.flush_right:
        return block.width * em
    farthest = 0.0
    for place, line in enumerate(block.lines):
        line_ink = ink(line, Face.SANS, block.language)
        if baseline + (place * block.leading - line_ink.bottom) * em > below:
            farthest = max(farthest, (line_ink.right - block.left) * em)
    return farthest


def _note_baseline(stock: Stock) -> float:
    """Return where a line may stand that no word meets.

    In the middle of the margin at the head; where there is none, at the foot of the first row, whose last
    2.5 mm are kept clear on every label.
    """
    if stock.top >= PRINTER_MARGIN + _NOTE_HEIGHT:
        return (PRINTER_MARGIN + stock.top) / 2 + _NOTE_HEIGHT / 4
    return stock.top + stock.label_h - _NOTE_TAILS
