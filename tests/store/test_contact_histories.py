from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.store import contact_histories
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def test_people_in_circles_come_with_their_household(book: Book) -> None:
    """Whoever has a circle is read, and who shares the letterbox; nobody else."""
    book.imported(
        card("Ada Oak", street="1 High Street"), card("Tom Oak", street="1 High Street"), card("Ben Elm")
    )
    book.circle(Circle.INNER, "Ada Oak")
    found = {one.name: one for one in contact_histories.people_in_circles(book.db)}
    assert set(found) == {"Ada Oak", "Tom Oak"}
    ada = found["Ada Oak"]
    assert (ada.uid, ada.circle, ada.since, ada.added_on) == ("ada-oak", Circle.INNER, TODAY, TODAY)
    assert (ada.is_organisation, ada.has_died, ada.cadence_days, ada.known_since) == (False, False, None, "")
    assert ada.household_id == book.home_of("Tom Oak")
    assert found["Tom Oak"].circle is None
    alone = contact_histories.people_of_household(book.db, book.id_of("Ben Elm"))
    assert [one.name for one in alone] == ["Ben Elm"]


def test_a_fact_says_since_when(book: Book) -> None:
    book.imported(card("Ada Oak"))
    with journal.step(book.db, "fact", today=TODAY):
        relationships.set_fact(book.db, book.id_of("Ada Oak"), "Met", "1987 at school", today=TODAY)
        relationships.set_fact(book.db, book.id_of("Ada Oak"), "bread", "rye", today=TODAY)
    (found,) = contact_histories.people_of_household(book.db, book.id_of("Ada Oak"))
    assert found.known_since == "1987 at school"


def test_words_are_all_that_ever_passed_oldest_first(book: Book) -> None:
    book.imported(card("Ada Oak"), card("Ben Elm"))
    with journal.step(book.db, "log", today=TODAY):
        for name, channel, on in (
            ("Ada Oak", "visit", date(2024, 1, 1)),
            ("Ada Oak", "card", date(1975, 12, 1)),
            ("Ben Elm", "call", date(2020, 1, 1)),
        ):
            relationships.add_interaction(
                book.db, book.id_of(name), channel=channel, direction="from them", on=on, text="a line"
            )
    ada = book.id_of("Ada Oak")
    assert contact_histories.words(book.db, [ada]) == [
        (ada, "card", "from them", date(1975, 12, 1)),
        (ada, "visit", "from them", date(2024, 1, 1)),
    ]
    assert contact_histories.words(book.db, []) == []


def test_the_living_are_counted_by_circle_month_and_country(book: Book) -> None:
    book.imported(
        card("Ada Oak", "BDAY:1960-03-04", street="1 High Street"),
        card("Ben Elm", "BDAY:--0309", version="4.0"),
        card("Cyd Ash", "BDAY:1950-01-01", "DEATHDATE:20200101", version="4.0", street="2 High Street"),
    )
    book.circle(Circle.CLOSE, "Ada Oak", "Cyd Ash")
    assert contact_histories.circle_counts(book.db) == {Circle.CLOSE: 1, None: 1}
    assert sorted(map(str, contact_histories.birthdays(book.db))) == ["--03-09", "1960-03-04"]
    assert contact_histories.country_counts(book.db) == [("GB", 1)]
