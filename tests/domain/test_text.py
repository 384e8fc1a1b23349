from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
