from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.people.circle import rules_from_mapping
from relcard.domain.seasons.season import MOVES
from relcard.domain.seasons.season import SeasonCandidate
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import advance
from relcard.domain.seasons.season import decide
from relcard.domain.seasons.season import move
from relcard.domain.seasons.season import turns
from relcard.errors import UsageError

years = st.lists(st.integers(2010, 2030), max_size=8).map(tuple)
candidates = st.builds(
    SeasonCandidate,
    circle=st.one_of(st.none(), st.sampled_from(Circle)),
    has_address=st.booleans(),
    is_organisation=st.booleans(),
    all_deceased=st.booleans(),
    sent_years=years,
    received_years=years,
    careful=st.booleans(),
)


def choose(circle: Circle | None, **more: object) -> tuple[bool, str]:
    return decide(SeasonCandidate(circle, **more), RULES, 2026)  # type: ignore[arg-type]


@given(st.sampled_from(State), st.sampled_from(State))
def test_a_refused_move_names_every_lawful_one(state: State, to: State) -> None:
    """Each pair of states is either a move of the table, no change, or refused with what may be said."""
    if to is state or to in MOVES[state]:
        assert move(state, to) is to
        return
    with pytest.raises(UsageError) as caught:
        move(state, to)
    assert all(lawful.value in caught.value.message for lawful in MOVES[state])
    assert "relcard undo" in caught.value.hint


def test_people_write_and_post_without_printing() -> None:
    assert {state for state in State if State.WRITTEN in MOVES[state]} == {
        State.PLANNED, State.DRAFTED, State.PRINTED, State.RETURNED,
    }  # fmt: skip
    assert {state for state in State if State.RETURNED in MOVES[state]} == {State.POSTED}
    assert all(State.POSTED in MOVES[state] for state in State if state is not State.POSTED)


@given(st.sampled_from(State), st.sampled_from([State.DRAFTED, State.PRINTED]))
def test_drafting_or_printing_again_takes_nothing_back(state: State, to: State) -> None:
    assert advance(state, to) is (to if to in MOVES[state] else state)
    assert advance(State.POSTED, to) is State.POSTED


@given(candidates, st.integers(2020, 2030))
def test_nobody_is_dropped_silently(one: SeasonCandidate, year: int) -> None:
    """Each candidate has a reason, and it begins with its circle."""
    reason = decide(one, RULES, year).reason
    assert reason
    assert one.all_deceased or one.circle is None or reason.startswith(f"{one.circle.value}: ")


@given(candidates, st.integers(2020, 2030))
def test_the_inner_circle_is_never_cut(one: SeasonCandidate, year: int) -> None:
    choice = decide(one, RULES, year)
    if one.circle is Circle.INNER and not one.all_deceased:
        assert choice.included
        assert "no-cut clause" in choice.reason
    if one.circle in (None, Circle.NONE) or one.all_deceased:
        assert not choice.included


@given(candidates, st.integers(2020, 2030))
def test_a_card_from_them_never_puts_anybody_out(one: SeasonCandidate, year: int) -> None:
    """Who would be in stays in when they also wrote last year, outside a habit of turns."""
    quiet = SeasonCandidate(circle=one.circle, is_organisation=one.is_organisation)
    wrote = SeasonCandidate(
        circle=one.circle, is_organisation=one.is_organisation, received_years=(year - 1,)
    )
    before, after = decide(quiet, RULES, year), decide(wrote, RULES, year)
    assert after.included or not before.included


def test_each_circle_gives_its_reason() -> None:
    assert choose(Circle.INNER) == (True, "inner: always in (the no-cut clause)")
    assert choose(Circle.CLOSE) == (True, "close: every season")
    assert choose(Circle.FRIEND, sent_years=(2022, 2023, 2024, 2025), received_years=(2021, 2024)) == (
        True,
        "friend: sent every year since 2022; they wrote in 2024",
    )
    assert choose(Circle.WIDE, received_years=(2025,)) == (True, "wide: they wrote last year")
    assert choose(Circle.NONE) == (False, "none: no card")
    assert choose(None) == (False, "no circle yet: you have not said")
    assert choose(Circle.INNER, all_deceased=True) == (False, "nobody of this household is living")


def test_history_is_said_as_it_was() -> None:
    assert choose(Circle.FRIEND, sent_years=(2025,))[1] == "friend: sent last year"
    assert choose(Circle.FRIEND, sent_years=(2019, 2021))[1] == "friend: last sent in 2021"
    assert choose(Circle.FRIEND, received_years=(2025,))[1] == "friend: they wrote last year"
    assert choose(Circle.FRIEND, sent_years=(2026,), received_years=(2026,))[1] == "friend: every season"


def test_the_wide_circle_asks_and_says_what_it_knows() -> None:
    assert choose(Circle.WIDE) == (False, "wide: asks - no card either way yet")
    assert choose(Circle.WIDE, sent_years=(2021,), received_years=(2019,)) == (
        False,
        "wide: asks - no card either way since 2021",
    )
    assert choose(Circle.WIDE, sent_years=(2025,)) == (
        False,
        "wide: asks - you wrote last year, no card from them yet",
    )
    assert choose(Circle.WIDE, sent_years=(2025,), received_years=(2021,)) == (
        False,
        "wide: asks - you wrote last year, they last wrote in 2021",
    )
    assert choose(Circle.WIDE, received_years=(2025,), is_organisation=True) == (
        False,
        "wide: asks - an organisation, they wrote last year",
    )


