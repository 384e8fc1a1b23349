"""Contacts that look like the same person: named with the reason, never merged alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.duplicates import Pair
from relcard.domain.duplicates import Person
from relcard.domain.duplicates import likely_duplicates
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Collection

    from relcard.store.database import Connection
