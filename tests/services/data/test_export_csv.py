from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import Circle
from relcard.services.data.export_csv import COLUMNS
from relcard.services.data.export_csv import export_csv
from relcard.services.data.export_csv import guarded
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _csv(book: Book, today: date, *, private: bool = False) -> bytes:
    return export_csv(book.db, STANDPOINT._replace(today=today), private=private)


def test_one_row_a_member(book: Book, today: date) -> None:
    """Everyone of a household has a row with its address; commas and letters of every script survive."""
    book.imported(
        card("Anna Łuk", street="High Street 1, top floor"),
        card("Tom Łuk", street="High Street 1, top floor"),
    )
    rows = _rows(_csv(book, today))
    assert [row["name"] for row in rows] == ["Anna Łuk", "Tom Łuk"]
    assert len({row["household"] for row in rows}) == 1
    assert [row["street"] for row in rows] == ["High Street 1, top floor"] * 2
    assert {row["country_code"] for row in rows} == {"GB"}
    assert tuple(rows[0]) == COLUMNS


def test_circles_only_when_asked_for(book: Book, today: date) -> None:
    """How near someone is stands in no file that is not called private."""
    book.imported(card("Anna Nowak"))
    book.circle(Circle.INNER, "Anna Nowak")
    assert b"inner" not in _csv(book, today)
    assert [row["circle"] for row in _rows(_csv(book, today, private=True))] == ["inner"]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|x", "-2+3+cmd", "\t=1"])
def test_no_value_becomes_a_formula(book: Book, today: date, name: str) -> None:
    """A name that a spreadsheet would work out stays a name."""
    book.imported(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:{name};;;;\r\nEND:VCARD\r\n")
    for row in _rows(_csv(book, today)):
        for cell in row.values():
            assert not cell.startswith(("=", "@", "+", "-", "\t", "\r"))
        assert row["name"].removeprefix("'").strip() == name.strip()


@given(st.text())
def test_guarding_adds_at_most_one_apostrophe(value: str) -> None:
    """A guarded value is the value, or the value behind one apostrophe, and never a formula."""
    found = guarded(value)
    assert found in (value, f"'{value}")
    assert not found.startswith(("=", "@", "\t", "\r"))


def test_phone_numbers_stay_as_they_are() -> None:
    """A plain number behind a plus is no formula."""
    assert guarded("+44 (0)113 496-0000") == "+44 (0)113 496-0000"
