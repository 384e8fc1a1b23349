"""The format of the store: its number, and one module for the step to each format.

`schema` holds the newest format whole, for a new store; `run` brings an older one there. Every command reads
the number, and loads no more than this file for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x524C4344  # "RLCD", so that another program's file is never taken for ours
LATEST = 7


def execute_all(db: sqlite3.Connection, statements: str) -> None:
    """Execute some statements inside the caller's transaction, which `executescript` would commit."""
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)
