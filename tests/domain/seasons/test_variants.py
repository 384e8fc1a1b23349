"""Tests for the choice among the words of a template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.variants import Choice
from relcard.domain.seasons.variants import choose_words

WORDS = tuple(Printed(f"Front {number}", f"Inside {number}") for number in range(3))
SISTERS = {1: {4, 7}, 4: {1, 7}, 7: {1, 4}}


def test_sisters_get_three_different_words_whoever_is_drafted_beside_them() -> None:
    """Together or each by herself: what one gets does not hang on the run."""
    together = choose_words([Choice(household, WORDS) for household in SISTERS], SISTERS, 2026, {})
    assert {*together.values()} == {*WORDS}
    for household, words in together.items():
        assert choose_words([Choice(household, WORDS)], SISTERS, 2026, {})[household] == words


@pytest.mark.parametrize("count", [2, 3])
def test_the_next_year_has_other_words(count: int) -> None:
    """Also where nothing was kept of last year's, and where it was."""
    for year in range(2020, 2030):
        chosen = [choose_words([Choice(5, WORDS[:count])], {}, at, {})[5] for at in (year, year + 1)]
        assert chosen[0] != chosen[1]
        again = choose_words([Choice(5, WORDS[:count], last=chosen[0])], {}, year, {})[5]
        assert again != chosen[0]


def test_what_is_drafted_stays_and_what_others_have_is_left_to_them() -> None:
    assert choose_words([Choice(1, WORDS, kept=WORDS[2])], SISTERS, 2026, {})[1] == WORDS[2]
    for words in WORDS:
        assert choose_words([Choice(1, WORDS)], SISTERS, 2026, {4: words})[1] != words
    # Words of a template that has changed are not words it offers.
    assert choose_words([Choice(1, WORDS, kept=Printed("old"))], {}, 2026, {})[1] in WORDS


def test_rather_a_sisters_words_than_last_years() -> None:
    """Two words alone, one of them last year's and the other the sister's."""
    chosen = choose_words([Choice(1, WORDS[:2], last=WORDS[0])], {1: {4}, 4: {1}}, 2026, {4: WORDS[1]})
    assert chosen[1] == WORDS[1]


@given(
    households=st.permutations(range(1, 9)),
    pairs=st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=8),
    year=st.integers(1990, 2100),
    count=st.integers(1, 3),
)
def test_every_household_has_words_the_same_in_any_order(
    households: list[int], pairs: list[tuple[int, int]], year: int, count: int
) -> None:
    """Nobody is left without, each has words that were offered, and the order of a run is nothing."""
    kin: dict[int, set[int]] = {}
    for one, other in pairs:
        kin.setdefault(one, set()).add(other)
        kin.setdefault(other, set()).add(one)
    choices = [Choice(household, WORDS[:count]) for household in households]
    chosen = choose_words(choices, kin, year, {})
    assert chosen == choose_words(sorted(choices), kin, year, {})
    assert chosen.keys() == {*households}
    assert {*chosen.values()} <= {*WORDS[:count]}
