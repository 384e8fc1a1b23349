"""The rows of a spreadsheet, wherever they come from: which name the columns, and what each column is."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import Problem
from relcard.vcard.assemble import no_code
from relcard.vcard.split import RawCard
from relcard.vcard.spreadsheet.columns import ADDRESS_FIELDS
from relcard.vcard.spreadsheet.columns import DATE_FIELDS
from relcard.vcard.spreadsheet.columns import KEEP
from relcard.vcard.spreadsheet.columns import Column
from relcard.vcard.spreadsheet.columns import address_word
from relcard.vcard.spreadsheet.columns import count_known
from relcard.vcard.spreadsheet.columns import guess_columns
from relcard.vcard.spreadsheet.columns import guess_without_header
from relcard.vcard.spreadsheet.columns import read_choice
from relcard.vcard.spreadsheet.columns import with_choices
from relcard.vcard.spreadsheet.loose_dates import is_ambiguous
from relcard.vcard.spreadsheet.loose_dates import order_of
from relcard.vcard.spreadsheet.row_to_card import row_to_card
from relcard.vcard.spreadsheet.row_to_card import whole_row

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from datetime import date

    from relcard.vcard.spreadsheet.columns import Columns

MAX_COLUMNS = 400
LOOKED_AT = 20  # rows above which the names of the columns are looked for
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n")  # what an apostrophe keeps from being a formula


class Row(NamedTuple):
    """A row's cells and its line in the file, counted from 1; `cells` is None where it is no row at all."""

    line: int
    cells: list[str]
    is_whole: bool = True  # False: beyond what a row may be; kept, not understood


class Spreadsheet:
    """A file that was taken apart. `columns` says what each column is taken for."""

    def __init__(self, rows: list[Row], columns: Columns, source: str) -> None:
        self.columns = columns
        self.rows = rows
        self.source = source

    def examples(self) -> tuple[str, ...]:
        """Return the first thing each column says."""
        examples = [""] * len(self.columns)
        missing = set(range(len(examples)))
        for row in self.rows:
            for place in sorted(missing):
                if row.is_whole and place < len(row.cells) and row.cells[place].strip():
                    examples[place] = row.cells[place].strip()
                    missing.discard(place)
            if not missing:
                break
        return tuple(examples)

    def cards(
        self, *, code_of: Callable[[str], str] = no_code, today: date | None = None
    ) -> Iterator[RawCard]:
        """Yield each row that says something as a vCard; `line` is that of the row in the file.

        `code_of` gives the ISO 3166-1 code of a country as people write it; a year in two digits is the last
        that `today` has seen.
        """
        ordinal = 0
        for row in self.rows:
            if not any(map(str.strip, row.cells)):
                continue
            if row.is_whole:
                columns = self._columns_of(row)
                cells = [_unguarded(cell) if cell[:1] == "'" else cell for cell in row.cells]
                cells += [""] * (len(columns) - len(cells))
                raw = row_to_card(columns, cells, code_of=code_of, today=today)
            else:
                raw = whole_row(row.cells)
            yield RawCard(raw=raw, line=row.line, ordinal=ordinal, closed=True, is_row=True)
            ordinal += 1

    def _columns_of(self, row: Row) -> Columns:
        more = range(len(self.columns), len(row.cells))
        if not more:
            return self.columns
        return (*self.columns, *(Column(header=f"column {place + 1}", field="keep") for place in more))


def row_of(line: int, cells: list[str], problems: list[Problem], source: str) -> Row:
    """Return a row; one beyond all limits is a problem, kept and not understood."""
    if len(cells) > MAX_COLUMNS and len(_without_empty_end(cells)) > MAX_COLUMNS:
        problems.append(Problem(source, line, "", f"a row of {len(cells)} cells - kept as it is"))
        return Row(line, cells, is_whole=False)
    return Row(line, cells[:MAX_COLUMNS])


def take_rows(
    rows: list[Row], *, source: str, problems: list[Problem], choices: Sequence[str] = ()
) -> Spreadsheet:
    """Find the names of the columns and guess what they are; `choices` ("Name=family") have the last word.

    Rows above the names of the columns are left out. Raises `UsageError` for a choice that cannot be.
    """
    header = header_row(rows, choices)
    if header is None:
        columns = guess_without_header([row.cells for row in rows if row.is_whole])
    else:
        below = [row.cells for row in rows[header + 1 :] if row.is_whole]
        columns = guess_columns(_without_empty_end(rows[header].cells), below)
        rows = rows[header + 1 :]
    columns = with_choices(columns, choices, source=source)
    columns = _with_orders(columns, rows, source, problems)
    sheet = Spreadsheet(rows, columns, source)
    _say_unread_addresses(sheet, problems)
    return sheet


