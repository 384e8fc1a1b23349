from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Literal

import numpy as np
import pytest

from relcard.paper.documents.hand_page import PITCHES
from relcard.paper.documents.hand_page import TEXT
from relcard.paper.documents.hand_page import WORDS
from relcard.paper.documents.hand_page import draw_hand_page
from tests.paper.paper_model import pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.paper.paper_model import Picture

DPI = 144


def _mm(value: float) -> int:
    return round(value / 25.4 * DPI)


def _grey(page: Literal["A4", "Letter"], number: int) -> Picture:
    return pictures(draw_hand_page(page=page), DPI)[number]


def test_each_line_to_write_has_ten_words_of_about_one_length() -> None:
    """Whichever line is read from the ruler, it is ten words."""
    assert [len(line.split()) for line in TEXT] == [WORDS] * 6
    assert max(map(len, TEXT)) - min(map(len, TEXT)) <= 4


@pytest.mark.parametrize("page", ["A4", "Letter"])
def test_the_space_to_write_in_is_blank(page: Literal["A4", "Letter"]) -> None:
    """Right of the margin line and between the rulers no ink shows where a line should stand."""
    space = _grey(page, 0)[_mm(89) : _mm(172), _mm(40) : _mm(260)]
    assert space.min() == 255


def test_the_scales_are_true(words: Callable[[bytes], list[str]]) -> None:
    """A tick stands at every millimetre, and both pages say what to type."""
    column = _grey("A4", 0)[_mm(87) : _mm(174), _mm(32 - 4.3)] < 200
    ticks = np.flatnonzero(np.diff(column.astype(int)) == 1)
    assert len(ticks) == 9  # the tens alone are so long
    assert np.diff(ticks) / DPI * 25.4 == pytest.approx(10, abs=0.3)
    first, second = words(draw_hand_page())
    assert "relcard hand set --five-lines" in first
    assert all(line in first for line in TEXT)
    assert all(f"--pitch {pitch:g}" in second for pitch in PITCHES)
