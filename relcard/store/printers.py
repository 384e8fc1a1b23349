"""How the user's printers miss: by printer, and by stock where one lies otherwise in the tray."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.printing.printer import Printer
from relcard.domain.text import fold

if TYPE_CHECKING:
    import sqlite3

ANY = ""  # the stock of what holds for all that have none of their own


class KeptPrinter(NamedTuple):
    """What is kept of a printer, for one stock or for all."""

    id: int
    printer: Printer
    stock: str
    set_on: date


def every(db: sqlite3.Connection) -> list[KeptPrinter]:
    """Return what is known of printers, by name and stock; what holds for all stock comes first."""
    rows = db.execute(
        """SELECT id, name, dx, dy, scale_x, scale_y, stock, set_on FROM printer
           ORDER BY name COLLATE NOCASE, stock"""
    )
    return [
        KeptPrinter(
            id=row_id,
            printer=Printer(name=name, dx=dx, dy=dy, scale_x=scale_x, scale_y=scale_y),
            stock=stock,
            set_on=date.fromisoformat(set_on),
        )
        for row_id, name, dx, dy, scale_x, scale_y, stock, set_on in rows
    ]


def of_name(db: sqlite3.Connection, name: str) -> list[KeptPrinter]:
    """Return what is known of the printer of a name, in capitals or not."""
    return [kept for kept in every(db) if fold(kept.printer.name) == fold(name)]


def save(db: sqlite3.Connection, printer: Printer, stock: str, *, today: date) -> None:
    """Keep what a printer needs on a stock, in the place of what was kept before."""
    db.execute(
        """INSERT INTO printer (name, dx, dy, scale_x, scale_y, stock, set_on) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (name, stock) DO UPDATE SET
           dx = excluded.dx, dy = excluded.dy, scale_x = excluded.scale_x, scale_y = excluded.scale_y,
           set_on = excluded.set_on""",
        (
            printer.name,
            printer.dx,
            printer.dy,
            printer.scale_x,
            printer.scale_y,
            stock,
            today.isoformat(),
        ),
    )


def drop(db: sqlite3.Connection, row_id: int) -> None:
    """Forget what a printer needs on one stock."""
    db.execute("DELETE FROM printer WHERE id = ?", (row_id,))
