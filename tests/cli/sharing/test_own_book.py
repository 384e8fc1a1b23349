"""What is said of one row of the own book, on both laptops of a list or here alone, and how a page says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.sharing.travelling import OWN_KINDS
from relcard.share import codes
from tests.cli.sharing.conftest import begin
from tests.cli.sharing.test_privacy import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

ANNA = "anna kowalska"


def _say_all(run: Runner, words: str, *options: str) -> None:
    """Keep a row of each kind."""
    run.done("note", ANNA, words, *options)
    run.done("fact", ANNA, "bread", words, *options)
    run.done("log", ANNA, "call", "--text", words, *options)
    run.done("gift", ANNA, words, *options)


def _numbers(run: Runner) -> dict[str, str]:
    """Return the numbers of the last note, entry and gift."""
    page = run.done("show", ANNA, "--json").json["contact"]
    return {kind: str(page[kind][0]["number"]) for kind in ("notes", "interactions", "gifts")}


def _keep_all(run: Runner, option: str) -> list[str]:
    """Say of the rows that are there where they are kept; return what the commands answer."""
    numbers = _numbers(run)
    return [
        run.done(*words, option).out
        for words in (
            ("note", ANNA, "--keep", numbers["notes"]),
            ("fact", ANNA, "bread"),
            ("log", ANNA, "--keep", numbers["interactions"]),
            ("gift", "keep", ANNA, numbers["gifts"]),
        )
    ]


def _lines(run: Runner, words: str, whose: str = ANNA) -> list[str]:
    """Return what a page says with some words in it: a line each, or a part of one."""
    page = run.done("show", whose, "--full").out
    return [part for line in page.splitlines() for part in line.split(" · ") if words in part]


def test_a_page_marks_what_goes_another_way(couple: tuple[Runner, Runner]) -> None:
    """Only where it differs from its kind; on the other laptop, too, which keeps it as both have it."""
    one, other = couple
    _say_all(one, "likes rye", "--ours")
    _say_all(one, "of wheat")
    _keep_all(one, "--mine")
    for run in (one, other):
        run.done("share")
    for run in (one, other):
        marked = _lines(run, "likes rye")
        assert len(marked) == 3  # the fact has other words by now
        assert all("(ours)" in line for line in marked)
        assert all("(ours)" in line for line in _lines(run, "likes rye", "h1"))
    assert not any("ours" in line or "mine" in line for line in _lines(one, "of wheat"))
    assert not _lines(other, "of wheat")


def test_a_store_of_its_own_marks_nothing(people: Runner) -> None:
    """It may be said all the same, of what is to be shared one day; scripts read what was said."""
    _say_all(people, "likes rye", "--mine")
    _say_all(people, "of wheat")
    assert not any("mine" in line for line in _lines(people, "likes rye"))
    page = people.done("show", ANNA, "--json").json["contact"]
    assert {kind: [row["ours"] for row in page[kind]] for kind in ("facts", "notes", "interactions")} == {
        "facts": [False],
        "notes": [None, False],
        "interactions": [None, False],
    }
    assert [gift["ours"] for gift in people.done("gift", "list", "--json").json["gifts"]] == [None, False]


def test_what_is_mine_leaves_no_byte_though_its_kind_travels(
    people: Runner, other: Runner, folder: Path
) -> None:
    """Nor once it is said of what the other had already, and its words are others."""
    code = begin(people, folder, "--with", ",".join(OWN_KINDS))
    other.done("share", "join", str(folder), "--code", code, "--with", ",".join(OWN_KINDS))
    _say_all(people, "canary", "--mine")
    _say_all(other, "of wheat")
    for run in (people, other, people, other):
        run.done("share")
    assert len(_lines(people, "canary")) == 4
    assert len(_lines(people, "of wheat")) == 3  # the fact is its own
    assert len(_lines(other, "of wheat")) == 4
    answers = _keep_all(other, "--mine")
    assert [answer.splitlines()[-1].strip() for answer in answers[::2]] == [
        f"note {_numbers(other)['notes']} is mine: here alone",
        f"entry {_numbers(other)['interactions']} is mine: here alone",
    ]
    other.done("fact", ANNA, "bread", "canary")
    for run in (other, people):
        run.done("share")
    assert not _lines(people, "of wheat")
    assert len([line for line in _lines(other, "of wheat") if "(mine)" in line]) == 3
    seen = opened(folder, codes.read_code(code).key)
    assert b"of wheat" in seen
    assert b"canary" not in seen
    other.done("undo")
    other.done("undo")
    for run in (other, people):
        run.done("share")
    assert len(_lines(people, "of wheat")) == 1


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("note", ANNA, "--keep", "1"), 2),
        (("note", ANNA, "--keep", "7", "--mine"), 4),
        (("log", ANNA, "--keep", "7", "--ours"), 4),
        (("log", ANNA, "visit", "--keep", "1", "--ours"), 2),
        (("log", ANNA, "--keep", "1", "--remove", "1"), 2),
        (("gift", "keep", ANNA, "scarf"), 2),
        (("gift", "keep", ANNA, "scarf", "--mine"), 4),
        (("fact", ANNA, "shoes", "--mine"), 2),
    ],
)
def test_what_cannot_be_said_is_refused(people: Runner, words: tuple[str, ...], code: int) -> None:
    people.done("note", ANNA, "tea")
    people.done("log", ANNA, "visit")
    refused = people(*words)
    assert refused.code == code
    assert "hint" not in refused.err


def test_dry_run_and_undo(people: Runner) -> None:
    people.done("note", ANNA, "tea")
    assert "note 1 would be mine" in people.done("note", ANNA, "--keep", "1", "--mine", "--dry-run").out
    people.done("note", ANNA, "--keep", "1", "--mine")
    people.done("undo")
    (note,) = people.done("show", ANNA, "--json").json["contact"]["notes"]
    assert note["ours"] is None


def test_a_card_of_a_season_goes_as_the_season(people: Runner) -> None:
    people.done("season", "start", "christmas-2026")
    people.done("season", "add", ANNA)
    people.done("posted", ANNA)
    number = _numbers_of_cards(people)[0]
    refused = people("log", ANNA, "--keep", number, "--mine")
    assert refused.code == 2
    assert "as the season is" in refused.err


def _numbers_of_cards(run: Runner) -> list[str]:
    page = run.done("show", ANNA, "--json").json["contact"]
    return [str(touch["number"]) for touch in page["interactions"] if touch["channel"] == "card"]


def test_what_travels_is_said_anew(couple: tuple[Runner, Runner]) -> None:
    """A kind chosen later goes to the other laptop; one taken back stays there, and nothing more goes."""
    run, other = couple
    run.done("note", ANNA, "likes rye")
    assert "travel: nothing" in run.done("share", "own").out
    for word in ("noted", ""):
        assert run("share", "own", word).code == 2
    said = run.done("share", "own", "notes,visits").out
    assert "notes: 1 row goes out" in said
    assert "own book  notes, visits" in run.done("share", "status").out
    for laptop in (run, other):
        laptop.done("share")
    assert "likes rye" in other.done("show", ANNA).out
    (notes,) = [
        row for row in run.done("share", "own", "none", "--json").json["kinds"] if row["kind"] == "notes"
    ]
    assert notes == {"kind": "notes", "travels": False, "came": 0, "stays": 1}
    run.done("note", ANNA, "of my own")
    for laptop in (run, other):
        laptop.done("share")
    assert "likes rye (ours)" in run.done("show", ANNA).out
    assert "of my own" not in other.done("show", ANNA).out
    run.done("share", "own", "all")
    assert "stays there; nothing more goes out" in " ".join(run.done("share", "own", "none").out.split())


def test_what_is_done_on_one_laptop_is_done_on_both(people: Runner, other: Runner, folder: Path) -> None:
    """Where both chose dismissals; taken back on one, it is told again on both."""
    code = begin(people, folder, "--with", "dismissals")
    other.done("share", "join", str(folder), "--code", code, "--with", "dismissals")
    people.done("day", ANNA, "name day", "26 Nov")
    for run in (people, other):
        run.done("share")
        run.done("circle", "close", ANNA)
    first, *later = _due(people)
    assert (first, *later) == (*_due(other),)
    other.done("done", ANNA)
    for run in (other, people):
        run.done("share")
    assert _due(people) == _due(other) == later
    people.done("undo", _step_of(people, "done"))
    for run in (people, other):
        run.done("share")
    assert _due(people) == _due(other) == [first, *later]


def _due(run: Runner) -> list[str]:
    """Return the days of Anna's that are still told."""
    told = run.done("upcoming", "--days", "30", "--json").json["reminders"]
    return [each["on"] for each in told if each["who"] == "Anna Kowalska" and each["kind"] != "cadence"]


def _step_of(run: Runner, command: str) -> str:
    steps = run.done("history", "--json").json["steps"]
    return str(next(step["id"] for step in steps if step["command"].startswith(command)))
