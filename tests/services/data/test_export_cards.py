from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.services.data.export_cards import export_cards
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.support.book import Book

NAMELESS = "BEGIN:VCARD\r\nVERSION:3.0\r\nX-ODD:1\r\nEND:VCARD\r\n"
GROUP = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Choir\r\nMEMBER:anna-nowak\r\nEND:VCARD\r\n"
ODD_LINES = (
    "item1.ADR;type=HOME:;;1 High St\\, Flat 2\\nBack;Leeds;;;\r\nitem1.X-ABADR:gb",
    "item2.X-ABDATE:2001-06-09\r\nitem2.X-ABLabel:_$!<Anniversary>!$_",
    "ADR:;;;;;;Germany",
    "BDAY:spring",
    "BDAY;VALUE=date:1604-04-15\r\nX-APPLE-OMIT-YEAR:1604",
    "CATEGORIES:b,a,b",
    "CATEGORIES: a , b",
    "FN:A second name",
    "NICKNAME:Annie,Ania",
    "NOTE:first\\nsecond\\, third\\; x: y",
    "NOTE:folded some\r\n where",
    "ORG:Ash\\, Ash & Sons;Sales",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ==",
    "TEL;TYPE=WORK,pref:+44 (0)113 496-0000",
    "X-UNKNOWN;X-P=1:kept\r\nREV:20200101T000000Z",
)


def _all(book: Book) -> bytes:
    return b"".join(export_cards(book.db))


@pytest.mark.parametrize("line", ODD_LINES)
def test_untouched_card_comes_out_byte_for_byte(book: Book, line: str) -> None:
    """Whatever a card says, understood or not, it leaves as it came."""
    text = card("Zoë Łuczak", line, street="1 High Street")
    book.imported(text)
    assert _all(book) == text.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"begin:vcard\nversion:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB\nend:vcard\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jürgen\r\nEND:VCARD\r\n".encode("cp1252"),
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jo Ash\r\n\r\nNOTE:x\r\nEND:VCARD\r\n",
    ],
)
def test_old_and_odd_encodings_come_out_byte_for_byte(book: Book, raw: bytes) -> None:
    """Line ends, quoted-printable and other character sets are not made uniform."""
    book.imported(raw)
    assert _all(book) == raw


def test_everything_comes_out_in_the_order_it_came(book: Book) -> None:
    """Contacts, cards that were not understood, and groups: a store is a whole copy of its files."""
    file = [card("Zoe Young"), card("Bob Ash", uid="zoe-young"), NAMELESS, card("Anna Nowak", uid=""), GROUP]
    book.imported(*file[:3])
    book.imported(*file[3:])
    assert list(export_cards(book.db)) == [one.encode() for one in file]


def test_newest_text_comes_out_byte_for_byte(book: Book) -> None:
    """A card that came again changed leaves as it last came."""
    book.imported(card("Anna Nowak", "CATEGORIES:a", "TEL:0113 496 0001"))
    newer = card("Anna Nowak", "TEL:0113 496 0002", "NOTE:new", "CATEGORIES:a,b", street="1 High Street")
    book.imported(newer)
    assert _all(book) == newer.encode()


def test_tag_changes_only_the_line_of_tags(book: Book, today: date) -> None:
    """After a tag was given here, every other line is the same bytes as before."""
    text = card("Anna Nowak", "BDAY:spring", "CATEGORIES:work", "X-ODD:1", street="1 High Street")
    book.imported(text)
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, 1, "choir")
    out = _all(book).decode()
    assert out.replace("CATEGORIES:work,choir\r\n", "CATEGORIES:work\r\n") == text
    assert out != text


def test_first_tag_adds_one_line(book: Book, today: date) -> None:
    """A card without tags gains one line and loses none."""
    text = card("Anna Nowak", "X-ODD:1", street="1 High Street")
    book.imported(text)
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, 1, "choir")
    lines = _all(book).decode().split("\r\n")
    lines.remove("CATEGORIES:choir")
    assert lines == text.split("\r\n")


def test_circles_facts_notes_and_history_stay_at_home(book: Book, today: date) -> None:
    """Nothing that only the user knows is in an export."""
    text = card("Anna Nowak")
    book.imported(text)
    book.circle(Circle.INNER, "Anna Nowak")
    with journal.step(book.db, "know", today=today):
        relationships.set_fact(book.db, 1, "bread", "canary", today=today)
        relationships.add_note(book.db, 1, "canary", on=today)
        relationships.add_interaction(
            book.db, 1, channel="card", direction="to them", on=today, text="canary"
        )
    assert _all(book) == text.encode()


def test_last_card_of_a_file_without_a_line_end_stays_readable(book: Book) -> None:
    """The next card begins on a line of its own."""
    first, second = card("Anna Nowak").removesuffix("\r\n"), card("Jan Ash")
    book.imported(first, source="a.vcf")
    book.imported(second, source="b.vcf")
    assert _all(book) == f"{first}\r\n{second}".encode()


def test_export_builds_the_same_contacts_anew(book: Book, new_book: Callable[[], Book], today: date) -> None:
    """What was exported, with a change of the user's in it, imports into the same contacts elsewhere."""
    book.imported(*(card(f"Anna A{n}", line, street=f"{n} High St") for n, line in enumerate(ODD_LINES)))
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, 3, "choir")
    other = new_book()
    other.imported(*export_cards(book.db))
    assert contacts.count(other.db) == len(ODD_LINES)
    for contact_id in range(1, len(ODD_LINES) + 1):
        assert contacts.load(other.db, contact_id) == contacts.load(book.db, contact_id)
