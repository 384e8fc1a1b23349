from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of

if TYPE_CHECKING:
    from tests.support.command_line import Runner


KEYS = {"id", "kind", "who", "due", "on", "reason", "age", "household"}


def _reminders(run: Runner, *words: str, today: str = "2026-11-20") -> list[dict[str, Any]]:
    reminders = run(*words, "--json", today=today).json["reminders"]
    assert isinstance(reminders, list)
    return reminders


def test_reminders_have_the_promised_keys(season: Runner) -> None:
    """Each reminder has the keys of the contract, ISO dates and a reason."""
    found = _reminders(season, "upcoming", "--days", "40")
    assert keys_of(found) == KEYS
    assert {"birthday", "season"} <= {one["kind"] for one in found}
    assert all(one["reason"] for one in found)
    assert [one["due"] for one in found] == sorted(one["due"] for one in found)
    for one in found:
        assert len(one["due"]) == len(one["on"]) == 10


def test_a_birthday_abroad_is_posted_in_time_and_has_its_age(near: Runner) -> None:
    """Yuki Tanaka turns 40 on 4 December; from Britain to Japan that is a week or more ahead."""
    (yuki,) = [
        one
        for one in _reminders(near, "upcoming", "--days", "40")
        if one["who"] == "Yuki Tanaka" and one["kind"] == "birthday"
    ]
    assert (yuki["on"], yuki["age"]) == ("2026-12-04", 40)
    assert "2026-11-20" < yuki["due"] <= "2026-11-27"
    wren = next(
        one
        for one in _reminders(near, "upcoming", "--days", "40")
        if one["who"] == "Aunt Wren" and one["kind"] == "birthday"
    )
    assert wren["age"] is None  # the year is not known


def test_today_is_what_is_due(near: Runner) -> None:
    """Today holds what is due or overdue and nothing that comes later."""
    assert all(one["due"] <= "2026-11-20" for one in _reminders(near, "today"))
    text = near("today", today="2026-12-04").out
    assert "Friday 4 December" in text
    assert "Yuki Tanaka" in text
    assert "turns 40" in text


def test_a_cadence_begins_anew_with_a_word(near: Runner) -> None:
    """The inner circle is owed a word every 14 days; logging one, or done, begins anew."""
    later = "2026-12-10"
    (owed,) = [
        one
        for one in _reminders(near, "today", today=later)
        if one["kind"] == "cadence" and one["who"] == "Aunt Wren"
    ]
    assert "every 14" in owed["reason"]
    near.done("done", owed["id"], today=later)
    left = [one for one in _reminders(near, "today", today=later) if one["kind"] == "cadence"]
    assert "Aunt Wren" not in {one["who"] for one in left}
    spoken = near("show", "wren", "--json").json["contact"]["interactions"][0]
    assert (spoken["on"], spoken["channel"]) == (later, "other")
    near.done("undo")
    assert "a visit is logged" in near.done("done", owed["id"], "Visit", today=later).out
    assert near("show", "wren", "--json").json["contact"]["interactions"][0]["channel"] == "visit"


def test_done_by_name_and_by_id(near: Runner) -> None:
    """A reminder is dealt with by its id, or by the name it speaks of, and does not come back this year."""
    assert "Jörg" in str(_reminders(near, "today"))
    near.done("done", "jorg")
    assert "Jörg" not in str(_reminders(near, "upcoming", "--days", "20"))
    (yuki,) = [
        one for one in _reminders(near, "upcoming") if one["kind"] == "birthday" and "Yuki" in one["who"]
    ]
    near.done("done", yuki["id"])
    assert yuki["id"] not in {one["id"] for one in _reminders(near, "upcoming", today="2026-12-01")}
    near.done("undo")
    assert yuki["id"] in {one["id"] for one in _reminders(near, "upcoming")}


