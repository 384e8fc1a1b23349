"""Workbooks, written by openpyxl or by hand, and read as their rows are meant."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from datetime import datetime
from typing import TYPE_CHECKING
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.errors import FileError
from relcard.postal import country_code
from relcard.vcard import parse_card
from relcard.vcard.spreadsheet.workbook import is_workbook
from relcard.vcard.spreadsheet.workbook import read_workbook

if TYPE_CHECKING:
    from relcard.errors import Problem
    from relcard.vcard.spreadsheet.table import Spreadsheet

HEADER = ("Name", "Street", "Postcode", "Town", "Birthday")


def _excel(*sheets: tuple[str, list[tuple[Any, ...]]], merged: str = "", far: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
        if far:
            sheet[far] = "far out"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _open(rows: str, *, kind: str = "spreadsheet") -> bytes:
    """Return an .ods with these rows, as LibreOffice writes it: a million empty rows behind them."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Tabelle1">{rows}<table:table-row table:number-rows-repeated="1048570">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
        packed.writestr("content.xml", content)
    return stream.getvalue()


def _row(*cells: str, more: str = "") -> str:
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row>{inside}{more}</table:table-row>"


def _read(data: bytes) -> tuple[Spreadsheet, list[Problem]]:
    problems: list[Problem] = []
    return read_workbook(data, source="a.xlsx", problems=problems), problems


def _rows(sheet: Spreadsheet) -> list[tuple[int, list[str]]]:
    return [(row.line, row.cells) for row in sheet.rows if any(row.cells)]


def test_cells_are_what_they_mean() -> None:
    """A postcode written as text keeps its nought, a whole number has no fraction, a date is a day."""
    sheet, problems = _read(
        _excel(
            (
                "List",
                [
                    ("Our Christmas list",),
                    (),
                    HEADER,
                    ("Ada Weir", "Mill Lane 4", "01234", "Ulm", datetime(1960, 12, 24)),
                    (),
                    ("Bo Weir", 7.5, 28801.0, True, date(1985, 1, 2)),
                ],
            )
        )
    )
    assert _rows(sheet) == [
        (4, ["Ada Weir", "Mill Lane 4", "01234", "Ulm", "1960-12-24"]),
        (6, ["Bo Weir", "7.5", "28801", "True", "1985-01-02"]),
    ]
    assert problems == []
    (ada, _) = (parse_card(card, source="a").contact for card in sheet.cards(code_of=country_code))
    assert ada is not None
    assert (ada.addresses[0].postcode, str(ada.occasions[0].date)) == ("01234", "1960-12-24")


def test_cells_merged_downwards_say_the_same() -> None:
    """Two of one household share the merged cell of their street; a title merged to the right is one cell."""
    rows: list[tuple[Any, ...]] = [HEADER, ("Ada", "Mill Lane 4"), ("Bo", None)]
    sheet, _ = _read(_excel(("List", rows), merged="B2:B3"))
    assert [cells[:2] for _, cells in _rows(sheet)] == [["Ada", "Mill Lane 4"], ["Bo", "Mill Lane 4"]]
    sheet, _ = _read(_excel(("List", [("Christmas",), HEADER, ("Ada", "Mill Lane 4")]), merged="A1:E1"))
    assert [column.means for column in sheet.columns][:2] == ["name", "street"]


def test_of_several_sheets_the_first_that_is_understood() -> None:
    """A cover sheet is passed over and named; an empty sheet is not worth a word."""
    sheet, problems = _read(
        _excel(
            ("Read me", [("Hello",)]),
            ("Friends", [HEADER, ("Ada",)]),
            ("Sheet3", []),
            ("Old", [HEADER, ("Bo",)]),
        )
    )
    assert _rows(sheet) == [(2, ["Ada", "", "", "", ""])]
    (problem,) = problems
    assert all(words in problem.message for words in ('"Friends"', '"Read me"', '"Old"'))
    assert "Sheet3" not in problem.message


def test_an_open_document() -> None:
    """An .ods of LibreOffice is read, its million empty rows are not."""
    sheet, problems = _read(
        _open(_row(*HEADER) + _row("Ada Weir", "Mill Lane 4", "01234", "Ulm", "24.12.1960"))
    )
    assert [cells[:3] for _, cells in _rows(sheet)] == [["Ada Weir", "Mill Lane 4", "01234"]]
    assert problems == []


@pytest.mark.parametrize(
    "data",
    [
        _excel(("List", [HEADER, ("Ada",)]), far="XFD1048576"),
        _excel(("List", [HEADER, ("Ada",)]), far="A1048576")[:-30],
        _open('<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
              + _row("Ada", more='<table:table-cell table:number-columns-repeated="16000"/>') + _row("x" * 3)
              + "<table:table-row><table:table-cell table:number-columns-repeated='9'/></table:table-row>"
              + _row(*["x"] * 9)),
        _open(_row(*HEADER), kind="text"),
        b"PK\x03\x04 and nothing else",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
    ids=["far out", "cut off", "far down", "a letter", "no zip", "no xls"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_way_out(data: bytes) -> None:
    """One cell at the end of the sheet would cost all memory; a damaged file costs a sentence."""
    with pytest.raises(FileError) as refused:
        _read(data)
    assert refused.value.hint


def test_what_is_a_workbook() -> None:
    """A packed file is one when it holds sheets; the stream is then read from its start."""
    for data, expected in (
        (_excel(("List", [HEADER])), True),
        (_open(_row(*HEADER)), True),
        (b"BEGIN:VCARD", False),
    ):
        stream = io.BytesIO(data)
        assert is_workbook(stream) is expected
        assert stream.tell() == 0


_TEXTS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(_TEXTS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_texts_come_out_as_they_stand(rows: list[list[str]]) -> None:
    """Every text of a sheet is a cell of its row, word for word."""
    guarded = [[f"x{cell}" for cell in row] for row in rows]  # openpyxl makes a formula of what begins with =
    sheet, _ = _read(_excel(("List", [("Name", "Note", "Tag", "UID"), *map(tuple, guarded)])))
    assert [cells[: len(row)] for (_, cells), row in zip(_rows(sheet), guarded, strict=True)] == guarded


def test_a_chart_is_no_sheet() -> None:
    """A workbook with a page that is only a chart is read all the same."""
    book = openpyxl.load_workbook(io.BytesIO(_excel(("List", [HEADER, ("Ada",)]))))
    book.create_chartsheet("Chart")
    stream = io.BytesIO()
    book.save(stream)
    sheet, problems = _read(stream.getvalue())
    assert [cells[0] for _, cells in _rows(sheet)] == ["Ada"]
    assert problems == []
