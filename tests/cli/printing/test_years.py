"""The sheets for beside the letterbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def test_households_stand_by_surname_and_no_circle_is_told(people: Runner, here: Path) -> None:
    """Whatever circle they are in, and in whatever season."""
    people.done("circle", "friend", "anna kowalska", "omar", "zoë", "mia delgado", "jörg")
    people.done("circle", "inner", "wren")
    assert "on 1 page" in people.done("print", "years").out
    text = pdf_text(here / "years.pdf")
    assert "Cards 2026" in text
    rows = [row["addressee"] for row in people.done("years", "--json").json["years"]]
    assert len(rows) > 5
    places = [text.index(name) for name in rows]
    assert places == sorted(places)
    people.done("circle", "wide", "wren")
    people.done("print", "years", "-o", "again.pdf")
    assert pdf_text(here / "again.pdf") == text
    assert not [circle for circle in ("inner", "close", "friend", "wide") if circle in text.split()]


def test_the_dead_are_left_out_and_named(people: Runner, here: Path) -> None:
    people.done("rite", "death", "yuki", "--on", "2026-11-18")
    result = people("print", "years", "yuki", "wren", "--page", "Letter", "--from", "2025", "--json")
    (file,) = result.json["files"]
    assert (result.code, file["items"]) == (5, 1)
    assert [skipped["who"] for skipped in file["skipped"]] == ["Yuki Tanaka"]
    assert "Yuki" not in pdf_text(here / "years.pdf")
