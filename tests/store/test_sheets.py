from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.store import sheets

if TYPE_CHECKING:
    import sqlite3

EARLY, LATE = date(2026, 11, 2), date(2026, 11, 20)


def test_sheets_come_back_oldest_first(db: sqlite3.Connection) -> None:
    """A sheet keeps its stock and used slots; the oldest is the first to be filled."""
    late = sheets.add(db, "Avery L7160", {9, 1}, today=LATE)
    early = sheets.add(db, "Avery 5160", (), today=EARLY)
    assert [one.id for one in sheets.every(db)] == [early, late]
    assert sheets.find(db, late) == (late, "Avery L7160", frozenset({1, 9}), LATE)
    assert [one.id for one in sheets.of_stock(db, "avery l7160")] == [late]


def test_a_sheet_is_used_further_and_forgotten(db: sqlite3.Connection) -> None:
    """Slots are used up one run after another, until the sheet is dropped."""
    number = sheets.add(db, "Avery L7160", {1}, today=EARLY)
    sheets.set_used(db, number, {1, 2})
    found = sheets.find(db, number)
    assert found is not None
    assert found.used == {1, 2}
    sheets.drop(db, number)
    assert sheets.find(db, number) is None
    assert sheets.every(db) == []
