from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner

KEYS = {
    *(
        "number",
        "what",
        "kind",
        "date",
        "once",
        "way",
        "lead_days",
        "who",
        "household",
        "of_household",
        "next",
    )
}


def _lines(run: Runner, today: str, name: str) -> list[dict[str, Any]]:
    """Return the reminders of `today` that speak of somebody."""
    reminders = run("today", "--json", today=today).json["reminders"]
    return [each for each in reminders if name in each["who"] and each["kind"] != "cadence"]


def test_a_name_day_returns_every_year_and_stands_on_the_page(near: Runner) -> None:
    """It is said in one line, told on the day in any year, listed with its next day, and shown on both pages."""
    said = near.done("day", "wren", "name day", "26", "Nov").out
    assert "Aunt Wren: name day 26 Nov; next on Thu 26 Nov" in said
    listed = near("day", "list", "--json").json["days"]
    assert keys_of(listed) == KEYS
    assert [(each["what"], each["kind"], each["next"]) for each in listed] == [
        ("name day", "custom", "2026-11-26")
    ]
    for year in (2026, 2027):
        (told,) = _lines(near, f"{year}-11-26", "Wren")
        assert (told["id"], told["on"]) == (f"day-1-{year}", f"{year}-11-26")
    assert "name day 26 Nov" in near("show", "wren").out
    (on_page,) = near("show", "wren", "--json").json["contact"]["days"]
    assert (on_page["what"], on_page["of_household"]) == ("name day", False)
    near.done("undo")
    assert near("day", "list", "--json").json["days"] == []


def test_a_day_of_a_household_bears_its_adults_and_is_told_in_time_for_the_post(near: Runner) -> None:
    """A wedding of the house names both, counts its years, and is told with its day to post by."""
    near.done("day", "add", "the kowalskis", "wedding", "2015-12-12", "--by", "card", "--lead", "20")
    (told,) = _lines(near, "2026-11-22", "Kowalska")
    assert (told["kind"], told["who"], told["age"]) == ("anniversary", "Anna Kowalska and Jan Smith", 11)
    assert told["due"] == "2026-11-22"
    assert told["reason"].startswith("post by ")
    assert told["reason"].endswith("11 years married")
    assert not _lines(near, "2026-11-21", "Kowalska")
    (day,) = near("show", "the kowalskis", "--json").json["household"]["days"]
    assert (day["what"], day["way"], day["lead_days"], day["uid"]) == ("wedding", "card", 20, None)
    assert "wedding 12 Dec 2015 (card, 20 days before)" in near("show", "the kowalskis").out
    assert "wedding 12 Dec 2015" in near("show", "Jan Smith", "--full").out
    near.done("rite", "death", "Jan Smith", "--on", "2026-11-01", "--keep-name", "--yes")
    assert not _lines(near, "2026-12-12", "Kowalska")


def test_a_day_of_one_year_comes_once(near: Runner) -> None:
    """It has the year in which it comes next, and is over after it; a visit is asked for as said."""
    near.done("day", "wren", "garden fete", "28 Nov", "--once", "--way", "visit", "--lead", "3")
    assert "Visit    Aunt Wren's garden fete" in near("today", today="2026-11-25").out
    assert not _lines(near, "2027-11-28", "Wren")
    assert near("day", "list", "--json", today="2026-12-01").json["days"][0]["next"] is None
    assert "over" in near("day", "list", today="2026-12-01").out


def test_a_day_of_remembrance_is_told_on_the_eve_and_never_after(near: Runner) -> None:
    """It names whom one writes to and in whose memory; done, it does not come back."""
    near.done("day", "wren", "Uncle Walter", "12", "Jan", "2025", "--remember")
    for day in ("2027-01-11", "2027-01-12"):
        told = " ".join(near("today", today=day).out.split())
        assert "Remember A word to Aunt Wren: Uncle Walter, 2 years ago (12 Jan)" in told
    assert "remembrance" not in {line["kind"] for line in _lines(near, "2027-01-13", "Wren")}
    near.done("done", "day-1-2027", today="2027-01-11")
    assert "remembrance" not in {line["kind"] for line in _lines(near, "2027-01-12", "Wren")}


