from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import vcard
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def sheets(run: Runner) -> list[tuple[int, int]]:
    """Return the number of each sheet remembered, and how many of its slots are left."""
    return [(one["id"], len(one["free"])) for one in run("sheet", "list", "--json").json["sheets"]]


def test_a_part_used_sheet_is_filled_first_and_undo_frees_it(season: Runner) -> None:
    """The screen says where the first label goes and which sheet lies on which page; undo takes all back."""
    season.done("sheet", "add", "L7160", "--used", "1-19")
    result = season("print", "labels", "--stock", "L7160", "--address-mode", "label")
    assert "the first starts at slot 20 of your open sheet 1" in result.out
    assert "page 1   open sheet 1" in result.out
    assert "slots 20-21" in result.out
    assert "kept as sheet 2" in result.out
    (left,) = sheets(season)
    assert left[0] == 2
    assert 0 < left[1] < 21
    season.done("undo")
    assert sheets(season) == [(1, 2)]


def test_a_line_too_wide_is_two(season: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """At 80 columns where the first label goes stands on a line of its own beneath the file."""
    monkeypatch.setenv("COLUMNS", "80")
    season.done("sheet", "add", "L7160", "--left", "2")
    out = season("print", "labels", "hannah", "-o", "labels-for-the-cards-of-this-winter.pdf").out
    assert max(map(len, out.splitlines())) <= 80
    assert "    the first starts at slot 20 of your open sheet 1" in out.splitlines()


def test_the_same_labels_twice_are_told_on_the_side(season: Runner) -> None:
    """A second run for a season says when the first one was, and that it can be taken back."""
    assert "printed before" not in season("print", "labels").err
    result = season("print", "labels", today="2026-11-28")
    assert "Labels of christmas-2026 were printed before" in result.err
    assert "20 Nov" in result.err
    assert "relcard undo" in result.err
    result = season("print", "labels", "--json")
    assert set(result.json) == {"version", "files", "sheets"}


def test_a_dry_run_uses_and_writes_nothing(season: Runner, here: Path) -> None:
    """--dry-run tells which slots would be used; there is no file, and the store is as it was."""
    season.done("sheet", "add", "L7160", "--left", "2")
    before = season.bytes
    result = season("print", "labels", "--stock", "L7160", "--dry-run")
    assert "slot 20 of your open sheet 1" in result.out
    assert "--dry-run" in result.out
    assert season.bytes == before
    assert not (here / "labels.pdf").exists()
    found = season("print", "labels", "--stock", "L7160", "--dry-run", "--json").json["sheets"]
    assert found[0] == {"stock": "Avery L7160", "sheet": 1, "slots": [20, 21], "left": 0}


def test_a_file_that_cannot_be_written_uses_no_slot(season: Runner) -> None:
    """When the PDF has no place to go the sheets are as they were."""
    season.done("sheet", "add", "L7160", "--left", "2")
    before = season.bytes
    assert season("print", "labels", "--stock", "L7160", "-o", "nowhere/x.pdf").code == 3
    assert season.bytes == before


def test_new_sheet_and_skip_leave_open_sheets_alone(season: Runner) -> None:
    """A new sheet is begun at its head, a skipped one where it is said; both are remembered."""
    season.done("sheet", "add", "L7160", "--left", "2")
    season("print", "labels", "hannah", "--stock", "L7160", "--new-sheet")
    result = season("print", "labels", "hannah", "--stock", "L7160", "--skip", "4")
    assert "starts at slot 5" in result.out
    assert sheets(season) == [(1, 2), (2, 20), (3, 16)]


def test_labels_bear_the_numbers_of_the_season(season: Runner, here: Path) -> None:
    """In a season each label has its number, and --no-numbers leaves them out."""
    season("print", "labels", "hannah")
    numbered = pdf_text(here / "labels.pdf").split()
    season("print", "labels", "hannah", "--no-numbers")
    plain = pdf_text(here / "labels.pdf").split()
    (number,) = [one for one in numbered if one not in plain]
    assert number.isdigit()


def test_a_proof_is_on_plain_paper_and_uses_nothing(season: Runner, here: Path) -> None:
    """A proof has the words of the labels, says what it is, and changes nothing."""
    season.done("sheet", "add", "L7160", "--left", "2")
    before = season.bytes
    result = season("print", "proof", "--stock", "L7160")
    assert "no slot is used up" in result.out
    assert season.bytes == before
    text = pdf_text(here / "proof.pdf")
    assert "Hannah Weber" in text
    assert "Proof on plain paper" in text


@pytest.mark.parametrize("what", ["labels", "proof"])
def test_an_offset_moves_the_labels(season: Runner, here: Path, what: str) -> None:
    """The only printer is corrected without a word, a named one by its name, an unknown one refused."""
    season("print", what, "hannah", "-o", "a.pdf")
    season("undo")
    season.done("printer", "set", "den", "--dx", "1")
    season("print", what, "hannah", "-o", "b.pdf", "--new-sheet")
    assert (here / "a.pdf").read_bytes() != (here / "b.pdf").read_bytes()
    assert season("print", what, "hannah", "--printer", "shop").code == 4


def test_a_partner_without_a_vcard_who_lives_on_gets_her_label(run: Runner, here: Path) -> None:
    """The card of the only contact there brings his death: the house keeps its circle, its label and its year."""
    lines = ("ADR:;;5 Elm St;Madison;WI;53703;USA", "RELATED;TYPE=spouse;VALUE=text:Nadine Thibault")
    (here / "hank.vcf").write_bytes(vcard("Hank Oak", *lines, uid="h"))
    run.done("import", "hank.vcf")
    run.done("circle", "friend", "hank")
    (here / "hank.vcf").write_bytes(vcard("Hank Oak", *lines, "DEATHDATE:20261101", uid="h"))
    run.done("import", "hank.vcf")
    run.done("season", "start", "christmas")
    run.done("print", "labels", "--stock", "L7160")
    assert "Nadine Thibault" in pdf_text(here / "labels.pdf")
    run.done("posted", "h1")
    assert run.done("years", "--json").json["years"][0]["cells"]["2026"] == "sent"
    run.done("received", "h1", "--address", "1 High Street, Leeds LS1 4DY, United Kingdom")
    assert (
        "Leeds"
        in " ".join(run.done("household", "show", "h1", "--json").json["household"]["address_lines"]).title()
    )
