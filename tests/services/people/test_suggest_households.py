from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.household import propose
from relcard.services.people.suggest_households import resident_of
from relcard.services.people.suggest_households import suggest_households
from relcard.store import contacts
from relcard.store import households
from relcard.store import seasons
from relcard.store.file import journal
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.support.book import Book

SMALL_LAW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

people = st.lists(
    st.tuples(
        st.sampled_from(("Anna", "Jan", "Eve", "Tom")),
        st.sampled_from(("Kowalski", "Kowalska", "Smith", "Lee")),
        st.sampled_from(("", "1 High Street", "1 High St.", "2 Low Road", "9 Far Lane")),
        st.sampled_from(("", "BDAY:2015-01-02", "X-ABRELATEDNAMES;TYPE=spouse:Anna Smith")),
    ),
    min_size=1,
    max_size=9,
    unique_by=lambda one: one[:2],  # namesakes are another matter: a card may be taken for a newer text
)


def _cards(book: list[tuple[str, str, str, str]]) -> list[str]:
    return [
        card(f"{given} {family}", *([line] if line else []), uid=f"u{number}", street=street)
        for number, (given, family, street, line) in enumerate(book)
    ]


def _partition(book: Book) -> set[frozenset[str]]:
    uid = {one.id: one.uid for one in contacts.listing(book.db)}
    return {frozenset(uid[member] for member in one.members) for one in households.every(book.db)}


def test_couple_at_one_address_is_one_household(book: Book) -> None:
    """Two spellings of one letterbox put a couple of two surnames together; another street is another household."""
    book.imported(
        card("Anna Kowalska", street="1 High Street"),
        card("Jan Smith", street="1, High St."),
        card("Eve Lee", street="2 Low Road"),
    )
    assert _partition(book) == {frozenset({"anna-kowalska", "jan-smith"}), frozenset({"eve-lee"})}
    (shared,) = [one for one in households.every(book.db) if len(one.members) == 2]
    assert shared.reason == "same address"
    assert not shared.stated


@SMALL_LAW
@given(people)
def test_everybody_is_in_exactly_one_household(
    new_book: Callable[[], Book], some: list[tuple[str, str, str, str]]
) -> None:
    """Whatever a book holds, nobody is left out, nobody stands twice, and no household is empty."""
    book = new_book()
    book.imported(*_cards(some))
    members = [one for group in _partition(book) for one in group]
    assert sorted(members) == sorted(f"u{number}" for number in range(len(some)))
    (kept,) = book.db.execute("SELECT count(*) FROM household").fetchone()
    assert kept == len(_partition(book))


@SMALL_LAW
@given(people, st.integers(0, 9))
def test_proposals_do_not_depend_on_how_the_cards_came(
    new_book: Callable[[], Book],
    today: date,
    some: list[tuple[str, str, str, str]],
    first: int,
) -> None:
    """One file or two make the same households, and proposing once more moves nobody."""
    whole, halves = new_book(), new_book()
    cards = _cards(some)
    whole.imported(*cards)
    halves.imported(*cards[:first])
    halves.imported(*cards[first:])
    assert _partition(halves) == _partition(whole)
    before = [(one.id, one.members, one.reason) for one in households.every(whole.db)]
    with journal.step(whole.db, "again", today=today):
        suggest_households(whole.db, set(range(1, len(some) + 1)), today=today)
    assert [(one.id, one.members, one.reason) for one in households.every(whole.db)] == before


def test_of_several_addresses_the_first_import_takes_the_one_that_later_ones_take(
    book: Book, today: date
) -> None:
    """The preferred address tells who lives together, else the home, else the one that is not for work."""
    book.imported(
        card(
            "Anna Ash",
            "ADR;TYPE=WORK:;;1 High Street;Leeds;;LS1 1AA;",
            "ADR;TYPE=HOME:;;2 Low Road;Leeds;;LS1 1AA;",
        ),
        card(
            "Bea Oak",
            "ADR;TYPE=HOME:;;1 High Street;Leeds;;LS1 1AA;",
            "ADR;TYPE=WORK,PREF:;;2 Low Road;Leeds;;LS1 1AA;",
        ),
        card("Cy Elm", "ADR;TYPE=WORK:;;3 Far Lane;Leeds;;LS1 1AA;", "ADR:;;2 Low Road;Leeds;;LS1 1AA;"),
        card("Di Yew", "ADR:;;;Leeds;;;", "ADR;TYPE=WORK:;;1 High Street;Leeds;;LS1 1AA;"),
    )
    before = [(one.id, one.members, one.reason) for one in households.every(book.db)]
    assert [members for _, members, _ in before] == [(1, 2, 3), (4,)]
    with journal.step(book.db, "again", today=today):
        suggest_households(book.db, {1, 2, 3, 4}, today=today)
    assert [(one.id, one.members, one.reason) for one in households.every(book.db)] == before