def test_a_day_is_forgotten_by_its_words_or_its_number(near: Runner) -> None:
    """Of several one must be named; a new day in its place does not count as done."""
    near.done("day", "wren", "name day", "26 Nov")
    near.done("day", "wren", "first met", "2019-11-26")
    assert near("day", "remove", "wren").code == 6
    near.done("done", "day-2-2026", today="2026-11-26")
    assert "first met 26 Nov 2019 is forgotten" in near.done("day", "remove", "wren", "first").out
    near.done("day", "wren", "choir", "26 Nov")
    assert len(_lines(near, "2026-11-26", "Wren")) == 2
    near.done("day", "remove", "wren", "1")
    assert [each["what"] for each in near("day", "list", "wren", "--json").json["days"]] == ["choir"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("wren", "birthday", "1 Jan"), 2, "relcard edit WHO"),
        (("wren", "", "1 Jan"), 2, "What is the day called"),
        (("wren", "met", "2019"), 2, "is no day of a month"),
        (("wren", "fete", "2019-01-01", "--once"), 2, "is over"),
        (("wren", "met", "31 Feb"), 2, "31 Feb"),
        (("nobody", "met", "1 Jan"), 4, "nobody"),
        (("remove", "wren", "met"), 4, "relcard day list wren"),
    ],
)
def test_what_is_no_day_is_refused(near: Runner, words: tuple[str, ...], code: int, says: str) -> None:
    """Each refusal says what to do instead, and nothing is kept."""
    refused = near("day", *words)
    assert (refused.code, says in refused.err) == (code, True)
    assert near("day", "list", "--json").json["days"] == []


def test_no_days_are_a_sentence(near: Runner) -> None:
    """Without days the list says how one is said."""
    assert "No days are kept. For example: relcard day anna" in near("day", "list").out


def test_a_merge_keeps_the_days_of_both_once(near: Runner) -> None:
    """Days of a contact go along with it, the very same ones once."""
    near.done("add", "Wren Pickett")
    for who in ("wren pickett", "aunt wren"):
        near.done("day", who, "name day", "26 Nov")
    near.done("day", "wren pickett", "choir", "1 May")
    near.done("merge", "aunt wren", "wren pickett", "--take", "first")
    assert [each["what"] for each in near("day", "list", "--json").json["days"]] == ["name day", "choir"]


def test_a_day_of_a_household_stays_with_those_who_stay(near: Runner) -> None:
    """Who hangs the day may go; the household keeps it."""
    near.done("day", "the kowalskis", "house party", "1 May")
    near.done("delete", "Anna Kowalska", "--yes")
    (left,) = near("day", "list", "--json").json["days"]
    assert left["who"] == "Jan Smith"


def test_a_day_of_another_calendar_is_told_on_ours(near: Runner) -> None:
    """It is kept as it was said, counts in its own years, and its next day is on the page and in today."""
    near.done("day", "wren", "birthday", "lunar", "10/19", "1962")
    (listed,) = near("day", "list", "--json").json["days"]
    assert (listed["kind"], listed["date"], listed["next"]) == (
        "birthday",
        "lunar 10/19 1962",
        "2026-11-27",
    )
    assert "birthday lunar 10/19 1962, next 27 Nov" in near("show", "wren").out
    (reminder,) = [each for each in _lines(near, "2026-11-27", "Wren") if each["kind"] == "birthday"]
    assert (reminder["age"], reminder["on"]) == (64, "2026-11-27")
    assert reminder["reason"] == "today; turns 64; lunar 10/19"
    near.done("day", "remove", "wren", "birthday")
    near.done("undo")
    assert [each["on"] for each in _lines(near, "2027-11-16", "Wren")] == ["2027-11-16"]


def test_a_yahrzeit_is_remembered_on_the_eve_and_never_after(near: Runner) -> None:
    """2 Tevet is 12 December 2026."""
    near.done("day", "wren", "yahrzeit", "hebrew", "2", "Tevet", "5780")
    told = {
        day: [
            each["kind"] for each in _lines(near, f"2026-12-{day}", "Wren") if each["kind"] == "remembrance"
        ]
        for day in (11, 12, 13)
    }
    assert told == {11: ["remembrance"], 12: ["remembrance"], 13: []}


def test_a_birthday_of_another_calendar_is_somebodys(near: Runner) -> None:
    home = near("show", "wren", "--json").json["contact"]["household"]["id"]
    assert near("day", home, "birthday", "lunar", "8/15").code == 2
    assert "no Adar I" in near("day", "wren", "birthday", "hebrew", "15", "Adar", "I", "5745").err
