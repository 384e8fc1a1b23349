from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner

TODAY = date(2026, 11, 20)


def _names(run: Runner) -> list[str]:
    return [one["name"] for one in run("drift", "--json").json["drift"]]


def _called(run: Runner, who: str, *ago: int) -> None:
    for days in ago:
        run.done("log", who, "call", "--on", (TODAY - timedelta(days=days)).isoformat())


def test_drift_asks_gently_and_gives_three_answers(near: Runner) -> None:
    """Who has grown quiet is named with the evidence in a line, and each answer is a command that works."""
    _called(near, "wren", 90, 104, 118, 132)
    screen = near.done("drift").out
    assert "It has grown quiet between you" in screen
    assert "3 months since a call on 22 Aug; before that a word about every 14 days" in screen
    for answer in ("write", "rest", "as it should be"):
        assert f"\n  {answer} " in screen
    assert 'relcard drift "Aunt Wren" --rest 90' in screen
    assert max(map(len, screen.splitlines())) <= 80
    assert near("draft", "Aunt Wren", "--for", "thankyou").code == 0


def test_a_household_is_one_question(near: Runner) -> None:
    """What passed with all of a household is asked about once, and answered for all of them."""
    contacts = near("list", "okafor", "--json").json["contacts"]
    (home,) = {one["household"] for one in contacts}
    near.done("circle", "close", home)
    near.done("log", home, "visit", "--on", "2025-11-01")
    screen = near.done("drift").out
    assert screen.count("since a visit on 1 Nov 2025") == 1
    named = next(line for line in screen.splitlines() if "Okafor" in line)
    assert " and " in named
    assert f"relcard drift {home} --rest 90" in screen
    adults = ["Chidi Okafor", "Grace Okafor"]  # the children carry no circle
    assert sorted(_names(near)) == adults
    assert len(contacts) == 4
    assert "as it should be" in near.done("drift", home, "--as-it-should-be").out
    assert _names(near) == []
    near.done("undo")
    near.done("drift", home, "--rest", "5")
    assert _names(near) == []


def test_drift_has_its_keys(near: Runner) -> None:
    _called(near, "wren", 90, 104)
    found = near("drift", "--json").json["drift"]
    assert keys_of(found) == {"uid", "name", "circle", "direction", "evidence", "last_on", "id"}
    assert [(one["name"], one["direction"], one["last_on"]) for one in found] == [
        ("Aunt Wren", "quieter", "2026-08-22")
    ]


def test_closer_leaves_the_circle_to_the_user(near: Runner) -> None:
    _called(near, "omar", *range(5, 240, 20))
    screen = near.done("drift").out
    assert "You have come closer than the circle says" in screen
    assert "A circle changes only when you say so" in screen
    assert near("show", "omar", "--json").json["contact"]["circle"] == "friend"


def test_a_rest_and_its_end(near: Runner) -> None:
    _called(near, "wren", 90, 104)
    assert near.done("drift", "wren", "--rest", "30").out == "  Aunt Wren: at rest until Sun 20 Dec\n"
    assert _names(near) == []
    assert near("drift", "--json", today="2026-12-20").json["drift"][0]["name"] == "Aunt Wren"
    near.done("undo")
    assert _names(near) == ["Aunt Wren"]


def test_as_it_should_be_is_remembered_until_something_changes(near: Runner) -> None:
    """It is not asked again, however long the silence; in another circle it is another question."""
    _called(near, "wren", 90, 104)
    near.done("drift", "wren", "--as-it-should-be")
    assert _names(near) == []
    assert near.done("drift").out.startswith("  Nobody has moved from the circle you gave.")
    assert near("drift", "--json", today="2028-01-01").json["drift"] == []
    near.done("circle", "close", "wren")
    assert _names(near) == ["Aunt Wren"]


def test_only_what_is_asked_can_be_as_it_should_be(near: Runner) -> None:
    before = near.bytes
    result = near("drift", "omar", "--as-it-should-be")
    assert result.code == 4
    assert "Nothing is asked about Omar Haddad" in result.err
    assert near.bytes == before
    assert near.done("drift", "omar").out == "  Nothing is asked about Omar Haddad.\n"


@pytest.mark.parametrize(
    "words", [("--rest", "30"), ("wren", "--rest", "30", "--as-it-should-be"), ("wren", "--rest", "0")]
)
def test_an_answer_needs_one_contact_and_one_way(near: Runner, words: tuple[str, ...]) -> None:
    assert near("drift", *words).code == 2


def test_a_long_list_is_no_reproach(near: Runner) -> None:
    """Five of a kind are shown, the others counted; --all shows them."""
    names = ["Aunt Wren", "Margaret Hale", "Anna Kowalska", "Yuki Tanaka", "Omar Haddad", "Mia Delgado"]
    near.done("circle", "inner", *names[:2])
    near.done("circle", "close", *names[2:4])
    near.done("circle", "friend", *names[4:])
    near.done("circle", "none", "Jan Smith", "Grace Okafor", "Jörg Großmann", "Hannah Weber")
    for name in names:
        near.done("log", name, "call", "--on", "2024-01-10")
    short = near.done("drift").out
    assert "and 1 more: relcard drift --all" in short
    assert sum(name in short for name in names) == 5
    assert all(name in near.done("drift", "--all").out for name in names)
