"""What the user knows of addresses: another one, still right, used no more, used again.

A household is one letterbox: what is said of an address holds for everybody there who has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.letterbox import letterbox
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.postal.lines import address_lines
from relcard.services.people.suggest_households import suggest_households
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.people.contact import Address
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
