from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.file.database import session
from tests.support.book import TODAY
from tests.support.book import dump
from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


CHANGES = (
    ("circle", "wide", "anna", "omar"),
    ("circle", "inner", "callum"),
    ("tag", "choir", "anna"),
    ("tag", "friends", "anna", "--remove"),
    ("note", "anna", "new kitchen"),
    ("fact", "anna", "tea", "green"),
    ("log", "anna", "call"),
    ("household", "join", "hannah", "omar"),
    ("household", "split", "anna"),
    ("household", "set", "anna", "--addressee", "The Kowalskis"),
    ("season", "start", "easter", "--year", "2027"),
    ("season", "add", "zoë"),
    ("season", "drop", "hannah"),
    ("season", "close"),
    ("print", "cards", "hannah"),
    ("written", "anna", "--line", "the kettle is on"),
    ("posted", "anna", "hannah"),
    ("received", "anna", "zoë", "--line", "come and see"),
    ("done", "jörg"),
    ("snooze", "christmas"),
)


@pytest.mark.parametrize("words", CHANGES, ids=" ".join)
def test_undo_takes_each_command_back(season: Runner, words: tuple[str, ...]) -> None:
    """A command that changes the store is one step, and undo brings back every row there was."""
    before = dump(season.store)
    result = season(*words)
    assert result.code == 0, result.err
    assert dump(season.store) != before
    season.done("undo")
    assert dump(season.store) == before


def test_undo_of_an_import_leaves_an_empty_store(people: Runner) -> None:
    """An import is taken back whole, cards, households and problems, and can be done again."""
    assert people.done("undo").out == "  taken back: import sample_contacts.vcf\n"
    assert not any(rows for rows in dump(people.store).values())


def test_undo_of_return_labels_says_what_becomes_of_their_pdf(season: Runner) -> None:
    """Those of the sender free their slots too, and name the command that prints them."""
    season.done("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
    season.done("print", "return")
    assert "relcard print return anew" in season("undo").out


def test_undo_of_labels_says_what_becomes_of_their_pdf(season: Runner) -> None:
    """The slots are free again, and a PDF that counts on them is not to be printed."""
    season.done("print", "labels", "hannah")
    assert "Do not print its PDF" in season.done("undo").out
    season.done("note", "hannah", "one")
    assert "PDF" not in season.done("undo").out


def test_undo_again_takes_the_step_before(people: Runner) -> None:
    """Undo goes back a step each time, down to nothing."""
    people.done("note", "anna", "one")
    people.done("note", "anna", "two")
    people.done("undo")
    people.done("undo")
    assert people("show", "anna", "--json").json["contact"]["notes"] == []
    people.done("undo")
    result = people("undo")
    assert result.code == 4
    assert "nothing to take back" in result.err


def test_history_lists_the_steps(people: Runner) -> None:
    """Newest first, with the day and what was taken back."""
    people.done("note", "anna", "one", today="2026-11-21")
    people.done("undo")
    steps = people("history", "--json").json["steps"]
    assert keys_of(steps) == {"id", "command", "on", "changes", "undone", "device"}
    assert [(one["command"], one["on"], one["undone"]) for one in steps] == [
        ("note anna", "2026-11-21", True),
        ("import sample_contacts.vcf", "2026-11-20", False),
    ]
    text = people("history").out
    assert "taken back" in text
    assert text.index("note anna") < text.index("import sample")


def test_undo_of_a_step_that_is_not_the_last(people: Runner) -> None:
    """It says first what would go back, takes that back alone, and history keeps it where it was."""
    people.done("note", "anna", "one")
    people.done("note", "anna", "two")
    step = people("history", "--json").json["steps"][1]["id"]
    told = people.done("undo", str(step), "--dry-run").out
    assert told == "  would be taken back: note anna\n    note of Anna Kowalska\n"
    assert people.done("undo", str(step)).out == "  taken back: note anna\n"
    assert [one["text"] for one in people("show", "anna", "--json").json["contact"]["notes"]] == ["two"]
    assert [one["undone"] for one in people("history", "--json").json["steps"]] == [False, True, False]
    again = people("undo", str(step))
    assert again.code == 4
    assert 'Step 2, "note anna", was taken back already.' in again.err
    assert "There is no step 99" in people("undo", "99").err


def test_undo_says_what_stays(people: Runner) -> None:
    """What was changed since is named, before and after."""
    people.done("fact", "anna", "tea", "green")
    people.done("fact", "anna", "tea", "black")
    step = str(people("history", "--json").json["steps"][1]["id"])
    assert "would stay, changed since: fact of Anna Kowalska" in people.done("undo", step, "--dry-run").out
    assert "not taken back, changed since: fact of Anna Kowalska" in people.done("undo", step).out
    facts = people("show", "anna", "--json").json["contact"]["facts"]
    assert [fact["value"] for fact in facts] == ["black"]


def test_history_names_the_device(people: Runner) -> None:
    """A step from elsewhere than this terminal says from where."""
    with session(str(people.store), device="Marta's phone") as db, journal.step(db, "note", today=TODAY):
        relationships.add_note(db, 1, "tea", on=TODAY)
    assert people("history", "--json").json["steps"][0]["device"] == "Marta's phone"
    assert "Marta's phone" in people("history").out


def test_history_and_undo_of_nothing(run: Runner) -> None:
    """Before the first step there is nothing to list and nothing to take back."""
    assert "Nothing has been changed yet" in run("history").out
    assert run("history", "--json").json["steps"] == []
    assert run("undo").code == 4
    assert not run.store.exists()


def test_a_command_that_fails_is_no_step(people: Runner) -> None:
    """What was refused leaves no step behind."""
    before = people("history", "--json").json
    assert people("circle", "close", "zebedee").code == 4
    assert people("household", "split", "hannah").code == 2
    assert people("history", "--json").json == before


def test_reading_is_no_step(season: Runner) -> None:
    """Looking at things is nothing to take back."""
    before = season("history", "--json").json
    for words in (
        ("list",),
        ("show", "wren"),
        ("today",),
        ("season", "list"),
        ("preflight",),
    ):
        assert season(*words).code in (0, 5)
    assert season("history", "--json").json == before
