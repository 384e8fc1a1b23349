"""Format 1: contacts and their vCards, households, seasons, what passed between people, the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.migrations import execute_all

if TYPE_CHECKING:
    import sqlite3

_SQL = """
CREATE TABLE source (            -- a file that was imported
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,   -- its name, without the folders above it
    imported_on TEXT NOT NULL
) STRICT;

CREATE TABLE contact (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,
    abuid        TEXT,           -- Apple's own identifier, kept apart: it outlives a changed UID
    kind         TEXT NOT NULL CHECK (kind IN ('individual', 'org')),
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL,  -- folded name: what two cards of one contact share
    sort_key     TEXT NOT NULL,
    search       TEXT NOT NULL,  -- folded names, a newline, then what else a list may be searched by
    circle       TEXT CHECK (circle IN ('inner', 'close', 'friend', 'wide', 'none')),  -- NULL: not said yet
    circle_on    TEXT,
    cadence_days INTEGER,        -- NULL: as the circle has it
    country      TEXT NOT NULL,  -- ISO 3166-1 alpha-2 of the address a card goes to, or ''
    detail       TEXT NOT NULL,  -- JSON: the parts that are shown, never searched
    added_on     TEXT NOT NULL
) STRICT;
CREATE INDEX contact_by_sort_key ON contact (sort_key, id);
CREATE INDEX contact_by_name_key ON contact (name_key);
CREATE INDEX contact_by_abuid ON contact (abuid) WHERE abuid IS NOT NULL;
CREATE INDEX contact_by_circle ON contact (circle) WHERE circle IS NOT NULL;

CREATE TABLE vcard (             -- what was imported, byte for byte
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER REFERENCES contact ON DELETE CASCADE,  -- NULL: kept as it is, not understood
    source_id  INTEGER NOT NULL REFERENCES source,
    line       INTEGER NOT NULL, -- of BEGIN:VCARD in the source
    raw        BLOB NOT NULL,
    sha256     BLOB NOT NULL,
    group_name TEXT              -- KIND:group: its members carry this tag
) STRICT;
CREATE INDEX vcard_by_sha256 ON vcard (sha256);
CREATE INDEX vcard_by_contact ON vcard (contact_id);

CREATE TABLE problem (           -- what an import did not understand, with its place
    id       INTEGER PRIMARY KEY,
    vcard_id INTEGER REFERENCES vcard ON DELETE CASCADE,
    source   TEXT NOT NULL,
    line     INTEGER NOT NULL,
    name     TEXT NOT NULL,
    message  TEXT NOT NULL
) STRICT;
CREATE INDEX problem_by_vcard ON problem (vcard_id);

CREATE TABLE address (
    id           INTEGER PRIMARY KEY,
    contact_id   INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    po_box       TEXT NOT NULL,
    extended     TEXT NOT NULL,
    street       TEXT NOT NULL,
    locality     TEXT NOT NULL,
    region       TEXT NOT NULL,
    postcode     TEXT NOT NULL,
    country      TEXT NOT NULL,
    country_code TEXT NOT NULL,
    label        TEXT NOT NULL,
    types        TEXT NOT NULL,  -- separated by U+001F
    preferred    INTEGER NOT NULL,
    letterbox    TEXT NOT NULL,  -- key that two spellings of one letterbox share, or ''
    retired_on   TEXT            -- a card came back from here: kept, no longer used
) STRICT;
CREATE INDEX address_by_contact ON address (contact_id);
CREATE INDEX address_by_letterbox ON address (letterbox) WHERE letterbox <> '';

CREATE TABLE occasion (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('birthday', 'anniversary', 'remembrance', 'custom')),
    label      TEXT NOT NULL,
    date       TEXT NOT NULL,    -- extended form of RFC 6350 section 4.3.1: 1985-04-12, --04-12, 1985
    month_day  INTEGER           -- month * 100 + day; NULL: never returns
) STRICT;
CREATE INDEX occasion_by_contact ON occasion (contact_id);
CREATE INDEX occasion_by_month_day ON occasion (month_day) WHERE month_day IS NOT NULL;

CREATE TABLE tag (
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,
    id         INTEGER PRIMARY KEY,
    UNIQUE (contact_id, name)
) STRICT;
CREATE INDEX tag_by_name ON tag (name);

CREATE TABLE fact (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    noted_on   TEXT NOT NULL,
    UNIQUE (contact_id, key)
) STRICT;

CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    noted_on   TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_contact ON note (contact_id);

CREATE TABLE household (         -- one letterbox
    id         INTEGER PRIMARY KEY,
    stated     INTEGER NOT NULL, -- 1: the user has spoken; 0: proposed
    reason     TEXT NOT NULL,    -- why it was proposed
    addressee  TEXT,             -- the user's wish; NULL: worked out from the members
    salutation TEXT,
    formality  TEXT NOT NULL CHECK (formality IN ('informal', 'formal')),
    language   TEXT              -- NULL: worked out
) STRICT;

CREATE TABLE membership (        -- every contact is in exactly one household
    contact_id   INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    household_id INTEGER NOT NULL REFERENCES household
) STRICT;
CREATE INDEX membership_by_household ON membership (household_id);

CREATE TABLE season (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    occasion   TEXT NOT NULL,
    year       INTEGER NOT NULL,
    started_on TEXT NOT NULL,
    closed_on  TEXT
) STRICT;

CREATE TABLE recipient (         -- one household in one season
    id            INTEGER PRIMARY KEY,
    season_id     INTEGER NOT NULL REFERENCES season ON DELETE CASCADE,
    household_id  INTEGER NOT NULL REFERENCES household,
    state         TEXT NOT NULL
                  CHECK (state IN ('planned', 'drafted', 'printed', 'written', 'posted', 'returned')),
    reason        TEXT NOT NULL,
    front         TEXT,          -- printed words of the draft
    inside        TEXT,
    edited        INTEGER NOT NULL DEFAULT 0,  -- 1: a person wrote these words; never overwritten
    received_on   TEXT,
    UNIQUE (season_id, household_id)
) STRICT;
CREATE INDEX recipient_by_household ON recipient (household_id);

CREATE TABLE interaction (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    season_id  INTEGER REFERENCES season ON DELETE SET NULL,
    channel    TEXT NOT NULL,
    direction  TEXT NOT NULL CHECK (direction IN ('to them', 'from them')),
    happened_on TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;
CREATE INDEX interaction_by_contact ON interaction (contact_id, happened_on);
CREATE INDEX interaction_by_season ON interaction (season_id) WHERE season_id IS NOT NULL;

CREATE TABLE dismissal (         -- a reminder that is dealt with, or put off
    id           INTEGER PRIMARY KEY,
    reminder     TEXT NOT NULL UNIQUE,
    until        TEXT,           -- NULL: done; else snoozed to this day
    dismissed_on TEXT NOT NULL
) STRICT;

CREATE TABLE journal_step (
    id      INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    done_on TEXT NOT NULL,
    undone  INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE journal_entry (     -- in the order written; undo goes backwards
    id      INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES journal_step ON DELETE CASCADE,
    name    TEXT NOT NULL,       -- table
    row_id  INTEGER NOT NULL,
    inverse TEXT,                -- the statement that takes the change back; NULL: delete the new row
    changes INTEGER NOT NULL DEFAULT 1  -- how many rows the statement is about
) STRICT;
CREATE INDEX journal_entry_by_step ON journal_entry (step_id);
"""


def migrate(db: sqlite3.Connection) -> None:
    """Add these tables and their indexes."""
    execute_all(db, _SQL)
