"""Whether a greeting card goes into an envelope: with air to slide in, without room to tumble about."""

from __future__ import annotations

import math

from relcard.domain.printing.card_size import INCH

_LEAST = 3.0  # mm on each measure: US A2 leaves its card no more, and a folded card is thicker at its back
_ROUNDING = 0.02  # sixteenths: tables give inches in tenths or hundredths of a millimetre
_MOST = 30.0  # mm: beyond it the card slides, and its corner finds the window of a sorting machine


def misfit(card_w: float, card_h: float, envelope_w: float, envelope_h: float) -> str:
    """Say how a card, folded, misses an envelope (mm): "8 mm too long", "58 mm of air"; "" when it fits.

    Either may be turned: the longer sides lie together. The air it slides in on counts as the card's.
    """
    length = max(envelope_w, envelope_h) - max(card_w, card_h)
    height = min(envelope_w, envelope_h) - min(card_w, card_h)
    if length < _LEAST:
        return f"{math.ceil(_LEAST - length)} mm too long"
    if height < _LEAST:
        return f"{math.ceil(_LEAST - height)} mm too high"
    return f"{max(length, height):.0f} mm of air: it will slide" if max(length, height) > _MOST else ""


def is_inches(side: float) -> bool:
    """Whether a measure in mm was cut to inches: whole sixteenths of one."""
    sixteenths = side / INCH * 16
    return abs(sixteenths - round(sixteenths)) < _ROUNDING
