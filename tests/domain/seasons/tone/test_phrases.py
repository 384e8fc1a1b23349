from __future__ import annotations

import pytest

from relcard.domain.seasons.tone.phrases import LONGEST
from relcard.domain.seasons.tone.phrases import find_phrases


def _found(text: str, language: str = "en", *, careful: bool = False) -> list[tuple[str, str]]:
    return list(find_phrases(tuple(text.split(" / ")), language, careful=careful))


def test_a_phrase_goes_over_the_end_of_a_line() -> None:
    """The line it begins on is the one that is quoted."""
    assert _found("A quiet Christmas. We wish / you and your / family peace") == [
        ("hundreds", "you and your")
    ]
    assert [line for _, line in _found("Another year has passed / and where did the time go")] == [
        "Another year has passed",
        "and where did the time go",
    ]
    assert _found("Snow fell. Our Tim got / into Harvard") == [("boast", "Snow fell. Our Tim got")]


@pytest.mark.parametrize(
    "text",
    [
        "We heard that you were promoted, and raised a cup of tea",
        "Congratulations on the gold medal",
        "We are so proud of you",
        "Wir sind so stolz auf euch",
        "Wie schön, dass Sie zum Direktor ernannt sind",
        "Nous sommes si fiers de toi",
        "Jesteśmy z Ciebie tacy dumni",
    ],
)
def test_praise_of_the_reader_is_no_boast(text: str) -> None:
    """A sentence about the reader is left alone, in any of the languages; the next sentence is not."""
    for language in ("en", "de", "fr", "pl"):
        assert _found(text, language) == []
    assert _found(f"{text}. Our Tim got into Harvard", "pl") != []


@pytest.mark.parametrize(
    "text",
    ["[we ring at six]", "{joy}", "« Petit Papa Noël »", "100% wool, 100% love", "<3", "from us [both]"],
)
def test_brackets_of_a_writer_are_no_field(text: str) -> None:
    """Only the words of a field, and nothing else, make one of what stands in brackets."""
    assert _found(text, "fr") == []


def test_a_jolly_line_is_jolly_in_a_careful_year_alone() -> None:
    """Everybody else may be merry."""
    assert _found("Eat, drink and be merry") == []
    assert _found("Eat, drink and be merry", careful=True) == [("jolly", "Eat, drink and be merry")]


def test_the_length_counts_letters() -> None:
    """At the bound nothing is said, beyond it the first line is named."""
    assert _found("a" * (LONGEST - 1) + " / b") == []
    assert _found("a" * LONGEST + " / b") == [("length", "a" * LONGEST)]


def test_english_is_known_on_every_card_and_a_third_language_is_not() -> None:
    """People mix; a language nobody has on the card is not searched."""
    assert _found("We hope this finds you well", "hu") != []
    assert _found("Lasst die Korken knallen", "fr", careful=True) == []


@pytest.mark.parametrize(
    ("language", "rule", "text"),
    [
        ("en", "boast", "Sophie graduated with honors from Princeton"),
        ("de", "boast", "Paul ist jetzt Geschäftsführer"),
        ("it", "boast", "Siamo fierissimi dei nostri figli"),
        ("en", "hundreds", "Can you believe it's December already"),
        ("fr", "hundreds", "L’année touche à sa fin"),
        ("nl", "hundreds", "Voor jullie en jullie families"),
        ("en", "plural", "The O'Brien's wish you joy"),
        ("de", "merge-field", "Liebe %Vorname%"),
        ("en", "merge-field", "Dear $first_name"),
        ("pl", "merge-field", "Droga #Imię#"),
        ("sv", "merge-field", "Kära FNAME"),
    ],
)
def test_other_ways_to_say_it_are_known_too(language: str, rule: str, text: str) -> None:
    """Words that stand in no corpus, as a season brings them."""
    assert (rule, text) in _found(text, language)
