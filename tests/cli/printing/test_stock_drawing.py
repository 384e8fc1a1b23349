"""Tests of drawings on the terminal: everything is on them, nothing leaves the screen, proportions hold."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click import unstyle

from relcard.cli.printing import stock_drawing
from relcard.paper.stock.known import all_card_stock
from relcard.paper.stock.known import all_envelopes
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import find_stock

if TYPE_CHECKING:
    from relcard.cli.printing.stock_drawing import Outline
    from relcard.domain.printing.stock import Stock

SCREEN = 78
OUTLINES = {
    **{one.name: stock_drawing.of_labels(one) for one in all_stock()},
    **{one.name: stock_drawing.of_cards(one) for one in all_card_stock()},
    **{one.name: stock_drawing.of_envelope(one) for one in all_envelopes()},
}


def _drawn(outline: Outline, columns: int = SCREEN) -> list[str]:
    return [unstyle(line) for line in stock_drawing.draw(outline, columns)]


@pytest.mark.parametrize("name", OUTLINES)
def test_paper_is_drawn_in_its_proportions(name: str) -> None:
    """Everything in the table is drawn on one screen, as wide for its height as the paper is, within a sixth."""
    outline = OUTLINES[name]
    lines = _drawn(outline)
    assert 3 <= len(lines) <= 36
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= SCREEN
    drawn = (len(lines[0]) - 1) / 2 / (len(lines) - 1)
    assert drawn == pytest.approx(outline.page_w / outline.page_h, rel=1 / 6)


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_every_slot_has_its_number_in_its_place(stock: Stock) -> None:
    """Numbers run row by row from the top left, as many in a line as there are labels across."""
    found = [line for line in map(re.compile(r"\d+").findall, _drawn(stock_drawing.of_labels(stock))) if line]
    count = stock.columns
    assert found == [[str(row * count + column + 1) for column in range(count)] for row in range(stock.rows)]


def test_labels_that_touch_share_a_line_and_others_do_not() -> None:
    """Gaps of the sheet are gaps of the drawing, and so are its margins."""
    apart, together = find_stock("L7160"), find_stock("3474")
    assert _drawn(stock_drawing.of_labels(apart))[1].count("╮╭") == 2
    lines = _drawn(stock_drawing.of_labels(together))
    assert lines[1].count("┬") == 2
    assert not any("││" in line for line in lines)
    spaced = replace(apart, pitch_y=41.0, top=6.45)
    boxes = _drawn(stock_drawing.of_labels(spaced))
    assert sum(line.count("╭") for line in boxes) == sum(line.count("╯") for line in boxes) == 21


def test_square_corners_are_square() -> None:
    """Only a sheet with rounded labels is drawn with rounded corners."""
    square = "".join(_drawn(stock_drawing.of_labels(replace(find_stock("L7160"), corner=0))))
    assert not set(square) & set("╭╮╰╯")


def test_what_is_too_fine_is_not_drawn() -> None:
    """Labels that cannot be told apart on the screen give no drawing rather than a wrong one."""
    fine = replace(find_stock("L4731"), rows=60, pitch_y=4.9, label_h=4.9)
    assert _drawn(stock_drawing.of_labels(fine)) == []
    assert _drawn(stock_drawing.of_labels(find_stock("L7160")), columns=12) == []
