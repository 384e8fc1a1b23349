"""What the columns of a spreadsheet are taken for: a guess by their names, and the user's word over it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from relcard.domain.people.contact import fold
from relcard.domain.seasons.years import year_of_column
from relcard.errors import UsageError
from relcard.vcard.spreadsheet.column_words import FIELD_OF
from relcard.vcard.spreadsheet.column_words import NUMBERED
from relcard.vcard.spreadsheet.column_words import PLACE_OF
from relcard.vcard.spreadsheet.column_words import PLACES
from relcard.vcard.spreadsheet.column_words import SMALL_WORDS
from relcard.vcard.spreadsheet.column_words import TITLES
from relcard.vcard.spreadsheet.column_words import UNCLEAR_NAMES
from relcard.vcard.spreadsheet.column_words import fields_of
from relcard.vcard.spreadsheet.loose_dates import Order

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

KEEP = "keep"  # kept with the contact as it is: a column relcard has no use for

# What a column can be taken for. Those in _PLACED may have "home", "work" or "other" before them; the
# dates may be followed by the order of day and month.
FIELDS = (
    "name", "prefix", "given", "additional", "family", "suffix", "nickname", "sort", "org", "department",
    "title", "address", "po box", "extended", "street", "house number", "town", "region", "postcode",
    "country", "phone", "mobile", "fax", "email", "url", "birthday", "birth year", "birth month", "birth day",
    "anniversary", "died", "partner", "spouse", "children", "pets", "tag", "note", "language",
    "uid", "sent", "received", "sent and received", KEEP,
)  # fmt: skip
ADDRESS_FIELDS = frozenset(FIELDS[FIELDS.index("address") : FIELDS.index("country") + 1])
BIRTH_FIELDS = ("birth year", "birth month", "birth day")  # three columns of one date, as Thunderbird has it
YEAR_FIELDS = ("sent", "received", "sent and received")  # cards of one year
DATE_FIELDS = ("birthday", "anniversary", "died", "event")
_PLACED = ADDRESS_FIELDS | {"phone", "mobile", "fax", "email", "url"}
_NAMING = frozenset({"name", "given", "family", "nickname", "org", "email", "phone", "mobile"})

_NOT_PLAIN = re.compile(r"[\W_]+")
_NUMBERED = re.compile(rf"({'|'.join(NUMBERED)}) (\d{{1,2}}) ([a-z ]+)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d ()./-]{7,20}", re.ASCII)
_LOOKED_AT = 50  # rows, where the names of the columns leave a doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name in the file and what it is taken for.

    `field` is one of `FIELDS`, or a label or a value beside a label in a file of Google's; `place` is "home",
    "work", "other" or ""; `number` tells Google's "Phone 1" from "Phone 2". `year` is that of a
    column of cards.
    """

    header: str
    field: str
    place: str = ""
    number: str = ""
    order: Order | None = None
    year: int = 0

    @property
    def means(self) -> str:
        """What the column is taken for, in words that `with_choices` understands."""
        words = f"{self.place} {self.field}".strip()
        behind = self.order.value if self.order else self.year
        return f"{words}:{behind}" if behind else words


Columns = tuple[Column, ...]


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]] = ()) -> Columns:
    """Guess what each column is, by its name in any language; `rows` help where a name leaves a doubt."""
    known = fields_of([_plain(name) for name in header])
    columns = [
        _column(name, words) if words else _guess(name) for name, words in zip(header, known, strict=True)
    ]
    fields = {column.field for column in columns}
    for at, column in enumerate(columns):
        meant = _meant(columns, at, fields, rows)
        if meant != column.field:
            columns[at] = replace(column, field=meant)
    _give_places(columns)
    once: set[str] = set()
    for at, column in enumerate(columns):
        # Two columns of one kind: the first is it, unless there may be several.
        if column.field in _ONCE and column.field in once:
            columns[at] = replace(column, field="title" if column.field == "prefix" else KEEP)
        once.add(column.field)
    return tuple(columns)


