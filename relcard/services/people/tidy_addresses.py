"""Addresses that stand in one another's fields: those that came in so, and those the store still has so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.contact import corrected
from relcard.domain.people.typed_address import with_addresses_apart
from relcard.postal import country_code
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import vcards
from relcard.store.addresses import correct_addresses
from relcard.vcard import RawCard
from relcard.vcard import Reader

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.people.typed_address import AddressRead
    from relcard.store.file.database import Connection


def addresses_apart(db: Connection) -> list[AddressRead]:
    """Return the addresses of the cards that were read out of one field, or doubtful there."""
    reader = Reader(code_of=country_code)
    return [
        read
        for card in vcards.all_cards(db)
        for read in reader.parse(
            RawCard(raw=card.raw, line=card.line, ordinal=0, closed=True), source=card.source
        ).addresses
    ]


def tidy_addresses(db: Connection, *, today: date) -> list[AddressRead]:
    """Read the addresses in use apart, inside the step the caller holds; return those and the doubtful ones.

    A corrected address keeps its row with what is known of it. The text of no card is changed.
    """
    told: list[AddressRead] = []
    changed: set[int] = set()
    for contact_id in [row.id for row in contacts.listing(db, with_archived=True)]:
        now = contacts.load(db, contact_id)
        tidy, read = with_addresses_apart(now, code_of=country_code)
        told += read
        if tidy is not now:
            correct_addresses(db, contact_id, corrected(now.addresses, tidy.addresses))
            contacts.update(db, contact_id, tidy)
            changed.add(contact_id)
    if changed:
        suggest_households(db, changed, today=today)
    return told
