from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store import rites
from relcard.store import seasons
from relcard.store.file import journal

if TYPE_CHECKING:
    from datetime import date

    from tests.support.book import Book


def test_cards_on_the_desk(open_season: Book, today: date) -> None:
    """Only cards of open seasons are on it; the program's own words can be forgotten, a person's stand."""
    book = open_season
    ids = {one.household_id: one.id for one in seasons.recipients(book.db, 1)}
    ada, ben = book.home_of("Ada Oak"), book.home_of("Ben Elm")
    with journal.step(book.db, "draft", today=today):
        for home, edited in ((ada, True), (ben, False)):
            seasons.set_draft(book.db, ids[home], "Front", "Inside", edited=edited)
            seasons.set_state(book.db, ids[home], "printed")
            rites.plan_again(book.db, ids[home])
    cards = {one.household_id: one for one in rites.open_cards(book.db, [ada, ben])}
    assert (cards[ada].state, cards[ada].has_words, cards[ada].edited) == ("printed", True, True)
    assert (cards[ben].state, cards[ben].has_words, cards[ben].season) == ("planned", False, "christmas-2026")
    with journal.step(book.db, "close", today=today):
        seasons.close(book.db, 1, today=today)
    assert rites.open_cards(book.db, ids) == []
