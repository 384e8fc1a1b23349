"""How much waits for a person in a shared list: what today and preflight ask, and so without loading much."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_MAYBE = """SELECT EXISTS (SELECT 1 FROM share_field GROUP BY row_id, column_name HAVING count(*) > 1)
                OR EXISTS (SELECT 1 FROM share_gone JOIN share_row ON share_row.id = row_id
                           WHERE via IS NULL AND (kept IS NULL OR uuid IN (SELECT merged FROM alias)))
                OR EXISTS (SELECT 1 FROM share_row WHERE behind IS NOT NULL)"""


def count(db: sqlite3.Connection) -> int:
    """Return how much differs between laptops; one question where nothing can."""
    (maybe,) = db.execute(_MAYBE).fetchone()
    if not maybe:
        return 0
    from relcard.store.sharing import conflicts  # noqa: PLC0415  15 ms, where something may differ

    return len(conflicts.conflicts(db))
