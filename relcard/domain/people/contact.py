"""A contact is a person or organisation we keep. Parts are called what vCard calls them (RFC 6350)."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING

from relcard.domain.importing.match_keys import first_choice
from relcard.domain.importing.match_keys import key_of_name
from relcard.domain.importing.match_keys import key_of_shelf
from relcard.domain.importing.match_keys import name_key
from relcard.domain.kinds import Kind
from relcard.domain.kinds import OccasionKind
from relcard.domain.text import fold

if TYPE_CHECKING:
    from datetime import date

    from relcard.domain.dates import PartialDate

__all__ = [
    "Address",
    "Contact",
    "Email",
    "Kind",
    "Name",
    "Occasion",
    "OccasionKind",
    "Phone",
    "Relation",
    "first_choice",
    "fold",
    "key_of_name",
    "key_of_shelf",
    "name_key",
    "sort_key",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """The components of N (RFC 6350 section 6.2.2); a component with several values is joined by spaces."""

    family: str = ""
    given: str = ""
    additional: str = ""
    prefixes: str = ""
    suffixes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The components of ADR (RFC 6350 section 6.3.1).

    A component with several values is joined by newlines. `country` is what was written, `country_code` is
    ISO 3166-1 alpha-2 in capitals, or "" while nobody has worked it out. `label` is the address as its
    owner wants it written, line by line; when present it is what greeting cards use.

    `used_from` and `used_until` are the first and the last day of a second address; without a year they come
    back every winter. They are the user's word, no vCard's: two addresses are equal whatever they say.
    """

    po_box: str = ""
    extended: str = ""
    street: str = ""
    locality: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    country_code: str = ""
    label: str = ""
    types: tuple[str, ...] = ()  # lower case: home, work, ...
    preferred: bool = False
    used_from: PartialDate | None = field(default=None, compare=False)
    used_until: PartialDate | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        """Whether no component says where it is; a bare country is no address."""
        return not (
            self.po_box or self.extended or self.street or self.locality or self.postcode or self.label
        )

    @property
    def is_seasonal(self) -> bool:
        """Whether it is used for a time only."""
        return self.used_from is not None or self.used_until is not None

    def is_used_on(self, day: date) -> bool:
        """Whether it is used on a day, the first and the last one included."""
        start, end = self.used_from, self.used_until
        if start is not None and end is not None and start.year is None and end.year is None:
            first, last = start.on(day.year), end.on(day.year)
            if first is None or last is None:
                return True
            # A winter begins in one year and ends in the next.
            return first <= day <= last if first <= last else day >= first or day <= last
        begun = start.on(start.year) if start is not None and start.year else None
        ended = end.on(end.year) if end is not None and end.year else None
        return (begun is None or begun <= day) and (ended is None or day <= ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """TEL (RFC 6350 section 6.4.1), kept as typed; digits are compared only when needed."""

    value: str
    types: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Email:
    """EMAIL (RFC 6350 section 6.4.2)."""

    value: str
    types: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """RELATED (RFC 6350 section 6.6.6) and its vendor forms: `kind` in lower case, who by name or UID."""

    kind: str
    name: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A reason that returns (BDAY, ANNIVERSARY, DEATHDATE, X-ABDATE); `label` names a custom one."""

    kind: OccasionKind
    date: PartialDate
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Everything relcard understands of one vCard. What it does not understand stays in the raw text."""

    uid: str = ""  # "" while the card has none; import_cards mints one
    kind: Kind = Kind.INDIVIDUAL
    display_name: str = ""  # FN
    name: Name = Name()
    nicknames: tuple[str, ...] = ()
    phonetic: str = ""  # how to say or sort the name: SORT-AS, X-PHONETIC-*
    org: str = ""
    title: str = ""
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    emails: tuple[Email, ...] = ()
    urls: tuple[str, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    relations: tuple[Relation, ...] = ()
    tags: tuple[str, ...] = ()  # CATEGORIES, in the order written
    note: str = ""  # NOTE, as it came; the user's own notes are dated and live in the store
    language: str = ""  # BCP 47, the preferred one
    gender: str = ""  # GENDER (section 6.2.7): f, m, o, n or u; "" where the card says nothing
    members: tuple[str, ...] = ()  # UIDs, of a group only

    @property
    def address(self) -> Address | None:
        """The address a card goes to: the preferred one, else a home, else the first that is not work."""
        usable = [one for one in self.addresses if not one.is_empty]
        return first_choice([one for one in usable if not one.is_seasonal] or usable)

    def address_on(self, day: date) -> Address | None:
        """Return the address a card goes to on a day: a second one while it is used, else the usual one.

        Where every address is for a time only and none is used that day, there is none.
        """
        usable = [one for one in self.addresses if not one.is_empty and one.is_used_on(day)]
        return first_choice([one for one in usable if one.is_seasonal] or usable)

    @property
    def has_died(self) -> bool:
        """Whether a day of death is known: birthdays become remembrance, ages stop."""
        return any(one.kind is OccasionKind.REMEMBRANCE for one in self.occasions)


def sort_key(contact: Contact) -> str:
    """Return what a list is ordered by: family name first, as on a shelf of address cards."""
    name = contact.name
    return key_of_shelf(contact.kind, contact.phonetic, contact.display_name, name.given, name.family)
