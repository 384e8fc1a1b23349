from __future__ import annotations

from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

from relcard.domain.dates import LeapDay
from relcard.domain.dates import PartialDate
from relcard.domain.people.careful_year import Careful
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.domain.reminders import reminder
from relcard.domain.reminders.reminder import Windows
from relcard.services.people.addresses import add_address
from relcard.services.reminders.upcoming import upcoming
from relcard.store import households
from relcard.store import occasions
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import segments
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    import pytest

    from relcard.domain.reminders.reminder import Reminder
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def _upcoming(
    book: Book, days: int = 0, *, today: date = TODAY, leap_day: LeapDay = LeapDay.FEB28
) -> list[Reminder]:
    return upcoming(book.db, STANDPOINT._replace(today=today, leap_day=leap_day), days=days)


def _store(book: Book, dismissal: reminder.Dismissal) -> None:
    with journal.step(book.db, "done", today=TODAY):
        occasions.dismiss(book.db, dismissal.id, until=dismissal.until, today=TODAY)


def test_empty_store_reminds_of_nothing(book: Book) -> None:
    """Without contacts there is nothing to do."""
    assert _upcoming(book, 366) == []


def test_birthday_card_is_due_when_it_must_be_posted(book: Book) -> None:
    """A birthday in Osaka on 4 December is due in November, with age, day to post and town in the reason."""
    book.imported(card("Yuki Tanaka", "BDAY:1986-12-04", "ADR;TYPE=home:;;1-2-3 Umeda;Osaka;;530-0001;Japan"))
    book.circle(Circle.CLOSE, "Yuki Tanaka")
    (one,) = [found for found in _upcoming(book, 10) if found.kind == "birthday"]
    assert one.who == "Yuki Tanaka"
    assert one.age == 40
    assert one.on == date(2026, 12, 4)
    assert TODAY <= one.due < date(2026, 12, 1)
    assert "post by" in one.reason
    assert "Osaka" in one.reason
    assert "turns 40" in one.reason


def test_birthday_without_year_has_no_age(book: Book) -> None:
    """Where the year is unknown the day is still kept; where a day is missing nothing is."""
    book.imported(card("Jo Ash", "BDAY:--1122", version="4.0"), card("Al Oak", "BDAY:1980-11", version="4.0"))
    (one,) = _upcoming(book, 7)
    assert (one.who, one.age, one.on) == ("Jo Ash", None, date(2026, 11, 22))
    assert "turns" not in one.reason


def test_leap_day_follows_the_setting(book: Book) -> None:
    """29 February 1980 is kept on 28 February or 1 March of 2027, or not at all."""
    book.imported(card("Leo Leap", "BDAY:1980-02-29"))
    for leap_day, days in (
        (LeapDay.FEB28, [date(2027, 2, 28)]),
        (LeapDay.MAR1, [date(2027, 3, 1)]),
        (LeapDay.SKIP, []),
    ):
        found = _upcoming(book, 10, today=date(2027, 2, 25), leap_day=leap_day)
        assert [one.on for one in found] == days


def test_the_dead_are_remembered_and_never_congratulated(book: Book) -> None:
    """No birthday and no cadence after a death; the day of remembrance comes."""
    book.imported(card("Tom Ash", "BDAY:1940-11-22", "DEATHDATE:2025-11-23", version="4.0"))
    book.circle(Circle.INNER, "Tom Ash")
    (one,) = _upcoming(book, 30)
    assert one.kind == "remembrance"
    assert one.action is reminder.Action.REMEMBER
    assert one.on == date(2026, 11, 23)


def test_cadence_is_overdue_by_circle(book: Book) -> None:
    """Nineteen days after the last call an inner contact is due, and the reason counts them; a call ends it."""
    book.imported(card("Aunt Wren"))
    book.circle(Circle.INNER, "Aunt Wren")
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(
            book.db, 1, channel="call", direction="to them", on=TODAY - timedelta(days=19)
        )
    (one,) = _upcoming(book)
    assert one.kind == "cadence"
    assert one.due <= TODAY
    assert "19 days" in one.reason
    assert "every 14" in one.reason
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(book.db, 1, channel="call", direction="from them", on=TODAY)
    assert _upcoming(book) == []
    assert [found.due for found in _upcoming(book, 14)] == [TODAY + timedelta(days=14)]


