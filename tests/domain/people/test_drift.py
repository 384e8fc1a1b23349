from __future__ import annotations

import math
from datetime import date
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.people.drift import DriftDirection
from relcard.domain.people.drift import Standing
from relcard.domain.people.drift import find
from relcard.domain.people.drift import own_rhythm
from relcard.domain.people.drift import pace
from relcard.domain.people.drift import rest_key
from relcard.domain.people.drift import span_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.people.drift import Drift

TODAY = date(2026, 11, 20)


def standing(
    number: int,
    circle: Circle,
    *ago: int,
    warmth: float = 50.0,
    since: int = 400,
    cadence_days: int | None = None,
) -> Standing:
    """Return a contact with words so many days ago."""
    return Standing(
        contact_id=number,
        uid=f"uid-{number}",
        name=f"Contact {number}",
        circle=circle,
        since=TODAY - timedelta(days=since),
        days=tuple(sorted({TODAY - timedelta(days=one) for one in ago})),
        last_channel="call" if ago else "",
        cadence_days=cadence_days,
        warmth=warmth,
    )


def every(step: int, times: int, *, first: int = 0) -> list[int]:
    """Return how many days ago a word was, one each `step` days."""
    return [first + step * one for one in range(times)]


def asked(some: Sequence[Standing], dismissals: Mapping[str, date | None] | None = None) -> list[Drift]:
    return find(some, rules=RULES, today=TODAY, dismissals=dismissals or {})


def directions(some: Sequence[Standing]) -> dict[int, DriftDirection]:
    return {one.standing.contact_id: one.direction for one in asked(some)}


LIVELY = [standing(number, Circle.INNER, *every(12, 20, first=number)) for number in range(1, 5)]


def test_a_silence_of_three_usual_gaps_is_quieter() -> None:
    """Beside others who are as near as ever, one of whom nothing was heard for long is asked about."""
    wren = standing(9, Circle.INNER, *every(12, 20, first=90))
    (found,) = asked([*LIVELY, wren])
    assert found.standing is wren
    assert found.direction is DriftDirection.QUIETER
    assert found.evidence == ("3 months since a call on 22 Aug; before that a word about every 12 days")


def test_two_gaps_are_no_silence() -> None:
    assert asked([*LIVELY, standing(9, Circle.INNER, *every(12, 20, first=30))]) == []


def test_who_was_always_seen_twice_a_year_has_not_grown_quiet() -> None:
    """The contact's own rhythm, over the whole history, counts where it is slower than the circle's cadence."""
    assert asked([standing(9, Circle.INNER, *every(182, 20, first=160))]) == []
    assert directions([standing(9, Circle.INNER, *every(182, 20, first=560))]) == {9: DriftDirection.QUIETER}


def test_a_wish_for_one_contact_counts_before_the_circles_cadence() -> None:
    assert asked([standing(9, Circle.INNER, 90, cadence_days=60)]) == []
    assert directions([standing(9, Circle.INNER, 90)]) == {9: DriftDirection.QUIETER}


def test_when_all_of_a_circle_are_quiet_nobody_is_singled_out() -> None:
    """Somebody who has written to nobody this summer is not told so five times."""
    circle = [standing(number, Circle.INNER, *every(12, 20, first=90)) for number in range(5)]
    assert asked(circle) == []


def test_with_few_others_the_cadence_must_do() -> None:
    """Two others are no measure: each is seen by the circle's cadence alone."""
    three = [standing(number, Circle.INNER, *every(12, 20, first=90)) for number in range(3)]
    assert set(directions(three)) == {0, 1, 2}


def test_an_empty_page_is_no_evidence() -> None:
    """Of whom nothing was ever noted nothing is asked, however long ago the circle was said."""
    assert asked([*LIVELY, standing(9, Circle.INNER, since=4000)]) == []


def test_turns_at_christmas_are_no_drift() -> None:
    """You write in odd years and they in even ones: in a friend's circle that is not silence."""
    days = [(TODAY - date(year, 12, 12)).days for year in range(2014, 2026)]
    assert asked([standing(9, Circle.FRIEND, *days), standing(8, Circle.WIDE, *days)]) == []


def test_words_at_a_nearer_circles_cadence_are_closer() -> None:
    """A friend who calls every three weeks has come as near as the close ones are."""
    (found,) = asked([standing(9, Circle.FRIEND, *every(20, 12, first=5))])
    assert found.direction is DriftDirection.CLOSER
    assert found.evidence == "a word about every 3 weeks; close is every 30 days"


def test_a_burst_of_words_is_no_closeness() -> None:
    """Twenty messages around a wedding, or five words in a year, are too little to ask about."""
    assert asked([standing(9, Circle.WIDE, *every(2, 20))]) == []
    assert asked([standing(9, Circle.WIDE, *every(40, 5))]) == []


def test_closeness_needs_the_whole_history_too() -> None:
    """Words alone do not bring one nearer while the warmth is below the middle of that circle."""
    close = [standing(number, Circle.CLOSE, 3, warmth=100.0) for number in range(3)]
    ago = every(20, 12, first=5)
    assert asked([*close, standing(9, Circle.FRIEND, *ago, warmth=40.0)]) == []
    assert directions([*close, standing(9, Circle.FRIEND, *ago, warmth=120.0)]) == {9: DriftDirection.CLOSER}


