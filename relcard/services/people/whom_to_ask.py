"""Whom to ask where somebody lives now: themselves, those tied to them, who lived there, who lives near."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.services.people.addresses import last_retired
from relcard.services.people.read_contact_page import read_relations
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import duplicates
from relcard.store import households
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress
    from relcard.store.file.database import Connection

_MOST = 5  # named beside the household itself
_LIVES_NEAR = "lives near there"
_NEAR = 3  # of them at most who do nothing but live near


class WhoKnows(NamedTuple):
    """Somebody to ask, why, and the first phone and e-mail to reach them by, () where none is known."""

    contact_id: int
    uid: str
    name: str
    why: str
    reach: tuple[str, ...]


class Lost(NamedTuple):
    """A household without an address, the one it had last, None where none is known, and whom to ask."""

    household: HouseholdView
    gone: KnownAddress | None
    ask: tuple[WhoKnows, ...]


def whom_to_ask(db: Connection, household: HouseholdView) -> Lost:
    """Return whom to ask about a household, the likeliest first: each once, with the first reason.

    Who has died, is archived or is a child is not asked. Others of the household come before all.
    """
    own = [member.contact_id for member in household.living]
    gone = last_retired(db, household)
    reasons = dict.fromkeys(own, "themselves")
    for contact_id, why in _others(db, household, gone):
        reasons.setdefault(contact_id, why)
    living = _who_can_be_asked(db, reasons)
    reach = duplicates.first_of(db, living)
    asked = [
        WhoKnows(contact_id, *living[contact_id], why, reach.get(contact_id, ()))
        for contact_id, why in reasons.items()
        if contact_id in living and (contact_id not in own or contact_id in reach)
    ]
    near = [who for who in asked if who.why == _LIVES_NEAR][_NEAR:]
    others = [who for who in asked if who.contact_id not in own and who not in near]
    return Lost(household, gone, (*(who for who in asked if who.contact_id in own), *others[:_MOST]))


def _others(db: Connection, household: HouseholdView, gone: KnownAddress | None) -> Iterator[tuple[int, str]]:
    """Yield those of other households who may know, each with the reason; one may come for several."""
    for member in household.living:
        related = read_relations(db, member.contact_id, contacts.load(db, member.contact_id))
        ids = contacts.ids_of_uids(db, [relation.uid for relation in related if relation.uid])
        for relation in related:
            if relation.uid in ids:
                tie = f"{member.given or member.name} is their {relation.word}"
                yield ids[relation.uid], tie if relation.is_of else f"their {relation.word}"
    members = [member.contact_id for member in household.members]
    if gone is not None:
        for contact_id in addresses.others_at(db, gone.letterbox):
            yield contact_id, "lives or lived there too"
    for contact_id in relationships.go_betweens(db, members):
        yield contact_id, "brings you together"
    if gone is not None:
        for contact_id in addresses.others_near(db, gone.address.postcode, gone.address.country_code):
            yield contact_id, _LIVES_NEAR


def _who_can_be_asked(db: Connection, contact_ids: dict[int, str]) -> dict[int, tuple[str, str]]:
    """Return the UID and name of those who live, are no child of the house and are not archived."""
    homes = {row.household_id for row in households.residents(db, contact_ids)}
    return {
        row.contact_id: (row.uid, row.name)
        for row in households.members(db, [home for home in homes if home is not None])
        if row.contact_id in contact_ids and not row.died_on and row.role not in ("child", "pet")
    }
