"""A contact that comes from no vCard: added by hand, with a UID of its own."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.people.contact import Contact
from relcard.domain.people.edit_page import write_page
from relcard.services.people.edit_contact import Opened
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.people.circle import Circle
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """The new contact and its household."""

    contact_id: int
    contact: Contact
    household: int | None


def blank_page() -> Opened:
    """Return the page of a contact of whom nothing is known."""
    return Opened(contact_id=None, before=Contact(), page=write_page(Contact()))


def add_contact(db: Connection, contact: Contact, *, circle: Circle | None = None, today: date) -> Added:
    """Keep a new contact, inside the step the caller holds; nobody else is changed but proposed households.

    The UID is a random one (RFC 9562 section 5.4): two address books that each add an Anna must not mean
    the same contact by it.
    """
    contact = contact._replace(uid=str(uuid.uuid4()))
    contact_id = contacts.insert(db, contact, abuid="", today=today)
    if circle is not None:
        relationships.set_circle(db, contact_id, circle, today=today)
    suggest_households(db, {contact_id}, today=today)
    household = households.of_contact(db, contact_id)
    return Added(contact_id=contact_id, contact=contact, household=household)
