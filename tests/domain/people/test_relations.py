from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.relations import Tie
from relcard.domain.people.relations import inverse
from relcard.domain.people.relations import plain_word
from relcard.domain.people.relations import seen_from

WORDS = ("mother", "godchild", "neighbour", "tailor", "spouse", "wife", "parent", "child", "niece", "friend")


def _said(me: str, *ties: Tie) -> list[str]:
    return [
        f"{one.word} of {one.other}" if one.is_of else f"{one.word}: {one.other}"
        for one in seen_from(me, ties)
    ]


def test_both_pages_say_it_from_their_side() -> None:
    """Anna is mother of Ola, and Ola child of Anna: nobody said daughter."""
    tie = Tie("anna", "mother", "ola")
    assert _said("anna", tie) == ["mother of ola"]
    assert _said("ola", tie) == ["child of anna"]


def test_a_word_without_an_inverse_is_turned_round() -> None:
    """A tailor's customer has a tailor."""
    tie = Tie("jan", "tailor", "anna")
    assert _said("jan", tie) == ["tailor of anna"]
    assert _said("anna", tie) == ["tailor: jan"]


@pytest.mark.parametrize(
    ("ties", "page"),
    [
        ((Tie("anna", "mother", "ola"), Tie("ola", "child", "anna")), ["mother of ola"]),
        ((Tie("ola", "child", "anna"), Tie("anna", "mother", "ola")), ["mother of ola"]),
        ((Tie("jan", "spouse", "anna"), Tie("anna", "wife", "jan")), ["wife of jan"]),
        ((Tie("anna", "partner", "jan"), Tie("jan", "husband", "anna")), ["spouse of jan"]),
        ((Tie("anna", "neighbour", "jan"), Tie("jan", "neighbour", "anna")), ["neighbour of jan"]),
        ((Tie("anna", "cousin", "jan"), Tie("jan", "tailor", "anna")), ["cousin of jan", "tailor: jan"]),
    ],
)
def test_the_same_is_said_once_and_exactly(ties: tuple[Tie, ...], page: list[str]) -> None:
    """What one card says generally and another exactly stands once, exactly."""
    assert _said("anna", *ties) == page


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("Neighbour of", "neighbour"),
        (" mother ", "mother"),
        ("co-worker", "colleague"),
        ("neighbor", "neighbour"),
    ],
)
def test_kinds_in_plain_words(typed: str, word: str) -> None:
    """However a kind is typed, one word is kept."""
    assert plain_word(typed) == word


@given(st.sampled_from(WORDS))
def test_an_inverse_turned_again_means_the_same(word: str) -> None:
    """The inverse of an inverse is the word or its form free of gender, which has the same inverse."""
    if inverse(word):
        assert inverse(inverse(inverse(word))) == inverse(word)


@given(
    st.lists(
        st.builds(Tie, st.sampled_from("abcd"), st.sampled_from(WORDS), st.sampled_from("abcd")), max_size=12
    )
)
def test_everybody_tied_is_on_both_pages(ties: list[Tie]) -> None:
    """A tie between two stands on the page of each, no line stands twice, and nobody is tied to themselves."""
    for me in "abcd":
        lines = seen_from(me, ties)
        assert len(set(lines)) == len(lines)
        tied = {tie.of if tie.one == me else tie.one for tie in ties if me in (tie.one, tie.of)} - {me}
        assert {line.other for line in lines} == tied
        assert all(line.word for line in lines)
