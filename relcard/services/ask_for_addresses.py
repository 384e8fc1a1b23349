"""Whom to ask for an address: none, used no more, not valid for its country, or not confirmed for years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain import asking
from relcard.domain.asking import Want
from relcard.postal import address_lines
from relcard.postal import check_address
from relcard.services.read_households import read_households
from relcard.store import addresses
from relcard.store import households
from relcard.store import reach

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.closeness import Circle
    from relcard.services.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress
    from relcard.store.database import Connection


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
    db: Connection, circles: Sequence[Circle], *, years: int, today: date, home: str, language: str
) -> list[Ask]:
    """Return the households of some circles to ask, the nearest first, then the most urgent.

    An address counts as known since it was confirmed, else since its vCard came in. A household of which
    nobody lives any more is not asked. A fixed number of queries.
    """
    ids = households.ids_by_circle(db, [one.value for one in circles])
    views = [
        one
        for one in read_households(db, ids, today=today, home=home, language=language)
        if one.living and one.circle in circles
    ]
    people = [member.contact_id for view in views for member in view.members]
    known = addresses.known(db, people)
    since = addresses.known_since(db, people)
    found = []
    for view in views:
        here = [one for member in view.members for one in known.get(member.contact_id, ())]
        want, reason, known_on = _want(view, here, since, years=years, today=today, home=home)
        if want is not None:
            found.append((view, want, reason, known_on))
    reached = reach.first_of(db, [member.contact_id for view, *_ in found for member in view.living])
    asks = [
        Ask(
            household=view,
            want=want,
            reason=reason,
            known_on=known_on,
            reach=next((reached[one.contact_id] for one in view.living if one.contact_id in reached), ()),
            message=asking.message(
                view.salutation, want, language=view.language, address_lines=_at_home(view)
            ),
        )
        for view, want, reason, known_on in found
    ]
    asks.sort(key=_nearest_first)
    return asks


def _want(
    view: HouseholdView,
    known: Sequence[KnownAddress],
    since: dict[int, date],
    *,
    years: int,
    today: date,
    home: str,
) -> tuple[Want | None, str, date | None]:
    if view.address is None:
        gone = max((one.retired_on for one in known if one.retired_on), default=None)
        if gone is not None:
            return Want.RETURNED, f"the address is used no more since {gone}", None
        return Want.NONE, "no address", None
    same = [one for one in known if one.retired_on is None and one.address == view.address]
    known_on = max(one.confirmed_on or since[one.contact_id] for one in same)
    remarks = check_address(view.address, sender_country=home)
    if remarks:
        return Want.INVALID, "; ".join(remarks), known_on
    if asking.is_old(known_on, today, years=years):
        said = any(one.confirmed_on == known_on for one in same)
        return Want.OLD, f"last confirmed {known_on}" if said else f"imported {known_on}", known_on
    return None, "", known_on


def _at_home(view: HouseholdView) -> tuple[str, ...]:
    """Return the address as it is written in its own country."""
    return address_lines(view.address, sender_country=view.country) if view.address else ()


def _nearest_first(ask: Ask) -> tuple[int, int, str]:
    circle = ask.household.circle
    assert circle is not None  # noqa: S101  households are asked for by circle
    return circle.nearness, ask.want.urgency, ask.household.addressee
