"""The sizes of greeting cards: one table, how each is folded, where the pen writes, which envelope it fits.

All lengths are millimetres; x and y run from the top left corner of a panel, which is one face of the card.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from typing import Literal

from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

Page = Literal["A4", "Letter"]  # the sheets that printers at home take
INCH = 25.4
# mm on each measure of an envelope: US A2 leaves its card no more, and a folded card is thicker at its back.
_LEAST_AIR = 3.0
_ROUNDING = 0.02  # sixteenths: tables give inches in tenths or hundredths of a millimetre
_MOST_AIR = 30.0  # mm: beyond it the card slides, and its corner finds the window of a sorting machine
_GUTTER = 5.0  # between the message of a postcard and the half that belongs to the address


class FoldKind(Enum):
    """How a sheet becomes a greeting card."""

    SIDE = "side fold"  # printed on both sides, folded once, opens as a book
    TOP = "top fold"  # printed on both sides, folded once, opens upwards
    QUARTER = "quarter fold"  # printed on one side, folded twice, opens as a book
    FLAT = "postcard"  # not folded: the front, and behind it message and address


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSize:
    """A greeting card: the size of one panel, its fold, and what is kept clear of pen and print.

    `margin` is the same on all four sides. `foot` is the strip at the lower edge of a postcard's back that
    belongs to the post's machines: USPS DMM 202 asks for 5/8 inch, Deutsche Post for 15 mm.
    """

    name: str
    panel_w: float
    panel_h: float
    fold: FoldKind = FoldKind.SIDE
    margin: float = 12.0
    foot: float = 0.0
    also: tuple[str, ...] = ()  # what other people call it
    inches: bool = False  # cut to inches: said in inches, and the print shop's bleed is an eighth of one

    @property
    def is_folded(self) -> bool:
        """Whether it has an inside; a postcard has a message half instead."""
        return self.fold is not FoldKind.FLAT

    @property
    def front_w(self) -> float:
        """Width of the front within its margins."""
        return self.panel_w - 2 * self.margin

    @property
    def writing_w(self) -> float:
        """Width of the writing area: the inside panel within its margins, or a postcard's left half."""
        return self.front_w if self.is_folded else self.panel_w / 2 - self.margin - _GUTTER

    @property
    def writing_h(self) -> float:
        """Height of the writing area, which begins at the margin from the left and from the top."""
        return self.panel_h - self.margin - max(self.margin, self.foot)

    @property
    def writing_place(self) -> str:
        """Where the pen writes, in words for the user."""
        if not self.is_folded:
            return "message half"
        return "lower inside" if self.fold is FoldKind.TOP else "inside"

    @property
    def flat_w(self) -> float:
        """Width of the unfolded paper."""
        return self.panel_w * (2 if self.fold in (FoldKind.SIDE, FoldKind.QUARTER) else 1)

    @property
    def flat_h(self) -> float:
        """Height of the unfolded paper."""
        return self.panel_h * (2 if self.fold in (FoldKind.TOP, FoldKind.QUARTER) else 1)

    @property
    def bleed(self) -> float:
        """How far a print shop wants ink to reach over the edge."""
        return INCH / 8 if self.inches else 3.0

    @property
    def measures(self) -> str:
        """Width and height in the unit it is cut to: "105 × 148.5 mm", "5 × 7 in"."""
        if self.inches:
            return f"{self.panel_w / INCH:.4g} × {self.panel_h / INCH:.4g} in"
        return f"{self.panel_w:g} × {self.panel_h:g} mm"


def _inches(name: str, width: float, height: float, fold: FoldKind, *also: str, **more: float) -> CardSize:
    return CardSize(
        name=name,
        panel_w=round(width * INCH, 3),
        panel_h=round(height * INCH, 3),
        fold=fold,
        also=also,
        inches=True,
        **more,
    )


