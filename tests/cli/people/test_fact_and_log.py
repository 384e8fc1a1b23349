from __future__ import annotations

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
    assert _contact(people, "wren")["interactions"] == [
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
