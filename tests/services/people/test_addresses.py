"""What the user knows of addresses, whether they can be relied on, and whom to ask."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.people.asking import Want
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.addresses import add_address
from relcard.services.people.addresses import ask_for_addresses
from relcard.services.people.addresses import confirm_address
from relcard.services.people.addresses import household_of
from relcard.services.people.addresses import judge_addresses
from relcard.services.people.addresses import restore_address
from relcard.services.people.addresses import retire_address
from relcard.services.people.read_households import read_households
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from relcard.services.people.addresses import Ask
    from relcard.services.people.addresses import Judged
    from tests.support.book import Book

TODAY = date(2026, 11, 20)
LAGOS = Address(
    street="Rua do Sol 4",
    locality="Lagos",
    postcode="8600-101",
    country="Portugal",
    country_code="PT",
    used_from=PartialDate.parse("--11-01"),
    used_until=PartialDate.parse("--03-15"),
)


@pytest.fixture
def couple(book: Book) -> Book:
    """Return a book with Anna and Jan behind one letterbox."""
    book.imported(card("Anna Oak", street="1 High Street"), card("Jan Oak", street="1 High Street"))
    return book


def _lines(book: Book, on: date) -> tuple[str, ...]:
    (view,) = read_households(book.db, None, STANDPOINT, on=on)
    return view.address_lines


def test_a_winter_away(couple: Book) -> None:
    """A card goes to the address that is used when it arrives, and nobody's home or household changes."""
    with journal.step(couple.db, "address add", today=TODAY):
        add_address(couple.db, household_of(couple.db, couple.id_of("Anna Oak")), LAGOS, today=TODAY)
    assert _lines(couple, date(2026, 12, 24))[0] == "Rua do Sol 4"
    assert _lines(couple, date(2027, 5, 1))[0] == "1 High Street"
    assert couple.home_of("Anna Oak") == couple.home_of("Jan Oak")
    assert {one.country for one in contacts.listing(couple.db)} == {"GB"}


def test_what_is_said_holds_for_the_letterbox(couple: Book) -> None:
    """Confirming, retiring and restoring reach everybody there who has the address; undo brings all back."""
    anna, jan = couple.id_of("Anna Oak"), couple.id_of("Jan Oak")
    before = dump(couple.db)
    with journal.step(couple.db, "address confirm", today=TODAY):
        confirm_address(couple.db, anna, None, on=TODAY)
    known = addresses.known(couple.db, (anna, jan))
    assert {one.confirmed_on for some in known.values() for one in some} == {TODAY}
    with journal.step(couple.db, "address retire", today=TODAY):
        retire_address(couple.db, jan, 1, today=TODAY)
    assert _lines(couple, TODAY) == ()
    assert {one.country for one in contacts.listing(couple.db)} == {""}
    with journal.step(couple.db, "address restore", today=TODAY):
        restore_address(couple.db, anna, None, today=TODAY)
    assert _lines(couple, TODAY)[0] == "1 High Street"
    assert couple.home_of("Anna Oak") == couple.home_of("Jan Oak")
    for _ in range(3):
        journal.undo(couple.db)
    assert dump(couple.db) == before


def test_what_the_user_knows_survives_a_new_card(couple: Book) -> None:
    """A newer vCard replaces neither a confirmation nor an address added by hand."""
    anna = couple.id_of("Anna Oak")
    with journal.step(couple.db, "address", today=TODAY):
        confirm_address(couple.db, anna, None, on=TODAY)
        add_address(couple.db, [anna], LAGOS, today=TODAY)
    couple.imported(card("Anna Oak", "NOTE:newer", street="1 High Street"))
    home, winter = addresses.known(couple.db, [anna])[anna]
    assert contacts.load(couple.db, anna).note == "newer"
    assert home.confirmed_on == TODAY
    assert winter.address.used_until == LAGOS.used_until


