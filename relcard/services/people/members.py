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
_LONGEST_NAME = 200


def add_member(db: Connection, household: HouseholdView, member: Member, *, today: date) -> None:
    """Keep a member of a household, as the user said.

    Raises `UsageError` for no name or one that somebody of the household or a contact has, for a birth to
    come, and for a household of organisations.
    """
    if household.is_organisation:
        raise UsageError(
            f"{household.addressee} is an organisation: nobody is a member there.",
            hint="Somebody who works there is a contact: relcard add NAME",
        )
    member = checked_member(household, member, today)
    host = _host(household)
    members.add(db, host, member)
    _refuse_contact(db, household, host, member.name)


def change_member(
    db: Connection, household: HouseholdView, member: Member, changed: Member, *, today: date
) -> None:
    """Keep a member as the user now has it.

    Raises `UsageError` for no name or one that somebody else has, and for days that cannot be.
    """
    others = household._replace(named=tuple(other for other in household.named if other != member))
    changed = checked_member(others, changed, today)
    members.change(db, changed)
    _refuse_contact(db, household, changed.contact_id, changed.name)


def _refuse_contact(db: Connection, household: HouseholdView, host: int, name: str) -> None:
    """Raise `UsageError` where a member would be on no page, since a contact has that whole name."""
    if not any(known.name == name for known in members.of_contacts(db, [host]).get(host, ())):
        raise UsageError(
            f"Somebody of the whole name of {name} has a vCard, or had one before a merge.",
            hint=f"Into the household: relcard household join h{household.id} WHO",
        )


def checked_member(household: HouseholdView, member: Member, today: date) -> Member:
    """Return a member with its name on one line. Raises `UsageError` for what cannot be."""
    name = " ".join(member.name.split())
    if not any(map(str.isalpha, name)) or len(name) > _LONGEST_NAME:
        raise UsageError(
            f"A name has 1 to {_LONGEST_NAME} letters.",
            hint=f'For example: relcard member add h{household.id} "Jack (9)"',
        )
    there = [word for other in household.named for word in (other.name, other.full_name)]
    there += [word for person in household.members for word in (person.name, person.given)]
    there += [parts_of(person.name).given for person in household.members]
    if fold(name) in map(fold, there):
        raise UsageError(
            f"{name} is of h{household.id} already.",
            hint=f"What is known of them: relcard household show h{household.id}",
        )
    for what, day in (("been born", member.born), ("died", member.died_on)):
        first = day and day.year and (day.year, day.month or 1, day.day or 1)
        if day and first and first > (today.year, today.month, today.day):
            when = f"{'on' if day.day else 'in'} {day}"
            raise UsageError(f"{name} cannot have {what} {when}: that is still to come.")
    if member.born and member.died_on and 0 < (member.died_on.year or 0) < (member.born.year or 0):
        raise UsageError(f"{name} was born in {member.born.year} and cannot have died before.")
    return member._replace(name=name)


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
        name=member.parts,
        occasions=(Occasion(kind=OccasionKind.BIRTHDAY, date=member.born),) if member.born else (),
    )
    contact_id = contacts.insert(db, contact, abuid="", today=today)
    households.put(db, contact_id, household.id)
    if member.role in ("child", "pet"):
        households.set_role(db, contact_id, member.role)
    households.describe(db, household.id, stated=True, reason=_STATED)
    members.remove(db, member.id)
    return contact
