from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.questions import Known
from relcard.domain.seasons.questions import nothing_new
from relcard.domain.seasons.questions import questions

AGES = st.none() | st.integers(0, 40)
CHILDREN = st.lists(st.tuples(st.sampled_from(("Emma", "Jack", "Ola")), AGES), max_size=3)
FACTS = st.lists(
    st.tuples(st.sampled_from(("garden", "dog", "Work", "shoe size", "plays football")), st.just("{x} %s")),
    max_size=3,
)
KNOWN = st.builds(
    Known,
    household_id=st.just(7),
    circle=st.sampled_from([None, *Circle]),
    children=CHILDREN,
    adults=st.lists(st.tuples(st.sampled_from(("Ann", "Tom")), st.none() | st.integers(20, 99)), max_size=2),
    pets=st.lists(st.sampled_from(("Rex", "Minka")), max_size=1),
    facts=FACTS,
    is_organisation=st.booleans(),
    careful=st.booleans(),
    last_came=st.none() | st.integers(2000, 2025),
    unanswered=st.integers(0, 9),
)


@given(KNOWN, KNOWN, st.integers(1990, 2100))
def test_never_last_years_question(known: Known, a_year_later: Known, year: int) -> None:
    """Whatever became known in between, the first question of a year is not first in the next one."""
    assert questions(known, year)[0] != questions(a_year_later, year + 1)[0]


@given(KNOWN, st.integers(1990, 2100))
def test_there_is_always_a_question_and_each_is_asked_once(known: Known, year: int) -> None:
    """The same page gives the same questions, with every name and age in them and no place left open."""
    several = questions(known, year)
    assert several == questions(known, year)
    assert len(set(several)) == len(several) >= 2
    assert all("{" not in text.replace("{x} %s", "") for text in several)
    assert "None" not in " ".join(several)


def test_what_is_of_this_year_alone_comes_first() -> None:
    """A first school year, a birth and a round birthday are asked about before all else."""
    for year in (2026, 2027):
        assert "Emma (6)" in questions(Known(1, children=(("Jack", 9), ("Emma", 6))), year)[0]
        assert "Ola" in questions(Known(1, children=(("Ola", 0),), facts=(("garden", "roses"),)), year)[0]
        assert "60" in questions(Known(1, adults=(("Ann", 60), ("Tom", 58))), year)[0]


def test_what_is_known_becomes_a_question() -> None:
    """A fact whose key tells of a garden, a dog or work is asked about; one that tells nothing is not."""
    asked = " · ".join(
        questions(Known(1, facts=(("Garden", "roses"), ("shoe size", "41")), pets=("Rex",)), 2026)
    )
    assert "garden" in asked
    assert "Rex" in asked
    assert "41" not in asked


def test_a_careful_year_is_asked_about_carefully() -> None:
    """Children's games and round birthdays wait for another year."""
    known = Known(1, careful=True, children=(("Emma", 6),), circle=Circle.WIDE, unanswered=5)
    light = nothing_new(known, 2026)
    assert "Emma" not in " ".join(questions(known, 2026))
    assert light.instead == "or a call, which need not be long"


def test_a_year_off_is_for_who_has_been_silent_in_the_wide_circle_alone() -> None:
    """Who is near is called, however long nothing came; an organisation is not rung up."""
    silent = Known(1, circle=Circle.WIDE, last_came=2021, unanswered=4)
    assert nothing_new(silent, 2026).instead == "or a year off: nothing came since 2021, and it may rest"
    for near in (Circle.INNER, Circle.CLOSE, Circle.FRIEND):
        assert nothing_new(silent._replace(circle=near), 2026).instead == "or a call instead"
    assert nothing_new(silent._replace(unanswered=2), 2026).instead == "or a call instead"
    assert nothing_new(Known(1, is_organisation=True), 2026).instead == ""
