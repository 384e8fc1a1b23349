"""Asking for an address: why, whom first, and a few warm words in the language of the household.

The words are a message the user sends by hand, to one household at a time. They begin with the salutation the
user would type and say nothing else about anyone.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from relcard.domain.languages import language as language_of

if TYPE_CHECKING:
    from datetime import date

USUAL_YEARS = 3


class Want(Enum):
    """Why an address is asked for, the most urgent first."""

    NONE = "none"  # no address at all
    RETURNED = "returned"  # a card came back, or the address is used no more
    INVALID = "invalid"  # the post of its country would not find it
    OLD = "old"  # nobody has confirmed it for years

    @property
    def urgency(self) -> int:
        """0 for the most urgent."""
        return list(Want).index(self)


def message(salutation: str, want: Want, *, language: str, address_lines: tuple[str, ...] = ()) -> str:
    """Return a message that asks a household for its address, or whether the old one still holds."""
    words = language_of(language)
    if want is Want.OLD and address_lines:
        return "\n".join((salutation, "", words.ask_still, "", *address_lines))
    return f"{salutation}\n\n{words.ask_where}"


def is_old(known_on: date, today: date, *, years: int) -> bool:
    """Whether more than some years have passed since an address was last known to be right."""
    passed = today.year - known_on.year - ((today.month, today.day) <= (known_on.month, known_on.day))
    return passed >= years
