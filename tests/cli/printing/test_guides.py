from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

CIRCLES = ("inner", "close", "friend", "wide")


def test_guides_fit_the_hand_the_card_and_the_envelope(run: Runner, here: Path) -> None:
    """The sheet has the hand's lines and the rooms' numbers; circles are named on the screen alone."""
    run.done("hand", "set", "--pitch", "9.2")
    screen = run.done("print", "guides").out
    rooms = run.done("hand", "--json").json["rooms"]
    assert all(f"{one['circle']} {one['lines']}" in screen for one in rooms)
    assert max(map(len, screen.splitlines())) <= 80
    text = pdf_text(here / "guides.pdf")
    assert "A6: 13 lines at 9.2 mm" in text
    assert "C6" in text
    assert all(str(one["lines"]) in text.split() for one in rooms)
    assert not [circle for circle in CIRCLES if circle in text]


def test_what_does_not_fit_the_page_is_said(run: Runner) -> None:
    """An envelope larger than the page is named with its size; the rest is printed, with exit code 5."""
    result = run("print", "guides", "--card", "5x7", "--envelope", "C4", "--json")
    (file,) = result.json["files"]
    assert (result.code, file["items"], file["pages"]) == (5, 1, 1)
    assert file["skipped"][0]["who"] == "envelope C4"
    assert "mm" in file["skipped"][0]["reason"]
    screen = run("print", "guides", "--envelope", "C4").out
    assert "envelope C4" in screen
    assert run("print", "guides", "--card", "A99").code == 4
