from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.contact import Address
from relcard.postal.checks import check_address
from relcard.postal.postcodes import spaced_postcode


@pytest.mark.parametrize(
    ("country", "typed", "written"),
    [
        ("GB", "sw1a2aa", "sw1a 2aa"),
        ("GI", "GX111AA", "GX11 1AA"),
        ("CA", "g1r4p5", "G1R 4P5"),
        ("NL", "1015DK", "1015 DK"),
        ("BR", "01226000", "01226-000"),
        ("JP", "7300846", "730-0846"),
        ("PT", "1170169", "1170-169"),
        ("PT", "1170", "1170"),
        ("PL", "71637", "71-637"),
        ("CZ", "30100", "301 00"),
        ("SK", "811 05", "811 05"),
        ("IE", "d02af30", "D02 AF30"),
        ("US", "977010042", "97701-0042"),
        ("US", "97701", "97701"),
        ("AZ", "AZ1014", "AZ 1014"),
        ("AZ", "1014", "AZ 1014"),
        ("LV", "1010", "LV-1010"),
        ("DE", "51147", "51147"),
        ("CA", "beside the church", "beside the church"),
    ],
)
def test_a_postcode_has_the_space_its_post_reads(country: str, typed: str, written: str) -> None:
    """Whatever the typist left out; what has another shape stays as it was typed."""
    assert spaced_postcode(typed, country) == written


@given(
    st.text(max_size=12),
    st.sampled_from(["GB", "CA", "NL", "BR", "JP", "PT", "PL", "IE", "US", "AZ", "LV", "KY", "DE"]),
)
def test_spacing_changes_no_letter_and_happens_once(typed: str, country: str) -> None:
    """Only spaces, dashes, capitals and the letters of the country itself are the rule's to change."""
    once = spaced_postcode(typed, country)
    assert spaced_postcode(once, country) == once
    assert "".join(filter(str.isalnum, once.upper())).endswith("".join(filter(str.isalnum, typed.upper())))


def test_a_postcode_without_its_dash_is_none_that_wants_a_look() -> None:
    """It is printed with the dash, so nobody need mend it."""
    wilk = Address(street="ul. C 3", locality="Szczecin", postcode="71637", country_code="PL")
    assert check_address(wilk) == ()
