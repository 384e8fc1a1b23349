from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.dates import LeapDay
from relcard.domain.dates import PartialDate
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.careful_year import Careful
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.day import Day
from relcard.services.reminders.calendar import read_calendar
from relcard.services.reminders.days import keep_day
from relcard.store import households
from relcard.store import occasions
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.domain.reminders.calendar import Entry
    from tests.support.book import Book

HIGH_STREET = "1 High Street"


def _days(book: Book) -> dict[str, Entry]:
    return {entry.title: entry for entry in read_calendar(book.db, STANDPOINT) if not entry.has_alarm}


def _posts(book: Book) -> dict[str, date]:
    return {entry.title: entry.on for entry in read_calendar(book.db, STANDPOINT) if entry.has_alarm}


def test_a_couple_has_one_anniversary_and_first_names(book: Book) -> None:
    """Two cards with one wedding are one day; nobody is called by more than a first name."""
    book.imported(
        card("Ada Oak", "ANNIVERSARY:20010506", "BDAY:1980-03-04", street=HIGH_STREET),
        card("Bo Oak", "ANNIVERSARY:20010506", street=HIGH_STREET),
    )
    days = _days(book)
    assert {*days} == {"Ada and Bo's anniversary", "Ada's birthday"}
    assert days["Ada's birthday"].on == date(2027, 3, 4)  # the year of birth is nobody's business
    assert _posts(book) == {}  # no circle, no card


def test_a_house_has_one_day_to_post_where_days_are_near(book: Book) -> None:
    """Two birthdays in a week at one letterbox are one card; the next one is another, 13 months ahead."""
    book.imported(
        card("Ada Oak", "BDAY:--12-04", street=HIGH_STREET),
        card("Bo Oak", "BDAY:--12-07", street=HIGH_STREET),
    )
    book.circle(Circle.WIDE, "Ada Oak", "Bo Oak")
    entries = [entry for entry in read_calendar(book.db, STANDPOINT) if entry.has_alarm]
    assert [(entry.title, entry.on.year) for entry in entries] == [
        ("Post a card: Ada's birthday, Bo's birthday", 2026),
        ("Post a card: Ada's birthday, Bo's birthday", 2027),
    ]
    assert len({entry.uid for entry in entries}) == 2
    assert all("Oak" not in "".join(map(str, entry)) for entry in entries)
    (due, _) = entries
    assert (due.on, due.beneath) == (date(2026, 11, 28), "To arrive by Fri 4 Dec")


def test_circles_change_nothing_but_whether_there_is_a_card(book: Book) -> None:
    """Inner and wide have the same calendar to the letter; of circle none there is nothing."""
    book.imported(card("Ada Oak", "BDAY:--12-04", street=HIGH_STREET), card("Cyd Ash", "BDAY:--12-05"))
    book.circle(Circle.WIDE, "Ada Oak")
    wide = read_calendar(book.db, STANDPOINT)
    book.circle(Circle.INNER, "Ada Oak")
    assert read_calendar(book.db, STANDPOINT) == wide
    book.circle(Circle.NONE, "Ada Oak")
    assert {*_days(book)} == {"Cyd's birthday"}
    assert _posts(book) == {}


def test_the_dead_are_silent_and_a_careful_year_is_until_its_end(book: Book) -> None:
    """Of who died there is no day, not even of remembrance; the others of the house follow after a year."""
    book.imported(
        card(
            "Walt Fern",
            "BDAY:1940-12-24",
            "X-DEATHDATE:2026-09-01",
            "ANNIVERSARY:19700101",
            street=HIGH_STREET,
        ),
        card("Joan Fern", "BDAY:--12-04", "ANNIVERSARY:19700101", street=HIGH_STREET),
        card("Cyd Ash", "BDAY:--12-05"),
        card("Dee Fir", "BDAY:--12-06"),
    )
    with journal.step(book.db, "said", today=TODAY):
        until = Careful(TODAY, date(2028, 1, 31), "parted")
        households.set_careful(book.db, book.home_of("Cyd Ash"), until)
        died = Day(book.id_of("Dee Fir"), False, OccasionKind.REMEMBRANCE, "Max", PartialDate(None, 12, 9))
        occasions.add_day(book.db, died)
    book.circle(Circle.INNER, "Joan Fern")
    if not book.db.execute("SELECT 1 FROM occasion WHERE kind = 'remembrance'").fetchone():
        raise AssertionError("the card's day of death was not read")
    days = _days(book)
    assert {title: entry.on for title, entry in days.items()} == {
        "Joan's birthday": date(2027, 12, 4),
        "Cyd's birthday": date(2028, 12, 5),
        "Dee's birthday": date(2026, 12, 6),
    }
    assert {*_posts(book)} == {"Post a card: Joan's birthday"}


