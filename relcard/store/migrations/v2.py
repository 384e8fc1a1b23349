"""Format 2: pairs that are not the same, and photos apart from the text of their vCards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.migrations import execute_all

if TYPE_CHECKING:
    import sqlite3

_SQL = """
CREATE TABLE not_same (          -- two contacts that look alike, and the user said they are not one
    id        INTEGER PRIMARY KEY,
    one_id    INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    other_id  INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    said_on   TEXT NOT NULL,
    UNIQUE (one_id, other_id),
    CHECK (one_id < other_id)
) STRICT;
CREATE INDEX not_same_by_other ON not_same (other_id);

CREATE TABLE alias (             -- another vCard of a contact: of one merged into it, or of another book
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    uid        TEXT UNIQUE,      -- NULL: it had none
    abuid      TEXT,
    name_key   TEXT NOT NULL,
    vcard_id   INTEGER UNIQUE REFERENCES vcard ON DELETE CASCADE  -- NULL: it was never imported
) STRICT;
CREATE INDEX alias_by_contact ON alias (contact_id);
CREATE INDEX alias_by_name_key ON alias (name_key);

CREATE TABLE photo (             -- once each, however many cards carry it
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    data   BLOB NOT NULL         -- the bytes as the card has them: encoded and folded
) STRICT;

CREATE TABLE cutting (           -- where a photo was cut out of a card's text
    id       INTEGER PRIMARY KEY,
    vcard_id INTEGER NOT NULL REFERENCES vcard ON DELETE CASCADE,
    at       INTEGER NOT NULL,   -- offset in the text that is kept
    photo_id INTEGER NOT NULL REFERENCES photo
) STRICT;
CREATE INDEX cutting_by_vcard ON cutting (vcard_id);
CREATE INDEX cutting_by_photo ON cutting (photo_id);
"""


def migrate(db: sqlite3.Connection) -> None:
    """Add these tables and their indexes."""
    execute_all(db, _SQL)
