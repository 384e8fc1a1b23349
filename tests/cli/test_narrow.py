"""No line is wider than the terminal: every command that prints, on 60 columns and on 80."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from relcard.cli import output
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

SURNAMES = ("Featherstonehaugh-Cholmondeley", "Papadopoulos-Konstantinidou", "Brzęczyszczykiewicz")
COMMANDS = """
list|list nobody|show h1|show u0-0|household list|household show h1|household suggest|season list|season status
draft|draft h1|draft --card A5|today --all|upcoming --days 366|drift|stats|warmth|warmth u0-0|duplicates|history
preflight|settings|stock list|stock show L7160|design list|template list|template check|segment list|doctor|triage
hand|stamps|sheet list|printer list|tag list|relation list u0-0|ask-list|address list u0-0|written 1-3|posted 1-3
received h1|received h4|returned h2|returned h5|show Maximiliane|draft Maximiliane|undo|undo|completion --help
print cards --help|stock add --help|print labels --help|import --help|--help|frob
"""


@pytest.fixture
def long_names(run: Runner, here: Path) -> Runner:
    """Return the command line of somebody whose people have long names and live in long places."""
    address = (
        "ADR;TYPE=home:;;{} Upper Long Meadow Lane at the Old Mill House;Llanfairpwllgwyngyll;;LL61 5UJ;UK"
    )
    cards = [
        vcard(f"{given} {surname}", address.format(at), f"BDAY:1960-12-2{at}", uid=f"u{at}-{number}")
        for at, surname in enumerate(SURNAMES * 2)
        for number, given in enumerate(("Maximiliane-Theodora", "Bartholomew Alexander")[: 1 + at % 2])
    ]
    (here / "long.vcf").write_bytes(b"".join(cards))
    run("import", "long.vcf")
    run.done("settings", "set", "sender.country", "GB")
    for circle, *homes in (("inner", "h1"), ("close", "h2", "h5"), ("friend", "h3"), ("none", "h4")):
        run.done("circle", circle, *homes)
    run.done("season", "start", "christmas")
    return run


@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_is_wider_than_the_terminal(
    long_names: Runner, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Answers, tables, headings, questions, hints and help go on below."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in COMMANDS.replace("\n", "|").strip("|").split("|"):
        result = long_names(*words.split())
        lines = f"{result.out}\n{result.err}".splitlines()
        # A word alone, such as the path of the store, is never torn.
        wide = [line for line in lines if wcswidth(line) > columns and " " in line.strip()]
        assert wide == [], words


def test_long_lines_of_a_pipe_stay_whole(long_names: Runner) -> None:
    """Where lines have no end a heading is one line, whatever its length."""
    heading = long_names.done("draft", "h2").out.splitlines()[1]
    assert len(heading) > 100
    assert "post by" in heading


def test_a_command_goes_below_whole(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands between gaps, and a command, is not torn where it finds room on a line of its own."""
    monkeypatch.setenv("COLUMNS", "40")
    output.say(f"  What passed is kept with: {output.accent('relcard log anna visit')}")
    assert capsys.readouterr().out == "  What passed is kept with:\n    relcard log anna visit\n"
