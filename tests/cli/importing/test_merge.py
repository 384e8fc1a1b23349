from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.book import card
from tests.support.command_line import vcard

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


def test_without_a_terminal_a_person_must_decide(twins: Runner) -> None:
    """A merge with open questions ends with 6, names each field with both values, and changes nothing."""
    before = twins.bytes
    result = twins("merge", "a", "b")
    assert result.code == 6
    assert 'name: first "Anna Nowak", second "Anna M Nowak"' in result.err
    assert 'organisation: first "Mill Bakery", second "City Bank"' in result.err
    assert "--take" in result.err
    assert twins.bytes == before


@pytest.mark.parametrize(
    ("options", "name", "org"),
    [
        (("--take", "first"), "Anna Nowak", "Mill Bakery"),
        (("--take", "second"), "Anna M Nowak", "City Bank"),
        (("--take", "newer"), "Anna M Nowak", "City Bank"),
        (("--take", "first", "--set", "organisation=second"), "Anna Nowak", "City Bank"),
        (("--set", "organisation=first", "--set", "name=second"), "Anna M Nowak", "Mill Bakery"),
    ],
)
def test_options_answer(twins: Runner, options: tuple[str, ...], name: str, org: str) -> None:
    """--take answers every question, --set one of them; the first named survives with the note of the other."""
    assert "is one contact now" in twins.done("merge", "a", "b", *options).out
    contact = twins.done("show", "a", "--json").json["contact"]
    assert (contact["uid"], contact["name"], contact["organisation"]) == ("a", name, org)
    assert contact["vcard_note"] == "from work"
    assert _names(twins) == {name, "Jan Ash"}


def test_undo_and_both_files_again(twins: Runner) -> None:
    """Both files read again bring nobody back; one undo makes them two again."""
    twins.done("merge", "a", "b", "--take", "first")
    for file in ("phone.vcf", "work.vcf"):
        assert twins.done("import", file, "--json").json["new"] == 0
    assert _names(twins) == {"Anna Nowak", "Jan Ash"}
    assert "merge a b" in twins.done("undo").out
    assert _names(twins) == {"Anna Nowak", "Anna M Nowak", "Jan Ash"}


def test_dry_run_and_json(twins: Runner) -> None:
    """--dry-run changes nothing and says what would be; --json says who stands, who is gone and what was decided."""
    before = twins.bytes
    said = twins.done("merge", "a", "b", "--take", "first", "--dry-run", "--json").json
    assert said == {
        "version": 1,
        "contact": {"uid": "a", "name": "Anna Nowak"},
        "merged": {"uid": "b", "name": "Anna M Nowak"},
        "decided": {"name": "first", "organisation": "first"},
    }
    assert "would be one contact" in twins.done("merge", "a", "b", "--take", "first", "--dry-run").out
    assert twins.bytes == before


def test_on_a_terminal_each_difference_is_asked(twins: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question is put field by field, only where the two differ and no option has answered."""
    asked: list[str] = []

    def answer(text: str, **_: object) -> int:
        asked.append(text)
        return 2

    monkeypatch.setattr("relcard.cli.importing.merge.on_terminal", lambda: True)
    monkeypatch.setattr("click.prompt", answer)
    result = twins.done("merge", "a", "b", "--set", "name=first")
    assert len(asked) == 1
    assert "organisation" in result.err
    assert "City Bank" in result.err
    contact = twins.done("show", "a", "--json").json["contact"]
    assert (contact["name"], contact["organisation"]) == ("Anna Nowak", "City Bank")


def test_one_name_twice_means_the_two_who_bear_it(run: Runner, here: Path) -> None:
    """Two of one name are merged by that name; the command that duplicates proposes does it."""
    (here / "two.vcf").write_text(card("Jo Ash", PHONE, uid="a") + card("Jo Ash", PHONE, uid="b"))
    run.done("import", "two.vcf")
    assert 'relcard merge "Jo Ash" "Jo Ash"' in run.done("duplicates").out
    run.done("merge", "Jo Ash", "Jo Ash")
    assert run.done("list", "--json").json["contacts"][0]["uid"] == "a"


def test_alike_makes_one_of_every_pair_with_nothing_to_decide(run: Runner, tmp_path: Path) -> None:
    """Three of one name and address become one contact, a pair that differs is left, and undo takes it all back."""
    book = tmp_path / "book.vcf"
    same = "ADR:;;1 Elm St;Leeds;;LS1 4DY;UK"
    book.write_bytes(
        b"".join(
            [
                vcard("Mo Finch", same, uid="mo-1"),
                vcard("Mo Finch", same, "EMAIL:mo@example.org", uid="mo-2"),
                vcard("Mo Finch", same, "TEL:+44 113 4960000", uid="mo-3"),
                vcard("Ida Roux", same, "BDAY:1970-01-02", uid="ida-1"),
                vcard("Ida Roux", same, "BDAY:1971-01-02", uid="ida-2"),
            ]
        )
    )
    run.done("import", str(book))
    looked = run.done("merge", "--alike", "--dry-run")
    assert "2 pairs would become one contact each" in looked.out
    assert len(run.done("list", "--json").json["contacts"]) == 5
    merged = run.done("merge", "--alike", "--json").json["merges"]
    assert [(one["uid"], one["merged"]["uid"]) for one in merged] == [("mo-1", "mo-2"), ("mo-1", "mo-3")]
    assert sorted(one["name"] for one in run.done("list", "--json").json["contacts"]) == [
        "Ida Roux", "Ida Roux", "Mo Finch",
    ]  # fmt: skip
    assert "No pair is alike" in run.done("merge", "--alike").out
    run.done("undo")
    assert len(run.done("list", "--json").json["contacts"]) == 5


def test_alike_takes_nobody_by_name(run: Runner) -> None:
    assert run("merge", "--alike", "mo").code == 2
    assert run("merge", "mo").code == 2
