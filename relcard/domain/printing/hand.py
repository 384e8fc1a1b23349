"""The hand, measured: two lengths taken with a ruler become a pitch and words on ten centimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Sending
from relcard.domain.printing.card_size import INCH
from relcard.domain.printing.room import PITCHES
from relcard.domain.printing.room import WORDS
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.errors import InkContractError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.circle import CircleRule
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.room import Room

_LINES = 5
_WORDS = 10
_UNITS = (("In cm", 10.0), ("In inches", INCH))  # in which a ruler may have been read, with its mm
_COMMON_PITCH, _COMMON_REACH = (6.0, 13.0), (110.0, 300.0)  # mm: a line of most hands, ten of their words


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleRoom:
    """What a circle's room is to a hand; `room` is None where the card cannot hold it, `reason` says why."""

    circle: Circle
    room: Room | None
    reason: str = ""


def circle_rooms(size: CardSize, rules: Mapping[Circle, CircleRule], hand: Hand) -> tuple[CircleRoom, ...]:
    """Return the room of each circle in lines and words of the hand, but of one nobody ever writes to."""
    rooms = []
    for circle, rule in rules.items():
        if rule.cadence_days is None and rule.sending is Sending.NO:
            continue
        try:
            rooms.append(CircleRoom(circle=circle, room=room_for(size, rule, hand)))
        except InkContractError as error:
            rooms.append(CircleRoom(circle=circle, room=None, reason=error.message))
    return tuple(rooms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was measured of a hand, in mm: five pitches and ten words together, or each divided already."""

    five_lines: float | None = None
    ten_words: float | None = None
    pitch: float | None = None
    words: float | None = None  # on 10 cm


def measured_hand(before: Hand, measured: Measured) -> Hand:
    """Return the hand that was measured; what is not said stays as it was before.

    Raises `UsageError` for what no hand does, with what was probably meant.
    """
    return Hand(
        pitch_mm=round(_pitch(before, measured), 1), words_per_10cm=round(_words(before, measured), 1)
    )


def _pitch(before: Hand, measured: Measured) -> float:
    five_lines, pitch = measured.five_lines, measured.pitch
    if five_lines is not None:
        if not _within(five_lines / _LINES, PITCHES):
            a_line = round(five_lines / _LINES, 1)
            raise UsageError(
                f"Five lines on {five_lines:g} mm are {a_line:g} mm a line; no hand writes so.",
                hint=_lines_meant(five_lines, measured.ten_words),
            )
        return five_lines / _LINES
    if pitch is None:
        return before.pitch_mm
    if not _within(pitch, PITCHES):
        raise UsageError(f"No hand writes at {pitch:g} mm a line.", hint=_pitch_meant(pitch))
    return pitch


def _words(before: Hand, measured: Measured) -> float:
    ten_words, words = measured.ten_words, measured.words
    if ten_words is not None:
        on_10cm = _WORDS * 100 / ten_words if ten_words > 0 else 0.0
        if not _within(on_10cm, WORDS):
            meant = _likely(ten_words, _COMMON_REACH, _UNITS)
            raise UsageError(
                f"Ten words on {ten_words:g} mm are {on_10cm:.0f} on 10 cm; no hand writes so.",
                hint=_advice(meant, "--ten-words", "ten words mostly reach 120 to 250 mm"),
            )
        return on_10cm
    if words is None:
        return before.words_per_10cm
    if not _within(words, WORDS):
        raise UsageError(
            f"No hand writes {words:g} words on 10 cm.",
            hint=f"Ten words that reach so far, in mm? --ten-words {words:g}"
            if _within(words, _COMMON_REACH)
            else "Mostly they are 4 to 9. To measure: relcard hand page",
        )
    return words


def _pitch_meant(pitch: float) -> str:
    if _within(pitch / _LINES, _COMMON_PITCH):
        return f"Five lines together? --five-lines {pitch:g}"
    return _advice(_likely(pitch, _COMMON_PITCH, _UNITS), "--pitch", "mostly 7 to 10 mm")


def _lines_meant(five_lines: float, ten_words: float | None) -> str:
    if ten_words is not None and _within(ten_words / _LINES, _COMMON_PITCH) and five_lines > ten_words:
        return f"The other way round? --five-lines {ten_words:g} --ten-words {five_lines:g}"
    if _within(five_lines, _COMMON_PITCH):
        return f"One line of {five_lines:g} mm? --pitch {five_lines:g}"
    common = (_COMMON_PITCH[0] * _LINES, _COMMON_PITCH[1] * _LINES)
    meant = _likely(five_lines, common, (*_UNITS, ("A decimal point forgotten", 0.1)))
    return _advice(meant, "--five-lines", "from the first line to the sixth, mostly 35 to 50 mm")


def _likely(
    value: float, common: tuple[float, float], units: tuple[tuple[str, float], ...]
) -> tuple[str, float] | None:
    """Return the unit in which a value would be a common one, and what it is in mm, or None."""
    for unit, factor in units:
        if _within(value * factor, common):
            return unit, value * factor
    return None


def _advice(meant: tuple[str, float] | None, option: str, otherwise: str) -> str:
    if meant is None:
        return f"Lengths are in mm: {otherwise}. To measure: relcard hand page"
    unit, length = meant
    return f"{unit}? That is {option} {length:.3g}"


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
