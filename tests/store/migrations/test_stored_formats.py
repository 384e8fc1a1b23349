from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from relcard.errors import StoreError
from relcard.store import migrations
from relcard.store.file import backups
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.file.database import open_store
from relcard.store.migrations import run
from tests.support.book import dump

STORES = Path(__file__).parents[2] / "data" / "stores"
FORMATS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(STORES.glob("v*.sql"))}
# As a SQLite that defends its schema left it: the checks of format 4 stayed.
FORMATS["v005, slower checks"] = (
    FORMATS["v005"]
    .replace("(circle IS NULL OR circle IN (", "(circle IN (")
    .replace("(role IS NULL OR role IN (", "(role IN (")
    .replace("'anniversary') OR kind IN ('remembrance'", "'anniversary', 'remembrance'")
)


@pytest.fixture(params=FORMATS)
def old(request: pytest.FixtureRequest, store_path: str) -> str:
    """Make a store as an older relcard left it, of mode 0600."""
    os.close(os.open(store_path, os.O_CREAT | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(store_path)) as db:
        db.executescript(FORMATS[request.param])
    return store_path


def _version(path: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_there_is_a_stored_store_of_every_format_before_this() -> None:
    """No format is left behind untested."""
    assert [name for name in FORMATS if "," not in name] == [
        f"v{number:03}" for number in range(1, migrations.LATEST)
    ]


def test_old_store_becomes_what_a_new_one_is(old: str) -> None:
    """An older store has, once opened, the schema of a fresh one, and every row it had."""
    before = dump(old, with_journal=True)
    with closing(open_store(old)) as db, closing(open_store(":memory:")) as fresh:
        assert run.described(db) == run.described(fresh)
    after = dump(old, with_journal=True)
    for name, rows in before.items():
        if name == "contact":  # circle, its day and the cadence are rows of their own now
            rows[:] = [(*row[:8], *row[11:]) for row in rows]
        if name == "journal_entry":
            continue  # as above; the next test takes them back
        old_parts = [row[: len(rows[0])] for row in after[name]] if rows else after[name]
        assert old_parts == rows  # newer columns stand behind the old ones
    assert len(before["vcard"]) == 4
    found = checks.examine(old)
    assert found.findings == []
    assert found.version == migrations.LATEST


def test_old_store_can_be_undone_after_it_was_brought_up(old: str) -> None:
    """The steps of before can still be taken back, all of them."""
    with closing(open_store(old)) as db:
        while journal.undo(db):
            pass
        assert db.execute("SELECT count(*) FROM contact").fetchone()[0] == 0
        assert db.execute("SELECT count(*) FROM vcard").fetchone()[0] == 0
    damaged = [finding for finding in checks.examine(old).findings if finding.message.startswith("The row")]
    assert damaged == []


def test_circle_and_cadence_of_a_contact_become_rows(store_path: str) -> None:
    """What stood in columns is there, steps that had changed it put it back, one that removed the contact, too."""
    with closing(sqlite3.connect(store_path)) as db:
        db.executescript(FORMATS["v006"])
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("DELETE FROM journal_step")
        db.execute("UPDATE contact SET circle = 'wide', circle_on = NULL, cadence_days = 0 WHERE id = 2")
        _old_step(db, "UPDATE", 1, "circle = 'inner', circle_on = '2031-02-03'")
        _old_step(db, "UPDATE", 2, """cadence_days = 40, name = 'it''s "circle" = ''close'', "id" = 7'""")
        _old_step(db, "INSERT", 3, "circle = 'friend', circle_on = '2030-01-01', cadence_days = 9")
        db.execute("DELETE FROM contact WHERE id = 3")
        db.commit()
    said = "SELECT id, circle, said_on, days FROM contact LEFT JOIN circle ON circle.contact_id = id "
    said += "LEFT JOIN cadence ON cadence.contact_id = id ORDER BY id"
    with closing(open_store(store_path)) as db:
        added_on = db.execute("SELECT added_on FROM contact").fetchone()[0]
        now = [(1, "close", "2026-11-20", None), (2, "wide", added_on, 0)]
        assert db.execute(said).fetchall() == now
        journal.undo(db)
        assert db.execute(said).fetchall() == [*now, (3, "friend", "2030-01-01", 9)]
        journal.undo(db)
        assert db.execute(said).fetchall()[1] == (2, None, None, 40)
        named = """it's "circle" = 'close', "id" = 7"""
        assert db.execute("SELECT name FROM contact WHERE id = 2").fetchone() == (named,)
        journal.undo(db)
        assert db.execute(said).fetchall()[0] == (1, "inner", "2031-02-03", None)


def _old_step(db: sqlite3.Connection, way: str, contact_id: int, before: str) -> None:
    """Write the step that led from another state of a contact to that of now, as format 6 has it."""
    db.execute("SAVEPOINT other")
    db.execute("UPDATE contact SET circle = NULL, circle_on = NULL, cadence_days = NULL")
    db.execute(f"UPDATE contact SET {before}")
    columns = [row[1] for row in db.execute("PRAGMA table_info(contact)")]
    values = db.execute(
        f"SELECT {', '.join(f'quote({name})' for name in columns)} FROM contact WHERE id = ?", (contact_id,)
    ).fetchone()
    db.execute("ROLLBACK TO other")
    pairs = ", ".join(f'"{name}" = {value}' for name, value in zip(columns, values, strict=True))
    names = ", ".join(f'"{name}"' for name in columns)
    inverse = f'UPDATE "contact" SET {pairs} WHERE rowid = {contact_id}'
    if way == "INSERT":
        inverse = f'INSERT INTO "contact" ({names}) VALUES ({", ".join(values)})'
    step = db.execute("INSERT INTO journal_step (command, done_on) VALUES ('x', '2026-11-20')").lastrowid
    db.execute(
        "INSERT INTO journal_entry (step_id, name, row_id, inverse) VALUES (?, 'contact', ?, ?)",
        (step, contact_id, inverse),
    )


def test_copy_is_kept_before_the_format_changes(old: str) -> None:
    """The store as it was lies verified among the backups, mode 0600, and a second opening adds none."""
    before, version = dump(old, with_journal=True), _version(old)
    for _ in range(2):
        open_store(old).close()
    (kept,) = backups.listed(old)
    assert kept.kind == "before a new format"
    assert _version(str(kept.path)) == version
    assert dump(str(kept.path), with_journal=True) == before
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_failing_step_leaves_the_old_file_and_says_where_the_copy_is(
    old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a later step fails the earlier ones are taken back too; the message names the copy."""

    def broken(db: sqlite3.Connection) -> None:
        db.execute("DROP TABLE note")
        raise ZeroDivisionError

    before, version = dump(old, with_journal=True), _version(old)
    monkeypatch.setattr(run, "STEPS", (*run.STEPS, broken))
    monkeypatch.setattr(migrations, "LATEST", migrations.LATEST + 1)
    with pytest.raises(StoreError) as caught:
        open_store(old)
    assert _version(old) == version
    assert dump(old, with_journal=True) == before
    (kept,) = backups.listed(old)
    assert str(kept.path) in caught.value.hint
    assert "stands as it was" in caught.value.message


def test_store_is_not_changed_when_no_copy_can_be_kept(old: str) -> None:
    """Without a backup there is no change of format."""
    backups.folder_of(old).write_text("a file stands where the folder should")
    before = Path(old).read_bytes()
    with pytest.raises(StoreError, match="left as it is"):
        open_store(old)
    assert Path(old).read_bytes() == before


_KILLED = """
import os, signal, sys
from relcard.store.file.database import open_store
from relcard.store.migrations import run
last = run.STEPS[-1]
def killed(db):
    last(db)
    db.execute("PRAGMA cache_spill = 1")
    db.execute("PRAGMA cache_size = 1")
    db.execute("UPDATE contact SET search = search || zeroblob(9000)")
    os.kill(os.getpid(), signal.SIGKILL)
run.STEPS = (*run.STEPS[:-1], killed)
open_store(sys.argv[1])
"""


def test_kill_in_the_middle_leaves_the_old_format(old: str) -> None:
    """A process killed half way through a change of format leaves the old one, and the next one ends it."""
    before, version = dump(old, with_journal=True), _version(old)
    done = subprocess.run([sys.executable, "-c", _KILLED, old], check=False)
    assert done.returncode == -9
    assert _version(old) == version
    assert dump(old, with_journal=True) == before
    with closing(open_store(old)) as db:
        assert dump(db)["contact"]
    assert _version(old) == migrations.LATEST


def test_what_was_said_in_words_alone_becomes_a_value(store_path: str) -> None:
    """Which season's card came back to retire an address, and who is in a season for their card alone."""
    with closing(sqlite3.connect(store_path)) as db:
        db.executescript(FORMATS["v006"])
        contact, home = db.execute("SELECT contact_id, household_id FROM membership").fetchone()
        (season,) = db.execute(
            """INSERT INTO season (name, occasion, year, started_on)
               VALUES ('easter-2031', 'easter', 2031, '2031-01-01') RETURNING id"""
        ).fetchone()
        db.execute(
            """INSERT INTO recipient (season_id, household_id, state, reason)
               VALUES (?, ?, 'returned', 'their card came')""",
            (season, home),
        )
        db.execute("DELETE FROM address WHERE contact_id = ?", (contact,))
        for street, retired_on in (("1 Quay", "2031-04-01"), ("2 Quay", "2029-01-01"), ("3 Quay", None)):
            db.execute(
                """INSERT INTO address (contact_id, po_box, extended, street, locality, region, postcode,
                                        country, country_code, label, types, preferred, letterbox, retired_on)
                   VALUES (?, '', '', ?, '', '', '', '', '', '', '', 0, '', ?)""",
                (contact, street, retired_on),
            )
        db.execute(
            "INSERT INTO note (contact_id, noted_on, text) VALUES (?, '2031-04-01', ?)",
            (contact, "the card of easter-2031 came back from 1 Quay"),
        )
        db.commit()
    with closing(open_store(store_path)) as db:
        returned = db.execute(
            "SELECT street, returned_season FROM address WHERE contact_id = ? ORDER BY id", (contact,)
        )
        assert returned.fetchall() == [("1 Quay", "easter-2031"), ("2 Quay", None), ("3 Quay", None)]
        (theirs,) = db.execute(
            "SELECT by_their_card FROM recipient WHERE season_id = ?", (season,)
        ).fetchone()
        assert theirs == 1