def test_household_keeps_its_id_while_a_member_stays(book: Book) -> None:
    """When one of two moves out, the other keeps the household, and the mover gets a new one."""
    book.imported(card("Anna Nowak", street="1 High Street"), card("Jan Nowak", street="1 High Street"))
    home = book.home_of("Anna Nowak")
    book.imported(card("Jan Nowak", street="2 Low Road"))
    assert book.home_of("Anna Nowak") == home
    assert book.home_of("Jan Nowak") != home
    book.imported(card("Jan Nowak", street="1 High Street"))
    assert book.home_of("Jan Nowak") == home
    assert len(households.every(book.db)) == 1


def test_what_the_user_stated_is_never_touched(book: Book, today: date) -> None:
    """A joined household survives that its members' cards say two addresses; a split one that they say one."""
    book.imported(
        card("Anna Nowak", street="1 High Street"),
        card("Jan Ash", street="2 Low Road"),
        card("Eve Lee", street="3 Mill Lane"),
        card("Tom Lee", street="3 Mill Lane"),
    )
    with journal.step(book.db, "household", today=today):
        joined = book.home_of("Anna Nowak")
        households.put(book.db, book.id_of("Jan Ash"), joined)
        households.describe(book.db, joined, stated=True, reason="you said so")
        households.drop_empty(book.db)
        households.describe(book.db, book.home_of("Eve Lee"), stated=True, reason="you said so")
        alone = households.make(book.db, reason="you said so", stated=True)
        households.put(book.db, book.id_of("Tom Lee"), alone)
    stated = households.every(book.db)
    book.imported(
        card("Jan Ash", street="4 New Street"),
        card("Tom Lee", "NOTE:x", street="3 Mill Lane"),
        card("Una Lee", street="3 Mill Lane"),
    )
    assert households.every(book.db)[: len(stated)] == stated
    assert book.home_of("Una Lee") not in {one.id for one in stated}


def test_nothing_changed_proposes_nothing(book: Book, today: date) -> None:
    """Without a changed contact not one row is written."""
    book.imported(card("Anna Nowak", street="1 High Street"))
    before = dump(book.db)
    with journal.step(book.db, "nothing", today=today):
        assert suggest_households(book.db, set(), today=today) == []
    assert dump(book.db) == before


def test_household_a_season_knows_is_kept_when_all_have_left(book: Book, today: date) -> None:
    """The history of past cards stays though its household is empty now."""
    book.imported(card("Anna Nowak", street="1 High Street"), card("Jan Ash", street="2 Low Road"))
    with journal.step(book.db, "season", today=today):
        season = seasons.add(book.db, "christmas-2025", "christmas", 2025, today=today)
        seasons.add_recipient(book.db, season, book.home_of("Jan Ash"), "friend")
    book.imported(card("Jan Ash", street="1 High Street"))
    assert book.home_of("Jan Ash") == book.home_of("Anna Nowak")
    assert len(seasons.recipients(book.db, season)) == 1


def test_cards_of_a_season_follow_who_joins_a_household_that_was_there(book: Book, today: date) -> None:
    """Who leaves a household empty takes its card along; the household that takes them in keeps its own."""
    book.imported(
        card("Anna Nowak", street="1 High Street"),
        card("Jan Ash", street="2 Low Road"),
        card("Eve Lee", street="3 Mill Lane"),
        card("Tom Lee", street="3 Mill Lane"),
    )
    old, here, lees = book.home_of("Jan Ash"), book.home_of("Anna Nowak"), book.home_of("Eve Lee")
    with journal.step(book.db, "season", today=today):
        season = seasons.add(book.db, "christmas-2025", "christmas", 2025, today=today)
        seasons.add_recipient(book.db, season, old, "friend")
        seasons.add_recipient(book.db, season, lees, "close")
    book.imported(card("Jan Ash", street="1 High Street"), card("Tom Lee", street="1 High Street"))
    assert book.home_of("Jan Ash") == book.home_of("Tom Lee") == here
    # Eve still lives where the Lees' card goes
    assert {(card.household_id, card.reason) for card in seasons.recipients(book.db, season)} == {
        (here, "friend"),
        (lees, "close"),
    }
    assert old not in {home.id for home in households.every(book.db)}


def test_asking_about_a_few_gives_what_asking_about_everybody_would(book: Book, today: date) -> None:
    """A village full of slips, shared letterboxes and one surname falls into the households of the rules."""
    chance = random.Random(7)  # noqa: S311  a village, not a secret
    streets = ("Mill Lane", "Mil Lane", "High Street", "High St")
    book.imported(
        *(
            card(
                f"{chance.choice(('Anna', 'Ben', 'Eve'))}{number} {chance.choice(('Lee', 'Lee-Dow', 'Oak'))}",
                uid=f"u{number}",
                street=f"{chance.randrange(1, 30)} {chance.choice(streets)}" if chance.random() < 0.9 else "",
            )
            for number in range(120)
        )
    )
    everybody = list(households.residents(book.db, range(1, 121)))
    ids = {one.uid: one.contact_id for one in everybody}
    proposed = {
        (frozenset(ids[uid] for uid in home.members), home.reason)
        for home in propose(map(resident_of, everybody), year=today.year)
    }
    assert {(frozenset(one.members), one.reason) for one in households.every(book.db)} == proposed
    assert len({reason for _, reason in proposed}) >= 4
