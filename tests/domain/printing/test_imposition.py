from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
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
