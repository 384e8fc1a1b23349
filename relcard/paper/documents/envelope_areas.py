"""Where words may stand on an envelope, and where the post wants none. Numbers only, in millimetres.

Three books of rules meet here. USPS Publication 28 (appendix A1) and DMM 202: the lowest 5/8 inch is kept
for the bar code, half an inch is clear at both sides, and on a letter the address begins no more than 2 3/4
inches above the foot. The Universal Postal Union's regulations for the letter post: 40 mm from the head,
15 mm from the right and not farther than 140 mm from it; the stamp has the 74 mm by 40 mm of its corner.
Royal Mail sprays its code marks at the foot and the right: 18 mm and 15 mm stay clear for them. An American
sender keeps the first, a British one the others, anybody else whatever is stricter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import Box

if TYPE_CHECKING:
    from relcard.domain.printing.stock import Envelope

MARGIN = 8.0  # mm, round the return address
STAMP_WIDTH, STAMP = 74.0, 40.0  # mm of the corner on the right, and of the whole head
_LETTER_HEIGHT = 155.6  # mm: 6 1/8 inches, beyond which it is no letter and the rule of the height falls away
_BEGINS = 69.8  # mm from the foot: 2 3/4 inches
_START = 0.45  # of the width: where the address begins
_SENDER_WIDTH = 0.5  # of the width
_FLAP_DEPTH, _FLAP_WIDTH = 0.3, 0.4  # of the height and the width: inside a straight flap and a pointed one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What a post asks: clear at the foot and at the right, and how far from it the address may begin."""

    foot: float
    right: float
    farthest: float | None
    begins: float | None


_UNITED_STATES = _Rule(foot=15.9, right=12.7, farthest=None, begins=_BEGINS)
_ROYAL_MAIL = _Rule(foot=18.0, right=15.0, farthest=140.0, begins=None)
_STRICTEST = _Rule(foot=18.0, right=15.0, farthest=140.0, begins=_BEGINS)
_RULES = {
    **dict.fromkeys(("US", "AS", "GU", "MP", "PR", "VI"), _UNITED_STATES),
    **dict.fromkeys(("GB", "GG", "IM", "JE"), _ROYAL_MAIL),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvelopeAreas:
    """The areas of an envelope's front, from its top-left corner: `stamp` and `foot` stay blank."""

    address: Box
    sender: Box
    stamp: Box
    foot: Box


def envelope_areas(envelope: Envelope, country: str = "", *, margin: float = MARGIN) -> EnvelopeAreas:
    """Return the areas that the post of the sender's country (ISO 3166-1 alpha-2, "" for any) wants.

    `margin` is what stays blank round the return address.
    """
    width, height = envelope.width, envelope.height
    rule = _RULES.get(country, _STRICTEST)
    left = _START * width
    if rule.farthest is not None:
        left = max(left, width - rule.farthest)
    top = STAMP
    if rule.begins is not None and height <= _LETTER_HEIGHT:
        top = max(top, height - rule.begins)
    sender = min(_SENDER_WIDTH * width, width - STAMP_WIDTH)
    return EnvelopeAreas(
        address=Box(left, top, width - rule.right - left, height - top - rule.foot),
        sender=Box(margin, margin, sender - margin, STAMP - margin),
        stamp=Box(width - STAMP_WIDTH, 0, STAMP_WIDTH, STAMP),
        foot=Box(0, height - rule.foot, width, rule.foot),
    )


def flap_area(envelope: Envelope, *, margin: float = MARGIN) -> Box:
    """Return where a return address fits the flap of a closed envelope: its back, the fold at the head.

    The box lies within a straight flap of a third of the height, and within a pointed one of half of it.
    """
    width = _FLAP_WIDTH * envelope.width
    return Box((envelope.width - width) / 2, margin, width, _FLAP_DEPTH * envelope.height - margin)
