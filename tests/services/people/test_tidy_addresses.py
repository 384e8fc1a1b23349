"""Addresses in one field: read as they come in, and read again in a store that has them as they stood."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from relcard.domain.people.contact import Address
from relcard.services.data.export import export_cards
from relcard.services.importing.import_cards import import_cards
from relcard.services.people.tidy_addresses import addresses_apart
from relcard.services.people.tidy_addresses import tidy_addresses
from relcard.store import contacts
from relcard.store.addresses import correct_addresses

if TYPE_CHECKING:
    from relcard.store.file.database import Connection

TODAY = date(2026, 11, 30)
CARD = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:q1\r\nFN:Nora Quill\r\nN:Quill;Nora;;;\r\n"
    b"ADR;TYPE=HOME:;;41 Hickory Hollow\\, Asheville\\, NC 28801;;;;\r\nEND:VCARD\r\n"
)
APART = Address(
    street="41 Hickory Hollow", locality="Asheville", region="NC", postcode="28801", types=("home",)
)


def _import(db: Connection) -> int:
    report = import_cards(db, [("a.vcf", BytesIO(CARD))], today=TODAY)
    assert [(read.name, read.after) for read in report.addresses] == [("Nora Quill", APART)]
    return report.new_ids[0]


def test_card_keeps_its_words(db: Connection) -> None:
    """The parts are known, and an edit of another field leaves the line of the address as it came."""
    contact_id = _import(db)
    assert contacts.load(db, contact_id).addresses == (APART,)
    assert b"".join(export_cards(db)) == CARD
    assert [read.after for read in addresses_apart(db)] == [APART]
    assert import_cards(db, [("a.vcf", BytesIO(CARD))], today=TODAY).unchanged == 1


def test_a_store_from_before_is_read_again(db: Connection) -> None:
    """What came in as it stood is put into its parts; a second look finds nothing."""
    contact_id = _import(db)
    old = Address(street="41 Hickory Hollow, Asheville, NC 28801", types=("home",))
    correct_addresses(db, contact_id, {APART: old})
    assert contacts.load(db, contact_id).addresses == (old,)
    assert [read.after for read in tidy_addresses(db, today=TODAY)] == [APART]
    assert contacts.load(db, contact_id).addresses == (APART,)
    assert tidy_addresses(db, today=TODAY) == []
    assert b"".join(export_cards(db)) == CARD
