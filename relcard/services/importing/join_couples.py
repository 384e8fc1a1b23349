"""The card of a couple whose two people live there already: theirs from then on, and no third contact."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.importing.couples import couples_at_home
from relcard.domain.importing.differences import Side
from relcard.errors import UndecidedError
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.people.suggest_households import resident_of
from relcard.store import households
from relcard.store import merges

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.importing.couples import CoupleAtHome
    from relcard.store.file.database import Connection
    from relcard.store.households import ResidentRow


class JoinedCouple(NamedTuple):
    """A card of several people that went to the contact of one of them, and what that was called."""

    contact_id: int  # that is no more
    name: str
    uid: str  # of the contact that has the card now
    contact: str


def join_couples(db: Connection, changed: Collection[int], *, today: date) -> list[JoinedCouple]:
    """Give the cards of several people in the households of some contacts to the first of them who lives.

    Its years, notes and facts are the household's then. Runs inside the step the caller holds, after the
    households were proposed. A card of which only a person can say what stands, as one with another circle,
    is left alone: it is a pair for the user; and so is one of which the user said that it is none of them.
    """
    joined: list[JoinedCouple] = []
    rows: dict[int, list[ResidentRow]] = {}
    crowded = households.ids_of_several(db, changed, least=3)
    for row in households.members(db, crowded) if crowded else ():
        rows.setdefault(row.household_id or 0, []).append(row)
    apart = merges.not_same(db) if rows else set()
    for members in rows.values():
        for couple in couples_at_home([resident_of(row) for row in members]):
            if not any(frozenset((couple.card, uid)) in apart for uid in couple.people):
                joined += _joined(db, couple, members, today=today)
    return joined


def _joined(
    db: Connection, couple: CoupleAtHome, members: Sequence[ResidentRow], *, today: date
) -> list[JoinedCouple]:
    row_of = {row.uid: row for row in members}
    people = sorted((row_of[uid] for uid in couple.people), key=lambda row: bool(row.died_on))
    card, first = row_of[couple.card], people[0]
    try:
        merge_contacts(db, first.contact_id, card.contact_id, take={"name": Side.FIRST}, today=today)
    except UndecidedError:
        return []
    return [JoinedCouple(card.contact_id, card.name, first.uid, " and ".join(row.name for row in people))]
