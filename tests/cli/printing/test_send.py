"""Straight to the printer, with an lp on the path that writes down what it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

SAY_WORDS = 'printf "%s\\n" "$@" > "$(dirname "$0")/told"; cp "$(eval echo \\${$#})" "$(dirname "$0")/taken"'
LP = f'{SAY_WORDS}; echo "request id is Office-12 (1 file(s))"'
LPSTAT = 'printf "Office\\nDen_Laser\\n"'


class Commands:
    """A folder that alone is the path, with the commands put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, script: str) -> None:
        path = self.folder / name
        write_atomically(path, f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n".encode())
        path.chmod(0o700)

    @property
    def told(self) -> list[str]:
        return (self.folder / "told").read_text(encoding="utf-8").splitlines()


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Make a computer whose only programs are those a test puts there."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Commands(folder)


@pytest.fixture
def office(commands: Commands) -> Commands:
    """Make a computer with CUPS and two printers."""
    commands.put("lp", LP)
    commands.put("lpstat", LPSTAT)
    return commands


@pytest.mark.parametrize(
    ("words", "media", "sides"),
    [
        ("labels", "A4", "one-sided"),
        ("cards", "A4", "two-sided-long-edge"),
        ("cards --card A5-top", "A4", "two-sided-short-edge"),
        ("crib --page Letter", "Letter", "one-sided"),
        ("envelopes", "Custom.162x114mm", "one-sided"),
        ("envelopes --feed short --size DL", "Custom.110x220mm", "one-sided"),
        ("calibration", "A4", "one-sided"),
    ],
)
def test_a_printer_is_told_size_and_sides_and_not_to_scale(
    season: Runner, here: Path, office: Commands, words: str, media: str, sides: str
) -> None:
    """What goes to it is the file that was written; media and sides are those it was drawn for."""
    (file,) = season("print", *words.split(), "--to", "office", "-o", "x.pdf", "--json").json["files"]
    expected = ["-o", "print-scaling=none", "-o", f"media={media}", "-o", f"sides={sides}"]
    assert office.told == ["-d", "Office", "-t", "x.pdf", *expected, str(here / "x.pdf")]
    assert (office.folder / "taken").read_bytes() == (here / "x.pdf").read_bytes()
    sent = {"printer": "Office", "media": media, "sides": sides, "tray": "", "job": "Office-12"}
    assert file["sent"] == sent


def test_what_was_sent_is_said_and_kept_in_the_run(season: Runner, office: Commands) -> None:
    """Size, sides, tray and job stand on the screen, and when the labels are printed again."""
    said = " ".join(season("print", "labels", "--to", "Office", "--from", "manual").out.split())
    assert "sent to Office: A4, one side, from manual, not scaled (Office-12)" in said
    assert "media=A4,manual" in office.told
    again = season("print", "labels", "--dry-run", "--to", "Office")
    assert "sent to Office: A4, one side, from manual, not scaled" in " ".join(again.err.split())
    assert "sent to" not in again.out


def test_pages_are_moved_as_the_printer_they_go_to_needs_it(
    season: Runner, here: Path, office: Commands
) -> None:
    """Another printer's correction is none; of several that are known the one it goes to is taken."""
    season.done("printer", "set", "Den_Laser", "--dx", "2")
    season("print", "labels", "--to", "Office", "-o", "as-drawn.pdf")
    assert "Moved" not in season("print", "labels", "--to", "Office", "-o", "as-drawn.pdf").out
    assert "Moved as the printer Den_Laser" in season("print", "labels", "--to", "den_laser").out
    season.done("printer", "set", "Office", "--dy", "1")
    assert "Moved as the printer Office" in season("print", "labels", "--to", "Office").out


def test_a_printer_that_takes_nothing_leaves_the_file(season: Runner, here: Path, office: Commands) -> None:
    """Its words are handed on, the PDF and the run are there, and the exit code tells scripts."""
    office.put("lp", 'echo "lp: The printer is not accepting jobs." >&2; exit 1')
    result = season("print", "crib", "--to", "Office")
    assert result.code == 5
    assert "The PDF is written; Office did not take it" in result.err
    assert "not accepting jobs" in result.err
    assert (here / "crib.pdf").exists()
    assert season("print", "crib", "--to", "Office", "--json").json["files"][0]["sent"] is None


def test_without_lp_nothing_is_printed_and_the_way_out_is_said(
    season: Runner, here: Path, commands: Commands
) -> None:
    """No command of a spooler, no such printer: both before a page is drawn; lpr will do."""
    before = season.bytes
    result = season("print", "labels", "--to", "Office")
    assert result.code == 4
    assert "neither lp nor lpr" in result.err
    assert "print the PDF from a viewer at 100 %" in " ".join(result.err.split())
    commands.put("lpstat", LPSTAT)
    commands.put("lpr", SAY_WORDS)
    result = season("print", "labels", "--to", "Attic")
    assert result.code == 4
    assert "There are: Office, Den_Laser." in result.err
    assert season.bytes == before
    assert not list(here.glob("*.pdf"))
    assert "sent to Office" in season("print", "labels", "--to", "Office").out
    assert commands.told[:2] == ["-P", "Office"]


def test_to_a_list_of_years_a_number_is_a_year_and_a_name_a_printer(season: Runner, office: Commands) -> None:
    """--to and --from are typed once for each; twice the same is refused."""
    season.done("print", "years", "--from", "2024", "--to", "2026", "--to", "office", "--from", "manual")
    assert office.told[:2] == ["-d", "Office"]
    assert "media=A4,manual" in office.told
    assert "sent" not in season.done("print", "years", "--to", "2026").out
    for words, said in (
        (("--to", "2025", "--to", "2026"), "--to YEAR --to PRINTER"),
        (("--from", "2026", "--to", "2024"), "--from 2026 is after --to 2024"),
        (("--to", "12"), "1900<=x<=2199"),
        (("--from", "manual"), "--to NAME"),
    ):
        result = season("print", "years", *words)
        assert result.code == 2
        assert said in result.err
    assert season("print", "years", "--to", "Attic").code == 4


def test_what_a_printer_cannot_do_is_refused(season: Runner, office: Commands) -> None:
    """A pile to be turned by hand, a file for a shop, a tray of no printer."""
    for words in (("cards", "--sides", "1"), ("cards", "--shop")):
        assert season("print", *words, "--to", "Office").code == 2
    result = season("print", "labels", "--from", "manual")
    assert result.code == 2
    assert "--to NAME" in result.err


def test_the_printers_of_the_computer_are_listed(run: Runner, office: Commands) -> None:
    """Beside those that were measured, and in JSON."""
    assert "print ... --to sends to: Office, Den_Laser" in run.done("printer", "list").out
    assert run("printer", "list", "--json").json["queues"] == ["Office", "Den_Laser"]
