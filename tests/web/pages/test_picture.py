from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from relcard.store import pictures
from relcard.store.file import journal
from relcard.store.file import picture_folder
from tests.support.book import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.book import Book
    from tests.support.visitor import Visitor


def test_a_picture_is_seen_by_paired_devices_alone(
    phone: Visitor, visitor: Callable[[], Visitor], book: Book, store_path: str
) -> None:
    """By its UUID and nothing else; a browser keeps nothing of it, and what is gone is no page."""
    with journal.step(book.db, "picture", today=TODAY):
        sha256 = picture_folder.put(store_path, b"\xff\xd8 a garden")
        pictures.keep(book.db, 1, pictures.Card(pictures.CARD, "2025"), sha256)
    (row,) = pictures.of_contacts(book.db, [1])
    path = f"/pictures/{UUID(bytes=row.uuid)}"
    answer = phone.get(path)
    assert (answer.status, answer.body) == (200, b"\xff\xd8 a garden")
    assert (answer.header("content-type"), answer.header("cache-control")) == ("image/jpeg", "no-store")
    assert visitor().get(path, follow=False).header("location") == "/pair"
    for other in (UUID(int=1), sha256.hex(), "1", "..%2F..%2Frelcard.db", f"{UUID(bytes=row.uuid)}/x"):
        assert phone.get(f"/pictures/{other}").status == 404
    picture_folder.path_of(store_path, sha256).write_bytes(b"something else")
    answer = phone.get(path)
    assert (answer.status, "missing or damaged" in answer.words) == (404, True)
