from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.errors import StoreError
from relcard.store import migrations
from relcard.store.file.database import APPLICATION_ID
from relcard.store.file.database import open_store
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.book import Book


def _schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")]


def test_new_store_has_the_latest_format(db: sqlite3.Connection) -> None:
    """A fresh store names its format and holds every table, all of them STRICT."""
    assert db.execute("PRAGMA user_version").fetchone()[0] == migrations.LATEST
    tables = [
        row for row in db.execute("PRAGMA table_list") if row["schema"] == "main" and row["type"] == "table"
    ]
    ours = [row for row in tables if not row["name"].startswith("sqlite_")]
    assert len(ours) > 10
    assert [row["name"] for row in ours if not row["strict"]] == []


def test_strict_tables_refuse_another_type(db: sqlite3.Connection) -> None:
    """Text where a number belongs is an error, not a surprise years later."""
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO season (name, occasion, year, started_on) VALUES ('x', 'x', 'many', 'x')")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE contact SET circle = 'nearest'",
        "UPDATE contact SET kind = 'group'",
        "UPDATE membership SET role = 'guest'",
        "UPDATE occasion SET kind = 'party'",
    ],
)
def test_words_that_a_column_does_not_know_are_refused(
    db: sqlite3.Connection, book: Book, statement: str
) -> None:
    """Circles, roles and kinds are checked by the store itself; the known words pass."""
    book.imported(card("Anna Nowak", "BDAY:1980-04-12"))
    db.execute("UPDATE contact SET circle = 'inner'")
    db.execute("UPDATE membership SET role = 'organiser'")
    db.execute("UPDATE occasion SET kind = 'custom'")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_store_is_not_migrated_twice(store_path: str, db: sqlite3.Connection) -> None:
    """Opening a store of the present format again changes no table."""
    before = _schema(db)
    with closing(open_store(store_path)) as again:
        assert _schema(again) == before


def test_failing_migration_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step that fails half way is rolled back with its record, and what it found is still there."""
    path = str(tmp_path / "relcard.db")
    with closing(open_store(path, create=True)) as db:
        db.execute("INSERT INTO source (name, imported_on) VALUES ('a.vcf', '2026-01-01')")
        before = _schema(db)

    def broken(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
        db.execute("DELETE FROM source")
        db.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")

    version = migrations.LATEST
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, broken))
    monkeypatch.setattr(migrations, "LATEST", version + 1)
    with pytest.raises(StoreError, match="half"):
        open_store(path)
    with closing(sqlite3.connect(path)) as db:
        assert _schema(db) == before
        assert db.execute("PRAGMA user_version").fetchone()[0] == version
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("SELECT count(*) FROM source").fetchone()[0] == 1


def test_next_migration_runs_once_and_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the format before is brought up when it is opened, and keeps its rows."""
    path = str(tmp_path / "relcard.db")
    with closing(open_store(path, create=True)) as db:
        db.execute("INSERT INTO source (name, imported_on) VALUES ('a.vcf', '2026-01-01')")

    def next_format(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE source ADD COLUMN size INTEGER")

    version = migrations.LATEST
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, next_format))
    monkeypatch.setattr(migrations, "LATEST", version + 1)
    for _ in range(2):
        with closing(open_store(path)) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == version + 1
            assert [tuple(row) for row in db.execute("SELECT name, size FROM source")] == [("a.vcf", None)]
