from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.domain.people.rites import Birth
from relcard.domain.people.rites import Death
from relcard.domain.people.rites import LeavesHome
from relcard.domain.people.rites import Move
from relcard.domain.people.rites import Parting
from relcard.domain.people.rites import UnansweredError
from relcard.domain.people.rites import Wedding
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.people.rites.perform_rite import perform_rite
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.people.rites import Rite
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.rites.perform_rite import Report
    from tests.support.book import Book

TODAY = date(2026, 11, 20)
LEEDS = Address(street="9 New Lane", locality="Leeds", postcode="LS9 9ZZ", country_code="GB", types=("home",))


def _perform(book: Book, rite: Rite) -> Report:
    with journal.step(book.db, "rite", today=TODAY):
        return perform_rite(book.db, rite, STANDPOINT)


def test_a_pet_dies_without_a_careful_year(book: Book) -> None:
    """Its day is remembered; nobody asks about an envelope it never stood on."""
    book.imported(card("Ann Oak", street="1 High Street"), card("Rex Oak", street="1 High Street"))
    with journal.step(book.db, "role", today=TODAY):
        households.set_role(book.db, book.id_of("Rex Oak"), "pet")
    _perform(book, Death(who=book.id_of("Rex Oak"), on=PartialDate(2026, 11, 2)))
    (view,) = book.views().values()
    assert (view.addressee, view.salutation, view.careful) == ("Ann Oak", "Dear Ann,", False)


def test_a_death_of_the_near_one_names_who_is_left_without_a_circle(book: Book) -> None:
    """Nobody drops off the list because the one in the circle died; the user is told what to say."""
    book.imported(card("Ann Oak", street="1 High Street"), card("Bob Oak", street="1 High Street"))
    book.circle(Circle.CLOSE, "Bob Oak")
    report = _perform(book, Death(who=book.id_of("Bob Oak"), keeps_name=False))
    assert 'relcard circle close "Ann Oak"' in dict(report.told)["circle"]


def test_a_widow_who_moves_takes_her_careful_year_along(book: Book) -> None:
    """The year goes with whoever it is about, and so does her card; the dead stay where they were."""
    book.imported(
        *(card(name, street="1 High Street") for name in ("Ann Oak", "Bob Oak", "Cyd Ash")),
    )
    book.circle(Circle.CLOSE, "Ann Oak", "Cyd Ash")
    book.start()
    _perform(book, Death(who=book.id_of("Bob Oak"), on=PartialDate(2026, 11, 1), keeps_name=False))
    _perform(book, Move(who=(book.id_of("Ann Oak"),), address=LEEDS, everybody=False))
    view = book.views()["Ann Oak"]
    assert view.care is not None
    assert view.care.until == date(2027, 11, 1)
    assert view.id in {one.household_id for one in seasons.recipients(book.db, 1)}
    assert book.home_of("Bob Oak") == book.home_of("Cyd Ash")


def test_a_careful_year_moves_in_too(book: Book) -> None:
    """Whoever a widower moves in with is spared the jolly card as well."""
    book.imported(
        card("Ann Oak", street="1 High Street"),
        card("Bob Elm", street="2 High Street"),
        card("Eve Elm", "DEATHDATE:2026-10-01", street="2 High Street", version="4.0"),
    )
    _perform(book, Move(who=(book.id_of("Bob Elm"),), joins=book.id_of("Ann Oak")))
    (view,) = [view for view in book.views().values() if view.living]
    assert view.care is not None
    assert view.care.until == date(2027, 10, 1)
    assert view.care.reason.startswith("Eve Elm died")


@pytest.mark.parametrize("who", [("Bob Elm", "Cy Fir"), ("Cy Fir", "Bob Elm")])
def test_of_two_careful_years_the_later_end_holds(book: Book, who: tuple[str, str]) -> None:
    """Two widowers move in with a friend, in whatever order they are named."""
    book.imported(
        card("Ann Oak", street="1 High Street"),
        card("Bob Elm", street="2 High Street"),
        card("Eve Elm", "DEATHDATE:2026-10-01", street="2 High Street", version="4.0"),
        card("Cy Fir", street="3 High Street"),
        card("Dee Fir", "DEATHDATE:2026-05-01", street="3 High Street", version="4.0"),
    )
    _perform(book, Move(who=tuple(book.id_of(name) for name in who), joins=book.id_of("Ann Oak")))
    (view,) = [view for view in book.views().values() if view.living]
    assert view.care is not None
    assert (view.care.until, view.care.reason) == (date(2027, 10, 1), "Eve Elm died on 1 Oct 2026")


def test_a_bride_with_children_brings_them(book: Book) -> None:
    """Children and pets of an only adult come along; a groom at his parents' leaves them behind."""
    book.imported(
        card("Ann Oak", street="1 High Street"),
        card("Tim Oak", "BDAY:2018-01-01", street="1 High Street"),
        card("Bob Elm", street="2 High Street"),
        card("Old Elm", street="2 High Street"),
    )
    _perform(
        book, Wedding(one=book.id_of("Ann Oak"), other=book.id_of("Bob Elm"), host=book.id_of("Bob Elm"))
    )
    assert set(book.views()) == {"Ann Oak, Bob Elm and family", "Old Elm"} or set(book.views()) == {
        "Bob Elm, Ann Oak and family",
        "Old Elm",
    }
    past = addresses.known(book.db, [book.id_of("Tim Oak")])[book.id_of("Tim Oak")]
    assert [one.address.street for one in past if one.retired_on] == ["1 High Street"]
    assert [one.address.street for one in past if not one.retired_on] == ["2 High Street"]