def test_who_has_no_circle_or_is_an_organisation_has_no_cadence(book: Book) -> None:
    """Only a stated circle asks for a word, and only from people."""
    book.imported(card("Una Unsaid"), card("Nora None"), card("Ash Bakery", "KIND:org", version="4.0"))
    book.circle(Circle.NONE, "Nora None")
    book.circle(Circle.INNER, "Ash Bakery")
    assert _upcoming(book, 3650) == []


def test_done_is_done_for_this_year_only(book: Book) -> None:
    """A birthday dealt with is gone, and comes back a year later."""
    book.imported(card("Jo Ash", "BDAY:1980-11-22"))
    (one,) = _upcoming(book, 7)
    _store(book, reminder.done(one, TODAY))
    assert _upcoming(book, 7) == []
    (again,) = _upcoming(book, 7, today=date(2027, 11, 20))
    assert again.age == 47
    journal.undo(book.db)
    assert [found.id for found in _upcoming(book, 7)] == [one.id]


def test_snooze_puts_off_and_then_comes_back(book: Book) -> None:
    """Put off for three days, a reminder is away for two and due on the third."""
    book.imported(card("Aunt Wren"))
    book.circle(Circle.INNER, "Aunt Wren")
    later = TODAY + timedelta(days=20)
    (one,) = _upcoming(book, today=later)
    until = later + timedelta(days=3)
    _store(book, reminder.snooze(one, until, later))
    assert _upcoming(book, today=later + timedelta(days=2)) == []
    (back,) = _upcoming(book, today=until)
    assert (back.id, back.due) == (one.id, until)


def test_missed_birthday_waits_until_you_were_in_touch(book: Book) -> None:
    """Two days late a friend's birthday is still there; a word since then ends it."""
    book.imported(card("Jo Ash", "BDAY:1980-11-18"))
    book.circle(Circle.FRIEND, "Jo Ash")
    assert _upcoming(book) == []  # it was before the circle was said
    book.db.execute("UPDATE circle SET said_on = '2026-11-01'")
    (one,) = _upcoming(book)
    assert "2 days ago" in one.reason
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(
            book.db, 1, channel="message", direction="to them", on=TODAY - timedelta(days=1)
        )
    assert _upcoming(book) == []


def test_season_work_counts_what_is_left(open_season: Book) -> None:
    """An open season stands on the page with how many are written; it ends when all are posted, or it is closed."""
    (one,) = [found for found in _upcoming(open_season) if found.kind == "season"]
    assert one.who == "christmas-2026"
    assert "0 of 4 written" in one.reason
    rows = seasons.recipients(open_season.db, 1)
    with journal.step(open_season.db, "written", today=TODAY):
        seasons.set_state(open_season.db, rows[0].id, "written")
        seasons.set_state(open_season.db, rows[1].id, "posted")
    (one,) = [found for found in _upcoming(open_season) if found.kind == "season"]
    assert "2 of 4 written" in one.reason
    with journal.step(open_season.db, "written", today=TODAY):
        for row in rows:
            seasons.set_state(open_season.db, row.id, "written")
    (one,) = [found for found in _upcoming(open_season) if found.kind == "season"]
    assert one.reason == "4 of 4 written - 4 written lie here: post by Thu 17 Dec"
    with journal.step(open_season.db, "posted", today=TODAY):
        for row in rows:
            seasons.set_state(open_season.db, row.id, "posted")
    assert [found for found in _upcoming(open_season) if found.kind == "season"] == []


def test_closed_season_is_no_work(open_season: Book) -> None:
    """What was left when a season was closed is not asked for any more."""
    with journal.step(open_season.db, "close", today=TODAY):
        seasons.close(open_season.db, 1, today=TODAY)
    assert [found for found in _upcoming(open_season) if found.kind == "season"] == []


def test_farthest_country_is_named_first(open_season: Book) -> None:
    """The season's line says where tonight's first card goes."""
    open_season.imported(card("Kiwi King", "ADR;TYPE=home:;;3 Bay Road;Nelson;;7010;New Zealand"))
    with journal.step(open_season.db, "season add", today=TODAY):
        seasons.add_recipient(open_season.db, 1, open_season.home_of("Kiwi King"), "you added them")
    (one,) = [found for found in _upcoming(open_season) if found.kind == "season"]
    assert "New Zealand first" in one.reason


