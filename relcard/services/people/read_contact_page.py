"""Everything there is to remember of one contact, in a fixed number of queries however large the book is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.correspondence import Written
from relcard.domain.people.correspondence import exchanges
from relcard.domain.people.correspondence import shared_notes
from relcard.domain.people.relations import Tie
from relcard.domain.people.relations import plain_word
from relcard.domain.people.relations import seen_from
from relcard.domain.text import fold
from relcard.services.people.read_households import read_households
from relcard.services.reminders.upcoming import upcoming
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import relations
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.correspondence import Exchange
    from relcard.domain.people.correspondence import SharedNote
    from relcard.domain.people.relations import Line
    from relcard.domain.reminders.reminder import Reminder
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress
    from relcard.store.file.database import Connection

_AHEAD = 60  # days that reminders look ahead
_WRITTEN = ("card", "letter")


class Related(NamedTuple):
    """One relation of a contact as its page says it; `uid` is "" where the other is no contact of ours."""

    line: Line
    name: str
    uid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPage:
    """What a page of one contact says; notes and exchanges are the whole household's, newest first."""

    contact_id: int
    contact: Contact
    circle: Circle | None
    household: HouseholdView | None
    facts: list[relationships.Fact]
    own_notes: list[relationships.Note]
    notes: list[SharedNote]
    interactions: list[relationships.Interaction]
    exchanges: list[Exchange]
    reminders: list[Reminder]
    seasons: list[tuple[str, str]]  # open ones: name, and how far the card is
    related: list[Related]
    addresses: list[KnownAddress]


def read_contact_page(db: Connection, contact_id: int, standpoint: Standpoint) -> ContactPage:
    """Read one contact and what stands around it."""
    contact = contacts.load(db, contact_id)
    household_id = households.of_contact(db, contact_id)
    views = read_households(db, [household_id] if household_id else [], standpoint)
    view = views[0] if views else None
    everybody = [one.contact_id for one in view.members] if view else [contact_id]
    notes = relationships.notes(db, everybody)
    passed = relationships.interactions(db, everybody)
    return ContactPage(
        contact_id=contact_id,
        contact=contact,
        circle=relationships.circles(db, [contact_id]).get(contact_id),
        household=view,
        facts=relationships.facts(db, contact_id),
        own_notes=[one for one in notes if one.contact_id == contact_id],
        notes=shared_notes((one.noted_on, one.text, one.contact_id) for one in notes),
        interactions=[one for one in passed if one.contact_id == contact_id],
        exchanges=exchanges(
            Written(one.on, one.direction == relationships.FROM_THEM, one.text)
            for one in passed
            if one.channel in _WRITTEN
        ),
        reminders=upcoming(db, standpoint, days=_AHEAD, contact_id=contact_id),
        seasons=seasons.open_of(db, household_id) if household_id else [],
        related=read_relations(db, contact_id, contact),
        addresses=addresses.known(db, [contact_id]).get(contact_id, []),
    )


def read_relations(db: Connection, contact_id: int, contact: Contact) -> list[Related]:
    """Return the relations of a contact, by hand first, then its own card's, then those of others' cards.

    A name on a card that exactly one contact bears means that contact.
    """
    said = relations.said(db, contact_id)
    naming = [
        one for one in relations.naming(db, contact.uid, contact.display_name) if one.contact_id != contact_id
    ]
    only = relations.only_bearers(
        db, [contact.display_name, *(one.name for one in contact.relations if not one.uid)]
    )
    known = contacts.ids_of_uids(db, [one.uid for one in contact.relations if one.uid])
    ties = [Tie(_end(one.other_id), plain_word(one.kind), _end(one.contact_id)) for one in said]
    called: dict[str, str] = {}
    for relation in contact.relations:
        other = known.get(relation.uid) if relation.uid else only.get(fold(relation.name))
        end = _end(other) if other is not None else f"\n{relation.name or relation.uid}"
        called[end] = relation.name or relation.uid
        ties.append(Tie(end, plain_word(relation.kind), _end(contact_id)))
    # Two of one name: nobody can tell which of them another's card means.
    mine = only.get(fold(contact.display_name)) == contact_id
    ties += [
        Tie(_end(contact_id), plain_word(one.kind), _end(one.contact_id))
        for one in naming
        if one.uid == contact.uid or mine
    ]
    lines = seen_from(_end(contact_id), ties)
    ids = [int(one.other) for one in lines if not one.other.startswith("\n")]
    who = relations.names_and_uids(db, ids)
    return [_related(line, who, called) for line in lines]


def _related(line: Line, who: Mapping[int, Sequence[str]], called: Mapping[str, str]) -> Related:
    if line.other.startswith("\n"):
        return Related(line, called[line.other], "")
    name, uid = who[int(line.other)]
    return Related(line, name, uid)


def _end(contact_id: int) -> str:
    return str(contact_id)
