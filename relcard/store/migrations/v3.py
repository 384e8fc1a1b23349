"""Format 3: what is known of addresses and households in time, relations by hand, filters with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.migrations import execute_all

if TYPE_CHECKING:
    import sqlite3

_SQL = """
-- the user knew that day that the address was right
ALTER TABLE address ADD COLUMN confirmed_on TEXT;
-- a second or seasonal address is used from one day until another: 2027-03-01, or --03-01 in every year
ALTER TABLE address ADD COLUMN from_on TEXT;
ALTER TABLE address ADD COLUMN until_on TEXT;
ALTER TABLE membership ADD COLUMN role TEXT CHECK (role IN ('organiser', 'adult', 'child', 'pet'));
-- after a death or a parting there is no cheer until this day, unless the user said yes to it
ALTER TABLE household ADD COLUMN careful_until TEXT;
ALTER TABLE household ADD COLUMN careful_reason TEXT;
ALTER TABLE household ADD COLUMN cheer_on TEXT;

-- read from end to end by who looks for a word: far smaller than the contacts themselves
CREATE INDEX contact_by_search ON contact (search);
CREATE INDEX vcard_by_group ON vcard (group_name) WHERE group_name IS NOT NULL;

CREATE TABLE relation (          -- who is what to whom, as the user said; cards bring their own
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    kind       TEXT NOT NULL,    -- what the other is to this contact: sister, godchild
    other_id   INTEGER REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,    -- of someone who is no contact, else ''
    said_on    TEXT NOT NULL
) STRICT;
CREATE INDEX relation_by_contact ON relation (contact_id);
CREATE INDEX relation_by_other ON relation (other_id) WHERE other_id IS NOT NULL;

CREATE TABLE segment (           -- a filter with a name
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    filter       TEXT NOT NULL,  -- JSON: the options of `list`
    cadence_days INTEGER,        -- NULL: as each circle has it
    saved_on     TEXT NOT NULL
) STRICT;
"""


def migrate(db: sqlite3.Connection) -> None:
    """Add these tables, columns and their indexes."""
    execute_all(db, _SQL)
