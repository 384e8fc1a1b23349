from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.card_order import CardOrder
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import put_in_order
from relcard.services.seasons.read_season import read_season
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.services.seasons.read_season import Recipient
    from tests.support.book import Book

TODAY = date(2026, 11, 20)
ABROAD = "ADR;TYPE=home:;;{};{};;{};{}"


def _book(book: Book) -> None:
    book.imported(
        card("Ada Young", street="1 High Street"),
        card("Ben Elm", ABROAD.format("Hauptstr. 1", "Ulm", "89073", "Germany")),
        card("Cyd Ash", ABROAD.format("Queen Street 8", "Auckland", "1010", "New Zealand")),
        card("Dee Fir"),
        card("Eve Oak", ABROAD.format("9 Quay Street", "Bath", "BA1 5DQ", "United Kingdom")),
        card("健 佐藤", ABROAD.format("1-2-3", "Tokyo", "150-0001", "Japan"), "SORT-STRING:Bamboo"),
    )
    book.circle(Circle.FRIEND, "Ada Young", "Ben Elm", "Cyd Ash", "Dee Fir", "Eve Oak", "健 佐藤")
    book.start()


def _read(book: Book, order: CardOrder) -> list[Recipient]:
    return read_season(book.db, find_season(book.db, None), STANDPOINT, order)


def _names(recipients: list[Recipient]) -> list[str]:
    assert [one.number for one in recipients] == list(range(1, len(recipients) + 1))
    return [one.household.addressee for one in recipients]


def test_the_orders_of_a_season(book: Book) -> None:
    """By day, by where it goes and by name; in each the first is number 1, and nobody is missing."""
    _book(book)
    assert _names(_read(book, CardOrder.POST_BY)) == [
        "Cyd Ash",
        "健 佐藤",
        "Ben Elm",
        "Eve Oak",
        "Ada Young",
        "Dee Fir",
    ]
    assert _names(_read(book, CardOrder.COUNTRY)) == [
        "健 佐藤",
        "Cyd Ash",
        "Ben Elm",
        "Eve Oak",
        "Ada Young",
        "Dee Fir",
    ]
    # As `list` has it: by family name, a Japanese one by how it is sorted.
    assert _names(_read(book, CardOrder.NAME)) == [
        "Cyd Ash",
        "健 佐藤",
        "Ben Elm",
        "Dee Fir",
        "Eve Oak",
        "Ada Young",
    ]


def test_no_order_tells_a_circle(book: Book) -> None:
    """Labels bear the number of their place and leave the desk: whoever is nearer, the order is the same."""
    _book(book)
    orders = {order: _names(_read(book, order)) for order in CardOrder}
    circles = [Circle.INNER, Circle.CLOSE, Circle.FRIEND, Circle.WIDE]
    for turn in range(len(circles)):
        for number, name in enumerate(("Cyd Ash", "Ben Elm", "Ada Young", "Eve Oak", "Dee Fir")):
            book.circle(circles[(number + turn) % len(circles)], name)
        assert {order: _names(_read(book, order)) for order in CardOrder} == orders


def test_a_household_stands_under_who_lives_there(book: Book) -> None:
    """By name a household is found under its first living member, and not under the words of the envelope."""
    book.imported(
        card("Tom Alder", "DEATHDATE:2026-03-01", version="4.0", street="1 High Street"),
        card("Amy Zander", street="1 High Street"),
        card("Ben Elm", street="2 High Street"),
    )
    book.circle(Circle.CLOSE, "Tom Alder", "Amy Zander", "Ben Elm")
    book.start()
    assert _names(_read(book, CardOrder.NAME))[-1] == "Amy Zander"


def test_names_in_one_column_stand_under_their_surname(book: Book) -> None:
    """A couple, a title and a family of a list are numbered as those whose vCards part the name."""
    names = ("Zeke and Faye Nesbit", "Dr. Günther Schroeder", "The Orr Family", "Ann Poe", "Grandma Helen")
    lines = "VERSION:3.0\r\nFN:{}\r\nADR:;;{} Elm Street;Leeds;;LS1 4DY;United Kingdom"
    book.imported(
        *(f"BEGIN:VCARD\r\n{lines.format(name, at)}\r\nEND:VCARD\r\n" for at, name in enumerate(names, 1)),
        card("Bo Quill", street="9 Elm Street"),
    )
    book.circle(Circle.CLOSE, *names, "Bo Quill")
    book.start()
    order = [recipient.household.addressee for recipient in _read(book, CardOrder.NAME)]
    assert order == [names[4], names[0], names[2], names[3], "Bo Quill", names[1]]


def test_putting_in_order_again_changes_nothing(book: Book) -> None:
    """An order put in order is the same, and so are the numbers."""
    _book(book)
    for order in CardOrder:
        once = _read(book, order)
        assert put_in_order(book.db, reversed(once), order, sender_country="GB") == once


def test_a_country_nobody_knows_is_reckoned_as_far(book: Book) -> None:
    """An address in "Atlantis" is to be posted as early as one at the other end of the world."""
    book.imported(
        card("Ada Young", ABROAD.format("1 Deep Street", "Poseidonis", "", "Atlantis")),
        card("Cyd Ash", ABROAD.format("Queen Street 8", "Accra", "", "Ghana")),
        card("Dee Fir", street="1 High Street"),
    )
    book.circle(Circle.FRIEND, "Ada Young", "Cyd Ash", "Dee Fir")
    book.start()
    days = {one.household.addressee: one.post_by for one in _read(book, CardOrder.NAME)}
    assert days["Ada Young"] == days["Cyd Ash"]
    early, late = days["Ada Young"], days["Dee Fir"]
    assert early is not None
    assert late is not None
    assert early < late
