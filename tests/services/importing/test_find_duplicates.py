from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.importing.find_duplicates import find_duplicates
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from relcard.domain.importing.duplicates import Blocks
    from tests.support.book import Book

PHONE = "TEL:+44 113 496 0000"


def _pairs(book: Book, among: range | None = None, blocks: Blocks | None = None) -> set[tuple[str, str, str]]:
    twins = find_duplicates(book.db, among=among, blocks=blocks)
    return {(min(one.a.name, one.b.name), max(one.a.name, one.b.name), one.reason) for one in twins}


def test_pairs_are_named_with_the_reason(book: Book) -> None:
    """One name and phone under two UIDs of one file, or a name shortened beside the same phone, is a pair."""
    book.imported(
        card("Anna Nowak", PHONE, uid="a"),
        card("Anna Nowak", PHONE, uid="b"),
        card("Bob Ash", "TEL:0113 496 0001"),
        card("Robert Oak"),
    )
    assert _pairs(book) == {("Anna Nowak", "Anna Nowak", "same name and phone")}


def test_couples_and_namesakes_are_no_pairs(book: Book) -> None:
    """A shared e-mail joins nobody, nor does one name with two birthdays."""
    book.imported(
        card("Anna Nowak", "EMAIL:nowaks@example.org"),
        card("Jan Nowak", "EMAIL:nowaks@example.org"),
        card("Tom Lee", "BDAY:1950-01-02", uid="father"),
        card("Tom Lee", "BDAY:1980-03-04", uid="son"),
    )
    assert _pairs(book) == set()


def test_after_an_import_only_its_own_pairs_are_said(book: Book) -> None:
    """With the ids of new contacts, old pairs are silent and new ones have their UIDs."""
    book.imported(card("Anna Nowak", uid="a"), card("Anna Nowak", uid="b"), card("Eve Lee", PHONE, uid="c"))
    report = book.imported(card("Eve Lee", "NOTE:x", uid="d"))
    assert _pairs(book, among=report.new_ids) == {("Eve Lee", "Eve Lee", "same name")}
    (pair,) = find_duplicates(book.db, among=report.new_ids)
    assert {pair.a.uid, pair.b.uid} == {"c", "d"}
    assert len(_pairs(book)) == 2


def test_nothing_is_merged(book: Book) -> None:
    """Looking for pairs changes no row."""
    book.imported(card("Anna Nowak", PHONE, uid="a"), card("Anna Nowak", PHONE, uid="b"))
    before = dump(book.db)
    assert find_duplicates(book.db)
    assert dump(book.db) == before


def test_what_an_import_kept_at_hand_gives_the_same_pairs(book: Book) -> None:
    """With the blocks of the new contacts only the others are read; pairs of old and new are found as ever."""
    book.imported(card("Anna Nowak", PHONE, uid="a"), card("Eve Lee", "BDAY:1980-03-04", uid="b"))
    report = book.imported(
        card("Nowak Anna", uid="c"),
        card("E. Lee", "BDAY:--03-04", uid="d"),
        card("Tom Ash", "EMAIL:TOM@example.org", uid="e"),
        card("T. Ash", "EMAIL:tom@example.org", uid="f"),
        source="other.vcf",
    )
    found = _pairs(book, among=report.new_ids, blocks=report.blocks)
    assert found == _pairs(book, among=report.new_ids)
    assert {reason for *_, reason in found} == {
        "same name",
        "same birthday, similar name",
        "same e-mail, similar name",
    }
