"""A new store in the newest format, and an older one brought there."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING

from relcard.store import migrations
from relcard.store.migrations import schema
from relcard.store.migrations import v1
from relcard.store.migrations import v2
from relcard.store.migrations import v3
from relcard.store.migrations import v4
from relcard.store.migrations import v5
from relcard.store.migrations import v6
from relcard.store.migrations import v7

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    v1.migrate,
    v2.migrate,
    v3.migrate,
    v4.migrate,
    v5.migrate,
    v6.migrate,
    v7.migrate,
)


def apply(db: sqlite3.Connection, *, up_to: int | None = None) -> None:
    """Bring a store to the format `up_to`, or the latest, in one transaction: all of the steps or none.

    An empty one is made in the latest format at once, a tenth of the work of the steps that lead to it.
    The format is read once the store is locked: another relcard may have been faster.
    """
    # A table that is rebuilt is gone for a moment: no row that points to it may follow it. No effect inside a
    # transaction, so said before it begins.
    (enforced,) = db.execute("PRAGMA foreign_keys").fetchone()
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        db.execute("BEGIN IMMEDIATE")
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version == 0 and up_to in (None, migrations.LATEST):
            migrations.execute_all(db, schema.SQL)
            version = migrations.LATEST
        else:
            version = _step_up(db, version, up_to)
        db.execute(f"PRAGMA user_version = {version}")
        db.execute(f"PRAGMA application_id = {migrations.APPLICATION_ID}")
        db.execute("COMMIT")
    except BaseException:
        # SQLite has already rolled back when the disk is full: then there is nothing left to end.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    finally:
        db.execute(f"PRAGMA foreign_keys = {enforced}")


def _step_up(db: sqlite3.Connection, version: int, up_to: int | None) -> int:
    """Take the steps from a format on and return the format that was reached."""
    lost = set(db.execute("PRAGMA foreign_key_check"))
    for migrate in STEPS[version:up_to]:
        migrate(db)
        version += 1
    if set(db.execute("PRAGMA foreign_key_check")) - lost:
        raise sqlite3.IntegrityError("rows point to others that are gone")
    return version


def described(db: sqlite3.Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the words of SQL that made each table and index, by kind and name.

    Comments, spaces and quotes are left out: two stores of one format then have the same words, whichever way
    they came to it.
    """
    return {
        (str(kind), str(name)): tuple(re.findall(r"'[^']*'|\w+|[^\s\w\"]", re.sub(r"--.*", "", str(sql))))
        for kind, name, sql in db.execute("SELECT type, name, sql FROM main.sqlite_schema WHERE sql NOT NULL")
        if not str(name).startswith("sqlite_")
    }
