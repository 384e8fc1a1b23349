"""What the post brought: from whom it is likely to be, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.seasons.season import State
from relcard.errors import UsageError
from relcard.services.seasons.letterbox import Came
from relcard.services.seasons.letterbox import likely_senders
from relcard.services.seasons.letterbox import take_back_in
from relcard.services.seasons.letterbox import take_in
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.read_season import find_season
from relcard.store import pictures
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


def _names(book: Book, words: str = "") -> list[tuple[str, bool, bool]]:
    return [
        (each.household.addressee, each.is_written, each.has_come)
        for each in likely_senders(book.db, STANDPOINT, words)
    ]


def _moved(book: Book, name: str, to: State) -> None:
    here = find_season(book.db, None)
    ours = [each for each in book.recipients() if each.household.addressee == name]
    with journal.step(book.db, to.value, today=TODAY):
        move_cards(book.db, here, ours, to, today=TODAY, line=None)


def test_who_was_written_to_and_is_silent_comes_first(open_season: Book, store_path: str) -> None:
    """Then who waits for a card, and last whose card has come; a search finds anybody, in or out of the season."""
    _moved(open_season, "Cyd Ash", State.POSTED)
    _moved(open_season, "Dee Fir", State.WRITTEN)
    with journal.step(open_season.db, "received", today=TODAY):
        home = open_season.home_of("Dee Fir")
        take_in(
            open_season.db, store_path, find_season(open_season.db, None), [home], Came(TODAY), STANDPOINT
        )
    assert _names(open_season) == [
        ("Cyd Ash", True, False),
        ("Ben Elm", False, False),
        ("Ada Oak", False, False),
        ("Dee Fir", True, True),
    ]
    open_season.imported(card("Elmer Ash"), card("Zoe Poe"))
    assert _names(open_season, "elm") == [("Elmer Ash", False, False), ("Ben Elm", False, False)]
    assert _names(open_season, "nobody") == []


def test_without_a_season_only_a_search_finds_somebody(book: Book) -> None:
    book.imported(card("Zoe Poe"))
    assert _names(book) == []
    assert _names(book, "zo") == [("Zoe Poe", False, False)]


def test_a_picture_is_of_one_card(open_season: Book, store_path: str) -> None:
    """Of two nothing is kept; of one that comes unannounced it is, in the season it comes into."""
    here = find_season(open_season.db, None)
    open_season.imported(card("Zoe Poe", street="9 High Street"))
    homes = [open_season.home_of(name) for name in ("Ada Oak", "Zoe Poe")]
    came = Came(TODAY, pictures=[b"a picture"])
    with pytest.raises(UsageError, match="of one household"), journal.step(open_season.db, "x", today=TODAY):
        take_in(open_season.db, store_path, here, homes, came, STANDPOINT)
    with journal.step(open_season.db, "received", today=TODAY):
        take_in(open_season.db, store_path, here, homes[1:], came, STANDPOINT)
    (row,) = pictures.of_contacts(open_season.db, [open_season.id_of("Zoe Poe")])
    assert (row.season, row.kind) == ("christmas-2026", "card")
    assert open_season.rows()["Zoe Poe"].received_on == TODAY


def test_a_picture_is_of_one_envelope(open_season: Book, store_path: str) -> None:
    for name in ("Ada Oak", "Ben Elm"):
        _moved(open_season, name, State.POSTED)
    here = find_season(open_season.db, None)
    gone = [each for each in open_season.recipients() if each.state is State.POSTED]
    with pytest.raises(UsageError, match="of one envelope"), journal.step(open_season.db, "x", today=TODAY):
        take_back_in(open_season.db, store_path, here, gone, [b"a"], today=TODAY)
    with journal.step(open_season.db, "returned", today=TODAY):
        take_back_in(open_season.db, store_path, here, gone[:1], [b"a"], today=TODAY)
    kept = pictures.of_contacts(open_season.db, [member.contact_id for member in gone[0].household.members])
    assert [row.kind for row in kept] == ["envelope"]
