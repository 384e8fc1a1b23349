"""Group cards (KIND:group): not contacts, but the tag their members carry; a newer text of one follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.text import fold
from relcard.store import contacts
from relcard.store import merges
from relcard.store import relationships
from relcard.store import vcards
from relcard.vcard import RawCard

if TYPE_CHECKING:
    from relcard.domain.people.contact import Contact
    from relcard.store.file.database import Connection
    from relcard.vcard import Reader


class Group(NamedTuple):
    """A group card that the store keeps, and what it says."""

    card_id: int
    contact: Contact


def follow_groups(db: Connection, reader: Reader) -> None:
    """Give every member of every group card its tag, also who came in after the group."""
    for group in _groups(db, reader):
        for contact_id in _members(db, group.contact):
            relationships.add_tag(db, contact_id, group.contact.display_name)


def known_group(db: Connection, group: Contact, reader: Reader) -> Group | None:
    """Return the stored card of which this is a newer text: by its UID, or by its name where it has none."""
    for stored in _groups(db, reader):
        same_name = fold(stored.contact.display_name) == fold(group.display_name)
        if stored.contact.uid == group.uid and (group.uid or same_name):
            return stored
    return None


def leave_group(db: Connection, old: Contact, new: Contact, reader: Reader) -> None:
    """Take the tag of a group off those who are in it no longer; one their own card gives them stays."""
    gone = set(_members(db, old))
    if fold(old.display_name) == fold(new.display_name):
        gone -= set(_members(db, new))
    for contact_id in gone:
        own = [
            _read(card, reader)
            for kept in merges.cards_of(db, contact_id)
            for card in [vcards.one(db, kept.id)]
        ]
        if not any(contact and old.display_name in contact.tags for contact in own):
            relationships.remove_tag(db, contact_id, old.display_name)


def _groups(db: Connection, reader: Reader) -> list[Group]:
    read = ((card.id, _read(card, reader)) for card in vcards.groups(db))
    return [Group(card_id, contact) for card_id, contact in read if contact is not None]


def _read(card: vcards.StoredCard, reader: Reader) -> Contact | None:
    raw = RawCard(raw=card.raw, line=card.line, ordinal=0, closed=True)
    return reader.parse(raw, source=card.source).contact


def _members(db: Connection, group: Contact) -> list[int]:
    """Return the contacts of the UIDs a group names, also those merged into another."""
    members = []
    for uid in group.members:
        contact_id = contacts.id_of_uid(db, uid)
        if contact_id is None:
            others = merges.aliases(db, "uid", [uid]).get(uid, ())
            contact_id = next((one for one, _ in others), None)
        if contact_id is not None:
            members.append(contact_id)
    return members
