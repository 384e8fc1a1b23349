from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.errors import NotFoundError
from relcard.paper.imposition import A6_ON_A4
from relcard.paper.imposition import PRINTER_MARGIN
from relcard.paper.imposition import QUARTER_LETTER
from relcard.paper.imposition import Box
from relcard.paper.imposition import Mark
from relcard.paper.imposition import Panel
from relcard.paper.imposition import find_fold
from relcard.paper.imposition import safe_area
from relcard.paper.imposition import sheet_slots
from relcard.paper.imposition import slots
from relcard.paper.stock import all_stock
from relcard.paper.stock import find_stock

if TYPE_CHECKING:
    from relcard.paper.imposition import Fold
    from relcard.paper.stock import Stock

FOLDS = pytest.mark.parametrize("fold", [A6_ON_A4, QUARTER_LETTER], ids=lambda one: one.name)


@given(st.sampled_from(all_stock()), st.integers(0, 30), st.integers(1, 60))
def test_slots_follow_each_other_over_pages(stock: Stock, skip: int, count: int) -> None:
    """Slots come row by row, a page at a time, from the first that is not skipped."""
    skip %= stock.slots_per_sheet
    sheet = sheet_slots(stock)
    expected = [divmod(skip + place, len(sheet)) for place in range(count)]
    assert list(islice(slots(stock, skip=skip), count)) == [(page, sheet[place]) for page, place in expected]


def test_the_first_slots_run_along_the_row() -> None:
    """After the last column comes the next row."""
    sheet = sheet_slots(find_stock("L7160"))
    assert sheet[1] == Box(7.21 + 66.04, 15.15, 63.5, 38.1)
    assert (sheet[3].x, sheet[3].y) == pytest.approx((7.21, 15.15 + 38.1))


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_the_safe_area_respects_label_and_printer(stock: Stock) -> None:
    """Words keep 2.5 mm inside the label and 6.35 mm inside the page, and no more than that."""
    for slot in sheet_slots(stock):
        safe = safe_area(stock, slot)
        assert slot.inset(2.5, 2.5, 2.5, 2.5).contains(safe)
        assert Box(0, 0, stock.page_w, stock.page_h).inset(*[PRINTER_MARGIN] * 4).contains(safe)
        assert safe.x - slot.x == pytest.approx(max(2.5, 6.35 - slot.x))


def test_a_box_knows_what_it_contains() -> None:
    """A box contains itself and what is smaller, not what reaches out on any side."""
    box = Box(10, 10, 20, 20)
    assert box.contains(box)
    assert box.contains(box.inset(1, 2, 3, 4))
    for outside in ((-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0), (0, 0, 0, -1)):
        assert not box.contains(box.inset(*outside))


@FOLDS
def test_each_card_has_its_four_panels_on_the_page(fold: Fold) -> None:
    """Every panel of every card has the panel's size, lies on the sheet and shares it with no other."""
    sheet = Box(0, 0, fold.page_w, fold.page_h)
    taken: list[tuple[int, Box]] = []
    for card in fold.cards:
        assert sorted(one.panel.value for one in card) == sorted(one.value for one in Panel)
        for one in card:
            assert (one.box.width, one.box.height) == (fold.panel_w, fold.panel_h)
            assert sheet.contains(one.box)
            taken.append((one.page, one.box))
    assert len(set(taken)) == len(taken) == 4 * fold.cards_per_sheet
    assert {page for page, _ in taken} == set(range(fold.sides))


def behind(fold: Fold, box: Box) -> Box:
    """Where on the back of the sheet, as printed, a box of its face lies: turned over the long edge."""
    return Box(fold.page_w - box.right, box.y, box.width, box.height)


def test_two_sided_cards_fold_into_a_booklet() -> None:
    """Inside-left lies behind the front and inside-right behind the back, all upright, front on the right."""
    for card in range(A6_ON_A4.cards_per_sheet):
        front, back, left, right = (
            A6_ON_A4.placement(card, panel)
            for panel in (Panel.FRONT, Panel.BACK, Panel.INSIDE_LEFT, Panel.INSIDE_RIGHT)
        )
        assert behind(A6_ON_A4, front.box) == left.box
        assert behind(A6_ON_A4, back.box) == right.box
        assert (
            front.box.x == back.box.right
        )  # the fold is at the front's left edge, so that it opens as a book
        assert left.box.right == right.box.x
        assert (front.page, back.page, left.page, right.page) == (0, 0, 1, 1)
        assert not any(one.rotated for one in (front, back, left, right))
    cuts = {one.y1 for one in A6_ON_A4.ticks if one.mark is Mark.CUT}
    assert cuts == {148.5} == {A6_ON_A4.placement(1, Panel.FRONT).box.y}


def test_a_quarter_fold_folds_into_a_card() -> None:
    """Folding the top half back, then the left behind the right, brings every panel upright to its place.

    The lower half stays as it is. The upper half, folded back over the level line, is seen from behind: what
    was right is left, and what was upside down is upright.
    """
    front, back, left, right = (
        QUARTER_LETTER.placement(0, panel)
        for panel in (Panel.FRONT, Panel.BACK, Panel.INSIDE_LEFT, Panel.INSIDE_RIGHT)
    )
    middle = QUARTER_LETTER.page_h / 2
    for one in (front, back):
        assert one.box.y == middle
        assert not one.rotated
    for one in (left, right):
        assert one.box.bottom == middle  # joined to the lower half by the fold
        assert one.rotated
    # Folded back, a point goes as far below the fold as it was above; from behind, left and right change places.
    # So the corner where reading begins, bottom right of a rotated panel, comes to be its top left.
    begins = [(QUARTER_LETTER.page_w - one.box.right, 2 * middle - one.box.bottom) for one in (left, right)]
    assert begins == [pytest.approx((0, middle)), pytest.approx((QUARTER_LETTER.panel_w, middle))]
    # Each inside panel is the lining of the outside panel below it.
    assert (left.box.x, right.box.x) == (front.box.x, back.box.x)
    assert front.box.x == back.box.right  # the second fold is at the front's left edge


@FOLDS
def test_ticks_lie_in_the_margin(fold: Fold) -> None:
    """Fold and cut marks are on the sheet, in the strip round it that nothing else is printed on."""
    printed = Box(0, 0, fold.page_w, fold.page_h).inset(*[PRINTER_MARGIN] * 4)
    for tick in fold.ticks:
        mark = Box(tick.x1, tick.y1, tick.x2 - tick.x1, tick.y2 - tick.y1)
        assert Box(0, 0, fold.page_w, fold.page_h).contains(mark)
        assert (
            mark.right < printed.x
            or mark.x > printed.right
            or mark.bottom < printed.y
            or mark.y > printed.bottom
        )
    assert {one.mark for one in fold.ticks} >= {Mark.FOLD}


@pytest.mark.parametrize(
    ("name", "fold"),
    [("A6", A6_ON_A4), ("a6", A6_ON_A4), ("letter", QUARTER_LETTER), ("Quarter Letter", QUARTER_LETTER)],
)
def test_a_fold_is_found_by_name(name: str, fold: Fold) -> None:
    """Case and hyphens do not matter."""
    assert find_fold(name) is fold


def test_an_unknown_fold_names_those_there_are() -> None:
    """The refusal says what to ask for."""
    with pytest.raises(NotFoundError) as caught:
        find_fold("A3")
    assert "A6" in caught.value.hint
    assert "quarter-letter" in caught.value.hint
