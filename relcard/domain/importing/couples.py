"""A card of several people, "John & Mary Smith", where John and Mary have cards of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.household import Resident
from relcard.domain.people.joint_names import are_one
from relcard.domain.people.joint_names import people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.people.contact import Contact


class CoupleAtHome(NamedTuple):
    """The UID of a card that names several people, and those of their own cards as they are named."""

    card: str
    people: tuple[str, ...]


def couples_at_home(household: Sequence[Resident]) -> list[CoupleAtHome]:
    """Return the cards of a household that name several people of whom each has one card alone there.

    The card must have the letterbox of one of them, and no birthday, which would be anybody's. A name that
    two of the household bear, or one that only nearly is the same, decides nothing.
    """
    alone = {card.uid: people_of(card)[0] for card in household if len(people_of(card)) == 1}
    door_of = {card.uid: card.address_key for card in household}
    couples: list[CoupleAtHome] = []
    for card in household:
        if card.uid in alone or card.born or not card.address_key:
            continue
        cards = _cards_of_each(card, alone)
        if card.address_key in {door_of[uid] for uid in cards}:
            couples.append(CoupleAtHome(card.uid, cards))
    return couples


def left_out(card: Contact, contact: Contact) -> tuple[str, ...]:
    """Return whom a card of several people names besides a contact that is one of them, else nobody.

    These are the names that would go with the card, were it taken for that contact's alone.
    """
    people, alone = people_of(_resident_of(card)), people_of(_resident_of(contact))
    if len(alone) != 1 or not any(are_one(person, alone[0]) for person in people):
        return ()
    return tuple(person.display_name for person in people if not are_one(person, alone[0]))


def _resident_of(contact: Contact) -> Resident:
    name = contact.name
    return Resident(
        uid=contact.uid,
        display_name=contact.display_name,
        family=name.family,
        given=name.given,
        kind=contact.kind,
        prefixes=name.prefixes,
        suffixes=name.suffixes,
    )


def _cards_of_each(card: Resident, alone: dict[str, Resident]) -> tuple[str, ...]:
    """Return the card of each person whom a card names; nothing where anybody has none, or two."""
    cards = [[uid for uid, other in alone.items() if are_one(person, other)] for person in people_of(card)]
    several = [uids[0] for uids in cards if len(uids) == 1]
    return tuple(several) if len(set(several)) == len(cards) else ()
