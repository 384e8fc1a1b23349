"""Tests of the user's own sheets in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from relcard.store import stocks
from relcard.store.file import journal
from tests.support.book import dump

if TYPE_CHECKING:
    import sqlite3

TODAY = date(2026, 11, 20)
JARS = stocks.StockRow(
    name="Jam jars",
    page="A4",
    page_w=210.0,
    page_h=297.0,
    label_w=63.5,
    label_h=38.1,
    left=7.21,
    top=15.15,
    pitch_x=66.04,
    pitch_y=38.1,
    columns=3,
    rows=7,
    corner=1.5,
    source="your measures",
)


def test_a_sheet_comes_back_as_it_went_in(db: sqlite3.Connection) -> None:
    """Every measure is kept, and sheets stand in the order they were added."""
    second = replace(JARS, name="Honey", rows=6)
    stocks.add(db, JARS, today=TODAY)
    stocks.add(db, second, today=TODAY)
    assert stocks.every(db) == (JARS, second)
    assert [row[0] for row in db.execute("SELECT added_on FROM stock")] == ["2026-11-20"] * 2


def test_removing_takes_one_and_undo_brings_it_back(db: sqlite3.Connection) -> None:
    """Each change is one step; undoing both leaves the store as it was."""
    empty = dump(db)
    with journal.step(db, "stock add", today=TODAY):
        stocks.add(db, JARS, today=TODAY)
    with journal.step(db, "stock remove", today=TODAY):
        stocks.remove(db, "Jam jars")
    assert stocks.every(db) == ()
    journal.undo(db)
    assert stocks.every(db) == (JARS,)
    journal.undo(db)
    assert dump(db)["stock"] == empty["stock"] == []
