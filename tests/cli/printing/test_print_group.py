from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from typing import Any

import pytest

from tests.support.command_line import keys_of
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.command_line import Runner

BY_HAND = {"Aunt Wren", "Margaret Hale", "Yuki Tanaka", "The Okafor Family"}
NAMES = (
    "Anna", "Kowalska", "Jan Smith", "Wren", "Margaret", "Hale", "Yuki", "Tanaka", "Okafor", "Mia", "Delgado",
    "Jörg", "Großmann", "Hannah", "Weber", "Omar", "Haddad", "Zoë", "Müller", "Callum",
)  # fmt: skip
CIRCLES = ("inner", "close", "friend", "wide")


def _file(run: Runner, *words: str) -> dict[str, Any]:
    (one,) = run("print", *words, "--json").json["files"]
    assert isinstance(one, dict)
    assert set(one) == {"path", "pages", "items", "skipped"}
    assert all(set(skipped) == {"who", "reason"} for skipped in one["skipped"])
    return one


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_labels_hold_the_households_that_are_not_addressed_by_hand(season: Runner, here: Path) -> None:
    """Every recipient is on a label or named with the reason; inner and close are addressed by hand."""
    found = _file(season, "labels", "--stock", "L7160")
    assert found["path"] == "labels.pdf"
    text = _plain(pdf_text(here / "labels.pdf"))
    skipped = {one["who"]: one["reason"] for one in found["skipped"]}
    assert set(skipped) >= BY_HAND
    assert all("by hand" in skipped[who] and "crib" in skipped[who] for who in BY_HAND)
    everybody = {one["addressee"] for one in season("season", "list", "--json").json["recipients"]}
    on_paper = everybody - set(skipped)
    assert found["items"] == len(on_paper)
    assert all(who in text for who in on_paper)
    assert not any(who in text for who in BY_HAND)
    for line in ("Omar Haddad", "Flat 5, 22 Cotham Vale", "BRISTOL", "BS6 6HR", "Lindenstraße 12", "GERMANY"):
        assert line in text
    assert "UNITED KINGDOM" not in text
    screen = season("print", "labels").out
    assert all(who in screen for who in BY_HAND)


def test_address_mode_prints_those_addressed_by_hand_too(season: Runner, here: Path) -> None:
    """--address-mode label overrides the circle for one run, --address-mode hand leaves nobody to print."""
    found = _file(season, "labels", "--address-mode", "label")
    assert not any("by hand" in one["reason"] for one in found["skipped"])
    assert "Aunt Wren" in pdf_text(here / "labels.pdf")
    result = season("print", "labels", "--address-mode", "hand", "-o", "none.pdf")
    assert result.code == 5
    assert "--address-mode label" in result.out
    assert all(who in result.out for who in BY_HAND)
    assert not (here / "none.pdf").exists()


@pytest.mark.parametrize("kind", ["labels", "envelopes"])
def test_when_nobody_can_be_printed_each_is_named_with_the_reason(run: Runner, here: Path, kind: str) -> None:
    """A run without one sound address makes no file; it says why, in JSON too, and hints at nothing useless."""
    name = b"Ida " + b"W" * 200
    (here / "long.vcf").write_bytes(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + name + b"\r\nN:" + name + b";;;;\r\n"
        b"ADR:;;1 High Street;Leeds;;LS1 1AA;United Kingdom\r\nEND:VCARD\r\n"
    )
    run.done("import", "long.vcf")
    result = run("print", kind, "--all", "--json")
    assert result.code == 5
    (file,) = result.json["files"]
    assert (file["pages"], file["items"]) == (0, 0)
    assert "too wide" in file["skipped"][0]["reason"]
    assert "address-mode" not in run("print", kind, "--all").out
    assert not (here / f"{kind}.pdf").exists()


def test_skip_leaves_the_used_slots_blank(season: Runner) -> None:
    """Labels of a part-used sheet begin further down; more than a sheet cannot be skipped."""
    few = _file(season, "labels")
    assert few["pages"] == 1
    assert _file(season, "labels", "--skip", "20")["pages"] == 2
    result = season("print", "labels", "--skip", "21")
    assert result.code == 2
    assert "20" in result.err


