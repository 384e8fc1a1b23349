"""A contact as a vCard: which lines say what, and their text, through vobject."""

from __future__ import annotations

import binascii
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import OccasionKind
from relcard.vcard import dialects

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Address
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Email
    from relcard.domain.people.contact import Occasion
    from relcard.domain.people.contact import Phone
    from relcard.domain.people.contact import Relation

LONGEST_LINE = 75  # bytes, without the line end (RFC 6350 section 3.2)
_UNFOLDED = 1 << 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One line to be written; `value` is escaped already. Properties of one `group` belong together."""

    name: str
    value: str
    params: tuple[tuple[str, str], ...] = field(default=())
    group: str = ""


def contact_to_vcard(contact: Contact, *, version: str = "3.0") -> bytes:
    """Write a contact as a vCard of version 3.0 or 4.0, with CRLF.

    Dates without a year are written in Apple's way in 3.0, which has no other.
    """
    properties = [Property(name="VERSION", value=version)]
    for singles in SINGLE_LINES.values():
        properties += singles(contact, version)
    properties += _other_lines(contact, version)
    number = 0
    for name, items in BAG_LINES.items():
        for item in getattr(contact, name):
            lines = items(item, version)
            if any(line.group for line in lines):
                number += 1
                lines = [replace(line, group=f"item{number}") for line in lines]
            properties += lines
    body = b"".join(to_bytes(one, version) for one in properties)
    return b"BEGIN:VCARD\r\n" + body + b"END:VCARD\r\n"


def to_bytes(item: Property, version: str) -> bytes:
    """Return the line, folded, with CRLF.

    2.1 knows neither escapes for new lines nor UTF-8 by default, so it gets quoted-printable instead.
    """
    if version == "2.1":
        return _old_line(item)
    from vobject.base import ContentLine  # noqa: PLC0415  50 ms, and reading a card needs none of it

    params = [[key, *_split_types(key, value)] for key, value in item.params]
    line = ContentLine(item.name, params, item.value, item.group or None, encoded=True)
    text: str = line.serialize(lineLength=_UNFOLDED)
    return fold(text.removesuffix("\r\n").encode("utf-8", "replace"))


def fold(line: bytes) -> bytes:
    """Break a line before it grows longer than 75 bytes, never inside a character."""
    if len(line) <= LONGEST_LINE:
        return line + b"\r\n"
    pieces = []
    room = LONGEST_LINE
    start = 0
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # a following byte of a character
            end -= 1
        pieces.append(line[start:end])
        start = end
        room = LONGEST_LINE - 1
    pieces.append(line[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _old_line(item: Property) -> bytes:
    head = f"{item.group}.{item.name}" if item.group else item.name
    for key, value in item.params:
        if key == "TYPE":
            head += "".join(f";{kind.upper()}" for kind in value.split(","))
        else:
            text = _parameter(value)
            head += f';{key}="{text}"' if any(c in text for c in ",;:") else f";{key}={text}"
    value = item.value
    if value.isascii() and value.isprintable() and len(head) + len(value) < LONGEST_LINE:
        return f"{head}:{value}\r\n".encode()
    packed = binascii.b2a_qp(value.replace("\n", "\r\n").encode("utf-8", "replace"), istext=False)
    lines = packed.replace(b"=\n", b"=\r\n")
    charset = "" if value.isascii() else ";CHARSET=UTF-8"
    return f"{head}{charset};ENCODING=QUOTED-PRINTABLE:".encode() + lines + b"\r\n"


def _split_types(key: str, value: str) -> list[str]:
    return [_parameter(one) for one in value.split(",")] if key == "TYPE" else [_parameter(value)]


def _parameter(value: str) -> str:
    """Escape what a parameter value cannot hold (RFC 6868)."""
    return value.replace("^", "^^").replace("\n", "^n").replace('"', "^'")


def escaped(text: str, version: str) -> str:
    """Escape a text for the place after the colon (RFC 6350 section 3.4); 2.1 escapes less."""
    if text.isalnum():  # nearly half of all there is to write
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\").replace(";", "\\;")
    return text if version == "2.1" else text.replace(",", "\\,").replace("\n", "\\n")


def _listed(items: Iterable[str], version: str) -> str:
    texts = (escaped(item, version) for item in items)
    return ",".join(text.replace(",", "\\,") if version == "2.1" else text for text in texts)


def _single(name: str, text: str, version: str) -> list[Property]:
    value = escaped(text, version)
    if version == "2.1" and name != "ORG":
        value = value.replace("\\;", ";")  # only a list has such an escape there
    return [Property(name=name, value=value)] if text else []


def _uid(contact: Contact, version: str) -> list[Property]:
    uid = contact.uid
    if not uid:
        return []
    value = f"urn:uuid:{uid}" if version == "4.0" and _is_uuid(uid) else escaped(uid, version)
    return [Property(name="UID", value=value)]


def _is_uuid(uid: str) -> bool:
    digits = uid.replace("-", "")
    return len(uid) == 36 and len(digits) == 32 and all(c in "0123456789abcdef" for c in digits)


def _display_name(contact: Contact, version: str) -> list[Property]:
    text = contact.display_name or contact.name.spoken or contact.org or "?"
    return [Property(name="FN", value=escaped(text, version))]


def _name(contact: Contact, version: str) -> list[Property]:
    name = contact.name
    parts = (name.family, name.given, name.additional, name.prefixes, name.suffixes)
    sorted_as = contact.phonetic.replace(",", " ") if version == "4.0" else ""
    return [
        Property(
            name="N",
            value=";".join(escaped(part, version) for part in parts),
            params=(("SORT-AS", sorted_as),) if sorted_as else (),
        )
    ]


def _nicknames(contact: Contact, version: str) -> list[Property]:
    names = contact.nicknames
    return [Property(name="NICKNAME", value=_listed(names, version))] if names else []


def _org(contact: Contact, version: str) -> list[Property]:
    return _single("ORG", contact.org, version)


def _title(contact: Contact, version: str) -> list[Property]:
    return _single("TITLE", contact.title, version)


def _tags(contact: Contact, version: str) -> list[Property]:
    return [Property(name="CATEGORIES", value=_listed(contact.tags, version))] if contact.tags else []


def _note(contact: Contact, version: str) -> list[Property]:
    return _single("NOTE", contact.note, version)


def _language(contact: Contact, version: str) -> list[Property]:
    return _single("LANG" if version == "4.0" else "X-LANG", contact.language, version)


def _gender(contact: Contact, version: str) -> list[Property]:
    if version == "4.0":
        return _single("GENDER", contact.gender.upper(), version)
    return _single("X-GENDER", {"f": "Female", "m": "Male"}.get(contact.gender, ""), version)


def _other_lines(contact: Contact, version: str) -> list[Property]:
    """Return what a patch leaves alone: the sort key, the kind and the members of a group."""
    lines = []
    if contact.phonetic and version != "4.0":
        lines += _single("SORT-STRING", contact.phonetic, version)
    if contact.kind is not Kind.INDIVIDUAL:
        if version == "4.0":
            lines.append(Property(name="KIND", value=contact.kind.value))
        elif contact.kind is Kind.ORG:
            lines.append(Property(name="X-ABSHOWAS", value="COMPANY"))
        else:
            lines.append(Property(name="X-ADDRESSBOOKSERVER-KIND", value="group"))
    name = "MEMBER" if version == "4.0" else "X-ADDRESSBOOKSERVER-MEMBER"
    for uid in contact.members:
        value = f"urn:uuid:{uid}" if ":" not in uid else uid
        lines.append(Property(name=name, value=escaped(value, version)))
    return lines


def _preference(types: tuple[str, ...], version: str, *, preferred: bool) -> tuple[tuple[str, str], ...]:
    """Return the TYPE and PREF parameters; 4.0 has a parameter for what 3.0 calls a type."""
    kinds = [one for one in types if one != "pref"]
    if not preferred:
        return (("TYPE", ",".join(kinds)),) if kinds else ()
    if version == "4.0":
        return (("TYPE", ",".join(kinds)), ("PREF", "1")) if kinds else (("PREF", "1"),)
    return (("TYPE", ",".join([*kinds, "pref"])),)


def _address(address: Address, version: str) -> list[Property]:
    params = _preference(address.types, version, preferred=address.preferred)
    if address.country_code:
        params += (("CC", address.country_code),)  # RFC 8605 section 3.1
    if address.label:
        # RFC 6868 needs no backslash escapes, but readers undo them here, as the example of RFC 6350 has one.
        params += (("LABEL", address.label.replace("\\", "\\\\")),)
    where = (address.po_box, address.extended, address.street, address.locality)
    parts = (*where, address.region, address.postcode, address.country)
    return [Property(name="ADR", value=";".join(escaped(part, version) for part in parts), params=params)]


def _phone(phone: Phone, version: str) -> list[Property]:
    return _labelled("TEL", phone, version)


def _email(email: Email, version: str) -> list[Property]:
    return _labelled("EMAIL", email, version)


def _labelled(name: str, item: Phone | Email, version: str) -> list[Property]:
    params = _preference(item.types, version, preferred="pref" in item.types)
    value = escaped(item.value, version)
    if not item.label:
        return [Property(name=name, value=value, params=params)]
    return [
        Property(name=name, value=value, params=params, group="item"),
        Property(name="X-ABLABEL", value=escaped(item.label, version), group="item"),
    ]


def _url(url: str, _version: str) -> list[Property]:
    # A URL is not text, so its commas stay bare (RFC 6350 section 6.7.8); a backslash would be undone.
    return [Property(name="URL", value=url.replace("\\", "\\\\"))]


def _occasion(occasion: Occasion, version: str) -> list[Property]:
    if occasion.date.other is not None:
        from relcard.vcard.other_dates import write_other_date  # noqa: PLC0415  as where it is read

        value, scale = write_other_date(occasion.date.other)
        params: tuple[tuple[str, str], ...] = (("CALSCALE", scale),)
    else:
        value, params = _date(occasion.date, version)
    if occasion.kind is OccasionKind.BIRTHDAY and occasion.date.other is not None:
        return [Property(name="X-ALTBDAY", value=value, params=params)]
    if occasion.kind is OccasionKind.BIRTHDAY:
        return [Property(name="BDAY", value=value, params=params)]
    if occasion.kind is OccasionKind.REMEMBRANCE:
        return [Property(name="DEATHDATE", value=value, params=params)]
    if occasion.kind is OccasionKind.ANNIVERSARY and version == "4.0":
        return [Property(name="ANNIVERSARY", value=value, params=params)]
    label = occasion.label
    if occasion.kind is OccasionKind.ANNIVERSARY:
        label = f"{dialects.LABEL_OPENS}Anniversary{dialects.LABEL_CLOSES}"
    date = Property(name="X-ABDATE", value=value, params=params, group="item")
    return [date, Property(name="X-ABLABEL", value=escaped(label, version), group="item")]


def _date(date: PartialDate, version: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the value and the parameters of a date."""
    text = str(date)
    if version == "4.0":
        return (text.replace("-", "") if date.year and date.day else _truncated(date)), ()
    if date.year and date.day:
        return text, ()
    if date.month and date.day:
        return f"{dialects.NO_YEAR}-{date.month:02}-{date.day:02}", (
            (dialects.OMIT_YEAR, str(dialects.NO_YEAR)),
        )
    return text, (("VALUE", "text"),)  # neither 2.1 nor 3.0 has a date without its day


