"""Which kinds of the own book travel in a shared list: what every page asks, and so without loading much."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def shared_kinds(db: sqlite3.Connection) -> frozenset[str] | None:
    """Return the kinds of the own book that travel, None where no list is shared."""
    row = db.execute("SELECT own FROM share_list").fetchone()
    return frozenset(json.loads(row[0])) if row else None
