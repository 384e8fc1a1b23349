from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import USUAL_TEXT
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.imposition import is_for_parcels
from relcard.domain.printing.imposition import lines_that_fit
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.imposition import stock_facts
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.address_block import measure
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import find_stock

if TYPE_CHECKING:
    from relcard.domain.printing.stock import Stock


def test_the_first_slots_run_along_the_row() -> None:
    """After the last column comes the next row."""
    sheet = sheet_slots(find_stock("L7160"))
    assert sheet[1] == Box(7.21 + 66.04, 15.15, 63.5, 38.1)
    assert (sheet[3].x, sheet[3].y) == pytest.approx((7.21, 15.15 + 38.1))


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_the_safe_area_respects_label_and_printer(stock: Stock) -> None:
    """Words keep 2.5 mm inside the label and 6.35 mm inside the page, and no more than that.

    A label under 16 mm gives up half of what it keeps above and below: three lines are 9 mm high. A parcel's
    label keeps more at its sides, so that the address does not hang in a corner.
    """
    upright = 1.2 if stock.label_h < 16 else 2.5
    aside = 0.08 * stock.label_w if is_for_parcels(stock) else 2.5
    for slot in sheet_slots(stock):
        safe = safe_area(stock, slot)
        assert slot.inset(2.5, upright, 2.5, upright).contains(safe)
        assert Box(0, 0, stock.page_w, stock.page_h).inset(*[PRINTER_MARGIN] * 4).contains(safe)
        assert safe.x - slot.x == pytest.approx(max(aside, 6.35 - slot.x))


def test_a_box_knows_what_it_contains() -> None:
    """A box contains itself and what is smaller, not what reaches out on any side."""
    box = Box(10, 10, 20, 20)
    assert box.contains(box)
    assert box.contains(box.inset(1, 2, 3, 4))
    for outside in ((-1, 0, 0, 0), (0, -1, 0, 0), (0, 0, -1, 0), (0, 0, 0, -1)):
        assert not box.contains(box.inset(*outside))


@pytest.mark.parametrize("height", [10.0, 12.7, 21.2, 33.9, 38.1, 46.6, 67.7, 139.0])
@pytest.mark.parametrize("size", [8.0, USUAL_TEXT, 11.0])
def test_as_many_lines_fit_as_are_said(height: float, size: float) -> None:
    """That many lines with capitals and tails are printed at that size, and one more is not."""
    stock = replace(find_stock("L7160"), label_h=height, rows=1, top=20)
    area = safe_area(stock, sheet_slots(stock)[0])
    lines = lines_that_fit(stock, size)
    assert lines >= 1
    for count, fits in ((lines, True), (lines + 1, False)):
        blocks, _ = measure([Label(who="x", lines=("Hg",) * count)], area.width, area.height, smallest=size)
        assert bool(blocks) is fits


def test_every_sheet_of_the_table_has_room_for_an_address() -> None:
    """A line of 9 pt stands on the smallest label we know, and the table is centred."""
    for stock in all_stock():
        known = stock_facts(stock)
        assert known.lines >= 1
        assert known.safe_w >= 20
        assert (known.off_x, known.off_y) == pytest.approx((0, 0), abs=0.05)


def test_edges_out_of_reach_are_named() -> None:
    """Labels that begin at the page's edge are told from those a printer reaches all of."""
    assert stock_facts(find_stock("L7160")).near_edges == ()
    assert stock_facts(find_stock("5160")).near_edges == ("left", "right")
    assert stock_facts(find_stock("3474")).near_edges == ("left", "right", "top", "bottom")


def test_a_sheet_off_its_centre_is_said_to_be() -> None:
    """Half a millimetre more at the right and two less at the bottom are seen."""
    stock = find_stock("L7160")
    known = stock_facts(replace(stock, left=stock.left - 0.25, top=stock.top + 1))
    assert (known.off_x, known.off_y) == (0.5, -2.0)


def test_no_room_is_no_lines() -> None:
    """A label that is all margin has room for nothing."""
    stock = find_stock("L7160")
    assert lines_that_fit(replace(stock, label_h=4.0, pitch_y=4.0), 9) == 0
    assert lines_that_fit(replace(stock, label_w=4.0), 9) == 0
