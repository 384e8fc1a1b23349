from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.printer import Printer
from relcard.store import printers

if TYPE_CHECKING:
    import sqlite3
    from datetime import date


def test_a_printer_is_kept_by_stock(db: sqlite3.Connection, today: date) -> None:
    """What holds on one stock stands beside what holds on all; saying it again replaces it."""
    printers.save(db, Printer(name="den", dx=-1.5), "Avery L7160", today=today)
    everywhere = Printer(name="den", dx=0.5, dy=0.25, scale_x=1.008, scale_y=0.999)
    printers.save(db, everywhere, printers.ANY, today=today)
    printers.save(db, Printer(name="den", dx=-2.0), "Avery L7160", today=today)
    general, own = printers.every(db)
    assert general[1:] == (everywhere, "", today)
    assert (own.stock, own.printer.dx) == ("Avery L7160", -2.0)
    printers.drop(db, own.id)
    assert printers.every(db) == [general]
