from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.feasts import Season
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.addresses import add_address
from relcard.services.people.addresses import household_of
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.start_season import add_households
from relcard.services.seasons.start_season import start_season
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book

NAMES = {
    "Ina Inner": Circle.INNER,
    "Cleo Close": Circle.CLOSE,
    "Fay Friend": Circle.FRIEND,
    "Will Wide": Circle.WIDE,
    "Nora None": Circle.NONE,
}


@pytest.fixture
def circles(book: Book) -> Book:
    """Return a book with one household in each circle and one of which nothing was said."""
    names = [*NAMES, "Una Unsaid"]
    book.imported(*(card(name, street=f"{n} High Street") for n, name in enumerate(names)))
    for name, circle in NAMES.items():
        book.circle(circle, name)
    return book


def _received(book: Book, name: str, year: int, today: date) -> None:
    with journal.step(book.db, "log", today=today):
        relationships.add_interaction(
            book.db, book.id_of(name), channel="card", direction="from them", on=today.replace(year=year)
        )


def test_circles_decide_and_everybody_left_out_is_named(circles: Book) -> None:
    """Inner, close and friend are in; wide is asked about, each with its reason; no card for none."""
    choices = circles.start()
    assert {who: (one.included, one.reason) for who, one in choices.items()} == {
        "Ina Inner": (True, "inner: always in (the no-cut clause)"),
        "Cleo Close": (True, "close: every season"),
        "Fay Friend": (True, "friend: every season"),
        "Will Wide": (False, "wide: asks - no card either way yet"),
    }
    assert {addressee: row.reason for addressee, row in circles.rows().items()} == {
        who: one.reason for who, one in choices.items() if one.included
    }
    assert {row.state for row in circles.rows().values()} == {"planned"}


def test_an_address_must_be_in_use_when_the_card_arrives(book: Book, today: date) -> None:
    """Who lives today where nobody of theirs is at Christmas has no address yet, and the other way round."""
    book.imported(card("Ada Oak"), card("Ben Elm"))
    book.circle(Circle.FRIEND, "Ada Oak", "Ben Elm")
    quay = Address(locality="Hull", postcode="HU1 1AA", country="UK", country_code="GB")
    with journal.step(book.db, "address add", today=today):
        for name, begin, end in (("Ada Oak", "--04-01", "--12-01"), ("Ben Elm", "--12-01", "--03-01")):
            days = PartialDate.parse(begin), PartialDate.parse(end)
            used = quay._replace(street=f"{name} Quay", used_from=days[0], used_until=days[1])
            add_address(book.db, household_of(book.db, book.id_of(name)), used, today=today)
    reasons = {who: choice.reason for who, choice in book.start().items()}
    assert reasons == {"Ada Oak": "friend: every season; no address yet", "Ben Elm": "friend: every season"}


def test_wide_is_in_when_they_wrote_last_year(circles: Book, today: date) -> None:
    """A card from a wide household last year brings it in; one of five years ago is asked about with its year."""
    _received(circles, "Will Wide", 2025, today)
    assert circles.start()["Will Wide"].included
    _received(circles, "Nora None", 2021, today)
    circles.circle(Circle.WIDE, "Nora None")
    choice = circles.start("christmas-2027")["Nora None"]
    assert not choice.included
    assert "2021" in choice.reason


def test_inner_without_address_is_in_and_says_so(book: Book) -> None:
    """The no-cut clause holds without an address: it is named, and there is no day to post by."""
    book.imported(card("Ina Inner"))
    book.circle(Circle.INNER, "Ina Inner")
    choice = book.start()["Ina Inner"]
    assert choice.included
    assert "no address yet" in choice.reason
    (recipient,) = book.recipients()
    assert recipient.post_by is None


def test_nearest_living_member_decides_for_the_household(book: Book) -> None:
    """A household has its nearest member's circle, and the dead have none."""
    book.imported(
        card("Anna Nowak", street="1 High Street"),
        card("Jan Nowak", street="1 High Street"),
        card("Eve Ash", street="2 Low Road"),
        card("Tom Ash", "DEATHDATE:2026-03-01", street="2 Low Road", version="4.0"),
    )
    book.circle(Circle.WIDE, "Anna Nowak", "Eve Ash")
    book.circle(Circle.CLOSE, "Jan Nowak")
    book.circle(Circle.INNER, "Tom Ash")
    choices = book.start()
    assert choices["Anna and Jan Nowak"].household.circle is Circle.CLOSE
    ash = choices["Eve Ash"]
    assert ash.household.circle is Circle.WIDE
    assert not ash.included
    assert "a careful year" in ash.reason


