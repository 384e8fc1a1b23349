"""How near a contact is: the circle is the user's word, and with it come room, cadence and manners."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from typing import Any
    from typing import TypeVar

    _Choice = TypeVar("_Choice", bound=Enum)


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
        return _NEARNESS[self]


_NEARNESS = {circle: number for number, circle in enumerate(Circle)}


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


class CircleRule(NamedTuple):
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


_LONGEST_CADENCE = 3660  # days: ten years
_MOST_LINES = 60


def rules_from_mapping(mapping: Mapping[str, object]) -> dict[Circle, CircleRule]:
    """Lay the user's numbers over the default rules, circle by circle.

    The mapping is circle -> entry -> value, for example `{"inner": {"cadence_days": 10}}`; "never" is the
    cadence that reminds nobody. Raises ValueError saying which entry is wrong and what it may be.
    """
    rules = dict(RULES)
    for name, changes in mapping.items():
        circle = _one_of(Circle, name, f"circles.{name}")
        if not hasattr(changes, "items"):
            raise ValueError(f"circles.{name}: expected entries, for example {{ cadence_days = 10 }}")
        values: dict[str, Any] = {}
        for entry, value in changes.items():
            values[entry] = _checked(entry, value, f"circles.{name}.{entry}")
        rules[circle] = rules[circle]._replace(**values)
    return rules


def _checked(entry: object, value: object, where: str) -> object:
    match entry:
        case "cadence_days":
            return None if value == "never" else _whole(value, 1, _LONGEST_CADENCE, where, ' or "never"')
        case "room_lines":
            return _whole(value, 1, _MOST_LINES, where, "")
        case "room_share":
            if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 1:
                raise ValueError(f"{where}: {value!r} is not a share above 0 and up to 1, such as 0.6")
            return float(value)
        case "address_mode":
            return _one_of(AddressMode, value, where)
        case "sending":
            return _one_of(Sending, value, where)
    raise ValueError(f"{where}: not an entry of a circle; use {_either(CircleRule._fields)}")


def _whole(value: object, least: int, most: int, where: str, otherwise: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{where}: {value!r} is not a whole number from {least} to {most}{otherwise}")
    return value


def _one_of(choices: type[_Choice], value: object, where: str) -> _Choice:
    for choice in choices:
        if choice.value == value:
            return choice
    raise ValueError(f"{where}: {value!r} is not known; use {_either([one.value for one in choices])}")


def _either(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"
