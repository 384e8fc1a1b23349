"""Contacts who leave: put aside and found again, or deleted with all that hangs on them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.seasons.season import State
from relcard.services.people.read_households import read_households
from relcard.store import contacts
from relcard.store import gifts
from relcard.store import households
from relcard.store import members
from relcard.store import occasions
from relcard.store import pictures
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.seasons import OpenCard

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
    homes = _homes(db, contact_ids)
    views, cards = read_households(db, homes, standpoint), seasons.open_cards(db, homes)
    _leave_members(db, views, contact_ids)
    contacts.archive(db, contact_ids, standpoint.today)
    return _left_behind(db, views, cards, standpoint)


def delete_contacts(db: Connection, contact_ids: Sequence[int], standpoint: Standpoint) -> LeftBehind:
    """Forget contacts with all that hangs on them, and households they leave empty, inside the caller's step.

    Nothing remembers them but what undo keeps: a later import of their vCards makes them new contacts.
    """
    homes = _homes(db, contact_ids)
    views, cards = read_households(db, homes, standpoint), seasons.open_cards(db, homes)
    _leave_members(db, views, contact_ids)
    contacts.delete(db, contact_ids)
    households.delete_left(db, homes)
    return _left_behind(db, views, cards, standpoint)


def _homes(db: Connection, contact_ids: Sequence[int]) -> set[int]:
    homes = (households.of_contact(db, contact_id) for contact_id in contact_ids)
    return {home for home in homes if home is not None}


def _leave_members(db: Connection, views: Sequence[HouseholdView], leaving: Sequence[int]) -> None:
    """Leave the members the user stated, and what is the household's, with those who stay."""
    for view in views:
        here = [member.contact_id for member in view.members]
        stays = next((contact_id for contact_id in here if contact_id not in leaving), None)
        if stays is not None:
            for gone in set(here).intersection(leaving):
                members.stay(db, gone, stays)
                occasions.leave_days(db, gone, stays)
                gifts.leave(db, gone, stays)
                pictures.leave(db, gone, stays)


def _left_behind(
    db: Connection, views: Sequence[HouseholdView], cards: Sequence[OpenCard], standpoint: Standpoint
) -> LeftBehind:
    """Compare households as they were before somebody left, and their cards, with what they are now."""
    still = read_households(db, [view.id for view in views], standpoint)
    there = {view.id for view in still}
    addressees = {view.id: view.addressee for view in views if view.id not in there}
    return LeftBehind(
        cards=[
            (card.season, addressees[card.household_id])
            for card in cards
            if card.household_id in addressees and card.state not in _GONE_OUT
        ],
        wished=[view for view in still if view.wished_addressee or view.wished_salutation],
    )
