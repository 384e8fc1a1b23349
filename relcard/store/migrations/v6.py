"""Format 6: one wording of the checks, and an index of the contacts whose cards name relations.

A SQLite that defends its schema kept the slower checks of format 4 when it brought a store to format 5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.migrations.v5 import exchange_checks

if TYPE_CHECKING:
    import sqlite3


def migrate(db: sqlite3.Connection) -> None:
    """Rebuild the tables whose checks stayed behind, if any did; index who names relations."""
    exchange_checks(db)
    # A page of one contact asks who names it: without the index every card of the book is read.
    db.execute(
        """CREATE INDEX contact_with_relations ON contact (id) WHERE instr(detail, '"relations": [')"""
    )
