"""Envelopes, a page each: the address right of the middle, the return address small in the corner.

Where words may stand is for `envelope_areas` to say, how the envelope lies on its page for `feed`; here it is
drawn as its reader holds it. Lines that run to the left are flush right among themselves; the block stays
where the post looks for it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from relcard.domain.posts import is_found_by_postcode
from relcard.domain.printing.feed import FIRST
from relcard.domain.printing.feed import Feed
from relcard.domain.printing.feed import place
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.errors import UsageError
from relcard.paper.documents.address_block import SMALLEST
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.address_block import half_points
from relcard.paper.documents.address_block import measure
from relcard.paper.documents.address_block import what_is_missing
from relcard.paper.documents.address_block import without_emoji
from relcard.paper.documents.envelope_areas import MARGIN
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.envelope_areas import flap_area
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.text.canvas import NO_LANGUAGE
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.domain.printing.feed import EnvelopePlace
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.stock import Envelope
    from relcard.paper.documents.address_block import Block
    from relcard.paper.documents.results import Refusal
    from relcard.paper.text.canvas import Sheet

LARGEST = 12.0  # pt
_ON_THE_FLAP = 9.0  # pt
_MIDDLE = 0.58  # of the height: where the address is centred
_ARROW, _BARB = 12.0, 3.0  # mm
_SHAFT = 0.25  # of the width: where the arrow stands
_AIR = 1.0  # mm more than the printer asks for
_EDGE_NAME = TextStyle(Face.SANS, 9, grey=0.4)


def draw_envelopes(
    items: Sequence[Label],
    envelope: Envelope,
    *,
    sender: tuple[str, ...] = (),
    sender_abroad: tuple[str, ...] = (),
    country: str = "",
    feed: Feed | None = None,
    printer: Printer | None = None,
) -> DrawnPdf:
    """Print an envelope for each item, in order; what cannot be printed whole is refused by name.

    `country` is the sender's, whose post has its rules; on what goes to another stands `sender_abroad`. Each
    address is as large as its envelope lets it be, 12 points at most and 8 at least. Raises `UsageError` when
    the return address itself cannot be printed, or the envelope does not go into the printer so.
    """
    lies = place(envelope, feed or Feed())
    areas = envelope_areas(envelope, country, margin=_margin(printer))
    area = areas.address
    blocks: list[tuple[Label, Block]] = []
    refused: list[Refusal] = []
    for item in items:
        measured, unfit = measure((item,), area.width, area.height)
        blocks += [(item, block) for block in measured]
        refused += unfit
    home = sender_block(sender, areas.sender, f"on {envelope.name}")
    abroad = sender_block(sender_abroad or sender, areas.sender, f"on {envelope.name}")
    if not blocks:
        return DrawnPdf(data=b"", pages=0, items=0, refused=tuple(refused))

    title = f"Envelopes {envelope.name}"
    sheet = new_canvas(lies.page_w, lies.page_h, title=title, printer=printer, language=NO_LANGUAGE)
    for number, (item, block) in enumerate(blocks):
        if number:
            sheet.next_page()
        corner = home if not country or is_found_by_postcode(country, item.country) else abroad
        with laid(sheet, lies):
            if corner:
                _draw(sheet, corner, areas.sender, SMALLEST, centre=0)
            size = min(LARGEST, half_points(block.largest_size(area.width, area.height)))
            _draw(sheet, block, area, size, centre=_MIDDLE * envelope.height)
    return DrawnPdf(data=sheet.to_bytes(), pages=len(blocks), items=len(blocks), refused=tuple(refused))


def check_envelopes(
    items: Sequence[Label], envelope: Envelope, *, country: str = "", printer: Printer | None = None
) -> tuple[Refusal, ...]:
    """Return which addresses `draw_envelopes` would refuse, and draw nothing."""
    area = envelope_areas(envelope, country, margin=_margin(printer)).address
    return measure(items, area.width, area.height)[1]


def check_sender(
    sender: tuple[str, ...],
    envelope: Envelope,
    *,
    on_flap: bool = False,
    country: str = "",
    printer: Printer | None = None,
) -> None:
    """Refuse a return address that `draw_envelopes`, or for the flap `draw_flaps`, would refuse.

    Raises `UsageError`.
    """
    margin = _margin(printer)
    if on_flap:
        sender_block(sender, flap_area(envelope, margin=margin), f"on the flap of {envelope.name}")
    else:
        areas = envelope_areas(envelope, country, margin=margin)
        sender_block(sender, areas.sender, f"on {envelope.name}")


def draw_flaps(
    count: int,
    envelope: Envelope,
    *,
    sender: tuple[str, ...],
    feed: Feed | None = None,
    printer: Printer | None = None,
) -> DrawnPdf:
    """Print the backs of `count` envelopes: the return address centred on the flap, a page each.

    It is upright for who holds the closed envelope with the fold of its flap at the head. Raises `UsageError`
    as `draw_envelopes` does.
    """
    lies = place(envelope, feed or Feed())
    area = flap_area(envelope, margin=_margin(printer))
    block = sender_block(sender, area, f"on the flap of {envelope.name}")
    if block is None or not count:
        return DrawnPdf(data=b"", pages=0, items=0, refused=())
    size = min(_ON_THE_FLAP, half_points(block.largest_size(area.width, area.height)))
    first = block.first_baseline(area, size, centre=area.y + area.height / 2)
    title = f"Flaps of {envelope.name}"
    sheet = new_canvas(lies.page_w, lies.page_h, title=title, printer=printer, language=NO_LANGUAGE)
    for number in range(count):
        if number:
            sheet.next_page()
        with laid(sheet, lies):
            for at, line in enumerate(block.lines):
                base = first + at * block.leading * size / MM
                middle = envelope.width / 2
                sheet.text(
                    middle, base, line, TextStyle(Face.SANS, size, language=block.language), align="centre"
                )
    return DrawnPdf(data=sheet.to_bytes(), pages=count, items=count, refused=())


def draw_test_page(
    envelope: Envelope, *, country: str = "", feed: Feed | None = None, printer: Printer | None = None
) -> DrawnPdf:
    """Print one envelope that names its edges, with an arrow to the one that goes in first.

    Raises `UsageError` when it does not go into the printer so.
    """
    feed = feed or Feed()
    lies = place(envelope, feed)
    areas = envelope_areas(envelope, country, margin=_margin(printer))
    sheet = new_canvas(lies.page_w, lies.page_h, title=f"Test page for {envelope.name}", printer=printer)
    with laid(sheet, lies):
        _draw_edges(sheet, envelope, _margin(printer))
        _draw_arrow(sheet, envelope, feed, _margin(printer))
        stamp = areas.stamp
        sheet.rect(Box(stamp.right - 32, stamp.bottom - 28, 20, 24), width_pt=0.5, grey=0.5)
        sheet.text(stamp.right - 22, stamp.bottom - 15, "stamp", _EDGE_NAME, align="centre")
        _draw_words(sheet, areas.address, envelope, feed)
    return DrawnPdf(data=sheet.to_bytes(), pages=1, items=1, refused=())


def _margin(printer: Printer | None) -> float:
    """Return what stays blank at an edge, so that what is sent keeps out of where a printer cannot reach."""
    if printer is None:
        return MARGIN
    return max(MARGIN, PRINTER_MARGIN + max(abs(printer.dx), abs(printer.dy)) + _AIR)


@contextmanager
def laid(sheet: Sheet, lies: EnvelopePlace) -> Iterator[None]:
    """Draw in millimetres of the envelope, wherever on its page it lies and however it is turned."""
    a, b, c, d, e, f = lies.matrix()
    canvas, height = sheet.canvas, lies.page_h
    canvas.saveState()
    # The canvas counts upwards from the foot of the page.
    canvas.transform(a, -b, -c, d, (c * height + e) * MM, (height - d * height - f) * MM)
    try:
        yield
    finally:
        canvas.restoreState()


def sender_block(sender: tuple[str, ...], area: Box, where: str) -> Block | None:
    """Measure the return address; None without one. Raises `UsageError` where it cannot be printed."""
    if not sender:
        return None
    reason, remedy = what_is_missing(without_emoji("\n".join(sender)))
    if reason:
        raise UsageError(
            f"The return address cannot be printed: {reason}.",
            hint=remedy or "Write it in other letters: relcard settings set sender.address ...",
        )
    blocks, refused = measure([Label(who="sender", lines=sender)], area.width, area.height)
    if refused:
        raise UsageError(
            f"The return address cannot be printed {where}: {refused[0].reason}.",
            hint="Shorten your address in the settings, or choose a larger envelope.",
        )
    return blocks[0]


def _draw(sheet: Sheet, block: Block, area: Box, size_pt: float, *, centre: float) -> None:
    first = block.first_baseline(area, size_pt, centre=centre)
    block.draw(sheet, area.x, area.x + block.width * size_pt / MM, first, size_pt)


def _draw_edges(sheet: Sheet, envelope: Envelope, margin: float) -> None:
    """Draw a frame inside the edges and the name of each edge along it."""
    width, height = envelope.width, envelope.height
    sheet.rect(Box(margin, margin, width - 2 * margin, height - 2 * margin), width_pt=0.5, grey=0.5)
    sheet.text(width / 2, margin + 5.5, "the flap is at this edge", TextStyle(Face.SANS, 10), align="centre")
    sheet.text(width / 2, height - margin - 3, "the foot", _EDGE_NAME, align="centre")
    middle = height / 2 + 1
    sheet.text(margin + 2.5, middle, "left", _EDGE_NAME)
    sheet.text(width - margin - 2.5, middle, "right", _EDGE_NAME, align="right")


def _draw_arrow(sheet: Sheet, envelope: Envelope, feed: Feed, margin: float) -> None:
    """Draw an arrow to the edge that goes in first, in the free quarter left of the address."""
    x, y = _SHAFT * envelope.width, envelope.height / 2 + margin / 2
    right, down = {0: (0, -1), 90: (-1, 0), 180: (0, 1), 270: (1, 0)}[feed.turn]
    tip_x, tip_y = x + right * _ARROW / 2, y + down * _ARROW / 2
    sheet.line(x - right * _ARROW / 2, y - down * _ARROW / 2, tip_x, tip_y, width_pt=1.5)
    for side in (1, -1):
        end_x = tip_x - (right - side * down) * _BARB
        end_y = tip_y - (down + side * right) * _BARB
        sheet.line(tip_x, tip_y, end_x, end_y, width_pt=1.5)
    sheet.text(x, y + _ARROW / 2 + 5, "goes in first", TextStyle(Face.SANS, 8), align="centre")


def _draw_words(sheet: Sheet, area: Box, envelope: Envelope, feed: Feed) -> None:
    lines = (
        f"{envelope.name}, turned by {feed.turn}",
        f"{FIRST[feed.turn]} goes in first",
        "The address stands here.",
    )
    [block], _ = measure([Label(who="", lines=lines)], area.width, area.height)
    size = min(LARGEST, half_points(block.largest_size(area.width, area.height)))
    _draw(sheet, block, area, size, centre=_MIDDLE * envelope.height)
