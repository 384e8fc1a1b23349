"""From what was read of a card to its contact: groups and labels joined, a missing name made good."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from relcard.domain.kinds import Kind
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import NO_NAME
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.vcard import dialects
from relcard.vcard.properties import keep_occasion
from relcard.vcard.values import many_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.vcard.parameters import Head
    from relcard.vcard.properties import CardReading


def no_code(_: str) -> str:
    """Work out no country: its code stays unsaid."""
    return ""


def to_contact(reading: CardReading, code_of: Callable[[str], str] = no_code) -> Contact | None:
    """Join what belongs together (groups, labels); None when nothing names a contact."""
    labels = reading.labels
    phones = tuple([Phone(value, types, labels.get(group, "")) for value, types, group in reading.phones])
    emails = tuple([Email(value, types, labels.get(group, "")) for value, types, group in reading.emails])
    display_name = reading.display_name or name_made_good(reading)
    if not display_name or reading.thing:
        return None
    is_company = reading.name == NO_NAME and _COMPANY.search(display_name) is not None
    return Contact(
        reading.uid,
        Kind.ORG if is_company and reading.kind is Kind.INDIVIDUAL else reading.kind,
        display_name,
        reading.name,
        tuple(dict.fromkeys(reading.nicknames)),
        _phonetic(reading.phonetic) if reading.phonetic else "",
        reading.org,
        reading.title,
        _addresses(reading, code_of) if reading.addresses or reading.mailing_labels else (),
        phones,
        emails,
        reading.urls,
        _occasions(reading) if reading.occasions or reading.own_dates else (),
        _relations(reading) if reading.relations or reading.own_relations else (),
        tuple(dict.fromkeys(reading.tags)),
        "\n\n".join(reading.notes),
        min(reading.languages)[1] if reading.languages else "",
        reading.gender,
        reading.members,
    )


# The forms of companies, which are nobody's surname: cards before 4.0 cannot say what they are of.
_COMPANY = re.compile(r"[ ,](?:ltd|limited|inc|llc|plc|gmbh)\.?$", re.IGNORECASE)


def name_made_good(reading: CardReading | Contact) -> str:
    """Return what to call a card without FN: its N, a nickname, the organisation, an e-mail or a phone."""
    reached = (value for value, *_ in (*reading.emails, *reading.phones))
    names = (reading.name.spoken, *reading.nicknames, reading.org, *reached)
    return next(filter(None, names), "")


def _phonetic(phonetic: Mapping[str, str]) -> str:
    return (
        phonetic.get("sort-as", "")
        or phonetic.get("sort-string", "")
        or " ".join(filter(None, (phonetic.get("family", ""), phonetic.get("given", ""))))
    )


def pair_labels(addresses: Sequence[Head], labels: Sequence[Head]) -> dict[int, int]:
    """Say which LABEL belongs to which ADR: one of the same group, else the next one of the same types."""
    waiting: dict[object, list[int]] = defaultdict(list)
    for place in reversed(range(len(addresses))):
        head = addresses[place]
        waiting[head.group or frozenset(head.types)].append(place)
    pairs: dict[int, int] = {}
    for number, head in enumerate(labels):
        places = waiting.get(head.group or frozenset(head.types))
        if places:
            pairs[places.pop()] = number
    return pairs


def _addresses(reading: CardReading, code_of: Callable[[str], str]) -> tuple[Address, ...]:
    labels = reading.mailing_labels
    heads = [head for head, _ in reading.addresses]
    pairs = pair_labels(heads, [head for head, _ in labels]) if labels else {}
    addresses: list[Address] = []
    for at, (head, parts) in enumerate(reading.addresses):
        label = many_lines(head.params["LABEL"]).strip() if "LABEL" in head.params else ""
        if not label and at in pairs:
            label = labels[pairs[at]][1]
        addresses.append(_address(reading, head, parts, label, code_of))
    if labels:
        used = set(pairs.values())
        addresses += [
            _address(reading, head, [], text, code_of)
            for number, (head, text) in enumerate(labels)
            if number not in used
        ]
    return tuple(addresses)


def _address(
    reading: CardReading, head: Head, parts: list[str], label: str, code_of: Callable[[str], str]
) -> Address:
    if len(parts) != 7:
        parts = _seven(parts)
    po_box, extended, street, locality, region, postcode, country = parts
    types = head.types
    code = head.params.get("CC", "")
    if head.group:
        code = code or reading.country_codes.get(head.group, "")
        kind = reading.labels.get(head.group, "").lower()
        if kind in dialects.ADDRESS_LABELS and kind not in types:
            types = (*types, kind)
    if code:
        code = code.upper() if len(code) == 2 and code.isascii() and code.isalpha() else ""
    if not code and country:
        code = code_of(country)
    where = (po_box, extended, street, locality, region, postcode, country, code, label)
    return Address(*where, types, head.preferred)


_NUMBER_FIRST = frozenset(
    {"united kingdom", "uk", "great britain", "england", "scotland", "wales", "ireland", "usa", "us"}
    | {"united states", "united states of america", "canada", "australia", "new zealand", "france"}
)


def _fine_street(fine: list[str], country: str) -> str:
    """Return the street of RFC 9554's parts as an envelope has it: house, street, flat, the rest."""
    room, flat, floor, number, name, building, *rest = (*fine, *[""] * 6)[: max(6, len(fine))]
    street = (number, name) if country.strip().lower() in _NUMBER_FIRST else (name, number)
    lines = (building, " ".join(filter(None, street)), ", ".join(filter(None, (floor, flat, room, *rest))))
    return "\n".join(filter(None, lines))


def _seven(parts: list[str]) -> list[str]:
    """Return the seven parts of an address that has fewer or more."""
    if len(parts) == 1:
        parts = ["", "", parts[0]]  # the whole address in one part
    if len(parts) > 7 and not parts[2]:
        # RFC 9554 adds finer parts behind the seven; they say where it is when the street does not.
        parts = [*parts[:2], _fine_street(parts[7:], parts[6]), *parts[3:7]]
    return (parts + [""] * 7)[:7]


def _occasions(reading: CardReading) -> tuple[Occasion, ...]:
    if len(reading.occasions) == 1 and not reading.own_dates:
        return reading.occasions
    line = reading.line
    for head, value, number in reading.own_dates:
        reading.line = number
        label = reading.labels.get(head.group, "")
        is_wedding = label.lower() in dialects.ANNIVERSARY_LABELS
        kind = OccasionKind.ANNIVERSARY if is_wedding else OccasionKind.CUSTOM
        keep_occasion(reading, head, value, kind, "" if is_wedding else label)
    reading.own_dates = ()
    reading.line = line
    birthdays = (day for day in reading.occasions if day.kind is OccasionKind.BIRTHDAY)
    birthday = next((day for day in birthdays if day.date.other is None), None)
    kept = (
        Occasion(OccasionKind.CUSTOM, day.date, dialects.BIRTHDAY_LABEL)
        if day.kind is OccasionKind.BIRTHDAY and day.date.other is None and day != birthday
        else day
        for day in reading.occasions
    )
    return tuple(dict.fromkeys(kept))


def _relations(reading: CardReading) -> tuple[Relation, ...]:
    own = [
        Relation(reading.labels.get(group, "").lower() or kind or "contact", name)
        for group, kind, name in reading.own_relations
    ]
    return tuple(dict.fromkeys([*reading.relations, *own]))
