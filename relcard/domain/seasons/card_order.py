"""The agreed order of one round: cards, labels, envelopes and crib lie in it, each with the same number."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.printing.postage import Destination
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.domain.seasons.season import Recipient


class Order(Enum):
    """What comes first: the day to post by, the way the envelope goes, or the name."""

    POST_BY = "post-by"
    COUNTRY = "country"
    NAME = "name"


class Placed(NamedTuple):
    """One household and what its place depends on.

    `shelf` is the name under which an address book has it. `going` is None and `country` (its English name)
    "" while nobody knows where the envelope goes.
    """

    recipient: Recipient
    shelf: str
    going: Destination | None
    country: str
    postcode: str


# The far ones leave first; home comes last, as one pile by postcode, and what has no address after that.
PILES = (Destination.WORLD, Destination.EUROPE, Destination.HOME, None)


def in_order(placed: Iterable[Placed], order: Order) -> list[Placed]:
    """Return households in the agreed order; what an order leaves open, the writing order decides.

    By country: the world, then Europe, then home, each country together and in it by postcode, as a counter
    takes them. By name: as the address book sorts.
    """
    from relcard.domain.seasons.season import (
        writing_order,  # the settings know orders, and every command reads them
    )

    known = {one.recipient.household_id: one for one in placed}
    written = [known[one.household_id] for one in writing_order(one.recipient for one in known.values())]
    match order:
        case Order.POST_BY:
            return written
        case Order.COUNTRY:
            return sorted(written, key=_by_country)
        case Order.NAME:
            return sorted(written, key=_by_name)


def _by_country(one: Placed) -> tuple[int, str, str]:
    return (PILES.index(one.going), fold(one.country), "".join(one.postcode.upper().split()))


def _by_name(one: Placed) -> str:
    return one.shelf
