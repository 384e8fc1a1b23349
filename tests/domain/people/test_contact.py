from __future__ import annotations

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import corrected
from relcard.domain.people.contact import fold
from relcard.domain.people.contact import name_key
from relcard.domain.people.contact import sort_key


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jurgen", "Jürgen"),
        ("jurgen", "Ju\u0308rgen"),
        ("lodz", "Łódź"),
        ("soren", "Søren"),
        ("gross", "Groß"),
        ("gross", "GROẞ"),
        ("istanbul", "İstanbul"),
        ("isik", "Işık"),
        ("thor", "Þór"),
        ("nguyen thi anh", "Nguyễn  Thị\u00a0Ánh"),
        ("aesop", "Æsop"),
        ("aelfric", "Ǽlfric"),
        ("anna", "𝓐𝓷𝓷𝓪"),
        ("mary ann", "  Mary \t Ann "),
    ],
)
def test_a_name_is_found_by_who_has_no_such_keys(typed: str, name: str) -> None:
    """Folding forgets case, accents and letters that Unicode does not take apart."""
    assert fold(name) == typed


def test_other_scripts_are_kept() -> None:
    """What has no Latin form stays itself, only without case and accents."""
    assert fold("Ελένη") == fold("ΕΛΕΝΗ") == "ελενη"
    assert fold("Оксана") == "оксана"
    assert fold("山田 太郎") == "山田 太郎"


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_written_either_way_has_one_key() -> None:
    """The key of "Doe, Jo" is that of "Jo Doe"."""
    assert name_key(Contact(display_name="Müller, Zoë")) == name_key(Contact(display_name="Zoë Müller"))


def test_a_list_is_ordered_by_family_name_or_by_sound() -> None:
    anna = Contact(display_name="Anna Zając", name=Name(given="Anna", family="Zając"))
    ken = Contact(display_name="佐藤 健", name=Name(given="健", family="佐藤"), phonetic="Satō Ken")
    firm = Contact(display_name="Acme Bakery", name=Name(family="Zzz"), kind=Kind.ORG)
    bare = Contact(display_name="Bert")
    assert sorted([anna, ken, firm, bare], key=sort_key) == [firm, bare, ken, anna]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (Name(given="Amos", family="(dog walker)"), "amos"),
        (Name(given="Amos (dog walker)"), "amos"),
        (Name(given="Anna", family="Smith (choir)"), "smith anna"),
        (Name(family="(dog walker)"), "amos (dog walker)"),
    ],
)
def test_words_in_brackets_are_no_surname_to_be_sorted_by(name: Name, key: str) -> None:
    assert sort_key(Contact(display_name="Amos (dog walker)", name=name)) == key


def test_a_greeting_card_goes_to_the_preferred_address_then_home_then_not_work() -> None:
    work = Address(street="1 Mill Rd", types=("work",))
    home = Address(street="2 High St", types=("home",))
    other = Address(street="3 Sea View")
    best = Address(street="4 Hill", types=("work",), preferred=True)
    country_only = Address(country="Norway", types=("home",), preferred=True)
    assert Contact(addresses=(work, other, home, best)).address == best
    assert Contact(addresses=(work, other, home)).address == home
    assert Contact(addresses=(work, other)).address == other
    assert Contact(addresses=(work,)).address == work
    assert Contact(addresses=(country_only, work)).address == work
    assert Contact(addresses=(country_only,)).address is None


def test_a_known_day_of_death_says_that_a_contact_has_died() -> None:
    birth = Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(1931, 5, 2))
    death = Occasion(kind=OccasionKind.REMEMBRANCE, date=PartialDate(2019))
    assert not Contact(occasions=(birth,)).has_died
    assert Contact(occasions=(birth, death)).has_died


HOME = Address(street="1 High Street", types=("home",))
WINTER = PartialDate.parse("--11-01"), PartialDate.parse("--03-15")


@pytest.mark.parametrize(
    ("day", "street"),
    [
        ("2026-10-31", "1 High Street"),
        ("2026-11-01", "Rua do Sol 4"),
        ("2026-12-31", "Rua do Sol 4"),
        ("2027-03-15", "Rua do Sol 4"),
        ("2027-03-16", "1 High Street"),
    ],
)
def test_a_winter_address_is_used_in_winter(day: str, street: str) -> None:
    """A second address without years comes back each year, its first and last day included."""
    away = Address(street="Rua do Sol 4", used_from=WINTER[0], used_until=WINTER[1])
    contact = Contact(addresses=(HOME, away))
    found = contact.address_on(date.fromisoformat(day))
    assert found is not None
    assert found.street == street
    assert contact.address == HOME


def test_an_address_until_a_day_then_the_usual_one() -> None:
    """With years an address is used once; while it is, it goes before a preferred one."""
    usual = HOME._replace(preferred=True)
    once = Address(street="2 Low Street", used_until=PartialDate.parse("2027-03-01"))
    contact = Contact(addresses=(usual, once))
    assert contact.address_on(date(2027, 3, 1)) == once
    assert contact.address_on(date(2027, 3, 2)) == usual
    alone = Contact(addresses=(once,))
    assert alone.address_on(date(2027, 3, 2)) is None
    assert alone.address == once


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(DAYS, DAYS, DAYS)
def test_seasons_part_the_year(first: date, last: date, day: date) -> None:
    """Every day is in the season or in the one that fills the rest of the year, and never in both."""
    season = Address(used_from=_yearly(first), used_until=_yearly(last))
    rest = Address(used_from=_yearly(last + timedelta(days=1)), used_until=_yearly(first - timedelta(days=1)))
    assume(_yearly(first) != _yearly(last + timedelta(days=1)))
    assert season.is_used_on(day) is not rest.is_used_on(day)


def _yearly(day: date) -> PartialDate:
    assume(not (day.month == 2 and day.day > 27))
    return PartialDate(month=day.month, day=day.day)


LEEDS = Address(street="14 High Street", locality="Leeds", postcode="LS1 4DY", country="UK")
YORK = Address(street="3 Mill Street", locality="York", postcode="YO1 1AA", country="UK")


def test_a_corrected_line_is_the_same_address() -> None:
    """A new postcode in one of two addresses says which became which."""
    better = Address(street="14 High Street", locality="Leeds", postcode="LS1 4DZ", country="UK")
    assert corrected([YORK, LEEDS], [better, YORK]) == {LEEDS: better}


def test_who_shares_only_the_country_has_moved() -> None:
    """Another town in the same country is a new address."""
    assert corrected([LEEDS], [YORK]) == {}


def test_each_address_is_corrected_once() -> None:
    """Of two new ones, the more alike takes the place; the other is new."""
    near = Address(street="14 High Street", locality="Leeds", postcode="LS2", country="UK")
    far = Address(street="9 Low Street", locality="Leeds", postcode="LS9", country="UK")
    assert corrected([LEEDS], [far, near]) == {LEEDS: near}
