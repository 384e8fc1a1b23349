from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from relcard.store import seen
from relcard.store.seen import Seen
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


@pytest.mark.parametrize("places", [1, seen._PLACES])
def test_what_came_in_since_is_found(book: Book, monkeypatch: pytest.MonkeyPatch, places: int) -> None:
    """Of a store that was empty at first, texts and UIDs are known once they came in, even all in one place."""
    monkeypatch.setattr(seen, "_PLACES", places)
    raws = [card("Anna Nowak"), card("Jan Ash")]
    digests = [hashlib.sha256(raw.encode()).digest() for raw in raws]
    known = Seen(book.db)
    assert known.texts(digests) == {}
    assert known.uids(["anna", "jan"]) == {}
    book.imported(*raws)
    uids = [row[0] for row in book.db.execute("SELECT uid FROM contact ORDER BY id")]
    known.add_uid(uids[0])
    known.add_uid(uids[1])
    assert known.texts([*digests, bytes(32)]) == {digests[0]: (1, 1), digests[1]: (2, 2)}
    assert known.uids([*uids, "nobody"]) == {uids[0]: 1, uids[1]: 2}


def test_a_store_with_contacts_is_always_asked(book: Book) -> None:
    """What stood in the store before is known without having been seen."""
    raw = card("Anna Nowak")
    book.imported(raw)
    known = Seen(book.db)
    digest = hashlib.sha256(raw.encode()).digest()
    assert known.texts([digest]) == {digest: (1, 1)}
    (uid,) = book.db.execute("SELECT uid FROM contact").fetchone()
    assert known.uids([uid]) == {uid: 1}
