"""One row of a spreadsheet as one vCard 3.0: what no property holds stays beside the name of its column."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.domain.people.typed_address import read_apart
from relcard.vcard import dialects
from relcard.vcard.properties import COLUMN
from relcard.vcard.properties import YEAR_OF_CARDS
from relcard.vcard.spreadsheet.column_words import ANDS
from relcard.vcard.spreadsheet.column_words import COURTESY
from relcard.vcard.spreadsheet.columns import ADDRESS_FIELDS
from relcard.vcard.spreadsheet.columns import BIRTH_FIELDS
from relcard.vcard.spreadsheet.columns import DATE_FIELDS
from relcard.vcard.spreadsheet.columns import KEEP
from relcard.vcard.spreadsheet.loose_dates import date_of_columns
from relcard.vcard.spreadsheet.loose_dates import read_loose_date
from relcard.vcard.spreadsheet.loose_dates import says_nothing
from relcard.vcard.write import BAG_LINES
from relcard.vcard.write import SINGLE_LINES
from relcard.vcard.write import Property
from relcard.vcard.write import escaped
from relcard.vcard.write import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.domain.dates import PartialDate
    from relcard.vcard.spreadsheet.columns import Column

ROW = "X-RELCARD-ROW"
VERSION = "3.0"

_SEVERAL = ":::"  # Google's sign between the values of one cell
# "n/a" is one word.
_LIST = re.compile(rf"[,;\n]|(?<!\b[nN])/|\s(?:{'|'.join(sorted(ANDS))}|&|\+)\s|:::")
_TYPES = {
    "home": ("home",), "privat": ("home",), "private": ("home",), "work": ("work",), "other": (),
    "mobile": ("cell",), "cell": ("cell",), "main": ("main",), "home fax": ("home", "fax"),
    "work fax": ("work", "fax"), "fax": ("fax",), "pager": ("pager",), "iphone": ("cell", "iphone"),
}  # fmt: skip
_KINDS: dict[str, tuple[str, ...]] = {"phone": (), "mobile": ("cell",), "fax": ("fax",)}
_BEHIND_NAMES = frozenset({"jr", "sr", "phd", "ph.d", "md", "m.d", "esq", "ltd", "inc", "gmbh", "ii", "iii"})
_DATE_NAMES = {
    "birthday": "BDAY",
    "anniversary": "X-ANNIVERSARY",
    "died": "X-DEATHDATE",
    "event": "X-ABDATE",
}
_OCCASIONS = {
    "birthday": OccasionKind.BIRTHDAY,
    "anniversary": OccasionKind.ANNIVERSARY,
    "died": OccasionKind.REMEMBRANCE,
}


def row_to_card(
    columns: Sequence[Column],
    cells: Sequence[str],
    *,
    code_of: Callable[[str], str],
    today: date | None = None,
) -> bytes:
    """Return the vCard of a row: the same bytes for the same row and columns.

    Every cell that says something is in it: as the value of a property where that has it word for word, else
    as `X-RELCARD-COLUMN;X-NAME=<column>:<cell>`. Without a name, e-mail or phone the vCard names no one.
    """
    return _Row(columns, cells, code_of, today).card()


def whole_row(cells: Iterable[str]) -> bytes:
    """Return a row that cannot be understood as a vCard that only keeps its cells."""
    text = escaped("\t".join(cells), VERSION)
    return _wrapped([fold(f"{ROW}:{text}".encode("utf-8", "replace"))])


@lru_cache(maxsize=4096)
def _year_line(header: str, field: str, year: int, text: str) -> bytes:
    """Return the line of a cell of a column of cards, with the column's name and which cards it tells of."""
    params = (("X-NAME", header.strip()),) if header.strip() else ()
    cards = (YEAR_OF_CARDS, f"{field} {year}")
    return _line(Property(name=COLUMN, value=escaped(text, VERSION), params=(*params, cards)))


