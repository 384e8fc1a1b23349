from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.errors import StoreError
from relcard.errors import UsageError
from relcard.services.data.rescue_store import rescue_store
from relcard.services.data.restore_store import restore_store
from relcard.store.file import checks
from relcard.store.file.database import open_store
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


def _destroy(path: str, *names: str) -> None:
    """Overwrite the first page of some tables or indexes."""
    with closing(sqlite3.connect(path)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        pages = [
            db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
            for name in names
        ]
    data = bytearray(Path(path).read_bytes())
    for page in pages:
        data[(page - 1) * size : page * size] = bytes(size)
    Path(path).write_bytes(data)


@pytest.fixture
def store(book: Book, store_path: str) -> str:
    book.imported(card("Anna Nowak", street="High Street 1"), card("Jan Nowak", "CATEGORIES:choir"))
    book.db.close()
    return store_path


def test_store_with_damaged_indexes_is_built_anew(store: str, today: date, tmp_path: Path) -> None:
    """With its indexes destroyed every row is still saved, and restored the store is what it was."""
    with closing(open_store(store)) as db:
        before = dump(db)
    _destroy(store, "contact_by_name_key", "vcard_by_sha256", "address_by_contact")
    steps = [one.next_step for one in checks.examine(store).findings]
    assert "relcard doctor --rescue rescued.db" in steps
    target = tmp_path / "rescued.db"
    assert rescue_store(store, target) == 2
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    restore_store(target, store, today=today)
    assert checks.examine(store).findings == []
    with closing(open_store(store)) as db:
        assert dump(db) == before


@pytest.mark.parametrize("table", ["contact", "vcard"])
def test_lost_rows_are_not_passed_over(store: str, tmp_path: Path, table: str) -> None:
    """A store that lost rows is not rescued by leaving them out: only a backup helps, and that is said."""
    _destroy(store, table)
    before = {one.name for one in tmp_path.iterdir()}
    with pytest.raises(StoreError) as caught:
        rescue_store(store, tmp_path / "rescued.db")
    assert "backup --list" in caught.value.hint
    assert {one.name for one in tmp_path.iterdir()} == before


def test_damaged_card_is_not_passed_over(store: str, tmp_path: Path) -> None:
    """A card that is not what was imported is named, not carried into a store that looks sound."""
    data = Path(store).read_bytes()
    assert data.count(b"CATEGORIES:choir") == 1
    Path(store).write_bytes(data.replace(b"CATEGORIES:choir", b"CATEGORIES:chois"))
    with pytest.raises(StoreError, match="Jan Nowak"):
        rescue_store(store, tmp_path / "rescued.db")


def test_sound_store_needs_no_rescue(store: str, tmp_path: Path) -> None:
    """Where nothing is damaged nothing is written."""
    for path in (store, str(tmp_path / "missing.db")):
        with pytest.raises(UsageError):
            rescue_store(path, tmp_path / "rescued.db")
    assert not (tmp_path / "rescued.db").exists()
