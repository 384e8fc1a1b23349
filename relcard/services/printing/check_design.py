"""What is wrong with a design: its `card.toml`, its art, and whether words find their place on a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.errors import RelcardError
from relcard.paper.fronts.design import TOML
from relcard.paper.fronts.design_library import examine_design
from relcard.paper.fronts.front import set_front
from relcard.paper.fronts.photos import GOOD_DPI
from relcard.paper.fronts.photos import open_photo
from relcard.paper.fronts.svg import examine_svg
from relcard.paper.fronts.svg import svg_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.design import Design

_WORDS = "With good wishes\nto all of you"  # as long as the fronts of greeting cards are


def check_design(folder: Path, size: CardSize) -> tuple[str, ...]:
    """Return everything that is wrong with the design in a folder, each in a sentence with its file."""
    design, faults = examine_design(folder)
    problems = [f"{TOML}: {fault}" for fault in faults]
    if design is not None:
        problems += _art_problems(design)
    if design is not None and not problems:
        problems += _front_problems(design, size)
    return tuple(problems)


def _art_problems(design: Design) -> list[str]:
    if design.art is None:
        return []
    name = design.art.name
    try:
        if design.art.suffix.lower() != ".svg":
            open_photo(design.art)
            return []
        _, faults = examine_svg(svg_bytes(design.art))
    except RelcardError as error:
        return [f"{error.message} {error.hint}"]
    return [f"{name}:{line}: {message}" for line, message in faults]


def _front_problems(design: Design, size: CardSize) -> list[str]:
    try:
        front = set_front(_WORDS, design, size, as_sample=True)
    except RelcardError as error:
        return [f"on {size.name}: {error.message} {error.hint}"]
    if front.dpi is not None and front.dpi < GOOD_DPI:
        name = design.art.name if design.art else "art"
        return [
            f"{name}: on {size.name} it has {front.dpi:.0f} pixels an inch; {GOOD_DPI} and more look sharp."
        ]
    return []