def test_refusals_say_which(couple: Book) -> None:
    """Several addresses are named with their numbers; one that is not there or of the other sort is refused."""
    anna = couple.id_of("Anna Oak")
    with journal.step(couple.db, "address add", today=TODAY):
        add_address(couple.db, [anna], LAGOS, today=TODAY)
        with pytest.raises(UsageError, match="there already"):
            add_address(couple.db, [anna], LAGOS, today=TODAY)
    with pytest.raises(UndecidedError) as several:
        confirm_address(couple.db, anna, None, on=TODAY)
    assert [one[:3] for one in several.value.candidates] == ["1  ", "2  "]
    with pytest.raises(NotFoundError, match="no address 3"):
        retire_address(couple.db, anna, 3, today=TODAY)
    with pytest.raises(UsageError, match="is used"):
        restore_address(couple.db, anna, 1, today=TODAY)
    with pytest.raises(NotFoundError, match="of the past"):
        restore_address(couple.db, anna, None, today=TODAY)


LATER = date(2030, 1, 10)


def _judged(book: Book, name: str, today: date = LATER) -> Judged:
    (view,) = (one for key, one in book.views().items() if key == name)
    return judge_addresses(book.db, [view], STANDPOINT._replace(today=today), years=3)[view.id]


def _posted(book: Book, name: str, on: date, state: str = "posted") -> None:
    row = book.rows("christmas-2026")[name]
    with journal.step(book.db, "posted", today=on):
        seasons.set_state(book.db, row.id, state)
        relationships.put_season_card(
            book.db, book.id_of(name), season_id=1, direction=relationships.TO_THEM, on=on, text=""
        )


def test_a_card_that_did_not_come_back_tells_that_the_address_is_right(open_season: Book) -> None:
    """Posted counts, and counts until years have passed; returned, and only written, do not."""
    for name, state in (("Ada Oak", "posted"), ("Ben Elm", "returned"), ("Cyd Ash", "written")):
        _posted(open_season, name, date(2027, 12, 10), state)
    assert _judged(open_season, "Ada Oak").want is None
    assert _judged(open_season, "Ada Oak").known_on == date(2027, 12, 10)
    assert _judged(open_season, "Ben Elm").want is Want.OLD
    assert _judged(open_season, "Cyd Ash").reason == "imported 2026-11-20"
    late = _judged(open_season, "Ada Oak", date(2031, 1, 1))
    assert (late.want, late.reason) == (Want.OLD, "last posted to 2027-12-10")


def test_what_was_posted_to_an_address_given_up_says_nothing_of_another(book: Book) -> None:
    """A card went to the old flat; the one that is left must be confirmed by somebody."""
    second = "ADR;TYPE=home:;;2 Low Road;Bath;;BA1 5DQ;United Kingdom"
    book.imported(card("Ada Oak", second, street="1 High Street"))
    with journal.step(book.db, "circle", today=date(2026, 11, 20)):
        seasons.add(book.db, "christmas-2026", "christmas", 2026, today=date(2026, 11, 20))
        seasons.add_recipient(book.db, 1, book.home_of("Ada Oak"), "you added them")
    _posted(book, "Ada Oak", date(2027, 12, 10))
    assert _judged(book, "Ada Oak").want is None
    with journal.step(book.db, "retire", today=date(2028, 2, 1)):
        retire_address(book.db, book.id_of("Ada Oak"), 1, today=date(2028, 2, 1))
    found = _judged(book, "Ada Oak")
    assert (found.want, found.reason) == (Want.OLD, "imported 2026-11-20")
    with journal.step(book.db, "confirm", today=LATER):
        confirm_address(book.db, book.id_of("Ada Oak"), None, on=LATER)
    assert _judged(book, "Ada Oak").want is None


def test_the_member_with_the_address_is_named(book: Book) -> None:
    """What is to be corrected is corrected with the one who has it."""
    book.imported(card("Ada Oak"), card("Ben Oak", street="1 High Street"))
    with journal.step(book.db, "join", today=LATER):
        households.put(book.db, book.id_of("Ben Oak"), book.home_of("Ada Oak"))
    (view,) = (one for one in book.views().values() if len(one.members) == 2)
    found = judge_addresses(book.db, [view], STANDPOINT._replace(today=LATER), years=3)[view.id]
    assert found.contact_id == book.id_of("Ben Oak")


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
