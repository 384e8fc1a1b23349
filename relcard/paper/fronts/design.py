"""What a design says: how the front of a greeting card looks, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from relcard.paper.text.faces import Face

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.paper.fronts.svg_shapes import Colour


class Layout(Enum):
    """Where the art of a front stands."""

    ABOVE = "above"  # over the words, both centred as one group
    HUNG = "hung"  # hangs from the upper edge, the words beneath
    LOW = "low"  # stands on the lower edge, the words above
    SIDE = "side"  # runs up the left edge, repeated from foot to head
    FRAME = "frame"  # one corner, mirrored into all four, fine lines between
    AROUND = "around"  # the words stand within it
    WORDS = "words"  # none: the words alone
    WINDOW = "window"  # a picture in a white border, the words beneath
    PANEL = "panel"  # a picture over the whole panel, the words on a strip of paper at its foot

    @property
    def takes_photo(self) -> bool:
        """Whether a photograph can be put into it."""
        return self in (Layout.WINDOW, Layout.PANEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A fine line: its width in points."""

    width_pt: float
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How the words of a front are set: from the size wished for to the smallest, in points."""

    face: Face = Face.SERIF
    largest: float = 18.0
    smallest: float = 15.0
    colour: Colour = (0.24, 0.24, 0.24)  # dark, and plainly not the blue or black of a pen
    align: str = "centre"  # or left
    box: tuple[float, float, float, float] | None = None  # within the art: x, y, width, height in its units


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """The look of a front; `careful` says that it may go to a household in its careful year."""

    name: str
    title: str
    folder: Path
    layout: Layout
    occasions: tuple[str, ...]
    default_for: tuple[str, ...]
    careful: bool
    art: Path | None
    words: Words
    rule: Rule | None
    back: str
    is_packaged: bool
