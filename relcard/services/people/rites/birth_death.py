"""A birth, and a death: a child joins the household; a life ends, and with it all cheer for a year."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.dates import known_day
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.household import PARTNERS
from relcard.domain.people.names import parts_of
from relcard.domain.people.rites import Question
from relcard.domain.people.rites import RiteAnswer
from relcard.domain.people.rites import UnansweredError
from relcard.errors import UsageError
from relcard.services.people.members import make_contact
from relcard.services.people.rites.household_changes import is_named
from relcard.services.people.warmth import note_organisers
from relcard.store import contacts
from relcard.store import households
from relcard.store import relations
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.people.contact import Name
    from relcard.domain.people.rites import Birth
    from relcard.domain.people.rites import Death
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Inhabitant
    from relcard.services.people.rites.household_changes import HouseholdChanges


def end_life(changes: HouseholdChanges, death: Death) -> None:
    """End a life: a day to remember, no congratulation, and a careful year for whoever is left."""
    contact = changes.living_contact(death.who)
    household = _with_heir(changes, changes.household_of(death.who), death.who)
    (dead,) = [member for member in household.members if member.contact_id == death.who]
    on = death.on or PartialDate(changes.standpoint.today.year)
    _check_day(changes, dead, on)
    left = [member for member in household.living if member.contact_id != death.who]
    adults = [] if dead.is_child or dead.is_pet else [member for member in left if not member.is_child]
    if adults and death.keeps_name is None:
        raise UnansweredError(_who_is_named(household))
    note_organisers(changes.db, [household.id])
    _remember(changes, death.who, on)
    _end_marriage(changes, contact, adults)
    changes.mark_stated(household.id)
    if not left and not dead.is_pet:
        changes.take_off_seasons(household.id, f"{dead.name} died")
    elif not dead.is_pet:
        _settle_those_left(changes, household, dead, left, on, keeps_name=bool(death.keeps_name))


def _with_heir(changes: HouseholdChanges, household: HouseholdView, dying: int) -> HouseholdView:
    """Return a household after the partner, or another adult, who has no vCard is made a contact.

    So it is where the only adult by a vCard dies: whoever is left keeps the season's card, and has a circle.
    """
    heirs = sorted(
        (
            member
            for member in household.named
            if member.died_on is None and member.role in ("partner", "other")
        ),
        key=lambda member: member.role != "partner",
    )
    if not heirs or [adult.contact_id for adult in household.adults] != [dying]:
        return household
    heir = make_contact(changes.db, household, heirs[0], today=changes.standpoint.today)
    changes.tell(heir.display_name, "is a contact of their own now")
    return changes.household_of(dying)


def _who_is_named(household: HouseholdView) -> Question:
    answers = (
        RiteAnswer(False, "only who lives there", "--drop-name"),
        RiteAnswer(True, f"as before: {household.addressee}", "--keep-name"),
    )
    return Question("keeps_name", "Does the envelope go on to name both? Some wish it so.", answers)


def _check_day(changes: HouseholdChanges, dead: Inhabitant, on: PartialDate) -> None:
    """Raise `UsageError` for a day of death that is still to come, or before the birth."""
    changes.check_past(on)
    if dead.born and dead.born.year and (on.year or 9999) < dead.born.year:
        raise UsageError(
            f"{dead.name} was born in {dead.born.year}.", hint="Correct one of the days: relcard edit WHO"
        )


def _remember(changes: HouseholdChanges, contact_id: int, on: PartialDate) -> None:
    changes.set_occasion(contact_id, Occasion(kind=OccasionKind.REMEMBRANCE, date=on))
    if on.month_day:
        changes.tell("to remember", f"{known_day(on)}; birthdays and reminders to call end, the age stops")
    else:
        changes.tell("to remember", "no day is known; relcard edit WHO adds it")


def _settle_those_left(
    changes: HouseholdChanges,
    household: HouseholdView,
    dead: Inhabitant,
    left: Sequence[Inhabitant],
    died_on: PartialDate,
    *,
    keeps_name: bool,
) -> None:
    """Change a household's wording, begin its careful year, and name a circle that went with the dead."""
    names = None if len(left) == 1 else (dead.given, dead.name)
    changes.set_aside_wording(household.id, names=names, envelope=not keeps_name)
    if keeps_name:
        households.set_wishes(changes.db, household.id, {"addressee": household.addressee})
    care = careful_after_death(dead.name, died_on)
    if care is not None and care.until >= changes.standpoint.today:
        households.set_careful(changes.db, household.id, care)
    changes.draft_again([household.id])
    if household.circle is not None and changes.household_of(dead.contact_id).circle is None:
        circle, name = household.circle.value, left[0].name
        changes.tell(
            "circle",
            f"{dead.name} was {circle}; of {name} you have said nothing yet: "
            f'relcard circle {circle} "{name}"',
        )


