from __future__ import annotations

import pytest

from relcard.paper.text.characters import clusters
from relcard.paper.text.characters import describe
from relcard.paper.text.characters import prepare
from relcard.paper.text.characters import stands_alone


def test_joiners_stay_where_they_work() -> None:
    """A joiner between letters that join is kept; one beside Latin letters or at an end goes."""
    assert prepare("क\u094d\u200dष") == "क\u094d\u200dष"
    assert prepare("نامه\u200cها\u200c") == "نامه\u200cها"
    assert prepare("A\u200dnn\u200c") == "Ann"


def test_invisible_marks_are_left_out() -> None:
    """Direction marks, zero-width characters and other blanks from telephones go; spaces become plain ones."""
    assert prepare("\u200eAnn\u2009B.\u202f\ufeffC\u00add") == "Ann B.\u00a0Cd"


def test_a_character_is_described_by_its_name() -> None:
    """A sign is named in words; a Chinese character, whose Unicode name is a number, stands alone."""
    assert describe("ک") == "ک (arabic letter keheh)"
    assert describe("健") == "健"


@pytest.mark.parametrize(
    ("character", "alone"),
    [("a", True), ("Ł", True), ("Ж", True), ("क", False), ("م", False), ("\u0301", False)],
)
def test_letters_that_join_stack_or_run_to_the_left_do_not_stand_alone(character: str, alone: bool) -> None:
    """Latin, Greek and Cyrillic letters are drawn one by one; others want to know their neighbours."""
    assert stands_alone(character) is alone


def test_a_letter_keeps_its_marks() -> None:
    """Text is never divided between a letter and its marks, its joiner or its tone of skin."""
    assert list(clusters("ष\u094d\u200dषa\u0301b👋🏽")) == ["ष\u094d\u200dष", "a\u0301", "b", "👋🏽"]
