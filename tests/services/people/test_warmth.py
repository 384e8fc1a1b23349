"""Warmth and drift from the store."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.domain.people.rites import Death
from relcard.domain.people.rites import Move
from relcard.domain.people.rites import Parting
from relcard.domain.people.rites import UnansweredError
from relcard.domain.people.rites import Wedding
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.rites.perform_rite import perform_rite
from relcard.services.people.warmth import as_it_should_be
from relcard.services.people.warmth import christmas_turns
from relcard.services.people.warmth import find_drift
from relcard.services.people.warmth import known_since
from relcard.services.people.warmth import read_warmth
from relcard.services.people.warmth import rest
from relcard.store import households
from relcard.store import relations
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping

    from relcard.domain.people.rites import Rite
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def passed(book: Book, name: str, channel: str, *days: date, direction: str = relationships.TO_THEM) -> None:
    with journal.step(book.db, f"log {name}", today=TODAY):
        for day in days:
            relationships.add_interaction(
                book.db, book.id_of(name), channel=channel, direction=direction, on=day
            )


def totals(book: Book, organisers: Mapping[int, int] | None = None) -> dict[str, float]:
    return {
        one.person.name: one.warmth.total for one in read_warmth(book.db, today=TODAY, organisers=organisers)
    }


@pytest.fixture
def home(book: Book) -> Book:
    """Return a book with Ada and Tom Oak in one household, Ben Elm in another, all in a circle."""
    book.imported(
        card("Ada Oak", street="1 High Street"),
        card("Tom Oak", street="1 High Street"),
        card("Ben Elm", street="2 High Street"),
    )
    assert book.home_of("Ada Oak") == book.home_of("Tom Oak")
    book.circle(Circle.FRIEND, "Ada Oak", "Tom Oak", "Ben Elm")
    return book


def test_the_warmest_comes_first(home: Book) -> None:
    passed(home, "Ben Elm", "visit", date(2026, 5, 1))
    passed(home, "Tom Oak", "message", date(2026, 5, 1))
    found = read_warmth(home.db, today=TODAY)
    assert [one.person.name for one in found] == ["Ben Elm", "Tom Oak", "Ada Oak"]


def test_a_word_of_forty_years_ago_is_read(home: Book) -> None:
    """There is no window: the oldest interaction of the store still counts."""
    passed(home, "Ben Elm", "card", date(1986, 12, 20))
    (found,) = read_warmth(home.db, home.id_of("Ben Elm"), today=TODAY)
    assert "1 greeting card from you, 1986" in {one.reason for one in found.warmth.contributions}
    assert "known since 1986" in {one.reason for one in found.warmth.contributions}


def test_who_most_happened_through_is_credited_for_the_household(home: Book) -> None:
    """Until the user says who organises it is whom you were most in touch with."""
    passed(home, "Tom Oak", "visit", date(2025, 5, 1))
    passed(home, "Ada Oak", "call", date(2025, 4, 1), date(2025, 4, 20))
    reasons = {
        one.person.name: {part.reason for part in one.warmth.contributions}
        for one in read_warmth(home.db, today=TODAY)
    }
    assert "keeps a household of 2 together" in reasons["Ada Oak"]
    assert "keeps a household of 2 together" not in reasons["Tom Oak"]


def test_the_users_word_on_the_organiser_beats_the_guess(home: Book) -> None:
    passed(home, "Ada Oak", "visit", date(2025, 5, 1))
    guessed = totals(home)
    said = totals(home, organisers={home.home_of("Tom Oak"): home.id_of("Tom Oak")})
    assert said["Tom Oak"] >= said["Ada Oak"]
    assert said["Tom Oak"] > guessed["Tom Oak"]
    assert said["Ben Elm"] == guessed["Ben Elm"]


def test_a_member_without_a_circle_is_counted_for_the_organiser_and_not_listed(book: Book) -> None:
    book.imported(card("Ada Oak", street="1 High Street"), card("Tom Oak", street="1 High Street"))
    book.circle(Circle.FRIEND, "Ada Oak")
    passed(book, "Tom Oak", "visit", date(2025, 5, 1))
    alone = totals(book)
    assert set(alone) == {"Ada Oak"}
    assert (
        totals(book, organisers={book.home_of("Ada Oak"): book.id_of("Ada Oak")})["Ada Oak"]
        > alone["Ada Oak"]
    )


def test_one_contact_is_read_without_a_circle(book: Book) -> None:
    book.imported(card("Ada Oak"), card("Ben Elm"))
    passed(book, "Ada Oak", "visit", date(2025, 5, 1))
    (found,) = read_warmth(book.db, book.id_of("Ada Oak"), today=TODAY)
    assert found.person.circle is None
    assert found.warmth.total > 0
    assert read_warmth(book.db, today=TODAY) == []


def test_what_passed_before_the_store_is_said_by_a_fact(home: Book) -> None:
    """A friend of forty years is one on the first day too."""
    before = totals(home)
    with journal.step(home.db, "fact", today=TODAY):
        relationships.set_fact(home.db, home.id_of("Ben Elm"), "Known since", "1987", today=TODAY)
    (found,) = read_warmth(home.db, home.id_of("Ben Elm"), today=TODAY)
    assert [one.reason for one in found.warmth.contributions] == ["known since 1987"]
    assert totals(home)["Ben Elm"] > before["Ben Elm"]


def test_turns_at_christmas_are_seen(home: Book) -> None:
    """A card that came in January belongs to the Christmas before."""
    passed(home, "Ben Elm", "card", *(date(year, 12, 10) for year in (2019, 2021, 2023, 2025)))
    came = (date(2020, 12, 20), date(2023, 1, 3), date(2024, 12, 28))
    passed(home, "Ben Elm", "card", *came, direction=relationships.FROM_THEM)
    (found,) = read_warmth(home.db, home.id_of("Ben Elm"), today=TODAY)
    assert christmas_turns(found.history, today=TODAY) == "they write in even years, you in odd"
    (other,) = read_warmth(home.db, home.id_of("Ada Oak"), today=TODAY)
    assert christmas_turns(other.history, today=TODAY) == ""


def test_the_number_of_queries_does_not_grow_with_the_store(book: Book) -> None:
    """Forty contacts are read with the statements that three take."""

    def statements() -> int:
        told: list[str] = []
        book.db.set_trace_callback(told.append)
        read_warmth(book.db, today=TODAY)
        book.db.set_trace_callback(None)
        return len(told)

    names = [f"Ada {letter}oak" for letter in "BCDFGHJKLMNPQRSTVWXZ"]
    book.imported(*(card(name) for name in names[:3]))
    book.circle(Circle.FRIEND, *names[:3])
    few = statements()
    book.imported(*(card(name) for name in names[3:]))
    book.circle(Circle.FRIEND, *names[3:])
    for name in names:
        passed(book, name, "visit", TODAY - timedelta(days=9))
    assert len(read_warmth(book.db, today=TODAY)) == len(names)
    assert statements() == few


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("1987", date(1987, 1, 1)),
        ("2003-05", date(2003, 5, 1)),
        ("2003-05-14", date(2003, 5, 14)),
        ("the summer of 1990", date(1990, 1, 1)),
        ("always", TODAY),
        ("", TODAY),
        ("2031", TODAY),
        ("2003-02-31", TODAY),
        ("0000", TODAY),
    ],
)
def test_known_since_is_as_much_as_can_be_understood(said: str, since: date) -> None:
    assert known_since(said, TODAY) == since


TODAY = date(2026, 11, 20)


def word(book: Book, name: str, *ago: int) -> None:
    with journal.step(book.db, f"log {name}", today=TODAY):
        for days in ago:
            relationships.add_interaction(
                book.db,
                book.id_of(name),
                channel="call",
                direction=relationships.TO_THEM,
                on=TODAY - timedelta(days=days),
            )


def asked(book: Book, today: date = TODAY) -> list[str]:
    return [one.standing.name for one in find_drift(book.db, rules=RULES, today=today)]


@pytest.fixture
def quiet(book: Book) -> Book:
    """Return a book with Ada Oak in the inner circle, last heard of 60 days ago."""
    book.imported(card("Ada Oak"), card("Ben Elm"))
    book.circle(Circle.INNER, "Ada Oak")
    word(book, "Ada Oak", 60, 74, 88, 102)
    return book


def test_the_record_is_laid_beside_the_circle(quiet: Book) -> None:
    (found,) = find_drift(quiet.db, rules=RULES, today=TODAY)
    assert found.standing.uid == "ada-oak"
    assert found.evidence == "9 weeks since a call on 21 Sep; before that a word about every 14 days"


def test_the_circle_is_never_changed(quiet: Book) -> None:
    """Asking, resting and leaving it as it is all leave the user's word alone."""
    (found,) = find_drift(quiet.db, rules=RULES, today=TODAY)
    with journal.step(quiet.db, "drift", today=TODAY):
        rest(quiet.db, [quiet.id_of("Ada Oak")], days=3, today=TODAY)
        as_it_should_be(quiet.db, found, today=TODAY)
    assert relationships.circles(quiet.db, [quiet.id_of("Ada Oak")]) == {quiet.id_of("Ada Oak"): Circle.INNER}


