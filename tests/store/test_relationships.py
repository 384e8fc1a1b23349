from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.store import contacts
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


@pytest.fixture
def two(book: Book) -> Book:
    """Return a book of Anna (1) and Jan (2)."""
    book.imported(card("Anna Nowak"), card("Jan Ash"))
    return book


def test_circle_is_the_last_word_said(two: Book, today: date) -> None:
    """A circle is kept per contact; said again it changes nothing, not even its day."""
    two.circle(Circle.CLOSE, "Anna Nowak")
    steps = journal.history(two.db)
    with journal.step(two.db, "circle", today=today.replace(year=2027)):
        relationships.set_circle(two.db, 1, Circle.CLOSE, today=today.replace(year=2027))
    assert journal.history(two.db) == steps
    two.circle(Circle.INNER, "Anna Nowak")
    assert relationships.circles(two.db, [1, 2]) == {1: Circle.INNER}


def test_tag_is_there_once(two: Book, today: date) -> None:
    """Given twice it is one tag, in the order given; taken off it is gone, and taking it off again is nothing."""
    with journal.step(two.db, "tag", today=today):
        for tag in ("choir", "bread", "choir"):
            relationships.add_tag(two.db, 1, tag)
    assert contacts.load(two.db, 1).tags == ("choir", "bread")
    assert contacts.load(two.db, 2).tags == ()
    with journal.step(two.db, "tag", today=today):
        relationships.remove_tag(two.db, 1, "choir")
        relationships.remove_tag(two.db, 1, "never there")
    assert contacts.load(two.db, 1).tags == ("bread",)


def test_fact_has_one_value_a_key(two: Book, today: date) -> None:
    """A newer value takes the place of the old with its day; an empty one forgets the fact."""
    with journal.step(two.db, "fact", today=today):
        relationships.set_fact(two.db, 1, "shoes", "42", today=date(2020, 1, 1))
        relationships.set_fact(two.db, 1, "bread", "white", today=date(2020, 1, 1))
        relationships.set_fact(two.db, 1, "bread", "rye", today=today)
    bread = relationships.Fact("bread", "rye", today)
    shoes = relationships.Fact("shoes", "42", date(2020, 1, 1))
    assert relationships.facts(two.db, 1) == [bread, shoes]
    assert relationships.facts_of(two.db, [1, 2]) == {1: [bread, shoes]}
    with journal.step(two.db, "fact", today=today):
        relationships.set_fact(two.db, 1, "bread", "", today=today)
    assert relationships.facts(two.db, 1) == [shoes]


def test_notes_are_newest_first(two: Book, today: date) -> None:
    """By day, and on one day the last written first; only those of the contacts asked for."""
    with journal.step(two.db, "note", today=today):
        relationships.add_note(two.db, 1, "old", on=date(2020, 1, 1))
        relationships.add_note(two.db, 2, "morning", on=today)
        relationships.add_note(two.db, 1, "evening", on=today)
    assert [one.text for one in relationships.notes(two.db, [1, 2])] == ["evening", "morning", "old"]
    assert [one.text for one in relationships.notes(two.db, [2])] == ["morning"]
    assert relationships.notes(two.db, []) == []


def test_interactions_are_newest_first(two: Book, today: date) -> None:
    """Channel, direction, day and text come back as they were logged."""
    with journal.step(two.db, "log", today=today):
        relationships.add_interaction(two.db, 1, channel="call", direction="to them", on=date(2020, 1, 1))
        relationships.add_interaction(
            two.db, 1, channel="letter", direction="from them", on=today, text="come and see"
        )
    newest, oldest = relationships.interactions(two.db, [1])
    assert newest == relationships.InteractionRow(
        1, "letter", "from them", today, "come and see", newest.id, None
    )
    assert (oldest.channel, oldest.text) == ("call", "")
    assert relationships.interactions(two.db, [2]) == []


def test_card_of_a_season_is_logged_once(two: Book, today: date) -> None:
    """Written, then posted: one interaction with the later day; a line stays until another, or none, is said."""
    with journal.step(two.db, "posted", today=today):
        season = seasons.add(two.db, "christmas-2026", "christmas", 2026, today=today)
        for day, text in ((1, "the train is booked"), (5, None), (6, "see you in May"), (7, "")):
            relationships.put_season_card(
                two.db, 1, season_id=season, direction="to them", on=date(2026, 12, day), text=text
            )
            (one,) = relationships.interactions(two.db, [1])
            assert one.on == date(2026, 12, day)
            assert one.text == ("the train is booked" if text is None else text)
        relationships.put_season_card(
            two.db, 1, season_id=season, direction="from them", on=today, text="theirs"
        )
    assert len(relationships.interactions(two.db, [1])) == 2
