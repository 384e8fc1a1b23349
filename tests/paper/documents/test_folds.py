from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.card_size import QUARTER_LETTER
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.card_size import CardSize
from relcard.domain.printing.imposition import PAGES
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.errors import UsageError
from relcard.paper.documents.cards import CardFace
from relcard.paper.documents.cards import draw_cards
from relcard.paper.documents.cards import on_panel
from relcard.paper.documents.folds import Mark
from relcard.paper.documents.folds import Panel
from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import fold_for
from relcard.paper.documents.folds import sides_in_order
from relcard.paper.documents.folds import spread
from relcard.paper.documents.folds import turned_by_hand
from relcard.paper.documents.print_shop import AROUND
from relcard.paper.documents.print_shop import draw_for_shop
from relcard.paper.fronts.design_library import find_design
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from tests.paper.paper_model import cards_of
from tests.paper.paper_model import pictures
from tests.paper.paper_model import placement
from tests.paper.paper_model import writing_panel

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import Page
    from relcard.paper.documents.folds import Fold
    from relcard.paper.text.canvas import Sheet
    from tests.paper.paper_model import Picture

DPI = 50
GREYS = {Panel.FRONT: 0.15, Panel.INSIDE_LEFT: 0.35, Panel.INSIDE_RIGHT: 0.55, Panel.BACK: 0.75}
EVERY = [(size, page) for size in SIZES.values() for page in PAGES if fold_for(size, page).page == page]
BY_SHEET = pytest.mark.parametrize(
    ("size", "page"), EVERY, ids=[f"{size.name}-on-{page}" for size, page in EVERY]
)


def paint(sheet: Sheet, fold: Fold, card: int, panel: Panel) -> None:
    """Fill a panel with its grey, a white corner at its top left and a white bar in the middle for its card."""
    with on_panel(sheet, placement(fold, card, panel)):
        sheet.rect(Box(1, 1, fold.panel_w - 2, fold.panel_h - 2), width_pt=0, fill=GREYS[panel])
        sheet.rect(Box(4, 4, 20, 20), width_pt=0, fill=1)
        sheet.rect(Box(50, 60, 6 * (card + 1), 20), width_pt=0, fill=1)


def painted(fold: Fold) -> bytes:
    """Return a sheet whose panels are told apart by their grey and turned by their corner."""
    sheet = new_canvas(fold.page_w, fold.page_h, title="panels", duplex=fold.flip, face=Face.SERIF)
    for side in range(fold.sides):
        for card, placements in enumerate(fold.cards):
            for one in placements:
                if one.page == side:
                    paint(sheet, fold, card, one.panel)
        sheet.next_page()
    return sheet.to_bytes()


def look(picture: Picture) -> tuple[float, bool, int]:
    """Return the grey of a panel, whether its corner is where reading begins, and which card it is of."""

    def pixel(mm: float) -> int:
        return round(mm / 25.4 * DPI)

    high, wide = picture.shape
    corners = [
        picture[pixel(y) if y > 0 else high + pixel(y), pixel(x) if x > 0 else wide + pixel(x)]
        for y, x in ((14, 14), (14, -14), (-14, 14), (-14, -14))
    ]
    bar = picture[pixel(70), pixel(50) - 3 : pixel(50 + 30)]
    return (
        round(float(picture[pixel(30), pixel(30)]) / 255, 2),
        [bool(one > 250) for one in corners] == [True, False, False, False],
        round(int((bar > 250).sum()) / DPI * 25.4 / 6),
    )


@BY_SHEET
def test_the_folded_sheet_reads_as_a_card(size: CardSize, page: Page) -> None:
    """Printed as the PDF asks, cut and folded along its ticks, each card shows its panels upright and in order."""
    fold = fold_for(size, page)
    cards = cards_of(painted(fold), fold, size, DPI)
    assert len(cards) == fold.cards_per_sheet
    for number, card in enumerate(cards, start=1):
        assert set(card) == {one.panel for one in fold.cards[0]}
        for panel, picture in card.items():
            grey, upright, of_card = look(picture)
            assert grey == pytest.approx(GREYS[panel], abs=0.02), panel
            assert upright, panel
            assert of_card == number


@pytest.mark.parametrize(("size", "page"), [(A6, "A4"), (SIZES["A5"], "A4"), (SIZES["A2"], "Letter")])
def test_a_sheet_turned_over_its_other_edge_is_no_card(size: CardSize, page: Page) -> None:
    """The model can tell: flipped the wrong way, the inside does not stand upright behind its front."""
    fold = fold_for(size, page)
    wrong = replace(fold, flip="short" if fold.flip == "long" else "long")
    for card in cards_of(painted(wrong), wrong, size, DPI):
        assert not look(card[Panel.INSIDE_RIGHT])[1]


@BY_SHEET
def test_a_pile_put_back_by_hand_reads_as_cards(size: CardSize, page: Page) -> None:
    """Always turned over the long edge, the sheets fold into the same cards, whatever the fold."""
    fold = turned_by_hand(fold_for(size, page))
    assert fold.flip in ("long", None)
    for card in cards_of(painted(fold), fold, size, DPI):
        for panel, picture in card.items():
            grey, upright, _ = look(picture)
            assert grey == pytest.approx(GREYS[panel], abs=0.02)
            assert upright


def face(size: CardSize, word: str = "Flap") -> CardFace:
    room = room_for(size, RULES[Circle.CLOSE], Hand())
    return CardFace(who="h1", front="Fern", inside=word, design=find_design("winter"), room=room, size=size)


