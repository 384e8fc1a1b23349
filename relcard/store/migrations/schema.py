"""The newest format, whole: what a new store is made of.

A step to a newer format changes this text too; a test compares a new store with one that took every step.
Columns that a step added stand last in their table, as ALTER TABLE puts them.
"""

from __future__ import annotations

from relcard.store.migrations.v7 import MINTED
from relcard.store.migrations.v7 import SHARING

# Of a list of more than two words in a CHECK, SQLite makes a table of its own, anew for every row: most rows
# have no such word, and are spared it.
SQL = (
    """
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
    country      TEXT NOT NULL,  -- ISO 3166-1 alpha-2 of the address a card goes to, or ''
    detail       TEXT NOT NULL,  -- JSON: the parts that are shown, never searched
    added_on     TEXT NOT NULL,
    archived_on  TEXT,           -- put aside: in no list, choice or reminder
    uuid       $MINTED
) STRICT;
-- Read from end to end for the words of a list. In the order in which contacts came: a new one stands last.
CREATE INDEX contact_by_search ON contact (id, search);
CREATE INDEX contact_by_name_key ON contact (name_key);
CREATE INDEX contact_by_abuid ON contact (abuid) WHERE abuid IS NOT NULL;
CREATE INDEX contact_with_relations ON contact (id) WHERE instr(detail, '"relations": [');

CREATE TABLE circle (            -- how close a contact is to the user, who alone sees it so
    contact_id INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    circle     TEXT NOT NULL CHECK (circle IN ('inner', 'close', 'friend', 'wide', 'none')),
    said_on    TEXT NOT NULL,
    uuid       $MINTED
) STRICT;

CREATE TABLE cadence (           -- how often the user wants a word with a contact; else as the circle has it
    contact_id INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    days       INTEGER NOT NULL, -- 0: never
    uuid       $MINTED
) STRICT;

CREATE TABLE vcard (             -- what was imported, byte for byte
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER REFERENCES contact ON DELETE CASCADE,  -- NULL: kept as it is, not understood
    source_id  INTEGER NOT NULL REFERENCES source,
    line       INTEGER NOT NULL, -- of BEGIN:VCARD in the source
    raw        BLOB NOT NULL,
    sha256     BLOB NOT NULL,
    group_name TEXT,              -- KIND:group: its members carry this tag
    uuid       $MINTED
) STRICT;
CREATE INDEX vcard_by_sha256 ON vcard (substr(sha256, 1, 8));
CREATE INDEX vcard_by_contact ON vcard (contact_id);
CREATE INDEX vcard_by_group ON vcard (group_name) WHERE group_name IS NOT NULL;

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
    retired_on   TEXT,           -- a card came back from here: kept, no longer used
    confirmed_on TEXT,           -- the user knew that day that the address was right
    from_on      TEXT,           -- used from this day only: 2027-03-01, or --03-01 in every year
    until_on     TEXT,
    returned_season TEXT,        -- the season whose card came back from here, and so it was retired
    uuid       $MINTED
) STRICT;
CREATE INDEX address_by_contact ON address (contact_id);

CREATE TABLE occasion (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    kind       TEXT NOT NULL
               CHECK (kind IN ('birthday', 'anniversary') OR kind IN ('remembrance', 'custom')),
    label      TEXT NOT NULL,
    date       TEXT NOT NULL,    -- extended form of RFC 6350 section 4.3.1: 1985-04-12, --04-12, 1985
    month_day  INTEGER,           -- month * 100 + day; 0: of another calendar; NULL: never returns
    uuid       $MINTED
) STRICT;
CREATE INDEX occasion_by_contact ON occasion (contact_id);
CREATE INDEX occasion_by_month_day ON occasion (month_day) WHERE month_day IS NOT NULL;

CREATE TABLE tag (
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,
    id         INTEGER PRIMARY KEY,
    uuid       $MINTED,
    UNIQUE (contact_id, name)
) STRICT;

CREATE TABLE fact (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    noted_on   TEXT NOT NULL,
    ours       INTEGER,          -- of a list that is shared: 1 travels, 0 stays; NULL: as all facts
    uuid       $MINTED,
    UNIQUE (contact_id, key)
) STRICT;

CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    noted_on   TEXT NOT NULL,
    text       TEXT NOT NULL,
    ours       INTEGER,          -- of a list that is shared: 1 travels, 0 stays; NULL: as all notes
    uuid       $MINTED
) STRICT;
CREATE INDEX note_by_contact ON note (contact_id);

CREATE TABLE household (         -- one letterbox
    id         INTEGER PRIMARY KEY,
    stated     INTEGER NOT NULL, -- 1: the user has spoken; 0: proposed
    reason     TEXT NOT NULL,    -- why it was proposed
    addressee  TEXT,             -- the user's wish; NULL: worked out from the members
    salutation TEXT,
    formality  TEXT NOT NULL CHECK (formality IN ('informal', 'formal')),
    language   TEXT,             -- NULL: worked out
    careful_until TEXT,          -- after a death or a parting: no cheer until this day
    careful_reason TEXT,
    cheer_on   TEXT,              -- the user said yes to cheer all the same
    careful_since TEXT,          -- its first day; NULL: it began before format 7, a year before its end
    feast      TEXT,             -- whose card it gets: hanukkah, none; NULL: the season's
    uuid       $MINTED
) STRICT;

CREATE TABLE membership (        -- every contact is in exactly one household
    contact_id   INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    household_id INTEGER NOT NULL REFERENCES household,
    role         TEXT CHECK (role IS NULL OR role IN ('organiser', 'adult', 'child', 'pet')),
    uuid       $MINTED
) STRICT;
CREATE INDEX membership_by_household ON membership (household_id);

CREATE TABLE season (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    occasion   TEXT NOT NULL,
    year       INTEGER NOT NULL,
    started_on TEXT NOT NULL,
    closed_on  TEXT,
    stamps_bought INTEGER NOT NULL DEFAULT 0,
    feast_on   TEXT,             -- the day of a feast of the user's own; NULL: the program knows it
    numbered   INTEGER NOT NULL DEFAULT 0,     -- the highest number of a card that is on paper
    uuid       $MINTED
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
    by_their_card INTEGER NOT NULL DEFAULT 0,  -- 1: in the season for the card that came, and that alone
    written_on    TEXT,          -- the day it was said to be written, which an evening's pile is less by
    number        INTEGER,       -- on label and crib; NULL: nothing was printed since it is in the season
    uuid       $MINTED,
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
    text       TEXT NOT NULL,
    occasion   TEXT NOT NULL DEFAULT '',  -- of a card outside the seasons: birthday; '' none said
    member_id  INTEGER REFERENCES member ON DELETE SET NULL,  -- whose day it was, of somebody without a vCard
    ours       INTEGER,          -- as of a fact; NULL: as all of its channel
    uuid       $MINTED
) STRICT;
CREATE INDEX interaction_by_contact ON interaction (contact_id, happened_on);
CREATE INDEX interaction_by_season ON interaction (season_id) WHERE season_id IS NOT NULL;
CREATE INDEX interaction_that_came ON interaction (happened_on)
    WHERE direction = 'from them' AND (channel = 'letter' OR channel = 'gift');

CREATE TABLE through (           -- who brought an interaction about with another contact
    id             INTEGER PRIMARY KEY,
    interaction_id INTEGER NOT NULL REFERENCES interaction ON DELETE CASCADE,
    contact_id     INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    uuid           $MINTED,
    UNIQUE (interaction_id, contact_id)
) STRICT;
CREATE INDEX through_by_contact ON through (contact_id);

CREATE TABLE dismissal (         -- a reminder that is dealt with, or put off
    id           INTEGER PRIMARY KEY,
    reminder     TEXT NOT NULL UNIQUE,
    until        TEXT,           -- NULL: done; else snoozed to this day
    dismissed_on TEXT NOT NULL,
    uuid       $MINTED
) STRICT;

CREATE TABLE journal_step (
    id      INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    done_on TEXT NOT NULL,
    undone  INTEGER NOT NULL DEFAULT 0,
    checksum INTEGER NOT NULL DEFAULT 0,  -- of this row and the step's entries
    device  TEXT NOT NULL DEFAULT '',  -- by its name; '': the terminal of this computer
    form    TEXT NOT NULL DEFAULT ''  -- of the page, which is done once; '': the step is of none
) STRICT;

CREATE TABLE journal_entry (     -- in the order written; undo goes backwards
    id      INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES journal_step ON DELETE CASCADE,
    name    TEXT NOT NULL,       -- table
    row_id  INTEGER NOT NULL,
    inverse TEXT,                -- the statement that brings a row back that went; else NULL
    changes INTEGER NOT NULL DEFAULT 1,  -- how many rows the entry is about
    first_row INTEGER,           -- of rows that were added behind all others; row_id is the last of them
    uuid    BLOB,                -- the row's as the step left it; of added rows all, end to end
    column_name TEXT,            -- of a value that changed; NULL: the row came or went
    before  ANY,
    after   ANY
) STRICT;
CREATE INDEX journal_entry_by_step ON journal_entry (step_id);

CREATE TABLE not_same (          -- two contacts that look alike, and the user said they are not one
    id        INTEGER PRIMARY KEY,
    one_id    INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    other_id  INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    said_on   TEXT NOT NULL,
    uuid       $MINTED,
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
    vcard_id   INTEGER UNIQUE REFERENCES vcard ON DELETE CASCADE,  -- NULL: it was never imported
    merged     BLOB,             -- the UUID of a contact that is merged into this one; NULL: none was
    uuid       $MINTED
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

CREATE TABLE relation (          -- who is what to whom, as the user said; cards bring their own
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    kind       TEXT NOT NULL,    -- what the other is to this contact: sister, godchild
    other_id   INTEGER REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,    -- of someone who is no contact, else ''
    said_on    TEXT NOT NULL,
    uuid       $MINTED
) STRICT;
CREATE INDEX relation_by_contact ON relation (contact_id);
CREATE INDEX relation_by_other ON relation (other_id) WHERE other_id IS NOT NULL;

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
    uuid       $MINTED,
    UNIQUE (contact_id, name_key)
) STRICT;
CREATE INDEX member_by_month_day ON member (month_day) WHERE month_day IS NOT NULL;

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
    uuid         $MINTED
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
    uuid         $MINTED
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
    uuid       $MINTED,
    UNIQUE (contact_id, sha256)
) STRICT;
CREATE INDEX picture_by_season ON picture (season_id) WHERE season_id IS NOT NULL;

CREATE TABLE proposal (          -- a household's new address, said on another device
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    line       TEXT NOT NULL,    -- the address as it was typed
    device     TEXT NOT NULL,
    said_on    TEXT NOT NULL,
    uuid       $MINTED
) STRICT;

CREATE TABLE segment (           -- a filter with a name
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    filter       TEXT NOT NULL,  -- JSON: the options of `list`
    cadence_days INTEGER,        -- NULL: as each circle has it
    saved_on     TEXT NOT NULL,
    uuid       $MINTED
) STRICT;

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
    printed_on TEXT NOT NULL,
    sent_to    TEXT NOT NULL DEFAULT '', -- which printer, and how; '' for a file alone
    uuid       $MINTED
) STRICT;
CREATE INDEX print_run_by_season ON print_run (season_id) WHERE season_id IS NOT NULL;

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
""".replace("$MINTED", MINTED)
    + SHARING
)
