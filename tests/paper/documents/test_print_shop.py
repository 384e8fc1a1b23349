from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.paper.documents.cards import CardFace
from relcard.paper.documents.folds import Panel
from relcard.paper.documents.folds import spread
from relcard.paper.documents.print_shop import AROUND
from relcard.paper.documents.print_shop import draw_for_shop
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.photos import open_photo
from relcard.paper.text.metrics import MM
from tests.paper.paper_model import pictures
from tests.paper.paper_model import placement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize

BY_SIZE = pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)


def face(size: CardSize, circle: Circle, front: str = "A quiet Christmas", who: str = "Ada Oak") -> CardFace:
    room = room_for(size, RULES[circle], Hand())
    inside = "" if room.is_whole_inside else "and a kind new year"
    return CardFace(who=who, front=front, inside=inside, design=find_design("winter"), room=room, size=size)


@BY_SIZE
def test_the_boxes_say_where_it_is_trimmed(size: CardSize) -> None:
    """Each page is the unfolded card with 3 mm of bleed, an eighth of an inch for inch sizes, and its marks."""
    document = pypdfium2.PdfDocument(draw_for_shop([face(size, Circle.CLOSE)]).data)
    assert len(document) == 2
    bleed = 3.175 if size.inches else 3.0
    folded_w = size.panel_w * 2 if size.fold.value in ("side fold", "quarter fold") else size.panel_w
    folded_h = size.panel_h * 2 if size.fold.value == "top fold" else size.panel_h
    for page in document:
        trim = [at / MM for at in page.get_trimbox()]
        assert trim == pytest.approx([AROUND, AROUND, AROUND + folded_w, AROUND + folded_h], abs=0.01)
        outer = [trim[0] - bleed, trim[1] - bleed, trim[2] + bleed, trim[3] + bleed]
        assert [at / MM for at in page.get_bleedbox()] == pytest.approx(outer, abs=0.01)
        media = [at / MM for at in page.get_mediabox()]
        assert media == pytest.approx([0, 0, folded_w + 2 * AROUND, folded_h + 2 * AROUND], abs=0.01)
    document.close()


@BY_SIZE
def test_marks_stand_outside_the_bleed(size: CardSize) -> None:
    """Between the trimmed edge and the marks is nothing, and marks stand at all four corners."""
    for page in pictures(draw_for_shop([face(size, Circle.INNER)]).data, 144):
        scale = 144 / 25.4
        out, bleed = round((AROUND - 3) * scale), round(AROUND * scale)
        high, wide = page.shape
        ring = page.copy()
        ring[bleed : high - bleed, bleed : wide - bleed] = 255
        assert ring[out + 1 : high - out - 1, out + 1 : wide - out - 1].min() == 255
        for rows in (slice(0, bleed), slice(high - bleed, high)):
            for columns in (slice(0, bleed + 3), slice(wide - bleed - 3, wide)):
                assert ring[rows, columns].min() < 200


def test_equal_cards_are_drawn_once_and_counted(words: Callable[[bytes], list[str]]) -> None:
    """Two circles with the same words share a design, most copies first; nobody's name is in the file."""
    size = SIZES["A6"]
    cards = [face(size, Circle.INNER), *[face(size, Circle.FRIEND)] * 2, *[face(size, Circle.WIDE)] * 3]
    run = draw_for_shop(cards)
    assert ([*map(len, run.copies)], run.items, run.pages, run.refused) == ([5, 1], 6, 4, ())
    text = words(run.data)
    assert "5 copies" in text[0]
    assert "and a kind new year" in text[1]
    assert not any("Ada" in page or "Oak" in page for page in text)
    assert b"Ada" not in run.data


def test_words_keep_clear_of_the_largest_room() -> None:
    """A card shared by two circles leaves each of them its room."""
    size = SIZES["A6"]
    near = face(size, Circle.CLOSE)
    both = draw_for_shop([*[face(size, Circle.WIDE)] * 3, near])
    assert [*map(len, both.copies)] == [4]
    inside = pictures(both.data, 72)[1]
    top = round((AROUND + near.room.y) / 25.4 * 72)
    left = round((AROUND + size.panel_w + near.room.x) / 25.4 * 72)
    room = inside[
        top : top + round(near.room.height / 25.4 * 72), left : left + round(near.room.width / 25.4 * 72)
    ]
    assert room.min() == 255


def test_what_does_not_fit_is_named() -> None:
    """A front too tall is refused by name; without any card there is no file."""
    run = draw_for_shop([face(SIZES["A6"], Circle.CLOSE, front="Peace\n" * 40)])
    assert (run.data, run.pages, run.items, run.copies) == (b"", 0, 0, ())
    assert run.refused[0].who == "Ada Oak"


def test_a_full_picture_bleeds_over_the_edges_and_never_over_the_fold(tmp_path: Path) -> None:
    """Ink reaches over the trimmed edges by the bleed; on the back's side it ends at the fold."""
    path = tmp_path / "garden.png"
    Image.new("RGB", (1400, 1900), (40, 90, 60)).save(path)
    for size in (SIZES["5x7"], SIZES["A5-top"], SIZES["postcard-A6"]):
        card = replace(
            face(size, Circle.INNER), design=find_design("photo-full"), photo=open_photo(path), front=""
        )
        page = pictures(draw_for_shop([card]).data, 144)[0]
        scale = 144 / 25.4
        where = placement(spread(size, AROUND), 0, Panel.FRONT).box
        left = where.x if where.x > AROUND else AROUND - size.bleed
        top = where.y if where.y > AROUND else AROUND - size.bleed
        right = where.right + size.bleed
        # Columns and rows through the middle of the picture, clear of marks.
        across = page[round((where.y + 20) * scale)]
        down = page[:, round((where.x + 30) * scale)]
        inked = np.flatnonzero(across < 150)
        assert inked.min() == pytest.approx(left * scale, abs=1.5)
        assert inked.max() == pytest.approx(right * scale, abs=1.5)
        assert np.flatnonzero(down < 150).min() == pytest.approx(top * scale, abs=1.5)