def _say_unread_addresses(sheet: Spreadsheet, problems: list[Problem]) -> None:
    """Say which columns look like an address where the book would come in without any."""
    columns = [column for column, says in zip(sheet.columns, sheet.examples(), strict=True) if says]
    if any(column.field in ADDRESS_FIELDS for column in columns):
        return
    words = {column.header.strip(): _looks_like(sheet, column) for column in columns if column.field == KEEP}
    unread = {header: word for header, word in words.items() if word}
    if not unread:
        return
    listed = ", ".join(f'"{header}"' for header in list(unread)[:_MOST_NAMED])
    if len(unread) > _MOST_NAMED:
        listed += f" and {len(unread) - _MOST_NAMED} more"
    look = f"the column {listed} looks like an address and is not read"
    if len(unread) > 1:
        look = f"the columns {listed} look like an address and are not read"
    first, word = next(iter(unread.items()))
    message = f'no address in this book: {look}. Say --map "{first}={word}"'
    problems.append(Problem(sheet.source, 1, "", message))


def _looks_like(sheet: Spreadsheet, column: Column) -> str:
    """Return the part of an address that a column's name or its cells speak of, "" for none."""
    at = sheet.columns.index(column)
    cells = [row.cells[at] for row in sheet.rows[:LOOKED_AT] if row.is_whole and len(row.cells) > at]
    return address_word(column.header) or _shape(list(filter(str.strip, cells)))


_MOST_NAMED = 5
_SHAPES = {
    "address": re.compile(r".*\d.*[,\n].*\d{4}.*|.*\d{4}.*[,\n].*\d.*", re.DOTALL),
    "street": re.compile(
        r"[^\W\d][^\d,@:/]{2,40}\s\d{1,4}\s?[a-zA-Z]?|\d{1,5}[a-zA-Z]?,?\s[^\W\d][^\d@:]{3,40}"
    ),
    "postcode": re.compile(r"\d{5}(?:-\d{4})?|\d{2}-\d{3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4} ?[A-Z]{2}"),
}


def _shape(cells: Sequence[str]) -> str:
    """Return what nearly all cells look like, "" for nothing of an address."""
    for word, shape in _SHAPES.items():
        if len(cells) > 1 and sum(bool(shape.fullmatch(cell.strip())) for cell in cells) >= 0.8 * len(cells):
            return word
    return ""


def header_row(rows: Sequence[Row], choices: Sequence[str]) -> int | None:
    """Return which row names the columns: of the first ones the one with the most names that are known.

    Those that the user's `choices` name are known most of all.
    """
    named = [read_choice(choice).header for choice in choices]
    best, most = None, 0
    for place, row in enumerate(rows[:LOOKED_AT]):
        if not row.is_whole:
            continue
        cells = [cell.strip() for cell in row.cells]
        known = count_known(cells) + MAX_COLUMNS * sum(header in cells for header in named)
        if known > most:
            best, most = place, known
    return best


def _without_empty_end(cells: list[str]) -> list[str]:
    last = max((place for place, cell in enumerate(cells) if cell.strip()), default=-1)
    return cells[: last + 1]


def _with_orders(columns: Columns, rows: Sequence[Row], source: str, problems: list[Problem]) -> Columns:
    """Decide for each column of dates which number comes first, and name the ones that do not tell.

    A column whose own dates do not tell is written as the other columns are: one program wrote them all.
    """
    texts = {
        place: [row.cells[place] for row in rows if row.is_whole and len(row.cells) > place]
        for place, column in enumerate(columns)
        if column.field in DATE_FIELDS
    }
    overall = order_of(text for cells in texts.values() for text in cells)
    decided = list(columns)
    for place, cells in texts.items():
        column = columns[place]
        order = column.order or order_of(cells) or overall
        decided[place] = replace(column, order=order)
        unclear = sum(map(is_ambiguous, cells)) if order is None else 0
        if unclear:
            problems.append(Problem(source, 1, "", _says_no_order(column, unclear)))
    return tuple(decided)


def _says_no_order(column: Column, unclear: int) -> str:
    """Return the problem of a column of dates with as many that may be read in two ways."""
    dates = "date in it is" if unclear == 1 else "dates in it are"
    name = column.header.strip()
    return (
        f'the column "{name}" does not tell whether day or month comes first: {unclear} {dates} kept '
        f'as text. Say --map "{name}={column.means}:day-first" or :month-first'
    )


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from reading a formula; any other stays."""
    return cell[1:] if cell[1:2] in _GUARDED else cell
