from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.cli import output
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

PHONE = "TEL;TYPE=cell:+44 113 496 0000"


@pytest.fixture
def twins(run: Runner, here: Path) -> Runner:
    """Return the command line of somebody whose two files hold Anna twice, and Jan."""
    (here / "phone.vcf").write_text(
        card("Anna Nowak", PHONE, "ORG:Mill Bakery", uid="a") + card("Jan Ash", uid="j")
    )
    (here / "work.vcf").write_text(card("Anna M Nowak", PHONE, "ORG:City Bank", "NOTE:from work", uid="b"))
    run.done("import", "phone.vcf", today="2025-03-01")
    run.done("import", "work.vcf")
    return run


def _names(run: Runner) -> set[str]:
    return {one["name"] for one in run.done("list", "--json").json["contacts"]}


def test_pairs_stand_side_by_side_in_80_columns(twins: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line has what both say; what cannot both stand is marked; where each came from, and what to do, is said."""
    monkeypatch.setenv("COLUMNS", "80")
    out = twins.done("duplicates").out
    lines = out.splitlines()
    assert all(output.width(line) <= 80 for line in lines)
    assert "same phone, similar name" in lines[0]
    by_label = {line[4:16].strip(): line for line in lines if line.startswith("    ") or line[2:3] in "≠+"}
    assert "phone.vcf, 1 Mar 2025" in by_label["from"]
    assert "work.vcf, 20 Nov" in by_label["from"]
    assert by_label["name"].startswith("  ≠")
    assert by_label["work"].startswith("  ≠")
    assert by_label["note"].startswith("  +")
    assert not by_label["phone"].strip().startswith(("≠", "+"))
    assert 'relcard merge "Anna Nowak" "Anna M Nowak"' in out
    assert "relcard duplicates WHO WHO --not-same" in out


def test_json_keeps_its_keys(twins: Runner) -> None:
    """Scripts find both UIDs, both names and the reason."""
    (pair,) = twins.done("duplicates", "--json").json["duplicates"]
    assert pair == {
        "who": ["a", "b"],
        "names": ["Anna Nowak", "Anna M Nowak"],
        "reason": "same phone, similar name",
    }


def test_nearest_come_first(run: Runner, here: Path) -> None:
    """A pair of the inner circle stands before one that has more in common; only ten stand on a screen."""
    cards = [
        card(f"Ann Elm{at}", PHONE[:-1] + str(at), uid=f"{side}{at}") for side in "xy" for at in range(10)
    ]
    cards += [card("Bea Ash", uid="x"), card("Bea Ash", uid="y")]
    (here / "many.vcf").write_text("".join(cards))
    run.done("import", "many.vcf")
    assert run.done("duplicates", "--json").json["duplicates"][-1]["names"] == ["Bea Ash", "Bea Ash"]
    run.done("circle", "inner", "x")
    assert run.done("duplicates", "--json").json["duplicates"][0]["names"] == ["Bea Ash", "Bea Ash"]
    out = run.done("duplicates").out
    assert "10 of 11" in out
    assert "11 of 11" not in out
    assert "and 1 more: relcard duplicates --all" in out
    assert "11 of 11" in run.done("duplicates", "--all").out


def test_not_the_same_is_remembered_until_undo(twins: Runner) -> None:
    """A pair said not to be the same is not shown again; undo brings the question back."""
    assert "not the same: Anna Nowak and Anna M Nowak" in twins.done("duplicates", "a", "b", "--not-same").out
    assert "No two contacts" in twins.done("duplicates").out
    twins.done("undo")
    assert twins.done("duplicates", "--json").json["duplicates"]
    assert twins("duplicates", "--not-same").code == 2


def test_any_two_can_be_looked_at(twins: Runner) -> None:
    """Two contacts that no rule finds alike are shown too, and named with what differs for scripts."""
    out = twins.done("duplicates", "a", "Jan").out
    assert "Anna Nowak" in out
    assert "Jan Ash" in out
    (pair,) = twins.done("duplicates", "a", "b", "--json").json["duplicates"]
    assert [one["field"] for one in pair["differences"]] == ["name", "organisation"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("merge", "a", "a"), 2),
        (("merge", "a"), 2),
        (("merge", "a", "nobody"), 4),
        (("merge", "a", "b", "--set", "name=left"), 2),
        (("merge", "a", "b", "--take", "first", "--set", "title=first"), 2),
        (("duplicates", "a"), 2),
    ],
)
def test_what_cannot_be_done_is_refused(twins: Runner, words: tuple[str, ...], code: int) -> None:
    """One contact, one name, a stranger, half an answer, a field without question: each has its code and changes nothing."""
    before = twins.bytes
    assert twins(*words).code == code
    assert twins.bytes == before


def test_missing_contacts_are_said(twins: Runner, here: Path) -> None:
    """A newer file without Jan takes nobody away and says how many are missing."""
    (here / "phone.vcf").write_text(card("Anna Nowak", PHONE, "ORG:Mill Bakery", uid="a"))
    assert (
        "1 contact of this source is not in the file any more: kept" in twins.done("import", "phone.vcf").out
    )
    assert "Jan Ash" in _names(twins)


def test_nothing_steers_the_terminal(run: Runner, here: Path) -> None:
    """Escape sequences in names and notes are shown, not obeyed."""
    evil = "NOTE:\x1b[2Jgone"
    (here / "evil.vcf").write_text(
        card("Jo\x1b]0;x\x07 Ash", PHONE, evil, uid="a") + card("Jo\x1b]0;x\x07 Ash", PHONE, uid="b")
    )
    run("import", "evil.vcf")
    for words in (("duplicates",), ("duplicates", "a", "b"), ("merge", "a", "b")):
        result = run(*words)
        assert "\x1b" not in result.out + result.err
        assert "\x07" not in result.out + result.err


def test_a_sitting_wants_a_terminal_and_nothing_besides(twins: Runner) -> None:
    """Without a terminal, or with what belongs to a list, --sit says so and what to do instead."""
    refused = twins("duplicates", "--sit")
    assert refused.code == 2
    assert "relcard merge --alike" in refused.err
    assert twins("duplicates", "--sit", "--json").code == 2
    assert twins("duplicates", "--sit", "--all").code == 2


def test_a_sitting_without_pairs_needs_no_terminal(run: Runner) -> None:
    """Where nobody looks like another, that is said."""
    run("add", "Bea Ash")
    assert "No two contacts look like the same person." in run.done("duplicates", "--sit").out
