from __future__ import annotations

import re

import pytest

from relcard.cli.page.qr import qr_lines
from relcard.paper.qr import qr_modules
from tests.support.qr import decoded

LINK = "http://192.168.178.101:8741/pair#ABCD-EFGH"
QUIET = 4


def _dark(lines: list[str], *, inverted: bool) -> list[list[bool]]:
    """Return the modules that a camera sees, row by row, where the terminal draws black on white."""
    rows = []
    for line in lines:
        blocks = re.sub(r"\x1b\[[0-9;]*m", "", line)
        rows += [[(letter in half) != inverted for letter in blocks] for half in ("▀█", "▄█")]
    return rows


@pytest.mark.parametrize("colours", [True, False])
def test_code_on_the_terminal_reads_as_the_link(colours: bool) -> None:
    """Four modules of white stand around it, and a decoder reads the link out of the rest."""
    rows = _dark(qr_lines(qr_modules(LINK), colours=colours), inverted=not colours)
    size = len(qr_modules(LINK))
    assert not any(any(row) for row in (*rows[:QUIET], *rows[QUIET + size :]))
    assert not any(any(row[:QUIET]) or any(row[QUIET + size :]) for row in rows)
    assert decoded([row[QUIET : QUIET + size] for row in rows[QUIET : QUIET + size]]) == LINK


def test_colours_are_said_whole_and_ended_on_each_line() -> None:
    """So that it is black on white on a dark terminal and on a light one."""
    for line in qr_lines(qr_modules(LINK), colours=True):
        assert line.startswith("\x1b[38;5;16;48;5;231m")
        assert line.endswith("\x1b[0m")
