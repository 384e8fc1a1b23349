from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner


def test_show_has_what_is_known(near: Runner) -> None:
    """One contact's page holds facts, notes, interactions, occasions and reminders, dates ISO."""
    near.done("fact", "anna kowalska", "tea", "lapsang")
    near.done("note", "anna kowalska", "new kitchen", "--on", "2026-09-14")
    near.done("log", "anna kowalska", "card", "--from-them", "--on", "2025-12-19", "--text", "come and see")
    contact = near("show", "anna", "kowalska", "--json").json["contact"]
    assert {
        "uid",
        "name",
        "circle",
        "tags",
        "household",
        "facts",
        "notes",
        "interactions",
        "occasions",
    } <= set(contact)
    assert contact["name"] == "Anna Kowalska"
    assert contact["facts"] == [{"key": "tea", "value": "lapsang", "noted_on": "2026-11-20", "ours": None}]
    assert contact["notes"] == [{"number": 1, "on": "2026-09-14", "text": "new kitchen", "ours": None}]
    assert contact["interactions"] == [
        {
            "number": 1,
            "channel": "card",
            "direction": "from them",
            "on": "2025-12-19",
            "text": "come and see",
            "occasion": None,
            "ours": None,
            "through": [],
        }
    ]
    assert {(one["kind"], one["date"]) for one in contact["occasions"]} == {
        ("birthday", "1984-05-19"),
        ("anniversary", "2014-09-06"),
    }
    assert len(contact["household"]["members"]) == 4
    page = near("show", "anna kowalska").out
    for words in (
        "Anna Kowalska",
        "close",
        "lapsang",
        "new kitchen",
        "come and see",
        "30-702 KRAKÓW",
        "42 this year",
    ):
        assert words in page


def test_show_names_a_death_calmly(near: Runner) -> None:
    """A contact who has died is shown as such and has no age."""
    page = near("show", "thomas hale").out
    assert "has died" in page
    assert "this year" not in page


@pytest.mark.parametrize("words", [("show", "anna kowalska"), ("list",)], ids=lambda one: one[0])
def test_no_line_is_wider_than_the_terminal(
    near: Runner, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """On 80 columns long texts go on below themselves."""
    from relcard.cli import output

    monkeypatch.setenv("COLUMNS", "80")
    near.done("note", "anna kowalska", "a long evening about trains " * 12)
    result = near(*words)
    assert all(output.width(line) <= 80 for line in result.out.splitlines())


def _crowded(near: Runner) -> None:
    for number in range(1, 9):
        near.done("note", "anna kowalska", f"note {number}", "--on", f"2026-0{number}-01")
        near.done("fact", "anna kowalska", f"fact {number}", "a rather long thing to know of somebody")
        near.done("log", "anna kowalska", "card", "--on", f"201{number}-12-10", "--text", f"line {number}")
        near.done(
            "log",
            "jan smith",
            "card",
            "--from-them",
            "--on",
            f"201{number}-12-20",
            "--text",
            f"theirs {number}",
        )
        near.done("log", "anna kowalska", "call", "--on", f"2026-0{number}-09")


@pytest.mark.parametrize(("lines", "columns"), [(24, 80), (30, 100)])
def test_show_keeps_to_one_screen(
    near: Runner, monkeypatch: pytest.MonkeyPatch, lines: int, columns: int
) -> None:
    """However much is known, the newest of each fits the screen, and --full has the rest."""
    _crowded(near)
    monkeypatch.setenv("LINES", str(lines))
    monkeypatch.setenv("COLUMNS", str(columns))
    page = near("show", "anna kowalska").out
    assert len(page.splitlines()) < lines
    for words in ("Ola 8", "note 8", "“line 8”", "“theirs 8”", "fact 1", "spouse of Jan Smith", "--full"):
        assert words in page
    assert "note 1" not in page
    full = near("show", "anna kowalska", "--full").out
    assert all(f"note {number}" in full and f"“theirs {number}”" in full for number in range(1, 9))
    assert "--full" not in full


def test_their_line_stands_beside_yours(near: Runner) -> None:
    """A year's cards are one row: what they wrote on the left, what you wrote on the right."""
    near.done(
        "log", "jan smith", "card", "--from-them", "--on", "2026-01-03", "--text", "come and see the garden"
    )
    near.done("log", "anna kowalska", "card", "--on", "2025-12-10", "--text", "the train is booked")
    (row,) = [
        line for line in near("show", "anna kowalska").out.splitlines() if "garden" in line and "2025" in line
    ]
    assert row.index("garden") < row.index("the train is booked")


def test_show_json_has_addresses_and_relations(near: Runner) -> None:
    """Addresses bear their days, relations the other's identifier."""
    contact = near("show", "anna kowalska", "--json").json["contact"]
    (address,) = contact["addresses"]
    assert (address["town"], address["country"], address["confirmed_on"]) == ("Kraków", "PL", None)
    jan = near("show", "jan smith", "--json").json["contact"]
    assert {"kind": "spouse", "of": True, "name": "Jan Smith", "uid": jan["uid"]} in contact["relations"]


def test_own_labels_of_addresses_and_websites(run: Runner, here: Path) -> None:
    """A summer house is shown as one, also when a letter of its postcode was corrected here."""
    lines = (
        "item1.ADR;TYPE=home:;;Mill 1;Wells;;BA5 1AA;United Kingdom",
        "item1.X-ABLabel:Summer house",
        "item2.URL:https://example.org/a",
        "item2.X-ABLabel:Choir page",
    )
    (here / "a.vcf").write_bytes(vcard("Kaja Probe", *lines, uid="kaja"))
    run.done("import", "a.vcf")
    page = run.done("show", "kaja").out
    assert "Summer house · Mill 1" in page
    assert "Choir page · https://example.org/a" in page
    corrected = run.done("edit", "kaja", "--page").out.replace("BA5 1AA", "BA5 1AB")
    assert run("edit", "kaja", "--from", "-", stdin=corrected.encode()).code == 0
    assert "BA5 1AB" in run.done("show", "kaja").out
    assert "Summer house · Mill 1" in run.done("show", "kaja").out
    contact = run.done("show", "kaja", "--json").json["contact"]
    assert contact["addresses"][0]["own_label"] == "Summer house"
    assert contact["websites"] == [{"url": "https://example.org/a", "own_label": "Choir page"}]


def test_what_is_due_says_its_day_by_name(near: Runner) -> None:
    """A birthday is called so, without the name that heads the page."""
    assert "write: birthday - post by" in " ".join(near.done("show", "wren", today="2026-12-10").out.split())
