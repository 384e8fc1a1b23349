from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.warmth import WEIGHTS
from relcard.domain.warmth import Channel
from relcard.domain.warmth import Direction
from relcard.domain.warmth import Interaction
from relcard.domain.warmth import fade
from relcard.domain.warmth import household_warmth
from relcard.domain.warmth import warmth

TODAY = date(2026, 11, 20)

interactions = st.builds(
    Interaction,
    channel=st.sampled_from(Channel),
    direction=st.sampled_from(Direction),
    on=st.dates(min_value=date(1950, 1, 1), max_value=date(2027, 6, 1)),
)
histories = st.lists(interactions, max_size=12)


def visit(on: date) -> Interaction:
    return Interaction(channel=Channel.VISIT, direction=Direction.TO_THEM, on=on)


@given(histories, interactions)
def test_another_interaction_always_warms(history: list[Interaction], one: Interaction) -> None:
    """Whatever it is and however old, it never lowers the sum, and never counts for nothing."""
    assert warmth([*history, one], today=TODAY).total > warmth(history, today=TODAY).total


@given(histories, st.randoms())
def test_the_whole_history_is_read_in_any_order(history: list[Interaction], chance: object) -> None:
    shuffled = list(history)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert warmth(shuffled, today=TODAY).total == pytest.approx(warmth(history, today=TODAY).total)


@given(st.floats(0, 200), st.floats(0, 200))
def test_time_fades_slowly_and_never_to_zero(one: float, other: float) -> None:
    sooner, later = sorted((one, other))
    assert 0.2 <= fade(later) <= fade(sooner) <= 1.0


def test_half_of_what_can_fade_is_left_after_seven_years() -> None:
    assert fade(0) == 1.0
    assert fade(7) == pytest.approx(0.6)
    assert fade(-1) == 1.0


@given(st.dictionaries(st.integers(1, 9), histories, min_size=1), st.data())
def test_the_organiser_is_never_below_another_member(
    members: dict[int, list[Interaction]], data: st.DataObject
) -> None:
    organiser = data.draw(st.sampled_from(sorted(members)))
    each = {contact: warmth(history, today=TODAY) for contact, history in members.items()}
    credited = household_warmth(each, organiser)
    assert all(credited[organiser].total >= one.total for one in credited.values())
    assert all(credited[contact] == each[contact] for contact in members if contact != organiser)


def test_a_household_without_an_organiser_is_as_it_is() -> None:
    each = {1: warmth([visit(TODAY)], today=TODAY), 2: warmth([], today=TODAY)}
    assert household_warmth(each, None) == each
    assert household_warmth(each, 7) == each


def test_ink_and_time_count_more_than_a_tap_on_glass() -> None:
    assert (
        min(WEIGHTS[Channel.VISIT], WEIGHTS[Channel.CARD], WEIGHTS[Channel.LETTER]) > WEIGHTS[Channel.MESSAGE]
    )
    assert set(WEIGHTS) == set(Channel)


def test_every_contribution_says_what_it_stands_for() -> None:
    """The sum is that of its parts, the largest first, each with its reason in words."""
    history = [
        Interaction(channel=Channel.CARD, direction=Direction.TO_THEM, on=date(2019, 12, 10)),
        Interaction(channel=Channel.CARD, direction=Direction.TO_THEM, on=date(2025, 12, 10)),
        Interaction(channel=Channel.CARD, direction=Direction.FROM_THEM, on=date(2025, 12, 20)),
        visit(date(2024, 5, 1)),
    ]
    found = warmth(history, today=TODAY, known_since=date(1998, 1, 1))
    assert {one.reason for one in found.contributions} == {
        "2 greeting cards from you, 2019 to 2025",
        "1 greeting card from them, 2025",
        "1 visit from you, 2024",
        "known since 1998",
        "it goes both ways",
    }
    amounts = [one.amount for one in found.contributions]
    assert amounts == sorted(amounts, reverse=True)
    assert found.total == pytest.approx(sum(amounts))


def test_twenty_years_are_not_forgotten_in_three_quiet_ones() -> None:
    """A grandmother who brought twenty-five people for twenty years stays before a busy newcomer."""
    family = {
        number: warmth([visit(date(year, 7, 1)) for year in range(2003, 2024)], today=TODAY)
        for number in range(1, 26)
    }
    newcomer = warmth([visit(TODAY - timedelta(days=14 * n)) for n in range(52)], today=TODAY)
    credited = household_warmth(family, organiser=1)
    assert credited[1].total > newcomer.total
    assert "keeps a household of 25 together" in {one.reason for one in credited[1].contributions}


def test_what_goes_both_ways_counts_for_more() -> None:
    """The smaller of the two sides is what is shared; who only sends has none of it, and loses nothing."""
    ours = Interaction(channel=Channel.CARD, direction=Direction.TO_THEM, on=TODAY)
    theirs = Interaction(channel=Channel.CARD, direction=Direction.FROM_THEM, on=TODAY)
    alone = warmth([ours, ours], today=TODAY)
    shared = warmth([ours, theirs], today=TODAY)
    assert alone.total == pytest.approx(6.0)
    assert shared.total == pytest.approx(6.0 + 0.25 * 3.0)
    assert warmth([theirs, theirs], today=TODAY).total == alone.total
    assert warmth([visit(TODAY)], today=TODAY).total == pytest.approx(1.25 * WEIGHTS[Channel.VISIT])


def test_nothing_known_is_no_warmth_and_no_fault() -> None:
    assert warmth([], today=TODAY).total == 0
    assert warmth([], today=TODAY, known_since=TODAY).contributions == ()
