"""A store emptied of its people for another's list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store import contacts
from relcard.store.file import checks
from relcard.store.sharing.emptying import empty
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book


def test_people_go_and_what_is_the_laptops_own_stays(open_season: Book) -> None:
    """Contacts and all that hangs on them go, and no undo brings them back; printers and address books stay."""
    db = open_season.db
    db.execute(
        "INSERT INTO remote (url, name, user, password_command) VALUES ('https://x.example/', 'x', '', '')"
    )
    empty(db)
    assert contacts.count(db) == 0
    assert {table for table, rows in dump(db, with_journal=True).items() if rows} <= {"remote", "checksum"}
    (*_, path) = db.execute("PRAGMA database_list").fetchone()
    assert checks.examine(path).is_sound
