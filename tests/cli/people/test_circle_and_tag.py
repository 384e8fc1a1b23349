from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def _contact(run: Runner, who: str) -> dict[str, Any]:
    found = run("show", who, "--json").json["contact"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("circle", ["inner", "close", "friend", "wide", "none", "INNER"])
def test_circle_is_what_the_user_says(people: Runner, circle: str) -> None:
    """Each circle can be said, in any case, and said anew."""
    people.done("circle", "wide", "anna")
    result = people.done("circle", circle, "anna")
    assert result.out == f"  {circle.lower()}: Anna Kowalska\n"
    assert _contact(people, "anna")["circle"] == circle.lower()


def test_circle_dry_run_changes_nothing(people: Runner) -> None:
    """A dry run says who would be meant and leaves the store as it was."""
    before = people.bytes
    assert people.done("circle", "inner", "anna", "--dry-run").out == "  would be inner: Anna Kowalska\n"
    assert people.bytes == before


def test_circle_of_several_is_all_or_nothing(people: Runner) -> None:
    """When one WHO cannot be found, none of the others is changed."""
    assert people("circle", "close", "anna", "zebedee").code == 4
    assert _contact(people, "anna")["circle"] is None


def test_tag_and_untag(people: Runner) -> None:
    """A tag is set and taken off, on several contacts at once."""
    people.done("tag", "book club", "anna", "omar")
    tagged = people("list", "--tag", "book club", "--json").json["contacts"]
    assert {one["name"] for one in tagged} == {"Anna Kowalska", "Omar Haddad"}
    people.done("tag", "book club", "anna", "--remove")
    tagged = people("list", "--tag", "book club", "--json").json["contacts"]
    assert {one["name"] for one in tagged} == {"Omar Haddad"}


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
