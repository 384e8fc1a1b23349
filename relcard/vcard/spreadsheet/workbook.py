"""A workbook (.xlsx, .ods, .xls) as rows. python-calamine reads it, which the extra `sheets` brings."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING

from relcard import installation
from relcard.errors import FileError
from relcard.errors import Problem
from relcard.vcard.spreadsheet.table import header_row
from relcard.vcard.spreadsheet.table import row_of
from relcard.vcard.spreadsheet.table import take_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence
    from typing import BinaryIO

    from python_calamine import CalamineWorkbook

    from relcard.vcard.spreadsheet.table import Row
    from relcard.vcard.spreadsheet.table import Spreadsheet

_PACKED, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a packed file begins, and an .xls
_MOST_UNPACKED = 512 * 1024 * 1024  # bytes
_MOST_CELLS = 5_000_000  # from the first to the last; the reader holds all of them, the empty ones too
_MOST_NAMED = 5
_EXCEL_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_EXCEL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?:[^>]*[^/>])?>')
_OPEN_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,9})"')

# What a packed file that is damaged, or locked with a password, makes of itself.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)

_CSV_HINT = "Save the spreadsheet as CSV and import that."


def is_workbook(stream: BinaryIO) -> bool:
    """Whether a file that can be read from any place is a workbook; it is read from the start again."""
    head = stream.read(8)
    stream.seek(0)
    try:
        return head == _OLD or bool(head.startswith(_PACKED) and _sheets(stream))
    finally:
        stream.seek(0)


def refuse_without_reader(source: str) -> None:
    """Raise `FileError` where the extra that reads a workbook is not there."""
    if not installation.has_extra("sheets"):
        raise FileError(
            f"{source} is a spreadsheet that this installation cannot read.",
            hint=f"{_CSV_HINT} Or bring what reads it: {installation.bring_extra('sheets')}",
        )


def read_workbook(
    data: bytes, *, source: str, problems: list[Problem], choices: Sequence[str] = ()
) -> Spreadsheet:
    """Take the first sheet whose columns have names that are known; the others become a problem by name.

    A date is written 1960-12-24, a whole number without a fraction, a text as it stands. Cells that were
    merged downwards all say what the first says. Raises `FileError` for what cannot be read, `UsageError`
    for a choice that cannot be.
    """
    if not is_workbook(io.BytesIO(data)):
        raise FileError(f"{source} is a packed file.", hint="Unpack it first.")
    refuse_without_reader(source)
    import python_calamine  # noqa: PLC0415  an extra: it need not be there

    try:
        _refuse_beyond_measure(data, source)
        tables = _tables(python_calamine.load_workbook(io.BytesIO(data)), source)
    except (python_calamine.CalamineError, *_DAMAGED) as error:
        raise FileError(
            f"{source} cannot be read as a spreadsheet ({error}).",
            hint=f"Open it where it was made. {_CSV_HINT}",
        ) from error
    taken = next((name for name, rows in tables.items() if header_row(rows, choices) is not None), None)
    taken = taken or next(iter(tables), "")
    if others := [f'"{name}"' for name in tables if name != taken]:
        more = f" and {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
        named = ", ".join(others[:_MOST_NAMED]) + more
        message = f'only the sheet "{taken}" was read, not {named}: save such a one as a file of its own'
        problems.append(Problem(source, 1, "", message))
    return take_rows(tables.get(taken, []), source=source, problems=problems, choices=choices)


def _tables(workbook: CalamineWorkbook, source: str) -> dict[str, list[Row]]:
    """Return the rows of each sheet that says something, by its name."""
    tables: dict[str, list[Row]] = {}
    for about in workbook.sheets_metadata:
        if str(about.typ).endswith("WorkSheet"):  # a chart has no cells
            sheet = workbook.get_sheet_by_name(about.name)
            cells = sheet.to_python(skip_empty_area=False)
            rows = list(_rows(cells, sheet.merged_cell_ranges or (), source))
            if any(any(row.cells) for row in rows):
                tables[about.name] = rows
    return tables


def _sheets(stream: BinaryIO) -> dict[str, int]:
    """Return the parts of a packed file that hold the cells of a workbook, with their bytes when unpacked."""
    try:
        with zipfile.ZipFile(stream) as packed:
            sizes = {part.filename: part.file_size for part in packed.infolist()}
            is_open = b"opendocument.spreadsheet" in (packed.read("mimetype") if "mimetype" in sizes else b"")
    except _DAMAGED:
        return {}
    if is_open:
        return {name: size for name, size in sizes.items() if name == "content.xml"}
    return {name: size for name, size in sizes.items() if _EXCEL_SHEET.fullmatch(name)}


def _refuse_beyond_measure(data: bytes, source: str) -> None:
    """Refuse what would not fit into memory: the reader makes room for every cell up to the last."""
    if data.startswith(_OLD):
        return  # an .xls has at most 65536 rows of 256 cells
    sheets = _sheets(io.BytesIO(data))
    too_large = sum(sheets.values()) > _MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for name in () if too_large else sheets:
            extent: Callable[[bytes], tuple[int, int]] = (
                _open_extent if name == "content.xml" else _excel_extent
            )
            rows, columns = extent(packed.read(name))
            too_large |= rows * columns > _MOST_CELLS
    if too_large:
        raise FileError(
            f"{source} has more cells than an address book, or one far out.",
            hint=_CSV_HINT,
        )


def _excel_extent(text: bytes) -> tuple[int, int]:
    """Return the last row and the last column in which a cell says something."""
    rows = columns = 0
    for letters, number in _EXCEL_CELL.findall(text):
        column = 0
        for letter in letters:
            column = column * 26 + letter - 64
        rows, columns = max(rows, int(number)), max(columns, column)
    return rows, columns


def _open_extent(text: bytes) -> tuple[int, int]:
    """Return the like of an .ods, whose rows and cells may stand for many."""
    rows = columns = row = column = 0
    for kind, words, closed in _OPEN_CELL.findall(text):
        repeated = _REPEATED.search(words)
        times = int(repeated[1]) if repeated else 1
        if kind == b"table-row":
            row, column = row + times, 0
        else:
            column += times
            if not closed:
                rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _rows(
    table: Sequence[Sequence[object]],
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]],
    source: str,
) -> Iterator[Row]:
    texts = [[_text(cell) for cell in cells] for cells in table]
    for (first, column), (last, _) in merged:
        for below in texts[first + 1 : last + 1]:
            if column < len(below):
                below[column] = texts[first][column]
    problems: list[Problem] = []  # a row too long is kept whole; which it is, is seen in its vCard
    for number, cells in enumerate(texts, start=1):
        yield row_of(number, cells, problems, source)


def _text(cell: object) -> str:
    """Return what a cell says, as it would stand in CSV."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date) else str(cell)