def test_household_of_which_nobody_lives_gets_no_card(book: Book) -> None:
    """Even the inner circle ends with a life, and the reason says so."""
    book.imported(card("Tom Ash", "DEATHDATE:2026-03-01", street="2 Low Road", version="4.0"))
    book.circle(Circle.INNER, "Tom Ash")
    choice = book.start()["Tom Ash"]
    assert not choice.included
    assert "living" in choice.reason
    assert book.recipients() == []


def test_past_seasons_are_told(circles: Book, today: date) -> None:
    """Cards of earlier seasons stand in the reason of this one."""
    with journal.step(circles.db, "past", today=today):
        for year in (2024, 2025):
            season = seasons.add(circles.db, f"christmas-{year}", "christmas", year, today=today)
            seasons.add_recipient(circles.db, season, circles.home_of("Fay Friend"), "friend")
            (row,) = seasons.recipients(circles.db, season)
            seasons.set_state(circles.db, row.id, "posted")
            seasons.close(circles.db, season, today=today)
    assert circles.start()["Fay Friend"].reason == "friend: sent every year since 2024"


def test_season_starts_once(circles: Book) -> None:
    """A second start of the same season is refused with the way on, and changes nothing."""
    circles.start()
    before = dump(circles.db)
    with pytest.raises(UsageError) as caught:
        circles.start()
    assert "season add" in caught.value.hint
    assert dump(circles.db) == before


