"""Designs looked at before they print: what is wrong with one, and pictures of their fronts."""

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
from relcard.paper.preview import front_picture
from relcard.paper.preview import fronts_picture
from relcard.templating import rendering
from relcard.templating import templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.front import Front

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


def picture_designs(
    designs: Sequence[Design],
    size: CardSize,
    *,
    language: str = "en",
    year: int,
    folders: Sequence[Path] = (),
    each: bool = True,
) -> tuple[bytes, list[tuple[str, bytes]], list[tuple[str, str]]]:
    """Return one PNG of all designs with their names, if wanted a PNG of `each` by name, and the broken.

    The words are those a template prints for the design's occasion, or else its title. A design that cannot
    be drawn at all is on no picture: its name and the reason stand in the third list.
    """
    fronts, broken = [], []
    greeted = {template.occasion for template in templates.list_templates(folders)}
    for design in designs:
        try:
            fronts.append(
                (design.name, _front(_words(design, greeted, language, year, folders), design, size))
            )
        except RelcardError as error:
            broken.append((design.name, error.message))
    return (
        fronts_picture(fronts, size),
        [(name, front_picture(front, size)) for name, front in fronts if each],
        broken,
    )


def _words(design: Design, greeted: set[str], language: str, year: int, folders: Sequence[Path]) -> str:
    """Return what a template prints for the design's occasion, or else the title of the design."""
    occasion = next(iter((*design.default_for, *design.occasions)), "")
    if occasion not in greeted:
        return design.title
    context = templates.TemplateContext(occasion=occasion, language=language, year=year)
    return rendering.render(context, folders)[0].front


def _front(words: str, design: Design, size: CardSize) -> Front:
    try:
        return set_front(words, design, size, as_sample=True)
    except RelcardError:
        return set_front("", design, size, as_sample=True)  # a small card, and words too long for it
