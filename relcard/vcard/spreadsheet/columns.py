"""What the columns of a spreadsheet are taken for: a guess by their names, and the user's word over it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.people.contact import fold
from relcard.errors import UsageError
from relcard.vcard.spreadsheet.column_words import FIELD_OF
from relcard.vcard.spreadsheet.column_words import NUMBERED
from relcard.vcard.spreadsheet.column_words import PLACE_OF
from relcard.vcard.spreadsheet.column_words import PLACES
from relcard.vcard.spreadsheet.column_words import TITLES
from relcard.vcard.spreadsheet.column_words import UNCLEAR_NAMES
from relcard.vcard.spreadsheet.column_words import fields_of
from relcard.vcard.spreadsheet.loose_dates import Order

if TYPE_CHECKING:
    from collections.abc import Sequence

KEEP = "keep"  # kept with the contact as it is: a column relcard has no use for

# What a column can be taken for. Those in _PLACED may have "home", "work" or "other" before them; the
# dates may be followed by the order of day and month.
FIELDS = (
    "name", "prefix", "given", "additional", "family", "suffix", "nickname", "sort", "org", "department",
    "title", "address", "po box", "extended", "street", "house number", "town", "region", "postcode",
    "country", "phone", "mobile", "fax", "email", "url", "birthday", "anniversary", "died", "partner",
    "spouse", "children", "tag", "note", "language", "uid", KEEP,
)  # fmt: skip
ADDRESS_FIELDS = frozenset(FIELDS[FIELDS.index("address") : FIELDS.index("country") + 1])
DATE_FIELDS = ("birthday", "anniversary", "died", "event")
_PLACED = ADDRESS_FIELDS | {"phone", "mobile", "fax", "email", "url"}
_NAMING = frozenset({"name", "given", "family", "nickname", "org", "email", "phone", "mobile"})

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")
_NUMBERED = re.compile(rf"({'|'.join(NUMBERED)}) (\d{{1,2}}) ([a-z ]+)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d ()./-]{7,20}", re.ASCII)
_LOOKED_AT = 50  # rows, where the names of the columns leave a doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in the file and what it is taken for.

    `field` is one of `FIELDS`, or a label or a value beside a label in a file of Google's; `place` is "home",
    "work", "other" or ""; `number` tells Google's "Phone 1" from "Phone 2".
    """

    header: str
    field: str
    place: str = ""
    number: str = ""
    order: Order | None = None

    @property
    def means(self) -> str:
        """What the column is taken for, in words that `with_choices` understands."""
        words = f"{self.place} {self.field}".strip()
        return f"{words}:{self.order.value}" if self.order else words


Columns = tuple[Column, ...]


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Columns:
    """Guess what each column is, by its name in any language; `rows` help where a name leaves a doubt."""
    known = fields_of([_plain(name) for name in header])
    columns = [
        replace(_guess(name), field=field) if field else _guess(name)
        for name, field in zip(header, known, strict=True)
    ]
    fields = {column.field for column in columns}
    for place, column in enumerate(columns):
        plain = _plain(column.header)
        unclear = UNCLEAR_NAMES.get(plain, "") if column.field == "name" else ""
        if unclear and unclear not in fields and _OTHER_PART[unclear] in fields:
            columns[place] = replace(column, field=unclear)
        elif plain == "title" and (
            any(_plain(other.header) in _JOBS for other in columns) or _are_titles(rows, place)
        ):
            columns[place] = replace(column, field="prefix")
        elif plain == "anniversaire" and any(_plain(other.header) in _BIRTH for other in columns):
            columns[place] = replace(column, field="anniversary")
    once: set[str] = set()
    for place, column in enumerate(columns):
        # Two columns of one kind: the first is it, unless there may be several.
        if column.field in _ONCE and column.field in once:
            columns[place] = replace(column, field=KEEP)
        once.add(column.field)
    return tuple(columns)


_OTHER_PART = {"given": "family", "family": "given"}
_JOBS = frozenset({"job title", "position", "organization title"})
_BIRTH = frozenset({"date de naissance", "birthday"})
_ONCE = frozenset({"name", "given", "family", "uid", "birthday", "sort", "language", "died"})


