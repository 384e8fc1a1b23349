"""Everything there is to remember of one contact, in a fixed number of queries however large the book is."""

from __future__ import annotations

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
from relcard.store import gifts
from relcard.store import households
from relcard.store import occasions
from relcard.store import pictures
from relcard.store import relations
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import vcards
from relcard.store.sharing import own_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from datetime import date

    from relcard.domain.people.circle import Circle
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Postal
    from relcard.domain.people.correspondence import Exchange
    from relcard.domain.people.correspondence import SharedNote
    from relcard.domain.reminders.day import Day
    from relcard.domain.reminders.gift import Gift
    from relcard.domain.reminders.reminder import Reminder
    from relcard.domain.standpoint import Standpoint
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.addresses import KnownAddress
    from relcard.store.file.database import Connection
    from relcard.store.pictures import PictureRow

_AHEAD = 60  # days that reminders look ahead
_WRITTEN = ("card", "letter")


class Related(NamedTuple):
    """One relation of a contact as its page says it: "mother of Ola" when `is_of`, else "tailor: Jan".

    `uid` is "" where the other is no contact of ours.
    """

    word: str
    is_of: bool
    name: str
    uid: str


class ContactPage(NamedTuple):
    """What a page of one contact says; notes and exchanges are the whole household's, newest first.

    Who is archived is in no household.
    """

    contact_id: int
    contact: Contact
    circle: Circle | None
    household: HouseholdView | None
    days: list[Day]  # as the user said, of the contact and of the whole household
    gifts: list[Gift]  # as the days
    pictures: list[PictureRow]  # of the household's cards, the newest first
    facts: list[relationships.Fact]
    own_notes: list[relationships.Note]
    notes: list[SharedNote]
    interactions: list[relationships.InteractionRow]
    through: Mapping[int, list[str]]  # who brought about what passed, by interaction
    exchanges: list[Exchange]
    reminders: list[Reminder]
    seasons: list[tuple[str, str]]  # open ones: name, and how far the card is
    related: list[Related]
    addresses: list[KnownAddress]
    own_labels: Mapping[Postal | str, str]  # "Summer house", by the parts of an address or by a website
    archived_on: date | None
    shared_kinds: frozenset[str] | None  # of the own book, in the list of two laptops; None: there is no list


def read_contact_page(db: Connection, contact_id: int, standpoint: Standpoint) -> ContactPage:
    """Read one contact and what stands around it."""
    contact = contacts.load(db, contact_id)
    archived_on = contacts.archived_on(db, contact_id)
    household_id = None if archived_on else households.of_contact(db, contact_id)
    households_read = read_households(db, [household_id] if household_id else [], standpoint)
    household = households_read[0] if households_read else None
    everybody = [member.contact_id for member in household.members] if household else [contact_id]
    notes = relationships.notes(db, everybody)
    passed = relationships.interactions(db, everybody)
    return ContactPage(
        contact_id=contact_id,
        contact=contact,
        circle=relationships.circles(db, [contact_id]).get(contact_id),
        household=household,
        days=[
            day
            for day in occasions.days_of(db, everybody)
            if day.of_household or day.contact_id == contact_id
        ],
        gifts=[
            gift
            for gift in gifts.of_contacts(db, everybody)
            if gift.of_household or gift.contact_id == contact_id
        ],
        pictures=pictures.of_contacts(db, everybody),
        facts=relationships.facts(db, contact_id),
        own_notes=[note for note in notes if note.contact_id == contact_id],
        notes=shared_notes((note.noted_on, note.text, note.contact_id, note.ours) for note in notes),
        interactions=[touch for touch in passed if touch.contact_id == contact_id],
        through=relationships.brought_about(db, [contact_id]),
        exchanges=exchanges(
            Written(
                touch.on,
                touch.direction == relationships.FROM_THEM,
                touch.text,
                touch.year_alone,
                touch.occasion,
            )
            for touch in passed
            if touch.channel in _WRITTEN
        ),
        reminders=_reminders(db, contact_id, household_id, standpoint),
        seasons=seasons.open_of(db, household_id) if household_id else [],
        related=read_relations(db, contact_id, contact),
        addresses=addresses.known(db, [contact_id]).get(contact_id, []),
        own_labels=_own_labels(db, contact_id, contact),
        archived_on=archived_on,
        shared_kinds=own_book.shared_kinds(db),
    )


def _reminders(
    db: Connection, contact_id: int, household_id: int | None, standpoint: Standpoint
) -> list[Reminder]:
    """Return what concerns a contact: its own days, and the word that is due to its household."""
    if household_id is None:
        return []
    return [
        due
        for due in upcoming(db, standpoint, days=_AHEAD, household_id=household_id)
        if due.kind == "cadence" or (due.contact_id == contact_id and not due.is_of_member)
    ]


def _own_labels(db: Connection, contact_id: int, contact: Contact) -> dict[Postal | str, str]:
    """Return the labels of addresses and websites, which stand in the card alone, as it is by now."""
    cards = vcards.labelled(db, contact_id)
    if not cards:
        return {}
    # 20 ms, and few cards have such a label.
    from relcard.vcard import own_labels  # noqa: PLC0415
    from relcard.vcard.patch import card_with_changes  # noqa: PLC0415

    labels: dict[Postal | str, str] = {}
    for raw in cards:
        labels = own_labels(raw) | labels
    here = {*contact.urls, *(address.postal for address in contact.addresses)}
    return labels if here >= set(labels) else own_labels(card_with_changes(cards[0], contact)) | labels


def read_relations(db: Connection, contact_id: int, contact: Contact) -> list[Related]:
    """Return the relations of a contact, by hand first, then its own card's, then those of others' cards.

    A name on a card that exactly one contact bears means that contact.
    """
    bearers = relations.only_bearers(
        db, [contact.display_name, *(relation.name for relation in contact.relations if not relation.uid)]
    )
    seen = seen_from(
        contact_id,
        (
            *(
                Tie(row.other_id, plain_word(row.kind), row.contact_id)
                for row in relations.said(db, contact_id)
            ),
            *_on_the_card(db, contact_id, contact, bearers),
            *_on_other_cards(db, contact_id, contact, bearers),
        ),
    )
    known = relations.names_and_uids(
        db, [relation.other for relation in seen if isinstance(relation.other, int)]
    )
    return [
        Related(
            relation.word,
            relation.is_of,
            *(known[relation.other] if isinstance(relation.other, int) else (relation.other, "")),
        )
        for relation in seen
    ]


def _on_the_card(
    db: Connection, contact_id: int, contact: Contact, bearers: Mapping[str, int]
) -> Iterator[Tie]:
    """Yield what the contact's own card says of others."""
    known = contacts.ids_of_uids(db, [relation.uid for relation in contact.relations if relation.uid])
    for relation in contact.relations:
        other = known.get(relation.uid) if relation.uid else bearers.get(fold(relation.name))
        end = other if other is not None else relation.name or relation.uid
        yield Tie(end, plain_word(relation.kind), contact_id)


def _on_other_cards(
    db: Connection, contact_id: int, contact: Contact, bearers: Mapping[str, int]
) -> Iterator[Tie]:
    """Yield what others' cards say of the contact."""
    # Two of one name: nobody can tell which of them another's card means.
    is_only_bearer = bearers.get(fold(contact.display_name)) == contact_id
    for row in relations.naming(db, contact.uid, contact.display_name):
        if row.contact_id != contact_id and (row.uid == contact.uid or is_only_bearer):
            yield Tie(contact_id, plain_word(row.kind), row.contact_id)
