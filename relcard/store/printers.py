"""How the user's printers miss: by printer, and by stock where one lies otherwise in the tray."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    import sqlite3

ANY = ""  # the stock of a row that holds for all that have none of their own


class PrinterRow(NamedTuple):
    """What is done to a page before it goes to a printer: lengths in mm, to the right and downwards."""

    id: int
    name: str
    stock: str
    dx: float
    dy: float
    scale_x: float
    scale_y: float
    set_on: date


def every(db: sqlite3.Connection) -> list[PrinterRow]:
    """Return what is known of printers, by name and stock; what holds for all stock comes first."""
    found = db.execute(
        """SELECT id, name, stock, dx, dy, scale_x, scale_y, set_on FROM printer
           ORDER BY name COLLATE NOCASE, stock"""
    )
    return [
        PrinterRow(
            id=row[0],
            name=row[1],
            stock=row[2],
            dx=row[3],
            dy=row[4],
            scale_x=row[5],
            scale_y=row[6],
            set_on=date.fromisoformat(row[7]),
        )
        for row in found
    ]


def save(
    db: sqlite3.Connection,
    name: str,
    stock: str,
    *,
    move: tuple[float, float],
    scale: tuple[float, float],
    today: date,
) -> None:
    """Keep what a printer needs on a stock, in the place of what was kept before."""
    db.execute(
        """INSERT INTO printer (name, stock, dx, dy, scale_x, scale_y, set_on) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (name, stock) DO UPDATE SET
           dx = excluded.dx, dy = excluded.dy, scale_x = excluded.scale_x, scale_y = excluded.scale_y,
           set_on = excluded.set_on""",
        (name, stock, *move, *scale, today.isoformat()),
    )


def drop(db: sqlite3.Connection, row_id: int) -> None:
    """Forget what a printer needs on one stock."""
    db.execute("DELETE FROM printer WHERE id = ?", (row_id,))
