from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.reminders.gift import GIVEN
from relcard.domain.reminders.gift import GOT
from relcard.domain.reminders.gift import Gift
from relcard.store import gifts
from relcard.store import last_words
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = date(2026, 11, 20)
FIRST = date(2026, 6, 1)


def _log(book: Book, name: str, channel: str, direction: str, on: date, text: str = "") -> None:
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(
            book.db, book.id_of(name), channel=channel, direction=direction, on=on, text=text
        )


def _waiting(book: Book) -> list[tuple[str, str]]:
    return [(came.name, came.what) for came in last_words.waiting(book.db, FIRST, TODAY)]


def test_a_letter_waits_until_anybody_there_had_a_word(book: Book) -> None:
    """A card waits for none; a word to the other of the house answers, one before the letter does not."""
    book.imported(
        card("Ida Reed", street="4 Hill Road"), card("Pat Reed", street="4 Hill Road"), card("Jo Ash")
    )
    on = date(2026, 11, 10)
    _log(book, "Ida Reed", "letter", relationships.FROM_THEM, on)
    _log(book, "Jo Ash", "card", relationships.FROM_THEM, on)
    _log(book, "Jo Ash", "letter", relationships.FROM_THEM, date(2026, 5, 1))
    _log(book, "Pat Reed", "call", relationships.TO_THEM, on - timedelta(days=1))
    assert _waiting(book) == [("Ida Reed", "")]
    _log(book, "Pat Reed", "call", relationships.TO_THEM, on + timedelta(days=1))
    assert _waiting(book) == []


def test_a_card_of_a_closed_season_waits_for_a_card_or_a_letter(open_season: Book) -> None:
    """While its season is open it is in the plan; a call is no answer, a letter is; the dead wait for none."""
    book = open_season
    with journal.step(book.db, "received", today=TODAY):
        for row in seasons.recipients(book.db, 1)[:2]:
            seasons.set_received(book.db, row.id, TODAY - timedelta(days=2))
    assert _waiting(book) == []
    with journal.step(book.db, "close", today=TODAY):
        seasons.close(book.db, 1, today=TODAY)
    assert _waiting(book) == [("Ada Oak", ""), ("Ben Elm", "")]
    assert [owed.household_id for owed in seasons.answers_owed(book.db)] == [
        book.home_of("Ada Oak"),
        book.home_of("Ben Elm"),
    ]
    _log(book, "Ada Oak", "call", relationships.TO_THEM, TODAY)
    _log(book, "Ben Elm", "letter", relationships.TO_THEM, TODAY)
    assert _waiting(book) == [("Ada Oak", "")]


def test_gifts_wait_for_thanks_but_not_those_of_long_ago(book: Book) -> None:
    """As an interaction or as a gift; one of 2019 that is noted today is history, one for `none` never waits."""
    book.imported(card("Jo Ash"), card("Al Oak"), card("Nora None"))
    book.circle(Circle.NONE, "Nora None")
    _log(book, "Jo Ash", "gift", relationships.FROM_THEM, TODAY, "a pie")
    _log(book, "Nora None", "gift", relationships.FROM_THEM, TODAY, "a leaflet")
    with journal.step(book.db, "gift", today=TODAY):
        for what, year in (("a scarf", 2026), ("a lamp", None), ("a kettle", 2019)):
            gifts.keep(book.db, Gift(book.id_of("Al Oak"), True, GOT, what, "", year), today=TODAY)
        gifts.keep(book.db, Gift(book.id_of("Al Oak"), False, GIVEN, "tea", "", 2026), today=TODAY)
    assert sorted(_waiting(book)) == [("Al Oak", "a lamp"), ("Al Oak", "a scarf"), ("Jo Ash", "a pie")]


def test_what_is_known_of_a_house_is_that_of_all_in_it(book: Book) -> None:
    """The newest of the household: word, note, gifts and deaths; what is dated ahead is left out."""
    book.imported(
        card("Ida Reed", street="4 Hill Road"),
        card("Pat Reed", "DEATHDATE:20260520", version="4.0", street="4 Hill Road"),
    )
    home = book.home_of("Ida Reed")
    _log(book, "Pat Reed", "visit", relationships.TO_THEM, date(2026, 3, 1))
    _log(book, "Ida Reed", "card", relationships.FROM_THEM, date(2026, 6, 1), "thank you")
    _log(book, "Ida Reed", "call", relationships.TO_THEM, TODAY + timedelta(days=9))
    with journal.step(book.db, "note", today=TODAY):
        relationships.add_note(book.db, book.id_of("Pat Reed"), "old", on=date(2026, 1, 1))
        relationships.add_note(book.db, book.id_of("Ida Reed"), "new", on=date(2026, 2, 1))
        gifts.keep(book.db, Gift(book.id_of("Ida Reed"), True, GIVEN, "tea", "", 2025), today=TODAY)
    _log(book, "Pat Reed", "other", relationships.TO_THEM, date(2026, 2, 1))
    _log(book, "Ida Reed", "visit", relationships.TO_THEM, date(2026, 2, 1))
    known = last_words.known_of(book.db, [home], date(2026, 2, 1))[home]
    assert known.last is not None
    assert known.last.channel == "visit"  # of two on one day the one said last
    known = last_words.known_of(book.db, [home], TODAY)[home]
    assert known.last is not None
    assert (known.last.channel, known.last.from_them, known.last.text) == ("card", True, "thank you")
    assert (known.note, known.gifts) == ("new", (("given", "tea", 2025),))
    assert [name for name, _ in known.deaths] == ["Pat Reed"]


def test_cadence_counts_from_the_last_word(book: Book) -> None:
    """The last interaction in any direction, else the day the circle was said; nobody without a circle."""
    book.imported(card("Anna Nowak"))
    book.circle(Circle.CLOSE, "Anna Nowak")
    (anna,) = last_words.cadences(book.db, TODAY)
    assert (anna.name, anna.circle, anna.spoken_on, anna.since) == ("Anna Nowak", Circle.CLOSE, None, TODAY)
    with journal.step(book.db, "log", today=TODAY):
        for day in (date(2026, 10, 1), date(2024, 1, 1)):
            relationships.add_interaction(book.db, 1, channel="call", direction="from them", on=day)
    (anna,) = last_words.cadences(book.db, TODAY)
    assert (anna.spoken_on, anna.household_spoken_on) == (date(2026, 10, 1), date(2026, 10, 1))
    assert anna.channel == "call"
    book.imported(card("Anna Nowak", "DEATHDATE:2026-11-01", version="4.0"))
    assert last_words.cadences(book.db, TODAY) == []
