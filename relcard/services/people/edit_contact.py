"""A contact as a page, changed by hand, and back into the store; its vCard changes only where it did."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from relcard.domain.days import read_partial_day
from relcard.domain.importing.three_way_merge import merge
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import corrected
from relcard.domain.people.edit_page import write_page
from relcard.domain.people.edit_page_reading import Readers
from relcard.domain.people.edit_page_reading import read_page
from relcard.postal import country_code
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store.addresses import correct_addresses

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.importing.three_way_merge import Conflict
    from relcard.domain.standpoint import Standpoint
    from relcard.store.file.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A contact as it was when its page was opened; `contact_id` is None for one that is to be added."""

    contact_id: int | None
    before: Contact
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What became of an edit: the fields of `Contact` that changed, what was decided, and the household.

    `others` are the names of those who share the letterbox now, or None where nobody came or went.
    """

    contact: Contact
    changed: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()
    household: int | None = None
    others: tuple[str, ...] | None = None


def open_page(db: Connection, contact_id: int) -> Opened:
    """Return a contact and its page."""
    before = contacts.load(db, contact_id)
    names = contacts.names_of_uids(db, [one.uid for one in before.relations if one.uid])
    return Opened(contact_id=contact_id, before=before, page=write_page(before, names=names))


def typed_contact(opened: Opened, typed: str, standpoint: Standpoint) -> Contact:
    """Return the contact that a page says now. Raises `PageError` with the line of each fault."""
    day = partial(read_partial_day, today=standpoint.today, country=standpoint.sender_country)
    return read_page(
        typed, opened.before, readers=Readers(country=country_code, day=day, today=standpoint.today)
    )


def edit_contact(db: Connection, opened: Opened, after: Contact, *, today: date) -> Edited:
    """Keep what a page of a contact says now, inside the step the caller holds.

    The store was free while the page was open: what changed there meanwhile is joined with the edit, and
    where both changed the same, the edit stands and the conflict is returned. A corrected address keeps
    its row. The proposed household follows; one the user has stated stands.
    """
    contact_id = opened.contact_id
    assert contact_id is not None  # noqa: S101  a page that was opened of a contact in the store
    now = contacts.load(db, contact_id)
    merged = merge(opened.before, now, after)
    kept = merged.contact
    changed = tuple(part for part, new, old in zip(Contact._fields, now, kept, strict=True) if new != old)
    if not changed:
        home = households.of_contact(db, contact_id)
        return Edited(contact=now, changed=(), conflicts=merged.conflicts, household=home)
    _, neighbours = _home(db, contact_id)
    days = merges.occasion_ids(db, [contact_id])
    correct_addresses(db, contact_id, corrected(now.addresses, kept.addresses))
    contacts.update(db, contact_id, kept)
    merges.follow_occasions(db, days, contact_id)
    suggest_households(db, {contact_id}, today=today)
    home, others = _home(db, contact_id)
    return Edited(
        contact=contacts.load(db, contact_id),
        changed=changed,
        conflicts=merged.conflicts,
        household=home,
        others=others if others != neighbours else None,
    )


def _home(db: Connection, contact_id: int) -> tuple[int | None, tuple[str, ...]]:
    """Return the household of a contact and the names of those who share it."""
    home = households.of_contact(db, contact_id)
    row = households.get(db, home) if home is not None else None
    others = [one for one in row.members if one != contact_id] if row else []
    names = contacts.names(db, others)
    return home, tuple(names[one] for one in others)
