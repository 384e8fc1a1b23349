"""A birth, and a death: a child joins the household; a life ends, and with it all cheer for a year."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.dates import PartialDate
from relcard.domain.dates import known_day
from relcard.domain.people.careful_year import careful_after_death
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.household import PARTNERS
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.names import parts_of
from relcard.domain.people.names import spoken
from relcard.domain.people.rites import Answer
from relcard.domain.people.rites import Question
from relcard.domain.people.rites import UnansweredError
from relcard.errors import UsageError
from relcard.services.people.rites.rehousing import is_named
from relcard.store import contacts
from relcard.store import households
from relcard.store import relations
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.domain.people.rites import Birth
    from relcard.domain.people.rites import Death
    from relcard.services.people.read_households import Member
    from relcard.services.people.rites.rehousing import Rehousing


def die(work: Rehousing, rite: Death) -> None:
    """End a life: a day to remember, no congratulation, and a careful year for whoever is left."""
    today = work.terms.today
    contact = work.living(rite.who)
    home = work.home_of(rite.who)
    (member,) = [one for one in home.members if one.contact_id == rite.who]
    on = rite.on or PartialDate(today.year)
    work.check_past(on)
    if member.born and member.born.year and (on.year or 9999) < member.born.year:
        raise UsageError(
            f"{member.name} was born in {member.born.year}.", hint="Correct one of the days: relcard edit WHO"
        )
    left = [one for one in home.living if one.contact_id != rite.who]
    partners = [one for one in left if not one.is_child] if not (member.is_child or member.is_pet) else []
    if partners and rite.keeps_name is None:
        raise UnansweredError(
            Question(
                "keeps_name",
                "Does the envelope go on to name both? Some wish it so.",
                (
                    Answer(False, "only who lives there", "--drop-name"),
                    Answer(True, f"as before: {home.addressee}", "--keep-name"),
                ),
            )
        )
    work.add_occasion(rite.who, Occasion(kind=OccasionKind.REMEMBRANCE, date=on))
    if on.month_day:
        work.tell("to remember", f"{known_day(on)}; birthdays and reminders to call end, the age stops")
    else:
        work.tell("to remember", "no day is known; relcard edit WHO adds it")
    for one in partners:
        if _is_partner(work, contact, one, alone=len(partners) == 1):
            work.end_anniversaries(one.contact_id, f"{member.name} died")
    work.state(home.id)
    if member.is_pet:
        return
    if not left:
        work.take_off_seasons(home.id, f"{member.name} died")
        return
    names = None if len(left) == 1 else (member.given, member.name)
    work.set_aside_wishes(home.id, names=names, envelope=not rite.keeps_name)
    if rite.keeps_name:
        households.set_wishes(work.db, home.id, {"addressee": home.addressee})
    care = careful_after_death(member.name, on)
    if care is not None and care.until >= today:
        households.set_careful(work.db, home.id, until=care.until, reason=care.reason)
    work.plan_again([home.id])
    now = work.home_of(rite.who)
    if now.circle is None and home.circle is not None:
        work.tell(
            "circle",
            f"{member.name} was {home.circle.value}; of {left[0].name} you have said nothing yet: "
            f'relcard circle {home.circle.value} "{left[0].name}"',
        )


def _is_partner(work: Rehousing, gone: Contact, left: Member, *, alone: bool) -> bool:
    """Whether an adult who lived with the dead was the partner: by relation, day, or as the only one."""
    contact = contacts.load(work.db, left.contact_id)
    days = [
        {one.date for one in who.occasions if one.kind is OccasionKind.ANNIVERSARY} for who in (gone, contact)
    ]
    return (
        alone
        or bool(days[0] & days[1])
        or any(one.kind in PARTNERS and is_named(one.uid, one.name, gone) for one in contact.relations)
        or any(one.kind in PARTNERS and is_named(one.uid, one.name, contact) for one in gone.relations)
    )


def bear(work: Rehousing, rite: Birth) -> None:
    """Add a child to the household of its parents."""
    parents = {one: work.living(one) for one in rite.parents}
    work.check_past(rite.on)
    homes = {one: work.home_of(one) for one in parents}
    where = rite.home
    if where is None and len({one.id for one in homes.values()}) > 1:
        answers = (
            Answer(one, f"with {parents[one].display_name}", f'--at "{parents[one].display_name}"')
            for one in parents
        )
        raise UnansweredError(Question("home", f"With whom does {rite.name} live?", tuple(answers)))
    home = homes[rite.parents[0] if where is None else where]
    name = parts_of(" ".join(rite.name.split()))
    if not name.family or rite.surname:
        name = replace(name, given=rite.name.strip(), family=rite.surname or _shared_surname(rite, parents))
    child = Contact(
        uid=str(uuid.uuid4()),
        display_name=spoken(name),
        name=name,
        occasions=(Occasion(kind=OccasionKind.BIRTHDAY, date=rite.on),),
        addresses=(home.address,) if home.address is not None else (),
    )
    today = work.terms.today
    child_id = contacts.insert(work.db, child, abuid="", letterbox=letterbox, today=today)
    households.put(work.db, child_id, home.id)
    work.state(home.id)
    for one in parents:
        relations.say(work.db, one, "child", child_id, today=today)
    of = " and ".join(one.name.given or one.display_name for one in parents.values())
    relationships.add_note(work.db, child_id, f"born to {of}", on=today)
    work.tell(child.display_name, f"is a new contact, born {known_day(rite.on)}")
    row = households.get(work.db, home.id)
    for wish in (row.addressee, row.salutation) if row else ():
        if wish:
            work.tell("your wording", f'"{wish}" stands; change it: relcard household set h{home.id}')
    work.plan_again([home.id])


def _shared_surname(rite: Birth, parents: dict[int, Contact]) -> str:
    surnames = dict.fromkeys(one.name.family for one in parents.values() if one.name.family)
    if len(surnames) == 1:
        return next(iter(surnames))
    raise UnansweredError(
        Question(
            "surname",
            f"Which surname does {rite.name} bear?",
            tuple(Answer(one, f"{rite.name} {one}", f'--surname "{one}"') for one in surnames),
        )
    )
