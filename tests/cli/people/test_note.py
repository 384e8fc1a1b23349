from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Once
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
    """Without a terminal the candidates are named with where they live, and nothing is kept."""
    near.done("add", "Jan Okafor")
    near.done("circle", "close", "jan okafor")
    kept = near.bytes
    result = near("note", "Jan: new job")
    assert result.code == 6
    assert "Jan Smith" in result.err
    assert "Jan Okafor" in result.err
    candidates = [line for line in result.err.splitlines() if line.startswith("  Jan ")]
    assert len(candidates) == 2
    assert all(" h" in line for line in candidates)
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
        {"number": 1, "on": "2026-11-20", "text": "launched the blue one", "ours": None},
        {"number": 2, "on": "2026-11-19", "text": "bought paint", "ours": None},
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


@pytest.fixture
def book(run: Runner, once: Once) -> Runner:
    """Return a book of names that are words, and of words that are names."""
    return once(run, _add_words_and_names)


def _add_words_and_names(run: Runner) -> None:
    for name in (
        "Mum Ark",
        "Jo Hill",
        "Mary Ann Poole",
        "Mary Stone",
        "Aunt Wren",
        "Will Baker",
        "May Baker",
    ):
        run.done("add", name)
    for name in ("Rose Elm", "Grace Okonjo", "Emeka Okonjo", "Emmett Dale", "Jan Kowalski", "Anna Kowalska"):
        run.done("add", name)
    for name in ("Petr Novák", "Eva Nováková", "Piet van den Berg", "Ida van den Berg"):
        run.done("add", name)
    for one, other in (("grace", "emeka"), ("jan", "anna"), ("petr", "eva"), ("piet", "ida")):
        run.done("household", "join", one, other)


@pytest.mark.parametrize(
    ("typed", "whom", "kept"),
    [
        ("Mum and Jo: came to tea", "Mum Ark and Jo Hill", "came to tea"),
        ("Mary Ann lost her cat", "Mary Ann Poole", "Mary Ann lost her cat"),
        ("Aunt Wren called", "Aunt Wren", "Aunt Wren called"),
        ("Will Baker may retire", "Will Baker", "Will Baker may retire"),
        ("will baker may retire", "Will Baker", "will baker may retire"),
        ("wren called", "Aunt Wren", "called"),
        ("Jo, Grace and Emeka: sang", "Jo Hill, Grace Okonjo and Emeka Okonjo", "sang"),
        ("met Grace in town", "Grace Okonjo", "met Grace in town"),
        ("Anna/Jan: new car", "Anna Kowalska and Jan Kowalski", "new car"),
        ("Okonjos: new dog", "Emeka Okonjo and Grace Okonjo", "new dog"),
        ("Grace & family: off to Leeds", "Grace Okonjo and Emeka Okonjo", "off to Leeds"),
        ("Grace and family came by", "Grace Okonjo and Emeka Okonjo", "Grace and family came by"),
        ("the Kowalskis have a car", "Anna Kowalska and Jan Kowalski", "the Kowalskis have a car"),
        ("the Kowalska family: a car", "Anna Kowalska and Jan Kowalski", "a car"),
        ("the Nováks moved", "Petr Novák and Eva Nováková", "the Nováks moved"),
        ("Familie Nováková: a car", "Petr Novák and Eva Nováková", "a car"),
        ("the van den Bergs moved", "Ida van den Berg and Piet van den Berg", "the van den Bergs moved"),
        ("Mrs. Hill called", "Jo Hill", "Mrs. Hill called"),
        ("Dr Elm and Frau Hill: sang", "Rose Elm and Jo Hill", "sang"),
        ("In May Rose will turn 70", "Rose Elm", "In May Rose will turn 70"),
    ],
)
def test_names_are_read_before_the_first_word(book: Runner, typed: str, whom: str, kept: str) -> None:
    """With quotes or without them a sentence is about everybody it begins with, and loses no word."""
    for words in ([typed], typed.split()):
        if len(words) == 1 and typed == "wren called":
            continue
        said = book.done("note", *words).out
        assert sorted(said.strip().removeprefix("noted for ").replace(" and ", ", ").split(", ")) == sorted(
            whom.replace(" and ", ", ").split(", ")
        )
        assert _notes(book, whom.replace(" and ", ", ").split(", ")[0])[0] == kept


