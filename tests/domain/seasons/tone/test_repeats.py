from __future__ import annotations

import pytest

from relcard.domain.seasons.tone.repeats import Before
from relcard.domain.seasons.tone.repeats import find_repeats

EARLIER = [
    Before("We still laugh about the tent.\nCome again in May, and bring the dog", "you wrote this in 2025")
]


@pytest.mark.parametrize(
    "text",
    [
        "We still laugh about the tent",
        "we STILL laugh - about the tent!",
        "Peace. We still laugh\nabout the tent.",
        "We still laugh about the tent. See you soon",
    ],
)
def test_a_sentence_is_known_again(text: str) -> None:
    """Case, stops and the end of a line do not hide it; the line it begins with is named."""
    repeats = find_repeats(text.split("\n"), EARLIER, ())
    assert list(repeats.values()) == ["you wrote this in 2025"]
    assert set(repeats) <= set(text.split("\n"))


@pytest.mark.parametrize("text", ["We laugh about the tent", "Come again", "the tent", ""])
def test_another_sentence_or_a_short_one_is_not(text: str) -> None:
    """Part of a sentence is another sentence, and a wish of few words is everybody's."""
    assert find_repeats([text], [*EARLIER, Before("Come again", "you wrote this in 2024")], ()) == {}


def test_words_for_everybody_are_nobodys() -> None:
    """What the template prints may be kept year after year."""
    assert find_repeats(["We still laugh about the tent"], EARLIER, ["We still laugh about the tent"]) == {}


def test_the_latest_time_is_named() -> None:
    """Where a sentence was said twice, the last of both counts."""
    twice = [*EARLIER, Before("We still laugh about the tent", "you wrote this in 2026")]
    assert [*find_repeats(["We still laugh about the tent"], twice, ()).values()] == [
        "you wrote this in 2026"
    ]
