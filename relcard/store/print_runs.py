"""What went to paper: one row for a run."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    import sqlite3


class RunRow(NamedTuple):
    """A run of a print command; `kind` is cards, labels, return, envelopes or postcards.

    `sent_to` says to which printer it was sent and how, "" where it became a file alone.
    """

    kind: str
    stock: str
    items: int
    pages: int
    printed_on: date
    sent_to: str = ""


def add(
    db: sqlite3.Connection,
    kind: str,
    *,
    season_id: int | None,
    stock: str,
    items: int,
    pages: int,
    today: date,
) -> None:
    """Record a run; `season_id` is None outside a season."""
    db.execute(
        """INSERT INTO print_run (kind, season_id, stock, items, pages, printed_on)
           VALUES (?, ?, ?, ?, ?, ?)""",
        (kind, season_id, stock, items, pages, today.isoformat()),
    )


def keep_sent(db: sqlite3.Connection, sent_to: str) -> None:
    """Say of the run recorded last where it is sent."""
    db.execute("UPDATE print_run SET sent_to = ? WHERE id = (SELECT max(id) FROM print_run)", (sent_to,))


def count(db: sqlite3.Connection, kind: str) -> int:
    """Return how many runs of a kind there were."""
    (runs,) = db.execute("SELECT count(*) FROM print_run WHERE kind = ?", (kind,)).fetchone()
    return int(runs)


def last_of(db: sqlite3.Connection, kind: str, season_id: int) -> RunRow | None:
    """Return the newest run of a kind for a season, or None when there was none."""
    row = db.execute(
        """SELECT kind, stock, items, pages, printed_on, sent_to FROM print_run
           WHERE kind = ? AND season_id = ? ORDER BY id DESC LIMIT 1""",
        (kind, season_id),
    ).fetchone()
    if row is None:
        return None
    return RunRow(
        kind=row[0],
        stock=row[1],
        items=row[2],
        pages=row[3],
        printed_on=date.fromisoformat(row[4]),
        sent_to=row[5],
    )
