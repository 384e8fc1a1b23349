"""Tests of looking back on a season, whatever was said of its cards and in whatever order."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.seasons.season import State
from relcard.errors import UsageError
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.move_cards import receive_cards
from relcard.services.seasons.move_cards import return_cards
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.review_season import review_season
from relcard.store import relationships
from tests.support.book import CIRCLES
from tests.support.book import STANDPOINT

if TYPE_CHECKING:
    from tests.support.book import Book

deeds = st.lists(
    st.tuples(
        st.sampled_from([*CIRCLES]), st.sampled_from(["written", "posted", "returned", "received", "letter"])
    ),
    max_size=10,
)


def _do(book: Book, name: str, deed: str, number: int) -> None:
    season = find_season(book.db, None)
    whom = [one for one in book.recipients() if one.household.members[0].name == name]
    today = STANDPOINT.today + timedelta(days=number)
    if deed == "letter":
        relationships.add_interaction(
            book.db, book.id_of(name), channel="letter", direction=relationships.TO_THEM, on=today, text=""
        )
    elif deed == "received":
        receive_cards(book.db, season, whom, on=today, line=f"line {number}")
    elif deed == "returned":
        return_cards(book.db, season, whom, today=today)
    else:
        move_cards(book.db, season, whom, State(deed), today=today, line=None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(deeds)
def test_a_review_counts_everybody_once_and_owes_who_was_not_answered(
    open_season: Book, said: list[tuple[str, str]]
) -> None:
    """Who is in the season was written to or was not; owed is who wrote, got no card and no letter since."""
    book = open_season
    book.db.execute("BEGIN")
    try:
        for number, (name, deed) in enumerate(said):
            with suppress(UsageError):
                _do(book, name, deed, number)
        states = {recipient.household.id: recipient.state for recipient in book.recipients()}
        review = review_season(book.db, find_season(book.db, None), STANDPOINT)
        homes = {book.home_of(name): name for name in CIRCLES}
    finally:
        book.db.execute("ROLLBACK")
    sent, unwritten = ({home.id for home in some} for some in (review.sent, review.unwritten))
    assert sent | unwritten == states.keys()
    assert not sent & unwritten
    assert {home.id for home in review.returned} <= sent
    assert {home.id for home in review.new} == sent | {home.id for home in review.came}
    assert review.silent == ()
    owed = set()
    for household_id, name in homes.items():
        order = [deed for who, deed in said if who == name]
        if household_id in unwritten and "received" in order:
            last = max(at for at, deed in enumerate(order) if deed == "received")
            owed |= set() if "letter" in order[last:] else {household_id}
    assert {one.home.id for one in review.owed} == owed
    assert {line.home.id for line in review.lines} == {home.id for home in review.came}