class _Row:
    """One row on its way into a vCard."""

    def __init__(
        self,
        columns: Sequence[Column],
        cells: Sequence[str],
        code_of: Callable[[str], str],
        today: date | None,
    ) -> None:
        self.code_of = code_of
        self.today = today
        self.cells: list[tuple[Column, str]] = []
        self.years: list[bytes] = []  # the lines of cards of past years, which are many and much alike
        for column, cell in zip(columns, cells, strict=True):
            if not cell or cell.isspace():
                continue
            text = cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell
            if column.year:
                self.years.append(_year_line(column.header, column.field, column.year, text))
            else:
                self.cells.append((column, text))
        self.by_field: dict[str, list[tuple[Column, str]]] = defaultdict(list)
        for column, text in self.cells:
            if column.field != KEEP:
                self.by_field[column.field].append((column, text.strip()))
        self.own_labels: dict[Address | str, str] = {}  # of addresses and websites
        self.said: set[str] = set()  # values that stand in the vCard word for word
        self.texts: list[Property] = []  # dates that are none, to be remarked on by whoever reads the vCard

    def card(self) -> bytes:
        """Return the vCard's bytes."""
        contact = self._contact()
        properties: list[Property] = []
        for name, lines in SINGLE_LINES.items():
            if name == "org":
                properties += self._org()
            elif contact.display_name or name not in {"display_name", "name"}:
                properties += lines(contact, VERSION)
        properties += self._lines_of_items(contact)
        if contact.phonetic:
            properties.append(Property(name="SORT-STRING", value=escaped(contact.phonetic, VERSION)))
        return _wrapped([*map(_line, [*properties, *self.texts, *self._kept()]), *self.years])

    def _lines_of_items(self, contact: Contact) -> Iterable[Property]:
        """Return the lines of addresses, phones and so on; those of one item have a group of their own."""
        number = 0
        for name, items in BAG_LINES.items():
            for item in getattr(contact, name):
                lines = items(item, VERSION)
                if label := self.own_labels.get(item):
                    lines.append(Property(name="X-ABLabel", value=escaped(label, VERSION), group="item"))
                    self.said.add(label)
                if any(line.group for line in lines):
                    number += 1
                    lines = [replace(line, group=f"item{number}") for line in lines]
                yield from lines

    def _kept(self) -> Iterable[Property]:
        """Return a line for each cell that no property holds word for word."""
        for column, text in self.cells:
            if column.field == KEEP or text.strip() not in self.said:
                name = column.header.strip()
                params = (("X-NAME", name),) if name else ()
                yield Property(name=COLUMN, value=escaped(text, VERSION), params=params)

    def _contact(self) -> Contact:
        name = Name(
            family=self._one("family"),
            given=self._one("given"),
            additional=self._one("additional"),
            prefixes=self._one("prefix"),
            suffixes=self._one("suffix"),
        )
        display_name, name = self._called(name)
        phones = tuple(self._phones())
        emails = tuple(
            Email(value=value, types=types, label=label) for value, types, label in self._values("email")
        )
        org = self.by_field["org"]
        relations = tuple(self._relations())
        reach = (*(one.value for one in emails), *(one.value for one in phones))
        candidates = (display_name, *(text for _, text in org), *reach)
        return Contact(
            uid=self._one("uid"),
            display_name=next((one for one in candidates if one), ""),
            name=name,
            nicknames=tuple(self._listed("nickname")),
            phonetic=self._one("sort"),
            title=self._one("title"),
            addresses=tuple(self._addresses()),
            phones=phones,
            emails=emails,
            urls=tuple(self._urls()),
            occasions=tuple(self._occasions()),
            relations=relations,
            tags=tuple(one.removeprefix("* ") for one in self._listed("tag") if not _is_of_google(one)),
            note=self._note(),
            language=self._language(),
        )

    def _called(self, name: Name) -> tuple[str, Name]:
        """Return what a row calls its contact, and its name, also where that is "Quill, Nora"."""
        display_name = " ".join(self._one("name").split("\n")) or _uncourteous(name).spoken
        is_addressee = self._one("uid").startswith(dialects.HOUSEHOLD_OF)
        if name != Name() or display_name.count(",") != 1 or is_addressee:
            return display_name, name
        family, given = map(str.strip, display_name.split(","))
        if not (family and given) or given.rstrip(".").lower() in _BEHIND_NAMES:
            return display_name, name
        self.said.discard(self.by_field["name"][0][1])
        return f"{given} {family}", Name(family=family, given=given)

    def _one(self, field: str) -> str:
        cells = self.by_field.get(field)
        if not cells or "\n" in cells[0][1]:
            return " ".join(cells[0][1].split()) if cells else ""
        self.said.add(cells[0][1])
        return cells[0][1]

    def _note(self) -> str:
        notes = [text for _, text in self.by_field.get("note", ())]
        self.said.update(notes)
        return "\n\n".join(notes)

    def _language(self) -> str:
        text = self._one("language")
        is_code = re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", text)
        self.said -= set() if is_code else {text}
        return text if is_code else ""

    def _org(self) -> list[Property]:
        parts = [text for field in ("org", "department") for _, text in self.by_field.get(field, ())]
        self.said.update(parts)
        return [Property(name="ORG", value=";".join(escaped(one, VERSION) for one in parts))] if parts else []

    def _split(self, text: str) -> list[str]:
        """Return the values of a cell, of which Google may put several into one; each on one line."""
        values = [words for one in text.split(_SEVERAL) if (words := " ".join(one.split()))]
        self.said.update(values)
        return values

    def _values(self, field: str) -> list[tuple[str, tuple[str, ...], str]]:
        """Return value, types and label of each phone, e-mail or address on the web."""
        if field not in self.by_field:
            return []
        labels = {one.number: text for one, text in self.by_field.get(f"{field} label", ())}
        values = []
        for column, text in self.by_field[field]:
            label = labels.get(column.number, "") if column.number else ""
            types, label = _types(label or column.place)
            kind = _KINDS.get(field, ())
            values += [
                (value, (*types, *(one for one in kind if one not in types)), label)
                for value in self._split(_several_emails(text) if field == "email" else text)
            ]
        return values

    def _phones(self) -> Iterable[Phone]:
        for field in _KINDS:
            for value, types, label in self._values(field):
                yield Phone(value=value, types=types, label=label)

    def _urls(self) -> Iterable[str]:
        for value, _, label in self._values("url"):
            if label and _TYPE_MARK.sub("", label).lower() not in _PLAIN_SITES:
                self.own_labels[value] = label
            yield value

    def _listed(self, field: str) -> list[str]:
        listed = []
        for _, text in self.by_field.get(field, ()):
            values = [one.strip() for one in re.split(r"[,;\n]|:::", text) if one.strip()]
            # A tag that Google marks with a star, or has for itself, does not stand in the card as it was.
            if values == [text] and not (field == "tag" and (text.startswith("* ") or _is_of_google(text))):
                self.said.add(text)
            listed += values
        return listed

    def _occasions(self) -> Iterable[Occasion]:
        labels = {one.number: text for one, text in self.by_field.get("event label", ())}
        yield from self._birthday_of_columns()
        for field in DATE_FIELDS:
            for column, text in self.by_field.get(field, ()):
                if says_nothing(text):
                    continue
                label = _TYPE_MARK.sub("", labels.get(column.number, "")) if field == "event" else ""
                kind = _OCCASIONS.get(field, OccasionKind.CUSTOM)
                if label.lower() in dialects.ANNIVERSARY_LABELS:
                    kind, label = OccasionKind.ANNIVERSARY, ""
                date = read_loose_date(text, column.order, today=self.today)
                if date is not None and field == "birthday" and date.year is None and date.other is None:
                    date = self._with_year(date)
                if date is not None:
                    yield Occasion(kind=kind, date=date, label=label)
                    if str(date) == text:
                        self.said.add(text)
                else:
                    self.said.add(text)
                    self._keep_as_text(_DATE_NAMES[field], text)

    def _birthday_of_columns(self) -> Iterable[Occasion]:
        """Return the birthday whose year, month and day have columns of their own."""
        if self.by_field.get("birthday"):
            return
        parts = [self._one(field) for field in BIRTH_FIELDS]
        if not any(part.strip("0") for part in parts):
            return
        date = date_of_columns(*parts, today=self.today)
        if date is None:
            self._keep_as_text("BDAY", "-".join(part for part in parts if part))
        else:
            yield Occasion(kind=OccasionKind.BIRTHDAY, date=date)
            # What the date does not say word for word stays beside the name of its column.
            self.said -= set(parts) - set(re.split(r"\D+", str(date)))

    def _with_year(self, date: PartialDate) -> PartialDate:
        """Return a birthday with the year that has a column of its own."""
        year = self._one("birth year")
        whole = date_of_columns(year, str(date.month or ""), str(date.day or ""), today=self.today)
        return whole or date

    def _keep_as_text(self, name: str, text: str) -> None:
        self.texts.append(Property(name=name, value=escaped(text, VERSION), params=(("VALUE", "text"),)))

    def _relations(self) -> Iterable[Relation]:
        labels = {one.number: text for one, text in self.by_field.get("relation label", ())}
        for field, kind in (
            ("spouse", "spouse"),
            ("partner", "partner"),
            ("relation", ""),
            ("children", "child"),
            ("pets", "pet"),
        ):
            for column, text in self.by_field.get(field, ()):
                words = kind or _TYPE_MARK.sub("", labels.get(column.number, "")).lower()
                names = (
                    [name.strip() for name in _LIST.split(text)]
                    if kind in ("child", "pet")
                    else self._split(text)
                )
                for name in names:
                    if name:
                        yield Relation(kind=words or "contact", name=" ".join(name.split()))
                        self.said.add(" ".join(name.split()))

    def _addresses(self) -> Iterable[Address]:
        places: dict[tuple[str, str], dict[str, list[str]]] = {}
        for column, text in self.cells:
            if column.field in ADDRESS_FIELDS:
                parts = places.setdefault((column.place, column.number), defaultdict(list))
                parts[column.field].append(text.strip())
        labels = {column.number: text for column, text in self.by_field.get("address label", ())}
        for (place, number), parts in places.items():
            types, label = _types(labels.get(number, "") if number else place)
            types = (*types, label.lower()) if label.lower() in dialects.ADDRESS_LABELS else types
            kinds = tuple(kind for kind in types if kind != "pref")
            for one_place in filter(_is_said, _several_places(parts)):
                address = self._address(one_place)._replace(types=kinds, preferred=kinds != types)
                if label and label.lower() not in dialects.ADDRESS_LABELS:
                    self.own_labels[address] = label
                yield address

    def _address(self, parts: dict[str, list[str]]) -> Address:
        whole = "\n".join(parts.get("address", ()))
        country = self._joined(parts, "country", "\n")
        if whole and not any(parts.get(one) for one in ("street", "town", "postcode", "region", "po box")):
            address = _of_one_cell(whole, country, self.code_of)
            self.said.update({address.street, address.locality, address.label} & set(parts["address"]))
            return address
        street = self._joined(parts, "street", "\n", with_numbers=True)
        if whole and not street:
            street = whole
            self.said.update(parts["address"])
        return Address(
            po_box=self._joined(parts, "po box", "\n"),
            extended=self._joined(parts, "extended", "\n"),
            street=street,
            locality=self._joined(parts, "town", "\n"),
            region=self._joined(parts, "region", "\n"),
            postcode=self._joined(parts, "postcode", " "),
            country=country,
        )

    def _joined(
        self, parts: dict[str, list[str]], field: str, glue: str, *, with_numbers: bool = False
    ) -> str:
        texts = [one for one in parts.get(field, ()) if one]
        self.said.update(texts)
        numbers = [one for one in parts.get("house number", ()) if one] if with_numbers else []
        if numbers:
            self.said.update(numbers)
            number_first = list(parts).index("house number") < list(parts).index(field) if texts else True
            first = " ".join([*numbers, *texts[:1]] if number_first else [*texts[:1], *numbers])
            texts = [first, *texts[1:]]
        return glue.join(texts)


