"""Two contacts marry, or part: one household or two, and no day that would congratulate the parted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.dates import known_day
from relcard.domain.people.careful_year import careful_after_parting
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import name_key
from relcard.domain.people.household import PARTNERS
from relcard.domain.people.letterbox import letterbox
from relcard.domain.people.names import follow_parts
from relcard.domain.people.names import spoken
from relcard.domain.people.rites import Answer
from relcard.domain.people.rites import Question
from relcard.domain.people.rites import UnansweredError
from relcard.services.people.rites.rehousing import adults
from relcard.services.people.rites.rehousing import is_named
from relcard.services.people.rites.rehousing import with_dependants
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import relations
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.domain.people.rites import Parting
    from relcard.domain.people.rites import Wedding
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.rites.rehousing import Rehousing


def wed(work: Rehousing, rite: Wedding) -> None:
    """Make two contacts one household, at the address of one of them; their children and pets come along."""
    names = work.two_living(rite.one, rite.other)
    homes = {one: work.home_of(one) for one in (rite.one, rite.other)}
    here = homes[rite.one].id
    if here != homes[rite.other].id:
        host = rite.home if rite.home is not None else _where_they_live(homes, names)
        guest = rite.other if host == rite.one else rite.one
        address = homes[host].address
        movers = with_dependants(homes[guest], guest)
        # Where one is at home with parents or friends, the couple is a household apart.
        here = work.move_out([host]) if adults(homes[host]) - {host} else homes[host].id
        work.move_in(movers, here)
        if address is not None:
            for one in movers:
                work.give_address(one, address)
    work.state(here)
    relations.say(work.db, rite.one, "spouse", rite.other, today=work.terms.today)
    if rite.surnames:
        for one, surname in zip((rite.one, rite.other), (rite.surnames * 2)[:2], strict=True):
            _take_surname(work, one, surname)
    if rite.on is not None:
        for one in (rite.one, rite.other):
            work.add_occasion(one, Occasion(kind=OccasionKind.ANNIVERSARY, date=rite.on))
        work.tell("anniversary", f"{known_day(rite.on)}, for both")
    for home in homes.values():
        work.set_aside_wishes(home.id)
    work.plan_again({here, *(home.id for home in homes.values())})


def _where_they_live(homes: dict[int, HouseholdView], names: dict[int, str]) -> int:
    """Return whose address it is, where that is plain: they share it, or only one has any."""
    placed = {one: home.address for one, home in homes.items() if home.address is not None}
    if len(placed) < 2 or len({letterbox(one) for one in placed.values()}) == 1:
        return next(iter(placed or homes))
    raise UnansweredError(
        Question(
            "home",
            "Where do they live now?",
            tuple(Answer(one, ", ".join(homes[one].address_lines), f'--at "{names[one]}"') for one in placed),
        )
    )


def _take_surname(work: Rehousing, contact_id: int, surname: str) -> None:
    contact = contacts.load(work.db, contact_id)
    if contact.name.family == surname:
        return
    name = replace(contact.name, family=surname)
    shown = follow_parts(contact.display_name, contact.name, name)
    renamed = replace(
        contact, name=name, display_name=spoken(name) if shown == contact.display_name else shown
    )
    # The vCard goes on to come under the old name.
    merges.add_alias(work.db, contact_id, uid="", abuid="", name_key=name_key(contact), vcard_id=None)
    work.keep(contact_id, renamed)
    relationships.add_note(work.db, contact_id, f"was {contact.display_name}", on=work.terms.today)
    work.tell(contact.display_name, f"is {renamed.display_name}")


def part(work: Rehousing, rite: Parting) -> None:
    """Make a couple two households, each in a careful year; what passed stays with each."""
    names = work.two_living(rite.one, rite.other)
    both = (rite.one, rite.other)
    home = work.home_of(rite.one)
    ids = {home.id, work.home_of(rite.other).id}
    if len(ids) == 1:
        stays = rite.stays
        if stays is None:
            where = ", ".join(home.address_lines) or "the address"
            answers = (Answer(one, f"{names[one]} stays", f'--stays "{names[one]}"') for one in both)
            raise UnansweredError(Question("stays", f"Who stays at {where}?", tuple(answers)))
        if home.children and rite.children is None:
            young = " and ".join(one.given for one in home.children)
            answers = (Answer(one, f"with {names[one]}", f'--children "{names[one]}"') for one in both)
            raise UnansweredError(Question("children", f"With whom do {young} live?", tuple(answers)))
        leaves = rite.other if stays == rite.one else rite.one
        along = [one.contact_id for one in home.members if one.is_child or one.is_pet]
        movers = [leaves, *(along if rite.children == leaves else ())]
        work.set_aside_wishes(home.id)
        ids.add(work.move_out(movers))
        for one in movers:
            work.retire_address(one)
        work.tell(names[leaves], f'has no address yet; when you know it: relcard rite move "{names[leaves]}"')
    care = careful_after_parting(names[rite.one], names[rite.other], work.terms.today)
    for here in ids:
        households.set_careful(work.db, here, until=care.until, reason=care.reason)
        work.state(here)
    for one in both:
        work.end_anniversaries(one, f"{care.reason} in {work.terms.today.year}")
    _end_partnership(work, rite.one, rite.other)
    _end_partnership(work, rite.other, rite.one)
    work.plan_again(ids)


def _end_partnership(work: Rehousing, one: int, other: int) -> None:
    """Let nothing say any more that they are a couple: neither the user's word nor a card."""
    for kind in PARTNERS:
        relations.forget(work.db, one, kind, other)
    contact, gone = (contacts.load(work.db, contact_id) for contact_id in (one, other))
    related = tuple(
        replace(relation, kind=f"ex-{relation.kind}")
        if relation.kind in PARTNERS and is_named(relation.uid, relation.name, gone)
        else relation
        for relation in contact.relations
    )
    if related != contact.relations:
        work.keep(one, replace(contact, relations=related))
