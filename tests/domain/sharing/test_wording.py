"""What differs, in words: each field by its name, texts of several lines as they stand."""

from __future__ import annotations

from relcard.domain.sharing.wording import field_in_words
from relcard.domain.sharing.wording import value_in_words


def test_a_draft_keeps_its_lines_and_an_address_is_one() -> None:
    words = ["A good year", "Come and see us.\nThe swans are back.\n", 1]
    assert value_in_words("recipient", "words", words) == "A good year\nCome and see us.\nThe swans are back."
    postal = ["", "", "4 Mill\nLane", "Leeds", "", "LS1 4DY", "", "GB", ""]
    assert value_in_words("address", "postal", postal) == "4 Mill Lane, Leeds, LS1 4DY"


def test_a_field_has_the_name_a_person_knows() -> None:
    assert field_in_words("contact", "detail.n") == "parts of the name"
    assert field_in_words("household", "addressee") == "addressee of the household"
    assert field_in_words("recipient", "") == "card of the season"
