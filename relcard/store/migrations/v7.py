"""Format 7: a UUID for every row that may travel, changes noted value by value, and checksums of all rows.

A careful time has a first day, too, a contact the day it was put aside, and a household its feast. Circle and
cadence, which are the user's own view, leave the table of contacts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.store import members
from relcard.store.file import checksums
from relcard.store.file import identity
from relcard.store.migrations import execute_all

if TYPE_CHECKING:
    import sqlite3

# A random UUID, version 4, as SQLite makes it from the system's randomness; its 16 bytes.
MINTED = (
    "BLOB NOT NULL DEFAULT (CAST(randomblob(6) || char(64 + (random() & 15)) || randomblob(1) || "
    "substr(x'808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
    "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebf', 1 + (random() & 63), 1) || "
    "randomblob(7) AS BLOB))"
)

# What this laptop keeps of a list it shares; a store that is not shared has no row here.
SHARING = """
CREATE TABLE share_list (        -- the list this store shares: at most one
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    list_id  BLOB NOT NULL,
    name     TEXT NOT NULL,      -- of this laptop, as the other's history calls it
    key      TEXT NOT NULL,      -- of the list: what bundles are locked with
    is_plain INTEGER NOT NULL,   -- 1: bundles are not locked
    place    TEXT NOT NULL,      -- folder or address where the bundles lie
    own      TEXT NOT NULL,      -- JSON: kinds of the own book that travel all the same
    report   TEXT NOT NULL DEFAULT '' -- JSON: what came of the last exchange
) STRICT;

