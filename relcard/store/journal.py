"""Every command that changes the store is one step; `undo` takes the last one back.

While a step is open, temporary triggers write the inverse of each change beside it. Nothing that writes can
forget the journal, and no command needs inverse code of its own.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

KEPT_STEPS = 200  # how far back undo reaches
_OWN_TABLES = ("journal_step", "journal_entry")


@dataclass(frozen=True, slots=True)
class Step:
    """One command that changed the store."""

    id: int
    command: str
    done_on: date
    undone: bool
    changes: int


@contextmanager
def step(db: sqlite3.Connection, command: str, *, today: date, dry_run: bool = False) -> Iterator[None]:
    """Hold a command together: one transaction, all or nothing, and one step to take back.

    A step that changed nothing leaves no trace; with `dry_run` nothing is kept whatever happened.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        cursor = db.execute(
            "INSERT INTO journal_step (command, done_on) VALUES (?, ?)", (command, today.isoformat())
        )
        step_id = cursor.lastrowid
        tables = _tables(db)
        for table, columns in tables.items():
            _watch(db, table, columns, step_id)
        yield
        for table in tables:
            for event in ("insert", "update", "delete"):
                db.execute(f'DROP TRIGGER temp."{table}_{event}"')
        if not db.execute("SELECT 1 FROM journal_entry WHERE step_id = ? LIMIT 1", (step_id,)).fetchone():
            db.execute("DELETE FROM journal_step WHERE id = ?", (step_id,))
        db.execute(
            "DELETE FROM journal_step WHERE id <= (SELECT max(id) FROM journal_step) - ?", (KEPT_STEPS,)
        )
        db.execute("ROLLBACK" if dry_run else "COMMIT")
    except BaseException:
        # SQLite has already rolled back when the disk is full: then there is nothing left to end.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def undo(db: sqlite3.Connection) -> Step | None:
    """Take the last step back, all of it or nothing; return it, or None when there is none."""
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(
            "PRAGMA defer_foreign_keys = ON"
        )  # rows come back in the order they went, not parents first
        last = next((one for one in history(db) if not one.undone), None)
        if last is not None:
            entries = db.execute(
                "SELECT name, row_id, inverse FROM journal_entry WHERE step_id = ? ORDER BY id DESC",
                (last.id,),
            ).fetchall()
            for table, row_id, inverse in entries:
                if inverse is None:
                    db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))
                else:
                    db.execute(inverse)
            db.execute("DELETE FROM journal_entry WHERE step_id = ?", (last.id,))
            db.execute("UPDATE journal_step SET undone = ? WHERE id = ?", (len(entries), last.id))
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    return last


def history(db: sqlite3.Connection, limit: int = KEPT_STEPS) -> list[Step]:
    """Return the steps, newest first. `undone` keeps how many changes were taken back."""
    found = db.execute(
        """SELECT id, command, done_on, undone,
                  (SELECT count(*) FROM journal_entry WHERE step_id = journal_step.id) AS changes
           FROM journal_step ORDER BY id DESC LIMIT ?""",
        (limit,),
    ).fetchall()
    return [
        Step(
            id=row["id"],
            command=row["command"],
            done_on=date.fromisoformat(row["done_on"]),
            undone=bool(row["undone"]),
            changes=row["undone"] or row["changes"],
        )
        for row in found
    ]


def _tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    names = [
        row[0]
        for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
        if row[0] not in _OWN_TABLES and not row[0].startswith("sqlite_")
    ]
    return {name: [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')] for name in names}


def _watch(db: sqlite3.Connection, table: str, columns: list[str], step_id: int | None) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    values = " || ', ' || ".join(f'quote(old."{column}")' for column in columns)
    pairs = " || ', ' || ".join(f"""'"{column}" = ' || quote(old."{column}")""" for column in columns)
    inverses = {
        "insert": ("new.rowid", "NULL"),
        "update": ("old.rowid", f"""'UPDATE "{table}" SET ' || {pairs} || ' WHERE rowid = ' || new.rowid"""),
        "delete": ("old.rowid", f"""'INSERT INTO "{table}" ({names}) VALUES (' || {values} || ')'"""),
    }
    for event, (row_id, inverse) in inverses.items():
        db.execute(
            f'CREATE TEMP TRIGGER "{table}_{event}" AFTER {event} ON main."{table}" BEGIN '
            f"INSERT INTO journal_entry (step_id, name, row_id, inverse) "
            f"VALUES ({step_id}, '{table}', {row_id}, {inverse}); END"
        )