def _several_places(parts: dict[str, list[str]]) -> list[dict[str, list[str]]]:
    """Return the parts of each address, of which Google may put several into the cells of one."""
    if not any(_SEVERAL in text for texts in parts.values() for text in texts):
        return [parts]
    places: list[dict[str, list[str]]] = [
        {} for _ in range(max(text.count(_SEVERAL) + 1 for texts in parts.values() for text in texts))
    ]
    for field, texts in parts.items():
        for at, place in enumerate(places):
            place[field] = [split[at].strip() for text in texts if at < len(split := text.split(_SEVERAL))]
    return places


def _is_said(parts: dict[str, list[str]]) -> bool:
    return any(any(texts) for texts in parts.values())


def _of_one_cell(text: str, country: str, code_of: Callable[[str], str]) -> Address:
    """Return the parts of an address, or its lines as a label: what its owner would write is never wrong."""
    lines = [line for piece in text.split("\n" if "\n" in text else ",") if (line := piece.strip(" ,\t"))]
    whole = Address(label="\n".join(lines), country=country)
    read = read_apart(whole, code_of=code_of).address
    if read is not whole:
        return read._replace(label="", country_code="")
    if not country and len(lines) > 1 and code_of(lines[-1]) and not any(map(str.isdigit, lines[-1])):
        country = lines.pop()
    if not country and len(lines) == 1:
        return Address(street=lines[0])
    return whole._replace(label="\n".join([*lines, *([country] if country else [])]), country=country)


