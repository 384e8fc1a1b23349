"""What contacts and their days may be.

A module of its own: `today` needs these two, and would pay 7 ms of CPU for the contact they belong to.
"""

from __future__ import annotations

from enum import Enum

AGE_OF_ADULTS = 18


class Kind(Enum):
    """What a vCard speaks of (KIND, RFC 6350 section 6.1.4)."""

    INDIVIDUAL = "individual"
    ORG = "org"
    GROUP = "group"  # not a contact: its members get a tag


class OccasionKind(Enum):
    """Why a day returns."""

    BIRTHDAY = "birthday"
    ANNIVERSARY = "anniversary"
    REMEMBRANCE = "remembrance"  # the day someone died: kept, never congratulated
    CUSTOM = "custom"
