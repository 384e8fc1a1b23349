from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.errors import StoreError
from relcard.store import migrations
from relcard.store.file.database import open_store
from relcard.store.migrations import run
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.book import Book


def _schema(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return [tuple(row) for row in db.execute("SELECT name, sql FROM sqlite_schema ORDER BY name")]


def test_new_store_has_the_latest_format(db: sqlite3.Connection) -> None:
    """A fresh store names its format and holds every table, all of them STRICT."""
    assert db.execute("PRAGMA user_version").fetchone()[0] == migrations.LATEST
    rows = db.execute("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    is_strict = {name: bool(strict) for name, strict in rows if not name.startswith("sqlite_")}
    assert len(is_strict) > 10
    assert all(is_strict.values())


def _made(*formats: int | None) -> sqlite3.Connection:
    """Return a store in memory that was brought to each of some formats, None being the latest."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for number in formats:
        run.apply(db, up_to=number)
    return db


def test_new_store_is_what_a_store_of_every_format_becomes() -> None:
    """The newest schema as it is written down is the one that the steps lead to, from format 1 on."""
    with closing(_made(None)) as new, closing(_made(*range(1, migrations.LATEST + 1))) as old:
        assert run.described(new) == run.described(old)
        for mark, value in (("application_id", migrations.APPLICATION_ID), ("user_version", len(run.STEPS))):
            assert [db.execute(f"PRAGMA {mark}").fetchone() for db in (new, old)] == [(value,), (value,)]
    assert len(run.STEPS) == migrations.LATEST


def test_columns_stand_in_the_same_order_in_new_and_migrated_stores() -> None:
    """An archive lists columns in their order, and must be readable whichever way the store came to be."""
    with closing(_made(None)) as new, closing(_made(1, None)) as old:
        for kind, name in run.described(new):
            if kind == "table":
                columns = [db.execute(f"PRAGMA table_xinfo({name})").fetchall() for db in (new, old)]
                assert columns[0] == columns[1]


@pytest.mark.parametrize("formats", [(None,), (1, None), (4, 5), (5, None)])
def test_nobody_edits_the_schema_of_a_store(formats: tuple[int | None, ...]) -> None:
    """Tables are made and rebuilt by SQLite's own statements, which it checks; its schema table is only read."""
    statements: list[str] = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.set_trace_callback(statements.append)
        for number in formats:
            run.apply(db, up_to=number)
    assert len(statements) > 5
    assert not [one for one in statements if "writable_schema" in one or "UPDATE sqlite_" in one]


def test_foreign_keys_hold_after_a_migration() -> None:
    """They are off only while tables are rebuilt, and off stays off for a caller who had them off."""
    for state in ("ON", "OFF"):
        with closing(_made(4)) as db:
            db.execute(f"PRAGMA foreign_keys = {state}")
            before = db.execute("PRAGMA foreign_keys").fetchone()
            run.apply(db)
            assert db.execute("PRAGMA foreign_keys").fetchone() == before


def test_migration_that_loses_a_row_others_point_to_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step after which a row points to nothing fails, and the store stands as it was."""

    def careless(db: sqlite3.Connection) -> None:
        db.execute("DELETE FROM household")

    with closing(_made(None)) as db:
        db.execute("INSERT INTO household (id, stated, reason, formality) VALUES (1, 0, '', 'formal')")
        db.execute(
            "INSERT INTO season (id, name, occasion, year, started_on, closed_on) VALUES (1, 'easter-2027', 'easter', 2027, '2027-01-01', NULL)"
        )
        db.execute(
            "INSERT INTO recipient (season_id, household_id, state, reason) VALUES (1, 1, 'planned', '')"
        )
        before = dump(db)
        monkeypatch.setattr(run, "STEPS", (*run.STEPS, careless))
        with pytest.raises(sqlite3.IntegrityError, match="point"):
            run.apply(db)
        assert dump(db) == before
        assert db.execute("PRAGMA user_version").fetchone() == (migrations.LATEST,)


def test_row_that_pointed_to_nothing_before_is_no_reason_to_refuse() -> None:
    """A damaged old store is brought up all the same; its doctor names the damage before and after."""
    with closing(_made(4)) as db:
        db.execute("INSERT INTO note (contact_id, noted_on, text) VALUES (9, '2026-01-01', 'lost')")
        run.apply(db)
        assert [row[:4] for row in dump(db)["note"]] == [(1, 9, "2026-01-01", "lost")]


def test_strict_tables_refuse_another_type(db: sqlite3.Connection) -> None:
    """Text where a number belongs is an error, not a surprise years later."""
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO season (name, occasion, year, started_on) VALUES ('x', 'x', 'many', 'x')")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE circle SET circle = 'nearest'",
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
    db.execute("INSERT INTO circle (contact_id, circle, said_on) VALUES (1, 'inner', '2026-01-01')")
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
    monkeypatch.setattr(run, "STEPS", (*run.STEPS, broken))
    monkeypatch.setattr(migrations, "LATEST", version + 1)
    with pytest.raises(StoreError, match="half"):
        open_store(path)
    with closing(sqlite3.connect(path)) as db:
        assert _schema(db) == before
        assert db.execute("PRAGMA user_version").fetchone()[0] == version
        assert db.execute("PRAGMA application_id").fetchone()[0] == migrations.APPLICATION_ID
        assert db.execute("SELECT count(*) FROM source").fetchone()[0] == 1


def test_next_migration_runs_once_and_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store of the format before is brought up when it is opened, and keeps its rows."""
    path = str(tmp_path / "relcard.db")
    with closing(open_store(path, create=True)) as db:
        db.execute("INSERT INTO source (name, imported_on) VALUES ('a.vcf', '2026-01-01')")

    def next_format(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE source ADD COLUMN size INTEGER")

    version = migrations.LATEST
    monkeypatch.setattr(run, "STEPS", (*run.STEPS, next_format))
    monkeypatch.setattr(migrations, "LATEST", version + 1)
    for _ in range(2):
        with closing(open_store(path)) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == version + 1
            assert [tuple(row) for row in db.execute("SELECT name, size FROM source")] == [("a.vcf", None)]
