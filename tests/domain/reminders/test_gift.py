from __future__ import annotations

import pytest

from relcard.domain.reminders.gift import Gift
from relcard.domain.reminders.gift import in_words
from relcard.domain.reminders.gift import said_gift
from relcard.errors import UsageError


@pytest.mark.parametrize(
    ("state", "occasion", "words"),
    [
        ("given", "christmas-2025", "given: a scarf (christmas 2025)"),
        ("given", "Christmas 2025", "given: a scarf (Christmas 2025)"),
        ("given", "birthday", "given: a scarf (birthday 2026)"),
        ("got", "", "got: a scarf (2026)"),
        ("got", "2024", "got: a scarf (2024)"),
        ("idea", "", "idea: a scarf"),
        ("idea", "christmas", "idea: a scarf (christmas)"),
        ("idea", "60th birthday 2027", "idea: a scarf (60th birthday 2027)"),
    ],
)
def test_the_occasion_says_the_year_or_it_is_this_one(state: str, occasion: str, words: str) -> None:
    """What passed is of this year where none is said; an idea has none of its own."""
    assert in_words(said_gift(Gift(1, False, state, "  a  scarf"), occasion, year=2026)) == words


@pytest.mark.parametrize("what", ["", " ", "x" * 201, "two\x07bells"])
def test_a_gift_without_words_is_refused(what: str) -> None:
    """A gift is named, in not too many letters."""
    with pytest.raises(UsageError, match="What is the gift"):
        said_gift(Gift(1, False, "idea", what), "", year=2026)
