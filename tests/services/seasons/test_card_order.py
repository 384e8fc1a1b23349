"""What a newer card puts first stands first, and nothing of an untouched card changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.services.data.export import export_cards
from relcard.store import contacts
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


OLD = "ADR;TYPE=home:;;1 Old St;Leeds;;LS1 4DY;UK"
NEW = "ADR;TYPE=home:;;2 New St;York;;YO1 7HH;UK"


def exported(book: Book) -> bytes:
    return b"".join(export_cards(book.db))


def test_a_card_goes_to_the_address_that_stands_first_now(book: Book) -> None:
    """After a move phones put the new address before the old one."""
    book.imported(card("Anna Nowak", OLD))
    book.imported(card("Anna Nowak", NEW, OLD))
    address = contacts.load(book.db, 1).address
    assert address is not None
    assert address.street == "2 New St"
    assert exported(book) == card("Anna Nowak", NEW, OLD).encode()


def test_what_is_known_of_an_address_stays_with_it(book: Book, today: date) -> None:
    """The day it was confirmed moves with the address, whatever its place."""
    book.imported(card("Anna Nowak", OLD))
    with journal.step(book.db, "confirm", today=today):
        book.db.execute("UPDATE address SET confirmed_on = '2026-05-01'")
    book.imported(card("Anna Nowak", NEW, OLD))
    found = book.db.execute("SELECT street, confirmed_on FROM address ORDER BY id").fetchall()
    assert [tuple(row) for row in found] == [("2 New St", None), ("1 Old St", "2026-05-01")]


def test_lists_keep_the_order_and_number_of_the_card(book: Book) -> None:
    """Tags in another order, an address twice, a type of two words: byte for byte what came."""
    book.imported(card("Anna Nowak", "CATEGORIES:a"))
    for lines in (("CATEGORIES:b,a",), (OLD, OLD), (OLD,), ('ADR;TYPE="home office":;;1 Old St;Leeds;;;UK',)):
        book.imported(card("Anna Nowak", *lines))
        assert exported(book) == card("Anna Nowak", *lines).encode()


def test_a_card_that_came_back_parts_no_couple(book: Book, today: date) -> None:
    """Their address is out of use; the next import leaves them together."""
    book.imported(card("Anna Nowak", street="1 High St"), card("Jan Nowak", street="1 High St"))
    with journal.step(book.db, "returned", today=today):
        seasons.retire_addresses(book.db, [1, 2], season="christmas-2026", today=today)
    book.imported(card("Eve Other"))
    assert book.home_of("Anna Nowak") == book.home_of("Jan Nowak")


def test_a_recipient_follows_its_people(book: Book) -> None:
    """Who moves in with somebody, as a newer card has it, stays in the season."""
    book.imported(card("Anna Nowak", street="1 High St"), card("Jan Nowak", street="7 Low Rd"))
    book.circle(Circle.FRIEND, "Jan Nowak")
    book.start()
    book.imported(card("Jan Nowak", street="1 High St"))
    assert book.home_of("Anna Nowak") == book.home_of("Jan Nowak")
    assert [one.household.id for one in book.recipients()] == [book.home_of("Jan Nowak")]