def test_snooze_by_days_and_until_a_day(near: Runner) -> None:
    """A reminder put off comes back on its day."""
    (jorg,) = [one for one in _reminders(near, "today") if "Jörg" in one["who"]]
    assert "Mon 23 Nov" in near.done("snooze", "jörg").out
    assert jorg["id"] not in {one["id"] for one in _reminders(near, "today", today="2026-11-22")}
    assert jorg["id"] in {one["id"] for one in _reminders(near, "today", today="2026-11-23")}
    near.done("snooze", jorg["id"], "--until", "2026-11-25")
    assert jorg["id"] not in {one["id"] for one in _reminders(near, "today", today="2026-11-24")}
    assert near("snooze", jorg["id"], "--until", "2026-11-20").code == 2
    assert near("snooze", jorg["id"], "--until", "2027-06-01").code == 2


def test_a_name_with_several_reminders_must_be_decided(near: Runner) -> None:
    """When a name has several reminders they are named with their ids, and the id decides."""
    result = near("done", "wren")
    assert result.code == 6
    ids = [line.split()[0] for line in result.err.splitlines()[1:-1]]
    assert len(ids) == 2
    assert near("done", ids[0]).code == 0


def test_season_work_is_counted(season: Runner) -> None:
    """The open season stands on today's page with how many are written."""
    (work,) = [one for one in _reminders(season, "today") if one["kind"] == "season"]
    assert work["who"] == "christmas-2026"
    assert "0 of 9 written" in work["reason"]
    season.done("written", "anna")
    assert "1 of 9 written" in season("today").out
    season.done("done", "christmas")
    assert "season" not in {one["kind"] for one in _reminders(season, "today")}
    assert "season" in {one["kind"] for one in _reminders(season, "today", today="2026-11-21")}


def test_today_has_five_lines_and_the_rest_on_request(near: Runner) -> None:
    """The rest is counted and shown with --all; --json holds what the screen shows; the number is a setting."""
    day = "2027-01-20"
    page = near("today", today=day).out
    lines = [line for line in page.splitlines() if line[:3].strip().isdigit()]
    assert [line.split()[0] for line in lines] == ["1", "2", "3", "4", "5"]
    assert "more when you have an evening: relcard today --all" in page
    assert len({each["household"] for each in _reminders(near, "today", today=day)}) == 5
    everything = _reminders(near, "today", "--all", today=day)
    assert len({each["household"] for each in everything}) > 5
    assert "when you have an evening" not in near("today", "--all", today=day).out
    near.done("settings", "set", "daily", "2")
    assert len({each["household"] for each in _reminders(near, "today", today=day)}) == 2
    assert near("settings", "set", "daily", "0").code == 3
    assert near("settings", "set", "daily", "some").code == 3


def test_json_of_today_says_what_the_screen_says(near: Runner) -> None:
    """Beside the reminders stand whose days passed while one was away, and what is known of each house."""
    near.done("note", "wren", "new knee")
    found = near("today", "--json", today="2026-12-20").json
    assert {"who": "Aunt Wren", "on": "2026-12-16"} in found["missed"]
    (wren,) = {each["household"] for each in found["reminders"] if each["who"] == "Aunt Wren"}
    assert "new knee (20 Nov)" in found["known"][wren]
    text = " ".join(near("today", today="2026-12-20").out.split())
    assert "While you were away:" in text
    assert "Aunt Wren 16 Dec" in text
    assert "new knee (20 Nov)" in text


def test_who_looks_every_day_is_not_called_away(near: Runner) -> None:
    """What was missed stands there on the day of coming back, as often as one looks, and on no day after it."""
    for day, is_back in (
        ("2026-12-20", True),
        ("2026-12-20", True),
        ("2026-12-21", False),
        ("2027-01-20", True),
    ):
        assert ("While you were away:" in near("today", today=day).out) is is_back, day
        assert bool(near("today", "--json", today=day).json["missed"]) is is_back, day


