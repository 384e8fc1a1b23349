from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.asking import Want
from relcard.services.people.judge_addresses import judge_addresses
from relcard.services.people.keep_addresses import confirm_address
from relcard.services.people.keep_addresses import retire_address
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.services.people.judge_addresses import Judged
    from tests.support.book import Book

LATER = date(2030, 1, 10)


def _judged(book: Book, name: str, today: date = LATER) -> Judged:
    (view,) = (one for key, one in book.views().items() if key == name)
    return judge_addresses(book.db, [view], STANDPOINT._replace(today=today), years=3)[view.id]


def _posted(book: Book, name: str, on: date, state: str = "posted") -> None:
    row = book.rows("christmas-2026")[name]
    with journal.step(book.db, "posted", today=on):
        seasons.set_state(book.db, row.id, state)
        relationships.put_season_card(
            book.db, book.id_of(name), season_id=1, direction=relationships.TO_THEM, on=on, text=""
        )


def test_a_card_that_did_not_come_back_tells_that_the_address_is_right(open_season: Book) -> None:
    """Posted counts, and counts until years have passed; returned, and only written, do not."""
    for name, state in (("Ada Oak", "posted"), ("Ben Elm", "returned"), ("Cyd Ash", "written")):
        _posted(open_season, name, date(2027, 12, 10), state)
    assert _judged(open_season, "Ada Oak").want is None
    assert _judged(open_season, "Ada Oak").known_on == date(2027, 12, 10)
    assert _judged(open_season, "Ben Elm").want is Want.OLD
    assert _judged(open_season, "Cyd Ash").reason == "imported 2026-11-20"
    late = _judged(open_season, "Ada Oak", date(2031, 1, 1))
    assert (late.want, late.reason) == (Want.OLD, "last posted to 2027-12-10")


def test_what_was_posted_to_an_address_given_up_says_nothing_of_another(book: Book) -> None:
    """A card went to the old flat; the one that is left must be confirmed by somebody."""
    second = "ADR;TYPE=home:;;2 Low Road;Bath;;BA1 5DQ;United Kingdom"
    book.imported(card("Ada Oak", second, street="1 High Street"))
    with journal.step(book.db, "circle", today=date(2026, 11, 20)):
        seasons.add(book.db, "christmas-2026", "christmas", 2026, today=date(2026, 11, 20))
        seasons.add_recipient(book.db, 1, book.home_of("Ada Oak"), "you added them")
    _posted(book, "Ada Oak", date(2027, 12, 10))
    assert _judged(book, "Ada Oak").want is None
    with journal.step(book.db, "retire", today=date(2028, 2, 1)):
        retire_address(book.db, book.id_of("Ada Oak"), 1, today=date(2028, 2, 1))
    found = _judged(book, "Ada Oak")
    assert (found.want, found.reason) == (Want.OLD, "imported 2026-11-20")
    with journal.step(book.db, "confirm", today=LATER):
        confirm_address(book.db, book.id_of("Ada Oak"), None, on=LATER)
    assert _judged(book, "Ada Oak").want is None


def test_the_member_with_the_address_is_named(book: Book) -> None:
    """What is to be corrected is corrected with the one who has it."""
    book.imported(card("Ada Oak"), card("Ben Oak", street="1 High Street"))
    with journal.step(book.db, "join", today=LATER):
        households.put(book.db, book.id_of("Ben Oak"), book.home_of("Ada Oak"))
    (view,) = (one for one in book.views().values() if len(one.members) == 2)
    found = judge_addresses(book.db, [view], STANDPOINT._replace(today=LATER), years=3)[view.id]
    assert found.contact_id == book.id_of("Ben Oak")
