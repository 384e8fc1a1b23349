from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from relcard.domain.printing.card_size import A6
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.errors import InkContractError
from relcard.errors import UsageError
from relcard.paper.fronts.design import Layout
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.design_library import list_designs
from relcard.paper.fronts.front import set_front
from relcard.paper.fronts.photos import open_photo
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import advance
from relcard.paper.text.metrics import is_plain
from relcard.templating import rendering
from relcard.templating import templates
from tests.paper.paper_model import colours
from tests.paper.paper_model import designs_for
from tests.paper.paper_model import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.front import Front
    from relcard.paper.fronts.photos import Photo
    from tests.paper.paper_model import Picture

DPMM = 4  # pixels a mm
NAMES = [one.name for one in list_designs()]
BY_SIZE = pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)
BY_NAME = pytest.mark.parametrize("name", NAMES)
WORDS = "Good wishes\nfrom house to house"


def page(front: Front, *, bleed: float = 0.0, room: float = 0.0) -> bytes:
    """Return a PDF of a front, with `room` mm of paper about the panel."""
    size = front.size
    sheet = new_canvas(size.panel_w + 2 * room, size.panel_h + 2 * room, title="Front", face=Face.SERIF)
    with sheet.panel(Box(room, room, size.panel_w, size.panel_h)):
        front.draw(sheet, bleed=bleed)
    return sheet.to_bytes()


def grey(data: bytes) -> Picture:
    return pictures(data, DPMM * 25.4)[0]


def reach(picture: Picture) -> Box:
    """Return the box of the ink, in mm."""
    ink = picture < 250
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return Box(
        columns[0] / DPMM,
        rows[0] / DPMM,
        (columns[-1] - columns[0] + 1) / DPMM,
        (rows[-1] - rows[0] + 1) / DPMM,
    )


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Photo:
    """Return a picture wider than high, dark on the left and light on the right."""
    path = tmp_path_factory.mktemp("photo") / "a.jpg"
    image = Image.new("RGB", (3000, 2000), (40, 60, 90))
    image.paste((200, 120, 60), (1500, 0, 3000, 2000))
    image.save(path)
    return open_photo(path)


@BY_SIZE
def test_at_home_no_front_comes_near_an_edge(size: CardSize) -> None:
    """On a printer that cannot reach the edge, designs of every layout and size keep their white border."""
    panel = Box(0, 0, size.panel_w, size.panel_h)
    border = panel.inset(PRINTER_MARGIN, PRINTER_MARGIN, PRINTER_MARGIN, PRINTER_MARGIN)
    turn = [*SIZES.values()].index(size)
    for design in {*designs_for(turn), *designs_for(-1 - turn)}:
        front = set_front(WORDS, design, size, as_sample=True)
        assert border.contains(reach(grey(page(front))), within=0.4), design.name


@BY_SIZE
def test_words_stand_within_the_margins_and_clear_of_the_art(size: CardSize) -> None:
    """No line leaves the margins of the panel, and none stands on the drawing or picture."""
    inner = Box(size.margin, size.margin, size.panel_w - 2 * size.margin, size.panel_h - 2 * size.margin)
    for name in NAMES:
        front = set_front(WORDS, find_design(name), size, as_sample=True)
        area = front.places.words
        words = Box(area.x, front.words_y, area.width, front.words.height_mm)
        assert inner.contains(words, within=0.01), name
        is_on_ground = front.design.layout is Layout.GROUND
        art = front.places.art if is_on_ground else front.places.window or front.places.art
        if front.design.layout in (Layout.AROUND, Layout.FRAME) or art is None:
            continue
        assert words.y >= art.bottom + 2 or words.x >= art.right + 2 or words.bottom <= art.y - 2, name


@BY_NAME
def test_in_grey_it_can_be_seen_and_paper_is_left(name: str) -> None:
    """In grey there is ink dark enough for cream paper, and most of the panel stays paper."""
    front = set_front("Good wishes", find_design(name), A6, as_sample=True)
    picture = grey(page(front))
    assert picture.min() < 110
    if not front.design.layout.takes_photo and front.design.ground is None:
        assert (picture < 250).mean() < 0.25


@cache
def longest_fronts() -> tuple[str, ...]:
    """Return of what the packaged templates print on the front the widest, and those of the longest words."""
    printed = {
        words.front for one in templates.list_templates() for _, words in rendering.check_template(one.path)
    }
    plain = sorted(words for words in printed if is_plain(words, Face.SERIF))
    widest = sorted(plain, key=lambda words: advance(words, Face.SERIF))[-8:]
    of_words = sorted(plain, key=lambda words: max(advance(word, Face.SERIF) for word in words.split()))[-8:]
    return (*widest, *of_words)


@BY_SIZE
def test_every_template_fits_every_design(size: CardSize) -> None:
    """The words of each packaged template fit each packaged design on each size of card."""
    for name in NAMES:
        for words in longest_fronts():
            assert set_front(words, find_design(name), size, as_sample=True).words.lines


