"""The fifth format: the same rows under fewer indexes and quicker checks."""

from __future__ import annotations

import sqlite3

# Indexes that cost an import more than they ever gave back. That of the words a list is searched by keeps the
# order in which contacts came: it is read from end to end, and a new contact stands at its end.
INDEXES = """
DROP INDEX contact_by_search;
CREATE INDEX contact_by_search ON contact (id, search);
DROP INDEX contact_by_sort_key;
DROP INDEX vcard_by_sha256;
CREATE INDEX vcard_by_sha256 ON vcard (substr(sha256, 1, 8));
DROP INDEX address_by_letterbox;
DROP INDEX tag_by_name;
"""

# A list of more than two words becomes a table of its own, made anew for every row that is checked: it took
# longer than all the indexes. Most rows have no word there at all.
CHECKS = (
    (
        "contact",
        "(circle IN ('inner', 'close', 'friend', 'wide', 'none'))",
        "(circle IS NULL OR circle IN ('inner', 'close', 'friend', 'wide', 'none'))",
    ),
    (
        "membership",
        "(role IN ('organiser', 'adult', 'child', 'pet'))",
        "(role IS NULL OR role IN ('organiser', 'adult', 'child', 'pet'))",
    ),
    (
        "occasion",
        "(kind IN ('birthday', 'anniversary', 'remembrance', 'custom'))",
        "(kind IN ('birthday', 'anniversary') OR kind IN ('remembrance', 'custom'))",
    ),
)


def reword_checks(db: sqlite3.Connection) -> None:
    """Put the quicker checks in the place of the old ones, inside the transaction the caller holds.

    SQLite alters no check. It documents this way for words that change nothing in the rows: in the schema
    itself (Making Other Kinds Of Table Schema Changes, in the page on ALTER TABLE). A SQLite built to defend
    its schema refuses it, and keeps the slower checks.
    """
    (version,) = db.execute("PRAGMA schema_version").fetchone()
    db.execute("PRAGMA writable_schema = ON")
    try:
        db.executemany(
            "UPDATE sqlite_schema SET sql = replace(sql, ?2, ?3) WHERE type = 'table' AND name = ?1", CHECKS
        )
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname not in ("SQLITE_ERROR", "SQLITE_AUTH"):
            raise  # a full disk, a damaged file
    db.execute(f"PRAGMA schema_version = {version + 1}")
    db.execute("PRAGMA writable_schema = RESET")
