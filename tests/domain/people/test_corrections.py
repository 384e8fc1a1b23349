from __future__ import annotations

from relcard.domain.people.contact import Address
from relcard.domain.people.corrections import corrected

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
