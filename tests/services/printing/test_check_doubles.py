from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.printing.check_doubles import check_doubles
from relcard.services.printing.check_doubles import notes_of_doubles
from relcard.store import households
from relcard.store import merges
from relcard.store.file import journal
from tests.support.book import TODAY
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.services.printing.print_plan import PreflightRemark
    from tests.support.book import Book

HEAD = "Name,Street,Town,Postcode,Country\n"


def _remarks(book: Book) -> list[PreflightRemark]:
    return check_doubles(book.db, list(book.views().values()))


def _split(book: Book, *names: str) -> None:
    """Put some contacts into a household of their own, by the user's word."""
    with journal.step(book.db, "household split", today=TODAY):
        home = households.make(book.db, reason="as you said", stated=True)
        for name in names:
            households.put(book.db, book.id_of(name), home)


def test_two_of_a_household_that_look_like_one(book: Book) -> None:
    """A couple's row beside one of the two is named once, with the command that merges them; "not the same" ends it."""
    book.imported(HEAD, "John & Mary Smith,1 Elm St,Leeds,LS1 4DY,United Kingdom\n", source="list.csv")
    book.imported(card("John Smith", street="1 Elm St"), card("Ann Poe", street="2 Elm St"))
    (remark,) = _remarks(book)
    assert remark.who == "Mary and John Smith"
    assert remark.reason == "two of this household look like one: John & Mary Smith and John Smith"
    assert remark.mend == 'relcard merge "John & Mary Smith" "John Smith"'
    assert remark.household == book.home_of("John Smith")
    with journal.step(book.db, "not same", today=TODAY):
        merges.say_not_same(book.db, book.id_of("John Smith"), book.id_of("John & Mary Smith"), today=TODAY)
    assert _remarks(book) == []


def test_two_households_at_one_letterbox(book: Book) -> None:
    """Who came to a letterbox of a household the user has spoken on would get an envelope more."""
    book.imported(card("Ann Poe", street="1 Elm Street"))
    with journal.step(book.db, "household join", today=TODAY):
        households.describe(book.db, book.home_of("Ann Poe"), stated=True, reason="as you said")
    book.imported(card("Bob Roe", street="1 Elm St."), card("Cyd Moe", street="2 Elm St."))
    (remark,) = _remarks(book)
    ids = [book.home_of(name) for name in ("Ann Poe", "Bob Roe")]
    assert remark.who == "Ann Poe"
    assert remark.reason == "one letterbox, and another envelope for Bob Roe"
    assert remark.mend == f"relcard household join h{ids[0]} h{ids[1]}"
    with journal.step(book.db, "household join", today=TODAY):
        households.describe(book.db, ids[1], stated=True, reason="as you said")
    assert _remarks(book) == []  # both are the user's word: it is only to be known
    (note,) = notes_of_doubles(book.views().values(), [])
    assert note == f"one letterbox, several envelopes, as you said: h{ids[0]} and h{ids[1]}"


def test_a_block_of_flats_is_no_remark(book: Book) -> None:
    """More households of one address than a house has are left alone."""
    names = ["Ann Poe", "Bob Roe", "Cyd Moe", "Dee Loe"]
    book.imported(*(card(name, street="1 Elm St") for name in names))
    for name in names[1:]:
        _split(book, name)
    assert _remarks(book) == []
    assert notes_of_doubles(book.views().values(), []) == ()


def test_many_pairs_are_one_sitting(book: Book) -> None:
    """Where several pairs wait, the sitting is named besides the single commands."""
    rows = [f"{name} & Kim Roe,{at} Elm St,Leeds,LS1 4DY,United Kingdom\n" for at, name in enumerate("AB", 1)]
    book.imported(HEAD, *rows, source="list.csv")
    book.imported(card("A Roe", street="1 Elm St"), card("B Roe", street="2 Elm St"))
    remarks = _remarks(book)
    assert len(remarks) == 2
    (note,) = notes_of_doubles(book.views().values(), remarks)
    assert note == "pairs that look like one, in one sitting: relcard duplicates --sit"
