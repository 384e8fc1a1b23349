from __future__ import annotations

import sqlite3
from contextlib import closing
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import SAMPLE
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

YUKI = "Yuki Tanaka"


def _names(run: Runner, *filters: str) -> set[str]:
    return {contact["name"] for contact in run("list", "--json", *filters).json["contacts"]}


def test_archived_contact_is_in_no_list_and_is_found_by_show(season: Runner) -> None:
    """Who is put aside stands under --archived alone, and show says since when."""
    result = season.done("archive", "yuki")
    assert result.out == (
        "  archived: Yuki Tanaka\n"
        "  no card of christmas-2026 any more: Yuki Tanaka; the numbers behind move up\n"
        "  To bring back: relcard archive yuki --take-back\n"
    )
    assert YUKI not in _names(season)
    assert YUKI not in _names(season, "--circle", "close")
    assert _names(season, "--archived") == {YUKI}
    assert "Yuki Tanaka  archived on 2026-11-20 · close" in season.done("show", "yuki").out
    shown = season("show", "yuki", "--json").json["contact"]
    assert shown["archived_on"] == "2026-11-20"
    assert shown["household"] is None


@pytest.mark.parametrize(
    "command",
    [
        ("season", "list"),
        ("household", "list"),
        ("today", "--all"),
        ("upcoming", "--days", "300"),
        ("warmth",),
        ("years",),
        ("ask-list",),
        ("preflight",),
        ("list", "--birthday", "12"),
        ("export", "--format", "csv"),
    ],
)
def test_archived_contact_is_named_nowhere(season: Runner, command: tuple[str, ...]) -> None:
    """No command that names many names who is archived."""
    season.done("archive", "yuki")
    assert "Yuki" not in season(*command).out


def test_season_does_not_choose_an_archived_contact(near: Runner) -> None:
    """A household in which everybody is archived is not asked about either."""
    near.done("archive", "yuki")
    assert "Yuki" not in near.done("season", "start", "christmas", "--year", "2026").out


def test_household_goes_on_without_who_is_archived(season: Runner) -> None:
    """The others of a household get its card, and the envelope names them alone."""
    result = season.done("archive", "Anna Kowalska")
    assert "no card" not in result.out
    (home,) = [
        one
        for one in season("household", "list", "--json").json["households"]
        if one["addressee"].startswith("Jan Smith")
    ]
    assert "Anna" not in home["addressee"] + home["salutation"]
    assert home["id"] in {one["household"] for one in season("season", "list", "--json").json["recipients"]}


def test_wish_for_an_envelope_is_named(season: Runner) -> None:
    """Where the user's own words may still name who is archived, they are shown."""
    season.done("household", "set", "anna", "--addressee", "Anna and Jan")
    assert 'for h1 you wished "Anna and Jan"' in season.done("archive", "Anna Kowalska").out


def test_take_back_brings_back_household_and_card(season: Runner) -> None:
    """All is as it was: circle, household, the card of the season."""
    before = season("season", "list", "--json").json
    season.done("archive", "yuki", "anna")
    assert season.done("archive", "--take-back", "yuki", "anna").out == "  back: Yuki Tanaka, Anna Kowalska\n"
    assert season("season", "list", "--json").json == before
    assert YUKI in _names(season)


def test_undo_takes_an_archiving_back(season: Runner) -> None:
    """Archiving several is one step."""
    archived = season.done("archive", "yuki", "anna")
    assert "relcard archive yuki anna --take-back" in archived.out
    season.done("undo")
    assert {YUKI, "Anna Kowalska"} <= _names(season)


def test_dry_run_archives_nobody(season: Runner) -> None:
    """A look first leaves the store as it is."""
    before = season.bytes
    assert season.done("archive", "yuki", "--dry-run").out.startswith("  would be archived: Yuki Tanaka\n")
    assert season.bytes == before


def test_commands_say_that_a_contact_is_archived(season: Runner) -> None:
    """WHO means nobody who is archived; the refusal says how to bring them back."""
    season.done("archive", "yuki")
    for command in (
        ("note", "yuki", "moved"),
        ("circle", "wide", "yuki"),
        ("archive", "yuki"),
        ("draft", "yuki"),
    ):
        result = season(*command)
        assert result.code == 4
        assert result.err == (
            "Yuki Tanaka is archived, since 2026-11-20.\n  To bring back: relcard archive yuki --take-back\n"
        )
    assert season("archive", "--take-back", "anna").code == 4
    assert "not archived" in season("archive", "--take-back", "anna").err


