"""Tests for the table of occasions and how it is found by the words people use."""

from __future__ import annotations

import pytest

from relcard.domain.feasts import FEASTS
from relcard.domain.kinds import OccasionKind
from relcard.domain.occasions import OCCASIONS
from relcard.domain.occasions import Mood
from relcard.domain.occasions import answers_day
from relcard.domain.occasions import find_occasion
from relcard.domain.occasions import meant_occasion
from relcard.errors import UsageError


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Get well", "get-well"),
        ("getwell", "get-well"),
        ("SYMPATHY", "condolence"),
        ("thank you", "thankyou"),
        ("Thank-You", "thankyou"),
        ("new home", "moving"),
        ("wedding anniversary", "anniversary"),
        ("new year", "newyear"),
    ],
)
def test_an_occasion_is_found_however_it_is_spelt(words: str, name: str) -> None:
    assert find_occasion(words).name == name


def test_another_name_is_an_occasion_of_ones_own() -> None:
    own = find_occasion("Name day")
    assert (own.name, own.is_own, own.mood) == ("name-day", True, Mood.PLAIN)
    with pytest.raises(UsageError, match="cannot be an occasion"):
        find_occasion("40")


def test_no_two_occasions_answer_to_one_spelling() -> None:
    spellings = [
        spelling
        for occasion in OCCASIONS.values()
        for spelling in (occasion.name.replace("-", ""), *occasion.also)
    ]
    assert sorted(set(spellings)) == sorted(spellings)
    assert all(spelling.isascii() and spelling.isalnum() and spelling.islower() for spelling in spellings)


def test_every_feast_has_a_row_and_no_other_occasion_makes_a_season() -> None:
    assert {name for name, occasion in OCCASIONS.items() if occasion.is_feast} == set(FEASTS)


def test_words_stand_in_only_for_words_of_the_same_mood() -> None:
    for occasion in OCCASIONS.values():
        if occasion.stand_in:
            assert OCCASIONS[occasion.stand_in].mood is occasion.mood
            assert not OCCASIONS[occasion.stand_in].stand_in, occasion.name


def test_a_card_answers_the_day_it_is_for_and_no_other() -> None:
    assert answers_day("birthday", OccasionKind.BIRTHDAY)
    assert answers_day("wedding", OccasionKind.ANNIVERSARY)
    assert not answers_day("birthday", OccasionKind.ANNIVERSARY)
    assert not answers_day("condolence", OccasionKind.REMEMBRANCE)
    assert answers_day("name-day", OccasionKind.CUSTOM, "Name day")
    assert answers_day("graduation", OccasionKind.CUSTOM, "graduation")
    assert not answers_day("name-day", OccasionKind.CUSTOM, "名前の日")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("crhistmas", "christmas"),
        ("Birthdy", "birthday"),
        ("christmas", ""),
        ("name day", ""),
        ("exams", ""),
        ("60th birthday", ""),
        ("", ""),
    ],
)
def test_a_slip_of_the_finger_is_seen(words: str, meant: str) -> None:
    """What is a letter or two beside an occasion is that one; other words are the user's own."""
    assert meant_occasion(words) == meant
