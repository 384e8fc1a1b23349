from __future__ import annotations

import pytest

from relcard.domain.people.contact import Address
from relcard.postal.checks import check_address
from relcard.postal.checks import lacks_country
from relcard.postal.rules import rules_for


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (
            Address(street="Seeweg 1", locality="Köln", country_code="DE"),
            ("no postcode; Germany wants five digits",),
        ),
        (
            Address(street="Seeweg 1", locality="Köln", postcode="5114", country_code="DE"),
            ('the postcode "5114" does not fit; Germany wants five digits',),
        ),
        (
            Address(street="Lipowa 1", postcode="3000", country="Polska"),
            ("no town", 'the postcode "3000" does not fit; Poland wants one like 00-950'),
        ),
        (
            Address(street="1 Main St", locality="Reno", postcode="89501", country_code="US"),
            ("no state; the United States wants one",),
        ),
        (Address(locality="Leeds", postcode="LS1 1AA", country_code="GB"), ("no street",)),
        (Address(street="1 High St", locality="Leeds"), ("no country",)),
        (
            Address(street="1 Deep Rd", locality="Poseidonis", country="Atlantis"),
            ('no country is called "Atlantis"; write its name in English',),
        ),
        (Address(country_code="DE"), ("no address",)),
    ],
)
def test_what_is_wrong_is_said_in_words(address: Address, said: tuple[str, ...]) -> None:
    """Each fault is named, with the shape the country expects."""
    assert check_address(address) == said


@pytest.mark.parametrize(
    "address",
    [
        Address(street="Seeweg 1", locality="Köln", postcode="51147", country_code="DE"),
        Address(street="Seeweg 1", locality="Köln", postcode="D-51147", country_code="DE"),
        Address(street="10 High St", locality="Leeds", postcode="ls1 1aa", country_code="GB"),
        Address(street="Brīvības 1", locality="Rīga", postcode="1010", country_code="LV"),
        Address(street="Kungsgatan 1", locality="Stockholm", postcode="SE-111 51", country_code="SE"),
        Address(po_box="12", locality="Köln", postcode="51147", country_code="DE"),
        Address(label="anything\nthe owner wants", country_code="DE"),
        Address(street="Hauptstr. 1", locality="Wien", postcode="1010", country="Österreich"),
    ],
)
def test_a_sound_address_has_nothing_said(address: Address) -> None:
    """Country letters before the postcode, small letters and post boxes are no faults."""
    assert check_address(address) == ()


def test_a_postcode_of_home_stands_for_the_missing_country() -> None:
    """An address without a country is at home when its postcode says so, and nowhere else."""
    address = Address(street="1 High St", locality="Leeds", postcode="LS1 1AA")
    assert check_address(address, sender_country="GB") == ()
    assert check_address(address, sender_country="DE") == ("no country",)


@pytest.mark.parametrize(
    ("address", "sender_country", "lacking"),
    [
        (Address(street="Seeweg 1", locality="Kiel", postcode="24103"), "DE", False),
        (Address(street="Seeweg 1", locality="Kiel", postcode="24103"), "", True),
        (Address(street="1 High St", locality="Leeds", postcode="LS1 1AA"), "DE", True),
        (Address(street="1 Deep Rd", locality="Poseidonis", country="Atlantis"), "", False),
        (Address(street="1 High St", locality="Leeds", country_code="GB"), "", False),
        (Address(), "", False),
    ],
)
def test_an_address_without_a_country_may_be_the_senders(
    address: Address, sender_country: str, lacking: bool
) -> None:
    """A postcode of the sender's shape stands for the sender's country; a country nobody knows is named."""
    assert lacks_country(address, sender_country=sender_country) is lacking


@pytest.mark.parametrize("country", ["ES", "IN", "HK", "ID", "GB", "DE", "FR", "NL", "AT", "CH", "PL"])
def test_region_is_not_asked_for_where_the_post_does_without(country: str) -> None:
    """Nobody is told of a region that the post of a country does not want."""
    address = Address(street="1 Quill Row", locality="Quill", country_code=country)
    assert not [
        remark for remark in check_address(address) if remark.startswith(f"no {_region_word(country)}")
    ]


def _region_word(country: str) -> str:
    rules = rules_for(country)
    assert rules is not None
    return rules.region_word


def test_a_name_of_two_countries_is_asked_about() -> None:
    """The Channel Islands are two posts, and only the writer knows which."""
    address = Address(street="5 Quay Lane", locality="St Helier", country="Channel Islands")
    [fault] = check_address(address)
    assert fault == '"Channel Islands" is more than one country; write Jersey or Guernsey'