def guess_without_header(rows: Sequence[Sequence[str]]) -> Columns:
    """Guess by what stands in the cells: the first words are the name, e-mails and phones show themselves."""
    many = max(map(len, rows), default=0)
    columns = []
    named = False
    for place in range(many):
        cells = [row[place].strip() for row in rows[:_LOOKED_AT] if len(row) > place and row[place].strip()]
        field = KEEP
        if cells and all(map(_EMAIL.fullmatch, cells)):
            field = "email"
        elif cells and all(map(_PHONE.fullmatch, cells)):
            field = "phone"
        elif cells and not named and all(any(map(str.isalpha, one)) for one in cells):
            field, named = "name", True
        columns.append(Column(header=f"column {place + 1}", field=field))
    return tuple(columns)


def count_known(cells: Sequence[str]) -> int:
    """Return how many cells of a row are names of columns; 0 when none of them could name a contact."""
    known = [field for one in cells if one.strip() and (field := _guess(one).field) != KEEP]
    return len(known) if _NAMING & set(known) else 0


def with_choices(columns: Columns, choices: Sequence[str], *, source: str) -> Columns:
    """Return the columns with what the user said of some: "Nachname=family", "Straße 2=work street".

    Raises `UsageError` for a column that is not there and for a word that is none of `FIELDS`.
    """
    chosen = list(columns)
    for choice in choices:
        header, field, place, order = read_choice(choice)
        found = [number for number, one in enumerate(columns) if one.header.strip() == header]
        found = found or [
            number for number, one in enumerate(columns) if _plain(one.header) == _plain(header)
        ]
        if not found:
            there = ", ".join(one.header.strip() for one in columns[:40] if one.header.strip())
            raise UsageError(f'{source} has no column "{header}".', hint=f"Its columns are: {there}")
        for number in found:
            before = columns[number]
            of_google = before.number if place == before.place else ""
            chosen[number] = Column(
                header=before.header, field=field, place=place, number=of_google, order=order
            )
    return tuple(chosen)


def read_choice(choice: str) -> tuple[str, str, str, Order | None]:
    """Take "COLUMN=WORD" apart: column, field, place and order. Raises `UsageError`."""
    header, equals, words = choice.rpartition("=")
    if not equals or not header.strip():
        raise UsageError(
            f'"{choice}" does not say what a column is.', hint='For example: --map "Nachname=family"'
        )
    words, _, order_word = words.strip().lower().partition(":")
    first, _, rest = words.partition(" ")
    place, field = (first, rest) if first in PLACES and rest in _PLACED else ("", words)
    field = field.replace("-", " ")
    orders = {one.value: one for one in Order}
    if field not in FIELDS or (order_word and (order_word not in orders or field not in DATE_FIELDS)):
        raise UsageError(
            f'relcard takes no column for "{choice.rpartition("=")[2].strip()}".',
            hint=f"One of: {', '.join(FIELDS)}; home, work or other may stand before an address or a phone, "
            "and :day-first or :month-first behind a date.",
        )
    return header.strip(), field, place, orders.get(order_word)


def _guess(header: str) -> Column:
    plain = _plain(header)
    numbered = _NUMBERED.fullmatch(plain)
    if numbered:
        field = NUMBERED[numbered[1]].get(numbered[3].strip())
        if field:
            return Column(header=header, field=field, number=numbered[2])
    if plain in FIELD_OF:
        return Column(header=header, field=FIELD_OF[plain])
    words = plain.split()
    if len(words) > 6:
        return Column(header=header, field=KEEP)
    place = next((PLACE_OF[word] for word in words if word in PLACE_OF), "")
    bare = " ".join(word for word in words if word not in PLACE_OF)
    for rest in (bare, " ".join(word for word in bare.split() if not (word.isdigit() and len(word) == 1))):
        field = FIELD_OF.get(rest, "")
        if field and (not place or field in _PLACED):
            return Column(header=header, field=field, place=place)
    return Column(header=header, field=KEEP)


def _plain(header: str) -> str:
    return _NOT_PLAIN.sub(" ", fold(header[:200])).strip()


def _are_titles(rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = [fold(row[place]) for row in rows[:_LOOKED_AT] if len(row) > place and row[place].strip()]
    return bool(cells) and all(all(word.rstrip(".") in TITLES for word in one.split()) for one in cells)
