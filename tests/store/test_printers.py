from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store import printers

if TYPE_CHECKING:
    import sqlite3
    from datetime import date


def test_a_printer_is_kept_by_stock(db: sqlite3.Connection, today: date) -> None:
    """What holds on one stock stands beside what holds on all; saying it again replaces it."""
    printers.save(db, "den", "Avery L7160", move=(-1.5, 0.0), scale=(1.0, 1.0), today=today)
    printers.save(db, "den", printers.ANY, move=(0.5, 0.25), scale=(1.008, 0.999), today=today)
    printers.save(db, "den", "Avery L7160", move=(-2.0, 0.0), scale=(1.0, 1.0), today=today)
    general, own = printers.every(db)
    assert general[1:] == ("den", "", 0.5, 0.25, 1.008, 0.999, today)
    assert (own.stock, own.dx) == ("Avery L7160", -2.0)
    printers.drop(db, own.id)
    assert printers.every(db) == [general]
