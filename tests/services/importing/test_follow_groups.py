"""Group cards follow their members and their own newer texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.data.export import export_cards
from relcard.store import contacts
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


GROUP = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:{}\r\nUID:g1\r\n{}END:VCARD\r\n"


def group(*members: str, name: str = "Choir") -> str:
    return GROUP.format(name, "".join(f"MEMBER:{one}\r\n" for one in members))


def tags(book: Book, name: str) -> tuple[str, ...]:
    return contacts.load(book.db, book.id_of(name)).tags


def test_a_newer_text_of_a_group_takes_the_place_of_the_old(book: Book) -> None:
    """Who joined gets the tag, who left loses it, and the export has the group once."""
    book.imported(card("Anna Nowak"), card("Jan Nowak"), group("anna-nowak"))
    report = book.imported(group("jan-nowak"))
    assert (report.new, report.updated) == (0, 1)
    assert (tags(book, "Anna Nowak"), tags(book, "Jan Nowak")) == ((), ("Choir",))
    assert b"".join(export_cards(book.db)).count(b"UID:g1") == 1


def test_a_renamed_group_gives_its_new_name(book: Book) -> None:
    """The tag of the old name goes from everybody."""
    book.imported(card("Anna Nowak"), group("anna-nowak"))
    book.imported(group("anna-nowak", name="Singers"))
    assert tags(book, "Anna Nowak") == ("Singers",)


def test_a_tag_of_the_members_own_card_stays(book: Book) -> None:
    """Leaving the group does not take what the card itself says."""
    book.imported(card("Anna Nowak", "CATEGORIES:Choir"), group("anna-nowak"))
    book.imported(group())
    assert tags(book, "Anna Nowak") == ("Choir",)


def test_a_member_who_comes_in_later_gets_the_tag(book: Book) -> None:
    """The group may stand in an earlier file than its members."""
    book.imported(group("anna-nowak"))
    book.imported(card("Anna Nowak"))
    assert tags(book, "Anna Nowak") == ("Choir",)
