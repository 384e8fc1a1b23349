"""Tests of who is asked about first and what the record hints."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.importing.triage import Other
from relcard.domain.importing.triage import TriageCandidate
from relcard.domain.importing.triage import hints
from relcard.domain.importing.triage import in_order
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Kind

DAY = PartialDate(1984, 12, 16)
JAN = Other(1, "Jan Kowalski")
PIOTR = Other(2, "Piotr Kowalski")


def one(contact_id: int = 9, **known: Any) -> TriageCandidate:
    return TriageCandidate(
        contact_id=contact_id, name=f"Contact {contact_id}", household_id=contact_id, **known
    )


def ids(*candidates: TriageCandidate, circles: dict[int, Circle] | None = None) -> list[int]:
    return [found.contact_id for found in in_order(candidates, circles or {})]


def test_the_household_of_someone_near_comes_before_an_address_and_a_birthday() -> None:
    """Who lives with someone in a circle is asked about first, though nothing else is known."""
    mate = one(3, housemates=(JAN,))
    known = one(4, has_address=True, birthday=DAY)
    assert ids(known, mate, circles={1: Circle.WIDE}) == [3, 4]


def test_living_with_someone_who_gets_no_card_speaks_for_nothing() -> None:
    """The circle none is not near."""
    assert ids(one(3, housemates=(JAN,)), one(4, has_address=True), circles={1: Circle.NONE}) == [4, 3]


def test_likely_ones_come_first_and_organisations_last() -> None:
    """Address and birthday, then one of them, then a note, then nothing, then organisations."""
    shop = one(1, kind=Kind.ORG, has_address=True, birthday=DAY, note="bread")
    nothing, noted = one(2), one(3, note="met at the lake")
    reached, complete = one(4, has_address=True), one(5, has_address=True, birthday=DAY)
    assert ids(shop, nothing, noted, reached, complete) == [5, 4, 3, 2, 1]


def test_a_birthday_without_its_day_does_not_count() -> None:
    """A year alone never returns, so it says nothing for a card."""
    assert ids(one(3, birthday=PartialDate(1984)), one(4, birthday=DAY)) == [4, 3]
    assert "the birthday is known" not in hints(one(birthday=PartialDate(1984)), {})


def test_a_household_stays_together_at_the_place_of_its_likeliest_member() -> None:
    """A child without an address follows the parent, before a stranger with more to show than the child."""
    parent = TriageCandidate(contact_id=3, name="Parent", household_id=7, has_address=True, birthday=DAY)
    child = TriageCandidate(contact_id=5, name="Child", household_id=7)
    assert ids(child, one(4, has_address=True), parent) == [5, 3, 4]


_ANYONE = st.builds(
    TriageCandidate,
    contact_id=st.integers(1, 10**6),
    name=st.just("Someone"),
    kind=st.sampled_from([Kind.INDIVIDUAL, Kind.ORG]),
    has_address=st.booleans(),
    birthday=st.sampled_from([None, DAY]),
    note=st.sampled_from(["", "a note"]),
    household_id=st.one_of(st.none(), st.integers(1, 4)),
    housemates=st.sampled_from([(), (JAN,)]),
)


@given(st.lists(_ANYONE, unique_by=lambda known: known.contact_id))
def test_nobody_is_lost_and_no_household_is_torn_apart(candidates: list[TriageCandidate]) -> None:
    """Ordering keeps everyone exactly once, and members of one household stand side by side."""
    found = in_order(candidates, {1: Circle.CLOSE})
    assert sorted(known.contact_id for known in found) == sorted(known.contact_id for known in candidates)
    homes = [known.household_id for known in found if known.household_id is not None]
    changes = sum(before != after for before, after in pairwise(homes))
    assert changes == max(0, len(set(homes)) - 1)


def test_hints_name_those_near_and_in_which_circle() -> None:
    """A housemate and a namesake in a circle are named, the housemate once, the contact itself never."""
    candidate = one(9, housemates=(JAN,), namesakes=(JAN, PIOTR, Other(9, "Contact 9")))
    assert hints(candidate, {1: Circle.CLOSE, 2: Circle.FRIEND, 9: Circle.WIDE})[:2] == (
        "Jan Kowalski of this household: close",
        "Piotr Kowalski of the same surname: friend",
    )


def test_only_the_two_nearest_namesakes_are_named() -> None:
    """A common surname does not fill the page; the nearest are named first."""
    many = tuple(Other(number, f"Smith {number}") for number in range(1, 6))
    circles = {1: Circle.WIDE, 2: Circle.INNER, 3: Circle.FRIEND, 4: Circle.NONE, 5: Circle.WIDE}
    said = [hint for hint in hints(one(9, namesakes=many), circles) if "surname" in hint]
    assert said == [
        "Smith 2 of the same surname: inner",
        "Smith 3 of the same surname: friend",
    ]


def test_a_household_of_which_one_gets_no_card_says_so() -> None:
    """The answer none for a housemate is a hint too, as long as nobody else there is near."""
    candidate = one(housemates=(JAN, PIOTR))
    assert "Jan Kowalski of this household: no card" in hints(candidate, {1: Circle.NONE})
    assert not any(": no card" in hint for hint in hints(candidate, {1: Circle.NONE, 2: Circle.WIDE}))


def test_the_record_speaks_for_and_against_a_card() -> None:
    """Address, birthday and note speak for a card; an organisation, or nothing at all, perhaps against."""
    assert hints(one(has_address=True, birthday=DAY, note="lake"), {}) == (
        "an address is known: a card can be posted",
        "the birthday is known",
        "there is a note",
    )
    assert hints(one(), {}) == ("neither address nor birthday: perhaps no card",)
    assert hints(one(kind=Kind.ORG), {}) == ("an organisation: perhaps no card",)