def test_a_day_keeps_its_uid_when_it_moves(book: Book) -> None:
    """A corrected birthday is the same entry on another day; two of one kind are two entries."""
    book.imported(card("Ada Oak", "BDAY:--12-04", "BDAY:--12-05", uid="ada"))
    first, second = read_calendar(book.db, STANDPOINT)
    assert first.uid != second.uid
    book.imported(card("Ada Oak", "BDAY:--12-09", uid="ada"))
    (moved,) = read_calendar(book.db, STANDPOINT)
    assert (moved.uid, moved.on) == (first.uid, date(2026, 12, 9))


def test_a_day_of_one_year_and_a_house_of_its_own(book: Book) -> None:
    """What the user said of a household bears its names; a day of one year has no rule, and is gone after it."""
    book.imported(card("Ada Oak", street=HIGH_STREET), card("Bo Oak", street=HIGH_STREET))
    home = book.home_of("Ada Oak")
    with journal.step(book.db, "said", today=TODAY):
        for label, on, is_once in (("wedding", "2015-06-12", False), ("exam", "2026-12-01", True)):
            said = Day(0, False, OccasionKind.CUSTOM, label, PartialDate.parse(on), is_once)
            keep_day(book.db, said, TODAY, household_id=home, remember=False)
    days = _days(book)
    assert days["Ada and Bo's anniversary"].rule == "FREQ=YEARLY"
    assert (days["Ada and Bo's exam"].rule, days["Ada and Bo's exam"].on) == ("", date(2026, 12, 1))
    later = read_calendar(book.db, STANDPOINT._replace(today=date(2026, 12, 2)))
    assert [entry.title for entry in later] == ["Ada and Bo's anniversary"]


def test_a_day_of_another_calendar_is_an_entry_a_year(book: Book) -> None:
    """No rule of iCalendar knows it, so its days are said for ten years, each known again in the next file."""
    book.imported(card("Ada Oak"))
    with journal.step(book.db, "said", today=TODAY):
        said = Day(1, False, OccasionKind.CUSTOM, "birthday", PartialDate.parse("lunar 8/15 1962"))
        keep_day(book.db, said, TODAY, household_id=None, remember=False)
    entries = [entry for entry in read_calendar(book.db, STANDPOINT) if entry.title == "Ada's birthday"]
    assert [entry.on for entry in entries][:2] == [date(2027, 9, 15), date(2028, 10, 3)]
    assert len({entry.uid for entry in entries}) == len(entries) == 10
    assert {entry.rule for entry in entries} == {""}
    later = read_calendar(book.db, STANDPOINT._replace(today=date(2027, 10, 1)))
    assert {entry.uid for entry in entries[1:]} <= {entry.uid for entry in later}


def test_a_leap_day_follows_the_setting(book: Book) -> None:
    """29 February is kept as the user keeps it, from the first year on in which it is known here."""
    book.imported(card("Ada Oak", "BDAY:2000-02-29"))
    rules = {
        leap_day: [
            (entry.on, entry.rule) for entry in read_calendar(book.db, STANDPOINT._replace(leap_day=leap_day))
        ]
        for leap_day in LeapDay
    }
    assert rules == {
        LeapDay.FEB28: [(date(2027, 2, 28), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1")],
        LeapDay.MAR1: [(date(2027, 3, 1), "FREQ=YEARLY;BYYEARDAY=60")],
        LeapDay.SKIP: [(date(2028, 2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")],
    }


def test_a_season_is_one_day_to_post_a_country(open_season: Book) -> None:
    """Eighty cards are no eighty alarms: an open season says once by when its letters to a country go."""
    assert [*_posts(open_season)] == ["Post the cards of christmas-2026"]
