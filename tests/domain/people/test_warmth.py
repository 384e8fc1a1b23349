from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.warmth import WEIGHTS
from relcard.domain.people.warmth import Channel
from relcard.domain.people.warmth import Direction
from relcard.domain.people.warmth import Encounter
from relcard.domain.people.warmth import Record
from relcard.domain.people.warmth import channel_named
from relcard.domain.people.warmth import exchanged
from relcard.domain.people.warmth import fade
from relcard.domain.people.warmth import household_warmth
from relcard.domain.people.warmth import likely_organiser
from relcard.domain.people.warmth import roughly
from relcard.domain.people.warmth import warmth

if TYPE_CHECKING:
    from relcard.domain.people.warmth import Warmth

TODAY = date(2026, 11, 20)

interactions = st.builds(
    Encounter,
    channel=st.sampled_from(Channel),
    direction=st.sampled_from(Direction),
    on=st.dates(min_value=date(1950, 1, 1), max_value=date(2027, 6, 1)),
)
histories = st.lists(interactions, max_size=12)
# Few days and ways, so that members of a household share envelopes.
together = st.builds(
    Encounter,
    channel=st.sampled_from([Channel.CARD, Channel.LETTER, Channel.VISIT]),
    direction=st.sampled_from(Direction),
    on=st.sampled_from([TODAY, date(2024, 12, 20), date(1999, 12, 20)]),
)
homes = st.dictionaries(
    st.integers(1, 5),
    st.builds(
        Record,
        history=st.lists(together | interactions, max_size=6).map(tuple),
        known_since=st.none() | st.dates(min_value=date(1950, 1, 1), max_value=TODAY),
    ),
    min_size=1,
)
EPSILON = 1e-9  # of sums in another order


def visit(on: date) -> Encounter:
    return Encounter(channel=Channel.VISIT, direction=Direction.TO_THEM, on=on)


@given(histories, interactions)
def test_another_interaction_always_warms(history: list[Encounter], one: Encounter) -> None:
    """Whatever it is and however old, it never lowers the sum, and never counts for nothing."""
    assert warmth([*history, one], today=TODAY).total > warmth(history, today=TODAY).total


@given(histories, st.randoms())
def test_the_whole_history_is_read_in_any_order(history: list[Encounter], chance: object) -> None:
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


def _alone(one: Record) -> Warmth:
    return warmth(one.history, today=TODAY, known_since=one.known_since)


@given(homes, st.data())
def test_the_organiser_is_never_below_another_member(members: dict[int, Record], data: st.DataObject) -> None:
    """Who keeps a household together has at least its warmest member's warmth, and takes none from them."""
    organiser = data.draw(st.sampled_from(sorted(members)))
    credited = household_warmth(members, organiser, today=TODAY)
    assert all(credited[organiser].total >= one.total - EPSILON for one in credited.values())
    assert all(credited[who] == _alone(one) for who, one in members.items() if who != organiser)


@given(homes, interactions, st.data())
def test_an_interaction_with_anybody_of_a_household_never_lowers_anybody(
    members: dict[int, Record], one: Encounter, data: st.DataObject
) -> None:
    """Envelopes are counted once, and still one more of them takes nothing from the organiser."""
    organiser = data.draw(st.sampled_from([None, *members]))
    whose = data.draw(st.sampled_from(sorted(members)))
    more = {
        **members,
        whose: Record(history=(*members[whose].history, one), known_since=members[whose].known_since),
    }
    before = household_warmth(members, organiser, today=TODAY)
    after = household_warmth(more, organiser, today=TODAY)
    assert all(after[who].total >= before[who].total - EPSILON for who in members)


@given(homes, interactions, st.data())
def test_an_interaction_never_lowers_whose_it_is_while_the_organiser_is_guessed(
    members: dict[int, Record], one: Encounter, data: st.DataObject
) -> None:
    """More with somebody never takes from them what the guess had given."""
    whose = data.draw(st.sampled_from(sorted(members)))
    was = members[whose]
    more = {**members, whose: Record(history=(*was.history, one), known_since=was.known_since)}
    before, after = (
        household_warmth(
            home, likely_organiser({who: len(each.history) for who, each in home.items()}), today=TODAY
        )
        for home in (members, more)
    )
    assert after[whose].total >= before[whose].total - EPSILON


def test_one_envelope_to_a_household_is_one() -> None:
    """A card that names four counts once for their organiser, a visit of four counts four times."""
    to_all = Encounter(channel=Channel.CARD, direction=Direction.TO_THEM, on=TODAY)
    cards = household_warmth({one: Record(history=(to_all,)) for one in range(4)}, 0, today=TODAY)
    assert cards[0] == cards[1]
    elsewhere = {0: Record(), 1: Record(history=(to_all,)), 2: Record(history=(to_all,))}
    assert household_warmth(elsewhere, 0, today=TODAY)[0].total == pytest.approx(WEIGHTS[Channel.CARD])
    visits = household_warmth({one: Record(history=(visit(TODAY),)) for one in range(4)}, 0, today=TODAY)
    assert visits[0].total == pytest.approx(4 * visits[1].total)


def test_a_household_without_an_organiser_is_as_it_is() -> None:
    members = {1: Record(history=(visit(TODAY),)), 2: Record()}
    each = {who: _alone(one) for who, one in members.items()}
    assert household_warmth(members, None, today=TODAY) == each
    assert household_warmth(members, 7, today=TODAY) == each


