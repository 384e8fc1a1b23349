from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from tests.support.command_line import Runner

LATER = "2026-12-10"


def _numbers(run: Runner) -> dict[str, str]:
    """Return the first words behind each number of today's page."""
    lines = run("today", today=LATER).out.splitlines()
    return {line[:3].strip(): line[4:].split(maxsplit=1)[1] for line in lines if line[:3].strip().isdigit()}


def _today(run: Runner, *words: str) -> list[dict[str, Any]]:
    reminders: list[dict[str, Any]] = run("today", "--json", *words, today=LATER).json["reminders"]
    return reminders


def test_done_by_number_deals_with_all_of_a_line(near: Runner) -> None:
    """The page shrinks, the other lines keep their numbers, and both parts of the house are dealt with."""
    before = _numbers(near)
    assert before["1"].startswith("Aunt Wren's birthday")
    said = near.done("done", "1", "card", "--line", "the train is booked", today=LATER).out
    assert "a card is logged" in said
    assert "Aunt Wren" not in str(_today(near, "--all"))
    card = near("show", "wren", "--json").json["contact"]["interactions"][0]
    assert (card["channel"], card["text"]) == ("card", "the train is booked")
    after = _numbers(near)
    assert after == {number: words for number, words in before.items() if number != "1"}
    near.done("done", "2", "3", today=LATER)
    assert set(_numbers(near)) == set(before) - {"1", "2", "3"}
    near.done("undo")
    assert _numbers(near) == after
    near.done("log", "omar", "call", today="2030-01-05")  # a clock that is ahead
    assert set(_numbers(near)) == set(after)


def test_a_number_that_is_not_on_the_page_is_no_reminder(near: Runner) -> None:
    """It says where to look."""
    assert near("done", "99", today=LATER).code == 4


def test_a_reminder_is_named_as_any_who(people: Runner) -> None:
    """A whole word goes before a part of a longer name; a household, a family and an addressee mean theirs."""
    for name in ("Jo Hill", "Grace Okonjo"):
        people.done("add", name, "--birthday", "1980-12-14")
        people.done("circle", "inner", name)
    titles = {"jo": "Jo Hill's birthday", "the okonjos": "Grace Okonjo's birthday", "okon": "Grace Okonjo's"}
    for words, title in titles.items():
        assert title in people.done("snooze", words, today="2026-12-14").out
        people.done("undo")
    assert people("done", "the nobodies", today="2026-12-14").code == 4


def test_let_go_notes_nothing(near: Runner) -> None:
    """A word owed is asked for one cadence later, a birthday next year; no word is logged of either."""
    (owed,) = [each for each in _today(near, "--all") if each["who"] == "Margaret Hale"]
    assert "Margaret Hale: let go" in near.done("let-go", "hale", today=LATER).out
    assert "Margaret Hale" not in str(_today(near, "--all"))
    assert near("show", "margaret", "--json").json["contact"]["interactions"] == []
    again = near("today", "--all", "--json", today="2026-12-24").json["reminders"]
    assert owed["id"] in {each["id"] for each in again}
    wren = next(each["id"] for each in _today(near) if each["kind"] == "birthday")
    near.done("let-go", wren, today=LATER)
    assert wren not in {each["id"] for each in _today(near, "--all")}
