from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.importing.differences import Side
from relcard.domain.people.circle import Circle
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.find_duplicates import nearest_first
from relcard.services.importing.pair_sitting import PairSitting
from relcard.services.importing.pair_sitting import Verdict
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import journal
from relcard.store.file.database import open_store
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.book import Book

EMAIL = "EMAIL:ann@example.org"


def sit(book: Book) -> PairSitting:
    return PairSitting(book.db, nearest_first(book.db, find_duplicates(book.db)), STANDPOINT)


def names(book: Book) -> list[str]:
    return sorted(row.name for row in contacts.listing(book.db))


def current(sitting: PairSitting) -> set[str]:
    assert sitting.current is not None
    return {sitting.current.a.uid, sitting.current.b.uid}


@pytest.fixture
def pairs(book: Book) -> Book:
    """Return a store with three Anns that are one, and two Bens of whom nobody knows."""
    book.imported(
        card("Ann Poe", EMAIL, uid="a1"),
        card("ANN POE", EMAIL, "NOTE:the quince tree", uid="a2"),
        card("Ann Poe", EMAIL, "TEL:0113 496 0000", uid="a3", street="1 Elm St"),
        card("Ben Roe", uid="b1"),
        card("Ben Roe", uid="b2"),
    )
    return book


def test_each_answer_is_kept_at_once_as_a_step_of_its_own(pairs: Book) -> None:
    """Merge and "not the same" are steps of the history, each taken back alone; the copy is made once before."""
    copies: list[int] = []
    found = nearest_first(pairs.db, find_duplicates(pairs.db))
    sitting = PairSitting(pairs.db, found, STANDPOINT, before_change=lambda: copies.append(1))
    assert (sitting.total, sitting.waiting) == (4, 4)
    assert sitting.merge()
    assert names(pairs) == ["Ann Poe", "Ann Poe", "Ben Roe", "Ben Roe"]
    assert sitting.merge()  # the third, beside the one that the two became
    assert names(pairs) == ["Ann Poe", "Ben Roe", "Ben Roe"]
    assert current(sitting) == {"b1", "b2"}
    assert sitting.not_same()
    assert (sitting.current, sitting.waiting, len(copies)) == (None, 0, 1)
    assert sitting.answered == {Verdict.ONE: 2, Verdict.TWO: 1}
    steps = [step.command for step in journal.history(pairs.db)][:3]
    assert steps == [
        "duplicates Ben Roe Ben Roe --not-same",
        "merge Ann Poe Ann Poe",
        "merge Ann Poe ANN POE",
    ]
    assert find_duplicates(pairs.db) == []
    journal.undo(pairs.db)
    assert len(find_duplicates(pairs.db)) == 1
    journal.undo(pairs.db)
    assert len(names(pairs)) == 4


def test_leaving_loses_nothing_and_the_next_sitting_goes_on(pairs: Book) -> None:
    """What was put off comes again at the end, and in the next sitting with all that was not answered."""
    sitting = sit(pairs)
    first = current(sitting)
    sitting.later()
    assert current(sitting) != first
    assert sitting.put_off == 1
    while sitting.later():
        pass
    sitting.again()
    assert current(sitting) == first
    sitting.merge()
    assert current(sit(pairs)) == {"a1", "a3"}


def test_the_page_says_what_a_merge_makes(pairs: Book) -> None:
    """Where one value alone can stand the user turns it over; a name in capitals gives way by itself."""
    sitting = sit(pairs)
    assert sitting.page is not None
    assert sitting.page.compared.names == ("Ann Poe", "ANN POE")
    assert sitting.page.reason == "same name and e-mail"
    assert sitting.take == {"name": Side.FIRST}
    sitting.choose(2)  # there is no second difference
    sitting.choose(1)
    assert (outcome := sitting.outcome()) is not None
    assert (outcome.contact.display_name, outcome.contact.note) == ("ANN POE", "the quince tree")
    sitting.choose(1)
    sitting.merge()
    assert "ANN POE" not in names(pairs)


def test_capitals_give_way(book: Book) -> None:
    """Of "BEA ASH" and "Bea Ash" the second stands by itself, whichever came first."""
    book.imported(card("BEA ASH", EMAIL, uid="a"), card("Bea Ash", EMAIL, uid="b"))
    sitting = sit(book)
    assert sitting.page is not None
    assert sitting.take == {"name": Side.SECOND}
    sitting.merge()
    assert names(book) == ["Bea Ash"]


