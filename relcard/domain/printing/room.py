"""The room a greeting card keeps for the pen, and the hand that writes in it.

The room is computed first, from the card's size, the circle and the hand, and never from the words: text
gives way, room does not. All lengths are millimetres; y runs downwards from a panel's top edge.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import quoted
from relcard.errors import InkContractError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from relcard.domain.people.circle import CircleRule
    from relcard.domain.printing.card_size import CardSize

# Between the last printed line and the room stands this many line pitches of the hand, so that the first
# written line does not cling to the type.
GAP_IN_PITCHES = 1.5
PITCHES = (3.0, 30.0)  # mm from line to line: narrower and wider no hand writes
WORDS = (1.0, 30.0)  # on 10 cm
_EPSILON = 1e-9  # 7 lines of 8.3 mm are 58.1 mm, also for a computer


class _HandMeasures(NamedTuple):
    pitch_mm: float
    words_per_10cm: float


class Hand(_HandMeasures):
    """The user's handwriting, measured: from line to line in mm, and words on 10 cm of a line."""

    __slots__ = ()

    def __new__(cls, *, pitch_mm: float = 8.0, words_per_10cm: float = 6.0) -> Self:
        """Make a hand; raises `UsageError` for one that cannot write."""
        if not (0 < pitch_mm < math.inf and 0 < words_per_10cm < math.inf):
            raise UsageError(
                f"No hand writes at {pitch_mm:g} mm a line and {words_per_10cm:g} words on 10 cm.",
                hint="Measure five lines of your writing: a fifth of it is the pitch, mostly 7 to 10 mm.",
            )
        return super().__new__(cls, pitch_mm, words_per_10cm)


class Room(NamedTuple):
    """Blank space for the pen on the panel it writes on; x and y run from the panel's top left corner.

    The panel is the inside right, the lower inside of a card that opens upwards, or the back of a postcard.

    `lines` are those promised; where print would have no space and the pen gets the whole inside, one more
    may fit. `share` is the room's part of the writing area, `printable_mm` what stands above it for printed
    words, the gap already taken off: 0 when the whole inside belongs to the pen.
    """

    lines: int
    words: int
    share: float
    x: float
    y: float
    width: float
    height: float
    printable_mm: float

    @property
    def area_mm2(self) -> float:
        """The reserved rectangle in square millimetres."""
        return self.width * self.height

    @property
    def is_whole_inside(self) -> bool:
        """Whether nothing may be printed inside at all."""
        return self.printable_mm <= 0


@lru_cache(maxsize=64)
def room_for(size: CardSize, rule: CircleRule, hand: Hand) -> Room:
    """Return the room a card of this size keeps for a household of this circle.

    It is the lower part of the writing area: the circle's share of it or the circle's lines of this hand,
    whichever is more, in whole lines. Where the circle is promised the whole inside, or the lines leave no
    space for print, the room is the whole writing area. Raises `InkContractError` when the card cannot hold
    the promised lines, with the millimetres and the sizes that could.
    """
    promised = max(rule.room_lines, 1)
    full = _full_lines(size, hand)
    if full < promised:
        missing = promised * hand.pitch_mm - size.writing_h
        raise InkContractError(
            f"{size.name} is {size.writing_h:g} mm high between its margins and holds {full} lines"
            f" at {hand.pitch_mm:g} mm; this circle is promised {promised}: {missing:.1f} mm are missing.",
            hint=_instead(rule, hand),
        )
    share = _whole(rule.room_share * size.writing_h / hand.pitch_mm, math.ceil)
    lines = min(max(share, promised), full)
    height = lines * hand.pitch_mm
    printable = size.writing_h - height - GAP_IN_PITCHES * hand.pitch_mm
    if printable <= 0:  # so it is for a share of 1: what whole lines leave is less than the gap
        height, printable = size.writing_h, 0.0
    return Room(
        lines=lines,
        words=int(lines * size.writing_w / 100 * hand.words_per_10cm + _EPSILON),
        share=height / size.writing_h,
        x=size.margin,
        y=size.margin + size.writing_h - height,
        width=size.writing_w,
        height=height,
        printable_mm=printable,
    )


def sizes_with_room(rule: CircleRule, hand: Hand) -> tuple[CardSize, ...]:
    """Return the sizes of greeting card that hold what a circle is promised, in the order of the table."""
    from relcard.domain.printing.card_size import SIZES  # noqa: PLC0415  6 ms of every command that reads settings

    return tuple(size for size in SIZES.values() if _full_lines(size, hand) >= max(rule.room_lines, 1))


def _full_lines(size: CardSize, hand: Hand) -> int:
    return max(0, _whole(size.writing_h / hand.pitch_mm, math.floor))


def _instead(rule: CircleRule, hand: Hand) -> str:
    enough = ", ".join(size.name for size in sizes_with_room(rule, hand))
    if enough:
        return f"These would do: {enough} (--card, or relcard settings set card)."
    return "No size would do: choose a smaller line pitch or fewer lines: relcard settings"


def check_fits(text_height_mm: float, room: Room, *, line_mm: float, who: str = "") -> None:
    """Refuse printed words that would eat the room; `line_mm` is the height one printed line takes.

    Raises `InkContractError` with the missing millimetres and the lines to lose.
    """
    missing = text_height_mm - room.printable_mm
    if missing <= _EPSILON:
        return
    too_many = max(1, math.ceil(missing / line_mm - _EPSILON))
    lines = "1 line" if too_many == 1 else f"{too_many} lines"
    step = f"relcard draft edit {quoted(who)}" if who else "relcard draft edit WHO"
    if room.is_whole_inside:
        raise InkContractError(
            f"The whole inside belongs to the pen; {text_height_mm:.1f} mm of printed words stand in it.",
            hint=f"Keep the words on the front: {step}",
        )
    shorter = f"Shorten the text by {lines}: {step}"
    bare = f"No line fits there: choose a larger card with --card, or keep the words on the front: {step}"
    raise InkContractError(
        f"The printed words are {missing:.1f} mm too tall: they need {text_height_mm:.1f} mm, and above the"
        f" room of {room.lines} lines there are {room.printable_mm:.1f} mm.",
        hint=bare if room.printable_mm < line_mm - _EPSILON else shorter,
    )


def _whole(number: float, rounding: Callable[[float], int]) -> int:
    nearest = round(number)
    return nearest if abs(number - nearest) < _EPSILON else rounding(number)