def test_the_years_are_counted_where_there_are_enough() -> None:
    """Of ten years at most, from the first card either way on; a habit of turns says more."""
    eight = (2016, 2017, 2018, 2019, 2020, 2021, 2023, 2025)
    assert choose(Circle.FRIEND, sent_years=range(2014, 2026), received_years=eight)[1] == (
        "friend: sent every year since 2014; they wrote in 8 of 10 years, last in 2025"
    )
    assert choose(Circle.WIDE, received_years=eight) == (
        True,
        "wide: they wrote in 8 of 10 years, last in 2025",
    )
    assert choose(Circle.CLOSE, received_years=(2020, 2023, 2026, 2027))[1] == (
        "close: they wrote in 2 of 6 years, last in 2023"
    )
    assert choose(Circle.WIDE, sent_years=(2024, 2025), received_years=(2021, 2022, 2023)) == (
        False,
        "wide: asks - you wrote last year, they wrote in 3 of 5 years, last in 2023",
    )
    assert choose(Circle.WIDE, sent_years=(2018, 2019), received_years=(2018, 2019)) == (
        False,
        "wide: asks - no card either way since 2019; they wrote in 2 of 8 years, last in 2019",
    )
    assert choose(Circle.FRIEND, received_years=(2001, 2002, 2003))[1] == "friend: they wrote in 2003"


def test_a_habit_of_turns_is_seen_and_kept() -> None:
    """They write in odd years and you in even: an even year is yours, an odd one theirs."""
    turns = SeasonCandidate(circle=Circle.WIDE, sent_years=(2022, 2024), received_years=(2023, 2025))
    in_2026 = decide(turns, RULES, 2026)
    assert (in_2026.included, in_2026.reason) == (True, "wide: they write in odd years, you in even")
    later = SeasonCandidate(circle=Circle.WIDE, sent_years=(2022, 2024, 2026), received_years=(2023, 2025))
    in_2027 = decide(later, RULES, 2027)
    assert (in_2027.included, in_2027.reason) == (
        False,
        "wide: they write in odd years, you in even - 2027 is theirs",
    )
    assert (
        choose(Circle.WIDE, sent_years=(2023, 2024), received_years=(2022, 2025))[1]
        == "wide: they wrote last year"
    )


def test_a_card_in_each_kind_of_year_is_no_turn() -> None:
    """One of the two wrote in odd and in even years: nobody's year can be told from that."""
    mixed = choose(Circle.WIDE, sent_years=(2023, 2024), received_years=(2023, 2025))
    assert mixed == (True, "wide: they wrote last year")
    same = choose(Circle.WIDE, sent_years=(2023, 2025), received_years=(2023, 2025))
    assert same == (True, "wide: they wrote last year")


def test_a_missing_address_is_named_and_leaves_nobody_out() -> None:
    assert choose(Circle.CLOSE, has_address=False) == (True, "close: every season; no address yet")
    assert choose(Circle.INNER, has_address=False, careful=True) == (
        True,
        "inner: always in (the no-cut clause); a careful year; no address yet",
    )


def test_the_users_own_rules_decide() -> None:
    rules = rules_from_mapping({"inner": {"sending": "no"}, "wide": {"sending": "always"}})
    some = [SeasonCandidate(Circle.INNER), SeasonCandidate(Circle.WIDE)]
    assert [decide(one, rules, 2026).included for one in some] == [False, True]


@given(candidates, st.sampled_from((Circle.FRIEND, Circle.WIDE)), years, years)
def test_only_earlier_seasons_decide(
    candidate: SeasonCandidate, circle: Circle, sent: tuple[int, ...], received: tuple[int, ...]
) -> None:
    """Cards of the season itself or of later years change neither the answer nor its reason."""
    before = candidate._replace(
        circle=circle,
        all_deceased=False,
        sent_years=tuple(year for year in sent if year < 2026),
        received_years=tuple(year for year in received if year < 2026),
    )
    later = before._replace(sent_years=sent, received_years=received)
    assert decide(later, RULES, 2026) == decide(before, RULES, 2026)


def test_who_gets_no_card_is_not_said_to_lack_an_address() -> None:
    """A missing address is named of those who are in; of the others it would be noise."""
    assert choose(Circle.FRIEND, has_address=False) == (True, "friend: every season; no address yet")
    assert choose(Circle.NONE, has_address=False) == (False, "none: no card")


def test_one_card_that_came_is_no_habit() -> None:
    """Writing in turns shows in two cards of each side at least."""
    assert turns((2021, 2023), (2022, 2024), 2026) == "they write in even years, you in odd"
    assert turns((2021, 2023), (2022,), 2026) == ""
    assert turns((2021,), (2022, 2024), 2026) == ""
