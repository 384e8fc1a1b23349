"""What is written is held against two readers of others: icalendar and recurring-ical-events."""

from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from relcard.calendars.icalendar import Revision
from relcard.calendars.icalendar import write_calendar
from relcard.domain.dates import LeapDay
from relcard.domain.dates import PartialDate
from relcard.domain.dates import days_kept
from relcard.domain.kinds import OccasionKind
from relcard.domain.reminders.calendar import Entry
from relcard.domain.reminders.calendar import first_on
from relcard.domain.reminders.calendar import rule_of
from relcard.domain.reminders.occasion import KeptOccasion

NOW = Revision(7, date(2026, 11, 20))
LATER = Revision(9, date(2026, 12, 1))
DAY = Entry("uid-1", date(2026, 12, 4), "Yuki's birthday", "FREQ=YEARLY")
POST = Entry("uid-2", date(2026, 11, 23), "Post a card: Yuki's birthday", beneath="soon", has_alarm=True)


def _events(data: bytes) -> list[Any]:
    return [*icalendar.Calendar.from_ical(data).walk("VEVENT")]


def _between(data: bytes, first: date, last: date) -> list[date]:
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(
        first, last + timedelta(days=1)
    )
    return sorted(event["DTSTART"].dt for event in events)


@given(st.text(max_size=90), st.text(max_size=200))
def test_any_text_comes_back_whole(title: str, beneath: str) -> None:
    """Commas, line breaks, backslashes and every script are read as they were; control characters are gone."""
    data = write_calendar([DAY._replace(title=title, beneath=beneath)], NOW)
    (event,) = _events(data)
    assert str(event["SUMMARY"]) == _without_controls(title)
    assert str(event.get("DESCRIPTION", "")) == _without_controls(beneath)


def _without_controls(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter != "\x7f"))


@given(st.text(max_size=200), st.text("äß漢字🎂e\u0301", max_size=120))
def test_lines_are_short_and_whole(title: str, beneath: str) -> None:
    """No line is longer than 75 octets, none ends within a letter, and each ends as RFC 5545 has it."""
    data = write_calendar([POST._replace(title=title, beneath=beneath)], NOW)
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert not {ord("\r"), ord("\n")} & {*line}
        line.decode()


def test_an_alarm_rings_on_the_evening_before() -> None:
    """A day to post has one alarm, five hours before the day begins; a birthday has none."""
    day, post = _events(write_calendar([DAY, POST], NOW))
    (alarm,) = post.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(hours=-5)
    assert str(alarm["ACTION"]) == "DISPLAY"
    assert not day.walk("VALARM")
    assert (day["DTEND"].dt - day["DTSTART"].dt, type(day["DTSTART"].dt)) == (timedelta(days=1), date)


def test_what_did_not_change_stays_as_it_is() -> None:
    """Written again nothing moves; what changed has a larger number, be the store's own larger or not."""
    before = write_calendar([DAY, POST], NOW)
    assert write_calendar([DAY, POST], LATER, before) == before
    moved = POST._replace(on=date(2026, 11, 21))
    day, post = _events(write_calendar([DAY, moved], LATER, before))
    assert (int(day["SEQUENCE"]), int(post["SEQUENCE"])) == (7, 9)
    assert (day["DTSTAMP"].dt.date(), post["DTSTAMP"].dt.date()) == (NOW.on, LATER.on)
    by_settings = write_calendar([DAY, moved], NOW, before)
    assert [int(event["SEQUENCE"]) for event in _events(by_settings)] == [7, 8]


@pytest.mark.parametrize(
    "before", [b"", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", b"\xff\0 no calendar", "damaged"]
)
def test_another_file_is_no_hindrance(before: bytes | str) -> None:
    """What cannot be read of the file before counts for nothing."""
    whole = write_calendar([DAY], NOW)
    data = whole.replace(b"DTSTAMP:20261120", b"DTSTAMP:20269999") if isinstance(before, str) else before
    assert write_calendar([DAY], NOW, data) == whole


@pytest.mark.parametrize("leap_day", LeapDay)
@pytest.mark.parametrize("day", ["2000-02-29", "--02-29", "--02-28", "1985-12-31"])
def test_every_year_has_the_days_that_reminders_have(day: str, leap_day: LeapDay) -> None:
    """Another's reading of the rule falls on the same days as ours, through a century without a leap year."""
    occasion = KeptOccasion(1, 1, OccasionKind.BIRTHDAY, PartialDate.parse(day))
    for since in (date(2026, 11, 20), date(2095, 3, 1)):
        on = first_on(occasion, since, leap_day)
        assert on is not None
        data = write_calendar([Entry("uid", on, "day", rule_of(occasion, leap_day))], NOW)
        last = date(since.year + 12, 12, 31)
        assert _between(data, since, last) == [
            kept.on for kept in days_kept(occasion.date, since, last, leap_day)
        ]
