"""A spreadsheet saved as CSV becomes vCards, one a row, and these take the journey of any others."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import Problem
from relcard.vcard.assemble import no_code
from relcard.vcard.dialects import WINDOWS
from relcard.vcard.split import MAX_CARD
from relcard.vcard.split import RawCard
from relcard.vcard.split import wide_codec
from relcard.vcard.spreadsheet.columns import DATE_FIELDS
from relcard.vcard.spreadsheet.columns import Column
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
    from typing import BinaryIO

    from relcard.vcard.spreadsheet.columns import Columns

HEAD = 64 * 1024  # bytes that decide whether a file is a spreadsheet
MAX_FILE = 64 * 1024 * 1024  # bytes; the dates of a column are looked at together, so all of it is held
MAX_COLUMNS = 400
MAX_LINES = 200  # of the file in one row; a quote that nobody closed would run on to the end
_MOST_REPAIRS = 50  # after so many rows with a lost quote, quotes are taken for plain characters
_MOST_PROBLEMS = 50

_DELIMITERS = ",;\t|"
_LOOKED_AT = 20  # rows above which the names of the columns are looked for
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
        found = [""] * len(self.columns)
        missing = set(range(len(found)))
        for row in self.rows:
            for place in sorted(missing):
                if row.is_whole and place < len(row.cells) and row.cells[place].strip():
                    found[place] = row.cells[place].strip()
                    missing.discard(place)
            if not missing:
                break
        return tuple(found)

    def cards(self, *, code_of: Callable[[str], str] = no_code) -> Iterator[RawCard]:
        """Yield each row that says something as a vCard; `line` is that of the row in the file.

        `code_of` gives the ISO 3166-1 code of a country as people write it.
        """
        ordinal = 0
        for row in self.rows:
            if not any(map(str.strip, row.cells)):
                continue
            if row.is_whole:
                columns = self._columns_of(row)
                cells = [_unguarded(one) for one in row.cells]
                cells += [""] * (len(columns) - len(cells))
                raw = row_to_card(columns, cells, code_of=code_of)
            else:
                raw = whole_row(row.cells)
            yield RawCard(raw=raw, line=row.line, ordinal=ordinal, closed=True, is_row=True)
            ordinal += 1

    def _columns_of(self, row: Row) -> Columns:
        more = range(len(self.columns), len(row.cells))
        if not more:
            return self.columns
        return (*self.columns, *(Column(header=f"column {place + 1}", field="keep") for place in more))


def is_spreadsheet(head: bytes) -> bool:
    """Whether a file that begins so is a spreadsheet: no vCard, and one of its first rows names columns."""
    text, _ = _decode(head, "", final=False)
    if "BEGIN:VCARD" in text[: HEAD // 2].upper():
        return False
    rows = list(_rows(text, _delimiter(text), [], source="", most=_LOOKED_AT))
    return any(len(row.cells) > 1 and count_known(row.cells) > 1 for row in rows)


def read_spreadsheet(
    stream: BinaryIO, *, source: str, problems: list[Problem], choices: Sequence[str] = (), encoding: str = ""
) -> Spreadsheet:
    """Take a file apart and guess what its columns are; `choices` ("Nachname=family") have the last word.

    Commas, semicolons, tabs or bars; quotes with line ends in them; UTF-8, UTF-16, else `encoding`, else
    UTF-8 and Windows-1252 mixed. Lines above the names of the columns are no rows. What is beyond all limits
    becomes a problem and a row that is kept without being understood. Raises `UsageError` for a choice that
    cannot be.
    """
    chunks = [chunk := stream.read(MAX_FILE)]
    size = len(chunk)
    while chunk and size <= MAX_FILE:
        chunks.append(chunk := stream.read(MAX_FILE))
        size += len(chunk)
    data = b"".join(chunks)
    if size > MAX_FILE:
        data = data[: data.rfind(b"\n", 0, MAX_FILE) + 1 or MAX_FILE]
        message = f"larger than {MAX_FILE // 1024 // 1024} MiB: the rest was not imported"
        problems.append(Problem(source, data.count(b"\n") + 1, "", message))
    text, remark = _decode(data, encoding)
    if remark:
        problems.append(Problem(source, 1, "", remark))
    found: list[Problem] = []
    rows = list(_rows(text, _delimiter(text), found, source=source))
    problems += found[:_MOST_PROBLEMS]
    if len(found) > _MOST_PROBLEMS:
        problems.append(Problem(source, 1, "", f"and {len(found) - _MOST_PROBLEMS} more rows like these"))
    header = _header(rows, [read_choice(one)[0] for one in choices])
    if header is None:
        columns = guess_without_header([row.cells for row in rows if row.is_whole])
    else:
        below = [row.cells for row in rows[header + 1 :] if row.is_whole]
        columns = guess_columns(_without_empty_end(rows[header].cells), below)
        rows = rows[header + 1 :]
    columns = with_choices(columns, choices, source=source)
    columns = _with_orders(columns, rows, source, problems)
    return Spreadsheet(rows, columns, source)


def _header(rows: Sequence[Row], named: Sequence[str]) -> int | None:
    """Return which row names the columns: of the first ones the one with the most names that are known.

    Those that the user has `named` are known most of all.
    """
    best, most = None, 0
    for place, row in enumerate(rows[:_LOOKED_AT]):
        if not row.is_whole:
            continue
        cells = [one.strip() for one in row.cells]
        known = count_known(cells) + MAX_COLUMNS * sum(one in cells for one in named)
        if known > most:
            best, most = place, known
    return best


def _without_empty_end(cells: list[str]) -> list[str]:
    last = max((place for place, one in enumerate(cells) if one.strip()), default=-1)
    return cells[: last + 1]


def _with_orders(columns: Columns, rows: Sequence[Row], source: str, problems: list[Problem]) -> Columns:
    """Decide for each column of dates which number comes first, and name the ones that do not tell.

    A column whose own dates do not tell is written as the other columns are: one program wrote them all.
    """
    texts = {
        place: [row.cells[place] for row in rows if row.is_whole and len(row.cells) > place]
        for place, one in enumerate(columns)
        if one.field in DATE_FIELDS
    }
    overall = order_of(text for cells in texts.values() for text in cells)
    decided = list(columns)
    for place, cells in texts.items():
        one = columns[place]
        order = one.order or order_of(cells) or overall
        decided[place] = replace(one, order=order)
        unclear = sum(map(is_ambiguous, cells)) if order is None else 0
        if unclear:
            dates = "date in it is" if unclear == 1 else "dates in it are"
            name = one.header.strip()
            message = (
                f'the column "{name}" does not tell whether day or month comes first: {unclear} {dates} kept '
                f'as text. Say --map "{name}={one.means}:day-first" or :month-first'
            )
            problems.append(Problem(source, 1, "", message))
    return tuple(decided)


def _rows(
    text: str, delimiter: str, problems: list[Problem], *, source: str, most: int | None = None
) -> Iterator[Row]:
    """Yield the rows of a file. A quote that is never closed costs no more than the row it stands in."""
    csv.field_size_limit(MAX_CARD)
    lines = io.StringIO(text, newline="").readlines()
    at = repairs = number = 0
    while at < len(lines):
        feed = _Feed(lines, at)
        is_quoting = repairs < _MOST_REPAIRS
        if is_quoting:
            reader = csv.reader(feed, delimiter=delimiter)
        else:
            reader = csv.reader(feed, delimiter=delimiter, quoting=csv.QUOTE_NONE)
        try:
            for cells in reader:
                if is_quoting and feed.place == len(lines) and feed.is_open:
                    raise csv.Error  # noqa: TRY301  the same remedy as for a row that runs on
                if most is not None and number >= most:
                    return
                number += 1
                yield _row(feed.first + 1, cells, problems, source)
                at = feed.first = feed.place
        except csv.Error:
            repairs += 1
            problems.append(
                Problem(source, at + 1, "", "a quote without its other half: read as a plain character")
            )
            yield _row(at + 1, lines[at].rstrip("\r\n").split(delimiter), problems, source)
            at += 1
            number += 1


class _Feed:
    """Lines for a reader of CSV, and no more of them for one row than a row may have."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.lines = lines
        self.first = self.place = first

    def __iter__(self) -> Iterator[str]:
        while self.place < len(self.lines):
            if self.place - self.first >= MAX_LINES:
                raise csv.Error
            self.place += 1
            yield self.lines[self.place - 1]

    @property
    def is_open(self) -> bool:
        """Whether the row at hand has several lines and an odd quote: its end is only the file's."""
        row = self.lines[self.first : self.place]
        return len(row) > 1 and sum(line.count('"') for line in row) % 2 == 1