CREATE TABLE share_device (      -- a laptop that the list has known; the first is this one
    id       INTEGER PRIMARY KEY,
    device   BLOB NOT NULL UNIQUE, -- 16 random bytes
    step     INTEGER NOT NULL DEFAULT 0, -- its last that was taken, or made here
    clock    INTEGER NOT NULL DEFAULT 0, -- of that step
    bundle   INTEGER NOT NULL DEFAULT 0, -- its last that was read, or sent
    sha256   TEXT NOT NULL DEFAULT '',   -- of that bundle, in hex
    name     TEXT NOT NULL DEFAULT '',   -- of the laptop, in its user's words
    seen_on  TEXT,               -- its last sign of life
    is_retired INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE share_step (        -- every step that is in the tables, in the order it came to them
    device INTEGER NOT NULL REFERENCES share_device,
    number INTEGER NOT NULL,
    clock  INTEGER NOT NULL,
    line   BLOB NOT NULL,        -- the step itself, zlib: whoever has read it can give it again
    PRIMARY KEY (device, number)
) STRICT;

CREATE TABLE share_bundle (      -- made here; kept until it was read back where it lies
    number INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL,
    last   INTEGER NOT NULL,     -- step in it
    data   BLOB                  -- NULL: it was sent
) STRICT;

CREATE TABLE share_waiting (     -- a step that speaks of others which are not here yet
    device BLOB NOT NULL,
    number INTEGER NOT NULL,
    line   BLOB NOT NULL,
    PRIMARY KEY (device, number)
) STRICT;

CREATE TABLE share_taken (       -- a step of the history that another laptop did
    step_id INTEGER PRIMARY KEY REFERENCES journal_step ON DELETE CASCADE,
    device  INTEGER NOT NULL,
    number  INTEGER NOT NULL
) STRICT;

CREATE TABLE share_answer (      -- a step of the history that settled what differed: which of this laptop's
    step_id INTEGER PRIMARY KEY REFERENCES journal_step ON DELETE CASCADE,
    device  INTEGER NOT NULL,
    number  INTEGER NOT NULL
) STRICT;

CREATE TABLE share_row (         -- a row of the list: who made it
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,        -- table
    uuid   BLOB NOT NULL,
    device INTEGER NOT NULL,     -- the write of the columns that have none of their own in share_field
    number INTEGER NOT NULL,
    kept   TEXT,                 -- JSON: its values while it does not stand in its table; else NULL
    behind INTEGER,              -- the row that stands for it, of one natural key; NULL: none
    UNIQUE (name, uuid)
) STRICT;
CREATE INDEX share_row_behind ON share_row (behind) WHERE behind IS NOT NULL;
CREATE INDEX share_row_kept ON share_row (name) WHERE kept IS NOT NULL;

CREATE TABLE share_field (       -- a write that nobody replaced, of a column written after its row
    row_id      INTEGER NOT NULL REFERENCES share_row ON DELETE CASCADE,
    column_name TEXT NOT NULL,
    device      INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    value       TEXT NOT NULL,   -- JSON
    PRIMARY KEY (row_id, column_name, device, number)
) STRICT;

CREATE TABLE share_gone (        -- a write by which a row went, that nobody replaced
    row_id INTEGER NOT NULL REFERENCES share_row ON DELETE CASCADE,
    device INTEGER NOT NULL,
    number INTEGER NOT NULL,
    seen   TEXT NOT NULL,        -- JSON: the last step of each other device that it knew
    via    BLOB,                 -- UUID of the row because of which it went
    PRIMARY KEY (row_id, device, number)
) STRICT;
CREATE INDEX share_gone_via ON share_gone (via) WHERE via IS NOT NULL;

CREATE TABLE share_touch (       -- the last step of a device that wrote a row, or another that points to it
    row_id INTEGER NOT NULL REFERENCES share_row ON DELETE CASCADE,
    device INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (row_id, device)
) STRICT;
"""

_NEW = (
    "circle",
    "cadence",
    "member",
    "through",
    "day",
    "gift",
    "picture",
    "proposal",
    "remote",
    "remote_card",
)  # tables of this format
_OWN_VIEW = f"""
CREATE TABLE circle (            -- how close a contact is to the user, who alone sees it so
    contact_id INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    circle     TEXT NOT NULL CHECK (circle IN ('inner', 'close', 'friend', 'wide', 'none')),
    said_on    TEXT NOT NULL,
    uuid       {MINTED}
) STRICT;
INSERT INTO circle (contact_id, circle, said_on)
SELECT id, circle, coalesce(circle_on, added_on) FROM contact WHERE circle IS NOT NULL;

CREATE TABLE cadence (           -- how often the user wants a word with a contact; else as the circle has it
    contact_id INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    days       INTEGER NOT NULL, -- 0: never
    uuid       {MINTED}
) STRICT;
INSERT INTO cadence (contact_id, days)
SELECT id, cadence_days FROM contact WHERE cadence_days IS NOT NULL;

DROP INDEX contact_by_circle;
ALTER TABLE contact DROP COLUMN circle;
ALTER TABLE contact DROP COLUMN circle_on;
ALTER TABLE contact DROP COLUMN cadence_days;
"""
_COLUMNS = """
ALTER TABLE contact ADD COLUMN archived_on TEXT;
ALTER TABLE note ADD COLUMN ours INTEGER;
ALTER TABLE fact ADD COLUMN ours INTEGER;
ALTER TABLE household ADD COLUMN careful_since TEXT;
ALTER TABLE household ADD COLUMN feast TEXT;
ALTER TABLE address ADD COLUMN returned_season TEXT;
ALTER TABLE season ADD COLUMN stamps_bought INTEGER NOT NULL DEFAULT 0;
ALTER TABLE season ADD COLUMN feast_on TEXT;
ALTER TABLE recipient ADD COLUMN by_their_card INTEGER NOT NULL DEFAULT 0;
ALTER TABLE print_run ADD COLUMN sent_to TEXT NOT NULL DEFAULT '';
ALTER TABLE recipient ADD COLUMN written_on TEXT;
ALTER TABLE recipient ADD COLUMN number INTEGER;
ALTER TABLE season ADD COLUMN numbered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE interaction ADD COLUMN occasion TEXT NOT NULL DEFAULT '';
ALTER TABLE interaction ADD COLUMN member_id INTEGER REFERENCES member ON DELETE SET NULL;
ALTER TABLE interaction ADD COLUMN ours INTEGER;
-- What older formats said in words alone.
UPDATE recipient SET by_their_card = 1 WHERE reason = 'their card came';
UPDATE address SET returned_season = (
    SELECT season.name FROM note JOIN season ON text LIKE 'the card of ' || season.name || ' came back from %'
    WHERE noted_on = retired_on AND note.contact_id IN (
        SELECT contact_id FROM membership WHERE household_id = (
            SELECT household_id FROM membership WHERE contact_id = address.contact_id)) LIMIT 1)
WHERE retired_on IS NOT NULL;
ALTER TABLE alias ADD COLUMN merged BLOB;
"""
_SQL = f"""
ALTER TABLE journal_step ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal_step ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_step ADD COLUMN form TEXT NOT NULL DEFAULT '';
ALTER TABLE journal_entry ADD COLUMN first_row INTEGER;
-- Rows that were added end to end are one entry; the checksums of all of them go with it.
UPDATE journal_entry SET first_row = row_id - changes + 1
WHERE inverse LIKE 'DELETE FROM "%" WHERE rowid BETWEEN %';
ALTER TABLE journal_entry ADD COLUMN uuid BLOB;
ALTER TABLE journal_entry ADD COLUMN column_name TEXT;
ALTER TABLE journal_entry ADD COLUMN before ANY;
ALTER TABLE journal_entry ADD COLUMN after ANY;

CREATE TABLE member (            -- somebody of the household of a contact, without a vCard of their own
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,
    surname    TEXT NOT NULL,    -- of the contact, where the name is a given name alone; else ''
    name_key   TEXT NOT NULL,    -- name and surname, folded
    role       TEXT NOT NULL CHECK (role IN ('partner', 'child') OR role IN ('pet', 'other')),
    born       TEXT NOT NULL,    -- 2017-03-04, 2017, --03-04 or ''
    month_day  INTEGER,          -- month * 100 + day of the birthday; 0: of another calendar; NULL: not known
    died_on    TEXT NOT NULL,    -- as born
    card_name  TEXT,             -- as the card of the contact names it: Jack (9); NULL: it does not
    stated     INTEGER NOT NULL, -- 1: the user has spoken
    is_removed INTEGER NOT NULL, -- 1: the card names somebody who does not belong to the household
    uuid       {MINTED},
    UNIQUE (contact_id, name_key)
) STRICT;
CREATE INDEX member_by_month_day ON member (month_day) WHERE month_day IS NOT NULL;

CREATE TABLE through (           -- who brought an interaction about with another contact
    id             INTEGER PRIMARY KEY,
    interaction_id INTEGER NOT NULL REFERENCES interaction ON DELETE CASCADE,
    contact_id     INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    uuid           {MINTED},
    UNIQUE (interaction_id, contact_id)
) STRICT;
CREATE INDEX through_by_contact ON through (contact_id);
CREATE INDEX interaction_that_came ON interaction (happened_on)
    WHERE direction = 'from them' AND (channel = 'letter' OR channel = 'gift');

CREATE TABLE day (               -- a day that returns, as the user said; those of vCards are occasions
    id           INTEGER PRIMARY KEY,
    contact_id   INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    of_household INTEGER NOT NULL, -- 1: of the household in which the contact is
    kind         TEXT NOT NULL
                 CHECK (kind IN ('birthday', 'anniversary') OR kind IN ('remembrance', 'custom')),
    label        TEXT NOT NULL,  -- the user's words: name day
    date         TEXT NOT NULL,  -- 2015-06-12, --06-12 or hebrew 15 Av
    is_once      INTEGER NOT NULL, -- 1: in the year of its date alone
    way          TEXT NOT NULL CHECK (way IN ('', 'card', 'call', 'visit')),  -- '': as the circle has it
    lead_days    INTEGER,        -- so long before it is told; NULL: as the post has it
    uuid         {MINTED}
) STRICT;
CREATE INDEX day_by_contact ON day (contact_id);

CREATE TABLE gift (              -- a thing given, got or meant to be given
    id           INTEGER PRIMARY KEY,
    contact_id   INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    of_household INTEGER NOT NULL, -- 1: of the household in which the contact is
    state        TEXT NOT NULL CHECK (state IN ('idea', 'given', 'got')),
    what         TEXT NOT NULL,
    occasion     TEXT NOT NULL,  -- the user's word: christmas, or ''
    year         INTEGER,        -- NULL: not said
    noted_on     TEXT NOT NULL,
    ours         INTEGER,        -- as of a fact
    uuid         {MINTED}
) STRICT;
CREATE INDEX gift_by_contact ON gift (contact_id);

CREATE TABLE picture (           -- of a card that came, of the household in which the contact is
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    season_id  INTEGER REFERENCES season ON DELETE SET NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('card', 'envelope')),
    came_on    TEXT NOT NULL,    -- 2026-12-12, or the year alone
    place      INTEGER NOT NULL, -- among those of one card: 1 is its front
    sha256     BLOB NOT NULL,    -- of the JPEG, which lies beside the store and is called after it
    uuid       {MINTED},
    UNIQUE (contact_id, sha256)
) STRICT;
CREATE INDEX picture_by_season ON picture (season_id) WHERE season_id IS NOT NULL;

