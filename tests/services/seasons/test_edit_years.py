"""Years changed on a page: cards of lists, of days and of seasons follow, and undo takes all of it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.years import Cell
from relcard.domain.seasons.years_page import YearChange
from relcard.services.seasons.edit_years import EditedYears
from relcard.services.seasons.edit_years import edit_years
from relcard.services.seasons.read_years import read_years
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = STANDPOINT.today


def _edit(book: Book, *changes: YearChange) -> EditedYears:
    with journal.step(book.db, "years edit", today=TODAY):
        return edit_years(book.db, changes, STANDPOINT)


def _years(book: Book, name: str) -> tuple[dict[int, Cell], dict[int, tuple[str, str]]]:
    (row,) = read_years(book.db, [book.home_of(name)], STANDPOINT, ())
    return row.cells, {year: (lines.sent, lines.came) for year, lines in row.lines.items()}


def test_cards_and_lines_come_and_go_in_one_step(book: Book) -> None:
    """Of a couple each has the card; taking it back leaves nothing of it."""
    book.imported(card("Ann Oak", street="1 Elm St"), card("Bob Oak", street="1 Elm St"))
    home = book.home_of("Ann Oak")
    assert book.home_of("Bob Oak") == home
    before = dump(book.db)
    done = _edit(book, YearChange(home, 2024, True, None, None), YearChange(home, 2025, None, True, "hi"))
    assert done == EditedYears((home,), came=1, sent=1, lines=1, taken_back=0, gone=())
    assert _years(book, "Ann Oak") == ({2024: Cell.SENT, 2025: Cell.CAME}, {2025: ("", "hi")})
    _edit(book, YearChange(home, 2025, None, None, "hello"))
    assert _years(book, "Ann Oak")[1] == {2025: ("", "hello")}
    done = _edit(book, YearChange(home, 2024, False, None, None), YearChange(home, 2025, None, False, None))
    assert (done.taken_back, _years(book, "Ann Oak")[0]) == (2, {})
    for _ in range(3):
        journal.undo(book.db)
    assert dump(book.db) == before


def test_a_letter_of_a_day_counts_and_is_taken_back(book: Book) -> None:
    book.imported(card("Ann Oak", street="1 Elm St"))
    with journal.step(book.db, "log", today=TODAY):
        relationships.add_interaction(
            book.db, book.id_of("Ann Oak"), channel="letter", direction="from them", on=TODAY, text="long"
        )
    home = book.home_of("Ann Oak")
    _edit(book, YearChange(home, 2026, None, None, "very long"))
    assert _years(book, "Ann Oak") == ({2026: Cell.CAME}, {2026: ("", "very long")})
    _edit(book, YearChange(home, 2026, None, False, None))
    assert _years(book, "Ann Oak") == ({}, {})


def test_the_season_of_the_year_follows(book: Book) -> None:
    """What was sent is posted, what came is received; taken back, the card is planned again."""
    book.imported(card("Ann Oak", street="1 Elm St"))
    book.circle(Circle.FRIEND, "Ann Oak")
    book.start("christmas-2026")
    home = book.home_of("Ann Oak")
    _edit(book, YearChange(home, 2026, True, True, "hi"))
    row = book.rows()["Ann Oak"]
    assert (row.state, row.received_on) == ("posted", TODAY)
    assert _years(book, "Ann Oak") == ({2026: Cell.BOTH}, {2026: ("", "hi")})
    _edit(book, YearChange(home, 2026, False, False, None))
    row = book.rows()["Ann Oak"]
    assert (row.state, row.received_on) == ("planned", None)
    assert _years(book, "Ann Oak") == ({}, {})


def test_a_household_that_went_meanwhile_is_named(book: Book) -> None:
    book.imported(card("Ann Oak", street="1 Elm St"))
    assert _edit(book, YearChange(999, 2026, True, None, None)).gone == (999,)
