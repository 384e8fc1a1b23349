from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.store import addresses
from relcard.store import contacts
from relcard.store.file.database import open_store
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

HIGH = Address(street="1 High Street", locality="Leeds", postcode="LS1 4DY", country_code="GB")
SEA = Address(street="2 Sea Road", locality="Whitby", postcode="YO21 1AA", country_code="GB")
MILL = Address(street="3 Mill Lane", locality="York", postcode="YO1 7HH", country_code="GB")
MAY = date(2026, 5, 1)


@pytest.fixture
def two(book: Book, today: date) -> Book:
    """Return a book of Ada, who has two addresses, and Ben, who has none."""
    book.imported(card("Ada Oak"), card("Ben Oak"))
    for address in (HIGH, SEA):
        addresses.add(book.db, 1, address, today=today)
    return book


def _known(book: Book) -> list[tuple[str, date | None, date | None]]:
    kept = addresses.known(book.db, [1]).get(1, [])
    return [(one.address.street, one.confirmed_on, one.retired_on) for one in kept]


def test_addresses_in_use_come_in_one_go(two: Book) -> None:
    """Those asked for, by contact, and only where there are any."""
    assert addresses.in_use(two.db, [1, 2]) == {1: [HIGH, SEA]}


def test_address_that_is_retired_is_kept_and_can_come_back(two: Book, today: date) -> None:
    """It stands where it stood, with its day, and is used again when the user says so."""
    ids = {one.address.street: one.id for one in addresses.known(two.db, [1])[1]}
    addresses.retire(two.db, [ids["1 High Street"]], on=today)
    assert _known(two) == [("1 High Street", today, today), ("2 Sea Road", today, None)]
    assert addresses.in_use(two.db, [1]) == {1: [SEA]}
    addresses.restore(two.db, ids.values())
    assert addresses.in_use(two.db, [1]) == {1: [HIGH, SEA]}


def test_order_of_a_card_is_kept_and_so_is_what_the_user_knows(two: Book, today: date) -> None:
    """Another order or a new address leaves the day on which an old one was confirmed."""
    addresses.confirm(two.db, [1], on=MAY)
    addresses.put_in_order(two.db, 1, [MILL, SEA, HIGH])
    assert _known(two) == [
        ("3 Mill Lane", None, None),
        ("2 Sea Road", today, None),
        ("1 High Street", MAY, None),
    ]


def test_the_same_order_changes_no_row(two: Book) -> None:
    """What stands already is not written again: ids stay."""
    before = addresses.known(two.db, [1])
    addresses.put_in_order(two.db, 1, [HIGH, SEA])
    assert addresses.known(two.db, [1]) == before


def test_corrected_address_keeps_its_row(two: Book, today: date) -> None:
    """Only the spelling changes: id and day stay, and the letterbox is that of the new spelling."""
    before = addresses.known(two.db, [1])[1][0]
    addresses.correct_addresses(two.db, 1, {HIGH: HIGH._replace(postcode="LS1 4DZ")})
    after = addresses.known(two.db, [1])[1][0]
    assert (after.id, after.confirmed_on, after.address.postcode) == (before.id, today, "LS1 4DZ")
    assert after.letterbox != before.letterbox


def test_address_out_of_use_is_not_corrected(two: Book, today: date) -> None:
    """A thing of the past stands as it was."""
    addresses.retire(two.db, [1], on=today)
    addresses.correct_addresses(two.db, 1, {HIGH: MILL})
    assert [street for street, *_ in _known(two)] == ["1 High Street", "2 Sea Road"]


def test_one_address_is_preferred(two: Book) -> None:
    """Preferring the second takes the first back."""
    for wanted in (HIGH, SEA):
        standing = next(one for one in addresses.in_use(two.db, [1])[1] if one.street == wanted.street)
        addresses.set_preferred(two.db, 1, standing)
        preferred = [one.street for one in addresses.in_use(two.db, [1])[1] if one.preferred]
        assert preferred == [wanted.street]


def _places(book: Book) -> dict[str, int]:
    return {kept.address.street: kept.id for kept in addresses.known(book.db, [1])[1]}


def test_numbers_of_addresses_stay_when_a_card_corrects_or_adds_one(two: Book, today: date) -> None:
    """One of the past keeps its number, and so does each address that stays."""
    addresses.retire(two.db, [_places(two)["1 High Street"]], on=today)
    before = _places(two)
    addresses.put_in_order(two.db, 1, [SEA, MILL])
    assert list(_places(two)) == ["1 High Street", "2 Sea Road", "3 Mill Lane"]
    assert before.items() <= _places(two).items()
    moved = SEA._replace(street="5 Sea Road")
    addresses.put_in_order(two.db, 1, [moved, MILL])
    assert list(_places(two)) == ["1 High Street", "5 Sea Road", "3 Mill Lane"]


@given(st.permutations([HIGH, SEA, MILL, SEA._replace(street="9 Sea Road")]), st.integers(0, 4))
def test_any_order_is_kept_with_rows_and_places(wanted: list[Address], number: int) -> None:
    """Whatever a card lists: that order, each row with its UUID, and the address of the past where it stood."""
    with closing(open_store(":memory:")) as db:
        contacts.insert(db, Contact(uid="a", display_name="Ada"), abuid="", today=MAY)
        for address in (MILL._replace(street="0 Old Road"), HIGH, SEA, MILL):
            addresses.add(db, 1, address, today=MAY)
        addresses.retire(db, [1], on=MAY)
        uuids = dict(db.execute("SELECT street, uuid FROM address").fetchall())
        addresses.put_in_order(db, 1, wanted[:number])
        assert addresses.in_use(db, [1]).get(1, []) == wanted[:number]
        after = db.execute("SELECT street, uuid FROM address ORDER BY id").fetchall()
        assert after[0][0] == "0 Old Road"
        assert all(uuids.get(street, uuid) == uuid for street, uuid in after)
