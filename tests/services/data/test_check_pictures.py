"""The pictures beside a store, as the doctor looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.services.data.check_pictures import check_pictures
from relcard.services.data.check_pictures import tidy_pictures
from relcard.store import pictures
from relcard.store.file import backups
from relcard.store.file import journal
from relcard.store.file import picture_folder
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.book import Book


def _keep(book: Book, store: str, *several: bytes) -> list[Path]:
    book.imported(card("Ann Poe"))
    with journal.step(book.db, "keep", today=TODAY):
        for data in several:
            of = pictures.Card(pictures.CARD, "2026-11-20")
            pictures.keep(book.db, 1, of, picture_folder.put(store, data))
    return [picture_folder.path_of(store, row.sha256) for row in pictures.of_contacts(book.db, [1])]


def test_missing_and_damaged_pictures_are_named(book: Book, store_path: str) -> None:
    first, second, _ = _keep(book, store_path, b"one", b"two", b"three")
    assert [*check_pictures(book.db, store_path)] == []
    first.unlink()
    second.write_bytes(b"twO")
    found = {finding.message: finding for finding in check_pictures(book.db, store_path)}
    assert set(found) == {
        f"The picture 1 of Ann Poe is missing: {first}",
        f"The picture 2 of Ann Poe is damaged: {second}",
    }
    assert all(finding.is_damage and "relcard picture" in finding.next_step for finding in found.values())


def test_a_file_goes_only_when_nothing_needs_it(book: Book, store_path: str) -> None:
    """Not as long as a row, a step of undo or a backup speaks of it; then when it is asked for."""
    one, two = _keep(book, store_path, b"one", b"two")
    with journal.step(book.db, "remove", today=TODAY):
        pictures.remove(book.db, 1)
    backups.back_up(store_path, None, today=TODAY)
    assert [*check_pictures(book.db, store_path)] == []
    book.db.execute("DELETE FROM journal_step")
    kept = backups.listed(store_path)[0].path
    assert [*check_pictures(book.db, store_path)] == []  # undo of the backup would bring it back
    kept.unlink()
    (finding,) = check_pictures(book.db, store_path)
    assert (finding.is_damage, finding.next_step) == (False, "relcard picture --tidy")
    with journal.step(book.db, "tidy", today=TODAY):
        assert tidy_pictures(book.db, store_path) == 1
    assert (one.exists(), two.exists()) == (False, True)


def test_what_an_interrupted_writing_left_is_named(book: Book, store_path: str) -> None:
    (one,) = _keep(book, store_path, b"one")
    left = one.parent / f"tmp{picture_folder.PARTIAL}"
    left.write_bytes(b"")
    (finding,) = check_pictures(book.db, store_path)
    assert (finding.is_damage, finding.next_step) == (False, f"rm {left}")


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["keep", "keep again", "remove", "undo", "backup", "lose", "tidy"]), max_size=14)
)
def test_no_picture_goes_that_anything_needs(new_book: Callable[[], Book], deeds: list[str]) -> None:
    """Whatever is kept, removed, taken back, copied, let go and tidied: rows, steps and copies have their files."""
    book = new_book()
    (store,) = (row[2] for row in book.db.execute("PRAGMA database_list"))
    book.imported(card("Ann Poe"))
    for number, deed in enumerate(deeds):
        rows = pictures.of_contacts(book.db, [1])
        if deed == "undo":
            if rows:
                journal.undo(book.db)
        elif deed == "backup":
            backups.back_up(store, None, today=TODAY)
        elif deed == "lose":
            for copy in backups.listed(store)[:1]:
                copy.path.unlink()
        else:
            with journal.step(book.db, deed, today=TODAY):
                if deed.startswith("keep"):
                    data = b"again" if deed == "keep again" else str(number).encode()
                    of = pictures.Card(pictures.CARD, "2026-11-20")
                    pictures.keep(book.db, 1, of, picture_folder.put(store, data))
                elif deed == "remove" and rows:
                    pictures.remove(book.db, rows[0].id)
                elif deed == "tidy":
                    tidy_pictures(book.db, store)
        needed = pictures.spoken_of(book.db) | backups.pictures_of_copies(store)
        there = {bytes.fromhex(path.stem) for path in picture_folder.every(store)}
        assert needed <= there
        assert deed != "tidy" or needed == there
    assert not any(finding.is_damage for finding in check_pictures(book.db, store))
