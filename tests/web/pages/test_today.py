from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.season import State
from relcard.store import seasons
from relcard.store.file import journal

if TYPE_CHECKING:
    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.visitor import Visitor


@pytest.fixture(autouse=True)
def due(book: Book, house: House) -> None:
    book.circle(Circle.CLOSE, "Ada Oak")


def test_day_says_what_is_to_do_and_why(phone: Visitor) -> None:
    """A birthday with its day, age and day to post, and no word of the circle that brought it."""
    words = phone.get("/").words
    assert "Friday 20 November" in words
    assert "Write · Ada Oak birthday on Monday 23 November · turns 46 · post by" in words
    assert "close" not in words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", "Geburtstag am Montag, 23. November · wird 46 · zur Post bis"),
        ("fr", "anniversaire le lundi 23 novembre · 46 ans · à poster"),
        ("pl", "urodziny: poniedziałek, 23 listopada · kończy 46 lat · wysłać"),
    ],
)
def test_day_is_told_in_the_language_of_the_device(phone: Visitor, language: str, words: str) -> None:
    """Accept-Language says which one, until somebody chooses."""
    phone.language = f"{language}-XX,en;q=0.5"
    assert words in phone.get("/").words
    phone.post("/language", language="en", back="/")
    assert "birthday on" in phone.get("/").words


def test_season_stands_in_a_line(phone: Visitor, book: Book) -> None:
    """How many cards are written, of how many, and how many lie here: in forms that go with the number."""
    book.circle(Circle.CLOSE, "Ben Elm", "Zoë Żak")
    book.start()
    row = book.recipients()[0].row
    assert row is not None
    seasons.set_state(book.db, row.id, State.WRITTEN.value)
    for language, words in (
        ("en", "christmas-2026 · 1 of 3 written · 1 lies here written, to be posted"),
        ("fr", "christmas-2026 · 1 écrite sur 3 · 1 attend ici"),
        ("pl", "christmas-2026 · 1 z 3 napisana · 1 napisana leży tu"),
    ):
        phone.language = language
        assert words in phone.get("/").words


def test_done_is_a_step_of_the_device_and_can_be_taken_back(phone: Visitor, book: Book) -> None:
    """The line goes, the history says from where, and one tap brings it back."""
    page = phone.get("/")
    after = phone.sent("/done", ids=page.field("ids"))
    assert "Ada Oak" not in after.words
    newest = journal.history(book.db)[0]
    assert (newest.command, newest.device) == ("done", "Marta's phone")
    assert "Taken back" in phone.post("/undo", step=after.field("step"), back="/").words
    assert "Ada Oak" in phone.get("/").words


def test_snooze_puts_it_off(phone: Visitor) -> None:
    """It is gone for three days."""
    page = phone.get("/")
    assert "Ada Oak" not in phone.sent("/snooze", ids=page.field("ids")).words


def test_form_that_comes_twice_is_done_once(phone: Visitor, book: Book) -> None:
    """A weak network sends it again: one step, and the same answer."""
    page = phone.get("/")
    fields = {"ids": page.field("ids"), "token": page.token}
    first, second = phone.post("/done", **fields), phone.post("/done", **fields)
    assert first.header("location") == second.header("location")
    assert sum(step.device != "" for step in journal.history(book.db)) == 1
