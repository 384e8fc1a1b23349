from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.reminders.gift import GIVEN
from relcard.domain.reminders.gift import Gift
from relcard.services.reminders.today import Missed
from relcard.services.reminders.today import known_beside
from relcard.services.reminders.today import read_today
from relcard.store import gifts
from relcard.store import occasions
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.services.reminders.today import Today
    from tests.support.book import Book

SAID = date(2026, 11, 20)  # the day on which the book says its circles


def _today(book: Book, today: date) -> Today:
    return read_today(book.db, STANDPOINT._replace(today=today))


def test_who_comes_back_is_told_once_whom_they_missed(book: Book) -> None:
    """Of every circle, those answered and those before it left out; the first change is the end of it."""
    book.imported(
        card("Mum Hill", "BDAY:1950-12-07"),
        card("Jo Friend", "BDAY:1980-12-01"),
        card("Al Answered", "BDAY:1980-12-09"),
        card("Una Unsaid", "BDAY:1980-12-08"),
        card("Bo Before", "BDAY:1980-11-18"),
    )
    book.circle(Circle.INNER, "Mum Hill")
    book.circle(Circle.FRIEND, "Jo Friend", "Al Answered", "Bo Before")
    back = date(2026, 12, 23)
    with journal.step(book.db, "log", today=SAID):
        relationships.add_interaction(
            book.db, book.id_of("Al Answered"), channel="card", direction="to them", on=date(2026, 12, 1)
        )
    assert _today(book, back).missed == [
        Missed("Jo Friend", date(2026, 12, 1), Circle.FRIEND.nearness),
        Missed("Mum Hill", date(2026, 12, 7), Circle.INNER.nearness),
    ]
    assert _today(book, SAID + timedelta(days=6)).missed == []
    with journal.step(book.db, "done", today=back):
        occasions.dismiss(book.db, "season-1", until=None, today=back)
    assert _today(book, back).missed == []
    page = _today(book, back + timedelta(days=1)).page
    assert "Mum Hill" in {line.reminder.who for line in page.shown}  # she waits for two months


def test_a_missed_day_of_a_couple_is_one(book: Book) -> None:
    """Their anniversary stands under both names."""
    book.imported(
        *(
            card(f"{name} Oak", "ANNIVERSARY:20000612", version="4.0", street="1 Low Road")
            for name in ("Ida", "Al")
        )
    )
    book.circle(Circle.CLOSE, "Ida Oak", "Al Oak")
    missed = _today(book, date(2027, 6, 20)).missed
    assert missed == [Missed("Ida Oak and Al Oak", date(2027, 6, 12), Circle.CLOSE.nearness)]


def test_page_of_the_morning_holds_through_the_day(book: Book) -> None:
    """A word and a day dealt with today leave their numbers behind them."""
    book.imported(
        *(card(f"Jo {name}", f"BDAY:1980-12-{number:02}") for number, name in enumerate("ABCDEFG", 1))
    )
    book.circle(Circle.CLOSE, *(f"Jo {name}" for name in "ABCDEFG"))
    today = date(2026, 12, 8)
    before = _today(book, today).page
    assert [line.number for line in (*before.shown, *before.rest)] == [1, 2, 3, 4, 5, 6, 7]
    gone = before.shown[1].reminder
    with journal.step(book.db, "done", today=today):
        for part in (gone, *gone.parts):
            occasions.dismiss(book.db, part.id, until=None, today=today)
        relationships.add_interaction(
            book.db, gone.contact_id or 0, channel="call", direction="to them", on=today
        )
    after = _today(book, today).page
    assert [line.number for line in after.shown] == [1, 3, 4, 5]
    assert after.rest == before.rest


def test_beside_a_line_stands_what_is_known_of_the_house(book: Book) -> None:
    """Last year's gift beside this year's birthday."""
    book.imported(card("Jo Ash", "BDAY:1980-11-22"), card("Al Oak"))
    book.circle(Circle.CLOSE, "Jo Ash")
    with journal.step(book.db, "gift", today=SAID):
        gifts.keep(book.db, Gift(book.id_of("Jo Ash"), False, GIVEN, "a scarf", "", 2025), today=SAID)
    today = date(2026, 11, 22)
    lines = _today(book, today).page.shown
    assert known_beside(book.db, lines, today) == {book.home_of("Jo Ash"): ["last year: a scarf"]}
    assert known_beside(book.db, [], today) == {}