def _several_emails(text: str) -> str:
    """Part what abook and hands write into one cell, "a@example.org,b@example.org", as Google would."""
    values = [value for value in re.split(r"[,;\s]+", text) if value]
    are_emails = len(values) > 1 and all(map(_EMAIL.fullmatch, values))
    return _SEVERAL.join(values) if are_emails else text


_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")
_PLAIN_SITES = frozenset({"homepage", "home page", "profile", "blog", "website"})  # Google's own words
_TYPE_MARK = re.compile(r"^\*\s*")  # Google's star before the label of the one to use


def _types(label: str) -> tuple[tuple[str, ...], str]:
    """Return the types a label stands for, or the label where it is a word of the user's own."""
    preferred = ("pref",) if label.startswith("*") else ()
    label = " ".join(_TYPE_MARK.sub("", label).split())
    types = _TYPES.get(label.lower()) if label else ()
    return (preferred, label) if types is None else ((*types, *preferred), "")


def _uncourteous(name: Name) -> Name:
    """Return a name without Mr and Mrs, by which nobody is looked for; a doctor stays one."""
    words = [one for one in name.prefixes.split() if one.lower().rstrip(".") not in COURTESY]
    return name._replace(prefixes=" ".join(words))


def _is_of_google(tag: str) -> bool:
    return tag.lower() in dialects.SYSTEM_TAGS


def _line(line: Property) -> bytes:
    head = f"{line.group}.{line.name}" if line.group else line.name
    for key, value in line.params:
        if key == "TYPE":
            head += "".join(f";TYPE={kind}" for kind in value.split(","))
            continue
        text = value.replace("^", "^^").replace("\n", "^n").replace('"', "^'")  # RFC 6868
        head += f';{key}="{text}"' if any(mark in text for mark in ",;:") else f";{key}={text}"
    return fold(f"{head}:{line.value}".encode("utf-8", "replace"))


def _wrapped(lines: Iterable[bytes]) -> bytes:
    return b"".join((b"BEGIN:VCARD\r\nVERSION:3.0\r\n", *lines, b"END:VCARD\r\n"))
