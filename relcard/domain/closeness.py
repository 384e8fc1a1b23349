"""How near a contact is: the circle is the user's word, and with it come room, cadence and manners."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Circle(Enum):
    """How near someone is, as the user says; never computed, never changed by the program."""

    INNER = "inner"
    CLOSE = "close"
    FRIEND = "friend"
    WIDE = "wide"
    NONE = "none"

    @property
    def nearness(self) -> int:
        """0 for the nearest; a household has its nearest member's circle."""
        return tuple(Circle).index(self)


class AddressMode(Enum):
    """How the envelope gets its address."""

    HAND = "hand"  # written by hand, from the crib
    LABEL = "label"


class Sending(Enum):
    """Whether a circle's households are in a season from the start."""

    ALWAYS = "always"  # the no-cut clause
    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleRule:
    """What a circle means in practice. Every number may be changed in the settings.

    `room_share` is the least part of the inside's writing area kept for the pen (1.0: the whole inside, print
    only on the front), `room_lines` the least number of lines of the user's hand, `cadence_days` how long may
    pass without a word (None: no reminder).
    """

    cadence_days: int | None
    room_share: float
    room_lines: int
    address_mode: AddressMode
    sending: Sending


RULES: dict[Circle, CircleRule] = {
    Circle.INNER: CircleRule(
        cadence_days=14, room_share=1.0, room_lines=7, address_mode=AddressMode.HAND, sending=Sending.ALWAYS
    ),
    Circle.CLOSE: CircleRule(
        cadence_days=30, room_share=0.60, room_lines=7, address_mode=AddressMode.HAND, sending=Sending.YES
    ),
    Circle.FRIEND: CircleRule(
        cadence_days=120, room_share=0.40, room_lines=5, address_mode=AddressMode.LABEL, sending=Sending.YES
    ),
    Circle.WIDE: CircleRule(
        cadence_days=365, room_share=0.25, room_lines=3, address_mode=AddressMode.LABEL, sending=Sending.ASK
    ),
    Circle.NONE: CircleRule(
        cadence_days=None, room_share=0.25, room_lines=3, address_mode=AddressMode.LABEL, sending=Sending.NO
    ),
}


def nearest(circles: list[Circle]) -> Circle:
    """Return the nearest of several circles; NONE for none."""
    return min(circles, key=lambda circle: circle.nearness, default=Circle.NONE)
