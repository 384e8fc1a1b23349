from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.pdf import page_texts
from tests.support.pdf import pdf_text

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.command_line import Runner

LINES = "Maud Ellery\n4 Orchard Row\nBath\nBA1 5DQ"


@pytest.fixture
def maud(near: Runner) -> Runner:
    """Return the command line of somebody whose own address is known."""
    near.done("settings", "set", "sender.name", "Maud Ellery")
    near.done("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
    return near


def left(run: Runner) -> list[tuple[str, int]]:
    """Return the stock of each sheet remembered, and how many of its slots are left."""
    return [(sheet["stock"], len(sheet["free"])) for sheet in run("sheet", "list", "--json").json["sheets"]]


def test_a_whole_sheet_bears_the_senders_address(maud: Runner, here: Path) -> None:
    """Each label of a sheet has name and address, no country, and no sheet is left part-used."""
    result = maud("print", "return", "--stock", "L7160")
    assert (result.code, result.out.split()) == (0, ["return.pdf", "1", "sheet,", "21", "labels"])
    (text,) = page_texts(here / "return.pdf")
    assert text.count(LINES) == 21
    assert "UNITED KINGDOM" not in text
    assert left(maud) == []


def test_copies_use_up_slots_and_undo_frees_them(maud: Runner, here: Path) -> None:
    """Some labels leave a sheet part-used, the next run takes the rest of it, and undo gives it back."""
    maud.done("print", "return", "--stock", "L7160", "--copies", "5")
    assert pdf_text(here / "return.pdf").count(LINES) == 5
    assert left(maud) == [("Avery L7160", 16)]
    result = maud("print", "return", "--stock", "L7160", "--json")
    assert result.json["files"][0]["items"] == 16
    assert result.json["sheets"][0]["slots"] == list(range(6, 22))
    assert left(maud) == []
    maud.done("undo")
    assert left(maud) == [("Avery L7160", 16)]
    assert (
        maud("print", "return", "--stock", "L7160", "--new-sheet", "--json").json["files"][0]["items"] == 21
    )
    found = maud("print", "return", "--stock", "L7160", "--skip", "19", "--json").json["files"]
    assert found[0]["items"] == 2


def test_a_dry_run_of_the_return_address_uses_nothing(maud: Runner, here: Path) -> None:
    """--dry-run tells what would be, writes no file and uses no slot."""
    before = maud.bytes
    result = maud("print", "return", "--copies", "3", "--dry-run")
    assert "slots 1-3" in result.out
    assert "--dry-run" in result.out
    assert maud.bytes == before
    assert not (here / "return.pdf").exists()


def test_abroad_the_country_stands_last(maud: Runner, here: Path) -> None:
    """--abroad ends the address with the sender's country, as envelopes to other countries have it."""
    maud.done("print", "return", "--abroad", "--copies", "1")
    assert pdf_text(here / "return.pdf").strip() == f"{LINES}\nUNITED KINGDOM"


@pytest.mark.parametrize("stock", ["5167", "L4731"])
def test_the_lowest_labels_bear_a_return_address(maud: Runner, here: Path, stock: str) -> None:
    """The sheets that are sold for it, half an inch and a centimetre high, take an address of four lines."""
    maud.done("print", "return", "--stock", stock, "--copies", "2")
    text = pdf_text(here / "return.pdf")
    assert text.count("Maud Ellery\n4 Orchard Row\nBath") == 2
    assert text.count("BA1 5DQ") == 2


def test_an_address_that_does_not_fit_is_refused_once(maud: Runner, here: Path) -> None:
    """One line says by how many millimetres; no file is written and no slot used."""
    maud.done("settings", "set", "sender.name", "The Very Reverend Maud Wilhelmina Ellery-Featherstonehaugh")
    result = maud("print", "return", "--stock", "L4731")
    assert result.code == 5
    assert result.out.count("mm too") == 1
    assert left(maud) == []
    assert not (here / "return.pdf").exists()


def test_without_a_country_none_is_printed(run: Runner, here: Path) -> None:
    """Labels for mail abroad ask for the sender's country first, with the command that says it."""
    run.done("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
    result = run("print", "return", "--abroad")
    assert result.code == 2
    assert "relcard settings set sender.country" in result.err
    assert list(here.iterdir()) == []


def test_without_an_address_nothing_is_printed(near: Runner, here: Path) -> None:
    """What is missing is named with the command that says it."""
    result = near("print", "return")
    assert result.code == 2
    assert "relcard settings set sender.address" in result.err
    assert list(here.iterdir()) == []
