from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.asking import Want
from relcard.domain.people.circle import Circle
from relcard.services.people.ask_for_addresses import ask_for_addresses
from relcard.services.people.keep_addresses import confirm_address
from relcard.services.people.keep_addresses import retire_address
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.services.people.ask_for_addresses import Ask
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def _asks(book: Book, *, today: date = TODAY, years: int = 3) -> list[Ask]:
    circles = (Circle.INNER, Circle.CLOSE, Circle.FRIEND, Circle.WIDE)
    return ask_for_addresses(book.db, circles, STANDPOINT._replace(today=today), years=years)


def _book(book: Book) -> None:
    book.imported(
        card("Ada Oak", street="1 High Street"),
        card("Ben Elm", "TEL:01632 960147", "EMAIL:ben@example.org", uid="ben"),
        card("Cyd Ash", "ADR;TYPE=home:;;Lindenweg 3;Berlin;;123;Germany", "LANG:de", version="4.0"),
        card("Dee Fir"),
        card("Eve Yew"),
        card("Gus Bay", street="7 High Street"),
    )
    book.circle(Circle.WIDE, "Ben Elm")
    book.circle(Circle.CLOSE, "Ada Oak", "Cyd Ash", "Gus Bay")
    book.circle(Circle.INNER, "Dee Fir")
    book.circle(Circle.NONE, "Eve Yew")


def test_whom_to_ask_nearest_first(book: Book) -> None:
    """No address, one that came back and one its country would not take are asked about; good ones are not."""
    _book(book)
    with journal.step(book.db, "retire", today=TODAY):
        retire_address(book.db, book.id_of("Gus Bay"), None, today=TODAY)
    found = _asks(book)
    assert [(one.household.addressee, one.want) for one in found] == [
        ("Dee Fir", Want.NONE),
        ("Gus Bay", Want.RETURNED),
        ("Cyd Ash", Want.INVALID),
        ("Ben Elm", Want.NONE),
    ]
    dee, gus, cyd, ben = found
    assert dee.reason == "no address"
    assert "2026-11-20" in gus.reason
    assert "five digits" in cyd.reason
    assert cyd.message.startswith("Hallo Cyd,\n\nhier liegt")
    assert ben.reach == ("01632 960147", "ben@example.org")


def test_an_imported_address_grows_old_until_it_is_confirmed(book: Book) -> None:
    """It counts from the import, then from the day the user said that it is right."""
    book.imported(card("Ada Oak", street="1 High Street"))
    book.circle(Circle.CLOSE, "Ada Oak")
    assert _asks(book, today=date(2029, 11, 20)) == []
    (ask,) = _asks(book, today=date(2029, 11, 21))
    assert (ask.want, ask.known_on) == (Want.OLD, TODAY)
    assert ask.message.endswith("1 High Street\nLEEDS\nLS1 4DY")
    with journal.step(book.db, "confirm", today=date(2029, 11, 21)):
        confirm_address(book.db, book.id_of("Ada Oak"), None, on=date(2029, 11, 21))
    assert _asks(book, today=date(2032, 11, 21)) == []
    (ask,) = _asks(book, today=date(2032, 11, 22))
    assert ask.reason == "last confirmed 2029-11-21"


def test_nobody_asks_a_house_where_nobody_lives(book: Book) -> None:
    """A household whose only member has died is not asked."""
    book.imported(card("Tom Ash", "DEATHDATE:2026-03-01", version="4.0"))
    book.circle(Circle.CLOSE, "Tom Ash")
    assert _asks(book) == []
