"""Two contacts marry, or part: one household or two, and no day that would congratulate the parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.dates import known_day
from relcard.domain.people.careful_year import careful_after_parting
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.household import PARTNERS
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.names import follow_parts
from relcard.domain.people.rites import Question
from relcard.domain.people.rites import RiteAnswer
from relcard.domain.people.rites import UnansweredError
from relcard.services.people.rites.household_changes import adults
from relcard.services.people.rites.household_changes import is_named
from relcard.services.people.rites.household_changes import with_dependants
from relcard.store import contacts
from relcard.store import households
from relcard.store import relations

if TYPE_CHECKING:
    from relcard.domain.people.rites import Parting
    from relcard.domain.people.rites import Wedding
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.rites.household_changes import HouseholdChanges


def join_couple(changes: HouseholdChanges, wedding: Wedding) -> None:
    """Make two contacts one household, at the address of one of them; their children and pets come along."""
    names = changes.two_living(wedding.one, wedding.other)
    before = {contact_id: changes.household_of(contact_id) for contact_id in names}
    here = _shared_household(changes, wedding, before, names)
    changes.mark_stated(here)
    relations.say(changes.db, wedding.one, "spouse", wedding.other, today=changes.standpoint.today)
    if wedding.surnames:
        for contact_id, surname in zip(names, (wedding.surnames * 2)[:2], strict=True):
            _take_surname(changes, contact_id, surname)
    if wedding.on is not None:
        for contact_id in names:
            changes.set_occasion(contact_id, Occasion(kind=OccasionKind.ANNIVERSARY, date=wedding.on))
        changes.tell("anniversary", f"{known_day(wedding.on)}, for both")
    for household in before.values():
        changes.set_aside_wording(household.id)
    changes.draft_again({here, *(household.id for household in before.values())})


def _shared_household(
    changes: HouseholdChanges, wedding: Wedding, before: dict[int, HouseholdView], names: dict[int, str]
) -> int:
    """Return the household a couple shares; where they live apart, one moves in with the other."""
    if before[wedding.one].id == before[wedding.other].id:
        return before[wedding.one].id
    host = wedding.host if wedding.host is not None else _where_they_live(before, names)
    guest = wedding.other if host == wedding.one else wedding.one
    address = before[host].address
    movers = with_dependants(before[guest], guest)
    # Where one is at home with parents or friends, the couple is a household apart.
    here = changes.move_out([host]) if adults(before[host]) - {host} else before[host].id
    changes.move_in(movers, here)
    if address is not None:
        for contact_id in movers:
            changes.give_address(contact_id, address)
    return here


def _where_they_live(before: dict[int, HouseholdView], names: dict[int, str]) -> int:
    """Return whose address it is, where that is plain: they share it, or only one has any."""
    addresses = {
        contact_id: household.address
        for contact_id, household in before.items()
        if household.address is not None
    }
    if len(addresses) < 2 or len({letterbox(address) for address in addresses.values()}) == 1:
        return next(iter(addresses or before))
    answers = tuple(
        RiteAnswer(contact_id, ", ".join(before[contact_id].address_lines), f'--at "{names[contact_id]}"')
        for contact_id in addresses
    )
    raise UnansweredError(Question("host", "Where do they live now?", answers))


def _take_surname(changes: HouseholdChanges, contact_id: int, surname: str) -> None:
    contact = contacts.load(changes.db, contact_id)
    if contact.name.family == surname:
        return
    name = contact.name._replace(family=surname)
    shown = follow_parts(contact.display_name, contact.name, name)
    renamed = contact._replace(
        name=name, display_name=name.spoken if shown == contact.display_name else shown
    )
    changes.rename(contact_id, renamed)


def part_couple(changes: HouseholdChanges, parting: Parting) -> None:
    """Make a couple two households, each in a careful year; what passed stays with each."""
    today = changes.standpoint.today
    names = changes.two_living(parting.one, parting.other)
    before = {contact_id: changes.household_of(contact_id) for contact_id in names}
    household_ids = {household.id for household in before.values()}
    if len(household_ids) == 1:
        household_ids.add(_part_household(changes, parting, before[parting.one], names))
    care = careful_after_parting(names[parting.one], names[parting.other], today)
    for household_id in household_ids:
        households.set_careful(changes.db, household_id, care)
        changes.mark_stated(household_id)
    for contact_id in names:
        changes.end_anniversaries(contact_id, f"{care.reason} in {today.year}")
    _end_partnership(changes, parting.one, parting.other)
    _end_partnership(changes, parting.other, parting.one)
    changes.draft_again(household_ids)


def _part_household(
    changes: HouseholdChanges, parting: Parting, household: HouseholdView, names: dict[int, str]
) -> int:
    """Let one of a couple move out of their household and return the id of the new one."""
    if parting.stays is None:
        raise UnansweredError(_who_stays(household, names))
    if household.children and parting.children is None:
        raise UnansweredError(_where_children_live(household, names))
    leaves = parting.other if parting.stays == parting.one else parting.one
    dependants = [member.contact_id for member in household.members if member.is_child or member.is_pet]
    movers = [leaves, *(dependants if parting.children == leaves else ())]
    changes.set_aside_wording(household.id)
    new = changes.move_out(movers)
    for contact_id in movers:
        changes.retire_address(contact_id)
    name = names[leaves]
    changes.tell(name, f'has no address yet; when you know it: relcard rite move "{name}"')
    return new


def _who_stays(household: HouseholdView, names: dict[int, str]) -> Question:
    where = ", ".join(household.address_lines) or "the address"
    answers = tuple(
        RiteAnswer(contact_id, f"{name} stays", f'--stays "{name}"') for contact_id, name in names.items()
    )
    return Question("stays", f"Who stays at {where}?", answers)


def _where_children_live(household: HouseholdView, names: dict[int, str]) -> Question:
    young = " and ".join(child.given for child in household.children)
    answers = tuple(
        RiteAnswer(contact_id, f"with {name}", f'--children "{name}"') for contact_id, name in names.items()
    )
    return Question("children", f"With whom do {young} live?", answers)


def _end_partnership(changes: HouseholdChanges, contact_id: int, other_id: int) -> None:
    """Let nothing say any more that they are a couple: neither the user's word nor a card."""
    for kind in PARTNERS:
        relations.forget(changes.db, contact_id, kind, other_id)
    contact, other = contacts.load(changes.db, contact_id), contacts.load(changes.db, other_id)
    related = tuple(
        relation._replace(kind=f"ex-{relation.kind}")
        if relation.kind in PARTNERS and is_named(relation.uid, relation.name, other)
        else relation
        for relation in contact.relations
    )
    if related != contact.relations:
        changes.keep(contact_id, contact._replace(relations=related))