def test_number_of_queries_does_not_grow_with_the_store(book: Book) -> None:
    """One contact or thirty with birthdays, cadences and a season: the same number of queries."""

    def queries() -> int:
        seen: list[str] = []
        book.db.set_trace_callback(seen.append)
        assert _upcoming(book, 30)
        book.db.set_trace_callback(None)
        return len(seen)

    book.imported(card("Jo Ash", "BDAY:1980-11-22", street="1 High Street"))
    book.circle(Circle.FRIEND, "Jo Ash")
    book.start()
    few = queries()
    names = [f"Jo A{number}" for number in range(30)]
    book.imported(*(card(name, "BDAY:1980-11-22", street=f"{name} Road") for name in names))
    book.circle(Circle.FRIEND, *names)
    book.start("newyear-2027")
    assert len(_upcoming(book, 30)) > 30
    assert queries() == few


def _segment(book: Book, name: str, days: int, **options: object) -> None:
    with journal.step(book.db, f"segment save {name}", today=TODAY):
        segments.save(book.db, name, options, today=TODAY)
        segments.set_cadence(book.db, segments.find(book.db, name).id, days)


def test_a_segment_reminds_of_whom_it_holds(book: Book) -> None:
    """The living of a segment are due, in a circle or none, an organisation too; the tag taken off ends it."""
    book.imported(
        card("Ada Oak", "CATEGORIES:shop"),
        card("Ash Bakery", "KIND:org", "CATEGORIES:shop", version="4.0"),
        card("Tom Ash", "DEATHDATE:2025-11-23", "CATEGORIES:shop", version="4.0"),
        card("Nora None", "CATEGORIES:shop"),
        card("Cyd Fir"),
    )
    book.circle(Circle.NONE, "Nora None")
    later = TODAY + timedelta(days=14)
    assert [one for one in _upcoming(book, today=later) if one.kind == "cadence"] == []
    _segment(book, "regulars", 14, tag=["shop"])
    due = [one for one in _upcoming(book, today=later) if one.kind == "cadence"]
    assert {one.who for one in due} == {"Ada Oak", "Ash Bakery", "Nora None"}
    assert {one.reason for one in due} == {"nothing noted yet (regulars: every 14)"}
    relationships.remove_tag(book.db, book.id_of("Ada Oak"), "shop")
    assert "Ada Oak" not in {one.who for one in _upcoming(book, today=later)}


def test_number_of_queries_does_not_grow_with_the_segments(book: Book) -> None:
    """One segment with a cadence or ten: the same number of queries."""

    def queries() -> int:
        seen: list[str] = []
        book.db.set_trace_callback(seen.append)
        assert _upcoming(book, 30)
        book.db.set_trace_callback(None)
        return len(seen)

    book.imported(card("Ada Oak", "CATEGORIES:shop"), card("Ben Elm", "CATEGORIES:shop"))
    _segment(book, "one", 14, tag=["shop"])
    few = queries()
    for number in range(9):
        _segment(book, f"more{number}", 20 + number, tag=["shop"], fact=[])
    assert queries() == few


def test_birthday_card_goes_where_they_are_that_day(book: Book) -> None:
    """In their winter abroad the town and the days in the post are those of the second address."""
    book.imported(card("Ada Oak", "BDAY:1984-12-04", street="1 High Street"))
    book.circle(Circle.CLOSE, "Ada Oak")
    winter = Address(
        street="Rua do Sol 4",
        locality="Lagos",
        country_code="PT",
        used_from=PartialDate.parse("--12-01"),
        used_until=PartialDate.parse("--03-15"),
    )
    (at_home,) = [one for one in _upcoming(book, 20) if one.kind == "birthday"]
    with journal.step(book.db, "address add", today=TODAY):
        add_address(book.db, [1], winter, today=TODAY)
    (away,) = [one for one in _upcoming(book, 20) if one.kind == "birthday"]
    assert "to reach Leeds" in at_home.reason
    assert "to reach Lagos" in away.reason
    assert away.due < at_home.due


