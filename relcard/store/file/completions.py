"""What a shell completes, read from a store without touching it: no file is made, migrated or waited for."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from contextlib import contextmanager
from typing import TYPE_CHECKING

from relcard.store import migrations

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 0.2  # seconds: a shell that waits for another command would seem to hang
_MOST = 2000  # names; nobody reads as many, and a shell takes long over more
_MOST_UNASKED = 200  # before a letter is typed


@contextmanager
def looking(path: str) -> Iterator[sqlite3.Connection | None]:
    """Open a store of the present format to read it; None where there is none, or it cannot be read now."""
    try:
        db = sqlite3.connect(f"file:{_in_uri(path)}?mode=ro", uri=True, timeout=_PATIENCE)
    except sqlite3.Error:
        yield None
        return
    with closing(db):
        yield db if _is_ours(db) else None


def _in_uri(path: str) -> str:
    """Return a path as SQLite's URIs have it; pathlib would do it and costs a tenth of the whole answer."""
    full = os.path.abspath(path).replace(os.sep, "/")  # noqa: PTH100
    return full.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _is_ours(db: sqlite3.Connection) -> bool:
    try:
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        return False
    return (application_id, version) == (migrations.APPLICATION_ID, migrations.LATEST)


def names(db: sqlite3.Connection, typed: str) -> list[str]:
    """Return the names of contacts of which a word begins as the first of `typed`, a folded text, does."""
    begins = typed.partition(" ")[0]
    if not begins:
        rows = db.execute(
            "SELECT name FROM contact WHERE archived_on IS NULL ORDER BY sort_key, id LIMIT ?",
            (_MOST_UNASKED,),
        )
    else:
        rows = db.execute(
            """SELECT name FROM contact
               WHERE (instr(' ' || name_key, ' ' || ?1) OR instr(search, ?1) = 1) AND archived_on IS NULL
               ORDER BY id LIMIT ?2""",
            (begins, _MOST),
        )
    return [name for (name,) in rows]


def households(db: sqlite3.Connection, begins: str) -> list[tuple[int, str]]:
    """Return the households whose number begins so, each with the names of its members."""
    rows = db.execute(
        """SELECT household_id, group_concat(name, ', ')
           FROM membership JOIN contact ON contact.id = contact_id
           WHERE CAST(household_id AS TEXT) LIKE ? || '%' AND archived_on IS NULL
           GROUP BY household_id ORDER BY household_id LIMIT ?""",
        (begins, _MOST_UNASKED),
    )
    return [(household_id, members) for household_id, members in rows]


def tags(db: sqlite3.Connection) -> list[str]:
    """Return the tags in use."""
    return _column(db, "SELECT DISTINCT name FROM tag ORDER BY name")


def fact_keys(db: sqlite3.Connection) -> list[str]:
    """Return the keys of facts in use."""
    return _column(db, "SELECT DISTINCT key FROM fact ORDER BY key")


def seasons(db: sqlite3.Connection) -> list[str]:
    """Return the names of the seasons, newest first."""
    return _column(db, "SELECT name FROM season ORDER BY year DESC, id DESC")


def segments(db: sqlite3.Connection) -> list[str]:
    """Return the names of the segments."""
    return _column(db, "SELECT name FROM segment ORDER BY name")


def _column(db: sqlite3.Connection, query: str) -> list[str]:
    return [row[0] for row in db.execute(query)]
