"""Part-used sheets of labels, oldest first; a full one is forgotten."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


class SheetRow(NamedTuple):
    """A sheet of which some slots are used; slots are numbered from 1."""

    id: int
    stock: str
    used: frozenset[int]
    added_on: date


def every(db: sqlite3.Connection) -> list[SheetRow]:
    """Return the sheets, oldest first."""
    rows = db.execute("SELECT id, stock, used, added_on FROM sheet ORDER BY added_on, id")
    return [
        SheetRow(
            id=row[0], stock=row[1], used=frozenset(json.loads(row[2])), added_on=date.fromisoformat(row[3])
        )
        for row in rows
    ]


def of_stock(db: sqlite3.Connection, stock: str) -> list[SheetRow]:
    """Return the sheets of a stock, by its name in capitals or not, oldest first."""
    return [sheet for sheet in every(db) if fold(sheet.stock) == fold(stock)]


def find(db: sqlite3.Connection, sheet_id: int) -> SheetRow | None:
    """Return a sheet, or None when there is none of that number."""
    return next((sheet for sheet in every(db) if sheet.id == sheet_id), None)


def add(db: sqlite3.Connection, stock: str, used: Iterable[int], *, today: date) -> int:
    """Remember a sheet and return its number."""
    cursor = db.execute(
        "INSERT INTO sheet (stock, used, added_on) VALUES (?, ?, ?)", (stock, _json(used), today.isoformat())
    )
    assert cursor.lastrowid is not None  # noqa: S101  an INSERT that did not raise has a row
    return cursor.lastrowid


def set_used(db: sqlite3.Connection, sheet_id: int, used: Iterable[int]) -> None:
    """Keep the used slots of a sheet."""
    db.execute("UPDATE sheet SET used = ? WHERE id = ?", (_json(used), sheet_id))


def drop(db: sqlite3.Connection, sheet_id: int) -> None:
    """Forget a sheet."""
    db.execute("DELETE FROM sheet WHERE id = ?", (sheet_id,))


def _json(used: Iterable[int]) -> str:
    return json.dumps(sorted(used), separators=(",", ":"))