def test_a_couples_card_goes_to_one_of_them_and_the_other_stays(book: Book) -> None:
    """John's own card stands before "John & Mary Smith"; merged, Mary stays beside him, and is on no card alone."""
    row = "Name,Street,Town,Postcode\nJohn & Mary Smith,1 Elm St,Leeds,LS1 4DY\n"
    book.imported(row, source="list.csv")
    book.imported(card("John Smith", "BDAY:1950-01-01", street="1 Elm St"))
    sitting = sit(book)
    assert sitting.page is not None
    assert sitting.page.reason == "same address, similar name"
    assert sitting.page.compared.names == ("John Smith", "John & Mary Smith")
    sitting.merge()
    john = contacts.load(book.db, book.id_of("John Smith"))
    assert [(one.kind, one.name) for one in john.relations] == [("co-resident", "Mary Smith")]
    assert set(book.views()) == {"John and Mary Smith"}
    assert book.imported(row.replace("Leeds", "York"), source="list.csv").new == 0
    assert names(book) == ["John Smith"]


def test_nothing_is_merged_unseen(pairs: Book, store_path: str) -> None:
    """A pair that another relcard changed meanwhile is shown anew; one of which a contact is gone is passed over."""
    sitting = sit(pairs)
    assert sitting.page is not None
    with closing(open_store(store_path)) as other, journal.step(other, "circle", today=TODAY):
        relationships.set_circle(other, 1, Circle.CLOSE, today=TODAY)
    assert (given := sitting.merge()) is not None
    assert given.verdict is Verdict.GONE
    assert len(names(pairs)) == 5
    assert sitting.page is not None
    assert "close" in sitting.page.compared.circles
    with closing(open_store(store_path)) as other, journal.step(other, "delete", today=TODAY):
        other.execute("DELETE FROM contact WHERE uid IN ('a2', 'b2')")
    assert (given := sitting.not_same()) is not None
    assert given.verdict is Verdict.GONE
    assert sitting.page is not None
    assert current(sitting) == {"a1", "a3"}
    assert sitting.merge()
    assert names(pairs) == ["Ann Poe", "Ben Roe"]


def test_what_is_not_the_last_step_any_more_stays(pairs: Book, store_path: str) -> None:
    """After another command the sitting takes nothing back that is not its own."""
    sitting = sit(pairs)
    sitting.merge()
    with closing(open_store(store_path)) as other, journal.step(other, "circle", today=TODAY):
        relationships.set_circle(other, 4, Circle.WIDE, today=TODAY)
    assert (given := sitting.take_back()) is not None
    assert given.verdict is Verdict.GONE
    assert len(names(pairs)) == 4
    journal.undo(pairs.db)
    assert sitting.take_back()
    assert len(names(pairs)) == 5


def test_any_pair_is_found_by_words_of_a_name(pairs: Book) -> None:
    """Search goes to a pair out of turn."""
    sitting = sit(pairs)
    (ben,) = sitting.find("roe bén")
    sitting.go_to(ben)
    assert current(sitting) == {"b1", "b2"}
    assert sitting.find("") == []


@settings(max_examples=dose(12, 120), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.sampled_from("mmnl1ua"), max_size=12))
def test_all_is_taken_back_answer_by_answer(new_book: Callable[[], Book], answers: list[str]) -> None:
    """Whatever was answered, undo after undo leads back to the store as it was."""
    book = new_book()
    book.imported(
        *(card(name, EMAIL, uid=f"{at}") for at, name in enumerate(["Ann Poe", "ANN POE", "Ann  Poe"]))
    )
    book.imported(card("A & B Roe", street="1 Elm"), card("A Roe", "BDAY:1950-01-01", street="1 Elm"))
    before = dump(book.db)
    sitting = sit(book)
    deeds = {
        "m": sitting.merge,
        "n": sitting.not_same,
        "l": sitting.later,
        "1": lambda: sitting.choose(1),
        "u": sitting.take_back,
        "a": sitting.again,
    }
    for answer in answers:
        deeds[answer]()
    while sitting.take_back():
        pass
    assert dump(book.db) == before
    assert sitting.waiting == sitting.total
