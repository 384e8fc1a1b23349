"""A contact in plain tuples: the shape in which an address book goes from its cards to the rows of the store.

A `Contact` is for whoever has one contact at hand. To make one and its parts for every card of a large book,
only to take it apart again into rows, would be a seventh of the work of an import.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from relcard.domain.kinds import Kind
    from relcard.domain.kinds import OccasionKind
    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact

NameParts = tuple[str, str, str, str, str]  # family, given, additional, prefixes, suffixes
Reach = tuple[str, tuple[str, ...], str]  # of a phone or an e-mail: value, types, label
Day = tuple["OccasionKind", str, str]  # kind, date as `str(PartialDate)` has it, label
Tie = tuple[str, str, str]  # of a relation: kind, name, uid

NO_NAME: NameParts = ("", "", "", "", "")


class Place(NamedTuple):
    """The parts of an `Address`, under the same names; the days of a second address are no card's to say."""

    po_box: str
    extended: str
    street: str
    locality: str
    region: str
    postcode: str
    country: str
    country_code: str
    label: str
    types: tuple[str, ...]
    preferred: bool

    @property
    def is_empty(self) -> bool:
        """Whether no component says where it is, as of an `Address`."""
        return not (
            self.po_box or self.extended or self.street or self.locality or self.postcode or self.label
        )


class Entry(NamedTuple):
    """The parts of a `Contact`, under the same names."""

    uid: str
    kind: Kind
    display_name: str
    name: NameParts
    nicknames: tuple[str, ...]
    phonetic: str
    org: str
    title: str
    addresses: tuple[Place, ...]
    phones: tuple[Reach, ...]
    emails: tuple[Reach, ...]
    urls: tuple[str, ...]
    occasions: tuple[Day, ...]
    relations: tuple[Tie, ...]
    tags: tuple[str, ...]
    note: str
    language: str
    gender: str
    members: tuple[str, ...]


def entry_of(contact: Contact) -> Entry:
    """Return a contact in plain tuples."""
    name = contact.name
    return Entry(
        uid=contact.uid,
        kind=contact.kind,
        display_name=contact.display_name,
        name=(name.family, name.given, name.additional, name.prefixes, name.suffixes),
        nicknames=contact.nicknames,
        phonetic=contact.phonetic,
        org=contact.org,
        title=contact.title,
        addresses=tuple(map(place_of, contact.addresses)),
        phones=tuple((one.value, one.types, one.label) for one in contact.phones),
        emails=tuple((one.value, one.types, one.label) for one in contact.emails),
        urls=contact.urls,
        occasions=tuple((one.kind, str(one.date), one.label) for one in contact.occasions),
        relations=tuple((one.kind, one.name, one.uid) for one in contact.relations),
        tags=contact.tags,
        note=contact.note,
        language=contact.language,
        gender=contact.gender,
        members=contact.members,
    )


def place_of(address: Address) -> Place:
    """Return an address in plain parts."""
    return Place(
        po_box=address.po_box,
        extended=address.extended,
        street=address.street,
        locality=address.locality,
        region=address.region,
        postcode=address.postcode,
        country=address.country,
        country_code=address.country_code,
        label=address.label,
        types=address.types,
        preferred=address.preferred,
    )


def contact_of(entry: Entry) -> Contact:
    """Return the contact that `entry_of` makes this of."""
    # Loaded here: a first import makes no contact of any card.
    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Email
    from relcard.domain.people.contact import Name
    from relcard.domain.people.contact import Occasion
    from relcard.domain.people.contact import Phone
    from relcard.domain.people.contact import Relation

    family, given, additional, prefixes, suffixes = entry.name
    return Contact(
        uid=entry.uid,
        kind=entry.kind,
        display_name=entry.display_name,
        name=Name(family=family, given=given, additional=additional, prefixes=prefixes, suffixes=suffixes),
        nicknames=entry.nicknames,
        phonetic=entry.phonetic,
        org=entry.org,
        title=entry.title,
        addresses=tuple(Address(**one._asdict()) for one in entry.addresses),
        phones=tuple(Phone(value=value, types=types, label=label) for value, types, label in entry.phones),
        emails=tuple(Email(value=value, types=types, label=label) for value, types, label in entry.emails),
        urls=entry.urls,
        occasions=tuple(
            Occasion(kind=kind, date=PartialDate.parse(day), label=label)
            for kind, day, label in entry.occasions
        ),
        relations=tuple(Relation(kind=kind, name=name, uid=uid) for kind, name, uid in entry.relations),
        tags=entry.tags,
        note=entry.note,
        language=entry.language,
        gender=entry.gender,
        members=entry.members,
    )
