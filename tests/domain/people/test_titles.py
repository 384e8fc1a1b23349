from __future__ import annotations

import pytest

from relcard.domain.people.titles import academic
from relcard.domain.people.titles import stated_gender


@pytest.mark.parametrize(
    ("prefixes", "titles"),
    [("", ""), ("Mr", ""), ("Herr Prof. Dr.", "Prof. Dr."), ("Frau", ""), ("Rev.", "Rev."), ("MRS.", "")],
)
def test_mr_and_mrs_are_no_titles(prefixes: str, titles: str) -> None:
    """What one earned stands on the envelope as it is written; Mr and Mrs of any language do not."""
    assert academic(prefixes) == titles


@pytest.mark.parametrize(
    ("gender", "prefixes", "stated"),
    [
        ("f", "", "f"),
        ("m", "Mrs", "m"),
        ("n", "Mrs", ""),
        ("", "Frau Dr.", "f"),
        ("", "Dr.", ""),
        ("", "Mx", ""),
        ("", "Mr Mrs", ""),
    ],
)
def test_a_gender_is_stated_or_unknown(gender: str, prefixes: str, stated: str) -> None:
    """The card's GENDER counts first, then a Mr or Mrs; where they say nothing, or both, nobody guesses."""
    assert stated_gender(gender, prefixes) == stated
