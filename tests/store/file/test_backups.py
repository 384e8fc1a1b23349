from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from datetime import date
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.errors import FileError
from relcard.errors import StoreError
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store.file import backups
from relcard.store.file.backups import Backup
from relcard.store.file.database import open_store
from tests.support.book import card
from tests.support.disk import Disk

if TYPE_CHECKING:
    from tests.support.book import Book


@pytest.fixture
def store(store_path: str, book: Book) -> str:
    book.imported(card("Anna Nowak"), card("Jan Nowak"))
    return store_path


def _names(path: Path) -> list[str]:
    with closing(open_store(str(path))) as db:
        return [one.name for one in contacts.listing(db)]


def test_backup_is_a_store_of_its_own(store: str, today: date) -> None:
    """A copy holds what the store held, is 0600, and stands in backups/ under the day."""
    made = backups.back_up(store, None, today=today)
    assert made == Path(store).parent / "backups" / "relcard-2026-11-20.db"
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert _names(made) == ["Anna Nowak", "Jan Nowak"]
    assert sorted(one.name for one in made.parent.iterdir()) == [made.name]


def test_backup_is_on_the_disk_before_it_has_its_name(
    store: str, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut leaves no half copy under a good name: synced, then named, then the folder synced."""
    (Path(store).parent / "backups").mkdir()
    disk = Disk(monkeypatch)
    assert disk.put_safely(backups.back_up(store, None, today=today))


def test_store_that_takes_the_place_of_a_damaged_one_is_synced_first(
    store: str, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the old file cannot be written into, the new one is put in its place as safely as a backup."""
    made = backups.back_up(store, None, today=today)
    Path(store).write_bytes(b"no store at all")
    disk = Disk(monkeypatch)
    backups.replace_store(made, store)
    assert disk.put_safely(Path(store))


def test_second_backup_of_a_day_has_a_number(store: str, today: date) -> None:
    """A copy made by hand never takes the place of another."""
    made = [backups.back_up(store, None, today=today).name for _ in range(3)]
    assert made == ["relcard-2026-11-20.db", "relcard-2026-11-20-2.db", "relcard-2026-11-20-3.db"]


def test_backup_is_of_the_last_finished_step(store: str, book: Book, today: date, tmp_path: Path) -> None:
    """A copy made while a command is writing has nothing of that command."""
    book.db.execute("BEGIN IMMEDIATE")
    book.db.execute("DELETE FROM contact")
    made = backups.back_up(store, tmp_path / "copy.db", today=today)
    book.db.execute("ROLLBACK")
    assert _names(made) == ["Anna Nowak", "Jan Nowak"]


def test_damaged_store_is_not_copied(store: str, book: Book, today: date) -> None:
    """A backup is never taken of a damaged store: the doctor is named, nothing is left behind."""
    book.db.close()
    data = bytearray(Path(store).read_bytes())
    with closing(sqlite3.connect(store)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'contact'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data[(page - 1) * size : (page - 1) * size + 64] = bytes(64)
    Path(store).write_bytes(data)
    with pytest.raises(StoreError) as caught:
        backups.back_up(store, None, today=today)
    assert "doctor" in caught.value.hint
    assert list(backups.folder_of(store).iterdir()) == []


def test_store_is_never_its_own_backup(store: str, today: date) -> None:
    """The store itself is no place for its copy, nor is a folder."""
    before = Path(store).read_bytes()
    with pytest.raises(UsageError, match="itself"):
        backups.back_up(store, Path(store), today=today)
    with pytest.raises(UsageError, match="folder"):
        backups.back_up(store, Path(store).parent, today=today)
    with pytest.raises(FileError, match="Cannot write"):
        backups.back_up(store, Path(store).parent / "missing" / "copy.db", today=today)
    assert Path(store).read_bytes() == before


def test_one_automatic_copy_a_day(store: str, today: date) -> None:
    """The first risky step of a day keeps a copy, the second finds it."""
    made = backups.keep_daily(store, today=today)
    assert made is not None
    assert backups.keep_daily(store, today=today) is None
    assert [one.kind for one in backups.listed(store)] == ["automatic"]
    assert backups.keep_daily(store, today=today + timedelta(days=1)) is not None


def test_old_automatic_copies_go_and_those_by_hand_stay(store: str, today: date) -> None:
    """After a year of days seven daily and eight weekly copies are left, and everything made by hand."""
    backups.back_up(store, None, today=today - timedelta(days=365))
    folder = backups.folder_of(store)
    for days in range(1, 365):
        (folder / f"relcard-{today - timedelta(days=days)}-auto.db").write_bytes(b"")
    (folder / "another-2020-01-01-auto.db").write_bytes(b"")  # of another store in the same folder
    backups.keep_daily(store, today=today)
    found = backups.listed(store)
    automatic = [one.on for one in found if one.kind == "automatic" and one.on]
    assert automatic[:7] == [today - timedelta(days=days) for days in range(7)]
    assert len(automatic) == 7 + 6  # two of the eight weeks are among the seven days
    assert automatic[-1] == date(2026, 10, 4)  # the Sunday of the eighth week back
    assert [one.on for one in found if one.kind == "by hand"] == [today - timedelta(days=365)]
    assert (folder / "another-2020-01-01-auto.db").exists()


@given(st.sets(st.integers(0, 500), max_size=60))
def test_retention_keeps_the_newest(ages: set[int]) -> None:
    """Whatever days there are: the seven newest stay, at most fifteen do, and letting go twice is letting go once."""
    day = date(2026, 11, 20)
    copies = [
        Backup(path=Path(str(age)), on=day - timedelta(days=age), kind="automatic", size=1) for age in ages
    ]
    gone = {one.path for one in backups.outlived(copies)}
    kept = [one for one in copies if one.path not in gone]
    newest = sorted(copies, key=lambda one: one.on or day, reverse=True)
    assert all(one in kept for one in newest[:7])
    assert len(kept) <= 15
    assert backups.outlived(kept) == []
    weeks = {one.on.isocalendar()[:2] for one in kept if one.on}
    assert len(weeks) >= min(8, len({one.on.isocalendar()[:2] for one in copies if one.on}))


def test_store_is_replaced_whole(store: str, book: Book, today: date, tmp_path: Path) -> None:
    """A verified copy takes the place of the store, under the same file, also for whoever has it open."""
    made = backups.back_up(store, tmp_path / "copy.db", today=today)
    book.db.execute("DELETE FROM membership")
    book.db.execute("DELETE FROM contact WHERE name = 'Anna Nowak'")
    inode = Path(store).stat().st_ino
    backups.replace_store(made, store)
    assert Path(store).stat().st_ino == inode
    assert [one.name for one in contacts.listing(book.db)] == ["Anna Nowak", "Jan Nowak"]


@pytest.mark.parametrize("present", [b"", b"no store at all" * 99, b"SQLite format 3\0" + bytes(4080)])
def test_what_is_no_store_any_more_is_replaced(
    store: str, book: Book, today: date, tmp_path: Path, present: bytes
) -> None:
    """However damaged the store is, a verified copy takes its place; no journal of the old one meets it."""
    made = backups.back_up(store, tmp_path / "copy.db", today=today)
    book.db.close()
    Path(store).write_bytes(present)
    Path(f"{store}-journal").write_bytes(b"left by a crash")
    backups.replace_store(made, store)
    assert _names(Path(store)) == ["Anna Nowak", "Jan Nowak"]


def test_damaged_store_is_set_aside_byte_for_byte(store: str, book: Book, today: date) -> None:
    """What cannot be copied with care is copied as it is, and is not called a sound backup."""
    book.db.close()
    Path(store).write_bytes(b"no store at all")
    kept = backups.set_aside(store, today=today)
    assert kept.read_bytes() == b"no store at all"
    assert [one.is_sound for one in backups.listed(store)] == [False]
