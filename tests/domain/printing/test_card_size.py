from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.printing.card_size import A6
from relcard.domain.printing.card_size import QUARTER_LETTER
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.card_size import FoldKind
from relcard.domain.printing.card_size import find_size
from relcard.domain.printing.card_size import misfit
from relcard.errors import NotFoundError

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.card_size import Page

BY_SIZE = pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)
PAIRS = {
    "A6 in C6": ((105.0, 148.5), (162.0, 114.0)),
    "A5 in C5": ((148.5, 210.0), (229.0, 162.0)),
    "5x7 in A7": ((127.0, 177.8), (184.15, 133.35)),
    "A2 in A2": ((139.7, 107.95), (146.05, 111.125)),
    "quarter-letter in A2": ((107.95, 139.7), (146.05, 111.125)),
}


@BY_SIZE
def test_the_writing_area_lies_within_the_margins(size: CardSize) -> None:
    """Pen and margin fit the panel; on a postcard the pen has the left half, clear of the post's machines."""
    right = size.margin + size.writing_w
    assert 0 < right <= size.panel_w - size.margin + 1e-9
    assert size.margin + size.writing_h <= size.panel_h - max(size.margin, size.foot) + 1e-9
    assert size.writing_w > 55
    assert size.margin > 6.35
    if size.fold is FoldKind.FLAT:
        assert right < size.panel_w / 2
    else:
        assert right == pytest.approx(size.panel_w - size.margin)


def test_a_postcard_keeps_the_zones_of_the_post() -> None:
    """USPS keeps the lowest 5/8 inch of a card, Deutsche Post 15 mm."""
    assert SIZES["postcard-6x4"].foot == pytest.approx(15.875)
    assert SIZES["postcard-A6"].foot == 15


def test_no_two_sizes_share_a_name() -> None:
    """Whatever a size is called, it is the only one called so."""
    for size in SIZES.values():
        for name in (size.name, size.name.upper(), size.name.replace("-", " "), *size.also):
            assert find_size(name) is size


@pytest.mark.parametrize(
    ("name", "page", "size"),
    [
        ("5 × 7 in", "A4", "5x7"),
        ("6x4", "A4", "postcard-6x4"),
        ("letter", "A4", "quarter-letter"),
        ("half-fold", "A4", "A5"),
        ("half fold", "Letter", "half-letter"),
        ("half-fold-top", "Letter", "half-letter-top"),
        ("quarter-fold", "A4", "quarter-A4"),
        ("Quarter", "Letter", "quarter-letter"),
        ("postcard", "Letter", "postcard-6x4"),
        ("half-fold top A4", "Letter", "A5-top"),
    ],
)
def test_a_size_is_found_by_what_people_call_it(name: str, page: Page, size: str) -> None:
    """Case, spaces and hyphens do not matter, and a fold alone means the one of the page."""
    assert find_size(name, page=page).name == size


def test_an_unknown_size_is_answered_with_those_there_are() -> None:
    """The refusal names every size."""
    with pytest.raises(NotFoundError) as caught:
        find_size("A3")
    assert all(name in caught.value.hint for name in SIZES)


def test_measures_are_said_in_the_unit_a_card_is_cut_to() -> None:
    """Inch sizes are said in inches, and bleed an eighth of one."""
    assert A6.measures == "105 × 148.5 mm"
    assert QUARTER_LETTER.measures == "4.25 × 5.5 in"
    assert SIZES["postcard-6x4"].measures == "6 × 4 in"
    assert (A6.bleed, QUARTER_LETTER.bleed) == (3, 3.175)


def test_the_unfolded_card() -> None:
    """A book is twice as wide, a tent twice as high, a quarter fold both, a postcard what it is."""
    flats = {name: (SIZES[name].flat_w, SIZES[name].flat_h) for name in SIZES}
    assert [flats[name] for name in ("A5", "A5-top")] == [(297, 210), (210, 297)]
    assert flats["quarter-letter"] == pytest.approx((215.9, 279.4))
    assert flats["hagaki"] == (148, 100)


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
