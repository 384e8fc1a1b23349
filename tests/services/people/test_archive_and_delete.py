from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.services.people.archive_and_delete import archive_contacts
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


def test_archiving_tells_of_cards_nobody_gets_and_of_wishes_that_stand(book: Book) -> None:
    """Of a household that stays the wish is told, of one that is empty the card that is not yet posted."""
    book.imported(
        card("Ada Oak", street="1 High Street"),
        card("Ben Oak", street="1 High Street"),
        card("Cyd Ash", street="2 Low Road"),
        card("Dee Fir", street="3 Mill Lane"),
    )
    book.circle(Circle.CLOSE, "Ada Oak", "Cyd Ash", "Dee Fir")
    book.start()
    with journal.step(book.db, "posted", today=TODAY):
        seasons.set_state(book.db, book.rows()["Dee Fir"].id, "posted")
        book.db.execute(
            "UPDATE household SET addressee = 'The Oaks' WHERE id = ?", (book.home_of("Ada Oak"),)
        )
    with journal.step(book.db, "archive", today=TODAY):
        gone = [book.id_of(name) for name in ("Ada Oak", "Cyd Ash", "Dee Fir")]
        left = archive_contacts(book.db, gone, STANDPOINT)
    assert left.cards == [("christmas-2026", "Cyd Ash")]
    assert [view.wished_addressee for view in left.wished] == ["The Oaks"]
