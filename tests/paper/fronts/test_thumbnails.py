from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from relcard.domain.printing.card_size import A6
from relcard.paper.fronts.design_folders import find_design
from relcard.paper.fronts.front import set_front
from relcard.paper.fronts.thumbnails import picture
from relcard.paper.fronts.thumbnails import sheet_of


def test_a_picture_has_the_shape_of_the_card() -> None:
    """The picture of a front is as high to its width as the card, and has the colours of its art."""
    front = set_front("Hello", find_design("winter"), A6)
    image = Image.open(BytesIO(picture(front, A6)))
    assert image.width / image.height == pytest.approx(105 / 148.5, abs=0.01)
    reds = [
        colour
        for _, colour in image.convert("RGB").getcolors(100_000) or []
        if colour[0] > 2 * colour[1] + 40
    ]
    assert reds


def test_the_sheet_shows_each_once() -> None:
    """On the sheet every front stands on its own piece of white, in rows of about the same length."""
    fronts = [
        (name, set_front("Hello", find_design(name), A6))
        for name in ("winter", "frame", "sprig", "bird", "hills")
    ]
    image = Image.open(BytesIO(sheet_of(fronts, A6))).convert("L")
    assert image.width > image.height * 0.8
    white = sum(count for count, value in image.getcolors() or [] if value == 255)
    assert 0.3 < white / (image.width * image.height) < 0.8
