from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import OccasionKind
from relcard.domain.reminders.reminder import Windows
from relcard.store import occasions
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    import sqlite3

    from relcard.domain.reminders.occasion import KeptOccasion
    from tests.support.book import Book


def _names(book: Book, start: date, end: date) -> set[str]:
    return {one.name for one in _between(book, (start, end))}


def _between(
    book: Book, window: tuple[date, date], narrow: tuple[date, date] | None = None
) -> list[KeptOccasion]:
    return occasions.between(book.db, Windows(window, window, narrow or window))


@pytest.fixture
def days(book: Book) -> Book:
    """Return a book of birthdays round the year."""
    book.imported(
        card("New Year", "BDAY:1980-01-01"),
        card("Leap Day", "BDAY:1980-02-29"),
        card("Feb Last", "BDAY:1990-02-28"),
        card("Mar First", "BDAY:--0301", version="4.0"),
        card("Year End", "BDAY:1970-12-31"),
        card("No Day", "BDAY:1970-12", version="4.0"),
    )
    return book


@pytest.mark.parametrize(
    ("start", "end", "names"),
    [
        (date(2026, 12, 30), date(2026, 12, 31), {"Year End"}),
        (date(2026, 12, 31), date(2027, 1, 1), {"Year End", "New Year"}),
        (date(2027, 2, 28), date(2027, 2, 28), {"Feb Last", "Leap Day"}),
        (date(2027, 3, 1), date(2027, 3, 1), {"Mar First", "Leap Day"}),
        (date(2028, 2, 29), date(2028, 2, 29), {"Leap Day"}),
        (date(2026, 6, 1), date(2026, 6, 30), set()),
        (date(2027, 1, 2), date(2027, 1, 1), set()),
        (date(2026, 1, 1), date(2028, 1, 1), {"New Year", "Leap Day", "Feb Last", "Mar First", "Year End"}),
    ],
)
def test_window(days: Book, start: date, end: date, names: set[str]) -> None:
    """Both ends are in, the year may turn, and 29 February is near 28 February and 1 March."""
    assert _names(days, start, end) == names


def test_row_says_whose_day_it_is(book: Book) -> None:
    """Circle, town of the home, and whether its bearer has died."""
    book.imported(
        card(
            "Anna Nowak",
            "BDAY:1980-12-01",
            "ADR;TYPE=work:;;9 Office Park;Hull;;HU1 1AA;UK",
            street="1 High Street",
        ),
        card("Tom Ash", "BDAY:1940-12-01", "DEATHDATE:2020-12-01", version="4.0"),
    )
    book.circle(Circle.CLOSE, "Anna Nowak")
    found = {(one.name, one.kind): one for one in _between(book, (date(2026, 12, 1), date(2026, 12, 1)))}
    anna = found["Anna Nowak", OccasionKind.BIRTHDAY]
    assert (anna.circle, anna.town, anna.has_address, anna.country) == (Circle.CLOSE, "Leeds", True, "GB")
    assert str(anna.date) == "1980-12-01"
    tom = found["Tom Ash", OccasionKind.REMEMBRANCE]
    assert tom.has_died
    assert not tom.has_address
    assert len(found) == 3


def test_dismissal_is_the_last_thing_said(db: sqlite3.Connection, today: date) -> None:
    """Snoozed, then done: done; each reminder once."""
    with journal.step(db, "snooze", today=today):
        occasions.dismiss(db, "birthday-1-2026", until=date(2026, 12, 1), today=today)
        occasions.dismiss(db, "cadence-1", until=date(2026, 12, 2), today=today)
    assert occasions.dismissals(db) == {"birthday-1-2026": date(2026, 12, 1), "cadence-1": date(2026, 12, 2)}
    with journal.step(db, "done", today=today):
        occasions.dismiss(db, "birthday-1-2026", until=None, today=today)
    assert occasions.dismissals(db) == {"birthday-1-2026": None, "cadence-1": date(2026, 12, 2)}


def test_who_has_no_circle_has_a_window_of_their_own(days: Book) -> None:
    """Cards go to a circle: only there the days count for which one would have to be posted by now."""
    days.circle(Circle.CLOSE, "Year End")
    days.circle(Circle.NONE, "New Year")
    wide, narrow = (date(2026, 12, 20), date(2027, 3, 1)), (date(2027, 3, 1), date(2027, 3, 1))
    rows = _between(days, wide, narrow)
    assert {row.name for row in rows} == {"Year End", "Mar First", "Leap Day"}
    later = Windows(wide, narrow, narrow)
    days.circle(Circle.FRIEND, "Feb Last")
    assert {row.name for row in occasions.between(days.db, later)} == {"Year End", "Mar First", "Leap Day"}
    days.circle(Circle.INNER, "Feb Last")
    assert "Feb Last" in {row.name for row in occasions.between(days.db, later)}
