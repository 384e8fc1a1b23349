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
    facts = relationships.facts_of(db, [one.id for one in rows]) if private else {}
    for row in rows:
        said = _contact(contacts.load(db, row.id), row)
        if private:
            said["circle"] = row.circle.value if row.circle else None
            said["facts"] = [
                {"key": one.key, "value": one.value, "noted_on": one.noted_on.isoformat()}
                for one in facts.get(row.id, [])
            ]
            said["notes"] = [
                {"on": one.noted_on.isoformat(), "text": one.text}
                for one in relationships.notes(db, [row.id])
            ]
            said["interactions"] = [
                {
                    "channel": one.channel,
                    "direction": one.direction,
                    "on": one.on.isoformat(),
                    "text": one.text,
                }
                for one in relationships.interactions(db, [row.id])
            ]
        yield said


def _contact(one: Contact, row: ContactRow) -> dict[str, Any]:
    return {
        "uid": one.uid,
        "name": one.display_name,
        "kind": one.kind.value,
        "given_name": one.name.given,
        "family_name": one.name.family,
        "additional_names": one.name.additional,
        "prefixes": one.name.prefixes,
        "suffixes": one.name.suffixes,
        "nicknames": list(one.nicknames),
        "organisation": one.org,
        "title": one.title,
        "language": one.language,
        "gender": one.gender,
        "tags": list(one.tags),
        "household": f"h{row.household_id}" if row.household_id else None,
        "addresses": [_address(address) for address in one.addresses],
        "phones": [{"value": phone.value, "types": list(phone.types)} for phone in one.phones],
        "emails": [{"value": email.value, "types": list(email.types)} for email in one.emails],
        "urls": list(one.urls),
        "occasions": [
            {"kind": day.kind.value, "label": day.label, "date": str(day.date)} for day in one.occasions
        ],
        "relations": [{"kind": other.kind, "name": other.name, "uid": other.uid} for other in one.relations],
        "vcard_note": one.note,
    }


def _address(one: Address) -> dict[str, Any]:
    return {
        "po_box": one.po_box,
        "extended": one.extended,
        "street": one.street,
        "locality": one.locality,
        "region": one.region,
        "postcode": one.postcode,
        "country": one.country,
        "country_code": one.country_code,
        "label": one.label,
        "types": list(one.types),
        "preferred": one.preferred,
    }
