from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.errors import StoreError
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import faults
from relcard.store.file import journal
from relcard.store.file.database import open_store
from relcard.store.file.database import session
from relcard.store.migrations import APPLICATION_ID
from relcard.store.migrations import LATEST
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tests.support.book import Book

_NOBODY = 65534


@contextmanager
def _as_reader() -> Iterator[None]:
    """Give up the rights of root, for whom no folder is read-only."""
    if os.geteuid():
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def locked_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:  # not tmp_path, whose parents only their owner may pass
        folder = Path(name)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o700)


def _refusal(path: object, *, create: bool = False) -> StoreError:
    with pytest.raises(StoreError) as caught, session(str(path), create=create) as db:
        list(contacts.listing(db))
    error = caught.value
    assert error.exit_code == 3
    assert str(path) in error.message
    assert error.message.endswith(".")
    assert error.hint
    return error


def test_file_is_for_its_owner_alone(store_path: str) -> None:
    """A new store is 0600 whatever the umask."""
    before = os.umask(0)
    try:
        open_store(store_path, create=True).close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(Path(store_path).stat().st_mode) == 0o600


def test_missing_folders_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    """Folders above a new store that are not there yet are made, 0700."""
    path = tmp_path / "a" / "relcard.db"
    open_store(str(path), create=True).close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_reading_never_makes_a_file(tmp_path: Path) -> None:
    """A store that does not exist reads as an empty one and stays away."""
    with session(str(tmp_path / "none" / "relcard.db")) as db:
        assert contacts.count(db) == 0
        assert list(contacts.listing(db)) == []
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_there_next_time(store_path: str, book: Book) -> None:
    """A store closed and opened again has its contacts, under its own application id and format."""
    book.imported(card("Anna Nowak"))
    book.db.close()
    with session(store_path) as db:
        assert [one.name for one in contacts.listing(db)] == ["Anna Nowak"]
        assert db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert db.execute("PRAGMA user_version").fetchone()[0] == LATEST
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_finished_command_outlives_a_power_cut(store_path: str) -> None:
    """Every way to a store opens it to sync the file, its journal and the folder: EXTRA, under a rollback journal."""
    with closing(open_store(store_path, create=True)) as db:
        _assert_durable(db)
    with closing(open_store(store_path)) as db:
        _assert_durable(db)
    with session(store_path) as db:
        _assert_durable(db)


def _assert_durable(db: sqlite3.Connection) -> None:
    asked = {
        name: db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("synchronous", "journal_mode", "foreign_keys")
    }
    assert asked == {"synchronous": 3, "journal_mode": "delete", "foreign_keys": 1}