@BY_SHEET
def test_a_printed_card_looks_as_the_print_shop_makes_it(size: CardSize, page: Page) -> None:
    """Folded at home, the front and the panel of the pen show what the trimmed file has there, upright."""
    fold = fold_for(size, page)
    data = draw_cards([face(size)] * fold.cards_per_sheet, fold).data
    trimmed = spread(size, AROUND)
    pages = pictures(draw_for_shop([face(size)]).data, DPI)
    for card in cards_of(data, fold, size, DPI):
        for panel in (Panel.FRONT, writing_panel(fold)):
            where = placement(trimmed, 0, panel)
            x, y = (round(at / 25.4 * DPI) for at in (where.box.x, where.box.y))
            high, wide = card[panel].shape
            wanted = pages[where.page][y : y + high, x : x + wide]
            edge = slice(13, -13)  # without ticks and marks
            ours = dark(card[panel][edge, edge])
            assert ours == pytest.approx(dark(wanted[edge, edge]), abs=1.5)


def dark(picture: Picture) -> tuple[float, float, float, float]:
    """Return where the ink of a picture begins and ends, in pixels from its top left."""
    rows, columns = np.nonzero(picture < 200)
    return float(rows.min()), float(rows.max()), float(columns.min()), float(columns.max())


@BY_SHEET
def test_panels_lie_on_the_sheet_and_ticks_beside_them(size: CardSize, page: Page) -> None:
    """No panel leaves the sheet or meets another; ticks keep clear of the cards or stand in the sheet's margin."""
    fold = fold_for(size, page)
    assert fold.page == page
    assert sorted((fold.page_w, fold.page_h)) == sorted(PAGES[page])
    sheet = Box(0, 0, fold.page_w, fold.page_h)
    boxes = [(one.page, one.box) for card in fold.cards for one in card]
    assert all(sheet.contains(box) for _, box in boxes)
    for number, (side, one) in enumerate(boxes):
        for other_side, other in boxes[number + 1 :]:
            apart = one.inset(0.01, 0.01, 0.01, 0.01)
            assert side != other_side or (
                apart.right < other.x
                or apart.x > other.right
                or apart.bottom < other.y
                or apart.y > other.bottom
            )
    printed = sheet.inset(*[PRINTER_MARGIN] * 4)
    for tick in fold.ticks:
        mark = Box(tick.x1, tick.y1, tick.x2 - tick.x1, tick.y2 - tick.y1)
        assert sheet.inset(2.4, 2.4, 2.4, 2.4).contains(mark)
        in_margin = not printed.inset(-0.1, -0.1, -0.1, -0.1).contains(mark)
        off_cards = all(
            mark.right < box.x or mark.x > box.right or mark.bottom < box.y or mark.y > box.bottom
            for _, box in boxes
        )
        assert in_margin or off_cards
    assert any(one.mark is Mark.FOLD for one in fold.ticks) == size.is_folded


def test_how_many_cards_a_sheet_makes() -> None:
    """As bought paper has them: two A6 on A4, two A2 on Letter, four A6 postcards on A4, two of 6 by 4 inches."""
    numbers = {(size.name, page): fold_for(size, page).cards_per_sheet for size, page in EVERY}
    assert numbers[("A6", "A4")] == 2
    assert numbers[("A2", "Letter")] == numbers[("A2-side", "Letter")] == 2
    assert numbers[("postcard-A6", "A4")] == 4
    assert numbers[("postcard-6x4", "Letter")] == 2
    first, second = (
        placement(fold_for(SIZES["postcard-6x4"], "Letter"), at, Panel.FRONT).box for at in (0, 1)
    )
    assert (first.x, first.y) == pytest.approx((31.75, 31.75))  # as Avery 5389
    assert second.y - first.y == pytest.approx(114.3)


def test_the_sheet_that_is_the_card_is_taken_whatever_the_page() -> None:
    """Half-fold and quarter-fold cards lie on their own sheet; what is larger than both is refused."""
    assert fold_for(QUARTER_LETTER, "A4").page == "Letter"
    assert fold_for(QUARTER_LETTER, "A4").page == "Letter"
    assert fold_for(SIZES["A5"], "Letter").page == "A4"
    assert fold_for(A6, "Letter").page == "Letter"
    with pytest.raises(UsageError, match="larger than A4 and Letter"):
        fold_for(CardSize(name="poster", panel_w=210, panel_h=297))


@pytest.mark.parametrize("turning", Turning)
def test_every_side_of_every_sheet_is_printed_once(turning: Turning) -> None:
    """By hand all outsides come before all insides, these from the first or from the last."""
    pages = list(sides_in_order(fold_for(A6), 3, turning))
    assert sorted(pages) == [(sheet, side) for sheet in range(3) for side in range(2)]
    if turning is not Turning.PRINTER:
        assert [side for _, side in pages] == [0, 0, 0, 1, 1, 1]
        assert [sheet for sheet, _ in pages[3:]] == ([0, 1, 2] if turning is Turning.BY_HAND else [2, 1, 0])


@pytest.mark.parametrize(("size", "flip"), [("A6", "Long"), ("A5", "Short"), ("A5-top", "Short")])
def test_the_file_names_the_edge_to_flip(size: str, flip: str) -> None:
    """Half-fold cards ask for the short edge; a pile turned by hand asks nothing of the printer."""
    fold = fold_for(SIZES[size])
    assert f"DuplexFlip{flip}Edge".encode() in draw_cards([face(SIZES[size])], fold).data
    by_hand = draw_cards([face(SIZES[size])], fold, turning=Turning.BY_HAND)
    assert b"DuplexFlip" not in by_hand.data
    assert by_hand.pages == 2
