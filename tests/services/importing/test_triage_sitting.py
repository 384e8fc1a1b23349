"""Tests of a sitting of triage: answers, undo, later, households, and one step for it all."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.services.importing.triage_queue import triage_queue
from relcard.services.importing.triage_sitting import Sitting
from relcard.store import WITH_CIRCLE
from relcard.store.file import journal
from relcard.store.file.database import open_store
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


@dataclass
class Table:
    """A store, and someone who sits down before it."""

    book: Book
    today: date

    def sit(self) -> Sitting:
        return Sitting(self.book.db, triage_queue(self.book.db), today=self.today)

    def circles(self) -> dict[str, str | None]:
        return dict(self.book.db.execute(f"SELECT name, circle FROM contact {WITH_CIRCLE}").fetchall())

    def steps(self) -> list[str]:
        return [one.command for one in journal.history(self.book.db)]


@pytest.fixture
def table(book: Book, today: date) -> Table:
    """Return a store with a couple at one address and three others."""
    book.imported(
        card("Anna Grey", "BDAY:1984-12-16", street="1 Lake Road"),
        card("Ben Grey", street="1 Lake Road"),
        card("Cleo Brown", "NICKNAME:Cricket", street="2 Lake Road"),
        card("Dora White"),
        card("Emil Łoś"),
    )
    return Table(book, today)


def name(sitting: Sitting) -> str:
    assert sitting.current is not None
    return sitting.current.name


def test_an_answer_is_in_the_store_at_once(table: Table) -> None:
    """Another process sees each answer before the next is given, and nothing holds the store meanwhile."""
    sitting = table.sit()
    sitting.answer(Circle.CLOSE)
    _, _, path = table.book.db.execute("PRAGMA database_list").fetchone()
    with closing(open_store(path)) as other:
        assert (
            other.execute(
                "SELECT circle FROM circle JOIN contact ON id = contact_id WHERE name = 'Anna Grey'"
            ).fetchone()[0]
            == "close"
        )
        with journal.step(other, "other", today=table.today):
            other.execute("INSERT INTO cadence (contact_id, days) VALUES (4, 7)")
    assert name(sitting) == "Ben Grey"


def test_the_whole_sitting_is_one_step(table: Table) -> None:
    """However many answers were given, one undo takes the sitting back, row by row."""
    before = dump(table.book.db)
    sitting = table.sit()
    for circle in (Circle.INNER, Circle.CLOSE, Circle.WIDE, Circle.NONE):
        sitting.answer(circle)
    sitting.take_back()
    sitting.answer(Circle.FRIEND)
    assert table.steps() == ["triage", "import cards.vcf"]
    journal.undo(table.book.db)
    assert dump(table.book.db) == before


def test_another_command_in_between_begins_a_second_step(table: Table) -> None:
    """Undo goes backwards in time even when another relcard wrote during the sitting."""
    before = dump(table.book.db)
    sitting = table.sit()
    sitting.answer(Circle.INNER)
    table.book.circle(Circle.WIDE, "Dora White")
    sitting.answer(Circle.CLOSE)
    sitting.answer(Circle.CLOSE)
    assert table.steps() == ["triage", "circle wide", "triage", "import cards.vcf"]
    for _ in range(3):
        journal.undo(table.book.db)
    assert dump(table.book.db) == before


def test_an_undone_step_is_not_joined(table: Table) -> None:
    """Who takes the sitting back elsewhere and goes on here has a new step, and undo still finds it."""
    sitting = table.sit()
    sitting.answer(Circle.INNER)
    journal.undo(table.book.db)
    between = dump(table.book.db)
    sitting.answer(Circle.CLOSE)
    assert table.circles()["Ben Grey"] == "close"
    journal.undo(table.book.db)
    assert dump(table.book.db) == between


def test_a_sitting_that_is_all_taken_back_leaves_no_step(table: Table) -> None:
    """Answers taken back one by one leave the store, and the history, as they were; the next one counts again."""
    before = dump(table.book.db)
    sitting = table.sit()
    sitting.answer(Circle.INNER)
    sitting.answer(Circle.CLOSE)
    sitting.take_back()
    sitting.take_back()
    assert dump(table.book.db) == before
    assert table.steps() == ["import cards.vcf"]
    sitting.answer(Circle.WIDE)
    assert table.steps() == ["triage", "import cards.vcf"]


def test_taking_back_returns_to_the_contact(table: Table) -> None:
    """The contact is asked about again, and then the one who waited."""
    sitting = table.sit()
    sitting.answer(Circle.INNER)
    sitting.later()
    assert (name(sitting), sitting.put_off) == ("Cleo Brown", 1)
    sitting.take_back()
    assert (name(sitting), sitting.put_off) == ("Ben Grey", 0)
    sitting.take_back()
    assert (name(sitting), sitting.said) == ("Anna Grey", 0)
    assert sitting.take_back() is None


def test_later_is_for_this_sitting_only(table: Table) -> None:
    """Who was put off is not asked again until the next sitting, or when the rest is done and the user goes on."""
    sitting = table.sit()
    sitting.later()
    while sitting.current:
        sitting.answer(Circle.WIDE)
    assert (sitting.said, sitting.put_off) == (4, 1)
    assert [one.name for one in triage_queue(table.book.db).candidates] == ["Anna Grey"]
    sitting.again()
    assert name(sitting) == "Anna Grey"


def test_the_next_sitting_goes_on_where_this_one_stopped(table: Table) -> None:
    """What has a circle is not asked again; the progress counts it."""
    first = table.sit()
    first.answer(Circle.CLOSE)
    first.answer(Circle.NONE)
    second = table.sit()
    assert (name(second), second.said, second.total) == ("Cleo Brown", 2, 5)
    assert second.counts == {Circle.CLOSE: 1, Circle.NONE: 1}
    assert not second.answered


def test_a_household_is_answered_together(table: Table) -> None:
    """One answer for all of a household who wait is taken back together."""
    sitting = table.sit()
    sitting.answer(Circle.FRIEND, household=True)
    assert table.circles()["Anna Grey"] == table.circles()["Ben Grey"] == "friend"
    assert name(sitting) == "Cleo Brown"
    sitting.take_back()
    assert table.circles()["Anna Grey"] is table.circles()["Ben Grey"] is None


def test_a_household_answer_leaves_a_stated_circle(table: Table) -> None:
    """Who was said to be close stays close when the rest of the household is said to be wide."""
    sitting = table.sit()
    sitting.answer(Circle.CLOSE)
    sitting.answer(Circle.WIDE, household=True)
    assert (table.circles()["Anna Grey"], table.circles()["Ben Grey"]) == ("close", "wide")


def test_what_was_said_elsewhere_meanwhile_is_left(table: Table) -> None:
    """An answer on a page that is out of date neither overwrites nor, taken back, removes another's word."""
    sitting = table.sit()
    table.book.circle(Circle.INNER, "Anna Grey")
    given = sitting.answer(Circle.NONE)
    assert given is not None
    assert not given.before
    assert sitting.circle_of(given.candidate.contact_id) is Circle.INNER
    sitting.take_back()
    assert table.circles()["Anna Grey"] == "inner"


