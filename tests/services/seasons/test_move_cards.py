from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.domain.seasons.season import State
from relcard.errors import UsageError
from relcard.services.seasons.move_cards import let_in
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.move_cards import receive_cards
from relcard.services.seasons.move_cards import return_cards
from relcard.services.seasons.move_cards import take_received_back
from relcard.services.seasons.move_cards import take_state_back
from relcard.services.seasons.read_season import find_season
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.services.seasons.read_season import Recipient
    from relcard.store.seasons import SeasonRow
    from tests.support.book import Book

TODAY = STANDPOINT.today


@contextmanager
def _step(book: Book) -> Iterator[SeasonRow]:
    with journal.step(book.db, "cards", today=TODAY):
        yield find_season(book.db, None)


def _of(book: Book, *names: str) -> list[Recipient]:
    return [recipient for recipient in book.recipients() if recipient.household.addressee in names]


def _lines(book: Book, name: str) -> list[tuple[str, str]]:
    touches = relationships.interactions(book.db, [book.id_of(name)])
    return [(touch.direction, touch.text) for touch in touches]


def test_a_card_that_is_written_is_logged_once(open_season: Book) -> None:
    """A later step moves the day of the same card, and keeps the line that was written on it."""
    for state, line in ((State.WRITTEN, "the kettle is on"), (State.POSTED, None)):
        with _step(open_season) as season:
            move_cards(open_season.db, season, _of(open_season, "Ada Oak"), state, today=TODAY, line=line)
    assert open_season.rows()["Ada Oak"].state == "posted"
    assert _lines(open_season, "Ada Oak") == [("to them", "the kettle is on")]


def test_one_step_is_taken_back_at_a_time(open_season: Book) -> None:
    """A posted card is a written one, a written one is planned again and nothing was sent."""
    before = dump(open_season.db)
    for state in (State.WRITTEN, State.POSTED):
        with _step(open_season) as season:
            move_cards(open_season.db, season, _of(open_season, "Ben Elm"), state, today=TODAY, line=None)
    with _step(open_season) as season, pytest.raises(UsageError, match="is posted, not written"):
        take_state_back(open_season.db, season, _of(open_season, "Ben Elm"), State.WRITTEN)
    for state in (State.POSTED, State.WRITTEN):
        with _step(open_season) as season:
            take_state_back(open_season.db, season, _of(open_season, "Ben Elm"), state)
    assert dump(open_season.db) == before


def test_who_gets_no_card_stays_out_when_theirs_comes(open_season: Book) -> None:
    """Of two whose card comes unannounced the one is in the season now; of the other the card is kept."""
    book = open_season
    book.imported(card("Kit Yew"), card("Nan Box"), source="more.vcf")
    book.circle(Circle.NONE, "Nan Box")
    ids = [book.home_of("Kit Yew"), book.home_of("Nan Box")]
    with _step(book) as season:
        outside = let_in(book.db, season, ids, STANDPOINT, on=TODAY, line="hello")
    assert [view.addressee for view in outside] == ["Nan Box"]
    assert "Kit Yew" in book.rows()
    assert "Nan Box" not in book.rows()
    assert _lines(book, "Nan Box") == [("from them", "hello")]


def test_who_is_in_for_their_card_alone_leaves_with_it(open_season: Book) -> None:
    """A card said to have come by mistake takes off who came in with it, and nobody else."""
    book = open_season
    book.imported(card("Kit Yew"), source="more.vcf")
    before = {*book.rows()}
    with _step(book) as season:
        let_in(book.db, season, [book.home_of("Kit Yew")], STANDPOINT, on=TODAY, line=None)
        receive_cards(book.db, season, _of(book, "Kit Yew", "Ada Oak"), on=TODAY, line=None)
    came = _of(book, "Kit Yew", "Ada Oak")
    rows = {recipient.household.id: recipient.row for recipient in came}
    with _step(book) as season:
        take_received_back(book.db, season, [recipient.household for recipient in came], rows)
    assert {*book.rows()} == before
    assert book.rows()["Ada Oak"].received_on is None
    ada = [recipient.household for recipient in _of(book, "Ada Oak")]
    with _step(book) as season, pytest.raises(UsageError, match="No card of Ada Oak has come"):
        take_received_back(book.db, season, ada, {})


def test_a_card_that_came_back_retires_its_address(open_season: Book) -> None:
    """Only a posted card comes back; then its address is used no more and a note says whence it came."""
    book = open_season
    with _step(book) as season, pytest.raises(UsageError, match="it has not been posted"):
        return_cards(book.db, season, _of(book, "Ada Oak"), today=TODAY)
    with _step(book) as season:
        move_cards(book.db, season, _of(book, "Ada Oak"), State.POSTED, today=TODAY, line=None)
    with _step(book) as season:
        return_cards(book.db, season, _of(book, "Ada Oak"), today=TODAY)
    assert book.views()["Ada Oak"].address is None
    (note,) = relationships.notes(book.db, [book.id_of("Ada Oak")])
    assert note.text.startswith("the card of christmas-2026 came back from ")
