from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from relcard.domain.printing.card_size import SIZES
from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import fold_for
from relcard.paper.documents.turn_page import draw_turn_page
from tests.paper.paper_model import as_printed
from tests.paper.paper_model import pictures

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("size", ["A6", "A5"])
def test_the_arrows_lie_on_each_other(size: str) -> None:
    """Turned over the long edge, upright sheet or lying, the arrow behind is where the one in front is."""
    first, _, behind, _ = pictures(draw_turn_page(fold_for(SIZES[size])), 72)
    sheet = as_printed(first, behind, "long")
    arrow = slice(0, round(75 / 25.4 * 72))
    front, back = (one[arrow] < 128 for one in (sheet.upper, sheet.lower))
    assert front.sum() > 300
    near = np.zeros_like(front)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            near |= np.roll(back, (down, right), (0, 1))
    assert (front & ~near).sum() < front.sum() * 0.02


@pytest.mark.parametrize(
    ("turning", "numbers"), [(Turning.BY_HAND, "1212"), (Turning.BY_HAND_LAST_FIRST, "1221")]
)
def test_the_sides_come_in_the_order_of_the_cards(
    turning: Turning, numbers: str, words: Callable[[bytes], list[str]]
) -> None:
    """Two first sides, then two second ones, from the first sheet or from the last."""
    pages = words(draw_turn_page(fold_for(SIZES["A6"]), turning=turning))
    assert "".join(page.strip()[0] for page in pages) == numbers
