from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.text import has_east_asian
from relcard.domain.text import is_east_asian
from relcard.domain.text import is_unspaced
from relcard.domain.text import plain_words
from relcard.domain.text import quoted


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_a_shell_takes_the_words_for_one_and_the_same(text: str) -> None:
    """Whatever the words, a shell reads back exactly what was meant."""
    assert shlex.split(quoted(text)) == [text]


@pytest.mark.parametrize(
    ("text", "typed"),
    [("anna", "anna"), ("Zoë", "Zoë"), ("Anna Nowak", '"Anna Nowak"'), ("O'Brien", '"O\'Brien"'), ("", '""')],
)
def test_words_look_as_a_person_types_them(text: str, typed: str) -> None:
    """A name stands bare, several in double quotes."""
    assert quoted(text) == typed


def test_a_sign_that_a_shell_reads_is_taken_from_it() -> None:
    """A dollar, a backtick or an exclamation mark means nothing to the shell any more."""
    assert quoted("a $HOME!") == "'a $HOME!'"


@pytest.mark.parametrize("letter", "佐々〇の健ガ한嵂𠮷")
def test_letters_of_east_asia(letter: str) -> None:
    """Han, kana and hangul are East Asian letters, the rare ones and the repeated one among them."""
    assert is_east_asian(letter)
    assert has_east_asian(f"Ul. {letter}")


@pytest.mark.parametrize("character", ["a", "Ł", "Ж", "ก", "ا", " ", "〒", "。", "「", "\ufe0f", "🎂", ""])
def test_what_is_no_letter_of_east_asia(character: str) -> None:
    """Other scripts, punctuation, signs and nothing at all are none."""
    assert not is_east_asian(character)
    assert not has_east_asian(character)


def test_only_korean_letters_want_a_space_between_words() -> None:
    """A line may be divided beside Chinese and Japanese and their punctuation, not within Korean."""
    assert all(map(is_unspaced, "佐の。「𠮷"))
    assert not any(map(is_unspaced, "한aЖ "))


def test_words_are_compared_without_accents_and_punctuation() -> None:
    """A fact's words are what a person reads in them; a sign that stands alone stays."""
    assert plain_words("Dark  RYE, sliced (thin)") == "dark rye sliced thin"
    assert plain_words("Żytni") == "zytni"
    assert plain_words("☕") == "☕"
