from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.errors import StoreError
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book


def test_what_was_changed_elsewhere_stays_and_is_named(book: Book, store_path: str) -> None:
    """Undo writes back the field its step changed: a name that another wrote in between is not its business."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "circle", today=TODAY):
        db.execute("UPDATE contact SET circle = 'close', country = 'GB'")
    db.execute("UPDATE contact SET name = 'Nora Quell-Hart', country = 'IE'")
    taken = journal.undo(db)
    assert taken is not None
    assert db.execute("SELECT name, circle, country FROM contact").fetchone() == (
        "Nora Quell-Hart",
        None,
        "IE",
    )
    assert taken.left == ("country of contact Nora Quell-Hart",)
    assert checks.examine(store_path).is_sound


def test_value_that_comes_by_again_is_not_taken_for_the_steps_own(book: Book) -> None:
    """A step went from one word over a second to a third; the second, written elsewhere, stays."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "twice", today=TODAY):
        db.execute("UPDATE contact SET country = 'DE'")
        db.execute("UPDATE contact SET country = 'FR'")
    db.execute("UPDATE contact SET country = 'DE'")
    journal.undo(db)
    assert db.execute("SELECT country FROM contact").fetchone() == ("DE",)


def test_note_from_elsewhere_keeps_its_contact(book: Book, store_path: str) -> None:
    """Undoing an import leaves the one contact a later note hangs on, with household and card; nothing dangles."""
    db = book.db
    book.imported(card("Nora Quell", "CATEGORIES:choir"), card("Otto Brink"))
    db.execute("INSERT INTO note (contact_id, noted_on, text) VALUES (1, '2026-11-20', 'tea')")
    taken = journal.undo(db)
    assert taken is not None
    assert "contact Nora Quell" in taken.left
    assert [row[0] for row in db.execute("SELECT name FROM contact")] == ["Nora Quell"]
    for table in ("membership", "household", "vcard", "tag", "note"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (1,), table
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert checks.examine(store_path).is_sound


def test_row_that_took_the_number_of_a_steps_row_stays(book: Book) -> None:
    """What a step added is removed by UUID: another row of the same number is not its own."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "note", today=TODAY):
        relationships.add_note(db, 1, "tea", on=TODAY)
    db.execute("DELETE FROM note")
    db.execute("INSERT INTO note (contact_id, noted_on, text) VALUES (1, '2026-11-20', 'from elsewhere')")
    journal.undo(db)
    assert [row[0] for row in db.execute("SELECT text FROM note")] == ["from elsewhere"]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE journal_entry SET inverse = replace(inverse, 'tea', 'tee') WHERE inverse IS NOT NULL",
        "UPDATE journal_entry SET before = 'x' WHERE column_name IS NOT NULL",
        "UPDATE journal_entry SET row_id = row_id + 1",
        "UPDATE journal_step SET command = 'another' WHERE undone = 0",
    ],
)
def test_damaged_step_is_never_taken_back(book: Book, store_path: str, damage: str) -> None:
    """A step of which a value in the journal is another is refused, and nothing is changed."""
    db = book.db
    book.imported(card("Nora Quell"))
    with journal.step(db, "note", today=TODAY):
        relationships.add_note(db, 1, "tea", on=TODAY)
    with journal.step(db, "change", today=TODAY):
        db.execute("DELETE FROM note")
        db.execute("UPDATE contact SET circle = 'close'")
    db.execute(damage)
    before = dump(db, with_journal=True)
    with pytest.raises(StoreError, match="damaged"):
        journal.undo(db)
    assert dump(db, with_journal=True) == before
    assert not checks.examine(store_path).is_sound
