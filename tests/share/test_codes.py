"""The code of a list: typed as people type, with every slip noticed."""

from __future__ import annotations

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.errors import UsageError
from relcard.share.codes import new_code
from relcard.share.codes import read_code

CODE = new_code(is_plain=False)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_is_read_as_it_was_shown() -> None:
    """Eight groups of four, in large or small letters, with spaces or without, O for 0 and l for 1."""
    assert [len(group) for group in CODE.text.split("-")] == [4] * 8
    typed = CODE.text.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert read_code(typed) == read_code(CODE.text.replace("-", "")) == CODE


def test_the_key_is_one_of_age() -> None:
    """Age takes the key, and each list has its own; a plain list has none."""
    assert str(pyrage.x25519.Identity.from_str(CODE.key)) == CODE.key
    other = new_code(is_plain=False)
    assert (other.key != CODE.key, other.list_id != CODE.list_id) == (True, True)
    plain = new_code(is_plain=True)
    assert (plain.key, read_code(plain.text)) == ("", plain)


@given(st.integers(0, 31), st.sampled_from(LETTERS))
def test_a_wrong_letter_is_noticed(place: int, letter: str) -> None:
    """A code of which one letter is another is refused."""
    letters = CODE.text.replace("-", "")
    if letters[place] != letter:
        with pytest.raises(UsageError, match="not as it was"):
            read_code(f"{letters[:place]}{letter}{letters[place + 1 :]}")


@pytest.mark.parametrize(
    "text",
    ["", "1234", CODE.text + "0", CODE.text.replace("-", "")[1:], "U" * 32, "ß" * 32],
    ids=range(6),
)
def test_what_is_no_code_is_refused(text: str) -> None:
    """Too short, too long, or of other letters: the refusal says what a code is."""
    with pytest.raises(UsageError, match="32 letters"):
        read_code(text)
