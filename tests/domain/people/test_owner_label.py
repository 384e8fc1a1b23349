from __future__ import annotations

from typing import Any

import pytest

from relcard.domain.people.contact import Address
from relcard.domain.people.owner_label import contradicts
from relcard.domain.people.owner_label import follow_parts
from relcard.domain.people.owner_label import owner_label

HOME = Address(street="Lindenstraße 8", postcode="07743", locality="Jena", country="Deutschland")


@pytest.mark.parametrize(
    "label",
    [
        "Lindenstraße 8\n07743 Jena",
        "c/o Moll\nLindenstr. 8\nD-07743 JENA\nDeutschland",
        "Lindenstrasse 8, 07743 Jena",
        "LINDENSTR 8\n07 743 Jena",
    ],
)
def test_a_label_that_says_what_the_parts_say_is_used(label: str) -> None:
    """Abbreviations, capitals and spaces are no difference, and a line more is the owner's."""
    address = HOME._replace(label=label)
    assert owner_label(address) == label
    assert not contradicts(address)


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        ({"street": "1 Mill Road", "postcode": "LS1 4DY", "locality": "Leeds"}, "1 Mill Rd\nLeeds LS14DY"),
        ({"street": "本町1-2", "postcode": "600-8001", "locality": "京都市"}, "〒600-8001 京都市本町1-2"),
        ({"locality": "Leeds"}, "Rose Cottage\nLeeds"),
        ({}, "Rose Cottage\nLeeds"),
        ({"country": "France"}, "Le Moulin\n24000 Périgueux"),
    ],
)
def test_other_countries_and_fewer_parts_agree_too(parts: dict[str, Any], label: str) -> None:
    assert owner_label(Address(label=label, **parts)) == label


@pytest.mark.parametrize(
    "label",
    [
        "Lindenstraße 9\n07743 Jena",  # a number is never a slip
        "Lindenstraße 8\nJena",  # the postcode is missing
        "Lindenstraße 8\n07743 Weimar",
        "Am Wall 4\n99423 Weimar",
    ],
)
def test_a_label_that_says_something_else_is_not_used_and_the_difference_is_told(label: str) -> None:
    address = HOME._replace(label=label)
    assert not owner_label(address)
    assert contradicts(address)


@pytest.mark.parametrize(
    "label", ["Home", "Parents place", "Zuhause", "Summer house", "work", "Daheim bei Oma"]
)
def test_a_tag_is_no_address(label: str) -> None:
    """Programs write "Home" where the whole address belongs: it is neither printed nor a difference."""
    assert not owner_label(HOME._replace(label=label))
    assert not contradicts(HOME._replace(label=label))
    assert Address(label=label).is_empty


def test_a_label_follows_the_parts_that_were_changed() -> None:
    """What its owner added stays; a label that never agreed, or was changed itself, is left alone."""
    before = HOME._replace(label="c/o Moll\nLindenstraße 8\n07743 Jena")
    moved = before._replace(street="Neue Gasse 9", postcode="99423", locality="Weimar")
    assert follow_parts(before, moved) == "c/o Moll\nNeue Gasse 9\n99423 Weimar"
    spelt = before._replace(label="Lindenstr. 8\n07743 Jena")
    assert follow_parts(spelt, spelt._replace(street="Neue Gasse 9")) == ""
    stale = HOME._replace(label="Am Wall 4\n07743 Jena")
    assert follow_parts(stale, stale._replace(postcode="07745")) == stale.label
    assert follow_parts(before, moved._replace(label="mine")) == "mine"
