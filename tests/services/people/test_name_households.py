"""Households by name alone are called as they are when they are read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies

from relcard.domain.languages import CODES
from relcard.domain.people.circle import Circle
from relcard.services.people.name_households import name_households
from relcard.store import contacts
from relcard.store import households
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.book import Book

GIVEN = ("Ann", "Zoë", "Mary Ann", "Sir", "Aunt", "Mr", "Familie", "R.", "健", "", "Tom & Ana", "DORIS", "Né")
FAMILY = (
    "Oak",
    "O'Hara",
    "van der Elm",
    "Born",
    "Dead",
    "Orr",
    "佐藤",
    "PhD",
    "Bank",
    "",
    "Smith-Hart",
    "JR",
    "ROUX",
)
SHOWN = ("{given} {family}", "{family}, {given}", "{given} {family} (died 2024)", 'Dr {given} "Bo" {family}')
MORE = (
    "",
    "NOTE:x",
    "BDAY:1990-01-02",
    "X-DEATHDATE:2026-01-02",
    "X-ABRELATEDNAMES:Jack",
    "NICKNAME:Bo",
    "ORG:Oak Ltd",
)
CARDS = strategies.tuples(*map(strategies.sampled_from, (GIVEN, FAMILY, SHOWN, MORE, ("", "1 Elm St"))))


@settings(max_examples=dose(10, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cards=strategies.lists(CARDS, min_size=1, max_size=12),
    language=strategies.sampled_from(CODES),
    circle=strategies.sampled_from(Circle),
    aside=strategies.sets(strategies.integers(1, 12), max_size=3),
)
def test_a_plain_name_is_the_one_on_the_envelope(
    new_book: Callable[[], Book],
    cards: list[tuple[str, ...]],
    language: str,
    circle: Circle,
    aside: set[int],
) -> None:
    """Whoever they are, whatever the language of cards: reading little says what reading all says."""
    book = new_book()
    for number, (given_name, family, shown, more, street) in enumerate(cards):
        lines = [f"N:{family};{given_name};;;", *filter(None, [more])]
        name = shown.format(given=given_name, family=family).strip() or "Mo"
        book.imported(card(name, *lines, uid=f"u{number}", street=street and f"{number % 3} {street}"))
    name = book.db.execute("SELECT name FROM contact ORDER BY id LIMIT 1").fetchone()[0]
    book.circle(circle, name)
    with journal.step(book.db, "archive", today=STANDPOINT.today):
        contacts.archive(book.db, aside, STANDPOINT.today)
    standpoint = STANDPOINT._replace(language=language)
    every = households.ids(book.db)
    assert name_households(book.db, None, standpoint) == name_households(book.db, every, standpoint)


def test_list_by_surname_knows_it_behind_a_title_in_one_column(book: Book) -> None:
    """Dr. Günther Schroeder stands under S and the Orrs under O, with and without the parts of the name."""
    names = ("Dr. Günther Schroeder", "Prof. Dr. Eva Lang", "Rev. Hugh Dale", "Ann Poe", "The Orr Family")
    book.imported(*(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nEND:VCARD\r\n" for name in names))
    households_ = name_households(book.db, None, STANDPOINT)
    by_surname = [home.addressee for home in sorted(households_, key=lambda home: home.shelf)]
    assert by_surname == [names[2], names[1], names[4], names[3], names[0]]
