from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.services.people.find_drift import as_it_should_be
from relcard.services.people.find_drift import find_drift
from relcard.services.people.find_drift import rest
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def word(book: Book, name: str, *ago: int) -> None:
    with journal.step(book.db, f"log {name}", today=TODAY):
        for days in ago:
            relationships.add_interaction(
                book.db,
                book.id_of(name),
                channel="call",
                direction=relationships.TO_THEM,
                on=TODAY - timedelta(days=days),
            )


def asked(book: Book, today: date = TODAY) -> list[str]:
    return [one.standing.name for one in find_drift(book.db, rules=RULES, today=today)]


@pytest.fixture
def quiet(book: Book) -> Book:
    """Return a book with Ada Oak in the inner circle, last heard of 60 days ago."""
    book.imported(card("Ada Oak"), card("Ben Elm"))
    book.circle(Circle.INNER, "Ada Oak")
    word(book, "Ada Oak", 60, 74, 88, 102)
    return book


def test_the_record_is_laid_beside_the_circle(quiet: Book) -> None:
    (found,) = find_drift(quiet.db, rules=RULES, today=TODAY)
    assert found.standing.uid == "ada-oak"
    assert found.evidence == "9 weeks since a call on 21 Sep; before that a word about every 14 days"


def test_the_circle_is_never_changed(quiet: Book) -> None:
    """Asking, resting and leaving it as it is all leave the user's word alone."""
    (found,) = find_drift(quiet.db, rules=RULES, today=TODAY)
    with journal.step(quiet.db, "drift", today=TODAY):
        rest(quiet.db, [quiet.id_of("Ada Oak")], days=3, today=TODAY)
        as_it_should_be(quiet.db, found, today=TODAY)
    assert relationships.circles(quiet.db, [quiet.id_of("Ada Oak")]) == {quiet.id_of("Ada Oak"): Circle.INNER}


def test_a_rest_ends(quiet: Book) -> None:
    with journal.step(quiet.db, "drift", today=TODAY):
        until = rest(quiet.db, [quiet.id_of("Ada Oak")], days=30, today=TODAY)
    assert until == date(2026, 12, 20)
    assert asked(quiet) == []
    assert asked(quiet, until) == ["Ada Oak"]


def test_as_it_should_be_is_asked_again_after_another_word(quiet: Book) -> None:
    (found,) = find_drift(quiet.db, rules=RULES, today=TODAY)
    with journal.step(quiet.db, "drift", today=TODAY):
        as_it_should_be(quiet.db, found, today=TODAY)
    assert asked(quiet, TODAY + timedelta(days=900)) == []
    word(quiet, "Ada Oak", 0)
    assert asked(quiet) == []
    assert asked(quiet, TODAY + timedelta(days=100)) == ["Ada Oak"]


def test_an_answer_is_one_step_that_undo_takes_back(quiet: Book) -> None:
    before = dump(quiet.db)
    with journal.step(quiet.db, "drift", today=TODAY):
        rest(quiet.db, [quiet.id_of("Ada Oak")], days=30, today=TODAY)
    assert dump(quiet.db) != before
    journal.undo(quiet.db)
    assert dump(quiet.db) == before
    assert asked(quiet) == ["Ada Oak"]


def test_who_has_died_and_organisations_are_not_asked_about(book: Book) -> None:
    """The dead are not called quiet; a shop writes to everybody."""
    book.imported(
        card("Ada Oak", "DEATHDATE:20260901", version="4.0"),
        card("Ben Elm"),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Elm Bakery\r\nORG:Elm Bakery\r\nUID:shop\r\nEND:VCARD\r\n",
    )
    book.circle(Circle.INNER, "Ada Oak", "Ben Elm", "Elm Bakery")
    for name in ("Ada Oak", "Ben Elm", "Elm Bakery"):
        word(book, name, 90)
    assert asked(book) == ["Ben Elm"]


def test_a_day_to_come_is_no_word_yet(quiet: Book) -> None:
    word(quiet, "Ada Oak", -30)
    assert asked(quiet) == ["Ada Oak"]
