"""Addresses in letters that a sender's post does not read, and the same ones in Latin letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.domain.posts import is_inland
from relcard.domain.text import plain_postcode
from relcard.postal.countries import country_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.domain.people.contact import Address

# Posts that take mail abroad only with name and address in Latin letters, beside other ones or alone.
# USPS, International Mail Manual 122.1: "must bear an interline translation in English".
_POSTS = {"US": "USPS"}


@lru_cache(maxsize=1024)
def asks_for_latin(sender_country: str, country: str) -> str:
    """Return the sender's post where it wants Latin letters on mail to a country, else "".

    Of an unknown sender nothing is asked.
    """
    if not sender_country:
        return ""
    post = next((name for home, name in _POSTS.items() if is_inland(home, sender_country)), "")
    return "" if is_inland(sender_country, country) else post


def is_latin(text: str) -> bool:
    """Whether all letters of a text are Latin ones."""
    return text.isascii() or all(
        unicodedata.name(letter, "").startswith("LATIN ") for letter in text if letter.isalpha()
    )


def in_other_letters(address: Address, others: Iterable[Address]) -> Address | None:
    """Return which of a contact's other addresses is the same one in Latin letters, or in its own, or None.

    It lies in the same country and has no other postcode: the second ADR of a vCard, or one added by hand.
    """
    latin = is_in_latin(address)
    return next(
        (
            other
            for other in others
            if other.locality
            and is_in_latin(other) != latin
            and _code(other) == _code(address)
            and plain_postcode(other.postcode) in ("", plain_postcode(address.postcode))
        ),
        None,
    )


def is_in_latin(address: Address) -> bool:
    """Whether an address, its country aside, is in Latin letters."""
    return is_latin(f"{address.po_box}{address.extended}{address.street}{address.locality}")


def _code(address: Address) -> str:
    return address.country_code or country_code(address.country)
