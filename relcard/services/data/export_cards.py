"""Contacts as vCards again: what nobody touched comes out byte for byte."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.store import contacts
from relcard.store import merges
from relcard.store import vcards
from relcard.vcard import RawCard
from relcard.vcard import parse_card
from relcard.vcard.patch import patch_vcard
from relcard.vcard.write import contact_to_vcard

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.people.contact import Contact
    from relcard.store.file.database import Connection


def export_cards(db: Connection) -> Iterator[bytes]:
    """Yield every card in the order it came, then contacts that never had one.

    In the card of a contact that was changed here only the changed lines are new. Cards that were not
    understood come out as they came. Circles, facts and notes are in none of them. Of several cards of one
    contact (after a merge, or from two address books) only its own comes out, with all that is understood of
    the others: two would be two contacts again wherever they are read.
    """
    groups = vcards.group_names(db)
    beside = merges.beside(db)
    joined = frozenset(beside.values())
    written: set[int] = set()
    for card in vcards.all_cards(db):
        if card.contact_id is None:
            yield _ended(card.raw)
        elif card.id not in beside:
            written.add(card.contact_id)
            now = contacts.load(db, card.contact_id)
            yield _ended(_with_changes(card, now, groups, joined=card.contact_id in joined))
    for row in contacts.listing(db):
        if row.id not in written:
            yield contact_to_vcard(contacts.load(db, row.id))


def _with_changes(card: vcards.StoredCard, now: Contact, groups: frozenset[str], *, joined: bool) -> bytes:
    raw = RawCard(raw=card.raw, line=card.line, ordinal=0, closed=True)
    before = parse_card(raw, source=card.source).contact
    if before is None:
        return card.raw
    # What relcard worked out for itself is no change of the user's: a minted UID, a country's code, the tag
    # that another card, a group, gives its members.
    # But by its name alone a card that speaks for several would not be known again: it is given the UID.
    codes = {replace(address, country_code=""): address for address in before.addresses}
    after = replace(
        now,
        uid=before.uid or (now.uid if joined else ""),
        addresses=tuple(codes.get(replace(address, country_code=""), address) for address in now.addresses),
        tags=tuple(tag for tag in now.tags if tag in before.tags or tag not in groups),
    )
    return card.raw if after == before else patch_vcard(card.raw, before=before, after=after)


def _ended(raw: bytes) -> bytes:
    """Return a card that the next one can follow: the last of a file may lack its line end."""
    return raw if raw.endswith((b"\n", b"\r")) else raw + b"\r\n"
