"""Members of a household without a vCard: added, corrected, taken out, made contacts of their own."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Occasion
from relcard.domain.people.names import parts_of
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import households
from relcard.store import members

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.people.member import Member
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

_STATED = "as you said"


def add_member(db: Connection, household: HouseholdView, member: Member, *, today: date) -> Member:
    """Keep a member of a household, as the user said, and return it as it is kept.

    Raises `UsageError` for a name that somebody of the household has, and for a birth that is still to come.
    """
    _check(member, today)
    there = [*(person.name for person in household.members), *(other.name for other in household.named)]
    givens = [person.given for person in household.members]
    if fold(member.name) in map(fold, (*there, *givens)):
        raise UsageError(
            f"{member.name} is of h{household.id} already.",
            hint=f"What is known of them: relcard household show h{household.id}",
        )
    host = _host(household)
    member = member._replace(contact_id=host, stated=True)
    return member._replace(id=members.add(db, host, member))


def change_member(db: Connection, member: Member, *, today: date) -> None:
    """Keep a member as the user now has it. Raises `UsageError` for a birth or a death still to come."""
    _check(member, today)
    members.change(db, member)


def _check(member: Member, today: date) -> None:
    for what, day in (("born", member.born), ("died", member.died_on)):
        first = day and day.year and (day.year, day.month or 1, day.day or 1)
        if first and first > (today.year, today.month, today.day):
            raise UsageError(f"{member.name} cannot have been {what} on {day}: that day is still to come.")


def _host(household: HouseholdView) -> int:
    """Return the contact that a new member hangs on: the first living adult, whose household it follows."""
    return (household.adults or household.members)[0].contact_id


def find_member(household: HouseholdView, name: str) -> Member:
    """Return the member of a name, whole or its first word. Raises `NotFoundError` with those there are."""
    key = fold(name)
    whole = [member for member in household.named if fold(member.name) == key]
    begun = [member for member in household.named if fold(member.name).partition(" ")[0] == key]
    for several in (whole, begun):
        if len(several) == 1:
            return several[0]
    names = ", ".join(member.name for member in household.named)
    raise NotFoundError(
        f'h{household.id} has no member "{name}" without a vCard{f": {names}" if names else ""}.',
        hint=f'relcard member add h{household.id} "{name}"; a contact of the household: relcard show WHO',
    )


def make_contact(db: Connection, household: HouseholdView, member: Member, *, today: date) -> Contact:
    """Make a member a contact of its own in the household, with its birthday, and return it."""
    contact = Contact(
        uid=str(uuid.uuid4()),
        display_name=member.full_name,
        name=parts_of(member.full_name),
        occasions=(Occasion(kind=OccasionKind.BIRTHDAY, date=member.born),) if member.born else (),
    )
    contact_id = contacts.insert(db, contact, abuid="", today=today)
    households.put(db, contact_id, household.id)
    if member.role in ("child", "pet"):
        households.set_role(db, contact_id, member.role)
    households.describe(db, household.id, stated=True, reason=_STATED)
    members.remove(db, member.id)
    return contact
