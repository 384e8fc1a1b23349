from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.book import card

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
    season.done("archive", "yuki", "anna")
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
