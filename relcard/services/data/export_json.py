"""Contacts for scripts: what their vCards say, understood; what is the user's own only when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from relcard.store import contacts
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.store.contacts import ContactRow
    from relcard.store.file.database import Connection


def export_json(db: Connection, *, private: bool = False) -> Iterator[dict[str, Any]]:
    """Yield every contact in the order of a list, keys as in `show --json`.

    Circle, facts, notes and what passed between are in it with `private` only.
    """
    rows = list(contacts.listing(db))
    facts = relationships.facts_of(db, [row.id for row in rows]) if private else {}
    for row in rows:
        shown = _contact(contacts.load(db, row.id), row)
        if private:
            shown["circle"] = row.circle.value if row.circle else None
            shown["facts"] = [
                {"key": fact.key, "value": fact.value, "noted_on": fact.noted_on.isoformat()}
                for fact in facts.get(row.id, [])
            ]
            shown["notes"] = [
                {"on": note.noted_on.isoformat(), "text": note.text}
                for note in relationships.notes(db, [row.id])
            ]
            shown["interactions"] = [
                {
                    "channel": touch.channel,
                    "direction": touch.direction,
                    "on": touch.on.isoformat(),
                    "text": touch.text,
                }
                for touch in relationships.interactions(db, [row.id])
            ]
        yield shown


def _contact(contact: Contact, row: ContactRow) -> dict[str, Any]:
    return {
        "uid": contact.uid,
        "name": contact.display_name,
        "kind": contact.kind.value,
        "given_name": contact.name.given,
        "family_name": contact.name.family,
        "additional_names": contact.name.additional,
        "prefixes": contact.name.prefixes,
        "suffixes": contact.name.suffixes,
        "nicknames": list(contact.nicknames),
        "organisation": contact.org,
        "title": contact.title,
        "language": contact.language,
        "gender": contact.gender,
        "tags": list(contact.tags),
        "household": f"h{row.household_id}" if row.household_id else None,
        "addresses": [_address(address) for address in contact.addresses],
        "phones": [{"value": phone.value, "types": list(phone.types)} for phone in contact.phones],
        "emails": [{"value": email.value, "types": list(email.types)} for email in contact.emails],
        "urls": list(contact.urls),
        "occasions": [
            {"kind": day.kind.value, "label": day.label, "date": str(day.date)} for day in contact.occasions
        ],
        "relations": [
            {"kind": other.kind, "name": other.name, "uid": other.uid} for other in contact.relations
        ],
        "vcard_note": contact.note,
    }


def _address(address: Address) -> dict[str, Any]:
    return {
        "po_box": address.po_box,
        "extended": address.extended,
        "street": address.street,
        "locality": address.locality,
        "region": address.region,
        "postcode": address.postcode,
        "country": address.country,
        "country_code": address.country_code,
        "label": address.label,
        "types": list(address.types),
        "preferred": address.preferred,
    }