def test_a_look_needs_no_mark(near: Runner) -> None:
    """Where nothing can be written beside the store, or a mark is none, the page is said all the same."""
    mark = near.store.with_suffix(".seen")
    mark.write_text("the day before yesterday", encoding="ascii")
    assert "While you were away:" in near("today", today="2026-12-20").out
    mark.unlink()
    mark.mkdir()
    assert "While you were away:" in near("today", today="2026-12-21").out


def test_of_many_missed_days_the_nearest_are_named(people: Runner) -> None:
    """The screen names eight in the order of their days and counts the others; --json has all."""
    for number in range(1, 13):
        people.done("add", f"Jo {chr(64 + number)}", "--birthday", f"1980-12-{number:02}")
        people.done("circle", "inner" if number == 12 else "wide", f"Jo {chr(64 + number)}")
    text = " ".join(people("today", today="2026-12-31").out.split())
    assert "While you were away: Jo A 1 Dec, Jo B 2 Dec" in text
    assert "Jo G 7 Dec, Jo L 12 Dec, and 4 more." in text
    assert len(people("today", "--json", today="2026-12-31").json["missed"]) == 12


@pytest.mark.parametrize("words", [("today",), ("upcoming", "--days", "0")], ids=" ".join)
def test_a_quiet_day_says_so(people: Runner, words: tuple[str, ...]) -> None:
    """Nothing to do is said, with where to look next."""
    assert "othing" in people(*words, today="2026-08-01").out


def test_the_dead_are_remembered_and_never_owed_a_word(near: Runner) -> None:
    """Thomas Hale's day of death comes as a remembrance, not as a call."""
    near.done("circle", "inner", "thomas hale")
    found = [one for one in _reminders(near, "upcoming", "--days", "366") if one["who"] == "Thomas Hale"]
    assert found
    assert {one["kind"] for one in found} == {"remembrance"}


def test_snooze_of_what_is_due_later_puts_it_off_from_its_day(near: Runner) -> None:
    """Three days from now would be before a reminder of next week: it is put off from its own day."""
    (yuki,) = [
        one
        for one in _reminders(near, "upcoming")
        if one["who"] == "Yuki Tanaka" and one["kind"] == "birthday"
    ]
    near.done("snooze", yuki["id"], "--days", "1")
    (later,) = [one for one in _reminders(near, "upcoming") if one["id"] == yuki["id"]]
    assert later["due"] > yuki["due"]


@pytest.mark.parametrize(
    ("words", "on", "is_answered"),
    [
        (("card",), "2026-11-20", True),
        (("letter",), "2026-11-20", True),
        (("card", "--from-them"), "2026-11-20", False),
        (("card",), "2026-10-20", False),  # for something else
        (("call",), "2026-11-20", False),  # it is not yet time
        (("call",), "2026-11-28", True),
        (("message",), "2026-11-28", False),
    ],
)
def test_a_card_written_in_time_answers_the_birthday(
    near: Runner, words: tuple[str, ...], on: str, is_answered: bool
) -> None:
    """A card or letter to them shortly before, or a call in its time: no "Write", no reproach; else both."""
    near.done("log", "yuki", *words, "--on", on, today="2026-11-28")
    for day in ("2026-11-29", "2026-12-06"):
        told = [
            each
            for each in _reminders(near, "today", today=day)
            if (each["who"], each["kind"]) == ("Yuki Tanaka", "birthday")
        ]
        assert (not told) is is_answered


def test_a_card_of_the_season_is_no_birthday_card(season: Runner) -> None:
    """What is posted for Christmas leaves the birthday to be written."""
    season.done("circle", "close", "Yuki Tanaka")
    season.done("season", "add", "Yuki Tanaka")
    season.done("posted", "Yuki Tanaka")
    told = _reminders(season, "upcoming", "--days", "40")
    assert ("Yuki Tanaka", "birthday") in {(each["who"], each["kind"]) for each in told}
