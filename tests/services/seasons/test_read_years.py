"""The years of households: the quick way for a grid says what the whole one says."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.careful_year import Careful
from relcard.domain.people.circle import Circle
from relcard.services.seasons.read_years import YearsInShort
from relcard.services.seasons.read_years import read_cells
from relcard.services.seasons.read_years import read_years
from relcard.services.seasons.read_years import years_in_short
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = STANDPOINT.today
YEARS = range(2020, 2027)


def _fill(book: Book) -> None:
    """Cards of lists, of days (one in January), of a season; mourning, a couple, somebody without any."""
    book.imported(
        card("Ann Oak", street="1 Elm St"),
        card("Bob Oak", street="1 Elm St"),
        card("Cyd Ash", street="2 Elm St"),
        card("Dee Fir", street="3 Elm St"),
        card("Eve Yew", street="4 Elm St"),
    )
    book.circle(Circle.FRIEND, "Cyd Ash")
    book.start("christmas-2026")
    with journal.step(book.db, "years", today=TODAY):
        for name, way, on in (
            ("Ann Oak", "to them", "2024"),
            ("Bob Oak", "from them", "2024"),
            ("Dee Fir", "from them", "2023-01-08"),
            ("Dee Fir", "from them", "2021-12-24"),
        ):
            book.db.execute(relationships.INSERT_YEAR_CARD, (book.id_of(name), way, on, "a line"))
        (row,) = book.rows().values()
        seasons.set_received(book.db, row.id, TODAY)
        seasons.set_state(book.db, row.id, "posted")
        care = Careful(date(2024, 12, 1), date(2025, 12, 31), "her mother")
        households.set_careful(book.db, book.home_of("Dee Fir"), care)


def test_a_grid_has_the_cells_that_years_have(book: Book) -> None:
    _fill(book)
    whole = read_years(book.db, None, STANDPOINT, YEARS)
    assert {row.addressee for row in whole} == {"Ann and Bob Oak", "Cyd Ash", "Dee Fir"}
    assert [row._replace(lines={}) for row in whole] == read_cells(book.db, STANDPOINT, YEARS)
    (dee,) = (row for row in whole if row.addressee == "Dee Fir")
    assert [cell.mark for cell in dee.cells.values()] == ["", "c", "c", "", "m", "m", ""]


def test_years_in_short_count_who_wrote_and_who_is_silent(book: Book) -> None:
    _fill(book)
    assert years_in_short(book.db, today=TODAY) == YearsInShort(households=3, wrote=2, since=2023, silent=1)