def _meant(columns: Sequence[Column], at: int, fields: set[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the field of a column, whose name may mean another beside the other columns there are."""
    field, plain = columns[at].field, _plain(columns[at].header)
    others = {_plain(column.header) for column in columns}
    unclear = UNCLEAR_NAMES.get(plain, "") if field == "name" else ""
    if unclear and unclear not in fields and _OTHER_PART[unclear] in fields:
        return unclear
    if plain == "title" and (others & _JOBS or _are_titles(rows, at)):
        return "prefix"
    if plain == "anniversaire" and others & _BIRTH:
        return "anniversary"
    return _part_of_birth(field, plain, fields)


def _part_of_birth(field: str, plain: str, fields: set[str]) -> str:
    """Return what a column is beside others of a date in three columns."""
    if field == "birthday" and {"birth year", "birth month"} <= fields and "birth day" not in fields:
        return "birth day"  # German Thunderbird: Geburtsjahr, Geburtsmonat, Geburtstag
    if field not in {"birth month", "birth day"} or "birth year" in fields:
        return field
    if "birthday" in fields:
        return KEEP
    if {"birth month", "birth day"} <= fields:
        return field
    return "birthday" if plain in _DAY_OF_BIRTH else KEEP


_OTHER_PART = {"given": "family", "family": "given"}
_JOBS = frozenset({"job title", "position", "organization title"})
_BIRTH = frozenset({"date de naissance", "birthday"})
_DAY_OF_BIRTH = frozenset({"birth day", "day of birth", "tag der geburt"})
_ONCE = frozenset(
    {"name", "given", "family", "prefix", "uid", "birthday", "sort", "language", "died", *BIRTH_FIELDS}
)


def _give_places(columns: list[Column]) -> None:
    """Let a part of an address that says no place belong to the address in which it stands.

    Spanish Thunderbird writes "Provincia" between the town and the country of the home; the French one writes
    "Ville" and "Code postal" twice, behind the street at home and behind the one at work.
    """
    times = Counter(column.header for column in columns)
    place = ""
    for at, column in enumerate(columns):
        if column.field not in ADDRESS_FIELDS:
            place = ""
        elif column.place:
            place = column.place
        elif place and (times[column.header] > 1 or _next_place(columns[at + 1 :]) == place):
            columns[at] = replace(column, place=place)


def _next_place(columns: Sequence[Column]) -> str:
    parts = takewhile(lambda column: column.field in ADDRESS_FIELDS, columns)
    return next((column.place for column in parts if column.place), "")


def guess_without_header(rows: Sequence[Sequence[str]]) -> Columns:
    """Guess by what stands in the cells: the first words are the name, e-mails and phones show themselves."""
    fields: list[str] = []
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place].strip() for row in rows[:_LOOKED_AT] if len(row) > place and row[place].strip()]
        field = _field_of_cells(cells) if cells else KEEP
        fields.append(KEEP if field == "name" and field in fields else field)
    return tuple(
        Column(header=f"column {number}", field=field) for number, field in enumerate(fields, start=1)
    )


def _field_of_cells(cells: Sequence[str]) -> str:
    """Return what all of some cells look like: an e-mail, a phone, words that may be a name."""
    if all(map(_EMAIL.fullmatch, cells)):
        return "email"
    if all(map(_PHONE.fullmatch, cells)):
        return "phone"
    return "name" if all(any(map(str.isalpha, cell)) for cell in cells) else KEEP


def count_known(cells: Sequence[str]) -> int:
    """Return how many cells of a row are names of columns; 0 when none of them could name a contact."""
    known = [field for cell in cells if cell.strip() and (field := _guess(cell).field) != KEEP]
    return len(known) if _NAMING & set(known) else 0


def with_choices(columns: Columns, choices: Sequence[str], *, source: str) -> Columns:
    """Return the columns with what the user said of some: "Nachname=family", "Straße 2=work street".

    Raises `UsageError` for a column that is not there and for a word that is none of `FIELDS`.
    """
    chosen = list(columns)
    for choice in choices:
        wanted = read_choice(choice)
        numbers = [number for number, column in enumerate(columns) if column.header.strip() == wanted.header]
        numbers = numbers or [
            number for number, column in enumerate(columns) if _plain(column.header) == _plain(wanted.header)
        ]
        if not numbers:
            there = ", ".join(one.header.strip() for one in columns[:40] if one.header.strip())
            raise UsageError(f'{source} has no column "{wanted.header}".', hint=f"Its columns are: {there}")
        for number in numbers:
            before = columns[number]
            of_google = before.number if wanted.place == before.place else ""
            chosen[number] = replace(wanted, header=before.header, number=of_google)
    return tuple(chosen)


def read_choice(choice: str) -> Column:
    """Take "COLUMN=WORD" apart into the column it asks for. Raises `UsageError`."""
    header, equals, words = choice.rpartition("=")
    if not equals or not header.strip():
        raise UsageError(
            f'"{choice}" does not say what a column is.', hint='For example: --map "Nachname=family"'
        )
    words, _, behind = words.strip().lower().partition(":")
    first, _, rest = words.partition(" ")
    place, field = (first, rest) if first in PLACES and rest in _PLACED else ("", words)
    field = field.replace("-", " ")
    orders = {one.value: one for one in Order}
    year = int(behind) if re.fullmatch(r"(?:19|20)\d\d", behind) else 0
    fits = bool(year) if field in YEAR_FIELDS else not behind or (behind in orders and field in DATE_FIELDS)
    if field not in FIELDS or not fits:
        raise UsageError(
            f'relcard takes no column for "{choice.rpartition("=")[2].strip()}".',
            hint=f"One of: {', '.join(FIELDS)}; home, work or other may stand before an address or a phone, "
            ":day-first or :month-first behind a date, and a year behind cards: sent:2019.",
        )
    return Column(header=header.strip(), field=field, place=place, order=orders.get(behind), year=year)


def address_word(header: str) -> str:
    """Return the part of an address of which a word in a column's name speaks, "" for none."""
    fields = (_column(header, FIELD_OF.get(word, KEEP)) for word in _plain(header).split())
    return next((column.means for column in fields if column.field in _TELLING), "")


# A word of these in the name of a column makes it one of an address; "place" and "state" say too little.
_TELLING = frozenset({"address", "po box", "street", "postcode", "country"})


def _column(header: str, words: str, *, place: str = "") -> Column:
    """Return a column taken for "street" or "home street"."""
    first, _, rest = words.partition(" ")
    if first in PLACES and rest in _PLACED:
        return Column(header=header, field=rest, place=first)
    return Column(header=header, field=KEEP if words in YEAR_FIELDS else words, place=place)


def _guess(header: str) -> Column:
    plain = _plain(header)
    words = plain.split()
    for column in (_numbered(header, plain), _of_cards(header, words)):
        if column is not None:
            return column
    for whole in (plain, " ".join(filter(_says, words))):
        if field := _plain_field(whole):
            return _column(header, field)
    if len(words) > _MOST_WORDS:
        return Column(header=header, field=KEEP)
    place = next((PLACE_OF[word] for word in words if word in PLACE_OF), "")
    for rest in _plainer([word for word in words if word not in PLACE_OF]):
        field = _plain_field(rest)
        if field and (not place or field in _PLACED):
            return _column(header, field, place=place)
    return Column(header=header, field=KEEP)


def _numbered(header: str, plain: str) -> Column | None:
    """Return a column of several of a kind, as Google numbers them: E-mail 1 - Value."""
    numbered = _NUMBERED.fullmatch(plain)
    field = NUMBERED[numbered[1]].get(numbered[3].strip()) if numbered else None
    return Column(header=header, field=field, number=numbered[2]) if numbered and field else None


def _of_cards(header: str, words: list[str]) -> Column | None:
    """Return a column of what was sent or came in a year: Sent 2019."""
    year, others = year_of_column(words)
    field = FIELD_OF.get(" ".join(others), KEEP)
    return Column(header=header, field=field, year=year) if year and field in YEAR_FIELDS else None


def _plain_field(name: str) -> str:
    """Return the field a name stands for without a year beside it, "" for none."""
    field = FIELD_OF.get(name, "")
    return "" if field in YEAR_FIELDS else field


def _plainer(words: list[str]) -> Iterator[str]:
    """Yield a name plainer and plainer: without its number, small words, "address" beside a part of one."""
    yield " ".join(words)
    words = list(filter(_says, words))
    yield " ".join(words)
    words = [word for word in words if word not in SMALL_WORDS]
    yield " ".join(words)
    yield " ".join(word for word in words if FIELD_OF.get(word) != "address")


_MOST_WORDS = 6  # of the name of a column that may be one of ours


def _says(word: str) -> bool:
    """Whether a word of a column's name is no number that tells "Street 2" from "Street 3"."""
    return not (word.isdigit() and len(word) == 1)


def _plain(header: str) -> str:
    return _NOT_PLAIN.sub(" ", fold(header[:200])).strip()


def _are_titles(rows: Sequence[Sequence[str]], place: int) -> bool:
    cells = [fold(row[place]) for row in rows[:_LOOKED_AT] if len(row) > place and row[place].strip()]
    return bool(cells) and all(all(word.rstrip(".") in TITLES for word in one.split()) for one in cells)
