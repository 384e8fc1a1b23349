"""Tests of a circle for many contacts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

CARDS = (
    ("Anna Grey", "CATEGORIES:choir", "ADR:;;1 Lake Road;Leeds;;LS1 4DY;United Kingdom"),
    ("Ben Brown", "CATEGORIES:choir", "ADR:;;2 Lake Road;Leeds;;LS1 4DY;United Kingdom"),
    ("Zoë White", "CATEGORIES:Choir"),
    ("Dora Black",),
)


@pytest.fixture
def choir(run: Runner, tmp_path: Path) -> Runner:
    """Return the command line before a choir of three, one of them close, and one without an address."""
    lines = [
        line
        for name, *more in CARDS
        for line in ("BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", *more, "END:VCARD")
    ]
    file = tmp_path / "choir.vcf"
    file.write_text("\r\n".join([*lines, ""]), encoding="utf-8", newline="")
    run.done("import", str(file))
    run.done("circle", "close", "Ben Brown")
    return run


def circles(run: Runner) -> dict[str, str | None]:
    return {one["name"]: one["circle"] for one in run.done("list", "--json").json["contacts"]}


BEFORE = {"Anna Grey": None, "Ben Brown": "close", "Zoë White": None, "Dora Black": None}


def test_a_dry_run_names_them_and_changes_nothing(choir: Runner) -> None:
    """The names come first; who has a circle is not among them and is counted."""
    said = choir.done("circle", "wide", "--tag", "choir", "--dry-run").out
    assert "Anna Grey" in said
    assert "Zoë White" in said
    assert "Ben Brown" not in said
    assert "would be wide: 2 contacts" in said
    assert "left as you said: 1 close" in said
    assert circles(choir) == BEFORE


def test_in_bulk_a_stated_circle_stays(choir: Runner) -> None:
    """Only those of whom nothing was said get the circle, in one step that undo takes back."""
    assert "wide: 2 contacts" in choir.done("circle", "wide", "--tag", "choir").out
    assert circles(choir) == {**BEFORE, "Anna Grey": "wide", "Zoë White": "wide"}
    assert "taken back: circle wide --tag choir" in choir.done("undo").out
    assert circles(choir) == BEFORE


def test_a_named_circle_is_changed(choir: Runner) -> None:
    """With --circle those of that circle move, and nobody else."""
    choir.done("circle", "friend", "--circle", "close")
    assert circles(choir) == {**BEFORE, "Ben Brown": "friend"}


@pytest.mark.parametrize(
    ("filters", "meant"),
    [
        (["--no-address"], {"Zoë White", "Dora Black"}),
        (["--no-circle"], {"Anna Grey", "Zoë White", "Dora Black"}),
        (["--words", "zoe"], {"Zoë White"}),
        (["--country", "United Kingdom"], {"Anna Grey"}),
        (["--tag", "choir", "--no-address"], {"Zoë White"}),
    ],
)
def test_the_filters_are_those_of_list(choir: Runner, filters: list[str], meant: set[str]) -> None:
    """Each filter narrows the choice, and several must all hold."""
    choir.done("circle", "none", *filters)
    assert {name for name, circle in circles(choir).items() if circle == "none"} == meant


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["wide"], 2, "Whose circle is it?"),
        (["wide", "anna", "--tag", "choir"], 2, "Name contacts or give filters, not both."),
        (["wide", "--no-circle", "--circle", "close"], 2, "--circle and --no-circle leave nobody."),
        (["wide", "--tag", "rowing"], 4, "No contact is like that."),
    ],
)
def test_what_cannot_be_meant_is_refused(
    choir: Runner, arguments: list[str], code: int, sentence: str
) -> None:
    """Nobody, both ways at once, and a choice that is empty are told apart, and change nothing."""
    result = choir("circle", *arguments)
    assert (result.code, result.err.splitlines()[0]) == (code, sentence)
    assert circles(choir) == BEFORE