def test_a_parting_ends_what_said_they_were_a_couple(book: Book) -> None:
    """Cards that name the other as spouse say so no longer; the wedding day is a note, not a reminder."""
    book.imported(
        card(
            "Ann Oak",
            "RELATED;TYPE=spouse:urn:uuid:bob-oak",
            "ANNIVERSARY:20100508",
            version="4.0",
            street="1 High Street",
        ),
        card("Bob Oak", street="1 High Street"),
    )
    ann, bob = book.id_of("Ann Oak"), book.id_of("Bob Oak")
    _perform(book, Parting(one=ann, other=bob, stays=ann))
    contact = contacts.load(book.db, ann)
    assert [(one.kind, one.uid) for one in contact.relations] == [("ex-spouse", "bob-oak")]
    assert contact.occasions == ()
    assert {view.addressee for view in book.views().values()} == {"Ann Oak", "Bob Oak"}
    assert all(view.careful for view in book.views().values())


def test_a_second_home_survives_a_move(book: Book) -> None:
    """Only the address a card went to is retired; an office stays."""
    office = "ADR;TYPE=work:;;9 Office Park;Leeds;;LS2 9ZZ;United Kingdom"
    book.imported(card("Ann Oak", office, street="1 High Street"))
    _perform(book, Move(who=(book.id_of("Ann Oak"),), address=LEEDS))
    contact = contacts.load(book.db, book.id_of("Ann Oak"))
    assert [one.street for one in contact.addresses] == ["9 New Lane", "9 Office Park"]
    assert contact.address == LEEDS


NAMES = ("Ann Oak", "Bob Oak", "Tim Oak", "Cyd Ash", "Dee Fir", "Rex Fir")
people = st.integers(0, len(NAMES) - 1)


@st.composite
def rites(draw: st.DrawFn) -> Rite:
    """Draw a rite of some of the six, with an answer to everything that may be asked."""
    one, other = draw(people) + 1, draw(people) + 1
    match draw(st.integers(0, 5)):
        case 0:
            return Wedding(one=one, other=other, host=other, surnames=draw(st.sampled_from(((), ("Elm",)))))
        case 1:
            return Parting(one=one, other=other, stays=one, children=other)
        case 2:
            return Death(who=one, on=PartialDate(2026, 11, 1), keeps_name=False)
        case 3:
            return Birth(
                parents=(one, other), name="Kim", on=PartialDate(2026, 10, 1), surname="Lee", lives_with=one
            )
        case 4:
            joins = draw(st.booleans())
            return Move(
                who=(one,),
                address=None if joins else LEEDS,
                joins=other if joins else None,
                everybody=draw(st.booleans()),
            )
        case _:
            return LeavesHome(who=one, address=draw(st.sampled_from((None, LEEDS))))


@settings(max_examples=dose(10, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(rites(), min_size=1, max_size=6))
def test_after_any_rites_everybody_has_one_household_and_undo_brings_all_back(
    new_book: Callable[[], Book],
    some: list[Rite],
) -> None:
    """Nobody is lost, the dead are not addressed, no season writes to nobody, and each rite is one step."""
    book = new_book()
    streets = (
        "1 High Street",
        "1 High Street",
        "1 High Street",
        "2 High Street",
        "3 High Street",
        "3 High Street",
    )
    lines = {"Tim Oak": ("BDAY:2018-01-01",), "Bob Oak": ("ANNIVERSARY:20100508",)}
    book.imported(
        *(
            card(name, *lines.get(name, ()), street=street)
            for name, street in zip(NAMES, streets, strict=True)
        )
    )
    with journal.step(book.db, "role", today=TODAY):
        households.set_role(book.db, book.id_of("Rex Fir"), "pet")
    book.circle(Circle.CLOSE, *NAMES[:5])
    book.start()
    begun = len(_steps(book))
    past: list[dict[str, list[tuple[object, ...]]]] = []
    start = dump(book.db)
    for rite in some:
        before = dump(book.db)
        with suppress(UsageError, UndecidedError):
            _perform(book, rite)
        if len(_steps(book)) > len(past) + begun:
            past.append(before)  # a rite that is true already is no step
        members = [one for view in _views(book) for one in view.members]
        (count,) = book.db.execute("SELECT count(*) FROM contact").fetchone()
        assert len(members) == len({one.uid for one in members}) == count
        for view in _views(book):
            for one in view.members:
                if one.died_on and view.living:
                    assert one.name not in view.addressee
                    assert one.given not in view.salutation
                if one.is_pet and view.living:
                    assert one.given not in view.addressee
        living = {view.id for view in _views(book) if view.living}
        assert {one.household_id for one in seasons.recipients(book.db, 1)} <= living
    for before in reversed(past):
        journal.undo(book.db)
        assert dump(book.db) == before
    assert dump(book.db) == start


def _steps(book: Book) -> list[journal.Step]:
    return [one for one in journal.history(book.db) if not one.undone]


def _views(book: Book) -> list[HouseholdView]:
    return read_households(book.db, None, STANDPOINT)


def test_a_question_is_asked_before_anything_changes(book: Book) -> None:
    """With the answer in its place the same rite goes through."""
    book.imported(card("Ann Oak", street="1 High Street"), card("Bob Oak", street="1 High Street"))
    rite = Death(who=book.id_of("Bob Oak"))
    before = dump(book.db)
    try:
        _perform(book, rite)
    except UnansweredError as error:
        question = error.question
    assert dump(book.db) == before
    _perform(book, replace(rite, **{question.field: question.answers[0].value}))  # type: ignore[arg-type]
    assert "Ann Oak" in book.views()
