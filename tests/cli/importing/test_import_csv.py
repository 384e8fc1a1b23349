from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.command_line import Runner


FRIENDS = str(Path(__file__).parents[2] / "data" / "csv" / "friends.csv")


def test_first_look_shows_the_guess(run: Runner) -> None:
    """A dry run of a spreadsheet names every column, what it is taken for and what it says, and keeps nothing."""
    result = run.done("import", "--dry-run", FRIENDS)
    for words in (("Kids", "children", "Ivy, Otto"), ("Sent 2024", "sent:2024", "yes")):
        assert any(all(word in line for word in words) for line in result.out.splitlines())
    assert "birthday:day-first" in result.out
    assert "3 new" in result.out
    assert not run.store.exists()


def test_map_and_json(run: Runner) -> None:
    """--map overrides the guess, and --json says what each column was taken for."""
    found = run.done("import", FRIENDS, "--map", "Sent 2024=tag", "--json").json
    assert (found["new"], found["cards"], found["problems"]) == (3, 3, [])
    assert {"source": "friends.csv", "column": "Sent 2024", "means": "tag", "example": "yes"} in found[
        "columns"
    ]
    assert "yes" in run.done("list", "--json").out


def test_words_that_cannot_be(run: Runner) -> None:
    """A wrong word, column or encoding is a refusal that names the right ones; nothing is imported."""
    word = run("import", FRIENDS, "--map", "Kids=shoes")
    assert word.code == 2
    assert "children" in word.err
    column = run("import", FRIENDS, "--map", "Shoes=note")
    assert column.code == 2
    assert "Received 2024" in column.err
    for name in ("klingon", "utf-7", "base64"):
        assert run("import", FRIENDS, "--encoding", name).code == 2
    assert run("import", FRIENDS, "--retry").code == 2
    assert "nothing to take back" in (run("undo").out + run("undo").err).lower()


def test_retry_in_another_encoding(run: Runner, tmp_path: Path) -> None:
    """--retry reads what was guessed again as the user says, and undo takes it back."""
    path = tmp_path / "old.vcf"
    path.write_bytes("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Łucja Śliwa\r\nEND:VCARD\r\n".encode("cp1250"))
    assert run("import", str(path)).code == 5
    looked = run.done("import", "--retry", "--encoding", "cp1250", "--dry-run")
    assert "1 updated" in looked.out
    assert "Łucja" not in run.done("list").out
    run.done("import", "--retry", "--encoding", "cp1250")
    assert "Łucja Śliwa" in run.done("list").out
    assert "nothing to read again" in run.done("import", "--retry").out
    run.done("undo")
    assert "Łucja" not in run.done("list").out


def test_a_row_of_a_couple_is_one_household_of_two_people(run: Runner, tmp_path: Path) -> None:
    """The doubtful readings are listed, a dry run lists all of them, and envelope and greeting name both."""
    book = tmp_path / "list.csv"
    book.write_text(
        "Names,Street,Town\nMo & Ida Finch,1 Elm St,Athens\nBo Finch & Una,2 Elm St,Athens\nNell Roux,3 Elm St,Athens\n"
    )
    looked = run("import", "--dry-run", str(book)).out
    assert "Mo Finch · Ida Finch" in looked
    assert "Bo Finch · Una Finch - perhaps two people of one surname" in looked
    done = run("import", str(book)).out
    assert "2 names mean several people or a family" in done
    assert "Una Finch" in done
    assert "Mo Finch ·" not in done
    shown = [run("household", "show", number).out for number in ("h1", "h3")]
    assert "Mo and Ida Finch" in shown[0]
    assert "Dear Mo and Ida," in shown[0]
    assert "Dear Nell," in shown[1]
    assert "FN:Mo & Ida Finch" in run("export", "--format", "vcf").out


def test_who_is_known_from_another_source_is_named(run: Runner, tmp_path: Path) -> None:
    """The report says how many of a list the store had already, by what, and who; a dry run names them all."""
    head, row = "Name,Street,Town,Postcode\n", "Ann Poe,1 Elm St,Leeds,LS1 4DY\n"
    for name in ("phone.csv", "list.csv"):
        (tmp_path / name).write_text(head + row, encoding="utf-8")
    run.done("import", str(tmp_path / "phone.csv"))
    (tmp_path / "list.csv").write_text(
        head + row.replace("St,", "Street,") + "Bea Ash,2 Elm St,Leeds,LS1 4DY\n", encoding="utf-8"
    )
    said = run.done("import", str(tmp_path / "list.csv")).out
    assert "1 new · 1 updated" in said
    assert "1 known again from another source: by name and address\n    Ann Poe\n" in said
