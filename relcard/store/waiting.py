"""Rows on their way into one table, many to a statement: to begin and end one costs more than a row does."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_ROWS = 32  # of one statement; with more there is little left to gain


class Waiting:
    """Rows that wait: `values` has what stands in them, one row behind the other.

    `insert` is the statement for one row; its last word is the list of marks behind VALUES.
    """

    def __init__(self, insert: str) -> None:
        self._insert = insert
        self._width = insert.count("?")
        self.values: list[str | int | bytes | None] = []

    def flush(self, db: sqlite3.Connection, *, all_of_it: bool = True) -> None:
        """Put what waits into the table, in its order; else as much as fills whole statements."""
        values = self.values
        if not values:
            return
        many = self._width * _ROWS
        whole = len(values) // many * many
        if whole:
            some = [values[at : at + many] for at in range(0, whole, many)]
            db.executemany(_for_rows(self._insert, _ROWS), some)
        if not all_of_it:
            del values[:whole]
            return
        rest = values[whole:] if whole else values
        if rest:
            db.execute(_for_rows(self._insert, len(rest) // self._width), rest)
        values.clear()


@lru_cache(maxsize=256)
def _for_rows(insert: str, number: int) -> str:
    head, values, row = insert.rpartition("VALUES ")
    return f"{head}{values}{', '.join([row.strip()] * number)}"