def test_a_shop_that_sees_every_regular_weekly_asks_about_none() -> None:
    """Closer is measured beside the others of the circle as well."""
    regulars = [standing(number, Circle.WIDE, *every(7, 40)) for number in range(6)]
    assert asked(regulars) == []
    assert directions([*regulars, standing(9, Circle.WIDE, *every(2, 80))]) == {9: DriftDirection.CLOSER}


def test_nobody_comes_closer_than_inner_and_from_none_only_as_a_friend() -> None:
    daily = every(1, 300)
    assert asked([standing(9, Circle.INNER, *daily)]) == []
    assert asked([standing(9, Circle.NONE, *every(130, 8, first=1))]) == []
    assert directions([standing(9, Circle.NONE, *every(20, 30))]) == {9: DriftDirection.CLOSER}


def test_a_rest_holds_for_its_days() -> None:
    wren = standing(9, Circle.INNER, 90)
    assert asked([wren], {rest_key(9): TODAY + timedelta(days=1)}) == []
    assert len(asked([wren], {rest_key(9): TODAY})) == 1
    assert len(asked([wren], {rest_key(90): TODAY + timedelta(days=1)})) == 1


def test_as_it_should_be_holds_until_something_changes() -> None:
    """The answer is about this silence in this circle: after another word, or in another circle, it is not."""
    (found,) = asked([standing(9, Circle.INNER, 90)])
    said = {found.key: None}
    assert asked([standing(9, Circle.INNER, 90)], said) == []
    assert len(asked([standing(9, Circle.INNER, 90, 60)], said)) == 1
    assert len(asked([standing(9, Circle.CLOSE, 90)], said)) == 1


def test_closer_as_it_should_be_holds_until_closer_still() -> None:
    (found,) = asked([standing(9, Circle.WIDE, *every(80, 12))])
    said = {found.key: None}
    assert asked([standing(9, Circle.WIDE, *every(70, 14))], said) == []
    assert len(asked([standing(9, Circle.WIDE, *every(20, 30))], said)) == 1


def test_the_nearest_circle_and_the_widest_gap_come_first() -> None:
    some = [
        standing(1, Circle.CLOSE, 400),
        standing(2, Circle.INNER, 60),
        standing(3, Circle.INNER, 80),
    ]
    assert [one.standing.contact_id for one in asked(some)] == [3, 2, 1]


@given(st.lists(st.integers(1, 3000), max_size=30, unique=True), st.sampled_from(Circle))
def test_a_word_today_ends_every_silence(ago: list[int], circle: Circle) -> None:
    """Whoever was just in touch is never called quiet."""
    found = asked([standing(1, circle, 0, *ago)])
    assert all(one.direction is DriftDirection.CLOSER for one in found)


@given(st.lists(st.tuples(st.sampled_from(Circle), st.lists(st.integers(0, 900), max_size=9)), max_size=9))
def test_nobody_is_asked_about_twice_and_every_line_has_its_evidence(
    some: list[tuple[Circle, list[int]]],
) -> None:
    """Each contact has one question at most, about the circle the user gave, and as asked it can be answered."""
    people = [standing(number, circle, *ago) for number, (circle, ago) in enumerate(some)]
    found = asked(people)
    assert len({one.standing.contact_id for one in found}) == len(found)
    assert all(one.standing in people and one.evidence for one in found)
    assert asked(people, {one.key: None for one in found}) == []


@given(st.lists(st.integers(0, 50), min_size=4, max_size=9), st.data())
def test_what_is_usual_is_the_median_of_the_others(silences: list[int], data: st.DataObject) -> None:
    """A silence stands out when it is at least twice the others' middle, whoever else is as silent."""
    number = data.draw(st.integers(0, len(silences) - 1))
    ago = [14 * one for one in silences]
    found = directions([standing(one, Circle.INNER, days) for one, days in enumerate(ago)])
    usual = median([one for other, one in enumerate(silences) if other != number])
    assert (number in found) == (silences[number] >= 3 and silences[number] >= 2 * usual)


def test_a_pace_needs_six_days_and_a_quarter() -> None:
    def at(ago: list[int]) -> float:
        return pace(sorted(TODAY - timedelta(days=one) for one in ago), TODAY)

    assert at(every(20, 6)) == pytest.approx(20)
    assert at(every(10, 60)) == pytest.approx(10)
    assert at(every(10, 8)) == math.inf
    assert at([]) == math.inf


def test_a_rhythm_is_the_middle_of_the_gaps() -> None:
    days = [date(2020, 1, 1), date(2020, 1, 11), date(2020, 1, 21), date(2022, 1, 1)]
    assert own_rhythm(days) == 10
    assert own_rhythm(days[:3]) == 0


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "1 day"),
        (1, "1 day"),
        (20, "20 days"),
        (21, "3 weeks"),
        (74, "11 weeks"),
        (90, "3 months"),
        (800, "2 years"),
    ],
)
def test_a_span_is_said_as_people_say_it(days: float, words: str) -> None:
    assert span_in_words(days) == words
