"""Which pictures there are of cards that came."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from relcard.services.importing.merge_contacts import merge_contacts
from relcard.store import pictures
from relcard.store.file import journal
from relcard.store.pictures import CARD
from relcard.store.pictures import ENVELOPE
from relcard.store.pictures import Card
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book


def _sum(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def _kept(book: Book, contact_id: int, of: Card, *names: str) -> list[bool]:
    with journal.step(book.db, "keep", today=TODAY):
        return [pictures.keep(book.db, contact_id, of, _sum(name)) for name in names]


def test_pictures_come_newest_card_first_and_front_first(open_season: Book) -> None:
    """A card of a season is of its year, whenever it came; one of January is of the year before."""
    ada = open_season.id_of("Ada Oak")
    assert _kept(open_season, ada, Card(CARD, "2025-01-03"), "a") == [True]
    assert _kept(open_season, ada, Card(CARD, "2019"), "b") == [True]
    assert _kept(open_season, ada, Card(CARD, "2027-02-01", 1), "front", "inside") == [True, True]
    assert _kept(open_season, ada, Card(ENVELOPE, "2027-02-01", 1), "envelope") == [True]
    assert _kept(open_season, ada, Card(CARD, "2027-02-01", 1), "front", "back") == [False, True]
    rows = pictures.of_contacts(open_season.db, [ada])
    assert [(row.year, row.season, row.kind, row.place) for row in rows] == [
        (2026, "christmas-2026", "card", 1),
        (2026, "christmas-2026", "card", 2),
        (2026, "christmas-2026", "card", 3),
        (2026, "christmas-2026", "envelope", 1),
        (2024, "", "card", 1),
        (2019, "", "card", 1),
    ]
    assert rows[2].sha256 == _sum("back")


def test_two_stores_call_the_same_picture_the_same(book: Book) -> None:
    """Its UUID is made of the contact's and of the bytes."""
    book.imported(card("Ann Poe"))
    _kept(book, 1, Card(CARD, "2026-11-20"), "a")
    (first,) = pictures.of_contacts(book.db, [1])
    with journal.step(book.db, "again", today=TODAY):
        pictures.remove(book.db, first.id)
    _kept(book, 1, Card(ENVELOPE, "2026-11-21"), "a")
    (second,) = pictures.of_contacts(book.db, [1])
    assert first.uuid == second.uuid
    assert first.uuid[6] >> 4 == 5


def test_a_merge_keeps_the_pictures_of_both_once(book: Book) -> None:
    book.imported(card("Ann Poe", uid="a"), card("Ann Poe", uid="b"))
    _kept(book, 1, Card(CARD, "2026-11-20"), "a", "b")
    _kept(book, 2, Card(CARD, "2025"), "b", "c")
    before = dump(book.db)
    with journal.step(book.db, "merge", today=TODAY):
        merge_contacts(book.db, 1, 2, take={}, today=TODAY)
    rows = pictures.of_contacts(book.db, [1])
    assert sorted(row.sha256 for row in rows) == sorted(map(_sum, "abc"))
    journal.undo(book.db)
    assert dump(book.db) == before


def test_what_undo_would_bring_back_is_spoken_of(book: Book) -> None:
    """A picture that was taken away is needed as long as the step can be taken back."""
    book.imported(card("Ann Poe"))
    _kept(book, 1, Card(CARD, "2026-11-20"), "a", "b")
    with journal.step(book.db, "remove", today=TODAY):
        pictures.remove(book.db, pictures.of_contacts(book.db, [1])[0].id)
    assert pictures.spoken_of(book.db) == {_sum("a"), _sum("b")}
    assert pictures.every_sha256(book.db) == {_sum("b"): (2, "Ann Poe")}
    book.db.execute("DELETE FROM journal_step")
    assert pictures.spoken_of(book.db) == {_sum("b")}