def test_database_of_another_program_is_refused_and_untouched(tmp_path: Path) -> None:
    """A SQLite file of another program is named as such and keeps every byte."""
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE song (title TEXT)")
        other.commit()
    before = path.read_bytes()
    assert "another program" in _refusal(path, create=True).message
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["hello\n", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n" * 100])
def test_text_file_is_refused_and_untouched(tmp_path: Path, text: str) -> None:
    """A vCard given as the store is no store, and keeps every byte."""
    path = tmp_path / "contacts.vcf"
    path.write_text(text)
    assert "not a relcard store" in _refusal(path, create=True).message
    assert path.read_text() == text


def test_folder_is_refused(tmp_path: Path) -> None:
    """A folder is no store."""
    assert "folder" in _refusal(tmp_path, create=True).message


def test_newer_store_is_refused_and_untouched(store_path: str, db: sqlite3.Connection) -> None:
    """A store of a format to come is not touched, and the update is named."""
    db.execute(f"PRAGMA user_version = {LATEST + 1}")
    db.close()
    before = Path(store_path).read_bytes()
    error = _refusal(store_path, create=True)
    assert "newer relcard" in error.message
    assert "make install in its folder" in error.hint
    assert Path(store_path).read_bytes() == before


@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_truncated_store_is_called_damaged(store_path: str, book: Book, share: float) -> None:
    """A store that lost its end is named as damaged, never read as far as it goes."""
    book.imported(*(card(f"Anna N{number}") for number in range(30)))
    book.db.close()
    data = Path(store_path).read_bytes()
    Path(store_path).write_bytes(data[: int(len(data) * share)])
    error = _refusal(store_path)
    assert "damaged" in error.message
    assert "backup" in error.hint


def test_text_that_is_none_any_more_sends_to_the_doctor(store_path: str, book: Book) -> None:
    """A flipped bit in a name may leave no UTF-8 behind: Python says so, not SQLite, and the doctor is named."""
    book.imported(card("Anna Nowak"))
    book.db.execute("UPDATE contact SET name = CAST(x'ff' AS TEXT)")
    book.db.close()
    assert "relcard doctor" in _refusal(store_path).hint


def test_store_cannot_be_made_in_a_read_only_folder(locked_folder: Path) -> None:
    """Where nothing may be written no store is made; the way out is named."""
    with _as_reader():
        error = _refusal(locked_folder / "relcard.db", create=True)
    assert "Cannot make a store" in error.message
    assert "--store" in error.hint


def test_store_in_a_read_only_folder_is_read_and_not_changed(
    store_path: str, book: Book, today: date, locked_folder: Path
) -> None:
    """A store on read-only media can be looked at; a change is refused with the way out."""
    book.imported(card("Anna Nowak"))
    book.db.close()
    path = locked_folder / "relcard.db"
    path.write_bytes(Path(store_path).read_bytes())
    path.chmod(0o444)
    with _as_reader():
        with session(str(path)) as db:
            assert contacts.count(db) == 1
        with (
            pytest.raises(StoreError) as caught,
            session(str(path)) as db,
            journal.step(db, "note", today=today),
        ):
            relationships.add_note(db, 1, "a note", on=today)
    assert "read-only" in caught.value.message
    assert "--store" in caught.value.hint


def test_second_writer_waits_and_is_then_told(
    store_path: str, book: Book, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While one command writes, another one ends with a sentence, and the first is not harmed."""
    book.imported(card("Anna Nowak"))
    monkeypatch.setattr(faults, "BUSY_SECONDS", 0.05)
    with journal.step(book.db, "first", today=today):
        relationships.add_note(book.db, 1, "first", on=today)
        with (
            pytest.raises(StoreError) as caught,
            session(store_path) as other,
            journal.step(other, "second", today=today),
        ):
            relationships.add_note(other, 1, "second", on=today)
    assert "in use" in caught.value.message
    assert "Wait" in caught.value.hint
    assert [one.text for one in relationships.notes(book.db, [1])] == ["first"]


def test_reader_sees_the_last_finished_step(store_path: str, book: Book, today: date) -> None:
    """A reader beside an open step sees the store as it was before that step."""
    book.imported("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Nowak\r\nEND:VCARD\r\n")
    with journal.step(book.db, "note", today=today):
        relationships.add_note(book.db, 1, "unfinished", on=today)
        with session(store_path) as other:
            assert relationships.notes(other, [1]) == []
    with session(store_path) as other:
        assert len(relationships.notes(other, [1])) == 1


def test_foreign_keys_hold(db: sqlite3.Connection, today: date) -> None:
    """Nothing can be kept of a contact that is not there."""
    with pytest.raises(sqlite3.IntegrityError), journal.step(db, "note", today=today):
        relationships.add_note(db, 999, "nobody", on=today)
    assert db.execute("SELECT count(*) FROM note").fetchone()[0] == 0


def test_failed_step_leaves_nothing(book: Book, today: date) -> None:
    """A command that fails on its way leaves every table, and the history, as it found them."""
    book.imported(card("Anna Nowak"))
    before, steps = dump(book.db), journal.history(book.db)

    def fail() -> None:
        with journal.step(book.db, "fails", today=today):
            relationships.add_note(book.db, 1, "gone", on=today)
            relationships.add_tag(book.db, 1, "gone")
            relationships.add_note(book.db, 999, "of nobody", on=today)

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    assert dump(book.db) == before
    assert journal.history(book.db) == steps
    book.imported(card("Jan Nowak"))  # and the next one works
    assert contacts.count(book.db) == 2


def test_dry_run_leaves_nothing(store_path: str, book: Book, today: date) -> None:
    """A dry run does everything and keeps nothing, not even a line of history."""
    book.imported(card("Anna Nowak"))
    before, steps = Path(store_path).read_bytes(), journal.history(book.db)
    with journal.step(book.db, "note", today=today, dry_run=True):
        relationships.add_note(book.db, 1, "seen inside", on=today)
        assert len(relationships.notes(book.db, [1])) == 1
    assert relationships.notes(book.db, [1]) == []
    assert journal.history(book.db) == steps
    assert Path(store_path).read_bytes() == before