A6 = CardSize(name="A6", panel_w=105.0, panel_h=148.5)
QUARTER_LETTER = _inches("quarter-letter", 4.25, 5.5, FoldKind.QUARTER, "letter", "quarter-fold letter")
_TABLE = (
    A6,
    CardSize(
        name="A5", panel_w=148.5, panel_h=210.0, margin=15.0, also=("half-A4", "half-fold A4", "A5-side")
    ),
    CardSize(
        name="A5-top",
        panel_w=210.0,
        panel_h=148.5,
        fold=FoldKind.TOP,
        margin=15.0,
        also=("half-A4-top", "half-fold top A4"),
    ),
    CardSize(
        name="quarter-A4",
        panel_w=105.0,
        panel_h=148.5,
        fold=FoldKind.QUARTER,
        also=("quarter-fold A4",),
    ),
    _inches("5x7", 5, 7, FoldKind.SIDE, "A7", "7x5"),
    _inches("A2", 5.5, 4.25, FoldKind.TOP, "5.5x4.25", "A2-top"),
    _inches("A2-side", 4.25, 5.5, FoldKind.SIDE, "4.25x5.5"),
    QUARTER_LETTER,
    _inches(
        "half-letter",
        5.5,
        8.5,
        FoldKind.SIDE,
        "A9",
        "5.5x8.5",
        "half-fold letter",
        "half-letter-side",
        margin=15.0,
    ),
    _inches(
        "half-letter-top", 8.5, 5.5, FoldKind.TOP, "A9-top", "8.5x5.5", "half-fold top letter", margin=15.0
    ),
    CardSize(
        name="postcard-A6",
        panel_w=148.5,
        panel_h=105.0,
        fold=FoldKind.FLAT,
        margin=8.0,
        foot=15.0,
        also=("A6 postcard",),
    ),
    _inches(
        "postcard-6x4",
        6,
        4,
        FoldKind.FLAT,
        "6x4",
        "4x6",
        "6x4 postcard",
        "US postcard",
        margin=8.0,
        foot=round(5 / 8 * INCH, 3),
    ),
    CardSize(
        name="hagaki",
        panel_w=148.0,
        panel_h=100.0,
        fold=FoldKind.FLAT,
        margin=8.0,
        also=("postcard-hagaki", "JP postcard"),
    ),
)
SIZES: dict[str, CardSize] = {size.name: size for size in _TABLE}

# Names that mean another size on another sheet.
_BY_PAGE: Mapping[str, Mapping[Page, str]] = {
    "half": {"A4": "A5", "Letter": "half-letter"},
    "halftop": {"A4": "A5-top", "Letter": "half-letter-top"},
    "quarter": {"A4": "quarter-A4", "Letter": "quarter-letter"},
    "postcard": {"A4": "postcard-A6", "Letter": "postcard-6x4"},
}


def find_size(name: str, *, page: Page = "A4") -> CardSize:
    """Return the size called `name`, whatever the case, spaces and hyphens.

    "half-fold", "half-fold top", "quarter-fold" and "postcard" mean the one that belongs to the `page`, A4 or
    Letter. Raises `NotFoundError` naming the sizes there are.
    """
    wanted = _key(name)
    if wanted in _BY_PAGE:
        return SIZES[_BY_PAGE[wanted][page]]
    for size in SIZES.values():
        if wanted in map(_key, (size.name, *size.also)):
            return size
    raise NotFoundError(f'No greeting card has the size "{name}".', hint=f"There are {', '.join(SIZES)}.")


def _key(name: str) -> str:
    """Reduce a name to its letters and digits; "half-fold" is "half", "5 × 7 in" is "5x7"."""
    bare = re.sub(r"[^0-9a-z.]", "", name.casefold().replace("×", "x").replace("fold", ""))
    return re.sub(r"(?<=\d)in(?:ch(?:es)?)?$", "", bare)


def misfit(card_w: float, card_h: float, envelope_w: float, envelope_h: float) -> str:
    """Say how a card, folded, misses an envelope (mm): "8 mm too long", "58 mm of air"; "" when it fits.

    Either may be turned: the longer sides lie together. The air it slides in on counts as the card's.
    """
    length = max(envelope_w, envelope_h) - max(card_w, card_h)
    height = min(envelope_w, envelope_h) - min(card_w, card_h)
    if length < _LEAST_AIR:
        return f"{math.ceil(_LEAST_AIR - length)} mm too long"
    if height < _LEAST_AIR:
        return f"{math.ceil(_LEAST_AIR - height)} mm too high"
    return f"{max(length, height):.0f} mm of air: it will slide" if max(length, height) > _MOST_AIR else ""


def is_inches(side: float) -> bool:
    """Whether a measure in mm was cut to inches: whole sixteenths of one."""
    sixteenths = side / INCH * 16
    return abs(sixteenths - round(sixteenths)) < _ROUNDING
