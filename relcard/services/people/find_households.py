"""Households by a few letters of somebody who lives there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.services.people.read_households import read_households
from relcard.store import households

if TYPE_CHECKING:
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection


class FoundHouseholds(NamedTuple):
    """The first of the households that words may mean, and whether there are more."""

    homes: list[HouseholdView]
    more: bool


def find_households(db: Connection, words: str, standpoint: Standpoint, *, most: int) -> FoundHouseholds:
    """Return the households that words may mean, the likely ones first; none for no words."""
    parts = fold(words).split()
    ids = households.ids_called(db, parts, most + 1) if parts else []
    views = {view.id: view for view in read_households(db, ids[:most], standpoint)} if ids else {}
    return FoundHouseholds([views[number] for number in ids[:most] if number in views], len(ids) > most)