def test_hints_follow_the_answers(table: Table) -> None:
    """As soon as one of a household is near, the other's page says so."""
    sitting = table.sit()
    assert not any("household" in hint for hint in sitting.hints())
    sitting.answer(Circle.CLOSE)
    assert "Anna Grey of this household: close" in sitting.hints()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("los emil", ["Emil Łoś"]),
        ("CRICKET", ["Cleo Brown"]),
        ("leeds grey", ["Anna Grey", "Ben Grey"]),
        ("", []),
        ("zz", []),
    ],
)
def test_search_is_blind_to_accents_and_order(table: Table, words: str, found: list[str]) -> None:
    """All words must be in name, nickname, organisation or place; no words find nobody."""
    assert [one.name for one in table.sit().find(words)] == found


def test_search_puts_names_before_places(table: Table) -> None:
    """Someone called Leed comes before those who live in Leeds, however likely they are."""
    table.book.imported(card("Zora Leed"))
    assert table.sit().find("leed")[0].name == "Zora Leed"


def test_going_to_someone_answered_allows_another_answer(table: Table) -> None:
    """A word said too fast is said anew, and taking that back brings the first word back."""
    sitting = table.sit()
    first = sitting.answer(Circle.WIDE)
    assert first is not None
    sitting.go_to(first.candidate.contact_id)
    sitting.answer(Circle.INNER)
    assert table.circles()["Anna Grey"] == "inner"
    sitting.take_back()
    assert table.circles()["Anna Grey"] == "wide"
    assert table.steps() == ["triage", "import cards.vcf"]


def test_at_the_end_nothing_is_asked(table: Table) -> None:
    """With nobody left there is no answer to give."""
    sitting = table.sit()
    while sitting.current:
        sitting.answer(Circle.WIDE)
    assert sitting.answer(Circle.INNER) is None
    assert sitting.later() is None
    assert sitting.open_housemates() == ()
    assert sitting.hints() == ()
