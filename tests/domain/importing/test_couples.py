from __future__ import annotations

from relcard.domain.importing.couples import CoupleAtHome
from relcard.domain.importing.couples import couples_at_home
from relcard.domain.people.household import Resident

HOME = "ls14dy|elmst|1||"


def _person(name: str) -> Resident:
    given, _, family = name.partition(" ")
    return Resident(uid=name, display_name=name, given=given, family=family, address_key=HOME)


JOHN, MARY = _person("John Smith"), _person("Mary Smith")
COUPLE = Resident(uid="row", display_name="John & Mary Smith", address_key=HOME)


def test_a_card_of_two_who_have_cards_is_theirs() -> None:
    """However the name is written, each person named has one card in the household."""
    at_home = [CoupleAtHome("row", ("John Smith", "Mary Smith"))]
    assert couples_at_home([COUPLE, MARY, JOHN]) == at_home
    for name in ("Smith, John and Mary", "JOHN SMITH + MARY SMITH"):
        assert couples_at_home([COUPLE._replace(display_name=name), JOHN, MARY]) == at_home
    in_parts = COUPLE._replace(given="John & Mary", family="Smith")
    assert couples_at_home([in_parts, JOHN, MARY._replace(address_key="")]) == at_home


def test_who_is_not_plainly_there_leaves_the_card_alone() -> None:
    """One of the two only, a namesake, another surname, or a birthday, and nothing is certain."""
    assert couples_at_home([COUPLE, JOHN]) == []
    assert couples_at_home([COUPLE, JOHN, _person("Maria Smith")]) == []
    assert couples_at_home([COUPLE, JOHN, MARY, JOHN._replace(uid="John Smith the younger")]) == []
    assert couples_at_home([COUPLE._replace(born="1980-01-01", birth_year=1980), JOHN, MARY]) == []
    elsewhere = [person._replace(address_key="ls14dy|elmstreet|1||") for person in (JOHN, MARY)]
    assert couples_at_home([COUPLE, *elsewhere]) == []
    assert couples_at_home([COUPLE._replace(display_name="The Smith Family"), JOHN, MARY]) == []