def _truncated(date: PartialDate) -> str:
    """Return the 4.0 form of a date of which a part is missing (RFC 6350 section 4.3.1)."""
    if date.year is None and date.month is not None and date.day is not None:
        return f"--{date.month:02}{date.day:02}"
    return str(date)


def _relation(relation: Relation, version: str) -> list[Property]:
    if relation.uid:
        value = relation.uid if ":" in relation.uid else f"urn:uuid:{relation.uid}"
        return [Property(name="RELATED", value=escaped(value, version), params=(("TYPE", relation.kind),))]
    if version == "4.0":
        params = (("TYPE", relation.kind), ("VALUE", "text"))
        return [Property(name="RELATED", value=escaped(relation.name, version), params=params)]
    label = relation.kind
    if label in dialects.APPLE_RELATIONS:
        label = f"{dialects.LABEL_OPENS}{label.capitalize()}{dialects.LABEL_CLOSES}"
    return [
        Property(name="X-ABRELATEDNAMES", value=escaped(relation.name, version), group="item"),
        Property(name="X-ABLABEL", value=escaped(label, version), group="item"),
    ]


# The lines of each field that has one value, and of each item of the fields that have many.
SINGLE_LINES: dict[str, Callable[[Contact, str], list[Property]]] = {
    "uid": _uid,
    "display_name": _display_name,
    "name": _name,
    "nicknames": _nicknames,
    "org": _org,
    "title": _title,
    "tags": _tags,
    "note": _note,
    "language": _language,
    "gender": _gender,
}
BAG_LINES: dict[str, Callable[..., list[Property]]] = {
    "addresses": _address,
    "phones": _phone,
    "emails": _email,
    "urls": _url,
    "occasions": _occasion,
    "relations": _relation,
}