def _end_marriage(changes: HouseholdChanges, dead: Contact, adults: Sequence[Inhabitant]) -> None:
    """End the anniversaries of who was married to the dead, of the adults of the household."""
    for adult in adults:
        if _was_partner(changes, dead, adult, alone=len(adults) == 1):
            changes.end_anniversaries(adult.contact_id, f"{dead.display_name} died")


def _was_partner(changes: HouseholdChanges, dead: Contact, adult: Inhabitant, *, alone: bool) -> bool:
    """Whether an adult who lived with the dead was the partner: by relation, day, or as the only one."""
    contact = contacts.load(changes.db, adult.contact_id)
    weddings = [
        {day.date for day in somebody.occasions if day.kind is OccasionKind.ANNIVERSARY}
        for somebody in (dead, contact)
    ]
    return (
        alone
        or bool(weddings[0] & weddings[1])
        or _names_as_partner(contact, dead)
        or _names_as_partner(dead, contact)
    )


def _names_as_partner(contact: Contact, other: Contact) -> bool:
    return any(
        relation.kind in PARTNERS and is_named(relation.uid, relation.name, other)
        for relation in contact.relations
    )


def add_child(changes: HouseholdChanges, birth: Birth) -> None:
    """Add a child to the household of its parents."""
    today = changes.standpoint.today
    parents = {contact_id: changes.living_contact(contact_id) for contact_id in birth.parents}
    changes.check_past(birth.on)
    household = _household_of_child(changes, birth, parents)
    name = _name_of_child(birth, parents)
    child = Contact(
        uid=str(uuid.uuid4()),
        display_name=name.spoken,
        name=name,
        occasions=(Occasion(kind=OccasionKind.BIRTHDAY, date=birth.on),),
        addresses=(household.address,) if household.address is not None else (),
    )
    child_id = contacts.insert(changes.db, child, abuid="", today=today)
    households.put(changes.db, child_id, household.id)
    changes.mark_stated(household.id)
    for parent_id in parents:
        relations.say(changes.db, parent_id, "child", child_id, today=today)
    of = " and ".join(parent.name.given or parent.display_name for parent in parents.values())
    relationships.add_note(changes.db, child_id, f"born to {of}", on=today)
    changes.tell(child.display_name, f"is a new contact, born {known_day(birth.on)}")
    row = households.get(changes.db, household.id)
    for wish in (row.addressee, row.salutation) if row else ():
        if wish:
            changes.tell("your wording", f'"{wish}" stands; change it: relcard household set h{household.id}')
    changes.draft_again([household.id])


def _household_of_child(
    changes: HouseholdChanges, birth: Birth, parents: dict[int, Contact]
) -> HouseholdView:
    """Return the household the parents share, or the one of whom the child lives with."""
    households_of_parents = {parent_id: changes.household_of(parent_id) for parent_id in parents}
    if birth.lives_with is not None:
        return households_of_parents[birth.lives_with]
    if len({household.id for household in households_of_parents.values()}) > 1:
        names = {parent_id: parent.display_name for parent_id, parent in parents.items()}
        answers = tuple(
            RiteAnswer(parent_id, f"with {name}", f'--at "{name}"') for parent_id, name in names.items()
        )
        raise UnansweredError(Question("lives_with", f"With whom does {birth.name} live?", answers))
    return households_of_parents[birth.parents[0]]


def _name_of_child(birth: Birth, parents: dict[int, Contact]) -> Name:
    """Return the name as it was said; without a surname in it, with the one given or shared."""
    name = parts_of(" ".join(birth.name.split()))
    if name.family and not birth.surname:
        return name
    return name._replace(given=birth.name.strip(), family=birth.surname or _shared_surname(birth, parents))


def _shared_surname(birth: Birth, parents: dict[int, Contact]) -> str:
    surnames = dict.fromkeys(parent.name.family for parent in parents.values() if parent.name.family)
    if len(surnames) == 1:
        return next(iter(surnames))
    raise UnansweredError(
        Question(
            "surname",
            f"Which surname does {birth.name} bear?",
            tuple(
                RiteAnswer(surname, f"{birth.name} {surname}", f'--surname "{surname}"')
                for surname in surnames
            ),
        )
    )
