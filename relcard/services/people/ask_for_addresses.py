"""Whom to ask for an address: none, used no more, not valid for its country, or not confirmed for years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people import asking
from relcard.postal.lines import address_lines
from relcard.services.people.judge_addresses import judge_addresses
from relcard.services.people.read_households import read_households
from relcard.store import duplicates
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.asking import Want
    from relcard.domain.people.circle import Circle
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A household to ask: why, how to reach it and in which words.

    `known_on` is the day on which the address was last known to be right, None without an address.
    """

    household: HouseholdView
    want: Want
    reason: str
    known_on: date | None
    reach: tuple[str, ...]
    message: str


def ask_for_addresses(
    db: Connection, circles: Sequence[Circle], standpoint: Standpoint, *, years: int
) -> list[Ask]:
    """Return the households of some circles to ask, the nearest first, then the most urgent.

    `judge_addresses` says which. A household of which nobody lives any more is not asked. A fixed number of
    queries.
    """
    ids = households.ids_by_circle(db, [circle.value for circle in circles])
    views = [view for view in read_households(db, ids, standpoint) if view.living and view.circle in circles]
    judged = judge_addresses(db, views, standpoint, years=years)
    wanting = [(view, why.want, why) for view in views if (why := judged[view.id]).want is not None]
    reached = duplicates.first_of(db, [member.contact_id for view, *_ in wanting for member in view.living])
    asks = [
        Ask(
            household=view,
            want=want,
            reason=why.reason,
            known_on=why.known_on,
            reach=next(
                (reached[member.contact_id] for member in view.living if member.contact_id in reached), ()
            ),
            message=asking.message(
                view.salutation, want, language=view.language, address_lines=_at_home(view)
            ),
        )
        for view, want, why in wanting
    ]
    asks.sort(key=_nearest_first)
    return asks


def _at_home(view: HouseholdView) -> tuple[str, ...]:
    """Return the address as it is written in its own country."""
    return address_lines(view.address, sender_country=view.country) if view.address else ()


def _nearest_first(ask: Ask) -> tuple[int, int, str]:
    circle = ask.household.circle
    assert circle is not None  # noqa: S101  households are asked for by circle
    return circle.nearness, ask.want.urgency, ask.household.addressee
