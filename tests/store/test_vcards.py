from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from relcard.store import vcards
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

ODD = b"BEGIN:VCARD\r\nX-ODD:\xff\x00\r\nEND:VCARD\r\n"


def test_bytes_come_back_as_they_were(book: Book) -> None:
    """Bytes that are no text, and a zero among them, are kept; the file and line stand beside them."""
    book.imported(card("Anna Nowak"), ODD, source="phone.vcf")
    anna, odd = vcards.all_cards(book.db)
    assert (odd.raw, odd.source, odd.line, odd.contact_id) == (ODD, "phone.vcf", 7, None)
    assert (anna.raw, anna.line, anna.contact_id) == (card("Anna Nowak").encode(), 1, 1)


def test_every_card_has_a_true_hash(book: Book) -> None:
    """Beside every raw card stands the sha256 of its bytes, after an update too."""
    book.imported(card("Anna Nowak"), card("Jan Ash"), ODD)
    book.imported(card("Anna Nowak", "NOTE:new"))
    rows = book.db.execute("SELECT raw, sha256 FROM vcard").fetchall()
    assert len(rows) == 3
    assert all(hashlib.sha256(raw).digest() == digest for raw, digest in rows)


def test_known_is_only_the_very_text(book: Book) -> None:
    """A hash that begins like that of a stored card is not known for it."""
    raw = card("Anna Nowak").encode()
    book.imported(raw.decode())
    digest = hashlib.sha256(raw).digest()
    assert vcards.known(book.db, [digest, digest[:8] + bytes(24), bytes(32)]) == {digest: (1, 1)}


def test_newer_text_takes_the_place_of_the_old(book: Book) -> None:
    """The card keeps its place in the order; what was wrong with its old text is forgotten, the rest stays."""
    book.imported(card("Anna Nowak", "BDAY:spring"), card("Jan Ash", "BDAY:autumn"), source="a.vcf")
    newer = card("Anna Nowak", "BDAY:1980-04-12")
    book.imported(newer, source="b.vcf")
    assert [(one.raw, one.source) for one in vcards.all_cards(book.db)] == [
        (newer.encode(), "b.vcf"),
        (card("Jan Ash", "BDAY:autumn").encode(), "a.vcf"),
    ]
    assert [one.name for one in vcards.problems(book.db)] == ["Jan Ash"]


def test_problems_stand_in_the_order_of_their_files(book: Book) -> None:
    """By file, then by line: as one would go through the file to mend it."""
    book.imported(card("Bob Ash", "BDAY:x"), source="b.vcf")
    book.imported(*(card(f"Al Oak{n}", "BDAY:x") for n in range(3)), source="a.vcf")
    assert [(one.source, one.line) for one in vcards.problems(book.db)] == [
        ("a.vcf", 6),
        ("a.vcf", 13),
        ("a.vcf", 20),
        ("b.vcf", 6),
    ]


def test_one_card(book: Book) -> None:
    """A card is read by its id, with its file and line; there is none of an id nobody gave."""
    book.imported(card("Anna Nowak"), card("Jan Ash"))
    found = vcards.one(book.db, 2)
    assert (found.contact_id, found.source, found.line) == (book.id_of("Jan Ash"), "cards.vcf", 7)
    assert found.raw == card("Jan Ash").encode()
    with pytest.raises(LookupError):
        vcards.one(book.db, 99)


def test_names_of_groups(book: Book) -> None:
    """Group cards are known by the tag they give, whoever their members are."""
    assert vcards.group_names(book.db) == set()
    group = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:%s\r\nEND:VCARD\r\n"
    book.imported(card("Anna Nowak"), group % "Choir", group % "Bakers")
    assert vcards.group_names(book.db) == {"Choir", "Bakers"}
