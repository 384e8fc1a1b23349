PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
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
    types        TEXT NOT NULL,  -- separated by spaces
    preferred    INTEGER NOT NULL,
    letterbox    TEXT NOT NULL,  -- key that two spellings of one letterbox share, or ''
    retired_on   TEXT            -- a card came back from here: kept, no longer used
, confirmed_on TEXT, from_on TEXT, until_on TEXT) STRICT;
INSERT INTO "address" VALUES(1,1,'','','Linden Road 4','Leeds','','LS1 4DY','United Kingdom','GB','','home',0,'ls14dy|lindenrd|4||',NULL,'2026-11-20',NULL,NULL);
INSERT INTO "address" VALUES(2,2,'','','Linden Road 4','Leeds','','LS1 4DY','United Kingdom','GB','','home',0,'ls14dy|lindenrd|4||',NULL,'2026-11-20',NULL,NULL);
INSERT INTO "address" VALUES(3,3,'','','Rue du Four 9','Lyon','','69001','France','FR','','home',0,'69001|rfour|9||',NULL,NULL,NULL,NULL);
CREATE TABLE alias (             -- another vCard of a contact: of one merged into it, or of another book
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    uid        TEXT UNIQUE,      -- NULL: it had none
    abuid      TEXT,
    name_key   TEXT NOT NULL,
    vcard_id   INTEGER UNIQUE REFERENCES vcard ON DELETE CASCADE  -- NULL: it was never imported
) STRICT;
INSERT INTO "alias" VALUES(1,1,'an-older-uid',NULL,'ada old',NULL);
CREATE TABLE contact (
    id           INTEGER PRIMARY KEY,
    uid          TEXT NOT NULL UNIQUE,
    abuid        TEXT,           -- Apple's own identifier, kept apart: it outlives a changed UID
    kind         TEXT NOT NULL CHECK (kind IN ('individual', 'org')),
    name         TEXT NOT NULL,
    name_key     TEXT NOT NULL,  -- folded name: what two cards of one contact share
    sort_key     TEXT NOT NULL,
    search       TEXT NOT NULL,  -- folded names, a newline, then what else a list may be searched by
    circle       TEXT CHECK (circle IS NULL OR circle IN ('inner', 'close', 'friend', 'wide', 'none')),  -- NULL: not said yet
    circle_on    TEXT,
    cadence_days INTEGER,        -- NULL: as the circle has it
    country      TEXT NOT NULL,  -- ISO 3166-1 alpha-2 of the address a card goes to, or ''
    detail       TEXT NOT NULL,  -- JSON: the parts that are shown, never searched
    added_on     TEXT NOT NULL
) STRICT;
INSERT INTO "contact" VALUES(1,'anna-berg',NULL,'individual','Anna Berg','anna berg','berg anna','anna berg
leeds anna@example.org','close','2026-11-20',NULL,'GB','{"n": {"family": "Berg", "given": "Anna"}, "emails": [["anna@example.org", [], ""]]}','2026-11-20');
INSERT INTO "contact" VALUES(2,'tom-berg',NULL,'individual','Tom Berg','tom berg','berg tom','tom berg
leeds',NULL,NULL,NULL,'GB','{"n": {"family": "Berg", "given": "Tom"}}','2026-11-20');
INSERT INTO "contact" VALUES(3,'zoe',NULL,'individual','Zoë Łuk','zoe luk','luk zoe','zoe luk
lyon',NULL,NULL,NULL,'FR','{"n": {"family": "Łuk", "given": "Zoë"}}','2026-11-20');
CREATE TABLE cutting (           -- where a photo was cut out of a card's text
    id       INTEGER PRIMARY KEY,
    vcard_id INTEGER NOT NULL REFERENCES vcard ON DELETE CASCADE,
    at       INTEGER NOT NULL,   -- offset in the text that is kept
    photo_id INTEGER NOT NULL REFERENCES photo
) STRICT;
CREATE TABLE dismissal (         -- a reminder that is dealt with, or put off
    id           INTEGER PRIMARY KEY,
    reminder     TEXT NOT NULL UNIQUE,
    until        TEXT,           -- NULL: done; else snoozed to this day
    dismissed_on TEXT NOT NULL
) STRICT;
INSERT INTO "dismissal" VALUES(1,'birthday:anna-berg:2026',NULL,'2026-05-19');
CREATE TABLE fact (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    noted_on   TEXT NOT NULL,
    UNIQUE (contact_id, key)
) STRICT;
INSERT INTO "fact" VALUES(1,1,'bread','rye','2026-11-20');
CREATE TABLE household (         -- one letterbox
    id         INTEGER PRIMARY KEY,
    stated     INTEGER NOT NULL, -- 1: the user has spoken; 0: proposed
    reason     TEXT NOT NULL,    -- why it was proposed
    addressee  TEXT,             -- the user's wish; NULL: worked out from the members
    salutation TEXT,
    formality  TEXT NOT NULL CHECK (formality IN ('informal', 'formal')),
    language   TEXT              -- NULL: worked out
, careful_until TEXT, careful_reason TEXT, cheer_on TEXT) STRICT;
INSERT INTO "household" VALUES(1,0,'same address and surname',NULL,NULL,'informal',NULL,NULL,NULL,NULL);
INSERT INTO "household" VALUES(2,1,'as you said',NULL,NULL,'informal',NULL,NULL,NULL,NULL);
CREATE TABLE interaction (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    season_id  INTEGER REFERENCES season ON DELETE SET NULL,
    channel    TEXT NOT NULL,
    direction  TEXT NOT NULL CHECK (direction IN ('to them', 'from them')),
    happened_on TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;
INSERT INTO "interaction" VALUES(1,1,NULL,'visit','to them','2026-11-20','tea');
CREATE TABLE journal_entry (     -- in the order written; undo goes backwards
    id      INTEGER PRIMARY KEY,
    step_id INTEGER NOT NULL REFERENCES journal_step ON DELETE CASCADE,
    name    TEXT NOT NULL,       -- table
    row_id  INTEGER NOT NULL,
    inverse TEXT,                -- the statement that takes the change back; NULL: delete the new row
    changes INTEGER NOT NULL DEFAULT 1  -- how many rows the statement is about
) STRICT;
INSERT INTO "journal_entry" VALUES(1,1,'address',3,'DELETE FROM "address" WHERE rowid BETWEEN 1 AND 3',3);
INSERT INTO "journal_entry" VALUES(2,1,'contact',3,'DELETE FROM "contact" WHERE rowid BETWEEN 1 AND 3',3);
INSERT INTO "journal_entry" VALUES(3,1,'household',2,'DELETE FROM "household" WHERE rowid BETWEEN 1 AND 2',2);
INSERT INTO "journal_entry" VALUES(4,1,'membership',3,'DELETE FROM "membership" WHERE rowid BETWEEN 1 AND 3',3);
INSERT INTO "journal_entry" VALUES(5,1,'occasion',1,'DELETE FROM "occasion" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(6,1,'problem',1,'DELETE FROM "problem" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(7,1,'source',1,'DELETE FROM "source" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(8,1,'tag',2,'DELETE FROM "tag" WHERE rowid BETWEEN 1 AND 2',2);
INSERT INTO "journal_entry" VALUES(9,1,'vcard',4,'DELETE FROM "vcard" WHERE rowid BETWEEN 1 AND 4',4);
INSERT INTO "journal_entry" VALUES(10,2,'contact',1,'UPDATE "contact" SET "id" = 1, "uid" = ''anna-berg'', "abuid" = NULL, "kind" = ''individual'', "name" = ''Anna Berg'', "name_key" = ''anna berg'', "sort_key" = ''berg anna'', "search" = ''anna berg
leeds anna@example.org'', "circle" = NULL, "circle_on" = NULL, "cadence_days" = NULL, "country" = ''GB'', "detail" = ''{"n": {"family": "Berg", "given": "Anna"}, "emails": [["anna@example.org", [], ""]]}'', "added_on" = ''2026-11-20'' WHERE rowid = 1',1);
INSERT INTO "journal_entry" VALUES(11,3,'note',1,'DELETE FROM "note" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(12,4,'fact',1,'DELETE FROM "fact" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(13,5,'interaction',1,'DELETE FROM "interaction" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(14,6,'recipient',1,'DELETE FROM "recipient" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(15,6,'season',1,'DELETE FROM "season" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(16,7,'relation',1,'DELETE FROM "relation" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(17,8,'segment',1,'DELETE FROM "segment" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(18,9,'address',1,'UPDATE "address" SET "id" = 1, "contact_id" = 1, "po_box" = '''', "extended" = '''', "street" = ''Linden Road 4'', "locality" = ''Leeds'', "region" = '''', "postcode" = ''LS1 4DY'', "country" = ''United Kingdom'', "country_code" = ''GB'', "label" = '''', "types" = ''home'', "preferred" = 0, "letterbox" = ''ls14dy|lindenrd|4||'', "retired_on" = NULL, "confirmed_on" = NULL, "from_on" = NULL, "until_on" = NULL WHERE rowid = 1',1);
INSERT INTO "journal_entry" VALUES(19,9,'address',2,'UPDATE "address" SET "id" = 2, "contact_id" = 2, "po_box" = '''', "extended" = '''', "street" = ''Linden Road 4'', "locality" = ''Leeds'', "region" = '''', "postcode" = ''LS1 4DY'', "country" = ''United Kingdom'', "country_code" = ''GB'', "label" = '''', "types" = ''home'', "preferred" = 0, "letterbox" = ''ls14dy|lindenrd|4||'', "retired_on" = NULL, "confirmed_on" = NULL, "from_on" = NULL, "until_on" = NULL WHERE rowid = 2',1);
INSERT INTO "journal_entry" VALUES(20,10,'contact',3,'UPDATE "contact" SET "id" = 3, "uid" = ''zoe'', "abuid" = NULL, "kind" = ''individual'', "name" = ''Zoë Łuk'', "name_key" = ''zoe luk'', "sort_key" = ''luk zoe'', "search" = ''zoe luk
lyon'', "circle" = NULL, "circle_on" = NULL, "cadence_days" = NULL, "country" = ''FR'', "detail" = ''{"n": {"family": "Łuk", "given": "Zoë"}}'', "added_on" = ''2026-11-20'' WHERE rowid = 3',1);
INSERT INTO "journal_entry" VALUES(21,10,'household',2,'UPDATE "household" SET "id" = 2, "stated" = 0, "reason" = ''alone at this address'', "addressee" = NULL, "salutation" = NULL, "formality" = ''informal'', "language" = NULL, "careful_until" = NULL, "careful_reason" = NULL, "cheer_on" = NULL WHERE rowid = 2',1);
INSERT INTO "journal_entry" VALUES(22,10,'occasion',2,'DELETE FROM "occasion" WHERE rowid BETWEEN 2 AND 2',1);
INSERT INTO "journal_entry" VALUES(23,11,'stock',1,'DELETE FROM "stock" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(24,12,'print_run',1,'DELETE FROM "print_run" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(25,12,'sheet',1,'DELETE FROM "sheet" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(26,13,'printer',1,'DELETE FROM "printer" WHERE rowid BETWEEN 1 AND 1',1);
INSERT INTO "journal_entry" VALUES(27,14,'sheet',1,'UPDATE "sheet" SET "id" = 1, "stock" = ''jam jars'', "used" = ''[1,2,3,4]'', "added_on" = ''2026-11-22'' WHERE rowid = 1',1);
INSERT INTO "journal_entry" VALUES(28,15,'note',2,'DELETE FROM "note" WHERE rowid BETWEEN 2 AND 2',1);
CREATE TABLE journal_step (
    id      INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    done_on TEXT NOT NULL,
    undone  INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO "journal_step" VALUES(1,'import friends.vcf','2026-11-20',0);
INSERT INTO "journal_step" VALUES(2,'circle close anna','2026-11-20',0);
INSERT INTO "journal_step" VALUES(3,'note anna','2026-11-20',0);
INSERT INTO "journal_step" VALUES(4,'fact anna','2026-11-20',0);
INSERT INTO "journal_step" VALUES(5,'log anna visit','2026-11-20',0);
INSERT INTO "journal_step" VALUES(6,'season start christmas','2026-11-20',0);
INSERT INTO "journal_step" VALUES(7,'relation Anna Berg godchild Tom Berg','2026-11-20',0);
INSERT INTO "journal_step" VALUES(8,'segment save leeds --country GB','2026-11-20',0);
INSERT INTO "journal_step" VALUES(9,'address confirm Anna Berg','2026-11-20',0);
INSERT INTO "journal_step" VALUES(10,'rite death Zoë','2026-11-20',0);
INSERT INTO "journal_step" VALUES(11,'stock add jam-jars','2026-11-22',0);
INSERT INTO "journal_step" VALUES(12,'print labels','2026-11-22',0);
INSERT INTO "journal_step" VALUES(13,'settings printer','2026-11-22',0);
INSERT INTO "journal_step" VALUES(14,'sheet drop','2026-11-22',0);
INSERT INTO "journal_step" VALUES(15,'note Anna Berg','2026-11-24',0);
CREATE TABLE membership (        -- every contact is in exactly one household
    contact_id   INTEGER PRIMARY KEY REFERENCES contact ON DELETE CASCADE,
    household_id INTEGER NOT NULL REFERENCES household
, role TEXT CHECK (role IS NULL OR role IN ('organiser', 'adult', 'child', 'pet'))) STRICT;
INSERT INTO "membership" VALUES(1,1,NULL);
INSERT INTO "membership" VALUES(2,1,NULL);
INSERT INTO "membership" VALUES(3,2,NULL);
CREATE TABLE not_same (          -- two contacts that look alike, and the user said they are not one
    id        INTEGER PRIMARY KEY,
    one_id    INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    other_id  INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    said_on   TEXT NOT NULL,
    UNIQUE (one_id, other_id),
    CHECK (one_id < other_id)
) STRICT;
INSERT INTO "not_same" VALUES(1,1,2,'2026-11-20');
CREATE TABLE note (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    noted_on   TEXT NOT NULL,
    text       TEXT NOT NULL
) STRICT;
INSERT INTO "note" VALUES(1,1,'2026-11-20','Her garden won a prize; it''s hers.');
INSERT INTO "note" VALUES(2,1,'2026-11-24','sings on Thursdays now');
CREATE TABLE occasion (
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('birthday', 'anniversary') OR kind IN ('remembrance', 'custom')),
    label      TEXT NOT NULL,
    date       TEXT NOT NULL,    -- extended form of RFC 6350 section 4.3.1: 1985-04-12, --04-12, 1985
    month_day  INTEGER           -- month * 100 + day; NULL: never returns
) STRICT;
INSERT INTO "occasion" VALUES(1,1,'birthday','','1984-05-19',519);
INSERT INTO "occasion" VALUES(2,3,'remembrance','','2026-10-01',1001);
CREATE TABLE photo (             -- once each, however many cards carry it
    id     INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    data   BLOB NOT NULL         -- the bytes as the card has them: encoded and folded
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
INSERT INTO "print_run" VALUES(1,'labels',1,'jam jars',4,1,'2026-11-22');
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
INSERT INTO "printer" VALUES(1,'the one upstairs','',0.5,-0.25,1.0,1.0,'2026-11-22');
CREATE TABLE problem (           -- what an import did not understand, with its place
    id       INTEGER PRIMARY KEY,
    vcard_id INTEGER REFERENCES vcard ON DELETE CASCADE,
    source   TEXT NOT NULL,
    line     INTEGER NOT NULL,
    name     TEXT NOT NULL,
    message  TEXT NOT NULL
) STRICT;
INSERT INTO "problem" VALUES(1,3,'friends.vcf',26,'Zoë Łuk','BDAY is not a date: "spring" - kept as text');
CREATE TABLE recipient (         -- one household in one season
    id            INTEGER PRIMARY KEY,
    season_id     INTEGER NOT NULL REFERENCES season ON DELETE CASCADE,
    household_id  INTEGER NOT NULL REFERENCES household,
    state         TEXT NOT NULL CHECK (state IN ('planned', 'drafted', 'printed', 'written', 'posted', 'returned')),
    reason        TEXT NOT NULL,
    front         TEXT,          -- printed words of the draft
    inside        TEXT,
    edited        INTEGER NOT NULL DEFAULT 0,  -- 1: a person wrote these words; never overwritten
    received_on   TEXT,
    UNIQUE (season_id, household_id)
) STRICT;
INSERT INTO "recipient" VALUES(1,1,1,'planned','close: every season',NULL,NULL,0,NULL);
CREATE TABLE relation (          -- who is what to whom, as the user said; cards bring their own
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    kind       TEXT NOT NULL,    -- what the other is to this contact: sister, godchild
    other_id   INTEGER REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,    -- of someone who is no contact, else ''
    said_on    TEXT NOT NULL
) STRICT;
INSERT INTO "relation" VALUES(1,2,'godchild',1,'','2026-11-20');
CREATE TABLE season (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL UNIQUE,
    occasion   TEXT NOT NULL,
    year       INTEGER NOT NULL,
    started_on TEXT NOT NULL,
    closed_on  TEXT
) STRICT;
INSERT INTO "season" VALUES(1,'christmas-2026','christmas',2026,'2026-11-20',NULL);
CREATE TABLE segment (           -- a filter with a name
    id           INTEGER PRIMARY KEY,
    name         TEXT NOT NULL UNIQUE,
    filter       TEXT NOT NULL,  -- JSON: the options of `list`
    cadence_days INTEGER,        -- NULL: as each circle has it
    saved_on     TEXT NOT NULL
) STRICT;
INSERT INTO "segment" VALUES(1,'leeds','{"country": ["GB"]}',NULL,'2026-11-20');
CREATE TABLE sheet (             -- a sheet of labels of which some are used; a full one is forgotten
    id       INTEGER PRIMARY KEY,
    stock    TEXT NOT NULL,      -- its name
    used     TEXT NOT NULL,      -- JSON: the used slots, from 1, row by row
    added_on TEXT NOT NULL
) STRICT;
INSERT INTO "sheet" VALUES(1,'jam jars','[1,2,3,4,5]','2026-11-22');
CREATE TABLE source (            -- a file that was imported
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL,   -- its name, without the folders above it
    imported_on TEXT NOT NULL
) STRICT;
INSERT INTO "source" VALUES(1,'friends.vcf','2026-11-20');
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
INSERT INTO "stock" VALUES(1,'jam jars','A4',210.0,297.0,60.0,34.0,12.0,14.0,63.0,38.0,3,7,2.0,'measured','2026-11-22');
CREATE TABLE tag (
    contact_id INTEGER NOT NULL REFERENCES contact ON DELETE CASCADE,
    name       TEXT NOT NULL,
    id         INTEGER PRIMARY KEY,
    UNIQUE (contact_id, name)
) STRICT;
INSERT INTO "tag" VALUES(1,'choir',1);
INSERT INTO "tag" VALUES(2,'The choir',2);
CREATE TABLE vcard (             -- what was imported, byte for byte
    id         INTEGER PRIMARY KEY,
    contact_id INTEGER REFERENCES contact ON DELETE CASCADE,  -- NULL: kept as it is, not understood
    source_id  INTEGER NOT NULL REFERENCES source,
    line       INTEGER NOT NULL, -- of BEGIN:VCARD in the source
    raw        BLOB NOT NULL,
    sha256     BLOB NOT NULL,
    group_name TEXT              -- KIND:group: its members carry this tag
) STRICT;
INSERT INTO "vcard" VALUES(1,1,1,1,X'424547494E3A56434152440D0A56455253494F4E3A332E300D0A5549443A616E6E612D626572670D0A464E3A416E6E6120426572670D0A4E3A426572673B416E6E613B3B3B0D0A454D41494C3A616E6E61406578616D706C652E6F72670D0A4144523B545950453D686F6D653A3B3B4C696E64656E20526F616420343B4C656564733B3B4C5331203444593B556E69746564204B696E67646F6D0D0A424441593A313938342D30352D31390D0A43415445474F524945533A63686F69720D0A582D4641564F55524954452D5445413A677265656E0D0A454E443A56434152440D0A',X'C67EE397ACDF3FC13AE85345C588D0CB6142270FD972292BB2DDADE168BF0A1F',NULL);
INSERT INTO "vcard" VALUES(2,2,1,12,X'424547494E3A56434152440D0A56455253494F4E3A332E300D0A5549443A746F6D2D626572670D0A464E3A546F6D20426572670D0A4E3A426572673B546F6D3B3B3B0D0A4144523B545950453D686F6D653A3B3B4C696E64656E20526F616420343B4C656564733B3B4C5331203444593B556E69746564204B696E67646F6D0D0A50484F544F3B454E434F44494E473D623B545950453D504E473A6956424F5277304B47676F414141414E5355684555674141414145414141414243415941414141664663534A4141414144556C4551565234326D4E6B0D0A202B4D39514477414468674741576A5239617741414141424A52553545726B4A6767673D3D0D0A454E443A56434152440D0A',X'24B5602E25F677AF73FAB0EBCF1612A355129B302A5AD73F85FB21C54E01827C',NULL);
INSERT INTO "vcard" VALUES(3,3,1,21,X'424547494E3A56434152440D0A56455253494F4E3A332E300D0A5549443A7A6F650D0A464E3A5A6FC3AB20C581756B0D0A4E3AC581756B3B5A6FC3AB3B3B3B0D0A424441593A737072696E670D0A4144523B545950453D686F6D653A3B3B52756520647520466F757220393B4C796F6E3B3B36393030313B4672616E63650D0A454E443A56434152440D0A',X'DFA0D50D218ADB91E2557A1DB4A418CD30DEB9CBD49FC20982D234B3A604D227',NULL);
INSERT INTO "vcard" VALUES(4,NULL,1,29,X'424547494E3A56434152440D0A56455253494F4E3A332E300D0A5549443A7468652D63686F69720D0A4B494E443A67726F75700D0A464E3A5468652063686F69720D0A582D41444452455353424F4F4B5345525645522D4B494E443A67726F75700D0A582D41444452455353424F4F4B5345525645522D4D454D4245523A75726E3A757569643A746F6D2D626572670D0A454E443A56434152440D0A',X'670C5BAA7B502D2F479384A998DF85ED1F0D322685329ADE51D319AB01BCEA51','The choir');
CREATE INDEX contact_by_name_key ON contact (name_key);
CREATE INDEX contact_by_abuid ON contact (abuid) WHERE abuid IS NOT NULL;
CREATE INDEX contact_by_circle ON contact (circle) WHERE circle IS NOT NULL;
CREATE INDEX vcard_by_contact ON vcard (contact_id);
CREATE INDEX problem_by_vcard ON problem (vcard_id);
CREATE INDEX address_by_contact ON address (contact_id);
CREATE INDEX occasion_by_contact ON occasion (contact_id);
CREATE INDEX occasion_by_month_day ON occasion (month_day) WHERE month_day IS NOT NULL;
CREATE INDEX note_by_contact ON note (contact_id);
CREATE INDEX membership_by_household ON membership (household_id);
CREATE INDEX recipient_by_household ON recipient (household_id);
CREATE INDEX interaction_by_contact ON interaction (contact_id, happened_on);
CREATE INDEX interaction_by_season ON interaction (season_id) WHERE season_id IS NOT NULL;
CREATE INDEX journal_entry_by_step ON journal_entry (step_id);
CREATE INDEX not_same_by_other ON not_same (other_id);
CREATE INDEX alias_by_contact ON alias (contact_id);
CREATE INDEX alias_by_name_key ON alias (name_key);
CREATE INDEX cutting_by_vcard ON cutting (vcard_id);
CREATE INDEX cutting_by_photo ON cutting (photo_id);
CREATE INDEX vcard_by_group ON vcard (group_name) WHERE group_name IS NOT NULL;
CREATE INDEX relation_by_contact ON relation (contact_id);
CREATE INDEX relation_by_other ON relation (other_id) WHERE other_id IS NOT NULL;
CREATE INDEX sheet_by_stock ON sheet (stock);
CREATE INDEX print_run_by_season ON print_run (season_id) WHERE season_id IS NOT NULL;
CREATE INDEX contact_by_search ON contact (id, search);
CREATE INDEX vcard_by_sha256 ON vcard (substr(sha256, 1, 8));
CREATE INDEX contact_with_relations ON contact (id) WHERE instr(detail, '"relations": [');
COMMIT;
PRAGMA application_id=1380729668;
PRAGMA user_version=6;
