from __future__ import annotations

import pytest
from bidi import get_display  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.paper.text.bidi import direction
from relcard.paper.text.bidi import levels
from relcard.paper.text.bidi import mirrored
from relcard.paper.text.bidi import visual_order

# Letters both ways, both kinds of digits, separators, terminators, brackets, spaces and marks.
ALPHABET = "aZ1 2.,-+/()[]אבم١٢%$:«»&'\u0301\u05b0#"


@settings(max_examples=400)
@given(st.text(alphabet=st.sampled_from(ALPHABET), max_size=16), st.sampled_from("LR"))
def test_the_order_is_that_of_the_standard(line: str, base: str) -> None:
    """Characters come in the order in which another implementation of UAX #9 shows them."""
    order = visual_order(levels(line, int(base == "R")))
    assert "".join(line[place] for place in order) == get_display(line, base_dir=base)


@pytest.mark.parametrize(
    ("line", "towards"), [("12 محمد Ann", "R"), ("(שרה)", "R"), ("Ann محمد", "L"), ("12-34 ١٢", ""), ("", "")]
)
def test_the_first_letter_with_a_direction_tells(line: str, towards: str) -> None:
    """Digits and signs say nothing; the first letter does."""
    assert direction(line) == towards


def test_a_joiner_goes_with_its_letter() -> None:
    """A character without a direction of its own has the level of the letter before it."""
    assert levels("م\u200cم") == [1, 1, 1]


def test_brackets_are_turned_and_letters_are_not() -> None:
    """Each bracket of a pair is the other turned round."""
    assert "".join(mirrored(one) for one in "(«a») 「」") == ")»a«( 」「"
