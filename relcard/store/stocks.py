"""Label sheets the user described: measures in millimetres, each under a name; they have no brand."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from relcard.domain.printing.stock import Stock
from relcard.domain.printing.stock import match_stock

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

_FIELDS = tuple(field.name for field in fields(Stock) if field.name != "brand")
_COLUMNS = ", ".join(f'"{"name" if field == "part" else field}"' for field in _FIELDS)


def every(db: sqlite3.Connection) -> tuple[Stock, ...]:
    """Return the user's sheets, in the order they were added."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM stock ORDER BY id")
    return tuple(Stock(brand="", **dict(zip(_FIELDS, row, strict=True))) for row in rows)


def keep(db: sqlite3.Connection, stock: Stock, *, today: date) -> Stock | None:
    """Keep a sheet under its part; return the earlier one of that name, whose place it takes."""
    earlier = match_stock(stock.part, every(db))
    if earlier is not None:
        remove(db, earlier)
    marks = ", ".join("?" * (len(_FIELDS) + 1))
    db.execute(
        f"INSERT INTO stock ({_COLUMNS}, added_on) VALUES ({marks})",
        (*(getattr(stock, field) for field in _FIELDS), today.isoformat()),
    )
    return earlier


def remove(db: sqlite3.Connection, stock: Stock) -> None:
    """Forget a sheet."""
    db.execute("DELETE FROM stock WHERE name = ?", (stock.part,))