def test_labels_for_somebody_need_no_season(near: Runner, here: Path) -> None:
    """WHO alone is enough for an address; without WHO there must be a season or --all."""
    assert _file(near, "labels", "hannah", "omar")["items"] == 2
    assert _plain(pdf_text(here / "labels.pdf")).count("Hannah Weber") == 1
    assert near("print", "labels").code == 4
    assert near("print", "cards", "hannah").code == 2


def test_all_is_every_household_with_an_address(near: Runner) -> None:
    """--all takes every circle and none, and excludes WHO and --season."""
    found = _file(near, "labels", "--all", "--address-mode", "label")
    homes = near("household", "list", "--json").json["households"]
    with_address = [one for one in homes if one["address_lines"]]
    assert found["items"] + len(found["skipped"]) == len(with_address)
    assert near("print", "labels", "--all", "hannah").code == 2


def test_a_name_no_font_can_print_is_refused_by_name(near: Runner, here: Path) -> None:
    """The Arabic and Japanese names of the sample are named with what is missing; the rest is printed."""
    result = near("print", "labels", "--all", "--address-mode", "label", "--json")
    skipped = {one["who"]: one["reason"] for one in result.json["files"][0]["skipped"]}
    assert result.code == (5 if skipped else 0)
    text = _plain(pdf_text(here / "labels.pdf"))
    for who in ("佐藤 健", "ليلى منصور"):
        assert who in skipped or who in text
    assert "\ufffd" not in text
    for who in ("Søren Ødegård", "Nguyễn Thị Hương", "Ελένη Παπαδάκη", "Ольга Мельник", "İbrahim Şahin"):
        assert who in text


def test_envelopes_have_the_return_address(season: Runner, here: Path) -> None:
    """An envelope a page, with the sender in the corner; every size of the contract."""
    season.done("settings", "set", "sender.name", "Maud", "Ellery")
    for size in ("C6", "DL", "#10", "A7"):
        found = _file(season, "envelopes", "--size", size)
        assert found["pages"] == found["items"] > 0
        assert pdf_text(here / "envelopes.pdf").count("Maud Ellery") == found["pages"]


def test_no_name_stands_in_the_cards(season: Runner, here: Path) -> None:
    """Cards carry a few printed words and not one name of a person; printing moves the state."""
    found = _file(season, "cards")
    assert found["items"] == len(season("season", "list", "--json").json["recipients"])
    text = _plain(pdf_text(here / "cards.pdf"))
    assert "Weihnacht" in text
    assert not [name for name in NAMES if name in text]
    assert not [circle for circle in CIRCLES if circle in text]
    assert {one["state"] for one in season("season", "list", "--json").json["recipients"]} == {"printed"}


def test_edited_words_are_printed(season: Runner, here: Path, editor: Callable[[str], Path]) -> None:
    """What a person typed is what stands on the card."""
    editor('printf "A still Christmas\\n---\\nSnow on the sill\\n" > "$1"')
    season.done("draft", "edit", "omar")
    season.done("print", "cards")
    text = pdf_text(here / "cards.pdf")
    assert text.count("A still Christmas") == 1
    assert text.count("Snow on the sill") == 1


def test_quarter_letter_is_one_side(season: Runner) -> None:
    """A quarter-fold card is one page each; two A6 cards share a sheet of two sides."""
    assert _file(season, "cards", "omar", "hannah", "--card", "quarter-letter")["pages"] == 2
    assert _file(season, "cards", "omar", "hannah", "--card", "A6")["pages"] == 2
    assert _file(season, "cards", "omar", "hannah", "mia")["pages"] == 4


def test_the_crib_is_in_writing_order(season: Runner, here: Path) -> None:
    """The crib has an entry for each recipient in the order of the season."""
    found = _file(season, "crib")
    text = _plain(pdf_text(here / "crib.pdf"))
    names = [one["addressee"] for one in season("season", "list", "--json").json["recipients"]]
    assert found["items"] == len(names)
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    assert _file(season, "crib", "--page", "Letter")["items"] == len(names)