def test_a_rest_ends(quiet: Book) -> None:
    with journal.step(quiet.db, "drift", today=TODAY):
        until = rest(quiet.db, [quiet.id_of("Ada Oak")], days=30, today=TODAY)
    assert until == date(2026, 12, 20)
    assert asked(quiet) == []
    assert asked(quiet, until) == ["Ada Oak"]


def test_as_it_should_be_is_asked_again_after_another_word(quiet: Book) -> None:
    (found,) = find_drift(quiet.db, rules=RULES, today=TODAY)
    with journal.step(quiet.db, "drift", today=TODAY):
        as_it_should_be(quiet.db, found, today=TODAY)
    assert asked(quiet, TODAY + timedelta(days=900)) == []
    word(quiet, "Ada Oak", 0)
    assert asked(quiet) == []
    assert asked(quiet, TODAY + timedelta(days=100)) == ["Ada Oak"]


def test_an_answer_is_one_step_that_undo_takes_back(quiet: Book) -> None:
    before = dump(quiet.db)
    with journal.step(quiet.db, "drift", today=TODAY):
        rest(quiet.db, [quiet.id_of("Ada Oak")], days=30, today=TODAY)
    assert dump(quiet.db) != before
    journal.undo(quiet.db)
    assert dump(quiet.db) == before
    assert asked(quiet) == ["Ada Oak"]


