from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.card_size import A6
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.paper.fronts.art import load_art
from relcard.paper.fronts.design import Layout
from relcard.paper.fronts.design_library import list_designs
from relcard.paper.fronts.layouts import growth
from relcard.paper.fronts.layouts import place

if TYPE_CHECKING:
    from relcard.paper.fronts.design import Design

DESIGNS = list_designs()


def test_growth_has_limits() -> None:
    """A thing is as large as designed on A6, and neither a dot nor a poster elsewhere."""
    assert growth(A6) == 1
    assert growth(replace(A6, panel_w=500, panel_h=500)) == 1.4
    assert growth(replace(A6, panel_w=50, panel_h=50)) == 0.8


@settings(max_examples=80)
@given(st.sampled_from(DESIGNS), st.floats(85, 230), st.floats(85, 230), st.booleans())
def test_on_any_panel_everything_has_its_place(
    design: Design, width: float, height: float, has_words: bool
) -> None:
    """On a panel of any shape the words have an area within the margins, and art stays on the paper."""
    size = replace(A6, panel_w=width, panel_h=height)
    art = load_art(design.art) if design.art else None
    places = place(design, size, art, has_words=has_words)
    panel = Box(0, 0, width, height)
    if has_words:
        inner = panel.inset(size.margin, size.margin, size.margin, size.margin)
        assert inner.contains(places.words, within=0.01)
        assert min(places.words.width, places.words.height) > 8
    shown = places.window or places.art
    if shown is not None:
        border = panel.inset(PRINTER_MARGIN, PRINTER_MARGIN, PRINTER_MARGIN, PRINTER_MARGIN)
        assert border.contains(shown, within=0.01)
        assert min(shown.width, shown.height) > 5


@pytest.mark.parametrize("design", DESIGNS, ids=lambda one: one.name)
def test_drawings_keep_their_shape(design: Design) -> None:
    """No drawing is stretched: it is as wide to its height as its own box."""
    if design.art is None:
        return
    art = load_art(design.art)
    for size in (A6, replace(A6, panel_w=148.5, panel_h=105)):
        box = place(design, size, art, has_words=True).art
        assert box is not None
        repeats = place(design, size, art, has_words=True).repeats
        assert design.layout is Layout.SIDE or repeats == 1
        assert box.width / (box.height / repeats) == pytest.approx(art.width / art.height, rel=1e-6)
