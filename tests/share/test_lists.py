"""A list begun and joined: what is refused before anything is written, and what then stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.share.codes import new_code
from relcard.share.current import repair_list
from relcard.share.current import share_list
from relcard.share.current import sharing_of
from relcard.share.lists import Laptop
from relcard.share.lists import begin_anew
from relcard.share.lists import join_list
from relcard.share.lists import start_list
from relcard.share.whereabouts import where
from relcard.store import contacts
from relcard.store.sharing import ledger
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.book import Book

ANNA = Laptop("Anna's laptop", ("notes",))


def ask(_: str) -> str:
    raise AssertionError


def start(book: Book, root: Path, *, is_plain: bool = False) -> str:
    at = where(str(root))
    store = book.db.execute("PRAGMA database_list").fetchone()[2]
    return start_list(store, at, ANNA, is_plain=is_plain, ask=ask, today=TODAY)[0].text


def test_a_list_is_begun_with_all_that_is_here(book: Book, root: Path) -> None:
    """What stands in the store is in the folder when the list has begun, sealed; the code is kept with it."""
    book.imported(card("Ada Oak", street="1 High Street"))
    code = start(book, root)
    sharing = sharing_of(book.db)
    assert (sharing.name, sharing.own, sharing.key, sharing.is_plain) == (
        "Anna's laptop",
        ("notes",),
        code,
        False,
    )
    (made,) = root.rglob("*.rcb")
    assert b"Ada" not in made.read_bytes()
    (notice,) = root.glob("*.txt")
    assert "relcard share repair" in notice.read_text()
    assert ledger.unsent(book.db) == []
    assert share_list(book.db, ask=ask, today=TODAY).remarks == []
    assert repair_list(book.db, ask=ask, today=TODAY, dry_run=False) == []


def test_a_place_has_one_list_and_a_store_shares_one(book: Book, root: Path, new_book: object) -> None:
    """A second list is begun neither in a folder that has one nor on a store that shares one."""
    start(book, root)
    with pytest.raises(UsageError, match="shares a list already"):
        start(book, root)
    ledger.end(book.db)
    with pytest.raises(UndecidedError, match="There is a list in"):
        start(book, root)
    with pytest.raises(NotFoundError, match="shares no list"):
        share_list(book.db, ask=ask, today=TODAY)


def test_nothing_is_joined_that_is_not_there(tmp_path: Path, root: Path, book: Book) -> None:
    """An empty folder, a code with a slip and the code of another list are refused before a store is made."""
    store = tmp_path / "other" / "relcard.db"

    def join(code: str) -> None:
        join_list(str(store), where(str(root)), ANNA, code, puts_aside=False, ask=ask, today=TODAY)

    with pytest.raises(NotFoundError, match="or it has not arrived"):
        join(new_code(is_plain=False).text)
    code = start(book, root)
    with pytest.raises(UsageError, match="not as it was"):
        join(f"{code[:-1]}{'0' if code[-1] != '0' else '1'}")
    for is_plain in (False, True):
        with pytest.raises(UsageError, match="not that of the list"):
            join(new_code(is_plain=is_plain).text)
    assert not store.exists()


def test_people_who_are_here_are_not_blended(
    tmp_path: Path, root: Path, book: Book, new_book: object
) -> None:
    """A store with people of its own joins only when they are put aside, and until then stays as it is."""
    other = new_book()  # type: ignore[operator]
    other.imported(card("Ada Oak"))
    code = start(other, root)
    book.imported(card("Ben Elm"))
    (*_, path) = book.db.execute("PRAGMA database_list").fetchone()
    with pytest.raises(UndecidedError, match="1 people of its own"):
        join_list(path, where(str(root)), ANNA, code, puts_aside=False, ask=ask, today=TODAY)
    assert contacts.count(book.db) == 1
    assert ledger.standing(book.db) is None


def test_a_new_list_wants_a_new_place(tmp_path: Path, root: Path, book: Book) -> None:
    """A list begun anew has another key and another folder; what stands here is in it."""
    book.imported(card("Ada Oak"))
    code = start(book, root)
    with pytest.raises(UsageError, match="a folder of its own"):
        begin_anew(book.db, where(str(root)), ask=ask, today=TODAY)
    assert sharing_of(book.db).key == code
    anew = tmp_path / "Anew"
    with pytest.raises(FileError, match="is not there"):
        begin_anew(book.db, where(str(anew)), ask=ask, today=TODAY)
    (anew / ("ab" * 16)).mkdir(parents=True)
    with pytest.raises(UndecidedError, match="There is a list in"):
        begin_anew(book.db, where(str(anew)), ask=ask, today=TODAY)
    assert sharing_of(book.db).key == code
    (anew / ("ab" * 16)).rmdir()
    renewed, _ = begin_anew(book.db, where(str(anew)), ask=ask, today=TODAY)
    assert renewed.text != code
    assert sharing_of(book.db).own == ("notes",)
    assert len([*anew.rglob("*.rcb")]) == 1
