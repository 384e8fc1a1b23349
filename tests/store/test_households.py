from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.careful_year import Careful
from relcard.domain.people.circle import Circle
from relcard.store import households
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


@pytest.fixture
def couple(book: Book) -> Book:
    """Return a book of a couple, Anna and Jan, and of Eve."""
    book.imported(
        card("Anna Nowak", "BDAY:1980-04-12", street="1 High Street"),
        card("Jan Nowak", "DEATHDATE:2020-01-02", street="1 High Street", version="4.0"),
        card("Eve Ash", "ADR;TYPE=work:;;9 Office Park;Leeds;;LS9 9ZZ;UK", street="2 Low Road"),
    )
    return book


def test_household_and_its_members(couple: Book) -> None:
    """A household names its members in the order they came; all, some and one are read alike."""
    home = couple.home_of("Anna Nowak")
    row = households.get(couple.db, home)
    assert row is not None
    assert row.members == (couple.id_of("Anna Nowak"), couple.id_of("Jan Nowak"))
    assert (row.stated, row.addressee, row.salutation, row.formality) == (False, "", "", "informal")
    assert households.some(couple.db, [home, 99]) == [row]
    assert row in households.every(couple.db)
    assert len(households.every(couple.db)) == 2
    assert households.get(couple.db, 99) is None


def test_member_as_the_rules_see_it(couple: Book) -> None:
    """Day of birth and death, and the letterbox of the home before that of the office."""
    found = {one.name: one for one in households.members(couple.db, [couple.home_of("Anna Nowak")])}
    assert set(found) == {"Anna Nowak", "Jan Nowak"}
    assert found["Anna Nowak"].birth == "1980-04-12"
    assert found["Jan Nowak"].died_on == "2020-01-02"
    assert found["Anna Nowak"].letterbox == found["Jan Nowak"].letterbox != ""
    (eve,) = households.residents(couple.db, [couple.id_of("Eve Ash")])
    assert "office" not in eve.letterbox
    assert "low" in eve.letterbox


def test_contact_is_in_one_household_only(couple: Book, today: date) -> None:
    """Put into another, it leaves the one before; an empty one is forgotten."""
    anna, eve = couple.id_of("Anna Nowak"), couple.id_of("Eve Ash")
    with journal.step(couple.db, "join", today=today):
        households.put(couple.db, eve, couple.home_of("Anna Nowak"))
        households.drop_empty(couple.db)
    assert couple.home_of("Eve Ash") == households.of_contact(couple.db, anna)
    (home,) = households.every(couple.db)
    assert eve in home.members
    with pytest.raises(sqlite3.IntegrityError):
        couple.db.execute("INSERT INTO membership (contact_id, household_id) VALUES (?, ?)", (eve, home.id))


def test_empty_household_a_season_knows_stays(couple: Book, today: date) -> None:
    """What a season has sent to is not forgotten."""
    with journal.step(couple.db, "season", today=today):
        season = seasons.add(couple.db, "christmas-2025", "christmas", 2025, today=today)
        seasons.add_recipient(couple.db, season, couple.home_of("Eve Ash"), "friend")
        empty = couple.home_of("Eve Ash")
        households.put(couple.db, couple.id_of("Eve Ash"), couple.home_of("Anna Nowak"))
        households.drop_empty(couple.db)
    kept = [row[0] for row in couple.db.execute("SELECT id FROM household ORDER BY id")]
    assert empty in kept
    assert [one.household_id for one in seasons.recipients(couple.db, season)] == [empty]


def test_stated_household_is_not_open_to_proposals(couple: Book, today: date) -> None:
    """Only contacts of whom the user has not spoken are looked at."""
    with journal.step(couple.db, "state", today=today):
        households.describe(couple.db, couple.home_of("Anna Nowak"), stated=True, reason="you said so")
    assert [one.name for one in households.open_doors(couple.db)] == ["Eve Ash"]


def test_wishes_are_kept_and_taken_back(couple: Book, today: date) -> None:
    """One wish is set without touching the others; None takes it back."""
    home = couple.home_of("Eve Ash")
    with journal.step(couple.db, "set", today=today):
        households.set_wishes(couple.db, home, {"addressee": "The Ashes", "language": "de"})
        households.set_wishes(couple.db, home, {"language": None, "formality": "formal"})
    row = households.get(couple.db, home)
    assert row is not None
    assert (row.addressee, row.language, row.formality) == ("The Ashes", "", "formal")


def test_households_by_circle(couple: Book) -> None:
    """One member in the circle is enough; each household comes once."""
    couple.circle(Circle.CLOSE, "Anna Nowak", "Jan Nowak")
    couple.circle(Circle.WIDE, "Eve Ash")
    home = couple.home_of("Anna Nowak")
    assert households.ids_by_circle(couple.db, ["close"]) == [home]
    assert households.ids_by_circle(couple.db, ["close", "wide"]) == [home, couple.home_of("Eve Ash")]
    assert households.ids_by_circle(couple.db, ["inner"]) == []


def test_roles_and_careful_years_are_kept(couple: Book, today: date) -> None:
    """A role goes with its contact; a careful year forgets the yes that was said in another one."""
    anna = couple.id_of("Anna Nowak")
    home = couple.home_of("Anna Nowak")
    with journal.step(couple.db, "rite", today=today):
        households.set_role(couple.db, anna, "organiser")
        households.set_careful(couple.db, home, Careful(today, today, "Jan died"))
        households.set_cheer(couple.db, home, today)
    row = households.get(couple.db, home)
    assert row is not None
    assert (row.careful, row.cheer_on) == (Careful(today, today, "Jan died"), "2026-11-20")
    assert {one.name: one.role for one in households.members(couple.db, [home])} == {
        "Anna Nowak": "organiser",
        "Jan Nowak": "",
    }
    with journal.step(couple.db, "rite", today=today):
        households.put(couple.db, anna, couple.home_of("Eve Ash"))
        households.set_careful(couple.db, home, Careful(today, today, "again"))
    (moved,) = households.residents(couple.db, [anna])
    assert moved.role == "organiser"
    row = households.get(couple.db, home)
    assert row is not None
    assert row.cheer_on == ""
    journal.undo(couple.db)
    journal.undo(couple.db)
    row = households.get(couple.db, home)
    assert row is not None
    assert (row.careful, row.cheer_on, row.stated) == (None, "", False)
