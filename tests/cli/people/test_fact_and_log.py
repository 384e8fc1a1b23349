from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from typing import Any

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def _contact(run: Runner, who: str) -> dict[str, Any]:
    found = run("show", who, "--json").json["contact"]
    assert isinstance(found, dict)
    return found


def test_fact_is_replaced_and_forgotten(people: Runner) -> None:
    """A fact has one value a key; without a value it is forgotten, and what is not there cannot be."""
    people.done("fact", "bakery", "bread", "rye")
    people.done("fact", "bakery", "bread", "rye", "and", "spelt")
    assert [(one["key"], one["value"]) for one in _contact(people, "bakery")["facts"]] == [
        ("bread", "rye and spelt")
    ]
    people.done("fact", "bakery", "bread")
    assert _contact(people, "bakery")["facts"] == []
    assert people("fact", "bakery", "bread").code == 2


def test_a_fact_of_several_is_each_ones(near: Runner) -> None:
    """Two names, or a household, each have the fact, and forget it whoever of them has it."""
    near.done("fact", "Anna and Jan", "tea", "Assam")
    for who in ("anna", "jan smith"):
        assert [one["value"] for one in _contact(near, who)["facts"]] == ["Assam"]
    near.done("fact", "jan smith", "tea")
    near.done("fact", "Anna and Jan", "tea")
    assert _contact(near, "anna")["facts"] == []
    assert near("fact", "Anna and Jan", "tea").code == 2


@pytest.mark.parametrize("words", [("note", "omar", " "), ("tag", " ", "omar"), ("fact", "omar", "boat")])
def test_nothing_is_kept_of_nothing(people: Runner, words: tuple[str, ...]) -> None:
    """An empty note, tag or fact is refused with an example."""
    before = people.bytes
    result = people(*words)
    assert result.code == 2
    assert "relcard" in result.err
    assert people.bytes == before


def test_log_is_in_the_history_between_you(people: Runner) -> None:
    """A visit, call, letter or card is kept with direction, day and text, and is the last contact."""
    people.done("log", "wren", "visit", "--on", "2026-10-04")
    people.done(
        "log", "wren", "letter", "--from-them", "--on", "2026-11-02", "--text", "the wireless is mended"
    )
    interactions = _contact(people, "wren")["interactions"]
    assert all(one.pop("number") and one.pop("through") == [] for one in interactions)
    assert all(one.pop("occasion") is None for one in interactions)
    assert all(one.pop("ours") is None for one in interactions)
    assert interactions == [
        {"channel": "letter", "direction": "from them", "on": "2026-11-02", "text": "the wireless is mended"},
        {"channel": "visit", "direction": "to them", "on": "2026-10-04", "text": ""},
    ]
    (wren,) = people("list", "wren", "--json").json["contacts"]
    assert wren["last_contact"] == "2026-11-02"


def test_log_never_looks_ahead(people: Runner) -> None:
    """What has not happened yet cannot be logged."""
    result = people("log", "wren", "call", "--on", "2026-11-21")
    assert result.code == 2
    assert "has not come yet" in result.err


@pytest.mark.parametrize("channel", ["visit", "call", "letter", "card", "message", "email", "gift", "other"])
def test_every_channel_can_be_logged(people: Runner, channel: str) -> None:
    """All channels of the contract are taken."""
    people.done("log", "wren", channel)
    assert _contact(people, "wren")["interactions"][0]["channel"] == channel


def test_a_wrong_channel_names_the_channels(people: Runner) -> None:
    """The refusal of a channel lists those there are."""
    result = people("log", "wren", "pigeon")
    assert result.code == 2
    assert "CHANNEL" in result.err
    assert "letter" in result.err


@pytest.mark.parametrize(
    ("said", "channel"),
    [
        ("Visit", "visit"),
        ("tea", "visit"),
        ("met", "visit"),
        ("PHONE", "call"),
        ("sms", "message"),
        ("a text", "message"),
        ("postcard", "card"),
        ("e-mail", "email"),
        ("presents", "gift"),
    ],
)
def test_common_words_are_channels(people: Runner, said: str, channel: str) -> None:
    """A channel is said in any case and as people call it."""
    people.done("log", "wren", said)
    assert _contact(people, "wren")["interactions"][0]["channel"] == channel


@pytest.mark.parametrize(
    "words",
    [("Bread", "rye"), ("bread:", "rye"), (" bread ", "rye"), ("bread: rye",), ("BREAD :", "rye")],
)
def test_a_key_is_one_however_it_is_typed(people: Runner, words: tuple[str, ...]) -> None:
    """Capitals, spaces and a colon make no second fact."""
    people.done("fact", "bakery", "bread", "wheat")
    people.done("fact", "bakery", *words)
    assert [(one["key"], one["value"]) for one in _contact(people, "bakery")["facts"]] == [("bread", "rye")]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("birthday", "3 March"), "relcard edit wren"),
        (("Born:", "1950"), "relcard edit wren"),
        (("name", "day", "26 July"), 'relcard day wren "name day" DAY'),
        (("address", "1 High Street"), "relcard address add wren"),
        (("Phone", "0113 496 0000"), "relcard edit wren"),
        (("E-Mail", "w@example.org"), "relcard edit wren"),
        (("anniversary", "3 March"), "relcard edit wren"),
        (("died", "2020"), "relcard rite death wren"),
        (("", "x"), "relcard fact wren bread rye"),
        ((" : ", "x"), "relcard fact wren bread rye"),
    ],
)
def test_what_has_a_command_of_its_own_is_no_fact(people: Runner, words: tuple[str, ...], hint: str) -> None:
    """A birthday kept as a fact would never be told in time: the command is named and nothing kept."""
    before = people.bytes
    result = people("fact", "wren", *words)
    assert result.code == 2
    assert hint in result.err
    assert people.bytes == before


