from __future__ import annotations

import re
from datetime import date

import pytest

from relcard.domain.languages.page import CODES
from relcard.domain.languages.page import page_language
from relcard.domain.languages.page import preferred

ENGLISH = page_language("en")
TODAY = date(2026, 11, 20)


def _values(words: str | tuple[str, ...]) -> set[str]:
    return {
        name
        for form in ([words] if isinstance(words, str) else words)
        for name in re.findall(r"\{(\w+)\}", form)
    }


@pytest.mark.parametrize("code", CODES)
def test_languages_have_the_same_words(code: str) -> None:
    """The same chapters, keys and values, and as many forms as the numbers of the language need."""
    language = page_language(code)
    forms = {language.plural(number) for number in range(1001)}
    assert forms == set(range(len(forms)))
    assert {key: set(chapter) for key, chapter in language.words.items()} == {
        key: set(chapter) for key, chapter in ENGLISH.words.items()
    }
    for key, chapter in language.words.items():
        for name, words in chapter.items():
            english = ENGLISH.words[key][name]
            assert isinstance(words, str) == isinstance(english, str), f"{key}.{name}"
            assert isinstance(words, str) or len(words) == len(forms), f"{key}.{name}"
            assert _values(words) - {"n"} == _values(english) - {"n"}, f"{key}.{name}"


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("", "en"),
        ("pl", "pl"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("ja, fr;q=0.3, de;q=0.7", "de"),
        ("x;q=y,*", "en"),
    ],
)
def test_browser_says_which_language_first(accepted: str, code: str) -> None:
    assert preferred(accepted) == code


def test_days_in_words() -> None:
    """Near days with their weekday, far ones with their year."""
    near, far = date(2026, 12, 1), date(2024, 12, 1)
    assert [page_language(code).say_day(near, today=TODAY) for code in CODES] == [
        "Tuesday 1 December",
        "Dienstag, 1. Dezember",
        "mardi 1er décembre",
        "wtorek, 1 grudnia",
    ]
    assert [page_language(code).say_day(far, today=TODAY) for code in CODES] == [
        "1 December 2024",
        "1. Dezember 2024",
        "1er décembre 2024",
        "1 grudnia 2024",
    ]
