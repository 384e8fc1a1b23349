from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from relcard.domain.printing.card_size import A6
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.design_library import own_folder
from relcard.services.printing import picture_designs as module
from relcard.services.printing.picture_designs import picture_designs

if TYPE_CHECKING:
    from pathlib import Path


def test_each_front_has_the_words_of_its_occasion() -> None:
    """A design shows what a template prints for its occasion, in the user's language, or else its title."""
    words = {
        name: " ".join(module._front(find_design(name), A6, "de", 2026, ()).words.lines)
        for name in ("birthday", "frame", "photo")
    }
    assert words["birthday"] == "Herzlichen Glückwunsch"
    assert words["frame"] == "A fine border with leaves"
    assert words["photo"] == "Your picture in a white border"


def test_pictures_are_png() -> None:
    """All on one sheet, and each alone when that is wanted."""
    designs = [find_design("letterpress"), find_design("photo")]
    sheet, each, broken = picture_designs(designs, A6, year=2026)
    assert broken == []
    assert [name for name, _ in each] == ["letterpress", "photo"]
    for data in (sheet, each[0][1]):
        with Image.open(BytesIO(data)) as image:
            assert image.format == "PNG"
    assert picture_designs(designs, A6, year=2026, each=False)[1] == []


def test_a_design_that_cannot_be_drawn_costs_no_other(tmp_path: Path) -> None:
    """It is named with the reason, and the rest stand on the sheet."""
    folder = own_folder(tmp_path) / "mine"
    folder.mkdir(parents=True)
    (folder / "card.toml").write_text('title = "Mine"\nlayout = "above"\nart = "a.svg"\n')
    (folder / "a.svg").write_text("<svg/>")
    designs = [find_design("mine", [tmp_path]), find_design("letterpress")]
    _, each, broken = picture_designs(designs, A6, year=2026)
    assert [name for name, _ in each] == ["letterpress"]
    assert broken == [("mine", "a.svg:1: svg: there is no viewBox.")]
