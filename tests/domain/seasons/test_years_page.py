"""The years as a page: what was written is read again, and every fault has its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies

from relcard.domain.people.page_text import PageError
from relcard.domain.seasons.years import Cell
from relcard.domain.seasons.years_page import PageRow
from relcard.domain.seasons.years_page import YearChange
from relcard.domain.seasons.years_page import read_years_page
from relcard.domain.seasons.years_page import write_years
from relcard.domain.seasons.years_page import year_changes

YEARS = range(2024, 2027)
FINCH = PageRow(12, "Mo and Ida Finch", {2024: Cell.BOTH, 2025: Cell.SENT, 2026: Cell.NONE}, {2024: "hello"})
ORR = PageRow(3, "The Orr Family", {2025: Cell.MOURNING, 2026: Cell.CAME}, {2026: "new porch"})
KNOWN = {row.household_id: row for row in (FINCH, ORR)}


def _changes(text: str) -> list[YearChange]:
    return year_changes(KNOWN, read_years_page(text))


@strategies.composite
def _rows(draw: strategies.DrawFn) -> list[PageRow]:
    numbers = draw(strategies.lists(strategies.integers(1, 99999), unique=True, max_size=6))
    rows = []
    for number in numbers:
        cells = {year: draw(strategies.sampled_from(Cell)) for year in YEARS}
        came = [year for year, cell in cells.items() if cell in (Cell.CAME, Cell.BOTH)]
        lines = {year: draw(strategies.text(max_size=60)) for year in came}
        rows.append(PageRow(number, draw(strategies.text(max_size=80)), cells, lines))
    return rows


@given(_rows())
def test_a_page_that_nobody_changed_changes_nothing(rows: list[PageRow]) -> None:
    """Whatever households are called and wrote."""
    page = read_years_page(write_years(rows, YEARS))
    assert page.years == tuple(YEARS)
    assert year_changes({row.household_id: row for row in rows}, page) == []


def test_the_page_is_one_line_a_household_with_aligned_cells() -> None:
    lines = write_years([FINCH, ORR], YEARS).splitlines()[-3:]
    assert lines == [
        "household            |2024 |2025 |2026 | their line of 2026",
        "h12 Mo and Ida Finch | sc | s  | -  |",
        "h3 The Orr Family    | -  | m  | c  | new porch",
    ]


def test_cells_and_lines_are_changes() -> None:
    """A line alone says that the card came; a line taken away says nothing, nor does one left out."""
    head = "household |2024|2025|2026|\n"
    assert _changes(head) == []
    assert _changes(head + "h12 | sc | sc | - |") == [YearChange(12, 2025, None, True, None)]
    assert _changes(head + "H12 Whoever | S | s | | see you in May | or June") == [
        YearChange(12, 2024, None, False, None),
        YearChange(12, 2026, None, True, "see you in May | or June"),
    ]
    assert _changes(head + "h3 | - | c | cs |\n") == [
        YearChange(3, 2025, None, True, None),
        YearChange(3, 2026, True, None, ""),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("h12 | sc | x | - |", "2025: “x” is none of s, c, sc and -"),
        ("Finch | sc | s | - |", "a line begins with its household, as h12"),
        ("h12 | sc | s", "h12 has 2 of 3 bars"),
        ("h99 | - | - | - |", "there is no household h99 on this page"),
        ("h12 | m | s | - |", "2024: mourning is said with: relcard household set h12"),
        ("h3 | - | m | - | new porch", "their line stands there; take it away too, or leave the c"),
    ],
)
def test_a_fault_is_named_with_its_line(line: str, said: str) -> None:
    with pytest.raises(PageError, match="line 3: ") as error:
        _changes(f"# words\nhousehold |2024|2025|2026|\n{line}\n")
    assert said in str(error.value)


def test_two_lines_of_one_household_and_a_page_without_years_are_faults() -> None:
    with pytest.raises(PageError, match="line 3: h3 stands on two lines"):
        _changes("household |2026|\nh3 | c |\nh3 | sc |\n")
    with pytest.raises(PageError, match="line 2: the first line names the years"):
        _changes("# words\nh3 | c |\n")
    assert _changes("# all taken away\n") == []
