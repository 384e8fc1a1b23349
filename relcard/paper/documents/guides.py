"""Guides to slip under the pen: lines that show through the greeting card, and through the envelope.

They lie beneath the paper and never on it. No name of a circle stands on them: a guide may be forgotten in a
card. The line at which a room begins carries the number of lines it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PAGES
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.documents.results import Refusal
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import width_mm

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.card_size import Page
    from relcard.domain.printing.room import Hand
    from relcard.domain.printing.room import Room
    from relcard.domain.printing.stock import Envelope
    from relcard.paper.text.canvas import Sheet

CLEARANCE = 2.5  # mm on each side: the seams of an envelope, and room to draw the guide out again
_HEAD = 20.0  # mm from the top of the page to the first guide
_GAP = 9.0  # mm between two guides, so that scissors have a way
_LINE_PT, _EDGE_PT = 1.2, 0.7  # dark enough to be seen through 250 g/m²
_CUT_PT, _CUT_GREY = 0.25, 0.55
_MARK = 3.0  # mm: a cut mark, which begins 1 mm outside the corner
_GREY = 0.3
_SMALL = 8.0  # pt
_COUNT, _WORDS = TextStyle(Face.SANS, _SMALL), TextStyle(Face.SANS, _SMALL, grey=_GREY)
_NOTE = TextStyle(Face.SANS, 9, grey=_GREY)
_TAIL = 0.3  # of a pitch: what hangs below the last line
_ADDRESS_LINES = (4, 6)  # the fewest an address needs, the most it has


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Something to cut out; `lines` are y of the baselines in mm from its top edge."""

    name: str
    width: float
    height: float
    lines: tuple[float, ...]
    pitch: float
    draw: Callable[[Sheet], None]


def line_sheet(size: CardSize, rooms: Sequence[Room], hand: Hand) -> Guide:
    """Return the sheet that lies under a card's writing panel, as large as the panel.

    Lines go up from the foot of the writing area at the hand's pitch, so that one sheet serves every room:
    each ends there. A small number stands at the first line of each room, and says how many it has.
    """
    bottom = size.margin + size.writing_h
    left, right = size.margin, size.margin + size.writing_w
    number = int(size.writing_h / hand.pitch_mm + 1e-6)
    lines = tuple(bottom - (number - 1 - place) * hand.pitch_mm for place in range(number))

    def draw(sheet: Sheet) -> None:
        for y in lines:
            sheet.line(left, y, right, y, width_pt=_LINE_PT)
        for x in (left, right):
            sheet.line(x, size.margin, x, bottom, width_pt=_EDGE_PT)
        for count in sorted({room.lines for room in rooms}):
            y = bottom - (count - 1) * hand.pitch_mm
            _draw_pointer(sheet, left - 1.2, y)
            sheet.text(left - 4.6, y + 1.0, str(count), _COUNT, align="right")
        words = f"{size.name}: {number} lines at {hand.pitch_mm:g} mm. Slip it under; the lines show through."
        _fitted(sheet, words, size.panel_w / 2, size.panel_h - 4.5, size.panel_w - 10)

    return Guide(
        name=f"line sheet {size.name}",
        width=size.panel_w,
        height=size.panel_h,
        lines=lines,
        pitch=hand.pitch_mm,
        draw=draw,
    )


def envelope_guide(envelope: Envelope, hand: Hand, *, country: str = "") -> Guide:
    """Return the sheet that slips inside an envelope, with lines where the post wants the address.

    `country` is the sender's. Lines stand at the hand's pitch, or closer where four would not fit.
    """
    areas = envelope_areas(envelope, country)
    area = _inside(areas.address)
    fewest, most = _ADDRESS_LINES
    pitch = min(hand.pitch_mm, area.height / (fewest + _TAIL))
    number = min(most, int(area.height / pitch - _TAIL + 1e-6))
    first = area.y + (area.height - (number + _TAIL) * pitch) / 2 + pitch
    lines = tuple(first + place * pitch for place in range(number))
    width, height = envelope.width - 2 * CLEARANCE, envelope.height - 2 * CLEARANCE

    def draw(sheet: Sheet) -> None:
        for y in lines:
            sheet.line(area.x, y, area.right, y, width_pt=_LINE_PT)
        sheet.line(area.x, first - pitch, area.x, lines[-1], width_pt=_EDGE_PT)
        stamp = Box(width - 8 - 24, 8, 24, 28)
        sheet.rect(stamp, width_pt=_EDGE_PT)
        sheet.text(stamp.x + 12, stamp.y + 15, "stamp", _WORDS, align="centre")
        foot = _inside(areas.foot).y
        sheet.line(6, foot, width - 6, foot, width_pt=0.5, grey=_GREY, dash=(2, 1.5))
        clear = "keep clear: here the post prints its marks"
        _fitted(sheet, clear, width / 2, foot + 4.2, width - 20)
        sheet.text(8, 11.5, envelope.name, _NOTE)
        for place, words in enumerate(
            ("Slip inside, this side up.", "Write on the lines that show through.")
        ):
            sheet.text(8, 16.5 + 4.2 * place, words, _WORDS)

    return Guide(
        name=f"envelope {envelope.name}", width=width, height=height, lines=lines, pitch=pitch, draw=draw
    )


