from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.card_size import SIZES
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.postcards import Postcard
from relcard.paper.documents.postcards import draw_postcards

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]

HAGAKI = SIZES["hagaki"]
SENDER = ("鈴木 太郎", "150-0002", "東京都渋谷区渋谷2-4-6")
SATO = Postcard(
    label=Label(
        who="佐藤",
        lines=("〒150-0001", "東京都渋谷区", "本町1-2-3 ハイツ", "佐藤 健 様", "佐藤 花子 様"),
        country="JP",
    ),
    names=("佐藤 健 様", "佐藤 花子 様"),
    upright=True,
)
OAK = Postcard(label=Label(who="Oak", lines=("Ada Oak", "1 High Street", "BATH", "BA1 5DQ"), country="GB"))


@pytest.fixture(autouse=True)
def _fonts_of_the_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELCARD_FONTS", "extras")


@pytest.mark.parametrize("size", ["postcard-A6", "postcard-6x4", "hagaki"])
@pytest.mark.parametrize("country", ["GB", "US", "DE"])
def test_an_address_stands_in_the_right_half_beneath_the_stamp(
    glyphs: ReadGlyphs, size: str, country: str
) -> None:
    """The left half is the pen's, 40 mm at the head the stamp's, and the foot the machines'."""
    card = SIZES[size]
    [page] = glyphs(draw_postcards([OAK], card, sender=("Me", "Here"), country=country).data)
    for glyph in page:
        assert glyph.box.x >= card.panel_w / 2
        assert glyph.box.y >= 40
        assert glyph.box.bottom <= card.panel_h - 15
        assert glyph.box.right <= card.panel_w - 12


def test_a_japanese_postcard_stands_upright(glyphs: ReadGlyphs) -> None:
    """Digits in the seven boxes, the address right of the names, each name with 様, the sender lower left."""
    drawn = draw_postcards([SATO], HAGAKI, sender=SENDER, country="JP")
    [page] = glyphs(drawn.data)
    head = [glyph for glyph in page if glyph.box.bottom < 21]
    assert "".join(glyph.character for glyph in sorted(head, key=lambda glyph: glyph.box.x)) == "1500001"
    boxes = (44.3, 51.3, 58.3, 65.9, 72.7, 79.5, 86.3)  # Japan Post, manual of postcodes, on 100 mm
    for left, digit in zip(boxes, sorted(head, key=lambda glyph: glyph.box.x), strict=True):
        assert left < digit.box.x
        assert digit.box.right < left + 5.7
        assert (digit.box.y > 12, digit.box.bottom < 20) == (True, True)
    middle = {
        glyph.character: glyph.box for glyph in page if 34 < glyph.box.y < 115 and 30 < glyph.box.x < 70
    }
    assert sorted(glyph.character for glyph in page).count("様") == 2
    assert [glyph.character for glyph in page].count("佐") == 1
    assert middle["健"].x > middle["花"].x
    assert middle["健"].y == pytest.approx(middle["花"].y, abs=1)
    own = [glyph for glyph in page if glyph.box.x < 30]
    assert {"鈴", "郎", "渋"} <= {glyph.character for glyph in own}
    assert all(glyph.box.y > 60 for glyph in own)
    numbers = [glyph.character for glyph in page if glyph.box.x > 75 and glyph.box.y > 25]
    assert {"一", "二", "三"} <= set(numbers)


def test_other_letters_lie_across_a_japanese_card(glyphs: ReadGlyphs) -> None:
    """On the same upright page, turned, the stamp's corner free; the sender in the other with the country."""
    abroad = ("T. Suzuki", "TOKYO 150-0002", "JAPAN")
    drawn = draw_postcards([SATO, OAK], HAGAKI, sender=SENDER, sender_abroad=abroad, country="JP")
    first, second = glyphs(drawn.data)
    assert drawn.items == 2
    assert max(glyph.box.bottom for glyph in second) <= 148
    address = [glyph for glyph in second if glyph.box.bottom < 74]
    assert all(glyph.box.x > 40 for glyph in address)
    assert "JAPAN" in "".join(glyph.character for glyph in second if glyph.box.y > 74)
    assert first


def test_what_has_no_room_upright_is_refused_by_name() -> None:
    """A column longer than the card, more names than stand beside each other."""
    long = Postcard(label=Label(who="long", lines=("〒150-0001", "町" * 40)), names=("山 様",), upright=True)
    many = tuple(f"佐藤 {name} 様" for name in "健花結翔蓮葵陽凛湊")
    crowd = Postcard(label=Label(who="crowd", lines=("〒150-0001", "町", *many)), names=many, upright=True)
    drawn = draw_postcards([long, SATO, crowd], HAGAKI, country="JP")
    assert drawn.items == 1
    reasons = {refusal.who: refusal.reason for refusal in drawn.refused}
    assert "too long at 9 pt" in reasons["long"]
    assert "9 names" in reasons["crowd"]


def test_boxes_are_drawn_for_plain_paper_alone() -> None:
    """A bought card has them; the same drawing gives the same bytes."""
    bare, boxed = (
        draw_postcards([SATO], HAGAKI, sender=SENDER, country="JP", boxes=boxes).data
        for boxes in (False, True)
    )
    assert len(boxed) > len(bare)
    assert bare == draw_postcards([SATO], HAGAKI, sender=SENDER, country="JP").data
    assert b"/Lang (und)" in bare
