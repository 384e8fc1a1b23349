"""A store emptied of its people, so that it can take those of a list; what is this laptop's own stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.file import checksums
from relcard.store.sharing.devices import changing

if TYPE_CHECKING:
    import sqlite3

_STAYS = ("stock", "sheet", "printer", "remote")  # label sheets, printers and where address books are


def empty(db: sqlite3.Connection) -> None:
    """Take every row away but the laptop's own, and the steps that undo would bring some back by."""
    with changing(db):
        db.execute("PRAGMA defer_foreign_keys=ON")
        tables = db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        )
        for (table,) in tables.fetchall():
            if table not in _STAYS and not table.startswith("share_"):
                db.execute(f'DELETE FROM "{table}"')
        checksums.seal_all(db)