def test_one_group_about_the_eye() -> None:
    """Where art stands over words, the two are centred across and stand a little above the middle."""
    found = reach(grey(page(set_front("Good wishes", find_design("winter"), A6))))
    assert 0.44 < (found.y + found.bottom) / 2 / A6.panel_h < 0.50
    assert (found.x + found.right) / 2 == pytest.approx(A6.panel_w / 2, abs=1)
    wide = SIZES["A2"]
    found = reach(grey(page(set_front("Good wishes", find_design("candle"), wide))))
    assert found.x == pytest.approx(wide.panel_w - found.right, abs=1)


def test_art_grows_with_the_card_within_limits() -> None:
    """On A5 a motif is larger than on A6, and no more than 1.4 times."""
    widths = []
    for name in ("A6", "A5"):
        art = set_front("Hello", find_design("winter"), SIZES[name]).places.art
        assert art is not None
        widths.append(art.width)
    assert 1.2 < widths[1] / widths[0] <= 1.41


@pytest.mark.parametrize("name", ["hills", "birthday", "thankyou", "photo-full"])
def test_bleed_reaches_over_the_edge(name: str, photo: Photo) -> None:
    """For a print shop, what touches an edge reaches over it by the bleed; the words stay where they are."""
    design = find_design(name)
    front = set_front("Good wishes", design, A6, photo if design.layout.takes_photo else None)
    found = reach(grey(page(front, bleed=3, room=10)))
    edges = {
        "hills": (found.x - 7, found.right - A6.panel_w - 13),
        "birthday": (found.x - 7, found.right - A6.panel_w - 13),
        "thankyou": (found.y - 7, found.bottom - A6.panel_h - 13),
        "photo-full": (found.x - 7, found.y - 7, found.right - A6.panel_w - 13),
    }[name]
    assert all(abs(edge) < 0.6 for edge in edges)
    other = find_design("winter")
    assert page(set_front("x", other, A6), bleed=3) == page(set_front("x", other, A6))


def test_a_photo_is_stored_once_and_on_the_front_alone(photo: Photo) -> None:
    """A hundred cards with a picture are hardly larger than one, and nothing of the file's words is in them."""
    one = set_front("Good wishes", find_design("photo"), A6, photo)
    sheet = new_canvas(A6.panel_w, A6.panel_h, title="Front", face=Face.SERIF)
    for _ in range(100):
        one.draw(sheet)
        sheet.next_page()
    many = sheet.to_bytes()
    assert many.count(b"/Subtype /Image") == 1
    assert b"Exif" not in many
    assert len(many) < len(page(one)) + 100 * 900


def test_a_picture_is_framed_in_about_its_own_shape(photo: Photo) -> None:
    """A wide picture in a white border is not cut to a high one."""
    art = set_front("Good wishes", find_design("photo"), A6, photo).places.art
    assert art is not None
    assert art.width / art.height == pytest.approx(1.5, abs=0.02)


def test_pictures_are_wanted_and_refused(photo: Photo) -> None:
    """A design that takes a picture wants one, another refuses it, and a coarse one is refused."""
    with pytest.raises(UsageError, match="wants a picture"):
        set_front("x", find_design("photo"), A6)
    with pytest.raises(UsageError, match="takes no picture"):
        set_front("x", find_design("winter"), A6, photo)
    with pytest.raises(UsageError, match="too small"):
        set_front("x", find_design("photo"), A6, replace(photo, width=300, height=200))
    front = set_front("x", find_design("photo"), A6, photo)
    assert front.dpi is not None
    assert front.dpi > 300


@BY_NAME
def test_too_many_words_are_refused_with_the_millimetres(name: str) -> None:
    """Words that find no place beside the art are refused by the name of the design."""
    with pytest.raises(InkContractError, match=rf"mm too tall in the design {name}\."):
        set_front("\n".join(["one", "two", "three"] * 10), find_design(name), A6, as_sample=True)


@BY_NAME
def test_a_front_may_be_without_words(name: str) -> None:
    """A front without words is drawn; words alone, without words, are an empty panel."""
    front = set_front("", find_design(name), A6, as_sample=True)
    assert (grey(page(front)).min() < 250) == (front.design.layout is not Layout.WORDS)


def test_colour_face_and_back(tmp_path: Path) -> None:
    """The words are in the design's face and colour, and the one line stands at the foot of the back."""
    plain = find_design("letterpress")
    blue = replace(
        plain,
        words=replace(plain.words, face=Face.SANS, colour=(0.1, 0.2, 0.6)),
        rule=None,
        back="Printed at home",
    )
    front = set_front("Hello", blue, A6)
    assert front.has_back
    data = page(front)
    assert b"NotoSans" in data
    pixels = colours(data, 288)
    red, _, blue_ink = pixels.reshape(-1, 3)[pixels.sum(axis=2).argmin()]
    assert blue_ink > red + 60
    sheet = new_canvas(A6.panel_w, A6.panel_h, title="Back", face=Face.SERIF)
    front.draw_back(sheet)
    found = reach(grey(sheet.to_bytes()))
    assert found.y > A6.panel_h - 20
    assert found.bottom <= A6.panel_h - 10
    assert not set_front("Hello", plain, A6).has_back
