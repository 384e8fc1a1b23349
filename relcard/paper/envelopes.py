"""Envelopes, a page each: the address right of the middle, the return address small in the corner.

The zones are those of USPS Publication 28 (appendix A1) and DMM 202: the lowest 5/8 inch stays clear for the
post's bar code, and on a letter the address begins no more than 2 3/4 inches above the lower edge. The upper
40 mm are left to the stamp and its postmark. Lines that run to the left are flush right among themselves; the
block stays where the post looks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.errors import UsageError
from relcard.paper.imposition import Box
from relcard.paper.labels import SMALLEST
from relcard.paper.labels import Label
from relcard.paper.labels import LabelRun
from relcard.paper.labels import half_points
from relcard.paper.labels import measure
from relcard.paper.text import MM
from relcard.paper.text import new_canvas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.paper.labels import Block
    from relcard.paper.stock import Envelope
    from relcard.paper.text import Sheet

LARGEST = 12.0  # pt
MARGIN = 8.0  # mm, round the return address
SIDE = 12.7  # mm kept right of the address: half an inch
CLEAR = 15.9  # mm at the foot: 5/8 inch
STAMP = 40.0  # mm at the head
_START = 0.45  # of the width: where the address begins
_MIDDLE = 0.58  # of the height: where it is centred
_LETTER_HEIGHT = 155.6  # mm: 6 1/8 inches, beyond which it is no letter and the next rule is not asked
_BEGINS = 69.8  # mm from the foot: 2 3/4 inches
_SENDER_WIDTH = 0.5  # of the width


def draw_envelopes(items: Sequence[Label], envelope: Envelope, *, sender: tuple[str, ...] = ()) -> LabelRun:
    """Print an envelope for each item, in order; what cannot be printed whole is refused by name.

    Each address is as large as its envelope lets it be, 12 points at most and 8 at least.
    Raises `UsageError` when the return address itself cannot be printed.
    """
    zone = address_zone(envelope)
    blocks, refused = measure(items, zone.width, zone.height)
    corner = _sender_block(sender, envelope)
    if not blocks:
        return LabelRun(data=b"", pages=0, items=0, refused=refused)

    sheet = new_canvas(envelope.width, envelope.height, title=f"Envelopes {envelope.name}")
    for number, block in enumerate(blocks):
        if number:
            sheet.next_page()
        if corner:
            _draw(sheet, corner, _sender_zone(envelope), SMALLEST, centre=0)
        size = min(LARGEST, half_points(block.largest_size(zone.width, zone.height)))
        _draw(sheet, block, zone, size, centre=_MIDDLE * envelope.height)
    return LabelRun(data=sheet.to_bytes(), pages=len(blocks), items=len(blocks), refused=refused)


def address_zone(envelope: Envelope) -> Box:
    """Return where the address may stand."""
    left = _START * envelope.width
    top = STAMP
    if envelope.height <= _LETTER_HEIGHT:
        top = max(top, envelope.height - _BEGINS)
    return Box(left, top, envelope.width - SIDE - left, envelope.height - top - CLEAR)


def _sender_zone(envelope: Envelope) -> Box:
    return Box(MARGIN, MARGIN, _SENDER_WIDTH * envelope.width - MARGIN, STAMP - MARGIN)


def _sender_block(sender: tuple[str, ...], envelope: Envelope) -> Block | None:
    if not sender:
        return None
    zone = _sender_zone(envelope)
    blocks, refused = measure([Label(who="sender", lines=sender)], zone.width, zone.height)
    if refused:
        raise UsageError(
            f"The return address cannot be printed on {envelope.name}: {refused[0].reason}.",
            hint="Shorten your address in the settings, or choose a larger envelope.",
        )
    return blocks[0]


def _draw(sheet: Sheet, block: Block, zone: Box, size_pt: float, *, centre: float) -> None:
    first = block.first_baseline(zone, size_pt, centre=centre)
    block.draw(sheet, zone.x, zone.x + block.width * size_pt / MM, first, size_pt)