def test_one_old_entry_is_taken_back_alone(people: Runner) -> None:
    """By the number on the page, which others keep; a look changes nothing, and undo brings it back."""
    for channel, on in (("visit", "2026-10-04"), ("call", "2026-10-05"), ("letter", "2026-10-06")):
        people.done("log", "wren", channel, "--on", on)
    before = _contact(people, "wren")["interactions"]
    number = next(one["number"] for one in before if one["channel"] == "call")
    assert f"call to them  (entry {number})" in people("show", "wren", "--full").out
    kept = people.bytes
    assert "would be taken away" in people.done("log", "wren", "--remove", str(number), "--dry-run").out
    assert people.bytes == kept
    people.done("log", "wren", "--remove", str(number))
    assert _contact(people, "wren")["interactions"] == [one for one in before if one["number"] != number]
    people.done("undo")
    assert _contact(people, "wren")["interactions"] == before


def test_an_entry_of_somebody_else_or_none_is_not_taken_back(people: Runner) -> None:
    """The number is one of WHO's own; the error says where they stand."""
    people.done("log", "wren", "visit")
    (visit,) = _contact(people, "wren")["interactions"]
    result = people("log", "omar", "--remove", str(visit["number"]))
    assert result.code == 4
    assert "--full" in result.err
    assert people("log", "wren").code == 2
    assert people("log", "wren", "visit", "--remove", "1").code == 2
    assert people("log", "wren", "--remove", str(visit["number"]), "--mine").code == 2


def test_a_card_of_a_season_is_taken_back_where_it_was_said(people: Runner) -> None:
    """It is its whole household's, and the season would still call it posted."""
    people.done("circle", "close", "wren")
    people.done("season", "start", "christmas")
    people.done("posted", "wren")
    (card,) = _contact(people, "wren")["interactions"]
    result = people("log", "wren", "--remove", str(card["number"]))
    assert result.code == 2
    assert "posted --take-back" in result.err


def test_a_word_dated_by_a_wrong_clock_does_not_count(people: Runner) -> None:
    """A call of 2030 silences nobody in 2026."""
    people.done("circle", "inner", "wren")
    people.done("--today", "2030-01-05", "log", "wren", "call")
    people.done("--today", "2030-01-06", "note", "wren", "has a dog")
    reminders = people("--today", "2026-12-20", "upcoming", "--json").json["reminders"]
    assert any(one["kind"] == "cadence" for one in reminders)
    (listed,) = people("list", "wren", "--older-than", "30", "--json").json["contacts"]
    assert listed["last_contact"] is None


def test_a_clock_that_was_ahead_or_is_behind_is_told(people: Runner) -> None:
    """What has not come yet is named with the command that takes it back; the store is whole all the same."""
    people.done("--today", "2030-01-05", "log", "wren", "call")
    people.done("--today", "2030-01-06", "note", "wren", "has a dog")
    result = people("doctor")
    assert result.code == 0
    assert "The last change is of 2030-01-06, and this computer says that it is 2026-11-20" in result.out
    entry, note = (
        line
        for line in result.out.splitlines()
        if line.strip().startswith("relcard log ") or " note " in line
    )
    people.done(*shlex.split(entry)[1:])
    people.done(*shlex.split(note)[1:])
    assert "has not come yet" not in people.done("doctor").out
    assert "2030-01-06" in people("today").err
    assert "2030" not in people("--today", "2030-02-01", "today").err


def test_log_says_who_brought_it_about(near: Runner) -> None:
    """The page of who came names her, her own warmth has it, and a merge or undo keeps it right."""
    before = near("warmth", "aunt wren", "--json").json["warmth"][0]["warmth"]
    done = near.done("log", "omar", "visit", "--on", "2026-07-01", "--through", "aunt wren")
    assert "through Aunt Wren" in done.out
    assert "visit, through Aunt Wren" in near.done("show", "omar").out
    assert near("show", "omar", "--json").json["contact"]["interactions"][0]["through"] == ["Aunt Wren"]
    (warm,) = near("warmth", "aunt wren", "--json").json["warmth"]
    assert warm["warmth"] > before
    assert "brings 2 people together" in {part["reason"] for part in warm["contributions"]}
    near.done("undo")
    assert near("warmth", "aunt wren", "--json").json["warmth"][0]["warmth"] == before
    assert near("log", "omar", "visit", "--through", "zebedee").code == 4
