"""Two hundred good greetings without a word about them, and a hundred bad ones each named by its rule."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from relcard.domain.languages import all_languages
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.tone import Reader
from relcard.domain.seasons.tone import read_tone
from relcard.domain.seasons.tone.repeats import Before
from relcard.domain.seasons.tone.rules import RULES

DATA = Path(__file__).resolve().parents[3] / "data" / "tone"
LANGUAGES = tuple(words.code for words in all_languages() if words.tone)
HOUSEHOLD = ("Anna", "Tom", "Whitfield")
SENDER = ("Maud", "Ellery")


class Greeting(NamedTuple):
    """A greeting of a corpus and the heading it stands under: a language, or a rule."""

    heading: str
    text: str


def corpus(name: str) -> list[Greeting]:
    """Read a corpus: headings in brackets, a greeting a line, comments behind #."""
    greetings = []
    heading = ""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif line and not line.startswith("#"):
            greetings.append(Greeting(heading, line))
    return greetings


GOOD, BAD = corpus("good.txt"), corpus("bad.txt")


def rules_of(text: str, reader: Reader) -> list[str]:
    """Return the names of the rules that speak of a greeting, on the inside of a card."""
    return [remark.rule for remark in read_tone(Printed("", text.replace(" / ", "\n")), reader)]


def test_the_corpora_are_whole() -> None:
    """Twenty-five good greetings in each language, a hundred bad ones, some of every rule."""
    assert Counter(greeting.heading for greeting in GOOD) == dict.fromkeys(LANGUAGES, 25)
    assert len(LANGUAGES) == 8
    assert len(BAD) == 100
    assert {greeting.heading for greeting in BAD} == {rule.name for rule in RULES}
    assert len({greeting.text for greeting in (*GOOD, *BAD)}) == 300


@pytest.mark.parametrize("card", LANGUAGES)
def test_a_good_greeting_is_left_alone(card: str) -> None:
    """No rule says a word about a plain greeting, also where the card's language is another."""
    remarked = {
        greeting.text: rules
        for greeting in GOOD
        if (
            rules := rules_of(
                greeting.text.removeprefix("* "),
                Reader(
                    language=card,
                    names=HOUSEHOLD,
                    sender_names=SENDER,
                    careful=greeting.text.startswith("* ") and greeting.heading == card,
                ),
            )
        )
    }
    assert remarked == {}


@pytest.mark.parametrize("greeting", BAD, ids=lambda greeting: greeting.text[:40])
def test_a_bad_greeting_is_named_by_its_rule(greeting: Greeting) -> None:
    """Each is caught by the rule it stands under, and whatever others say of it."""
    language, _, text = greeting.text.partition(": ")
    text, _, earlier = text.partition(" <- ")
    reader = Reader(
        language=language,
        names=HOUSEHOLD,
        sender_names=SENDER,
        careful=greeting.heading == "jolly",
        before=(Before(earlier.replace(" / ", "\n"), "they read this in 2025"),) if earlier else (),
    )
    assert greeting.heading in rules_of(text, reader)
