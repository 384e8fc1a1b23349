"""Contacts, their addresses and relations for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output

if TYPE_CHECKING:
    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.people.read_contact_page import ContactPage
    from relcard.services.people.read_contact_page import Related
    from relcard.store.addresses import KnownAddress


def as_json(page: ContactPage) -> output.Json:
    """Return the page for scripts; `vcard_relations` are as the card has them, `relations` as understood."""
    contact, view = page.contact, page.household
    return {
        "uid": contact.uid,
        "name": contact.display_name,
        "kind": contact.kind.value,
        "circle": page.circle.value if page.circle else None,
        "tags": list(contact.tags),
        "nicknames": list(contact.nicknames),
        "phonetic": contact.phonetic,
        "organisation": contact.org,
        "title": contact.title,
        "language": contact.language,
        "household": None
        if view is None
        else {
            "id": f"h{view.id}",
            "stated": view.stated,
            "members": [one.uid for one in view.members],
            "addressee": view.addressee,
            "salutation": view.salutation,
            "address_lines": list(view.address_lines),
        },
        "phones": [{"value": one.value, "types": list(one.types)} for one in contact.phones],
        "emails": [{"value": one.value, "types": list(one.types)} for one in contact.emails],
        "urls": list(contact.urls),
        "addresses": [address_json(one, number) for number, one in enumerate(page.addresses, start=1)],
        "relations": [relation_json(one) for one in page.related],
        "vcard_relations": [
            {"kind": one.kind, "name": one.name, "uid": one.uid} for one in contact.relations
        ],
        "vcard_note": contact.note,
        "facts": [
            {"key": one.key, "value": one.value, "noted_on": output.iso(one.noted_on)} for one in page.facts
        ],
        "notes": [{"on": output.iso(one.noted_on), "text": one.text} for one in page.own_notes],
        "household_notes": [
            {
                "on": output.iso(one.on),
                "text": one.text,
                "uids": [
                    member.uid
                    for member in (view.members if view else ())
                    if member.contact_id in one.contact_ids
                ],
            }
            for one in page.notes
        ],
        "interactions": [
            {"channel": one.channel, "direction": one.direction, "on": output.iso(one.on), "text": one.text}
            for one in page.interactions
        ],
        "exchanges": [
            {
                "year": one.year,
                "theirs": [{"on": output.iso(line.on), "text": line.text} for line in one.theirs],
                "yours": [{"on": output.iso(line.on), "text": line.text} for line in one.yours],
            }
            for one in page.exchanges
        ],
        "occasions": [
            {"kind": one.kind.value, "label": one.label, "date": str(one.date)} for one in contact.occasions
        ],
        "reminders": [
            {"id": one.id, "due": output.iso(one.due), "on": output.iso(one.on), "reason": one.reason}
            for one in page.reminders
        ],
    }


def address_json(one: KnownAddress, number: int) -> output.Json:
    """Return an address for scripts."""
    address = one.address
    return {
        "number": number,
        "po_box": address.po_box,
        "extended": address.extended,
        "street": address.street,
        "town": address.locality,
        "region": address.region,
        "postcode": address.postcode,
        "country": address.country_code or address.country,
        "label": address.label,
        "types": list(address.types),
        "preferred": address.preferred,
        "confirmed_on": output.iso(one.confirmed_on),
        "from": str(address.used_from) if address.used_from else None,
        "until": str(address.used_until) if address.used_until else None,
        "retired_on": output.iso(one.retired_on),
    }


def relation_json(one: Related) -> output.Json:
    """Return a relation for scripts: what the contact is to the other, or with `of` false the other to it."""
    return {"kind": one.word, "of": one.is_of, "name": one.name, "uid": one.uid}


def pair_json(pair: Twins) -> output.Json:
    """Return two contacts that look like one, for scripts."""
    return {"who": [pair.a.uid, pair.b.uid], "names": [pair.a.name, pair.b.name], "reason": pair.reason}
