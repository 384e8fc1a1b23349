"""Tests of reading those who wait for triage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.services.importing.triage_queue import plain
from relcard.services.importing.triage_queue import triage_queue
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


def test_a_candidate_has_what_the_card_says(book: Book) -> None:
    """Names, organisation, place, birthday, ways to reach, tags, note and household come from the store."""
    book.imported(
        card(
            "Anna Kowalska",
            "NICKNAME:Ania",
            "ORG:Kowalska Design",
            "TITLE:Architect",
            "BDAY:1984-12-16",
            "TEL:+48 12 555 0100",
            "TEL:+48 12 555 0101",
            "EMAIL:anna@example.org",
            "CATEGORIES:choir,school",
            "NOTE:Met at the lake.\\nTwo cats.",
            street="1 Lake Road",
        ),
        card("Jan Kowalski", street="1 Lake Road"),
        card("Ewa Kowalska", street="2 Far Road"),
    )
    anna = next(one for one in triage_queue(book.db).candidates if one.name == "Anna Kowalska")
    assert (anna.nicknames, anna.org, anna.title) == (("Ania",), "Kowalska Design", "Architect")
    assert (anna.place, anna.has_address) == ("Leeds, United Kingdom", True)
    assert str(anna.birthday) == "1984-12-16"
    assert (anna.phones, anna.emails, anna.tags) == (2, 1, ("choir", "school"))
    assert anna.note == "Met at the lake. Two cats."
    assert [one.name for one in anna.housemates] == ["Jan Kowalski"]
    assert {one.name for one in anna.namesakes} == {"Anna Kowalska", "Jan Kowalski", "Ewa Kowalska"}


def test_who_has_a_circle_or_has_died_is_not_asked_about(book: Book) -> None:
    """A stated circle, none among them, is not asked again; a death is not made a question."""
    book.imported(
        card("Anna Grey"),
        card("Ben Grey"),
        card("Cy Grey"),
        card("Di Grey", "DEATHDATE:2020-01-01", version="4.0"),
    )
    book.circle(Circle.CLOSE, "Anna Grey")
    book.circle(Circle.NONE, "Ben Grey")
    queue = triage_queue(book.db)
    assert [one.name for one in queue.candidates] == ["Cy Grey"]
    assert sorted(one.value for one in queue.circles.values()) == ["close", "none"]
    assert queue.total == 3


def test_the_newest_own_note_stands_in_for_a_card_without_one(book: Book, today: date) -> None:
    """What the user noted is shown where the vCard has no NOTE, the newest first."""
    book.imported(card("Anna Grey"))
    with journal.step(book.db, "note", today=today):
        for day, text in ((1, "older"), (2, "newer")):
            relationships.add_note(book.db, book.id_of("Anna Grey"), text, on=today.replace(day=day))
    assert triage_queue(book.db).candidates[0].note == "newer"


def test_the_number_of_queries_does_not_grow(book: Book) -> None:
    """Three contacts and thirty take the same number of queries."""
    asked: list[str] = []
    counts = []
    for names in (("A", "B", "C"), tuple(f"N{number}" for number in range(30))):
        book.imported(*(card(f"{name} Grey", street=f"{name} Road") for name in names))
        asked.clear()
        book.db.set_trace_callback(asked.append)
        triage_queue(book.db)
        book.db.set_trace_callback(None)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 5


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mal\x1b[31mlory", "Mal [31mlory"),
        ("one\r\ntwo\tthree", "one two three"),
        ("\u202etxet", "txet"),
        ("क\u200dष", "क\u200dष"),
        ("Zoë Müller", "Zoë Müller"),
    ],
)
def test_nothing_that_steers_a_terminal_is_shown(text: str, shown: str) -> None:
    """Control characters become gaps; joiners that scripts need and letters of every script stay."""
    assert plain(text) == shown
