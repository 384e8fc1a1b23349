from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import icalendar

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def _sequences(file: Path) -> dict[str, int]:
    events: list[Any] = [*icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")]
    return {str(event["SUMMARY"]): int(event["SEQUENCE"]) for event in events}


def test_a_file_for_the_calendar(near: Runner, here: Path) -> None:
    """The file is written, said in a line, and the same again when nothing changed."""
    words = near.done("calendar", "-o", "relcard.ics").out
    assert "relcard.ics" in words
    assert "to post by in the next 13 months" in words
    before = (here / "relcard.ics").read_bytes()
    near.done("calendar", "-o", "relcard.ics")
    assert (here / "relcard.ics").read_bytes() == before
    assert near.done("calendar").out.encode().count(b"BEGIN:VEVENT") == before.count(b"BEGIN:VEVENT")


def test_a_number_grows_when_the_thing_changed(near: Runner, here: Path) -> None:
    """A day that moved has a larger number than before, and the others theirs; a new file has larger ones."""
    near.done("calendar", "-o", "relcard.ics")
    before = _sequences(here / "relcard.ics")
    near.done("day", "yuki", "name day", "1 Dec")
    near.done("settings", "set", "posting.GB.JP", "12")
    near.done("calendar", "-o", "relcard.ics")
    after = _sequences(here / "relcard.ics")
    assert {title for title in after if after[title] != before.get(title)} == {
        "Yuki's name day",
        "Post a card: Yuki's name day, Yuki's birthday",
    }
    near.done("calendar", "-o", "new.ics")
    assert min(_sequences(here / "new.ics").values()) > max(before.values())


def test_the_entries_as_json(near: Runner) -> None:
    """Scripts get one object; no year of birth, no circle and no surname is in it."""
    entries = near("calendar", "--json").json["entries"]
    assert {tuple(entry) for entry in entries} == {("uid", "on", "title", "every_year", "is_to_post")}
    yuki = next(entry for entry in entries if entry["title"] == "Yuki's birthday")
    assert (yuki["on"], yuki["every_year"], yuki["is_to_post"]) == ("2026-12-04", True, False)


def test_what_is_no_calendar_stays(near: Runner, run: Runner, here: Path) -> None:
    """Another file is not overwritten, and without contacts there is nothing to write."""
    (here / "letter.txt").write_text("Dear Ada", encoding="utf-8")
    refused = near("calendar", "-o", "letter.txt")
    assert (refused.code, (here / "letter.txt").read_text(encoding="utf-8")) == (2, "Dear Ada")


def test_without_contacts_there_is_no_calendar(run: Runner, here: Path) -> None:
    """An empty store says how to begin."""
    refused = run("calendar", "-o", "relcard.ics")
    assert refused.code == 2
    assert "relcard import" in refused.err
    assert not (here / "relcard.ics").exists()
