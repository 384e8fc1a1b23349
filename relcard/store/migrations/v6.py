"""Format 6: one wording of the checks.

A SQLite that defends its schema kept the slower checks of format 4 when it brought a store to format 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.migrations.v5 import exchange_checks

if TYPE_CHECKING:
    import sqlite3


def migrate(db: sqlite3.Connection) -> None:
    """Rebuild the tables whose checks stayed behind, if any did."""
    exchange_checks(db)