def _row(line: int, cells: list[str], problems: list[Problem], source: str) -> Row:
    if len(cells) > MAX_COLUMNS and len(_without_empty_end(cells)) > MAX_COLUMNS:
        problems.append(Problem(source, line, "", f"a row of {len(cells)} cells - kept as it is"))
        return Row(line, cells, is_whole=False)
    return Row(line, cells[:MAX_COLUMNS])


def _delimiter(text: str) -> str:
    """Return what stands between the cells: what makes columns we know, else the most frequent sign."""
    lines = [line for line in text[: HEAD // 2].splitlines()[:_LOOKED_AT] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]

    def fitness(mark: str) -> tuple[int, int]:
        rows = [line.replace('"', "").split(mark)[:MAX_COLUMNS] for line in lines]
        return max(map(count_known, rows), default=0), sum(line.count(mark) for line in lines)

    return max(_DELIMITERS, key=fitness)


def _unguarded(cell: str) -> str:
    """Take off the apostrophe that keeps a spreadsheet from reading a formula; any other stays."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _GUARDED else cell


def _decode(data: bytes, encoding: str, *, final: bool = True) -> tuple[str, str]:
    """Return a file's text and a remark when its characters had to be guessed. No byte of it is dropped."""
    wide = wide_codec(data)
    if wide:
        text = codecs.getincrementaldecoder(wide)(errors="replace").decode(data, final)
        return text.removeprefix("\ufeff"), ""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final), ""
    except UnicodeDecodeError:
        pass
    if encoding:
        try:
            return data.decode(encoding), ""
        except UnicodeDecodeError:
            remark = f"neither UTF-8 nor {encoding}: read as Windows-1252"
    else:
        remark = "not UTF-8: read as Windows-1252; relcard import --encoding NAME says which it is"
    return data.decode("utf-8", _FALLBACK), remark


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252, its five holes as control characters."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101  used for decoding only
    wrong = error.object[error.start : error.end]
    text = "".join(bytes((one,)).decode("latin-1" if one in _HOLES else WINDOWS) for one in wrong)
    return text, error.end


_HOLES = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))
_FALLBACK = "relcard.windows"
codecs.register_error(_FALLBACK, _as_windows)