def test_who_has_died_and_organisations_are_not_asked_about(book: Book) -> None:
    """The dead are not called quiet; a shop writes to everybody."""
    book.imported(
        card("Ada Oak", "DEATHDATE:20260901", version="4.0"),
        card("Ben Elm"),
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:Elm Bakery\r\nORG:Elm Bakery\r\nUID:shop\r\nEND:VCARD\r\n",
    )
    book.circle(Circle.INNER, "Ada Oak", "Ben Elm", "Elm Bakery")
    for name in ("Ada Oak", "Ben Elm", "Elm Bakery"):
        word(book, name, 90)
    assert asked(book) == ["Ben Elm"]


def test_a_day_to_come_is_no_word_yet(quiet: Book) -> None:
    word(quiet, "Ada Oak", -30)
    assert asked(quiet) == ["Ada Oak"]


def _say(book: Book, contact: str, kind: str, other: str) -> None:
    with journal.step(book.db, "relation", today=TODAY):
        relations.say(book.db, book.id_of(contact), kind, book.id_of(other), today=TODAY)


@pytest.fixture
def houses(book: Book) -> Book:
    """Return a mother in a house of her own and three grown children in theirs, one with a husband."""
    book.imported(
        *(card(f"{name} Oak", street=f"{number} High Street") for number, name in enumerate(_CHILDREN, 2)),
        card("Pat Ash", street="2 High Street"),
        card("Moira Oak", street="1 High Street"),
        card("Ben Elm", street="9 High Street"),
    )
    book.circle(Circle.FRIEND, "Moira Oak", "Pat Ash", "Ben Elm", *(f"{name} Oak" for name in _CHILDREN))
    for number, name in enumerate(_CHILDREN):
        passed(book, f"{name} Oak", "visit", *(date(year, 7, 1 + number) for year in range(2004, 2026)))
    passed(book, "Pat Ash", "visit", date(2024, 7, 1))
    return book


_CHILDREN = ("Ada", "Cyd", "Dan")


