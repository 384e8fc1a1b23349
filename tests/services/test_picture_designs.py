from __future__ import annotations

from io import BytesIO

from PIL import Image

from relcard.domain.card_size import A6
from relcard.paper.designs import find_design
from relcard.services import picture_designs as module
from relcard.services.picture_designs import picture_designs


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
    sheet, each = picture_designs(designs, A6, year=2026)
    assert [name for name, _ in each] == ["letterpress", "photo"]
    for data in (sheet, each[0][1]):
        with Image.open(BytesIO(data)) as image:
            assert image.format == "PNG"
    assert picture_designs(designs, A6, year=2026, each=False)[1] == []
