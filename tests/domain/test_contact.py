from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.contact import Address
from relcard.domain.contact import Contact
from relcard.domain.contact import Kind
from relcard.domain.contact import Name
from relcard.domain.contact import Occasion
from relcard.domain.contact import OccasionKind
from relcard.domain.contact import fold
from relcard.domain.contact import name_key
from relcard.domain.contact import sort_key
from relcard.domain.dates import PartialDate


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