def test_who_organises_for_several_households_is_credited_across_them(houses: Book) -> None:
    """By her role and the relations that were said she is never below those whom she brings, nor who is with them."""
    assert totals(houses)["Moira Oak"] < totals(houses)["Ada Oak"]
    with journal.step(houses.db, "role", today=TODAY):
        households.set_role(houses.db, houses.id_of("Moira Oak"), "organiser")
    for name in _CHILDREN:
        _say(houses, f"{name} Oak", "mother", "Moira Oak")
    warm = totals(houses)
    assert warm["Moira Oak"] >= sum(warm[f"{name} Oak"] for name in _CHILDREN) - 1e-9
    (moira,) = read_warmth(houses.db, houses.id_of("Moira Oak"), today=TODAY)
    assert moira.warmth.total == pytest.approx(warm["Moira Oak"])
    assert "brings 5 people together" in {part.reason for part in moira.warmth.contributions}
    assert warm["Ben Elm"] == totals(houses)["Ben Elm"]


def test_a_neighbour_is_no_family(houses: Book) -> None:
    """Only kin is brought together by a role; another relation says nothing of who organises."""
    with journal.step(houses.db, "role", today=TODAY):
        households.set_role(houses.db, houses.id_of("Moira Oak"), "organiser")
    before = totals(houses)
    _say(houses, "Ben Elm", "neighbour", "Moira Oak")
    passed(houses, "Ben Elm", "visit", TODAY)
    assert totals(houses)["Moira Oak"] == before["Moira Oak"]


def test_what_passed_through_somebody_is_credited_to_both(houses: Book) -> None:
    """A visit that Moira brought about warms her as it warms who came, and another never lowers anybody."""
    before = totals(houses)
    with journal.step(houses.db, "log", today=TODAY):
        relationships.add_interaction(
            houses.db,
            houses.id_of("Ben Elm"),
            channel="visit",
            direction=relationships.TO_THEM,
            on=date(2020, 7, 1),
            through=houses.id_of("Moira Oak"),
        )
    after = totals(houses)
    assert after["Moira Oak"] > before["Moira Oak"]
    assert after["Ben Elm"] > before["Ben Elm"]
    assert all(after[name] >= before[name] for name in before)


_PEOPLE = ("Ada Oak", "Tom Oak", "Kit Oak", "Ben Elm", "Eve Elm")
_ELSEWHERE = Address(street="9 New Lane", locality="Leeds", postcode="LS9 9ZZ", country_code="GB")
_RITES: tuple[Callable[[Book], Rite], ...] = (
    lambda book: Move(who=(book.id_of("Ada Oak"),), address=_ELSEWHERE, everybody=False),
    lambda book: Move(who=(book.id_of("Kit Oak"),), address=_ELSEWHERE, everybody=False),
    lambda book: Wedding(one=book.id_of("Ada Oak"), other=book.id_of("Ben Elm")),
    lambda book: Wedding(one=book.id_of("Kit Oak"), other=book.id_of("Eve Elm")),
    lambda book: Parting(one=book.id_of("Ada Oak"), other=book.id_of("Tom Oak"), stays=book.id_of("Ada Oak")),
    lambda book: Death(who=book.id_of("Eve Elm"), on=PartialDate(2026, 11, 1), keeps_name=False),
)


@given(
    visits=st.lists(st.integers(0, 3), min_size=5, max_size=5),
    organiser=st.sampled_from((None, *_PEOPLE[:3])),
    rites=st.lists(st.integers(0, len(_RITES) - 1), min_size=1, max_size=3, unique=True),
)
@settings(max_examples=dose(10, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_rite_lowers_what_is_past(
    new_book: Callable[[], Book], visits: list[int], organiser: str | None, rites: list[int]
) -> None:
    """Whoever moves, weds or parts, and in whatever order: what passed counts as much as before, for all."""
    book = new_book()
    book.imported(
        *(card(name, street=f"{1 + name.endswith('Elm')} High Street") for name in _PEOPLE),
    )
    book.circle(Circle.FRIEND, *_PEOPLE)
    for name, number in zip(_PEOPLE, visits, strict=True):
        passed(book, name, "visit", *(date(2026 - year, 5, 1) for year in range(number)))
    if organiser is not None:
        with journal.step(book.db, "role", today=TODAY):
            households.set_role(book.db, book.id_of(organiser), "organiser")
    for number in rites:
        before = totals(book)
        with (
            suppress(UsageError, UndecidedError, UnansweredError),
            journal.step(book.db, "rite", today=TODAY),
        ):
            perform_rite(book.db, _RITES[number](book), STANDPOINT)
        after = totals(book)
        assert all(after[name] >= before[name] - 1e-9 for name in _PEOPLE if name != "Eve Elm")
