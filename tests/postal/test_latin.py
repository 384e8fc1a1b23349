from __future__ import annotations

import pytest

from relcard.domain.people.contact import Address
from relcard.postal.latin import asks_for_latin
from relcard.postal.latin import in_other_letters
from relcard.postal.latin import is_latin

GREEK = Address(street="Οδός Ανθέων 4", locality="Αθήνα", postcode="105 57", country_code="GR")
LATIN = Address(street="Odos Antheon 4", locality="Athina", postcode="10557", country="Greece")


def test_latin_letters_are_asked_for_by_some_posts_on_mail_abroad() -> None:
    """USPS wants them abroad, from Guam too; others leave it to the country of destination."""
    assert asks_for_latin("US", "GR") == asks_for_latin("GU", "JP") == "USPS"
    assert not asks_for_latin("US", "US")
    assert not asks_for_latin("US", "PR")
    assert not asks_for_latin("DE", "GR")
    assert not asks_for_latin("", "GR")


@pytest.mark.parametrize(
    ("text", "latin"), [("Ærøskøbing 5", True), ("Žižkov", True), ("Αθήνα", False), ("", True)]
)
def test_latin_is_more_than_english(text: str, latin: bool) -> None:
    assert is_latin(text) is latin


def test_the_same_address_is_known_by_country_and_postcode() -> None:
    """Whichever of the two is used, the other belongs to it; another house does not."""
    assert in_other_letters(GREEK, [GREEK, LATIN]) is LATIN
    assert in_other_letters(LATIN, [LATIN, GREEK]) is GREEK
    assert in_other_letters(GREEK, [LATIN._replace(postcode="54622")]) is None
    assert in_other_letters(GREEK, [LATIN._replace(country="Cyprus")]) is None
    assert in_other_letters(GREEK, [GREEK._replace(street="Οδός 1")]) is None
