from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.services.people.gather_stats import gather_stats
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def card_passed(book: Book, name: str, on: date, direction: str = relationships.TO_THEM) -> None:
    with journal.step(book.db, f"log {name}", today=TODAY):
        relationships.add_interaction(book.db, book.id_of(name), channel="card", direction=direction, on=on)


def test_an_empty_store_is_all_noughts(book: Book) -> None:
    found = gather_stats(book.db, today=TODAY)
    assert found.contacts == found.without_circle == 0
    assert [one.contacts for one in found.circles] == [0, 0, 0, 0]
    assert (found.years, found.inner, found.countries, sum(found.birthdays)) == ((), (), (), 0)


def test_a_card_to_a_household_of_two_is_one_card(book: Book) -> None:
    """Cards are counted by envelope: two names on it are no second card, another occasion is."""
    book.imported(card("Ada Oak", street="1 High Street"), card("Tom Oak", street="1 High Street"))
    for name in ("Ada Oak", "Tom Oak"):
        card_passed(book, name, date(2025, 12, 10))
    card_passed(book, "Tom Oak", date(2025, 5, 3))
    card_passed(book, "Ada Oak", date(2026, 1, 5), relationships.FROM_THEM)
    found = gather_stats(book.db, today=TODAY).years
    assert [(one.year, one.sent, one.received) for one in found] == [(2025, 2, 0), (2026, 0, 1)]


def test_a_seasons_card_counts_once_and_when_it_is_written(open_season: Book) -> None:
    """What the season and the history both know of is one card; a draft is none."""
    before = gather_stats(open_season.db, today=TODAY).years
    assert all(one.sent == 0 for one in before)
    (one,) = [
        row
        for row in seasons.recipients(open_season.db, 1)
        if row.household_id == open_season.home_of("Ada Oak")
    ]
    with journal.step(open_season.db, "written", today=TODAY):
        seasons.set_state(open_season.db, one.id, "written")
        relationships.put_season_card(
            open_season.db,
            open_season.id_of("Ada Oak"),
            season_id=1,
            direction=relationships.TO_THEM,
            on=TODAY,
            text="",
        )
    found = gather_stats(open_season.db, today=TODAY).years
    assert [(year.year, year.sent, year.received) for year in found] == [(2026, 1, 0)]


def test_the_living_are_counted_and_the_dead_are_not(book: Book) -> None:
    """Circles, strips, birthdays and countries speak of the living."""
    book.imported(
        card("Ada Oak", "BDAY:1960-03-04", street="1 High Street"),
        card("Ben Elm", "BDAY:1961-03-09", "DEATHDATE:20260901", version="4.0", street="2 High Street"),
        card("Cyd Ash"),
    )
    book.circle(Circle.INNER, "Ada Oak", "Ben Elm")
    found = gather_stats(book.db, today=TODAY)
    assert (found.contacts, found.without_circle, found.circles[0].contacts) == (2, 1, 1)
    assert [one.name for one in found.inner] == ["Ada Oak"]
    assert found.birthdays[2] == sum(found.birthdays) == 1
    assert found.countries == (("GB", 1),)


def test_the_inner_circle_has_its_months(book: Book) -> None:
    book.imported(card("Ada Oak"), card("Ben Elm"))
    book.circle(Circle.INNER, "Ada Oak")
    book.circle(Circle.CLOSE, "Ben Elm")
    card_passed(book, "Ada Oak", date(2026, 9, 2))
    (found,) = gather_stats(book.db, today=TODAY).inner
    assert (found.name, found.silent, found.last_on) == ("Ada Oak", 11, date(2026, 9, 2))
