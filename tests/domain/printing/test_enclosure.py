from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.printing.enclosure import misfit

PAIRS = {
    "A6 in C6": ((105.0, 148.5), (162.0, 114.0)),
    "A5 in C5": ((148.5, 210.0), (229.0, 162.0)),
    "5x7 in A7": ((127.0, 177.8), (184.15, 133.35)),
    "A2 in A2": ((139.7, 107.95), (146.05, 111.125)),
    "quarter-letter in A2": ((107.95, 139.7), (146.05, 111.125)),
}


@pytest.mark.parametrize("pair", PAIRS)
def test_the_pairs_that_are_sold_together_fit(pair: str) -> None:
    """A card goes into the envelope that stationers sell for it."""
    card, envelope = PAIRS[pair]
    assert misfit(*card, *envelope) == ""


def test_what_does_not_fit_is_said_in_millimetres() -> None:
    """Too long, too high, and so loose that it slides."""
    assert misfit(148.5, 210, 162, 114) == "51 mm too long"
    assert misfit(127, 177.8, 220, 110) == "20 mm too high"
    assert misfit(105, 148.5, 106, 149) == "3 mm too long"
    assert misfit(105, 148.5, 108, 149) == "3 mm too long"
    assert misfit(105, 148.5, 220, 110) == "72 mm of air: it will slide"


@given(*[st.floats(60, 300) for _ in range(4)])
def test_turning_card_or_envelope_changes_nothing(a: float, b: float, c: float, d: float) -> None:
    """A card is put in whichever way it goes."""
    assert misfit(a, b, c, d) == misfit(b, a, c, d) == misfit(a, b, d, c)
