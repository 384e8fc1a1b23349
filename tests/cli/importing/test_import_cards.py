from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from relcard import installation
from relcard.cli.importing import sources
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

IMPORT_KEYS = {
    "version", "cards", "new", "updated", "unchanged", "kept_raw", "conflicts", "problems", "likely_duplicates",
    "columns", "passed_over", "names", "addresses", "recognised", "members",
}  # fmt: skip


def test_import_report_has_every_card_in_one_number(run: Runner, sample: Path) -> None:
    """The numbers of an import add up, and problems have their place in the file."""
    found = run("import", str(sample), "--json").json
    assert set(found) == IMPORT_KEYS
    assert found["cards"] == found["new"] == 31
    assert found["cards"] == sum(found[key] for key in ("new", "updated", "unchanged", "kept_raw"))
    assert [set(one) for one in found["problems"]] == [{"source", "line", "name", "message"}] * 2
    lines = sample.read_text(encoding="utf-8").splitlines()
    for one in found["problems"]:
        assert one["source"] == "sample_contacts.vcf"
        assert one["name"] == "Omar Haddad"
        quoted = one["message"].split('"')[1]
        assert quoted in lines[one["line"] - 1]
    (pair,) = found["likely_duplicates"]
    assert set(pair) == {"who", "names", "reason"}
    assert set(pair["names"]) == {"Søren Ødegård", "Soren Odegard"}


def test_import_twice_changes_nothing(people: Runner, sample: Path) -> None:
    """A file that is known already is unchanged, makes no step and ends with 0."""
    steps = people("history", "--json").json["steps"]
    again = people("import", str(sample), "--json")
    assert again.code == 0
    assert (again.json["new"], again.json["updated"], again.json["unchanged"]) == (0, 0, 31)
    assert again.json["problems"] == []
    assert people("history", "--json").json["steps"] == steps


def test_import_dry_run_leaves_no_file(run: Runner, sample: Path, here: Path) -> None:
    """A dry run says what would happen; where there was no store there is none afterwards."""
    result = run("import", str(sample), "--dry-run")
    assert result.code == 5
    assert "31 new" in result.out
    assert "dry run: nothing was changed" in result.out
    assert "undo" not in result.out
    assert list(run.store.parent.glob("relcard*")) == []
    assert list(here.iterdir()) == []


def test_import_dry_run_leaves_a_store_as_it_was(people: Runner, here: Path) -> None:
    """A dry run on a store changes not one byte of it."""
    (here / "new.vcf").write_bytes(vcard("New Person", uid="new"))
    before = people.bytes
    assert people("import", "new.vcf", "--dry-run", "--json").json["new"] == 1
    assert people.bytes == before


def test_import_from_standard_input(run: Runner, sample: Path) -> None:
    """`-` is standard input, byte for byte like the file."""
    result = run("import", "-", "--json", stdin=sample.read_bytes())
    assert (result.code, result.json["new"]) == (5, 31)
    assert {one["source"] for one in result.json["problems"]} == {"standard input"}
    assert run("import", str(sample), "--json").json["unchanged"] == 31


def test_import_of_a_folder(run: Runner, here: Path) -> None:
    """A folder means all kinds of file that import takes; the others are named, and one without any is refused."""
    cards = here / "cards"
    (cards / "more").mkdir(parents=True)
    (cards / "a.vcf").write_bytes(vcard("Ann Lee", uid="ann"))
    (cards / "more" / "b.VCF").write_bytes(vcard("Ben Lee", uid="ben"))
    (cards / "list.csv").write_text("Name,Town\nCy Lee,York\n")
    (cards / "tabs.txt").write_text("Name\tTown\nDi Lee\tYork\n")
    (cards / "notes.txt").write_text("no card")
    (cards / "dog.jpg").write_bytes(b"\xff\xd8")
    (cards / ".hidden.vcf").write_bytes(vcard("No Body", uid="nobody"))
    looked = run.done("import", "cards", "--dry-run")
    assert "4 new" in looked.out
    assert "not read: dog.jpg, notes.txt" in looked.out
    result = run.done("import", "cards", "--json").json
    assert (result["new"], result["passed_over"]) == (4, ["dog.jpg", "notes.txt"])
    (here / "bare").mkdir()
    refused = run("import", "bare")
    assert refused.code == 2
    assert "bare" in refused.err


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("Eva.contact", "Export > vCards"),
        ("book.ldif", "Thunderbird"),
        ("list.numbers", "CSV"),
        ("all.zip", "Unpack"),
    ],
)
def test_books_of_other_programs_have_a_way_out(run: Runner, here: Path, name: str, way: str) -> None:
    """What a folder holds of other programs' books is named with the way to a vCard, alone or among others."""
    (here / "books").mkdir()
    (here / "books" / name).write_text("whatever it is")
    alone = run("import", "books")
    assert (alone.code, way in alone.err) == (2, True)
    (here / "books" / "a.vcf").write_bytes(vcard("Ann Lee", uid="ann"))
    assert way in run.done("import", "books").out


