from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.feasts import Season
from relcard.store import contacts
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


@pytest.fixture
def round_(book: Book, today: date) -> Book:
    """Return a book of two households in christmas-2025 (season 1)."""
    book.imported(card("Anna Nowak", street="1 High Street"), card("Eve Ash", street="2 Low Road"))
    with journal.step(book.db, "season", today=today):
        season = seasons.add(book.db, "christmas-2025", "christmas", 2025, today=today)
        for home in (1, 2):
            seasons.add_recipient(book.db, season, home, "friend")
    return book


def _row(book: Book, number: int = 0) -> seasons.RecipientRow:
    return seasons.recipients(book.db, 1)[number]


def test_recipient_begins_planned(round_: Book) -> None:
    """Nothing is drafted, nothing received; the reason stands."""
    assert _row(round_) == seasons.RecipientRow(
        id=1,
        season_id=1,
        household_id=1,
        state="planned",
        reason="friend",
        front=None,
        inside=None,
        edited=False,
        received_on=None,
    )


def test_household_is_in_a_season_once(round_: Book, today: date) -> None:
    """Added again it stays as far as it was, with its first reason."""
    with journal.step(round_.db, "posted", today=today):
        seasons.set_state(round_.db, 1, "posted")
        seasons.add_recipient(round_.db, 1, 1, "again")
    assert [(one.state, one.reason) for one in seasons.recipients(round_.db, 1)] == [
        ("posted", "friend"),
        ("planned", "friend"),
    ]


def test_season_has_one_name(round_: Book, today: date) -> None:
    """A name is taken once; the newest year is first; a closed one keeps its day."""
    with journal.step(round_.db, "season", today=today):
        seasons.add(round_.db, "christmas-2026", "christmas", 2026, today=today)
        seasons.close(round_.db, 1, today=today)
    assert [(one.name, one.closed_on) for one in seasons.every(round_.db)] == [
        ("christmas-2026", None),
        ("christmas-2025", today),
    ]
    with pytest.raises(sqlite3.IntegrityError):
        seasons.add(round_.db, "christmas-2026", "christmas", 2026, today=today)


def test_only_known_states_are_kept(round_: Book) -> None:
    """A state that the words of the program do not have is refused by the store itself."""
    with pytest.raises(sqlite3.IntegrityError):
        seasons.set_state(round_.db, 1, "lost")


def test_words_of_a_person_give_way_to_a_person_only(round_: Book, today: date) -> None:
    """A drafted text replaces a drafted one; an edited one is replaced by an edited one alone."""
    steps = (
        ("a", False, ("a", False)),
        ("b", False, ("b", False)),
        ("mine", True, ("mine", True)),
        ("c", False, ("mine", True)),
        ("mine again", True, ("mine again", True)),
    )
    for words, edited, expected in steps:
        with journal.step(round_.db, "draft", today=today):
            seasons.set_draft(round_.db, 1, words, "", edited=edited)
        assert (_row(round_).front, _row(round_).edited) == expected
    assert _row(round_, 1).front is None


def test_saying_the_same_again_is_no_step(round_: Book, today: date) -> None:
    """A state or text that holds already writes nothing, and so needs no undo."""
    with journal.step(round_.db, "draft", today=today):
        seasons.set_draft(round_.db, 1, "a", "b", edited=False)
        seasons.set_state(round_.db, 1, "drafted")
    steps = journal.history(round_.db)
    with journal.step(round_.db, "draft", today=today):
        seasons.set_draft(round_.db, 1, "a", "b", edited=False)
        seasons.set_state(round_.db, 1, "drafted")
    assert journal.history(round_.db) == steps


def test_drop_takes_one_household_off(round_: Book, today: date) -> None:
    """The other stays, and so does the household itself."""
    with journal.step(round_.db, "drop", today=today):
        seasons.drop_recipient(round_.db, 1)
    assert [one.household_id for one in seasons.recipients(round_.db, 1)] == [2]
    assert "Anna Nowak" in round_.views()


def test_years_of_cards_over_the_whole_history(round_: Book, today: date) -> None:
    """Written, posted or returned is sent; planned is not; what came, and cards logged by hand, count too."""
    with journal.step(round_.db, "history", today=today):
        seasons.set_state(round_.db, 1, "returned")
        seasons.set_received(round_.db, 2, date(2025, 12, 20))
        relationships.add_interaction(
            round_.db, 1, channel="card", direction="from them", on=date(1998, 12, 20)
        )
        relationships.add_interaction(
            round_.db, 1, channel="call", direction="from them", on=date(1999, 12, 20)
        )
    found = {
        (one.household_id, one.year, one.on, one.to_them, one.from_them)
        for one in seasons.cards_exchanged(round_.db, [1, 2])
    }
    assert found == {
        (1, 2025, None, True, False),
        (2, 2025, None, False, True),
        (1, None, date(1998, 12, 20), False, True),
    }
    assert seasons.cards_exchanged(round_.db, []) == []


def test_retired_address_is_kept_and_not_used(round_: Book, today: date) -> None:
    """Only the addresses of those named go out of use; the first day it happened stands."""
    with journal.step(round_.db, "returned", today=today):
        seasons.retire_addresses(round_.db, [1], season="christmas-2026", today=today)
    with journal.step(round_.db, "returned", today=today.replace(year=2027)):
        seasons.retire_addresses(round_.db, [1], season="christmas-2026", today=today.replace(year=2027))
    assert contacts.load(round_.db, 1).addresses == ()
    assert contacts.load(round_.db, 2).addresses != ()
    rows = round_.db.execute("SELECT contact_id, retired_on FROM address ORDER BY id").fetchall()
    assert [tuple(row) for row in rows] == [(1, today.isoformat()), (2, None)]
    assert round_.views()["Anna Nowak"].address_lines == ()


def test_states_of_open_seasons(round_: Book, today: date) -> None:
    """Every recipient of a season that is not closed, with the country its card goes to."""
    assert seasons.open_states(round_.db) == [
        seasons.OpenState(1, "christmas-2025", Season("christmas", 2025), "planned", "GB"),
        seasons.OpenState(1, "christmas-2025", Season("christmas", 2025), "planned", "GB"),
    ]
    with journal.step(round_.db, "close", today=today):
        seasons.close(round_.db, 1, today=today)
    assert seasons.open_states(round_.db) == []


def test_cards_on_the_desk(open_season: Book, today: date) -> None:
    """Only cards of open seasons are on it; the program's own words can be forgotten, a person's stand."""
    book = open_season
    ids = {one.household_id: one.id for one in seasons.recipients(book.db, 1)}
    ada, ben = book.home_of("Ada Oak"), book.home_of("Ben Elm")
    with journal.step(book.db, "draft", today=today):
        for home, edited in ((ada, True), (ben, False)):
            seasons.set_draft(book.db, ids[home], "Front", "Inside", edited=edited)
            seasons.set_state(book.db, ids[home], "printed")
            seasons.plan_again(book.db, ids[home])
    cards = {one.household_id: one for one in seasons.open_cards(book.db, [ada, ben])}
    assert (cards[ada].state, cards[ada].has_words, cards[ada].edited) == ("printed", True, True)
    assert (cards[ben].state, cards[ben].has_words, cards[ben].season) == ("planned", False, "christmas-2026")
    with journal.step(book.db, "close", today=today):
        seasons.close(book.db, 1, today=today)
    assert seasons.open_cards(book.db, ids) == []