def test_recipients_stand_in_writing_order(book: Book) -> None:
    """First to be posted is first to be written: New Zealand, then Poland, then home, then who has no address."""
    book.imported(
        card("Home Hill", street="1 High Street"),
        card("Lost Lane"),
        card("Kiwi King", "ADR;TYPE=home:;;3 Bay Road;Nelson;;7010;New Zealand"),
        card("Pola Pole", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
    )
    book.circle(Circle.FRIEND, "Home Hill", "Lost Lane", "Kiwi King", "Pola Pole")
    book.start()
    found = book.recipients()
    assert [one.household.addressee for one in found] == ["Kiwi King", "Pola Pole", "Home Hill", "Lost Lane"]
    days = [one.post_by for one in found[:3] if one.post_by is not None]
    assert days == sorted(days)
    assert len(set(days)) == 3


def test_added_household_is_in_whatever_its_circle_and_only_once(circles: Book, today: date) -> None:
    """The user's word adds anybody; adding again neither doubles nor resets."""
    circles.start()
    home = circles.home_of("Nora None")
    with journal.step(circles.db, "season add", today=today):
        season = find_season(circles.db, None)
        for _ in range(2):
            seasons.add_recipient(circles.db, season.id, home, "you added them")
    assert [one.household.id for one in circles.recipients()].count(home) == 1


def test_which_season_is_meant(circles: Book, today: date) -> None:
    """The open one without a name; several are a question; none, or an unknown name, says what to do."""
    with pytest.raises(NotFoundError, match="No season is open") as none_open:
        find_season(circles.db, None)
    assert "season start" in none_open.value.hint
    circles.start("christmas-2026")
    assert find_season(circles.db, None).name == "christmas-2026"
    assert find_season(circles.db, "Christmas-2026").name == "christmas-2026"
    circles.start("newyear-2027")
    with pytest.raises(UndecidedError) as several:
        find_season(circles.db, None)
    assert set(several.value.candidates) == {"christmas-2026", "newyear-2027"}
    with journal.step(circles.db, "close", today=today):
        seasons.close(circles.db, find_season(circles.db, "newyear-2027").id, today=today)
    assert find_season(circles.db, None).name == "christmas-2026"
    with pytest.raises(NotFoundError, match="easter-2026"):
        find_season(circles.db, "easter-2026")


def test_undo_of_a_start_leaves_no_season(circles: Book) -> None:
    """After undo the season can be started again."""
    before = dump(circles.db)
    circles.start()
    journal.undo(circles.db)
    assert dump(circles.db) == before
    assert circles.start()


def test_wish_of_the_user_stands_on_the_envelope(circles: Book, today: date) -> None:
    """Addressee and salutation are the user's words when there are any, and worked out again when not."""
    home = circles.home_of("Fay Friend")
    with journal.step(circles.db, "household set", today=today):
        households.set_wishes(circles.db, home, {"addressee": "The Friends", "salutation": "Hello you,"})
    view = circles.views()["The Friends"]
    assert view.salutation == "Hello you,"
    assert view.envelope_lines[0] == "The Friends"
    with journal.step(circles.db, "household set", today=today):
        households.set_wishes(circles.db, home, {"addressee": None, "salutation": None})
    assert circles.views()["Fay Friend"].salutation == "Dear Fay,"


def test_a_season_of_a_segment_leaves_the_others_out_and_says_so(circles: Book, today: date) -> None:
    """Those inside are judged by the rules, whatever their circle; those outside are marked."""
    inside = [circles.home_of(name) for name in ("Cleo Close", "Nora None", "Una Unsaid")]
    with journal.step(circles.db, "season start", today=today):
        choices = start_season(
            circles.db,
            Season.parse("christmas-2026"),
            STANDPOINT,
            among=inside,
        )
    assert {one.household.addressee: (one.included, one.outside, one.reason) for one in choices} == {
        "Ina Inner": (False, True, "inner: outside the segment"),
        "Cleo Close": (True, False, "close: every season"),
        "Fay Friend": (False, True, "friend: outside the segment"),
        "Will Wide": (False, True, "wide: outside the segment"),
        "Nora None": (False, False, "none: no card"),
        "Una Unsaid": (False, False, "no circle yet: you have not said"),
    }
    assert [one.household.addressee for one in circles.recipients()] == ["Cleo Close"]


def _of_feast(book: Book, feasts: dict[str, str], today: date) -> None:
    with journal.step(book.db, "household set", today=today):
        for name, feast in feasts.items():
            households.set_wishes(book.db, book.home_of(name), {"feast": feast})


def test_nobody_gets_a_feast_that_is_not_theirs(circles: Book, today: date) -> None:
    """A feast of the same weeks is kept within the season; one of another time and none are left out, and why."""
    wanted = {"Ina Inner": "nowruz", "Cleo Close": "hanukkah", "Fay Friend": "none", "Will Wide": "season"}
    _of_feast(circles, wanted, today)
    circles.circle(Circle.FRIEND, "Will Wide")
    choices = circles.start()
    assert {who: (choice.included, choice.reason) for who, choice in choices.items()} == {
        "Ina Inner": (False, "their feast is nowruz: season start nowruz-2027"),
        "Cleo Close": (True, "close: every season; for hanukkah"),
        "Fay Friend": (False, "no card for any feast, as you said"),
        "Will Wide": (True, "friend: every season; for season"),
    }
    assert circles.start("nowruz-2027")["Ina Inner"].included


def test_a_card_for_another_feast_comes_in_time_for_it(circles: Book, today: date) -> None:
    """Hanukkah is weeks before Christmas, Orthodox Christmas two after: the days to post follow."""
    circles.start()
    before = {recipient.household.addressee: recipient for recipient in circles.recipients()}
    _of_feast(circles, {"Cleo Close": "hanukkah", "Fay Friend": "orthodox-christmas"}, today)
    after = {recipient.household.addressee: recipient for recipient in circles.recipients()}
    assert before["Ina Inner"] == replace(after["Ina Inner"], number=before["Ina Inner"].number)
    hanukkah, orthodox = after["Cleo Close"], after["Fay Friend"]
    assert (hanukkah.own_feast, orthodox.own_feast) == (
        Season("hanukkah", 2026),
        Season("orthodox-christmas", 2027),
    )
    assert hanukkah.post_by is not None
    assert orthodox.post_by is not None
    assert hanukkah.post_by < date(2026, 12, 3) < date(2026, 12, 24) < orthodox.post_by < date(2027, 1, 5)


def test_whom_the_user_adds_gets_a_card_whatever_their_feast(circles: Book, today: date) -> None:
    _of_feast(circles, {"Ina Inner": "nowruz"}, today)
    circles.start()
    with journal.step(circles.db, "season add", today=today):
        season = find_season(circles.db, None)
        add_households(circles.db, season, [circles.home_of("Ina Inner")], STANDPOINT, whence="")
    assert circles.rows()["Ina Inner"].reason == "you added them"


def test_cards_of_a_season_in_which_they_had_their_own_count_as_sent(circles: Book, today: date) -> None:
    """Last year's Christmas round brought them a card for Hanukkah: this year's says so."""
    _of_feast(circles, {"Cleo Close": "hanukkah"}, today)
    with journal.step(circles.db, "season start", today=today):
        season = seasons.add(circles.db, "christmas-2025", "christmas", 2025, today=today)
        seasons.add_recipient(circles.db, season, circles.home_of("Cleo Close"), "friend")
        circles.db.execute("UPDATE recipient SET state = 'posted'")
    assert circles.start()["Cleo Close"].reason == "close: sent last year; for hanukkah"
