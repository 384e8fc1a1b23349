from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store.file import completions
from relcard.store.file.database import open_store
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.support.book import Book


def test_no_store_is_made(tmp_path: Path) -> None:
    """Where there is no store there is nothing to read, and nothing is left behind."""
    with completions.looking(str(tmp_path / "relcard.db")) as db:
        assert db is None
    assert not list(tmp_path.iterdir())


def test_a_store_may_be_called_anything(tmp_path: Path) -> None:
    """Signs that mean something in a URI are parts of a name like any other."""
    path = str(tmp_path / "50% #1? mine.db")
    open_store(path, create=True).close()
    with completions.looking(path) as db:
        assert db is not None
        assert completions.tags(db) == []
    assert [one.name for one in tmp_path.iterdir()] == ["50% #1? mine.db"]


def test_a_file_of_another_program_is_nothing(tmp_path: Path) -> None:
    """Text, or a store of another format, is passed over without a word."""
    path = tmp_path / "relcard.db"
    path.write_text("not a store at all, but long enough to be looked into " * 20, encoding="utf-8")
    with completions.looking(str(path)) as db:
        assert db is None


def test_a_store_in_use_is_not_waited_for(
    book: Book, store_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another command writes, the shell is told nothing rather than made to wait."""
    monkeypatch.setattr(completions, "_PATIENCE", 0.0)
    book.db.execute("BEGIN EXCLUSIVE")
    with completions.looking(store_path) as db:
        assert db is None
    book.db.execute("ROLLBACK")


def test_names_are_found_by_any_word(book: Book, store_path: str) -> None:
    """Each word of a name may be the one that is typed, without its accents; a part within a word is not."""
    book.imported(card("Anna Kowalska"), card("Zoë Müller"), card("Jo Nowakowska"))
    with completions.looking(store_path) as db:
        assert db is not None
        assert completions.names(db, "kow") == ["Anna Kowalska"]
        assert completions.names(db, "muller z") == ["Zoë Müller"]
        assert sorted(completions.names(db, "")) == ["Anna Kowalska", "Jo Nowakowska", "Zoë Müller"]
        assert completions.households(db, "2") == [(2, "Zoë Müller")]