def test_household_of_an_archived_contact_is_found_by_its_number(season: Runner) -> None:
    """A household in which everybody is archived is named so, and can be brought back whole."""
    home = season("show", "yuki", "--json").json["contact"]["household"]["id"]
    season.done("archive", home)
    assert "archived" in season("season", "add", home).err
    season.done("archive", home, "--take-back")
    assert YUKI in _names(season)


def test_name_means_who_is_not_archived(run: Runner, here: Path) -> None:
    """Of two of one name the archived one no longer makes WHO ambiguous, not even for show."""
    cards = card("Jo Doe", "NOTE:the first", uid="1") + card("Jo Doe", "NOTE:the second", uid="2")
    (here / "jo.vcf").write_text(cards, encoding="utf-8", newline="")
    run.done("import", "jo.vcf")
    assert run("note", "jo", "hello").code == 6
    run.done("archive", "1")
    run.done("note", "jo", "hello")
    assert run("show", "jo", "--json").json["contact"]["uid"] == "2"
    assert run("show", "1", "--json").json["contact"]["uid"] == "1"


def test_import_of_the_same_vcard_keeps_it_archived(run: Runner, here: Path) -> None:
    """A newer text of an archived contact's vCard is taken in, and the contact stays aside."""
    path = here / "jo.vcf"
    path.write_text(card("Jo Doe", uid="1"), encoding="utf-8", newline="")
    run.done("import", "jo.vcf")
    run.done("archive", "jo")
    path.write_text(card("Jo Doe", "TEL:0113 496 0000", uid="1"), encoding="utf-8", newline="")
    assert run("import", "jo.vcf", "--json").json["updated"] == 1
    assert _names(run) == set()
    assert "0113 496 0000" in run.done("show", "jo").out
    assert "None of 1 contact is like that. relcard list --archived shows them all." in run.done("list").out


def test_exports_hold_archived_contacts(season: Runner) -> None:
    """A file of vCards and JSON lose nobody; JSON says who is archived."""
    before = season.done("export").out
    season.done("archive", "yuki", "anna")
    assert season.done("export").out == before
    contacts = season("export", "--format", "json").json["contacts"]
    assert {one["name"] for one in contacts if one["archived_on"]} == {YUKI, "Anna Kowalska"}


def test_archived_contacts_look_like_nobodys_twin(run: Runner, here: Path) -> None:
    """A pair of which one is archived is no longer asked about."""
    lines = ("EMAIL:jo@example.org", "BDAY:1970-01-02")
    cards = card("Jo Doe", *lines, uid="1") + card("Jo Doe", *lines[:1], uid="2")
    (here / "jo.vcf").write_text(cards, encoding="utf-8", newline="")
    run.done("import", "jo.vcf")
    assert run("duplicates", "--json").json["duplicates"]
    run.done("archive", "2")
    assert not run("duplicates", "--json").json["duplicates"]


def test_segment_leaves_archived_contacts_out(near: Runner) -> None:
    """A segment means who is archived only where its filter says so, on its own or within another."""
    near.done("segment", "save", "near", "--circle", "close")
    near.done("segment", "save", "aside", "--archived")
    near.done("archive", "yuki")
    assert YUKI not in _names(near, "--segment", "near")
    assert _names(near, "--segment", "aside") == {YUKI}
    assert _names(near, "--segment", "near", "--archived") == {YUKI}


def test_household_joined_by_its_others_keeps_their_card(season: Runner) -> None:
    """When all who are not archived leave a household, its card goes with them."""
    season.done("archive", "Anna Kowalska")
    season.done("household", "join", "yuki", "h1")
    addressees = [one["addressee"] for one in season("season", "list", "--json").json["recipients"]]
    assert sum("Jan" in addressee for addressee in addressees) == 1
    season.done("archive", "--take-back", "Anna Kowalska")
    assert season("doctor").code == 0


def _ids(run: Runner, name: str) -> tuple[int, int]:
    """Return the ids of a contact and its household."""
    with closing(sqlite3.connect(run.store)) as db:
        contact, home = db.execute(
            "SELECT id, household_id FROM contact JOIN membership ON id = contact_id WHERE name = ?", (name,)
        ).fetchone()
    return int(contact), int(home)