@pytest.mark.parametrize("what", ["cards", "labels", "envelopes", "crib"])
def test_a_pdf_goes_where_it_was_sent_and_is_the_users_alone(season: Runner, here: Path, what: str) -> None:
    """-o names the file; it is 0600, complete, and the same command makes the same bytes again."""
    (here / "out").mkdir()
    found = _file(season, what, "-o", "out/my file.pdf")
    path = here / "out" / "my file.pdf"
    assert found["path"] == "out/my file.pdf"
    assert path.stat().st_mode & 0o777 == 0o600
    first = path.read_bytes()
    assert first.startswith(b"%PDF-")
    assert list((here / "out").iterdir()) == [path]
    if what == "labels":
        season.done("undo")  # else the second run goes on where the first one ended on the sheet
    _file(season, what, "-o", "out/my file.pdf")
    assert path.read_bytes() == first


@pytest.mark.parametrize("what", ["cards", "labels", "envelopes", "crib"])
def test_a_missing_folder_is_said_and_nothing_changes(season: Runner, here: Path, what: str) -> None:
    """When the PDF cannot be written no state moves; neither a folder nor a device is ever replaced."""
    before = season.bytes
    result = season("print", what, "-o", "nowhere/x.pdf")
    assert result.code == 3
    assert "nowhere/x.pdf" in result.err
    (here / "folder").mkdir()
    assert season("print", what, "-o", "folder").code == 2
    assert season("print", what, "-o", "/dev/null").code == 2
    assert season.bytes == before
    assert list(here.iterdir()) == [here / "folder"]


def test_preflight_names_what_wants_a_look(season: Runner) -> None:
    """A missing postcode is found before paper is used, and what is well is said to be well."""
    season.done("season", "add", "zoë")
    result = season("preflight", "--json")
    assert result.code == 5
    assert keys_of(result.json["remarks"]) == {"who", "reason", "kind", "household", "mend"}
    assert "Zoë Müller" in {one["who"] for one in result.json["remarks"]}
    assert result.json["addresses"] == len(season("season", "list", "--json").json["recipients"])
    assert "postcode" in season("preflight", "zoë").out
    well = season("preflight", "hannah")
    assert (well.code, well.out.splitlines()[0]) == (0, "  christmas-2026: 1 household · all is well")


def test_what_is_known_never_reaches_paper_that_leaves_the_desk(
    near: Runner, here: Path, editor: Callable[[str], Path]
) -> None:
    """Over one whole run no fact, note, line or tag stands on a card, label, envelope or exported vCard.

    The crib lies beside the pen and has them; circles stand on no paper at all.
    """
    who = ("anna", "omar", "hannah", "wren", "bakery")
    for number, one in enumerate(who):
        near.done("note", one, f"CANARYNOTE{number}")
        near.done("fact", one, f"CANARYKEY{number}", f"CANARYFACT{number}")
        near.done("log", one, "card", "--from-them", "--on", "2025-12-19", "--text", f"CANARYTHEIRS{number}")
        near.done("log", one, "card", "--on", "2025-12-12", "--text", f"CANARYYOURS{number}")
    near.done("season", "start", "christmas")
    near.done("season", "add", "bakery", "zoë")
    editor("true")
    near.done("draft", "edit", "omar")
    assert near("draft").code == 0
    for what in ("cards", "labels", "envelopes", "crib"):
        assert near("print", what).code in (0, 5)
    near.done("written", "anna", "--line", "CANARYWRITTEN")
    near.done("received", "omar", "--line", "CANARYRECEIVED")
    near.done("print", "cards", "-o", "again.pdf")
    assert near("print", "labels", "--address-mode", "label", "-o", "all.pdf").code in (0, 5)
    near.done("print", "cards", *who, "--for", "birthday", "-o", "birthday.pdf")
    for name in ("cards", "labels", "envelopes", "again", "all", "birthday"):
        text = pdf_text(here / f"{name}.pdf")
        assert text.strip()
        assert "CANARY" not in text, name
        assert b"CANARY" not in (here / f"{name}.pdf").read_bytes()
        assert not [circle for circle in CIRCLES if circle in text.split()], name
    assert b"CANARY" not in near("export", "--format", "vcf").raw
    crib = pdf_text(here / "crib.pdf")
    assert all(f"CANARY{kind}0" in crib for kind in ("NOTE", "FACT", "THEIRS", "YOURS"))
    assert not [circle for circle in CIRCLES if f" {circle} " in crib]
