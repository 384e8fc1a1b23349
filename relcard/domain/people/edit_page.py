"""A contact as a page that is edited by hand: TOML, with a word of comment where one helps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.kinds import OccasionKind
from relcard.domain.people.contact import Contact
from relcard.domain.people.page_text import listed
from relcard.domain.people.page_text import remark
from relcard.domain.people.page_text import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Email
    from relcard.domain.people.contact import Occasion
    from relcard.domain.people.contact import Phone

    Shown = dict[str, Any]  # an item as its table has it

_HEAD = """\
# {title}
# Change what is wrong, save, and close the editor. What you leave alone stays
# as it is, byte for byte in the vCard. An empty value, or a line taken away,
# says that there is none. Lines that begin with # say nothing.
# Not on this page, and kept: circle, notes, facts, history; photos, and
# whatever else the vCard holds.
"""
A_DAY = '"1985-04-12", "04-12" or "12 April"'
_COMMENTS = {
    "name": "as you call them",
    "nicknames": 'for example ["Ania"]',
    "birthday": A_DAY,
    "anniversary": "their wedding day",
    "died": "the day of death: kept as a day to remember",
    "language": "in which you write to them: en, de, pl ...",
    "gender": "f, m, o, n or u, where a greeting needs it",
    "tags": 'for example ["choir", "shop"]',
    "vcard_note": 'several lines go between """ and """',
}
_TYPES = 'types = ["home"]                # home, work, cell ...'
_EXAMPLES = {
    "phone": f'number = "01632 960147"\n{_TYPES}',
    "email": f'email = "anna@example.org"\n{_TYPES}',
    "address": 'street = "14 High Street"\ntown = "Leeds"\npostcode = "LS1 4DY"\ncountry = "United Kingdom"\n'
    'types = ["home"]',
    "day": 'label = "name day"\ndate = "07-26"',
    "relation": 'kind = "spouse"                 # spouse, child, parent, friend ...\nname = "Jan Smith"',
}
_ABOUT = {
    "phone": "A table for each phone; label is a word of your own.",
    "email": "A table for each e-mail.",
    "address": "A table for each address. extra: a flat or a house name; label: the whole\n"
    "# address as its owner writes it; preferred = true: the one for greeting cards.",
    "day": "Other days that return, each with its label.",
    "relation": "Who they are to whom, by name; leave a uid as it is.",
}
SINGLES = (
    "name", "prefix", "given", "middle", "family", "suffix", "nicknames", "organisation", "title",
    "birthday", "anniversary", "died", "language", "gender", "tags", "websites", "vcard_note",
)  # fmt: skip
# What is looked for on the page and said in another way.
ELSEWHERE = {
    "phone": "a table [[phone]] with number = ...",
    "email": "a table [[email]] with email = ...",
    "address": "a table [[address]] with street = ..., town = ...",
    "day": "a table [[day]] with label = ... and date = ...",
    "relation": "a table [[relation]] with kind = ... and name = ...",
    "circle": "relcard circle close WHO",
    "note": "relcard note WHO TEXT; vcard_note is what the vCard has",
    "notes": "relcard note WHO TEXT; vcard_note is what the vCard has",
    "fact": "relcard fact WHO KEY VALUE",
    "facts": "relcard fact WHO KEY VALUE",
    "household": "relcard household join WHO WHO",
}
LISTS = {"nicknames": "nicknames", "tags": "tags", "websites": "urls"}
DAYS = {
    "birthday": OccasionKind.BIRTHDAY,
    "anniversary": OccasionKind.ANNIVERSARY,
    "died": OccasionKind.REMEMBRANCE,
}
PARTS = {
    "prefix": "prefixes",
    "given": "given",
    "middle": "additional",
    "family": "family",
    "suffix": "suffixes",
}
ADDRESS = {
    "street": "street", "extra": "extended", "po_box": "po_box", "town": "locality", "region": "region",
    "postcode": "postcode", "country": "country", "label": "label",
}  # fmt: skip
_ALWAYS = frozenset({"street", "town", "postcode", "country", "number", "email", "kind", "date"})


def write_page(contact: Contact, *, names: Mapping[str, str] | None = None) -> str:
    """Return the page of a contact. `names` are those of related contacts, by UID, for a comment."""
    blank = contact == Contact()
    lines = [_HEAD.format(title="A new contact" if blank else remark(contact.display_name))]
    shown = singles(contact)
    for key in SINGLES:
        lines += _single(key, shown[key])
    for table, items in bags(contact).items():
        lines.append(f"\n# {_ABOUT[table]}")
        for number, item in enumerate(items):
            lines.append(f"\n[[{table}]]" if number else f"[[{table}]]")
            lines += [
                _entry(key, value, names or {}) for key, value in item.items() if value or key in _ALWAYS
            ]
        if not items:
            lines += [f"# {line}" for line in (f"[[{table}]]", *_EXAMPLES[table].split("\n"))]
    return "\n".join(lines) + "\n"


def _single(key: str, value: str | tuple[str, ...]) -> list[str]:
    """Return the lines of an entry before the tables; a comment stands above a text of several lines."""
    text = written(value) if isinstance(value, str) else listed(value)
    comment, line = _COMMENTS.get(key, ""), f"{key} = {text}"
    if not comment:
        return [line]
    return [f"# {comment}", line] if "\n" in text else [f"{line:<31} # {comment}"]


def _entry(key: str, value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return f"{key} = {str(value).lower()}"
    if isinstance(value, tuple):
        return f"{key} = {listed(value)}"
    text = f"{key} = {written(str(value))}"
    return f"{text}  # {remark(names[str(value)])}" if key == "uid" and value in names else text


def singles(contact: Contact) -> dict[str, Any]:
    """Return the values before the tables: texts, and tuples for lists."""
    shown: dict[str, Any] = {
        "name": contact.display_name,
        "organisation": contact.org,
        "title": contact.title,
        "language": contact.language,
        "gender": contact.gender,
        "vcard_note": contact.note,
    }
    shown |= {key: getattr(contact.name, part) for key, part in PARTS.items()}
    shown |= {key: getattr(contact, field) for key, field in LISTS.items()}
    for key, kind in DAYS.items():
        occasion = first(contact, kind)
        shown[key] = _shown_date(occasion.date) if occasion else ""
    return shown


def first(contact: Contact, kind: OccasionKind) -> Occasion | None:
    """Return the first occasion of a kind, of our calendar: the one that has an entry of its own."""
    of_kind = (occasion for occasion in contact.occasions if occasion.kind is kind)
    return next((occasion for occasion in of_kind if occasion.date.other is None), None)


def other_days(contact: Contact) -> list[Occasion]:
    """Return the occasions that have a table each."""
    firsts = [id(occasion) for kind in DAYS.values() if (occasion := first(contact, kind)) is not None]
    return [occasion for occasion in contact.occasions if id(occasion) not in firsts]


def _shown_date(day: PartialDate) -> str:
    text = str(day)
    return text.removeprefix("--") if day.year is None and day.month_day else text


# The entries of each table in their order, and what each is while nothing is said.
BLANKS: dict[str, Shown] = {
    "phone": {"number": "", "types": (), "label": "", "preferred": False},
    "email": {"email": "", "types": (), "label": "", "preferred": False},
    "address": {**dict.fromkeys(ADDRESS, ""), "types": (), "preferred": False},
    "day": {"label": "", "date": ""},
    "relation": {"kind": "", "name": "", "uid": ""},
}


def bags(contact: Contact) -> dict[str, list[Shown]]:
    """Return the tables of a page as they are written."""
    return {
        "phone": [_shown_number("number", phone) for phone in contact.phones],
        "email": [_shown_number("email", email) for email in contact.emails],
        "address": [
            {key: getattr(address, part) for key, part in ADDRESS.items()}
            | {
                "country": address.country or address.country_code,
                "types": address.types,
                "preferred": address.preferred,
            }
            for address in contact.addresses
        ],
        "day": [
            {"label": day.label or _word_of(day.kind), "date": _shown_date(day.date)}
            for day in other_days(contact)
        ],
        "relation": [
            {"kind": relation.kind, "name": relation.name, "uid": relation.uid}
            for relation in contact.relations
        ],
    }


def _word_of(kind: OccasionKind) -> str:
    return "" if kind is OccasionKind.CUSTOM else kind.value


def _shown_number(key: str, item: Phone | Email) -> Shown:
    types = tuple(word for word in item.types if word != "pref")
    return {key: item.value, "types": types, "label": item.label, "preferred": "pref" in item.types}
