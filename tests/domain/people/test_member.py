from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Relation
from relcard.domain.people.household import Resident
from relcard.domain.people.member import Member
from relcard.domain.people.member import greeted_with
from relcard.domain.people.member import members_of
from relcard.domain.people.member import read_members
from relcard.domain.people.member import read_name_and_birth

_DAY = date(2026, 11, 30)
_TOM = Resident("tom", "Tom Quill", "Quill", "Tom")


@pytest.mark.parametrize(
    ("text", "name", "born"),
    [
        ("Jack (9)", "Jack", "2017"),
        ("Emma, 7", "Emma", "2019"),
        ("Emma 7", "Emma", "2019"),
        ("Ann (9 years)", "Ann", "2017"),
        ("Ann (9 J.)", "Ann", "2017"),
        ("Leo (8 months)", "Leo", "2026"),
        ("Leo (14 mo)", "Leo", "2025"),
        ("Zoë (*2017)", "Zoë", "2017"),
        ("Max (b. 2017)", "Max", "2017"),
        ("Ola 2017", "Ola", "2017"),
        ("Ola (4 Mar 2017)", "Ola", "2017-03-04"),
        ("Piotr (12.3.2015)", "Piotr", "2015-03-12"),
        ("Kim Galloway", "Kim Galloway", ""),
        ("Jan (work)", "Jan (work)", ""),
        ("Jan (2031)", "Jan", "2031"),
        ("Jan (500)", "Jan (500)", ""),
        ("9", "9", ""),
    ],
)
def test_birth_is_read_behind_a_name(text: str, name: str, born: str) -> None:
    """Ages, years and days as lists write them; what is no birth stays with the name."""
    read, day = read_name_and_birth(text, on=_DAY)
    assert (read, str(day or "")) == (name, born)


@given(st.integers(min_value=0, max_value=17), st.dates(date(2000, 1, 1), date(2040, 12, 31)))
def test_year_reckoned_from_an_age_is_right_to_a_year(age: int, on: date) -> None:
    """Who is nine on a day was born nine or ten calendar years before, whatever the day."""
    _, born = read_name_and_birth(f"Jack ({age})", on=on)
    assert born is not None
    assert born.year in (on.year - age, on.year - age - 1)


def test_card_names_partner_children_and_pets() -> None:
    """A mother lives elsewhere, who died by the card is nobody, a UID is a contact's, a name counts once."""
    relations = (
        Relation("spouse", "Ana Quill"),
        Relation("child", "Mia (4)"),
        Relation("son", "Mia"),
        Relation("dog", "Rex"),
        Relation("mother", "Ruth Quill"),
        Relation("child", "Tom (DIED 2024)"),
        Relation("child", uid="urn:uuid:1"),
    )
    named = read_members(relations, on=_DAY)
    assert {words: (member.name, member.role) for words, member in named.items()} == {
        "Ana Quill": ("Ana Quill", "partner"),
        "Mia (4)": ("Mia", "child"),
        "Rex": ("Rex", "pet"),
    }


def _member(
    name: str,
    role: str = "child",
    born: PartialDate | None = None,
    died_on: PartialDate | None = None,
    number: int = 0,
) -> Member:
    surname = "" if " " in name or role == "pet" else "Quill"
    return Member(name, role, born, died_on, id=number, contact_id=1, surname=surname)


def test_who_is_a_contact_of_the_household_is_no_member() -> None:
    """By given name, nickname or the whole name; another surname is another one."""
    liz = Resident("liz", "Elizabeth Quill", "Quill", "Elizabeth", nicknames=("Liz",), is_child=True)
    names = [_member(name) for name in ("Liz", "Tom Quill", "Tom Barlow", "Mia")]
    assert [member.name for member in members_of([_TOM, liz], names)] == ["Tom Barlow", "Mia"]


def test_partner_is_proposed_to_one_adult_only() -> None:
    """Beside two adults a partner on a card is an older name of one; the user's word stands."""
    ana = Resident("ana", "Anna Quill", "Quill", "Anna")
    partner = _member("Ana Q", "partner")
    assert members_of([_TOM], [partner]) == [partner]
    assert members_of([_TOM, ana], [partner]) == []
    assert members_of([_TOM, ana], [partner._replace(stated=True)]) == [partner._replace(stated=True)]


def test_both_parents_name_a_child_once() -> None:
    """The user's word stands for the card's, and a known birth for none."""
    plain = _member("Mia", number=1)
    dated = _member("Mia Quill", number=2, born=PartialDate(2015))
    assert members_of([_TOM], [plain, dated]) == [dated]
    stated = plain._replace(stated=True)
    assert members_of([_TOM], [stated, dated]) == [stated]


def _greeted(*members: Member, people: tuple[Resident, ...] = (_TOM,)) -> list[str]:
    return [person.display_name for person in greeted_with(people, members, today=_DAY)]


def test_envelope_names_who_lives_there() -> None:
    """The dead and children of age are left out; a given name takes the surname, a pet does not."""
    members = (
        _member("Ana", "partner"),
        _member("Ruth", "other", died_on=PartialDate(2026)),
        _member("Jack", born=PartialDate(2017)),
        _member("Emma", born=PartialDate(2008, 11, 30)),
        _member("Rex", "pet"),
    )
    assert _greeted(*members) == ["Tom Quill", "Ana Quill", "Jack Quill", "Rex"]


def test_widow_is_greeted_and_children_alone_are_not() -> None:
    """After the death of the only contact a partner goes on to get the card."""
    assert _greeted(_member("Ana", "partner"), _member("Jack"), people=()) == ["Ana Quill", "Jack Quill"]
    assert _greeted(_member("Jack"), people=()) == []


def test_card_of_a_family_has_its_children_in_its_name() -> None:
    """Nobody is "The Orr Family and Jack"."""
    assert _greeted(_member("Jack"), people=(Resident("orr", "The Orr Family"),)) == ["The Orr Family"]