@pytest.mark.parametrize(
    "typed",
    [
        "may be late this year",
        "will have to wait",
        "rose petals for the card",
        "art is long",
        "grace before meals",
    ],
)
def test_a_word_that_is_a_name_too_is_no_name(book: Runner, typed: str) -> None:
    """What begins as a sentence does is kept for nobody rather than for somebody not meant."""
    result = book("note", typed)
    assert (result.code, "names nobody" in result.err) == (4, True)


def test_who_in_quotes_stays_who(book: Runner) -> None:
    """Quotes say which words are WHO and which the note."""
    book.done("note", "Mary Ann Poole", "Rose came too")
    assert _notes(book, "mary ann") == ["Rose came too"]
    book.done("note", "mum", "and Jo came")
    assert _notes(book, "mum ark") == ["and Jo came"]


@pytest.mark.parametrize(
    "who",
    [
        "the kowalskis",
        "the Kowalska family",
        "Anna and Jan",
        "Anna/Jan",
        "Anna & family",
        "Mrs Kowalska and Jan",
    ],
)
def test_a_family_and_a_pair_are_who(book: Runner, who: str) -> None:
    """What a note understands every command does that takes several."""
    said = book.done("log", who, "visit").out
    assert "Anna Kowalska" in said
    assert "Jan Kowalski" in said


def test_a_note_from_each_line(book: Runner) -> None:
    """Lines of the standard input are notes, kept and taken back together; one for nobody keeps none."""
    assert book("note", "-", stdin=b"Jo Hill: tea\n\nAunt Wren fell\n").code == 0
    assert (_notes(book, "jo hill"), _notes(book, "wren")) == (["tea"], ["Aunt Wren fell"])
    book.done("undo")
    assert (_notes(book, "jo hill"), _notes(book, "wren")) == ([], [])
    result = book("note", "-", stdin=b"Jo Hill: tea\nZebedee: fell\n")
    assert (result.code, "Line 2" in result.err) == (4, True)
    assert _notes(book, "jo hill") == []
    assert [book("note", "-", stdin=data).code for data in (b"", b"\n", b"Jo Hill: \xff\n")] == [2, 2, 2]


def test_one_old_note_is_taken_back_alone(near: Runner) -> None:
    """By its number on the page, of WHO alone; undo brings it back under the same number."""
    near.done("note", "Anna and Jan: moved to Leeds")
    near.done("note", "anna kowalska", "started cello")
    before = near("show", "anna kowalska", "--json").json["contact"]["notes"]
    number = str(next(note["number"] for note in before if note["text"] == "moved to Leeds"))
    assert f"moved to Leeds  (note {number})" in near("show", "anna kowalska", "--full").out
    assert near("note", "jan smith", "--remove", number).code == 4
    assert near("note", "anna kowalska", "--remove", number, "--mine").code == 2
    assert near("note", "anna kowalska", "--remove", number, "--keep", number).code == 2
    near.done("note", "anna kowalska", "--remove", number)
    assert _notes(near, "anna kowalska") == ["started cello"]
    assert _notes(near, "jan smith") == ["moved to Leeds"]
    near.done("undo")
    assert near("show", "anna kowalska", "--json").json["contact"]["notes"] == before


def test_a_note_of_a_day_to_come_is_refused(near: Runner) -> None:
    """A wrong year is no note of the future."""
    result = near("note", "anna kowalska", "retired", "--on", "2030-01-01")
    assert result.code == 2
    assert "has not come yet" in result.err


def test_several_of_one_name_are_told_apart_by_place_and_household(near: Runner) -> None:
    """Beside the identifier stand town and household, by which a person knows who is meant."""
    near.done("add", "Jan Okafor")
    result = near("show", "jan")
    assert result.code == 6
    assert all(" · h" in line or "  h" in line for line in result.err.splitlines() if "Jan " in line)
