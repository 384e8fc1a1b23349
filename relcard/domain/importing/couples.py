"""A card of several people, "John & Mary Smith", where John and Mary have cards of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.joint_names import are_one
from relcard.domain.people.joint_names import people_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.people.household import Resident


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


def _cards_of_each(card: Resident, alone: dict[str, Resident]) -> tuple[str, ...]:
    """Return the card of each person whom a card names; nothing where anybody has none, or two."""
    cards = [[uid for uid, other in alone.items() if are_one(person, other)] for person in people_of(card)]
    several = [uids[0] for uids in cards if len(uids) == 1]
    return tuple(several) if len(set(several)) == len(cards) else ()
