"""Tests of the user's own sheets in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.printing.stock import Stock
from relcard.paper.stock.known import all_stock
from relcard.store import stocks
from relcard.store.file import journal
from tests.support.book import dump

if TYPE_CHECKING:
    import sqlite3

TODAY = date(2026, 11, 20)
JARS = Stock(
    brand="",
    part="Jam jars",
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
    second = replace(JARS, part="Honey", rows=6)
    stocks.keep(db, JARS, today=TODAY)
    stocks.keep(db, second, today=TODAY)
    assert stocks.every(db) == (JARS, second)
    assert [row[0] for row in db.execute("SELECT added_on FROM stock")] == ["2026-11-20"] * 2


def test_removing_takes_one_and_undo_brings_it_back(db: sqlite3.Connection) -> None:
    """Each change is one step; undoing both leaves the store as it was."""
    empty = dump(db)
    with journal.step(db, "stock add", today=TODAY):
        stocks.keep(db, JARS, today=TODAY)
    with journal.step(db, "stock remove", today=TODAY):
        stocks.remove(db, JARS)
    assert stocks.every(db) == ()
    journal.undo(db)
    assert stocks.every(db) == (JARS,)
    journal.undo(db)
    assert dump(db)["stock"] == empty["stock"] == []


def test_keeping_a_name_again_takes_its_place(db: sqlite3.Connection) -> None:
    """The second description of a name is the one that counts, and the first is handed back."""
    assert stocks.keep(db, JARS, today=TODAY) is None
    better = replace(JARS, part="jam-JARS", label_h=37.5)
    assert stocks.keep(db, better, today=TODAY) == JARS
    assert stocks.every(db) == (better,)


def test_every_sheet_of_the_table_can_be_kept(db: sqlite3.Connection) -> None:
    """All measures come back as they were; only the brand stays behind, as a sheet of one's own has none."""
    for stock in all_stock():
        stocks.keep(db, stock, today=TODAY)
    assert stocks.every(db) == tuple(replace(stock, brand="") for stock in all_stock())
