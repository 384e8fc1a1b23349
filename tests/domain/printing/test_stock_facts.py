"""Tests of what a sheet comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.stock_facts import USUAL_TEXT
from relcard.domain.printing.stock_facts import facts
from relcard.domain.printing.stock_facts import lines_that_fit
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.address_block import measure
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import find_stock


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
        known = facts(stock)
        assert known.lines >= 1
        assert known.safe_w >= 20
        assert (known.off_x, known.off_y) == pytest.approx((0, 0), abs=0.05)


def test_edges_out_of_reach_are_named() -> None:
    """Labels that begin at the page's edge are told from those a printer reaches all of."""
    assert facts(find_stock("L7160")).near_edges == ()
    assert facts(find_stock("5160")).near_edges == ("left", "right")
    assert facts(find_stock("3474")).near_edges == ("left", "right", "top", "bottom")


def test_a_sheet_off_its_centre_is_said_to_be() -> None:
    """Half a millimetre more at the right and two less at the bottom are seen."""
    stock = find_stock("L7160")
    known = facts(replace(stock, left=stock.left - 0.25, top=stock.top + 1))
    assert (known.off_x, known.off_y) == (0.5, -2.0)


def test_no_room_is_no_lines() -> None:
    """A label that is all margin has room for nothing."""
    stock = find_stock("L7160")
    assert lines_that_fit(replace(stock, label_h=4.0, pitch_y=4.0), 9) == 0
    assert lines_that_fit(replace(stock, label_w=4.0), 9) == 0
