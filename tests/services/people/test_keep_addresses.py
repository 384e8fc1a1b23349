from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.keep_addresses import add_address
from relcard.services.people.keep_addresses import confirm_address
from relcard.services.people.keep_addresses import household_of
from relcard.services.people.keep_addresses import restore_address
from relcard.services.people.keep_addresses import retire_address
from relcard.services.people.read_households import read_households
from relcard.store import addresses
from relcard.store import contacts
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
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