@pytest.mark.parametrize(
    ("counts", "organiser"),
    [({1: 3, 2: 5, 3: 0}, 2), ({1: 5, 2: 5, 3: 1}, None), ({1: 0, 2: 0}, None), ({1: 9}, None), ({}, None)],
)
def test_through_whom_most_happened_is_taken_for_the_organiser(
    counts: dict[int, int], organiser: int | None
) -> None:
    """Two who are level, one who lives alone, and a household nothing is noted of have none."""
    assert likely_organiser(counts) == organiser


def test_ink_and_time_count_more_than_a_tap_on_glass() -> None:
    assert (
        min(WEIGHTS[Channel.VISIT], WEIGHTS[Channel.CARD], WEIGHTS[Channel.LETTER]) > WEIGHTS[Channel.MESSAGE]
    )
    assert set(WEIGHTS) == set(Channel)


def test_every_contribution_says_what_it_stands_for() -> None:
    """The sum is that of its parts, the largest first, each with its reason in words."""
    history = [
        Encounter(channel=Channel.CARD, direction=Direction.TO_THEM, on=date(2019, 12, 10)),
        Encounter(channel=Channel.CARD, direction=Direction.TO_THEM, on=date(2025, 12, 10)),
        Encounter(channel=Channel.CARD, direction=Direction.FROM_THEM, on=date(2025, 12, 20)),
        visit(date(2024, 5, 1)),
    ]
    found = warmth(history, today=TODAY, known_since=date(1998, 1, 1))
    assert {one.reason for one in found.contributions} == {
        "2 greeting cards from you, 2019 to 2025",
        "1 greeting card from them, 2025",
        "1 visit, 2024",
        "known since 1998",
        "it goes both ways",
    }
    amounts = [one.amount for one in found.contributions]
    assert amounts == sorted(amounts, reverse=True)
    assert found.total == pytest.approx(sum(amounts))
    last = {one.reason: one.last_on for one in found.contributions}
    assert last["2 greeting cards from you, 2019 to 2025"] == date(2025, 12, 10)
    assert last["known since 1998"] is None


def test_twenty_years_are_not_forgotten_in_three_quiet_ones() -> None:
    """A grandmother who brought twenty-five people for twenty years stays before a busy newcomer."""
    family = {
        number: Record(history=tuple(visit(date(year, 7, 1)) for year in range(2003, 2024)))
        for number in range(1, 26)
    }
    newcomer = warmth([visit(TODAY - timedelta(days=14 * n)) for n in range(52)], today=TODAY)
    credited = household_warmth(family, organiser=1, today=TODAY)
    assert credited[1].total > newcomer.total
    assert "keeps a household of 25 together" in {one.reason for one in credited[1].contributions}


def test_what_goes_both_ways_counts_for_more() -> None:
    """The smaller of the two sides is what is shared; who only sends has none of it, and loses nothing."""
    ours = Encounter(channel=Channel.CARD, direction=Direction.TO_THEM, on=TODAY)
    theirs = Encounter(channel=Channel.CARD, direction=Direction.FROM_THEM, on=TODAY)
    alone = warmth([ours, ours], today=TODAY)
    shared = warmth([ours, theirs], today=TODAY)
    assert alone.total == pytest.approx(6.0)
    assert shared.total == pytest.approx(6.0 + 0.25 * 3.0)
    assert warmth([theirs, theirs], today=TODAY).total == alone.total
    assert warmth([visit(TODAY)], today=TODAY).total == pytest.approx(1.25 * WEIGHTS[Channel.VISIT])


def test_nothing_known_is_no_warmth_and_no_fault() -> None:
    assert warmth([], today=TODAY).total == 0
    assert warmth([], today=TODAY, known_since=TODAY).contributions == ()


@given(histories, interactions)
def test_no_part_of_the_history_is_left_out(history: list[Encounter], one: Encounter) -> None:
    """Take any one away, however old, and the sum is less: there is no window."""
    whole = [*history, one]
    for number in range(len(whole)):
        fewer = warmth([*whole[:number], *whole[number + 1 :]], today=TODAY)
        assert fewer.total < warmth(whole, today=TODAY).total


@given(histories, st.dates(min_value=date(1900, 1, 1), max_value=TODAY), st.integers(1, 9000))
def test_longer_known_is_never_colder(history: list[Encounter], since: date, days: int) -> None:
    """A friendship that is said to be older counts for at least as much."""
    later = min(TODAY, since + timedelta(days=days))
    older, newer = (warmth(history, today=TODAY, known_since=one) for one in (since, later))
    assert older.total >= newer.total - EPSILON


@pytest.mark.parametrize(
    ("total", "words"),
    [(0, "0"), (0.4, "0"), (0.6, "1"), (7.4, "7"), (84.4, "84"), (128.0, "130"), (1249, "1200")],
)
def test_a_warmth_is_said_in_two_digits(total: float, words: str) -> None:
    assert roughly(total) == words


def test_steps_are_counted_for_each_side() -> None:
    """Cards and messages have a side; at a visit or a call both were there."""
    ways = [Channel.CARD, Channel.MESSAGE, Channel.VISIT, Channel.CALL]
    history = [Encounter(channel=one, direction=Direction.TO_THEM, on=TODAY) for one in ways]
    history.append(Encounter(channel=Channel.LETTER, direction=Direction.FROM_THEM, on=TODAY))
    assert exchanged(history) == (2, 1)


def test_a_channel_of_another_program_is_some_word() -> None:
    assert channel_named("visit") is Channel.VISIT
    assert channel_named("telex") is Channel.OTHER