CREATE TABLE proposal (          -- a household's new address, said on another device
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    line       TEXT NOT NULL,    -- the address as it was typed
    device     TEXT NOT NULL,
    said_on    TEXT NOT NULL,
    uuid       {MINTED}
) STRICT;

CREATE TABLE remote (            -- an address book on a server, which is read; this store's own affair
    id               INTEGER PRIMARY KEY,
    url              TEXT NOT NULL UNIQUE,
    name             TEXT NOT NULL,
    user             TEXT NOT NULL,    -- '': it asks for none
    password_command TEXT NOT NULL     -- what says the password, which is never kept; '': the user is asked
) STRICT;

CREATE TABLE remote_card (       -- a card of it, as it was last read
    id        INTEGER PRIMARY KEY,
    remote_id INTEGER NOT NULL REFERENCES remote ON DELETE CASCADE,
    path      TEXT NOT NULL,     -- on the server
    etag      TEXT NOT NULL,     -- another one: the card has changed; '': it has none
    uid       TEXT NOT NULL,     -- of the card; ''
    name      TEXT NOT NULL,     -- that it says
    UNIQUE (remote_id, path)
) STRICT;

CREATE TABLE checksum (          -- of the rows of the other tables, 64 together
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,         -- table
    block INTEGER NOT NULL,      -- row id / 64
    sums  BLOB NOT NULL,         -- a CRC-32 each, in 4 bytes; 0: no such row
    UNIQUE (name, block)
) STRICT;
"""


def migrate(db: sqlite3.Connection) -> None:
    """Give every row its UUID and a checksum, steps the columns for undo, and whom cards name a row."""
    execute_all(db, _COLUMNS)
    execute_all(db, _OWN_VIEW)
    for table in identity.TRAVELLING:
        if table not in _NEW:
            _add_uuid(db, table)
    execute_all(db, _SQL)
    execute_all(db, SHARING)
    _part_old_entries(db)
    members.follow_first_cards(db)
    for table in identity.NATURAL:
        identity.settle(db, table, "1")
    checksums.seal_all(db)


def _add_uuid(db: sqlite3.Connection, table: str) -> None:
    """Rebuild a table with a UUID behind its columns: SQLite adds no column with such a default."""
    (sql,) = db.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)
    ).fetchone()
    indexes = db.execute(
        "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (table,)
    ).fetchall()
    made = re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE new_{table}", sql, count=1)
    constraint = re.search(r",\s*(?:UNIQUE|CHECK)\s*\(", made)
    end = constraint.start() if constraint else made.rindex(")")
    db.execute(f"{made[:end]}\n    , uuid {MINTED}{made[end:]}")
    columns = ", ".join(f'"{row[1]}"' for row in db.execute(f'PRAGMA table_info("{table}")'))
    db.execute(f"INSERT INTO new_{table} ({columns}) SELECT {columns} FROM {table} ORDER BY rowid")
    db.execute(f"DROP TABLE {table}")
    db.execute(f"ALTER TABLE new_{table} RENAME TO {table}")
    for (index,) in indexes:
        db.execute(index)


_LITERAL = r"NULL|-?[\d.]+|X?'(?:[^']|'')*'"
_SAID = {"circle": ("circle", "circle_on"), "cadence": ("cadence_days",)}  # by table: what the contact had


def _part_old_entries(db: sqlite3.Connection) -> None:
    """Let steps of older formats put back circle and cadence where they are now.

    Their entries are statements with every column of a contact, each value as SQLite quotes it.
    """
    for entry_id, step_id, row_id, first_row, statement in db.execute(
        """SELECT id, step_id, row_id, first_row, inverse FROM journal_entry
           WHERE name = 'contact' AND inverse IS NOT NULL ORDER BY id"""
    ).fetchall():
        values = _values(statement)
        for table, columns in _SAID.items():
            had = [values.pop(column, "NULL") for column in columns]
            if not values:  # the contact goes
                inverse = statement.replace('"contact"', table, 1)
            elif had[0] == "NULL":
                inverse = f"DELETE FROM {table} WHERE rowid = {row_id}"
            else:
                had = [values["added_on"] if value == "NULL" else value for value in had]
                _, *names, _ = (row[1] for row in db.execute(f"PRAGMA table_info({table})"))
                inverse = (
                    f"INSERT OR REPLACE INTO {table} (contact_id, {', '.join(names)}) "
                    f"VALUES ({row_id}, {', '.join(had)})"
                )
            db.execute(
                """INSERT INTO journal_entry (step_id, name, row_id, first_row, inverse, changes)
                   VALUES (?, ?, ?, ?, ?, 0)""",
                (step_id, table, row_id, first_row, inverse),
            )
        if values:
            db.execute(
                "UPDATE journal_entry SET inverse = ? WHERE id = ?", (_stated(statement, values), entry_id)
            )


def _values(statement: str) -> dict[str, str]:
    """Return the values by column of an UPDATE or an INSERT, as SQLite quoted them; none of a DELETE."""
    if statement.startswith("UPDATE"):
        return dict(re.findall(rf'"(\w+)" = ({_LITERAL})', statement))
    if not statement.startswith("INSERT"):
        return {}
    names, values = statement.removeprefix('INSERT INTO "contact" ').split(" VALUES ", 1)
    return dict(zip(re.findall(r"\w+", names), re.findall(_LITERAL, values), strict=True))


def _stated(statement: str, values: dict[str, str]) -> str:
    """Return the UPDATE or INSERT with these values instead of its own."""
    if statement.startswith("UPDATE"):
        changed = ", ".join(f'"{column}" = {value}' for column, value in values.items())
        return f'UPDATE "contact" SET {changed} WHERE rowid = {values["id"]}'
    return f'INSERT INTO "contact" ({", ".join(values)}) VALUES ({", ".join(values.values())})'
