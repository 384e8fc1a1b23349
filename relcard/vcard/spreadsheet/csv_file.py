"""A spreadsheet saved as CSV becomes vCards, one a row, and these take the journey of any others."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

from relcard.errors import Problem
from relcard.vcard.dialects import WINDOWS
from relcard.vcard.split import MAX_CARD
from relcard.vcard.split import wide_codec
from relcard.vcard.spreadsheet.columns import count_known
from relcard.vcard.spreadsheet.table import LOOKED_AT
from relcard.vcard.spreadsheet.table import MAX_COLUMNS
from relcard.vcard.spreadsheet.table import row_of
from relcard.vcard.spreadsheet.table import take_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import BinaryIO

    from relcard.vcard.spreadsheet.table import Row
    from relcard.vcard.spreadsheet.table import Spreadsheet

HEAD = 64 * 1024  # bytes that decide whether a file is a spreadsheet
MAX_FILE = 64 * 1024 * 1024  # bytes; the dates of a column are looked at together, so all of it is held
MAX_LINES = 200  # of the file in one row; a quote that nobody closed would run on to the end
_MOST_REPAIRS = 50  # after so many rows with a lost quote, quotes are taken for plain characters
_MOST_PROBLEMS = 50

_DELIMITERS = ",;\t|"


def is_spreadsheet(head: bytes) -> bool:
    """Whether a file that begins so is a spreadsheet: no vCard, and one of its first rows names columns."""
    text, _ = _decode(head, "", final=False)
    if "BEGIN:VCARD" in text[: HEAD // 2].upper():
        return False
    rows = list(_rows(text, _delimiter(text), [], source="", most=LOOKED_AT))
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
    unread: list[Problem] = []
    rows = list(_rows(text, _delimiter(text), unread, source=source))
    problems += unread[:_MOST_PROBLEMS]
    if len(unread) > _MOST_PROBLEMS:
        problems.append(Problem(source, 1, "", f"and {len(unread) - _MOST_PROBLEMS} more rows like these"))
    return take_rows(rows, source=source, problems=problems, choices=choices)


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
                yield row_of(feed.first + 1, cells, problems, source)
                at = feed.first = feed.place
        except csv.Error:
            repairs += 1
            problems.append(
                Problem(source, at + 1, "", "a quote without its other half: read as a plain character")
            )
            yield row_of(at + 1, lines[at].rstrip("\r\n").split(delimiter), problems, source)
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


def _delimiter(text: str) -> str:
    """Return what stands between the cells: what makes columns we know, else the most frequent sign."""
    lines = [line for line in text[: HEAD // 2].splitlines()[:LOOKED_AT] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]

    def fitness(mark: str) -> tuple[int, int]:
        rows = [line.replace('"', "").split(mark)[:MAX_COLUMNS] for line in lines]
        return max(map(count_known, rows), default=0), sum(line.count(mark) for line in lines)

    return max(_DELIMITERS, key=fitness)


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
