from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.printing.sheet import PartSheet
from relcard.domain.printing.sheet import check_used
from relcard.domain.printing.sheet import drawing
from relcard.domain.printing.sheet import fill
from relcard.domain.printing.sheet import first_used
from relcard.domain.printing.sheet import in_words
from relcard.domain.printing.sheet import parse_slots
from relcard.errors import UsageError

some_slots = st.frozensets(st.integers(1, 21))


@given(some_slots)
def test_slots_are_read_as_they_are_said(slots: frozenset[int]) -> None:
    """What is said of slots is read back as the same slots."""
    assert parse_slots(in_words(slots), 21) == slots


def test_slots_are_said_in_runs() -> None:
    """Neighbours are said as a run, a single slot by itself."""
    assert in_words({1, 2, 3, 8, 12, 11}) == "1-3, 8, 11-12"
    assert parse_slots(" 1 - 3;8 ", 21) == {1, 2, 3, 8}


@pytest.mark.parametrize("said", ["0", "22", "20-22", "1,30"])
def test_a_slot_that_the_sheet_has_not_is_refused(said: str) -> None:
    """A slot outside the sheet is named, with those there are."""
    with pytest.raises(UsageError, match="has no slot") as caught:
        parse_slots(said, 21)
    assert "1 to 21" in caught.value.hint


@pytest.mark.parametrize("said", ["a", "1-", "-3", "1..4", "9" * 40])
def test_what_is_no_slot_is_refused(said: str) -> None:
    """Words that are no list of slots are refused with an example."""
    with pytest.raises(UsageError, match="is no slot") as caught:
        parse_slots(said, 21)
    assert "1-8,12" in caught.value.hint


@given(st.lists(some_slots, max_size=4), st.integers(0, 70))
def test_a_run_takes_free_slots_in_order_and_no_slot_twice(used: list[frozenset[int]], items: int) -> None:
    """Every item has a free slot: all of a sheet before the next, those given before whole ones."""
    trays = [PartSheet(id=number, used=one) for number, one in enumerate(used, 1)]
    fills = fill(trays, items, 21)
    assert sum(len(one.taken) for one in fills) == items
    for one in fills:
        assert one.taken
        assert one.sheet.used.isdisjoint(one.taken)
        assert one.taken == one.sheet.free(21)[: len(one.taken)]
        assert one.used == one.sheet.used | set(one.taken)
        assert len(one.used) + one.left == 21
    assert all(one.left == 0 for one in fills[:-1])
    expected = [one.id for one in trays if one.free(21)][: len(fills)]
    assert [one.sheet.id for one in fills] == expected + [None] * (len(fills) - len(expected))


def test_a_skip_is_less_than_a_sheet() -> None:
    """So many slots from the first on are used; all of them are not."""
    assert first_used(3, 21) == {1, 2, 3}
    assert first_used(0, 21) == frozenset()
    for count in (-1, 21):
        with pytest.raises(UsageError, match="21 labels"):
            first_used(count, 21)


def test_a_run_of_slots_that_goes_backwards_is_refused() -> None:
    """The refusal says it the right way round."""
    with pytest.raises(UsageError, match="8-3 runs backwards") as refusal:
        parse_slots("8-3", 21)
    assert refusal.value.hint == "Say 3-8."


def test_a_sheet_used_where_its_stock_has_no_label_is_refused() -> None:
    """A sheet that cannot be of this stock is not printed on, whatever else is free on it."""
    check_used(4, frozenset({1, 21}), 21)
    with pytest.raises(UsageError, match="Sheet 4 is remembered with label 22-23 used, and its stock has 21"):
        check_used(4, frozenset({1, 22, 23}), 21)


def test_a_sheet_is_drawn_as_it_lies() -> None:
    """Used slots are full squares where they lie; of a long sheet rows alike are drawn once."""
    assert drawing({1, 2, 4}, 3, 2) == ["■ ■ □", "■ □ □"]
    assert drawing(frozenset(range(1, 22)), 2, 13) == ["■ ■   10 rows", "■ □", "□ □   2 rows"]
