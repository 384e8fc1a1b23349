"""Addresses: what the user knows of them, whether they can be relied on, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.people import asking
from relcard.domain.people.asking import Want
from relcard.domain.people.letterbox import letterbox
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.postal.checks import check_address
from relcard.postal.lines import address_lines
from relcard.services.people.read_households import read_households
from relcard.services.people.suggest_households import suggest_households
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import duplicates
from relcard.store import households
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.contact import Address
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress
    from relcard.store.file.database import Connection


def add_address(db: Connection, contact_ids: Sequence[int], address: Address, *, today: date) -> list[int]:
    """Give some contacts another address, confirmed today; a preferred one is so alone.

    Returns those who did not have it. Raises `UsageError` when all of them have it already.
    """
    known = addresses.known(db, contact_ids)
    box = letterbox(address)
    new = [
        contact_id
        for contact_id in contact_ids
        if not any(
            row.retired_on is None and (row.address == address or (box and row.letterbox == box))
            for row in known.get(contact_id, ())
        )
    ]
    if not new:
        raise UsageError(
            "That address is there already.", hint="relcard address confirm WHO says that it is right."
        )
    for contact_id in new:
        addresses.add(db, contact_id, address, today=today)
        if address.preferred:
            addresses.set_preferred(db, contact_id, address)
    _follow(db, new, today)
    return new


def confirm_address(db: Connection, contact_id: int, number: int | None, *, on: date) -> KnownAddress:
    """Remember that an address was right on a day, for everybody in the household who has it."""
    address = pick(db, contact_id, number, past=False)
    addresses.confirm(db, [row.id for row in _shared(db, address)], on=on)
    return address


def retire_address(db: Connection, contact_id: int, number: int | None, *, today: date) -> KnownAddress:
    """Use an address no more, for anybody in the household; it is kept."""
    address = pick(db, contact_id, number, past=False)
    _change(db, address, lambda ids: addresses.retire(db, ids, on=today), today)
    return address


def restore_address(db: Connection, contact_id: int, number: int | None, *, today: date) -> KnownAddress:
    """Use an address of the past again, for everybody in the household who had it."""
    address = pick(db, contact_id, number, past=True)
    _change(db, address, lambda ids: addresses.restore(db, ids), today)
    return address


def pick(db: Connection, contact_id: int, number: int | None, *, past: bool) -> KnownAddress:
    """Return an address by its number in the list, or the only one there is of the past or of those in use.

    Raises `NotFoundError`, `UndecidedError` when several could be meant, and `UsageError` for one of the
    other sort.
    """
    known = addresses.known(db, [contact_id]).get(contact_id, [])
    numbered = dict(enumerate(known, start=1))
    if number is not None:
        if number not in numbered:
            raise NotFoundError(
                f"There is no address {number}.", hint="relcard address WHO lists them with their numbers."
            )
        address = numbered[number]
        if (address.retired_on is not None) is not past:
            state = "is used" if past else "is used no more"
            verb = "retire" if past else "restore"
            raise UsageError(
                f"Address {number} {state}.", hint=f"Perhaps: relcard address {verb} WHO {number}"
            )
        return address
    meant = {n: row for n, row in numbered.items() if (row.retired_on is not None) is past}
    if not meant:
        raise NotFoundError(
            "There is no address of the past." if past else "There is no address.",
            hint="relcard address add WHO --street ... --town ... adds one.",
        )
    if len(meant) > 1:
        raise UndecidedError(
            f"There are {len(meant)} addresses.",
            candidates=tuple(
                f"{n}  {', '.join(address_lines(row.address, sender_country=''))}" for n, row in meant.items()
            ),
            hint="Say its number after WHO.",
        )
    return next(iter(meant.values()))


def last_retired(db: Connection, household: HouseholdView) -> KnownAddress | None:
    """Return the address of a household that was retired last, None where none was."""
    known = addresses.known(db, [member.contact_id for member in household.members])
    retired = [row for rows in known.values() for row in rows if row.retired_on is not None]
    return max(retired, key=lambda row: (row.retired_on, row.id), default=None)


def household_of(db: Connection, contact_id: int) -> list[int]:
    """Return everybody in the household of a contact, the contact first."""
    household_id = households.of_contact(db, contact_id)
    row = households.get(db, household_id) if household_id is not None else None
    others = [member_id for member_id in row.members if member_id != contact_id] if row else []
    return [contact_id, *others]


def _shared(db: Connection, address: KnownAddress) -> list[KnownAddress]:
    """Return the same address of everybody in the household, used or past as this one is."""
    everybody = addresses.known(db, household_of(db, address.contact_id))
    return [
        row
        for some in everybody.values()
        for row in some
        if (row.retired_on is None) is (address.retired_on is None)
        and (row.address == address.address or (address.letterbox and row.letterbox == address.letterbox))
    ]


def _change(db: Connection, address: KnownAddress, change: Callable[[list[int]], None], today: date) -> None:
    shared = _shared(db, address)
    change([row.id for row in shared])
    _follow(db, list(dict.fromkeys(row.contact_id for row in shared)), today)


def _follow(db: Connection, contact_ids: Sequence[int], today: date) -> None:
    """Let country, search and proposed households follow the addresses."""
    for contact_id in contact_ids:
        contacts.update(db, contact_id, contacts.load(db, contact_id))
    suggest_households(db, set(contact_ids), today=today)


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
        return _without_address(gone)
    same = [row for row in known if row.retired_on is None and row.address == view.address]
    told_on = max(row.confirmed_on or since[row.contact_id] for row in same)
    # What was posted before an address was given up went elsewhere.
    went_there = posted is not None and (gone is None or gone < posted)
    known_on = max(told_on, posted) if posted is not None and went_there else told_on
    judged = Judged(want=None, reason="", known_on=known_on, contact_id=same[0].contact_id)
    if remarks := check_address(view.address, sender_country=standpoint.sender_country):
        return replace(judged, want=Want.INVALID, reason="; ".join(remarks))
    if asking.is_old(known_on, standpoint.today, years=years):
        return replace(judged, want=Want.OLD, reason=f"{_how_known(same, told_on, known_on)} {known_on}")
    return judged


def _without_address(gone: date | None) -> Judged:
    """Return that an address is wanted; `gone` is the day the last one was given up."""
    want = Want.RETURNED if gone else Want.NONE
    reason = f"the address is used no more since {gone}" if gone else "no address"
    return Judged(want=want, reason=reason, known_on=None, contact_id=None)


def _how_known(same: Sequence[KnownAddress], told_on: date, known_on: date) -> str:
    if known_on > told_on:
        return "last posted to"
    return "last confirmed" if any(row.confirmed_on == known_on for row in same) else "imported"


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
