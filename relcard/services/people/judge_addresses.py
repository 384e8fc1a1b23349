"""Whether the addresses of households can be relied on: the one rule of ask-list and of preflight."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.people import asking
from relcard.domain.people.asking import Want
from relcard.postal.checks import check_address
from relcard.store import addresses
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What is to be asked about an address, None when nothing is, and why.

    `known_on` is the day on which it was last known to be right, None without one; `contact_id` is the
    member who has it, None without an address.
    """

    want: Want | None
    reason: str
    known_on: date | None
    contact_id: int | None


def judge_addresses(
    db: Connection, views: Sequence[HouseholdView], standpoint: Standpoint, *, years: int
) -> dict[int, Judged]:
    """Return what is to be asked about the address of each household, by id. Few queries, none in a loop.

    An address counts as known since it was confirmed, since its vCard came in, or since a season's card was
    posted there that has not come back, whichever is the latest.
    """
    people = [member.contact_id for view in views for member in view.members]
    known = addresses.known(db, people)
    since = addresses.known_since(db, people)
    posted = seasons.last_posted(db, [view.id for view in views])
    return {
        view.id: _judge(
            view,
            [row for member in view.members for row in known.get(member.contact_id, ())],
            since,
            posted.get(view.id),
            standpoint,
            years,
        )
        for view in views
    }


def _judge(
    view: HouseholdView,
    known: Sequence[KnownAddress],
    since: Mapping[int, date],
    posted: date | None,
    standpoint: Standpoint,
    years: int,
) -> Judged:
    gone = max((row.retired_on for row in known if row.retired_on), default=None)
    if view.address is None:
        want = Want.RETURNED if gone else Want.NONE
        reason = f"the address is used no more since {gone}" if gone else "no address"
        return Judged(want=want, reason=reason, known_on=None, contact_id=None)
    same = [row for row in known if row.retired_on is None and row.address == view.address]
    told_on = max(row.confirmed_on or since[row.contact_id] for row in same)
    if posted is None or (gone is not None and gone >= posted):
        posted = told_on  # what was posted before an address was given up went elsewhere
    known_on = max(told_on, posted)
    judged = Judged(want=None, reason="", known_on=known_on, contact_id=same[0].contact_id)
    if remarks := check_address(view.address, sender_country=standpoint.sender_country):
        return replace(judged, want=Want.INVALID, reason="; ".join(remarks))
    if asking.is_old(known_on, standpoint.today, years=years):
        return replace(judged, want=Want.OLD, reason=f"{_how_known(same, told_on, known_on)} {known_on}")
    return judged


def _how_known(same: Sequence[KnownAddress], told_on: date, known_on: date) -> str:
    if known_on > told_on:
        return "last posted to"
    return "last confirmed" if any(row.confirmed_on == known_on for row in same) else "imported"
