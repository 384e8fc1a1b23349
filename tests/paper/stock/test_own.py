"""Tests of sheets from a few measures: what is worked out, and what is refused with the millimetres."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.imposition import Box
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.errors import UsageError
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.labels import draw_labels
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.own import HAIR
from relcard.paper.stock.own import ROUNDED
from relcard.paper.stock.own import Measures
from relcard.paper.stock.own import MisfitError
from relcard.paper.stock.own import describe_stock
from relcard.paper.stock.own import page_name
from relcard.paper.stock.own import read_grid
from relcard.paper.stock.own import read_length
from relcard.paper.stock.own import read_page
from relcard.paper.stock.own import read_size
from tests.paper.paper_model import slots_of
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.printing.stock import Stock
    from tests.support.pdf import Glyph

JARS = Measures(
    part="Jam jars", page_w=210, page_h=297, label_w=63.5, label_h=38.1, columns=3, rows=7, left=7.21
)


def _length(least: float, most: float) -> st.SearchStrategy[float]:
    return st.integers(int(least * 10), int(most * 10)).map(lambda tenths: tenths / 10)


@st.composite
def _possible(draw: st.DrawFn) -> Measures:
    """Measures of a sheet that could be cut, with any of its margins and pitches left out."""
    columns, rows = draw(st.integers(1, 6)), draw(st.integers(1, 12))
    label_w, label_h = draw(_length(20, 90)), draw(_length(12, 60))
    gap_x, gap_y = draw(_length(0, 8)), draw(_length(0, 8))
    left, top = draw(_length(0, 15)), draw(_length(0, 15))
    return Measures(
        part="any",
        page_w=2 * left + columns * (label_w + gap_x) - gap_x,
        page_h=2 * top + rows * (label_h + gap_y) - gap_y,
        label_w=label_w,
        label_h=label_h,
        columns=columns,
        rows=rows,
        left=draw(st.sampled_from((left, None))),
        top=draw(st.sampled_from((top, None))),
        pitch_x=draw(st.sampled_from((label_w + gap_x, None))),
        pitch_y=draw(st.sampled_from((label_h + gap_y, None))),
    )


_ANY = st.builds(
    Measures,
    part=st.just("any"),
    page_w=_length(20, 400),
    page_h=_length(20, 400),
    label_w=_length(1, 250),
    label_h=_length(1, 250),
    columns=st.integers(1, 8),
    rows=st.integers(1, 15),
    left=st.none() | _length(0, 60),
    top=st.none() | _length(0, 60),
    pitch_x=st.none() | _length(1, 150),
    pitch_y=st.none() | _length(1, 150),
)


def _described(said: Measures) -> Stock | MisfitError:
    try:
        return describe_stock(said)
    except MisfitError as error:
        return error


def _check(stock: Stock) -> None:
    """No slot leaves the page, none meets another, and each has room for words."""
    slots = sheet_slots(stock)
    page = Box(0, 0, stock.page_w, stock.page_h)
    assert all(page.contains(slot) for slot in slots)
    for one, other in combinations(slots, 2):
        apart_x = one.right <= other.x + 1e-6 or other.right <= one.x + 1e-6
        apart_y = one.bottom <= other.y + 1e-6 or other.bottom <= one.y + 1e-6
        assert apart_x or apart_y
    assert all(safe_area(stock, slot).width > 0 and safe_area(stock, slot).height > 0 for slot in slots)


@settings(max_examples=100)
@given(_possible())
def test_what_could_be_cut_is_described(said: Measures) -> None:
    """Whatever is left out of a possible sheet, it is worked out so that every slot lies on the page, apart."""
    assume(said.page_w - 2 * 6.35 >= 10 and said.page_h - 2 * 6.35 >= 10)
    stock = _described(said)
    if isinstance(stock, MisfitError):
        assert stock.fault == "too small for an address"
        return
    _check(stock)
    assert (stock.label_w, stock.label_h) == pytest.approx((said.label_w, said.label_h), abs=HAIR)
    for axis in ("left", "top", "pitch_x", "pitch_y"):
        alone = (said.columns if axis == "pitch_x" else said.rows) == 1 and axis.startswith("pitch")
        if getattr(said, axis) is not None and not alone:
            assert getattr(stock, axis) == pytest.approx(getattr(said, axis), abs=HAIR)


@settings(max_examples=dose(150, 1600))
@given(_ANY)
def test_measures_give_a_sound_sheet_or_a_refusal(said: Measures) -> None:
    """Any numbers either describe a sheet with every slot on the page and apart, or are refused in words."""
    stock = _described(said)
    if isinstance(stock, MisfitError):
        assert stock.message.endswith(".")
        assert stock.hint
    else:
        _check(stock)


# The shortest and the longest of the two hundred that every sheet of the table is tried with.
ADDRESSES = [
    Label(who="short", lines=("Jo Hill", "PO Box 7", "BATH")),
    Label(
        who="long",
        lines=(
            "Wilhelmina Featherstonehaugh-Cholmondeley",
            "The Old Maltings Building, East Courtyard",
            "Straße des Siebzehnten Juni 135",
            "ASHBY-DE-LA-ZOUCH",
            "LE65 1AA",
        ),
    ),
]


@settings(max_examples=25)
@given(said=_possible())
def test_a_sheet_of_ones_own_bears_an_address_or_names_what_it_lacks(
    glyphs: Callable[[bytes], list[list[Glyph]]], said: Measures
) -> None:
    """The shortest address and the longest are printed whole in their slots, or refused in millimetres."""
    stock = _described(said)
    assume(not isinstance(stock, MisfitError))
    assert not isinstance(stock, MisfitError)
    run = draw_labels(ADDRESSES, stock)
    assert run.items + len(run.refused) == len(ADDRESSES)
    for refused in run.refused:
        assert re.fullmatch(r"\d+\.\d mm too (wide|high)( and \d+\.\d mm too high)? at 8 pt", refused.reason)
    slots = [safe_area(stock, slot) for slot in sheet_slots(stock)]
    for glyph in (glyph for page in (glyphs(run.data) if run.data else []) for glyph in page):
        assert any(slot.contains(glyph.box, within=0.01) for slot in slots)


@settings(max_examples=25)
@given(said=_possible(), skip=st.integers(0, 5))
def test_words_stay_in_the_slots_of_a_sheet_of_ones_own(
    glyphs: Callable[[bytes], list[list[Glyph]]], said: Measures, skip: int
) -> None:
    """On any sheet the user describes, each address stands in its slot's safe area, and skipped slots are empty."""
    stock = _described(said)
    assume(not isinstance(stock, MisfitError))
    assert not isinstance(stock, MisfitError)
    assume(skip < stock.slots_per_sheet)
    names = [Label(who=str(number), lines=(f"{number}g",)) for number in range(stock.slots_per_sheet + 1)]
    found = []
    run = draw_labels(names, stock, first=[range(skip + 1, stock.slots_per_sheet + 1)])
    for page, letters in enumerate(glyphs(run.data)):
        for one, at in zip(letters, slots_of(stock, [one.box for one in letters]), strict=True):
            assert at is not None
            found.append((page * stock.slots_per_sheet + at, one.character))
    expected = [(number + skip, letter) for number, name in enumerate(names) for letter in name.lines[0]]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_the_table_can_be_described_by_a_few_numbers(stock: Stock) -> None:
    """Every sheet of our table comes out of page, label, grid and the left and top margins alone."""
    said = Measures(
        part=stock.part,
        page_w=stock.page_w,
        page_h=stock.page_h,
        label_w=stock.label_w,
        label_h=stock.label_h,
        columns=stock.columns,
        rows=stock.rows,
        left=stock.left,
        top=stock.top,
    )
    found = describe_stock(said)
    assert found.pitch_x == pytest.approx(stock.pitch_x if stock.columns > 1 else stock.label_w, abs=0.06)
    assert found.pitch_y == pytest.approx(stock.pitch_y if stock.rows > 1 else stock.label_h, abs=0.06)
    assert found.page == stock.page


