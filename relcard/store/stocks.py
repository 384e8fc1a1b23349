"""Label sheets the user described: measures in millimetres, each under a name."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class StockRow:
    """A sheet of labels as the user described it; `source` says where the numbers come from."""

    name: str
    page: str
    page_w: float
    page_h: float
    label_w: float
    label_h: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int
    corner: float
    source: str


_COLUMNS = tuple(one.name for one in fields(StockRow))
_NAMED = ", ".join(f'"{one}"' for one in _COLUMNS)


def every(db: sqlite3.Connection) -> tuple[StockRow, ...]:
    """Return the user's sheets, in the order they were added."""
    found = db.execute(f"SELECT {_NAMED} FROM stock ORDER BY id")
    return tuple(StockRow(**dict(zip(_COLUMNS, row, strict=True))) for row in found)


def add(db: sqlite3.Connection, row: StockRow, *, today: date) -> None:
    """Keep a sheet; no other has exactly that name."""
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    db.execute(
        f"INSERT INTO stock ({_NAMED}, added_on) VALUES ({marks})",
        (*(getattr(row, one) for one in _COLUMNS), today.isoformat()),
    )


def remove(db: sqlite3.Connection, name: str) -> None:
    """Forget the sheet of exactly that name."""
    db.execute("DELETE FROM stock WHERE name = ?", (name,))
