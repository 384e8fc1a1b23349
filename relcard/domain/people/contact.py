"""A contact is a person or organisation we keep. Parts are called what vCard calls them (RFC 6350).

Every card of an import becomes one, so all are named tuples: a frozen dataclass takes three times as long to
make, and its class 1 ms longer whenever a command loads it.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.dates import PartialDate
from relcard.domain.kinds import Kind
from relcard.domain.kinds import OccasionKind
from relcard.domain.text import fold
from relcard.domain.text import fold_again
from relcard.domain.text import is_east_asian

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

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
    "corrected",
    "fold",
    "have_in_common",
    "name_key",
    "sort_key",
]


class Name(NamedTuple):
    """The components of N (RFC 6350 section 6.2.2); a component with several values is joined by spaces."""

    family: str = ""
    given: str = ""
    additional: str = ""
    prefixes: str = ""
    suffixes: str = ""

    @property
    def spoken(self) -> str:
        """The parts in the order they are said; family first in Chinese, Japanese and Korean."""
        parts = [self.prefixes, self.given, self.additional, self.family, self.suffixes]
        if self.family and all(map(is_east_asian, self.family)):
            parts = [self.prefixes, self.family, self.given, self.additional, self.suffixes]
        return " ".join(filter(None, parts))


NO_NAME = Name()


class Address(NamedTuple):
    """The components of ADR (RFC 6350 section 6.3.1).

    A component with several values is joined by newlines. `country` is what was written, `country_code` is
    ISO 3166-1 alpha-2 in capitals, or "" while nobody has worked it out. `label` is the address as its
    owner wants it written, line by line; greeting cards use it where it says what the components say.

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
    used_from: PartialDate | None = None
    used_until: PartialDate | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Address) and self[:_COMPARED] == other[:_COMPARED]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:_COMPARED])

    @property
    def postal(self) -> Postal:
        """The seven parts, in the order of ADR."""
        return self[:7]

    @property
    def is_empty(self) -> bool:
        """Whether no component says where it is; a bare country is no address, nor is a tag as label."""
        if self.po_box or self.extended or self.street or self.locality or self.postcode:
            return False
        return not self.label or is_tag(self.label)

    @property
    def is_seasonal(self) -> bool:
        """Whether it is used for a time only."""
        return self.used_from is not None or self.used_until is not None

    def is_used_on(self, day: date) -> bool:
        """Whether it is used on a day, the first and the last one included."""
        start, end = self.used_from, self.used_until
        if start is not None and end is not None and start.year is None and end.year is None:
            return _is_in_season(day, start, end)
        begun, ended = _day_of(start), _day_of(end)
        return (begun is None or begun <= day) and (ended is None or day <= ended)


_COMPARED = Address._fields.index("used_from")  # of the fields; the days it is used are not compared


def _is_in_season(day: date, start: PartialDate, end: PartialDate) -> bool:
    """Whether a day lies between two days of every year; a winter begins in one year and ends in the next."""
    first, last = start.on(day.year), end.on(day.year)
    if first is None or last is None:
        return True
    return first <= day <= last if first <= last else day >= first or day <= last


def _day_of(partial: PartialDate | None) -> date | None:
    """Return the day of a date with its year, None of any other."""
    return partial.on(partial.year) if partial is not None and partial.year else None


class Phone(NamedTuple):
    """TEL (RFC 6350 section 6.4.1), kept as typed; digits are compared only when needed."""

    value: str
    types: tuple[str, ...] = ()
    label: str = ""


class Email(NamedTuple):
    """EMAIL (RFC 6350 section 6.4.2)."""

    value: str
    types: tuple[str, ...] = ()
    label: str = ""


class Relation(NamedTuple):
    """RELATED (RFC 6350 section 6.6.6) and its vendor forms: `kind` in lower case, who by name or UID."""

    kind: str
    name: str = ""
    uid: str = ""


# The parts of an address as ADR has them: box, extended, street, town, region, postcode, country.
Postal = tuple[str, str, str, str, str, str, str]


class Occasion(NamedTuple):
    """A reason that returns (BDAY, ANNIVERSARY, DEATHDATE, X-ABDATE); `label` names a custom one."""

    kind: OccasionKind
    date: PartialDate
    label: str = ""

    def without_year_after(self, latest: int) -> Occasion:
        """Return a birthday whose year is later than `latest` without it, and any other as it is.

        Where the year is all that is known, it stays: there is no day to keep then.
        """
        if self.kind is not OccasionKind.BIRTHDAY or (self.date.year or 0) <= latest or not self.date.month:
            return self
        return self._replace(date=PartialDate(None, self.date.month, self.date.day))


