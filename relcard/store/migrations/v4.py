"""Format 4: the user's own stock, part-used sheets, how printers miss, and what was printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.migrations import execute_all

if TYPE_CHECKING:
    import sqlite3

_SQL = """
CREATE TABLE stock (             -- label sheets the user described; lengths are mm
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    page     TEXT NOT NULL,
    page_w   REAL NOT NULL,
    page_h   REAL NOT NULL,
    label_w  REAL NOT NULL,
    label_h  REAL NOT NULL,
    left     REAL NOT NULL,      -- of the first label, from the edge of the page
    top      REAL NOT NULL,
    pitch_x  REAL NOT NULL,      -- from one label to the next
    pitch_y  REAL NOT NULL,
    columns  INTEGER NOT NULL,
    rows     INTEGER NOT NULL,
    corner   REAL NOT NULL,      -- radius
    source   TEXT NOT NULL,      -- where the numbers come from
    added_on TEXT NOT NULL
) STRICT;

CREATE TABLE sheet (             -- a sheet of labels of which some are used; a full one is forgotten
    id       INTEGER PRIMARY KEY,
    stock    TEXT NOT NULL,      -- its name
    used     TEXT NOT NULL,      -- JSON: the used slots, from 1, row by row
    added_on TEXT NOT NULL
) STRICT;
CREATE INDEX sheet_by_stock ON sheet (stock);

CREATE TABLE printer (           -- how far a printer misses on a stock: x' = scale_x * x + dx
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    stock   TEXT NOT NULL,       -- '': on all others
    dx      REAL NOT NULL,       -- mm to the right
    dy      REAL NOT NULL,       -- mm downwards
    scale_x REAL NOT NULL,
    scale_y REAL NOT NULL,
    set_on  TEXT NOT NULL,
    UNIQUE (name, stock)
) STRICT;

CREATE TABLE print_run (         -- what went to paper
    id         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,    -- cards, labels, envelopes
    season_id  INTEGER REFERENCES season ON DELETE SET NULL,
    stock      TEXT NOT NULL,    -- sheet, envelope or size of card
    items      INTEGER NOT NULL,
    pages      INTEGER NOT NULL,
    printed_on TEXT NOT NULL
) STRICT;
CREATE INDEX print_run_by_season ON print_run (season_id) WHERE season_id IS NOT NULL;
"""


def migrate(db: sqlite3.Connection) -> None:
    """Add these tables and their indexes."""
    execute_all(db, _SQL)
