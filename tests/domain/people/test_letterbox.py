from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.contact import Address
from relcard.domain.people.letterbox import household_key
from relcard.domain.people.letterbox import same_letterbox


def key(street: str, postcode: str = "", country: str = "", extended: str = "", town: str = "") -> str:
    return household_key(Address(street=street, postcode=postcode, extended=extended, locality=town), country)


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        (("Heidestraße 17", "51147"), ("HEIDESTR. 17", "D-51147"), "DE"),
        (("Heide Strasse 17", "51147"), ("17 Heidestraße", "51147"), "DE"),
        (("Müllerstr. 17 a", "80331"), ("Muellerstraße 17A", "80331"), "DE"),
        (("Karl-Marx-Straße 1", "12043"), ("Karl Marx Str 1", "12043"), "DE"),
        (("ul. Lipowa 5 m. 3", "30-001"), ("ulica Lipowa 5/3", "30001"), "PL"),
        (("Lipowa 5/3", "30-001"), ("ul. Lipowa 5", "30-001", "", "3"), "PL"),
        (("al. Jana Pawła II 4", "30-001"), ("Aleja Jana Pawla II 4", "30001"), "PL"),
        (("Flat 3, 10 High St.", "sw1a2aa"), ("10 High Street", "SW1A 2AA", "", "Flat 3"), "GB"),
        (("350 5th Ave Apt 21", "10118"), ("350 5th Avenue #21", "10118-1234"), "US"),
        (("3 rue d'Alsace", "75005"), ("3, Rue d’Alsace", "75005"), "FR"),
        (("3/10 Smith St", "2000"), ("10 Smith Street", "2000", "", "Unit 3"), "AU"),
        (("ул. Лесная, д. 5, кв. 176", "125075"), ("Лесная 5", "125075", "", "кв 176"), "RU"),
        (("神宮前1-2-3", "〒150-0001"), ("神宮前 1-2-3", "1500001"), "JP"),
        (("1 High St", "", "", "", "Łódź"), ("1 High Street", "", "", "", "lodz"), "PL"),
    ],
)
def test_two_spellings_of_one_letterbox_share_a_key(
    one: tuple[str, ...], other: tuple[str, ...], country: str
) -> None:
    """Case, accents, abbreviations, the place of number and flat, and the postcode's spaces do not matter."""

    def keyed(parts: tuple[str, ...]) -> str:
        street, postcode, _, extended, town = (*parts, "", "", "", "")[:5]
        return key(street, postcode, country, extended, town)

    assert keyed(one) == keyed(other) != ""


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        (("Lipowa 5", "30-001"), ("Lipowa 6", "30-001"), "PL"),
        (("Lipowa 5 m. 3", "30-001"), ("Lipowa 3 m. 5", "30-001"), "PL"),
        (("神宮前1-2-3", "1500001"), ("神宮前3-2-1", "1500001"), "JP"),
        (("1 High St", "LS1 1AA"), ("1 High St", "LS2 1AA"), "GB"),
        (("Flat 3, 10 High St", "LS1 1AA"), ("Flat 10, 3 High St", "LS1 1AA"), "GB"),
        (("Seeweg 17", "51147"), ("Seeweg 17a", "51147"), "DE"),
    ],
)
def test_neighbours_do_not(one: tuple[str, str], other: tuple[str, str], country: str) -> None:
    """Another number, flat, order of numbers or postcode is another letterbox, not even nearly the same."""
    assert key(*one, country) != key(*other, country)
    assert not same_letterbox(key(*one, country), key(*other, country))


def test_an_address_without_a_letterbox_has_no_key() -> None:
    """A town alone must not gather everyone who lives in London."""
    assert household_key(Address(locality="London", postcode="SW1A")) == ""
    assert household_key(Address(locality="Grzybów 12", postcode="33-100")) != ""
    assert household_key(Address(po_box="12", locality="Köln", postcode="51147")) != ""


def test_a_slip_of_the_pen_is_nearly_the_same_letterbox() -> None:
    """A letter wrong, a flat or the postcode left out: near, where the numbers agree."""
    assert same_letterbox(key("Lipova 5", "30001"), key("ul. Lipowa 5 m. 2", "30001"))
    assert same_letterbox(key("1 High St", "LS1 1AA"), key("1 High St", "", town="Leeds"))
    assert not same_letterbox(key("1 High St", town="York"), key("1 High St", town="Leeds"))
    assert not same_letterbox("", "")


@given(
    st.builds(
        partial(Address),  # a named tuple itself gets every field from hypothesis
        street=st.text(max_size=30),
        extended=st.text(max_size=10),
        postcode=st.text(max_size=10),
        locality=st.text(max_size=10),
        po_box=st.text(max_size=5),
    ),
    st.sampled_from(("", "DE", "PL", "AU")),
)
def test_any_text_has_a_key_of_five_parts_or_none(address: Address, country: str) -> None:
    """No text breaks the key, and a key is always as near as can be to itself unless it has no number."""
    found = household_key(address, country)
    assert found == "" or found.count("|") == 4
    if found and (found.split("|")[2] or found.split("|")[4]):
        assert same_letterbox(found, found)