def draw_guides(guides: Sequence[Guide], *, page: Page = "A4") -> DrawnPdf:
    """Print guides to cut out, as many on a page as there is height for; a wide one is turned.

    One that no page of this size holds is refused with the millimetres.
    """
    page_w, page_h = PAGES[page]
    most_w = page_w - 2 * PRINTER_MARGIN
    most_h = page_h - _HEAD - PRINTER_MARGIN - _MARK
    placed: list[list[tuple[Guide, bool, float]]] = []
    refused = []
    y = page_h
    for guide in guides:
        turned = guide.width > most_w
        width, height = (guide.height, guide.width) if turned else (guide.width, guide.height)
        if width > most_w or height > most_h:
            refused.append(Refusal(who=guide.name, reason=_too_large(guide, page)))
            continue
        if not placed or y + height > page_h - PRINTER_MARGIN - 1:
            placed.append([])
            y = _HEAD
        placed[-1].append((guide, turned, y))
        y += height + _GAP
    if not placed:
        return DrawnPdf(data=b"", pages=0, items=0, refused=tuple(refused))
    sheet = new_canvas(page_w, page_h, title="Guides")
    for number, group in enumerate(placed):
        if number:
            sheet.next_page()
        words = "Print at 100 % (actual size) and cut out along the fine lines."
        sheet.text(page_w / 2, 12.5, words, _NOTE, align="centre")
        for guide, turned, top in group:
            _place(sheet, guide, page_w, top, turned=turned)
    return DrawnPdf(
        data=sheet.to_bytes(), pages=len(placed), items=sum(map(len, placed)), refused=tuple(refused)
    )


def _place(sheet: Sheet, guide: Guide, page_w: float, top: float, *, turned: bool) -> None:
    """Draw a guide in the middle of the page, turned a quarter where it is wider than the page."""
    width, height = (guide.height, guide.width) if turned else (guide.width, guide.height)
    left = (page_w - width) / 2
    if turned:
        canvas = sheet.canvas
        canvas.saveState()
        # The guide's own left edge comes to lie at the foot: up its page is towards the left of the paper.
        canvas.translate(*sheet.point(left + width / 2, top + height / 2))
        canvas.rotate(90)
        canvas.translate(-guide.width / 2 * MM, -guide.height / 2 * MM)
        origin = sheet.point(0, 0)[1] - guide.height * MM
        canvas.translate(0, -origin)
        _draw_piece(sheet, guide, 0, 0)
        canvas.restoreState()
    else:
        _draw_piece(sheet, guide, left, top)


def _draw_piece(sheet: Sheet, guide: Guide, left: float, top: float) -> None:
    with sheet.panel(Box(left, top, guide.width, guide.height)):
        sheet.rect(Box(0, 0, guide.width, guide.height), width_pt=_CUT_PT, grey=_CUT_GREY)
        for x, outwards in ((0.0, -1), (guide.width, 1)):
            for y, away in ((0.0, -1), (guide.height, 1)):
                start, end = outwards, outwards * (1 + _MARK)
                sheet.line(x + start, y, x + end, y, width_pt=_CUT_PT)
                sheet.line(x, y + away, x, y + away * (1 + _MARK), width_pt=_CUT_PT)
        guide.draw(sheet)


def _draw_pointer(sheet: Sheet, x: float, y: float) -> None:
    """Draw a small filled triangle whose tip is at (x, y)."""
    path = sheet.canvas.beginPath()
    path.moveTo(*sheet.point(x, y))
    path.lineTo(*sheet.point(x - 2.4, y - 1.2))
    path.lineTo(*sheet.point(x - 2.4, y + 1.2))
    path.close()
    sheet.canvas.setFillGray(0)
    sheet.canvas.drawPath(path, stroke=0, fill=1)


def _fitted(sheet: Sheet, words: str, x: float, y: float, width: float) -> None:
    """Write a small grey line centred on `x`, smaller where it would be too wide."""
    size = _SMALL * min(1.0, width / width_mm(words, Face.SANS, _SMALL))
    sheet.text(x, y, words, TextStyle(Face.SANS, size, grey=_GREY), align="centre")


def _inside(box: Box) -> Box:
    """Return a box of the envelope as it lies on the guide, which is smaller on every side."""
    return Box(box.x - CLEARANCE, box.y - CLEARANCE, box.width, box.height)


def _too_large(guide: Guide, page: str) -> str:
    return f"is {guide.width:g} × {guide.height:g} mm; no {page} page holds it, upright or turned"
