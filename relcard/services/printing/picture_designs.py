"""Designs as pictures: each front as it prints, with the words of the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.errors import RelcardError
from relcard.paper.fronts.front import set_front
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
    for design in designs:
        try:
            fronts.append((design.name, _front(design, size, language, year, folders)))
        except RelcardError as error:
            broken.append((design.name, error.message))
    return (
        fronts_picture(fronts, size),
        [(name, front_picture(front, size)) for name, front in fronts if each],
        broken,
    )


def _front(design: Design, size: CardSize, language: str, year: int, folders: Sequence[Path]) -> Front:
    greeted = {template.occasion for template in templates.list_templates(folders)}
    words = design.title
    occasion = next(iter((*design.default_for, *design.occasions)), "")
    if occasion in greeted:
        context = templates.TemplateContext(occasion=occasion, language=language, year=year)
        words = rendering.render(context, folders).front
    try:
        return set_front(words, design, size, as_sample=True)
    except RelcardError:
        return set_front("", design, size, as_sample=True)  # a small card, and words too long for it
