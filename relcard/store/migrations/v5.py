"""Format 5: fewer indexes and quicker checks; no row changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.store.migrations import execute_all

if TYPE_CHECKING:
    import sqlite3

# Indexes that cost an import more than they ever gave back. That of the words a list is searched by keeps the
# order in which contacts came: it is read from end to end, and a new contact stands at its end.
_INDEXES = """
DROP INDEX contact_by_search;
CREATE INDEX contact_by_search ON contact (id, search);
DROP INDEX contact_by_sort_key;
DROP INDEX vcard_by_sha256;
CREATE INDEX vcard_by_sha256 ON vcard (substr(sha256, 1, 8));
DROP INDEX address_by_letterbox;
DROP INDEX tag_by_name;
"""

# SQLite makes a table of its own of a list of more than two words, anew for every row that is checked.
_CHECKS = {
    "contact": (
        "(circle IN ('inner', 'close', 'friend', 'wide', 'none'))",
        "(circle IS NULL OR circle IN ('inner', 'close', 'friend', 'wide', 'none'))",
    ),
    "membership": (
        "(role IN ('organiser', 'adult', 'child', 'pet'))",
        "(role IS NULL OR role IN ('organiser', 'adult', 'child', 'pet'))",
    ),
    "occasion": (
        "(kind IN ('birthday', 'anniversary', 'remembrance', 'custom'))",
        "(kind IN ('birthday', 'anniversary') OR kind IN ('remembrance', 'custom'))",
    ),
}


def migrate(db: sqlite3.Connection) -> None:
    """Exchange the indexes and the checks."""
    execute_all(db, _INDEXES)
    exchange_checks(db)


def exchange_checks(db: sqlite3.Connection) -> None:
    """Rebuild each table that still has a slower check; foreign keys must be off.

    SQLite alters no check: the rows move to a new table that takes the name of the old one (the twelve steps
    in its documentation of ALTER TABLE).
    """
    for table, (slower, quicker) in _CHECKS.items():
        (sql,) = db.execute(
            "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
        if slower not in sql:
            continue
        indexes = db.execute(
            "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            (table,),
        ).fetchall()
        made = re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE new_{table}", sql, count=1)
        db.execute(made.replace(slower, quicker))
        db.execute(f"INSERT INTO new_{table} SELECT * FROM {table}")
        db.execute(f"DROP TABLE {table}")
        db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
        for (index,) in indexes:
            db.execute(index)