def test_a_backup_of_apples_contacts_is_not_taken_for_a_folder(run: Runner, here: Path) -> None:
    """A folder called .abbu is one book of Apple's: nothing in it is read, and the way out is said."""
    inside = here / "books" / "Mine.abbu"
    inside.mkdir(parents=True)
    (inside / "a.vcf").write_bytes(vcard("Ann Lee", uid="ann"))
    refused = run("import", str(inside))
    assert (refused.code, "Export vCard" in refused.err) == (3, True)
    refused = run("import", "books")
    assert (refused.code, "Export vCard" in refused.err) == (2, True)


def test_a_spreadsheet_without_its_reader(run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra a spreadsheet is refused with two ways out; in a folder the others still come in."""
    monkeypatch.setattr(installation, "has_extra", lambda _: False)
    (here / "books").mkdir()
    openpyxl.Workbook().save(here / "books" / "list.xlsx")
    refused = run("import", "books/list.xlsx")
    assert refused.code == 3
    assert "CSV" in refused.err
    assert installation.bring_extra("sheets") in refused.err
    (here / "books" / "a.vcf").write_bytes(vcard("Ann Lee", uid="ann"))
    result = run.done("import", "books")
    assert "1 new" in result.out
    assert installation.bring_extra("sheets") in result.out


def test_a_spreadsheet_as_it_is(run: Runner, here: Path) -> None:
    """An .xlsx comes in from a file or from standard input; a damaged one costs no other file anything."""
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (("Name", "Postcode", "Birthday"), ("Ann Lee", "01234", date(1960, 12, 24))):
        book.active.append(row)
    book.create_sheet("Old").append(("nothing",))
    book.save(here / "list.xlsx")
    result = run("import", "-", "--dry-run", stdin=(here / "list.xlsx").read_bytes())
    assert (result.code, "1 new" in result.out) == (5, True)
    assert '"Old"' in result.out
    assert "list.xlsx" in run("import", "list.xlsx").out
    contact = run.done("show", "ann lee", "--json").json["contact"]
    assert (contact["addresses"][0]["postcode"], contact["occasions"][0]["date"]) == ("01234", "1960-12-24")
    packed = bytearray((here / "list.xlsx").read_bytes())
    at = packed.find(b"xl/worksheets/sheet1.xml")
    packed[at + 40 : at + 90] = bytes(50)
    (here / "broken.xlsx").write_bytes(packed)
    (here / "b.vcf").write_bytes(vcard("Ben Lee", uid="ben"))
    result = run("import", "broken.xlsx", "b.vcf")
    assert (result.code, "1 new" in result.out) == (5, True)
    assert "broken.xlsx" in result.out


def test_import_of_nothing(run: Runner, here: Path) -> None:
    """An empty file brings nothing and says so; a file that is no vCard names the line."""
    (here / "empty.vcf").write_bytes(b"")
    assert "No vCard found" in run("import", "empty.vcf").out
    (here / "letter.txt").write_text("Dear Ann,\n")
    found = run("import", "letter.txt", "--json")
    assert found.code == 5
    assert found.json["cards"] == 0
    assert found.json["problems"][0]["line"] == 1
    assert "letter.txt:1" in run("import", "letter.txt").out


@pytest.mark.parametrize("name", ["nowhere.vcf", "here.vcf/inside.vcf"])
def test_import_of_a_missing_file_imports_none_of_the_others(run: Runner, here: Path, name: str) -> None:
    """One missing file stops the command before the first card goes in."""
    (here / "here.vcf").write_bytes(vcard("Ann Lee", uid="ann"))
    result = run("import", "here.vcf", name)
    assert result.code == 3
    assert name in result.err
    assert run("list", "--json").json["contacts"] == []


def test_quiet_import_still_names_the_problems(run: Runner, sample: Path) -> None:
    """--quiet keeps the numbers back but not what wants a look."""
    result = run("--quiet", "import", str(sample))
    assert result.code == 5
    assert result.out == ""
    assert result.err.count("Omar Haddad") == 2


def test_report_remembers_what_was_not_understood(people: Runner) -> None:
    """The problems of an import can be read again later, and go when it is taken back."""
    result = people("import", "--report", "--json")
    assert [one["line"] for one in result.json["problems"]] == [241, 243]
    assert "Omar Haddad" in people("import", "--report").out
    people.done("undo")
    assert people("import", "--report", "--json").json["problems"] == []


def test_one_bad_card_never_costs_another(run: Runner, here: Path) -> None:
    """A card cut off in the middle is reported; its neighbours go in."""
    broken = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut Off\r\n"
    (here / "x.vcf").write_bytes(vcard("Ann Lee", uid="ann") + broken + vcard("Ben Lee", uid="ben"))
    result = run("import", "x.vcf", "--json")
    assert result.code == 5
    names = [one["name"] for one in run("list", "--json").json["contacts"]]
    assert {"Ann Lee", "Ben Lee"} <= set(names)


def test_duplicates(people: Runner, run: Runner) -> None:
    """Likely twins are named with the reason, and an address book without any says so."""
    result = people("duplicates")
    assert "Søren Ødegård" in result.out
    assert people("duplicates", "--json").json["duplicates"][0]["reason"]


def test_import_says_what_was_updated(people: Runner, here: Path) -> None:
    """A newer text of a known card updates the contact and counts as updated."""
    (here / "a.vcf").write_bytes(vcard("Ann Lee", uid="ann"))
    (here / "b.vcf").write_bytes(vcard("Ann Lee", "TITLE:Captain", uid="ann"))
    assert people("import", "a.vcf", "--json").json["new"] == 1
    assert people("import", "b.vcf", "--json").json["updated"] == 1
    assert people("show", "ann lee", "--json").json["contact"]["title"] == "Captain"


def test_a_store_or_a_packed_file_is_not_read_for_vcards(people: Runner, here: Path) -> None:
    """The vCards inside a store are among much else, and would spoil those they are: it is refused by name."""
    (here / "copy.vcf").write_bytes(people.bytes)
    (here / "all.zip").write_bytes(b"PK\x03\x04" + vcard("Ann Lee", uid="ann"))
    before = people.bytes
    for name in (str(people.store), "copy.vcf", "all.zip"):
        result = people("import", name)
        assert result.code == 3
        assert "relcard restore" in result.err
    assert people.bytes == before


def test_a_folder_is_taken_without_what_is_no_file(run: Runner, here: Path) -> None:
    """A link that leads nowhere, a pipe and a folder with the name of a file do not keep the others out."""
    folder = here / "phones"
    (folder / "old.vcf").mkdir(parents=True)
    (folder / "old.vcf" / "ann.VCF").write_bytes(vcard("Ann Lee", uid="ann"))
    (folder / "gone.vcf").symlink_to(here / "nowhere.vcf")
    os.mkfifo(folder / "pipe.vcf")
    assert run("import", "phones", "--json").json["new"] == 1


def test_a_file_beyond_all_address_books_is_refused_unread(
    run: Runner, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than 64 MiB is refused before anything goes in, and read when the user says so."""
    with (here / "huge.vcf").open("wb") as file:
        file.write(vcard("Ann Lee", uid="ann"))
        file.truncate(sources.LARGEST + 1)
    result = run("import", "huge.vcf")
    assert (result.code, result.out) == (3, "")
    assert "huge.vcf is larger than 64 MiB" in result.err
    assert "--force" in result.err
    monkeypatch.setattr(sources, "LARGEST", 100)
    (here / "book.vcf").write_bytes(vcard("Ann Lee", uid="ann") + vcard("Ben Lee", uid="ben"))
    assert run("import", "book.vcf").code == 3
    assert run("import", "book.vcf", "--force", "--json").json["new"] == 2


@pytest.mark.parametrize("words", [("-",), ("/dev/zero",)], ids="-".join)
def test_what_has_no_end_ends(run: Runner, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe or a device is read no further than an address book reaches, and leaves nothing behind."""
    monkeypatch.setattr(sources, "LARGEST", 1 << 20)
    cards = b"".join(vcard(f"Ann Lee-{number}", uid=f"ann-{number}") for number in range(20_000))
    result = run("import", *words, stdin=cards)
    assert (result.code, result.out) == (3, "")
    assert "is larger than 1 MiB; nothing was imported" in result.err
    assert run("list", "--json").json["contacts"] == []
