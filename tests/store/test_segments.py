"""Tests of segments: kept under a name, read on a day, and the cadence they give."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.store import filters
from relcard.store import relationships
from relcard.store import segments
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.book import Book

TODAY = date(2026, 11, 20)


@pytest.fixture
def shop(book: Book) -> Book:
    """Return a book of two customers and a friend."""
    book.imported(
        card("Ada Oak", "CATEGORIES:shop", street="1 High Street"),
        card("Ben Elm", "CATEGORIES:shop,friends", street="2 High Street"),
        card("Cyd Ash", "CATEGORIES:friends"),
    )
    return book


def _save(book: Book, name: str, options: Mapping[str, object], cadence: int | None = None) -> bool:
    with journal.step(book.db, f"segment save {name}", today=TODAY):
        replaced = segments.save(book.db, name, options, today=TODAY)
        segments.set_cadence(book.db, segments.find(book.db, name).id, cadence)
    return replaced


def test_a_segment_follows_the_book(shop: Book) -> None:
    """Who gets the tag is in the segment, who loses it is not: the filter is kept and not the names."""
    _save(shop, "regulars", {"tag": ["shop"]})
    found = segments.read(shop.db, "Regulars", TODAY)
    assert filters.ids(shop.db, found) == [2, 1]  # by family name: Elm, Oak
    relationships.add_tag(shop.db, 3, "Shop")
    relationships.remove_tag(shop.db, 1, "shop")
    assert filters.ids(shop.db, found) == [3, 2]


def test_a_name_is_one_segment_in_any_capitals(shop: Book) -> None:
    """Saving again changes the filter and keeps the cadence; nothing is there twice."""
    assert not _save(shop, "Regulars", {"tag": ["shop"]}, 14)
    with journal.step(shop.db, "segment save", today=TODAY):
        assert segments.save(shop.db, "REGULARS", {"city": ["Leeds"]}, today=TODAY)
    (row,) = segments.every(shop.db)
    assert (row.name, row.options, row.cadence_days) == ("Regulars", {"city": ["Leeds"]}, 14)
    journal.undo(shop.db)
    assert segments.find(shop.db, "regulars").options == {"tag": ["shop"]}


def test_a_segment_that_is_not_there_names_those_that_are(shop: Book) -> None:
    """The refusal helps with the names there are."""
    _save(shop, "regulars", {"tag": ["shop"]})
    with pytest.raises(NotFoundError, match="There are: regulars"):
        segments.find(shop.db, "friends")


def test_the_shortest_of_several_cadences_holds(shop: Book) -> None:
    """Each contact has the shortest of its segments' cadences; a segment without one gives none."""
    _save(shop, "everybody", {"not-tag": ["nobody"]}, 90)
    _save(shop, "regulars", {"tag": ["shop"]}, 14)
    _save(shop, "friends", {"tag": ["friends"]}, 30)
    _save(shop, "leeds", {"city": ["Leeds"]})
    assert segments.cadences(shop.db, TODAY) == {
        1: ("regulars", 14),
        2: ("regulars", 14),
        3: ("friends", 30),
    }
    assert segments.cadences(shop.db, TODAY, household_id=2) == {2: ("regulars", 14)}
    segments.drop(shop.db, segments.find(shop.db, "regulars").id)
    assert segments.cadences(shop.db, TODAY)[2] == ("friends", 30)


def test_a_filter_of_a_later_relcard_stops_its_segment_and_no_reminders(shop: Book) -> None:
    """Asked by name the segment is refused; the page of reminders goes on with the others."""
    _save(shop, "later", {"tag": ["shop"], "shoe-size": "42"}, 7)
    _save(shop, "regulars", {"tag": ["shop"]}, 14)
    with pytest.raises(UsageError, match="The segment later cannot be read"):
        segments.read(shop.db, "later", TODAY)
    assert set(segments.cadences(shop.db, TODAY).values()) == {("regulars", 14)}
    assert [one.name for one in segments.every(shop.db)] == ["later", "regulars"]