def test_margins_nobody_measured_are_even() -> None:
    """Without a word about margins labels touch and stand in the middle; with one, the gap follows from it."""
    centred = describe_stock(replace(JARS, left=None))
    assert (centred.left, centred.pitch_x) == (9.75, 63.5)
    assert (centred.top, centred.pitch_y) == pytest.approx((15.15, 38.1))
    apart = describe_stock(JARS)
    assert apart.pitch_x == pytest.approx(66.04)
    spaced = describe_stock(replace(JARS, left=None, pitch_x=66.04))
    assert spaced.left == pytest.approx(7.21)


def test_a_ruler_may_be_wrong_by_a_little() -> None:
    """A top margin read half a millimetre too large leaves the labels touching, and does not refuse the sheet."""
    found = describe_stock(replace(JARS, top=15.5))
    assert (found.top, found.pitch_y, found.label_h) == (15.5, 38.1, 38.1)


def test_measures_that_disagree_by_a_hair_are_trimmed() -> None:
    """A label 0.03 mm wider than its pitch, or than the page has room for, loses that much; more is refused."""
    overlapping = replace(JARS, left=9.75, label_w=63.53, pitch_x=63.5)
    assert describe_stock(overlapping).label_w == 63.5
    beyond = describe_stock(replace(JARS, label_w=70.01, left=0.0, pitch_x=70.01))
    assert beyond.left + 2 * beyond.pitch_x + beyond.label_w == pytest.approx(210)
    _check(beyond)
    with pytest.raises(MisfitError, match=r"overlap by 0\.1 mm"):
        describe_stock(replace(overlapping, label_w=63.6))
    assert describe_stock(replace(overlapping, label_w=63.6, slack=ROUNDED)).label_w == 63.5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rows": 8, "left": None}, "8 labels down take 304.8 mm, 7.8 mm more than the page is high"),
        ({"columns": 4}, "4 labels across and 7.21 mm at either side take 268.42 mm, 58.42 mm more"),
        ({"pitch_x": 61.0}, "overlap by 2.5 mm: one begins 61 mm after the other and is 63.5 mm wide"),
        ({"pitch_x": 75.0}, "reach 10.71 mm beyond the right edge"),
        ({"top": 32.0, "pitch_y": 38.1}, "reach 1.7 mm beyond the bottom edge"),
        ({"left": -1.0, "pitch_x": 66.0}, "begin 1 mm before the left edge"),
        ({"label_w": 2.625, "label_h": 1.0, "left": None}, "no room for words"),
        ({"label_w": 12.0, "left": None}, "no room for words: less than 10 mm across"),
        ({"columns": 0}, "1 to 100 labels"),
        ({"rows": 101}, "1 to 100 labels"),
        ({"page_w": 0.0}, "larger than nothing"),
        ({"page_h": 3000.0}, "at most a metre"),
        ({"label_h": float("nan")}, "larger than nothing"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_the_millimetres(change: dict[str, Any], words: str) -> None:
    """Off the page, on each other or too small: the message says by how much, and what to measure again."""
    with pytest.raises(MisfitError) as caught:
        describe_stock(replace(JARS, **change))
    assert words in caught.value.message
    assert caught.value.hint


def test_a_label_too_small_asks_for_inches() -> None:
    """Forgetting the unit is the likely slip with a label of 2 5/8 by 1."""
    with pytest.raises(MisfitError) as caught:
        describe_stock(replace(JARS, label_w=2.625, label_h=1.0, left=None))
    assert "--unit in" in caught.value.hint


@pytest.mark.parametrize(
    ("said", "unit", "length"),
    [
        ("63.5", "mm", 63.5),
        ("63,5", "mm", 63.5),
        (".5", "in", 12.7),
        ("2-5/8", "in", 66.675),
        ("2 5/8", "in", 66.675),
        ("1/2", "in", 12.7),
        ('1"', "mm", 25.4),
        ("2.5 in", "mm", 63.5),
        ("1.2cm", "in", 12.0),
        ("72pt", "mm", 25.4),
    ],
)
def test_lengths_are_read_as_packets_and_rulers_say_them(said: str, unit: str, length: float) -> None:
    """Decimals with point or comma, fractions of an inch, and a unit of their own."""
    assert read_length(said, unit) == pytest.approx(length)


@pytest.mark.parametrize(
    "said", ["", "x", "-1", "1-", "3/", "1/0", "1.5/2", "1e3", "inf", "12 34", ".", "5 m"]
)
def test_what_is_no_length_is_refused(said: str) -> None:
    """A slip is named, and no number is guessed from it."""
    with pytest.raises(UsageError, match="is no length"):
        read_length(said)


def test_sizes_and_grids_are_read_across_then_down() -> None:
    """Either sign between the numbers will do; a lone number is refused."""
    assert read_size("63.5x38.1") == (63.5, 38.1)
    assert read_size('2-5/8" × 1"') == pytest.approx((66.675, 25.4))
    assert read_grid("3 x 7") == (3, 7)
    for read, said in ((read_size, "63.5"), (read_grid, "21"), (read_grid, "3x7x2"), (read_grid, "-3x7")):
        with pytest.raises(UsageError, match="is no"):
            read(said)


def test_pages_are_known_by_name_or_measured() -> None:
    """A4 in any case, upright or landscape, or two lengths; what is none of them is answered with the names."""
    assert read_page("a4") == (210, 297)
    assert read_page("Letter landscape") == (279.4, 215.9)
    assert read_page("8.5x11", "in") == pytest.approx((215.9, 279.4))
    with pytest.raises(UsageError, match='"A44" is no page') as caught:
        read_page("A44")
    assert "A4" in caught.value.hint
    assert page_name(215.9, 279.4) == "Letter"
    assert page_name(297, 210) == "A4 landscape"
    assert page_name(150, 100) == "150 x 100 mm"


@pytest.mark.parametrize("said", ["9" * 400, "1/" + "9" * 5000, "9" * 400 + "/3", "9" * 5000 + "/1"])
def test_a_number_without_end_is_no_length(said: str) -> None:
    """Digits beyond what any number holds are refused, and not said back in full."""
    for read in (read_length, lambda one: read_size(f"{one}x1"), lambda one: read_page(f"{one}x1")):
        with pytest.raises(UsageError) as refused:
            read(said)
        assert len(refused.value.message) < 80