def test_who_has_no_circle_is_read_for_the_day_alone(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading less of those without a circle changes no page of any day, whatever was put off."""
    book.imported(
        *(
            card(f"{circle} {born}", f"BDAY:{born}", "ADR;TYPE=home:;;1 Umeda;Osaka;;530-0001;Japan")
            for circle in ("Una", "Nora", "Clara")
            for born in ("1980-11-22", "1980-12-20", "1980-02-29")
        )
    )
    for born in ("1980-11-22", "1980-12-20", "1980-02-29"):
        book.circle(Circle.NONE, f"Nora {born}")
        book.circle(Circle.CLOSE, f"Clara {born}")
    _store(book, reminder.snooze(_upcoming(book, 7)[0], date(2026, 12, 10), TODAY))
    looked = [(TODAY + timedelta(days=day), ahead) for day in range(0, 130, 3) for ahead in (0, 30)]
    pages = [_upcoming(book, ahead, today=today) for today, ahead in looked]
    windows_of = reminder.occasion_windows
    monkeypatch.setattr(
        reminder,
        "occasion_windows",
        lambda standpoint, **options: Windows(*[windows_of(standpoint, **options).near] * 3),
    )
    assert pages == [_upcoming(book, ahead, today=today) for today, ahead in looked]
    assert any(pages)


def _couple(book: Book, *, dead: str = "") -> None:
    """Take in a couple that married on 1 June 1980, at one address; `dead` is Pat's DEATHDATE."""
    wedding = "ANNIVERSARY:19800601"
    lines = (f"DEATHDATE:{dead}",) if dead else ()
    book.imported(
        card("Una Reed", wedding, version="4.0", uid="una", street="4 Hill Road"),
        card("Pat Reed", wedding, *lines, version="4.0", uid="pat", street="4 Hill Road"),
    )


def _anniversaries(book: Book, day: date) -> list[str]:
    return [reminder.who for reminder in _upcoming(book, 3, today=day) if reminder.kind == "anniversary"]


def test_a_card_to_either_answers_the_day_of_both(book: Book) -> None:
    """One card goes to a couple; a birthday of the other is not answered by it."""
    _couple(book)
    book.imported(
        card(
            "Pat Reed",
            "ANNIVERSARY:19800601",
            "BDAY:19550603",
            version="4.0",
            uid="pat",
            street="4 Hill Road",
        )
    )
    book.circle(Circle.CLOSE, "Una Reed", "Pat Reed")
    day = date(2026, 5, 30)
    assert len(_anniversaries(book, day)) == 2
    with journal.step(book.db, "log", today=day):
        relationships.add_interaction(
            book.db, book.id_of("Una Reed"), channel="card", direction="to them", on=day
        )
    assert _anniversaries(book, day) == []
    assert "birthday" in {due.kind for due in _upcoming(book, 3, today=day)}


def test_nobody_is_congratulated_on_a_wedding_day_once_the_other_died(book: Book) -> None:
    """A death that comes by vCard silences the day for the one who is left, in every year after."""
    _couple(book)
    book.circle(Circle.CLOSE, "Una Reed", "Pat Reed")
    assert sorted(_anniversaries(book, date(2026, 5, 30))) == ["Pat Reed", "Una Reed"]
    _couple(book, dead="20260520")
    for year in (2026, 2027, 2031):
        assert _anniversaries(book, date(year, 5, 30)) == []


def test_a_wedding_day_is_silent_through_a_careful_year_alone(book: Book) -> None:
    """A child's death, or a hard year the user named, silences the parents' day until it is over."""
    _couple(book)
    book.imported(
        card("Ida Reed", "DEATHDATE:20260520", "BDAY:20150101", version="4.0", street="4 Hill Road")
    )
    book.circle(Circle.CLOSE, "Una Reed", "Pat Reed")
    assert _anniversaries(book, date(2026, 5, 30)) == []
    assert sorted(_anniversaries(book, date(2027, 5, 30))) == ["Pat Reed", "Una Reed"]
    with journal.step(book.db, "careful", today=TODAY):
        households.set_careful(book.db, book.home_of("Una Reed"), Careful(TODAY, date(2028, 1, 1), "ill"))
    assert _anniversaries(book, date(2027, 5, 30)) == []
    assert len(_anniversaries(book, date(2028, 5, 30))) == 2
