from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def _notes(run: Runner, who: str) -> list[str]:
    return [one["text"] for one in run("show", who, "--json").json["contact"]["notes"]]


def test_a_note_in_free_words_is_kept_for_whom_it_names(near: Runner) -> None:
    """The list before the colon is no part of the note, and undo takes it from all of them at once."""
    done = near.done("note", "Anna and Jan: moved to Leeds", "--on", "2026-11-02")
    assert done.out == "  noted for Anna Kowalska and Jan Smith\n"
    assert _notes(near, "anna kowalska") == _notes(near, "jan smith") == ["moved to Leeds"]
    assert _notes(near, "ola smith") == []
    near.done("undo")
    assert _notes(near, "anna kowalska") == _notes(near, "jan smith") == []


def test_words_that_are_no_who_are_free_words(near: Runner) -> None:
    """Without quotes the words are read together when the first is nobody's name."""
    near.done("note", "the", "Okafors", "have", "a", "dog")
    assert _notes(near, "grace okafor") == _notes(near, "tobi okafor") == ["the Okafors have a dog"]


def test_a_name_of_several_is_asked_about(near: Runner) -> None:
    """Without a terminal the candidates are named with their identifiers, and nothing is kept."""
    near.done("add", "Jan Okafor")
    near.done("circle", "close", "jan okafor")
    kept = near.bytes
    result = near("note", "Jan: new job")
    assert result.code == 6
    assert "Jan Smith" in result.err
    assert "Jan Okafor" in result.err
    assert "identifier" in result.err
    assert near.bytes == kept


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("note", "Anna and Zebedee: moved"), "called Zebedee"),
        (("note", "the roof was mended"), "names nobody"),
        (("note", "zebedee", "moved"), "No contact matches 'zebedee'"),
    ],
    ids=("half a list", "nobody", "no WHO"),
)
def test_a_note_for_nobody_is_refused(near: Runner, words: tuple[str, ...], said: str) -> None:
    """A name nobody bears is told, with the next step, and nothing is kept."""
    before = near.bytes
    result = near(*words)
    assert result.code == 4
    assert said in result.err
    assert near.bytes == before


def test_note_has_its_day(people: Runner) -> None:
    """A note is of today unless another day is said; words need no quotes."""
    people.done("note", "omar", "launched", "the", "blue", "one")
    people.done("note", "omar", "bought paint", "--on", "yesterday")
    notes = people("show", "omar", "--json").json["contact"]["notes"]
    assert notes == [
        {"on": "2026-11-20", "text": "launched the blue one"},
        {"on": "2026-11-19", "text": "bought paint"},
    ]


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("Yesterday", "2026-11-19"),
        ("last tuesday", "2026-11-17"),
        ("12 Nov", "2026-11-12"),
        ("13/11", "2026-11-13"),
    ],
)
def test_the_day_of_a_note_is_said_as_people_say_it(people: Runner, said: str, on: str) -> None:
    """A weekday, and a day without a year, is the last one there was."""
    people.done("note", "omar", "bought paint", "--on", said)
    assert people("show", "omar", "--json").json["contact"]["notes"][0]["on"] == on


def test_a_day_that_is_none_is_refused_with_the_reason(people: Runner) -> None:
    """A part of a day is too little where a day is asked for."""
    for said, reason in (("2024", "a year"), ("spring", "is no day"), ("31 Nov", "on no calendar")):
        result = people("note", "omar", "bought paint", "--on", said)
        assert result.code == 2
        assert reason in result.err
