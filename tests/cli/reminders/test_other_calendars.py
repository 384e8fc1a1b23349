"""Days of other calendars as vCards have them, from the import to the reminder and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

HOME = "ADR;TYPE=HOME:;;1 High Street;Leeds;;LS1 1AA;United Kingdom"
DAYS = (
    "item1.X-ABDATE:2019-12-01\nitem1.X-ABLabel:Death\n"
    "item2.X-ABDATE;CALSCALE=persian:13900101\nitem2.X-ABLabel:Nowruz"
)
LINS = "\n".join(
    f"BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD"
    for lines in (
        f"UID:mei\nFN:Mei Lin\nN:Lin;Mei;;;\nX-ALTBDAY;CALSCALE=chinese:007700391101\nBDAY:1962-12-13\n{HOME}",
        f"UID:bo\nFN:Bo Lin\nN:Lin;Bo;;;\nX-ALTBDAY;CALSCALE=hebrew:57460411\n{HOME}\n{DAYS}",
    )
)


@pytest.fixture
def lins(run: Runner, here: Path) -> Runner:
    """Return the command line of somebody close to Mei and Bo, both with a birthday of another calendar."""
    (here / "lins.vcf").write_text(LINS.replace("\n", "\r\n"), encoding="utf-8")
    run.done("import", "lins.vcf")
    run.done("circle", "close", "mei", "bo", today="2026-10-01")
    return run


def _told(run: Runner, today: str) -> list[tuple[str, str, int | None]]:
    reminders = run("today", "--all", "--json", today=today).json["reminders"]
    return [
        (each["who"], each["kind"], each["age"])
        for each in reminders
        if each["on"] == today and each["kind"] != "cadence"
    ]


def test_a_vcard_with_two_birthdays_has_both(lins: Runner) -> None:
    """Each on its own day and with its own years; nobody is a child for want of a year of ours."""
    assert _told(lins, "2026-12-09") == [("Mei Lin", "birthday", 64)]
    assert _told(lins, "2026-12-13") == [("Mei Lin", "birthday", 64)]
    assert _told(lins, "2026-12-21") == [("Bo Lin", "birthday", 41)]
    assert _told(lins, "2027-03-21") == [("Bo Lin", "custom", None)]
    page = lins("show", "h1", today="2026-11-30").out
    assert "Mei 13 Dec, turns 64" in page
    assert "Mei: birthday lunar 11/1 1962, next 9 Dec" in page
    assert "Mei and Bo Lin" in page


def test_a_death_that_a_vcard_names_is_remembered_and_never_belated(lins: Runner) -> None:
    """Apple's own label on somebody who lives is the death of another."""
    assert _told(lins, "2026-12-01") == [("Bo Lin", "remembrance", None)]
    (line,) = [
        each
        for each in lins("today", "--all", "--json", today="2026-11-30").json["reminders"]
        if each["kind"] == "remembrance"
    ]
    assert line["reason"] == "Death, 7 years ago (1 Dec); tomorrow"
    late = lins("today", "--all", "--json", today="2026-12-02").json["reminders"]
    assert not [each for each in late if each["kind"] == "remembrance"]


def test_a_member_has_an_age_in_the_years_of_the_calendar(lins: Runner) -> None:
    lins.done("member", "add", "h1", "Ai", "--role", "child", "--born", "lunar 8/15 2017")
    people = lins("show", "h1", "--json", today="2026-11-30").json["household"]["members"]
    assert [(each["birthday"], each["age"]) for each in people if each["name"].startswith("Ai")] == [
        ("lunar 8/15 2017", 9)
    ]
    assert ("Ai Lin", "birthday", 10) in _told(lins, "2027-09-15")


def test_what_comes_out_is_what_came_in(lins: Runner, here: Path) -> None:
    lins.done("export", "-o", "out.vcf")
    assert (here / "out.vcf").read_bytes().rstrip() == (here / "lins.vcf").read_bytes()


def test_a_merge_keeps_the_birthdays_of_both_calendars(lins: Runner, here: Path) -> None:
    """A lunar birthday is no other writing of one of ours: nothing is asked, and each stays once."""
    twin = "BEGIN:VCARD\nVERSION:3.0\nUID:twin\nFN:Mei Jane Lin\nN:Lin;Mei;;;\nBDAY:1962-12-13\nEND:VCARD\n"
    (here / "twin.vcf").write_text(
        twin.replace("END", "X-ALTBDAY;CALSCALE=hebrew:57230309\nEND"), encoding="utf-8"
    )
    lins.done("import", "twin.vcf")
    lins.done("merge", "Mei Lin", "Mei Jane Lin", "--take", "first")
    days = lins("show", "mei", "--json").json["contact"]["occasions"]
    assert sorted(each["date"] for each in days) == ["1962-12-13", "hebrew 9 Kislev 5723", "lunar 11/1 1962"]
    assert {each["kind"] for each in days} == {"birthday"}
