"""Designs looked at before they print."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from relcard.domain.printing.card_size import A6
from relcard.files import packaged_templates
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.design_library import list_designs
from relcard.paper.fronts.design_library import own_folder
from relcard.services.printing import designs as module
from relcard.services.printing.designs import check_design
from relcard.services.printing.designs import picture_designs

if TYPE_CHECKING:
    from pathlib import Path

TOML = 'title = "Mine"\nlayout = "above"\nart = "a.svg"\n'
START = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">\n'


@pytest.mark.parametrize("name", [one.name for one in list_designs()])
def test_ours_are_sound(name: str) -> None:
    """Nothing is wrong with a design that comes with relcard."""
    ours = packaged_templates()
    assert ours is not None
    assert check_design(ours / "designs" / name, A6) == ()


def test_everything_in_a_drawing_is_named(tmp_path: Path) -> None:
    """What is not drawn is listed with the line of each, not only the first."""
    (tmp_path / "card.toml").write_text(TOML)
    (tmp_path / "a.svg").write_text(
        START + "<text>x</text>\n<rect width='1' height='1' filter='url(#a)'/>\n</svg>"
    )
    first, second = check_design(tmp_path, A6)
    assert first.startswith("a.svg:2: text is not drawn")
    assert second == "a.svg:3: filter is not drawn."


def test_a_back_line_in_a_script_the_face_lacks(tmp_path: Path) -> None:
    """A line for the back that could not be printed is named by its character."""
    (tmp_path / "card.toml").write_text(TOML + 'back = "印刷"\n', encoding="utf-8")
    (tmp_path / "a.svg").write_text(START + "<circle r='9' cx='20' cy='20'/></svg>")
    (problem,) = check_design(tmp_path, A6)
    assert "印" in problem
    (tmp_path / "card.toml").write_text(TOML + f'back = "{"W" * 60}"\n')
    (problem,) = check_design(tmp_path, A6)
    assert "mm too wide" in problem


def test_a_picture_too_small_for_the_card(tmp_path: Path) -> None:
    """A picture is sharp, soft or too coarse on the size of card it is checked for."""
    (tmp_path / "card.toml").write_text('title = "Mine"\nlayout = "panel"\nart = "a.png"\n')
    for pixels, said in ((1600, ""), (700, "and more look sharp"), (300, "120 are the least")):
        Image.new("RGB", (pixels, pixels), (50, 50, 50)).save(tmp_path / "a.png")
        assert said in " ".join(check_design(tmp_path, A6))
        assert bool(check_design(tmp_path, A6)) == bool(said)


def test_each_front_has_the_words_of_its_occasion() -> None:
    """A design shows what a template prints for its occasion, in the user's language, or else its title."""
    words = {
        name: module._words(find_design(name), {"birthday", "wedding"}, "de", 2026, ())
        for name in ("birthday", "rings", "photo")
    }
    assert words["birthday"] == "Zum Geburtstag"
    assert words["rings"] == "Zur Hochzeit"
    assert words["photo"] == "Your picture, framed in white"


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
