"""A contact's page, read back: what was not touched is exactly as it was, and each fault has its line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from relcard.domain.kinds import Kind
from relcard.domain.kinds import OccasionKind
from relcard.domain.languages import is_language_tag
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.domain.people.contact import corrected
from relcard.domain.people.contact import have_in_common
from relcard.domain.people.edit_page import A_DAY
from relcard.domain.people.edit_page import ADDRESS
from relcard.domain.people.edit_page import BLANKS
from relcard.domain.people.edit_page import DAYS
from relcard.domain.people.edit_page import ELSEWHERE
from relcard.domain.people.edit_page import LISTS
from relcard.domain.people.edit_page import PARTS
from relcard.domain.people.edit_page import SINGLES
from relcard.domain.people.edit_page import bags
from relcard.domain.people.edit_page import first
from relcard.domain.people.edit_page import other_days
from relcard.domain.people.edit_page import singles
from relcard.domain.people.joint_names import means_several
from relcard.domain.people.names import follow_name
from relcard.domain.people.names import follow_parts as follow_name_parts
from relcard.domain.people.names import parts_of
from relcard.domain.people.names import tidy_name
from relcard.domain.people.owner_label import follow_parts
from relcard.domain.people.page_text import Page
from relcard.domain.people.page_text import PageError
from relcard.domain.people.typed_address import read_apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Hashable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.dates import PartialDate
    from relcard.domain.people.contact import Contact
    from relcard.domain.people.edit_page import Shown
    from relcard.domain.people.page_text import Table

_WORD = re.compile(r"[\w.+-]+\Z")
_KIND = re.compile(r"[\w '-]+\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """How words of a page are understood, handed in from the floors above.

    `country` returns the code of a country by any of its names, "" for none; `day` reads a day that returns,
    or raises ValueError with the reason, a clause to stand after the text.
    """

    country: Callable[[str], str]
    day: Callable[[str], PartialDate]
    today: date


def read_page(text: str, before: Contact, *, readers: Readers) -> Contact:
    """Return the contact that a page of `before` says now.

    What stands as `write_page` wrote it is taken from `before` as it was. Where only parts of a name changed,
    the display name follows, and the other way round. Raises `PageError` with all its faults.
    """
    page = Page(text)
    reading = _Reading(before, readers)
    top = page.top()
    top.refuse_other_keys(SINGLES, ELSEWHERE)
    page.refuse_other_tables(tuple(BLANKS))
    changes: dict[str, Any] = reading.singles(top)
    days = reading.days(top)
    shown = bags(before)
    chosen = {
        name: _chosen(page, name, items, shown[name], make)
        for name, items, make in (
            ("phone", before.phones, reading.phone),
            ("email", before.emails, reading.email),
            ("address", before.addresses, reading.address),
            ("day", other_days(before), reading.day),
            ("relation", before.relations, reading.relation),
        )
    }
    if page.faults:
        raise PageError(page.faults)
    return before._replace(
        **changes,
        phones=chosen["phone"],
        emails=chosen["email"],
        addresses=_carried(before.addresses, chosen["address"]),
        relations=chosen["relation"],
        occasions=_in_order(before.occasions, (*days, *chosen["day"])),
    )


def _carried(before: Sequence[Address], now: Sequence[Address]) -> tuple[Address, ...]:
    """Return the addresses of now, those that were corrected with their days of use; their label follows."""
    was = {corrected_address: address for address, corrected_address in corrected(before, now).items()}
    return tuple(
        address._replace(
            label=follow_parts(was[address], address),
            used_from=was[address].used_from,
            used_until=was[address].used_until,
        )
        if address in was
        else address
        for address in now
    )


def _chosen(
    page: Page, name: str, items: Sequence[Any], shown: Sequence[Shown], make: Callable[[Table], Any]
) -> tuple[Any, ...]:
    """Return the items that the tables of a page say: those that stand as they stood, and new ones."""
    waiting: dict[Hashable, list[Any]] = {}
    for item, values in zip(items, shown, strict=True):
        waiting.setdefault(_key(values), []).append(item)
    items_now = []
    for table in page.tables(name):
        keys = tuple(BLANKS[name])
        table.refuse_other_keys(keys)
        values = {}
        for key, empty in BLANKS[name].items():
            if isinstance(empty, bool):
                values[key] = table.flag(key)
            else:
                values[key] = table.raw(key) if isinstance(empty, str) else tuple(table.raw_items(key))
        same = waiting.get(_key(values))
        item = same.pop(0) if same else make(table)
        if item is not None:
            items_now.append(item)
    return tuple(items_now)


def _key(values: Shown) -> Hashable:
    return tuple(values.items())


def _in_order(before: Sequence[Occasion], now: Sequence[Occasion]) -> tuple[Occasion, ...]:
    """Return the occasions of now, those that stayed in the order they had."""
    left = Counter(now)
    kept = []
    for occasion in before:
        if left[occasion]:
            left[occasion] -= 1
            kept.append(occasion)
    return (
        tuple(dict.fromkeys([*kept, *now])) if kept != list(before) or any(left.values()) else tuple(before)
    )


class _Reading:
    """Makes the parts of a contact out of what a page says, and finds fault with what it cannot take."""

    def __init__(self, before: Contact, readers: Readers) -> None:
        self.before = before
        self.readers = readers
        self.shown = singles(before)

    def singles(self, top: Table) -> dict[str, Any]:
        texts = {
            key: self.shown[key] if top.raw(key) == self.shown[key] else top.text(key)
            for key in ("name", "organisation", "title", "language", "gender", *PARTS)
        }
        parts = Name(**{part: texts[key] for key, part in PARTS.items()})
        name, parts = self._named(texts["name"], parts)
        if not name:
            top.fault("name", "name is empty; a contact needs one")
        if texts["language"] not in ("", self.shown["language"]) and not is_language_tag(texts["language"]):
            top.fault("language", f"language is not a code, as en or de: {texts['language']}")
        if texts["gender"] not in ("", "f", "m", "o", "n", "u"):
            top.fault("gender", f"gender is none of f, m, o, n, u: {texts['gender']}")
        note = top.raw("vcard_note")
        lists = {
            field: self.shown[key] if tuple(top.raw_items(key)) == self.shown[key] else top.items(key)
            for key, field in LISTS.items()
        }
        return {
            **lists,
            "display_name": name,
            "name": parts,
            "org": texts["organisation"],
            "title": texts["title"],
            "language": texts["language"],
            "gender": texts["gender"],
            "note": note if note == self.shown["vcard_note"] else top.many_lines("vcard_note"),
        }

    def _named(self, name: str, parts: Name) -> tuple[str, Name]:
        """Let the display name follow its parts, or the parts the name, where only one of them changed."""
        old = self.before
        if not name:
            return (parts.spoken if parts != old.name or not old.display_name else ""), parts
        if not old.display_name:
            is_person = old.kind is Kind.INDIVIDUAL and parts == Name() and not means_several(name)
            return name, parts_of(tidy_name(name)[0]) if is_person else parts
        if parts == old.name:
            return name, follow_name(parts, old.display_name, name)
        if name == old.display_name:
            return follow_name_parts(name, old.name, parts), parts
        return name, parts

    def days(self, top: Table) -> list[Occasion]:
        occasions = []
        for key, kind in DAYS.items():
            occasion = first(self.before, kind)
            if top.raw(key) == self.shown[key]:
                occasions += [occasion] if occasion else []
            elif top.text(key) and (day := self._date(top, key)):
                occasions.append(Occasion(kind=kind, date=day, label=occasion.label if occasion else ""))
        return occasions

    def _date(self, table: Table, key: str) -> PartialDate | None:
        text = table.text(key)
        if not text:
            table.fault(key, f"{key} is empty")
            return None
        try:
            day = self.readers.day(text)
            if key in ("birthday", "died") and not self._has_come(day):
                raise ValueError("has not come yet")  # noqa: TRY301  refused as any other text is
        except ValueError as error:
            table.fault(key, f'{key}: "{text}" {error} - write {A_DAY}')
            return None
        return day

    def _has_come(self, day: PartialDate) -> bool:
        return day.year is None or str(day) <= str(self.readers.today)

    def phone(self, table: Table) -> Phone | None:
        number = table.text("number")
        if not any(map(str.isdigit, number)):
            table.fault("number", f"number has no digit: {number}" if number else "a phone needs its number")
        return Phone(value=number, types=self._types(table), label=table.text("label"))

    def email(self, table: Table) -> Email | None:
        email = table.text("email")
        if "@" not in email.strip("@") or " " in email:
            table.fault("email", f"this is no e-mail address: {email}" if email else "email is empty")
        return Email(value=email, types=self._types(table), label=table.text("label"))

    def _types(self, table: Table, *, preference: bool = True) -> tuple[str, ...]:
        types = tuple(dict.fromkeys(word.lower() for word in table.items("types")))
        for word in types:
            if not _WORD.match(word):
                table.fault("types", f"a type is one word, as home, work or cell: {word}")
        is_first = preference and table.flag("preferred") and "pref" not in types
        return (*types, "pref") if is_first else types

    def address(self, table: Table) -> Address | None:
        parts: dict[str, Any] = {part: table.many_lines(key) for key, part in ADDRESS.items()}
        parts["country"] = table.text("country")
        types = self._types(table, preference=False)
        made = Address(types=types, preferred=table.flag("preferred"))._replace(**parts)
        if made.is_empty:
            table.fault("", "an address needs a street, a town, a postcode or a label")
        placed = self._in_country(table, made)
        if any(placed.postal == address.postal for address in self.before.addresses):
            return placed
        return read_apart(placed, code_of=self.readers.country).address

    def _in_country(self, table: Table, made: Address) -> Address:
        """Give an address the code of its country; one that stands as it stood keeps what it had."""
        for address in self.before.addresses:
            if made.country == (address.country or address.country_code) and have_in_common(address, made):
                return made._replace(country=address.country, country_code=address.country_code)
        code = self.readers.country(made.country) if made.country else ""
        if made.country and not code:
            table.fault("country", f"no country is called that: {made.country} - its code serves too, as GB")
        return made._replace(country_code=code)

    def day(self, table: Table) -> Occasion | None:
        label = table.text("label")
        if not label:
            table.fault("", 'a day needs a label, as "name day"')
        date = self._date(table, "date")
        if date is None:
            return None
        # Of our calendar only this kind may be there several times: the others have an entry of their own.
        for kind in OccasionKind if date.other else (OccasionKind.ANNIVERSARY,):
            if kind is not OccasionKind.CUSTOM and label.casefold() == kind.value:
                return Occasion(kind=kind, date=date)
        return Occasion(kind=OccasionKind.CUSTOM, date=date, label=label)

    def relation(self, table: Table) -> Relation | None:
        kind, name, uid = table.text("kind").lower(), table.text("name"), table.text("uid")
        if not _KIND.match(kind):
            table.fault("kind", f"kind is not a plain word, as spouse or child: {kind}")
        if not (name or uid):
            table.fault("", "a relation needs the name of the other")
        return Relation(kind=kind, name=name, uid=uid)