def test_delete_asks_and_says_what_hangs_on_the_contact(season: Runner) -> None:
    """Where nobody can be asked nothing is deleted, and the words to use are named."""
    season.done("note", "yuki", "likes persimmons")
    season.done("log", "yuki", "call")
    before = season.bytes
    result = season("delete", "yuki")
    assert result.code == 6
    assert result.err == (
        "Nothing was deleted. It would be Yuki Tanaka, with 1 note, 1 entry of the history, 1 vCard.\n"
        "  To delete: relcard delete yuki --yes. To put aside: relcard archive yuki\n"
    )
    assert season.done("delete", "yuki", "--dry-run").out == (
        "  would be deleted: Yuki Tanaka, with 1 note, 1 entry of the history, 1 vCard\n"
        "  no card of christmas-2026 any more: Yuki Tanaka; the numbers behind move up\n"
    )
    assert season.bytes == before


def test_delete_leaves_nothing_behind(season: Runner) -> None:
    """Contact, household, card, relations and answered reminders go, and nothing points to them."""
    season.done("note", "yuki", "likes persimmons")
    season.done("relation", "yuki", "tailor", "anna")
    season.done("drift", "yuki", "--rest", "30")
    season.done("drift", "anna", "--rest", "30")
    contact, home = _ids(season, YUKI)
    season.done("delete", "yuki", "--yes")
    rows = dump(season.store)
    assert season("show", "yuki").code == 4
    assert home not in {row[0] for row in rows["household"]} | {row[2] for row in rows["recipient"]}
    assert all(contact not in row[1:3] for row in rows["relation"])
    assert [row[1] for row in rows["dismissal"]] == [f"drift-{_ids(season, 'Anna Kowalska')[0]}-rest"]
    assert season("doctor").code == 0


def test_undo_brings_back_all_that_was_deleted(season: Runner) -> None:
    """Deleting several, a whole household among them, is one step."""
    season.done("note", "yuki", "likes persimmons")
    season.done("archive", "Aunt Wren")
    before = dump(season.store)
    season.done("delete", "yuki", "h1", "wren", "--yes")
    assert season("show", "wren").code == 4
    season.done("undo")
    assert dump(season.store) == before


def test_copy_of_the_store_is_made_and_named(season: Runner) -> None:
    """What was deleted is in a copy that restore takes, and that no later copy replaces."""
    for who in ("yuki", "Aunt Wren"):
        season.done("delete", who, "--yes")
    copies = season("backup", "--list", "--json").json["backups"]
    assert [copy["kind"] for copy in copies] == ["before a delete"] * 2
    season.done("restore", copies[-1]["path"])
    assert {YUKI, "Aunt Wren"} <= _names(season)


def test_import_of_the_same_file_names_who_is_new_again(season: Runner) -> None:
    """Nothing remembers who was deleted; the report of the import names the new contact among the known."""
    season.done("delete", "yuki", "--yes")
    again = season("import", str(SAMPLE))
    assert "  1 new · 0 updated" in again.out
    assert "  new: Yuki Tanaka\n" in again.out
    assert season("show", "yuki", "--json").json["contact"]["circle"] is None


def test_person_is_asked_on_a_terminal(season: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """No is the answer that Enter gives; yes deletes."""
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr(
        "relcard.cli.people.archive_and_delete.sys", SimpleNamespace(stdin=terminal, stderr=terminal)
    )
    assert season("delete", "yuki", stdin=b"\n").code == 6
    assert YUKI in _names(season)
    assert season("delete", "yuki", stdin=b"y\n").code == 0
    assert YUKI not in _names(season)


@pytest.mark.parametrize("command", [("archive",), ("delete", "--yes")])
def test_members_of_the_household_stay_with_it(season: Runner, command: tuple[str, ...]) -> None:
    """A child the user added to a household stays there when the contact it hung on leaves."""
    season.done("member", "add", "h1", "Zuza", "--role", "child", "--born", "2019-11-25")
    for who in ("Anna Kowalska", "Jan Smith"):
        season.done(*command, who)
        assert "Zuza" in season.done("household", "show", "h1").out
    assert "Zuza" in season.done("upcoming", "--days", "20").out
    season.done(*command, "h1")
    assert "Zuza" not in season.done("upcoming", "--days", "20").out
