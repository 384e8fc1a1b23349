"""Contacts, households, addresses and relations for scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.days import day_json
from relcard.cli.gifts import gift_json
from relcard.cli.pictures import picture_json

if TYPE_CHECKING:
    from relcard.domain.people.contact import Address
    from relcard.services.importing.find_duplicates import Twins
    from relcard.services.people.read_contact_page import ContactPage
    from relcard.services.people.read_contact_page import Related
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.people.read_households import Inhabitant
    from relcard.store.addresses import KnownAddress


def as_json(page: ContactPage, store: str) -> output.Json:
    """Return the page for scripts; `vcard_relations` are as the card has them, `relations` as understood."""
    contact, view = page.contact, page.household
    return {
        "uid": contact.uid,
        "name": contact.display_name,
        "kind": contact.kind.value,
        "circle": page.circle.value if page.circle else None,
        "archived_on": output.iso(page.archived_on),
        "tags": list(contact.tags),
        "nicknames": list(contact.nicknames),
        "phonetic": contact.phonetic,
        "organisation": contact.org,
        "title": contact.title,
        "language": contact.language,
        "household": _household_json(view) if view else None,
        **_reach_json(page),
        "relations": [relation_json(related) for related in page.related],
        "vcard_relations": [
            {"kind": relation.kind, "name": relation.name, "uid": relation.uid}
            for relation in contact.relations
        ],
        "vcard_note": contact.note,
        **_kept_json(page),
        "occasions": [
            {"kind": occasion.kind.value, "label": occasion.label, "date": str(occasion.date)}
            for occasion in contact.occasions
        ],
        "days": [{**day_json(day), "of_household": day.of_household} for day in page.days],
        "gifts": [{**gift_json(gift), "of_household": gift.of_household} for gift in page.gifts],
        "pictures": [picture_json(picture, store) for picture in page.pictures],
        "reminders": [
            {
                "id": reminder.id,
                "due": output.iso(reminder.due),
                "on": output.iso(reminder.on),
                "reason": reminder.reason,
            }
            for reminder in page.reminders
        ],
    }


def _household_json(view: HouseholdView) -> output.Json:
    return {
        "id": f"h{view.id}",
        "stated": view.stated,
        "members": [member.uid for member in view.members],
        "addressee": view.addressee,
        "salutation": view.salutation,
        "address_lines": list(view.address_lines),
    }


def _reach_json(page: ContactPage) -> output.Json:
    """Return by what a contact can be reached: phones, e-mails, websites and addresses."""
    contact = page.contact
    return {
        "phones": [{"value": phone.value, "types": list(phone.types)} for phone in contact.phones],
        "emails": [{"value": email.value, "types": list(email.types)} for email in contact.emails],
        "urls": list(contact.urls),
        "websites": [{"url": url, "own_label": page.own_labels.get(url, "")} for url in contact.urls],
        "addresses": [
            {**address_json(place, number), "own_label": page.own_labels.get(place.address.postal, "")}
            for number, place in enumerate(page.addresses, start=1)
        ],
    }


def _kept_json(page: ContactPage) -> output.Json:
    """Return what the user keeps of a contact: facts, notes, and what passed between them."""
    members = page.household.members if page.household else ()
    return {
        "facts": [
            {
                "key": fact.key,
                "value": fact.value,
                "noted_on": output.iso(fact.noted_on),
                "ours": fact.ours,
            }
            for fact in page.facts
        ],
        "notes": [
            {"number": note.id, "on": output.iso(note.noted_on), "text": note.text, "ours": note.ours}
            for note in page.own_notes
        ],
        "household_notes": [
            {
                "on": output.iso(note.on),
                "text": note.text,
                "ours": note.ours,
                "uids": [member.uid for member in members if member.contact_id in note.contact_ids],
            }
            for note in page.notes
        ],
        "interactions": [
            {
                "number": touch.id,
                "channel": touch.channel,
                "direction": touch.direction,
                "on": touch.said_on,
                "text": touch.text,
                "ours": touch.ours,
                "occasion": touch.occasion or None,
                "through": page.through.get(touch.id, []),
            }
            for touch in page.interactions
        ],
        "exchanges": [
            {
                "year": exchange.year,
                "theirs": [{"on": output.iso(line.on), "text": line.text} for line in exchange.theirs],
                "yours": [
                    {"on": output.iso(line.on), "text": line.text, "occasion": line.occasion or None}
                    for line in exchange.yours
                ],
            }
            for exchange in page.exchanges
        ],
    }


def household_json(view: HouseholdView) -> output.Json:
    """Return a household for scripts."""
    return {
        "id": f"h{view.id}",
        "members": [member.uid for member in view.members],
        "addressee": view.addressee,
        "salutation": view.salutation,
        "circle": view.circle.value if view.circle else None,
        "address_lines": list(view.address_lines),
        "stated": view.stated,
        "reason": view.reason,
        "roles": {member.uid: role_of(member) for member in view.members if role_of(member)},
        "careful_until": output.iso(view.care.until if view.care else None),
        "careful_reason": view.care.reason if view.care else "",
        "cheer": view.cheer,
        "feast": view.feast or None,
    }


def role_of(member: Inhabitant) -> str:
    """Return the user's word for a member, else "child" for one by age or relation, else ""."""
    return member.role or ("child" if member.is_child else "")


def address_json(place: KnownAddress, number: int) -> output.Json:
    """Return an address for scripts."""
    address = place.address
    return {
        "number": number,
        "po_box": address.po_box,
        "extended": address.extended,
        **parts_json(address),
        "types": list(address.types),
        "preferred": address.preferred,
        "confirmed_on": output.iso(place.confirmed_on),
        "from": str(address.used_from) if address.used_from else None,
        "until": str(address.used_until) if address.used_until else None,
        "retired_on": output.iso(place.retired_on),
        "returned_season": place.returned_season or None,
    }


def parts_json(address: Address) -> output.Json:
    """Return the parts of an address that people name, for scripts."""
    return {
        "street": address.street,
        "town": address.locality,
        "region": address.region,
        "postcode": address.postcode,
        "country": address.country_code or address.country,
        "label": address.label,
    }


def relation_json(related: Related) -> output.Json:
    """Return a relation for scripts: what the contact is to the other, or with `of` false the other to it."""
    return {"kind": related.word, "of": related.is_of, "name": related.name, "uid": related.uid}


def pair_json(pair: Twins) -> output.Json:
    """Return two contacts that look like one, for scripts."""
    return {"who": [pair.a.uid, pair.b.uid], "names": [pair.a.name, pair.b.name], "reason": pair.reason}
