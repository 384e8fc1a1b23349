from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from relcard.store import migrations
from relcard.store import quick_rows
from relcard.store.file.database import APPLICATION_ID


def _checks(db: sqlite3.Connection) -> list[bool]:
    """Return of each check whether the quicker one stands in its table."""
    found = dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'"))
    return [new in found[table] for table, _, new in quick_rows.CHECKS]


def _insert(db: sqlite3.Connection, circle: str) -> None:
    db.execute(
        "INSERT INTO contact (uid, kind, name, name_key, sort_key, search, circle, country, detail, added_on) "
        "VALUES (?1, 'individual', '', '', '', '', ?1, '', '', '')",
        (circle,),
    )


def test_the_quicker_checks_refuse_the_same_words() -> None:
    """After the change the checks stand reworded, and a word that is no circle is still refused."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrations.apply(db, application_id=APPLICATION_ID)
        assert all(_checks(db))
        _insert(db, "inner")
        with pytest.raises(sqlite3.IntegrityError):
            _insert(db, "innermost")
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_sqlite_that_defends_its_schema_keeps_the_old_checks() -> None:
    """Where the schema may not be written, the store goes on with the checks it had."""

    def defended(action: int, table: str | None, *_: str | None) -> int:
        return (
            sqlite3.SQLITE_DENY
            if (action, table) == (sqlite3.SQLITE_UPDATE, "sqlite_master")
            else sqlite3.SQLITE_OK
        )

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrations.apply(db, application_id=APPLICATION_ID, up_to=4)
        db.set_authorizer(defended)
        quick_rows.reword_checks(db)
        db.set_authorizer(None)
        assert not any(_checks(db))
        with pytest.raises(sqlite3.IntegrityError):
            _insert(db, "innermost")
