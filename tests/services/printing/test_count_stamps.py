from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.circle import Circle
from relcard.domain.printing.postage import DearShape
from relcard.domain.printing.postage import Destination
from relcard.domain.printing.postage import Tariff
from relcard.services.printing.count_stamps import StampCount
from relcard.services.printing.count_stamps import Stamps
from relcard.services.printing.count_stamps import count_stamps
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

TARIFF = Tariff.from_mapping({"home": 0.95, "europe": 2.1, "world": 2.8, "NZ": 3.05, "large": 0.75})
ABROAD = "ADR;TYPE=home:;;{};{};;{};{}"


def _count(book: Book, tariff: Tariff = TARIFF, size: tuple[float, float] = (162.0, 114.0)) -> StampCount:
    return count_stamps(book.recipients(), tariff, sender_country="GB", width=size[0], height=size[1])


def _book(book: Book) -> None:
    people = {
        "Ada Oak": card("Ada Oak", street="1 High Street"),
        "Ben Elm": card("Ben Elm", ABROAD.format("Hauptstr. 1", "Ulm", "89073", "Germany")),
        "Cyd Ash": card("Cyd Ash", ABROAD.format("Queen Street 8", "Auckland", "1010", "New Zealand")),
        "Dee Fir": card("Dee Fir", ABROAD.format("Main St 3", "Springfield", "62701", "USA")),
        "Eve Bay": card("Eve Bay", ABROAD.format("2 High Street", "Leeds", "LS1 4DY", "")),
        "Lost Lane": card("Lost Lane"),
        "Far Away": card("Far Away", ABROAD.format("1 Road", "Town", "123", "Atlantis")),
        "Pia Low": card("Pia Low", ABROAD.format("Rue de la Paix 3", "Paris", "75002", "")),
    }
    book.imported(*people.values())
    book.circle(Circle.FRIEND, *people)
    book.circle(Circle.INNER, "Ada Oak")
    book.start()


def test_stamps_by_destination_the_far_ones_first(book: Book) -> None:
    """Each pile has its number, price and sum; by hand or by label; a country with a price stands apart."""
    _book(book)
    found = _count(book)
    assert [(one.going, one.country, one.envelopes, one.sum) for one in found.stamps] == [
        (Destination.WORLD, "", 1, 280),
        (Destination.WORLD, "NZ", 1, 305),
        (Destination.EUROPE, "", 1, 210),
        (Destination.HOME, "", 2, 190),
    ]
    assert found.stamps[0].countries == (("US", 1),)
    assert found.total == 985
    numbers = {one.household.addressee: one.number for one in book.recipients()}
    assert found.stamps[3].numbers == tuple(sorted((numbers["Ada Oak"], numbers["Eve Bay"])))
    assert found.dearer is None


def test_who_cannot_be_counted_is_named(book: Book) -> None:
    """No address, a country nobody knows and one that is missing: each by name, none guessed."""
    _book(book)
    skipped = {one.who: one.reason for one in _count(book).skipped}
    assert skipped == {
        "Lost Lane": "no address",
        "Far Away": 'no country is called "Atlantis"',
        "Pia Low": "no country",
    }


def test_what_is_posted_has_its_stamp(book: Book) -> None:
    """Posted envelopes are counted apart; one that came back takes another stamp."""
    _book(book)
    rows = book.rows()
    with journal.step(book.db, "posted", today=date(2026, 12, 1)):
        seasons.set_state(book.db, rows["Ada Oak"].id, "posted")
        seasons.set_state(book.db, rows["Ben Elm"].id, "returned")
    found = _count(book)
    assert (found.posted, found.envelopes) == (1, 4)


def test_without_prices_it_counts_and_adds_nothing_up(book: Book) -> None:
    """No tariff, no sum; half a tariff, no total that would be too small."""
    _book(book)
    bare = _count(book, Tariff())
    assert (bare.envelopes, bare.total) == (5, None)
    assert {one.sum for one in bare.stamps} == {None}
    half = _count(book, Tariff.from_mapping({"home": 1}))
    assert [one.sum for one in half.stamps] == [None, None, 200]
    assert half.total is None


def test_a_large_envelope_costs_more_each(book: Book) -> None:
    """What is paid on top is paid for every envelope, and is asked for where it was not said."""
    _book(book)
    large = _count(book, size=(220.0, 220.0))
    assert large.dearer is not None
    assert large.dearer.shape is DearShape.LARGE
    assert large.total == 985 + 5 * 75
    missing = Tariff({key: value for key, value in TARIFF.prices.items() if key != "large"})
    assert _count(book, missing, size=(220.0, 220.0)).total is None


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 99_999), st.integers(1, 400)), min_size=1, max_size=6))
def test_the_total_is_every_stamp_added_up(piles: list[tuple[int, int]]) -> None:
    """Piles and stamps one by one come to the same, to the hundredth."""
    count = StampCount(
        stamps=tuple(
            Stamps(going=Destination.WORLD, country="", countries=(), numbers=tuple(range(number)), each=each)
            for each, number in piles
        ),
        dearer=None,
        extra=None,
        posted=0,
        skipped=(),
    )
    assert count.total == sum(each for each, number in piles for _ in range(number))
