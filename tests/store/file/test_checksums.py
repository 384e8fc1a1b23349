from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import checksums
from relcard.store.file import journal
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.book import Book


def _filled(book: Book) -> None:
    cards = [card(f"Ann{number} Poe", "BDAY:1980-04-12", "CATEGORIES:choir") for number in range(150)]
    book.imported(*cards)
    with journal.step(book.db, "notes", today=TODAY):
        for number in range(1, 100):
            relationships.add_note(book.db, number, f"tea {number}", on=TODAY)
            relationships.set_fact(book.db, number, "bread", "rye", today=TODAY)
    with journal.step(book.db, "fewer", today=TODAY):
        book.db.execute("DELETE FROM note WHERE id % 3 = 0")
        book.db.execute("UPDATE contact SET country = 'FR' WHERE id % 2 = 0")


def test_checksums_follow_every_step_and_undo(book: Book) -> None:
    """After steps that add, change and remove, and after each is taken back, every row has its own."""
    _filled(book)
    assert list(checksums.mismatches(book.db)) == []
    while journal.undo(book.db):
        assert list(checksums.mismatches(book.db)) == []


def test_a_step_of_thousands_of_rows_is_sealed_whole(book: Book) -> None:
    """Also the rows beyond those that are read at once have their checksums and go again with `undo`."""
    book.imported(card("Ann Poe"), card("Ben Poe"))
    before = dump(book.db)
    with journal.step(book.db, "notes", today=TODAY):
        for number in range(2500):
            relationships.add_note(book.db, 1 + number % 2, f"tea {number}", on=TODAY)
    assert list(checksums.mismatches(book.db)) == []
    assert journal.history(book.db)[0].changes == 2500
    journal.undo(book.db)
    assert list(checksums.mismatches(book.db)) == []
    assert dump(book.db) == before


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        (
            "UPDATE fact SET value = 'ryf' WHERE id = 3",
            "The row 3 of fact (Ann2 Poe) is not as relcard wrote it.",
        ),
        ("DELETE FROM fact WHERE id = 3", "The row 3 of fact is gone."),
    ],
)
def test_row_that_is_another_is_named(book: Book, store_path: str, statement: str, message: str) -> None:
    """The doctor names table, row and contact, and does not call the store whole."""
    _filled(book)
    book.db.execute(statement)
    report = checks.examine(store_path)
    assert message in [one.message for one in report.findings]
    assert not report.is_sound


def test_row_of_another_program_is_said_and_no_damage(book: Book, store_path: str) -> None:
    """What was added without a checksum is named as that."""
    _filled(book)
    book.db.execute("INSERT INTO note (id, contact_id, noted_on, text) VALUES (900, 1, '2026-11-20', 'x')")
    report = checks.examine(store_path)
    assert report.is_sound
    assert [one.message for one in report.findings] == [
        "The row 900 of note (Ann0 Poe) was written by another program."
    ]


def test_no_flipped_bit_is_silent(
    book: Book, store_path: str, tmp_path: Path, dose: Callable[[int, int], int]
) -> None:
    """Of many bits anywhere in the file each is found, or changes no value of any row."""
    _filled(book)
    wanted = dump(book.db, with_journal=True)
    book.db.close()
    data = Path(store_path).read_bytes()
    chance = random.Random(20261120)  # noqa: S311  places, not secrets
    silent = []
    for number in range(dose(60, 1000)):
        place, bit = chance.randrange(100, len(data)), chance.randrange(8)
        path = tmp_path / f"{number}.db"
        path.write_bytes(data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :])
        path.chmod(0o600)
        if not checks.examine(str(path)).findings:
            with closing(sqlite3.connect(path)) as db:
                if dump(db, with_journal=True) != wanted:
                    silent.append((place, bit))
        path.unlink()
    assert silent == []