class Contact(NamedTuple):
    """Everything relcard understands of one vCard. What it does not understand stays in the raw text."""

    uid: str = ""  # "" while the card has none; import_cards mints one
    kind: Kind = Kind.INDIVIDUAL
    display_name: str = ""  # FN
    name: Name = NO_NAME
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
        usable = [address for address in self.addresses if not address.is_empty]
        return _first_choice([address for address in usable if not address.is_seasonal] or usable)

    def address_on(self, day: date) -> Address | None:
        """Return the address a card goes to on a day: a second one while it is used, else the usual one.

        Where every address is for a time only and none is used that day, there is none.
        """
        usable = [address for address in self.addresses if not address.is_empty and address.is_used_on(day)]
        return _first_choice([address for address in usable if address.is_seasonal] or usable)

    @property
    def has_died(self) -> bool:
        """Whether a day of death is known: birthdays become remembrance, ages stop."""
        return any(occasion.kind is OccasionKind.REMEMBRANCE for occasion in self.occasions)


def _first_choice(usable: Sequence[Address]) -> Address | None:
    """Return the first preferred address, else the first home, else the first that is not work, else any."""
    if len(usable) == 1:
        return usable[0]
    preferred = (address for address in usable if address.preferred)
    homes = (address for address in usable if "home" in address.types)
    not_work = (address for address in usable if "work" not in address.types)
    return next(chain(preferred, homes, not_work, usable), None)


# What the correction of an address leaves standing in part; a country or a region alone says nothing.
_LEFT_STANDING = ("street", "extended", "po_box", "locality", "postcode", "label")


def have_in_common(address: Address, other: Address) -> bool:
    """Whether two addresses may be one, corrected: they share more than the country or the region."""
    return _shared(address, other, _LEFT_STANDING) > 0


def corrected(before: Sequence[Address], after: Sequence[Address]) -> dict[Address, Address]:
    """Return which address became which: those that share most, each at most once, the same ones left out.

    Where nothing but the country or the region is shared, nobody corrected a line: somebody has moved.
    """
    gone = [address for address in dict.fromkeys(before) if address not in after]
    come = [address for address in dict.fromkeys(after) if address not in before]
    pairs = [
        (_shared(old, new, (*_LEFT_STANDING, "types")), -i, -j)
        for i, old in enumerate(gone)
        for j, new in enumerate(come)
    ]
    became: dict[Address, Address] = {}
    for _, i, j in sorted(pairs, reverse=True):
        old, new = gone[-i], come[-j]
        if old not in became and new not in became.values() and have_in_common(old, new):
            became[old] = new
    return became


def _shared(address: Address, other: Address, parts: Sequence[str]) -> int:
    """Return how many of some parts two addresses share."""
    return sum(
        bool(getattr(address, part)) and getattr(address, part) == getattr(other, part) for part in parts
    )


def name_key(contact: Contact) -> str:
    """Return the folded name that cards of one contact have in common, "Doe, Jo" as "jo doe"."""
    name = contact.display_name
    if name.count(",") == 1:
        last, first = name.split(",")
        name = f"{first} {last}"
    return fold(name)


def sort_key(contact: Contact) -> str:
    """Return the key a list is ordered by: family name first, as on a shelf of address cards."""
    if contact.phonetic:
        return fold(contact.phonetic)
    if contact.kind is Kind.INDIVIDUAL:
        parts = f"{fold_again(contact.name.family)} {fold_again(contact.name.given)}".strip()
        if "(" in parts:  # "(dog walker)" in the place of a surname, or behind one
            parts = " ".join(re.sub(r"\([^()]*\)", " ", parts).split())
        if parts:
            return parts
    return fold(contact.display_name)


_WORD = r"[^\W_]+\.?"  # of an address; a full stop stays
_STREET = r"strasse\b|str\b\.?"
_MOST_OF_A_TAG = 4  # words
_TAGS = frozenset(
    """
    home house work office business private personal privat zuhause daheim arbeit firma buro geschaftlich
    domicile maison bureau travail casa domicilio trabajo oficina lavoro ufficio dom praca biuro thuis werk
    hem hjem arbete koti place main primary other sonstige autre otro altro inne school holiday weekend summer
    winter parents billing shipping delivery postal mailing address adresse anschrift
    """.split()  # noqa: SIM905  a list of sixty would be sixty lines
)


def is_tag(label: str) -> bool:
    """Whether a label is a word about an address, as "Home" or "Summer house", and none itself."""
    return is_short(label) and any(word.rstrip(".") in _TAGS for word in words_of(label))


def is_short(label: str) -> bool:
    """Whether a label is a few words on one line, without a number."""
    is_line = len(label.strip().splitlines()) <= 1 and not any(sign in label for sign in ",;")
    return is_line and not any(map(str.isdigit, label)) and 0 < len(label.split()) <= _MOST_OF_A_TAG


def words_of(text: str) -> list[str]:
    """Return the folded words of an address, the German street always as str; a full stop stays."""
    return re.findall(_WORD, re.sub(_STREET, "str", fold(text)))
