"""Contacts who leave: put aside and found again, or deleted with all that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.seasons.season import State
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

_GONE_OUT = (State.POSTED.value, State.RETURNED.value)


class LeftBehind(NamedTuple):
    """What somebody leaves.

    `cards` of open seasons, a season and an addressee each, that nobody gets any more; `wished` are
    households of others whose addressee or salutation is as the user wished.
    """

    cards: list[tuple[str, str]]
    wished: list[HouseholdView]


def archive_contacts(db: Connection, contact_ids: Sequence[int], standpoint: Standpoint) -> LeftBehind:
    """Put contacts aside, inside the step the caller holds: all that is known of them stays as it is."""
    before = _homes(db, contact_ids, standpoint)
    contacts.archive(db, contact_ids, standpoint.today)
    return _left_behind(db, before, standpoint)


def _homes(db: Connection, contact_ids: Sequence[int], standpoint: Standpoint) -> list[HouseholdView]:
    homes = (households.of_contact(db, contact_id) for contact_id in contact_ids)
    return read_households(db, {home for home in homes if home is not None}, standpoint)


def _left_behind(db: Connection, before: Sequence[HouseholdView], standpoint: Standpoint) -> LeftBehind:
    still = read_households(db, [view.id for view in before], standpoint)
    there = {view.id for view in still}
    addressees = {view.id: view.addressee for view in before if view.id not in there}
    return LeftBehind(
        cards=[
            (card.season, addressees[card.household_id])
            for card in seasons.open_cards(db, addressees)
            if card.state not in _GONE_OUT
        ],
        wished=[view for view in still if view.wished_addressee or view.wished_salutation],
    )
