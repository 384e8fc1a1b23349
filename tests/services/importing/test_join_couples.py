from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.circle import Circle
from relcard.services.importing.import_cards import import_cards
from relcard.services.seasons.read_years import read_years
from relcard.store import contacts
from relcard.store import merges
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence
    from datetime import date

    from tests.support.book import Book

HEAD = "Name,Street,Town,Postcode,Country,Notes,Sent 2024,Received 2024\n"
ROW = "John & Mary Smith,1 Elm St,Leeds,LS1 4DY,United Kingdom,the blue door,x,a warm line\n"
JOHN, MARY = card("John Smith", street="1 Elm Street"), card("Mary Smith", street="1 Elm St.")


def _names(book: Book) -> list[str]:
    return sorted(row.name for row in contacts.listing(book.db))


@pytest.mark.parametrize("list_first", [False, True])
def test_a_couples_row_is_its_two_people(book: Book, list_first: bool) -> None:
    """Whichever file came first, there are two contacts, and years and notes of the row are theirs."""
    files = [("list.csv", [HEAD, ROW]), ("phone.vcf", [JOHN, MARY])]
    reports = [
        book.imported(*cards, source=name) for name, cards in (files[::-1] if list_first else files)[::-1]
    ]
    assert _names(book) == ["John Smith", "Mary Smith"]
    assert (reports[1].new, reports[1].updated) == ((2, 0) if list_first else (0, 1))
    known = ("John & Mary Smith", "john-smith", "John Smith and Mary Smith", "the people named")
    assert [tuple(known) for known in reports[1].recognised] == [known]
    assert set(book.views()) == {"John and Mary Smith"}
    assert contacts.load(book.db, book.id_of("John Smith")).note == "the blue door"
    (years,) = read_years(book.db, None, STANDPOINT, [2024])
    assert years.lines[2024].came == "a warm line"


def test_the_row_is_known_again(book: Book, today: date) -> None:
    """The same list changes nothing, a newer one updates the two people, and undo takes the joining back."""
    book.imported(JOHN, MARY)
    before = dump(book.db)
    book.imported(HEAD, ROW, source="list.csv")
    joined = dump(book.db)
    again = book.imported(HEAD, ROW, source="list.csv")
    assert (again.new, again.updated, again.unchanged) == (0, 0, 1)
    assert dump(book.db) == joined
    newer = book.imported(HEAD, ROW.replace("blue", "red"), source="list.csv")
    assert (newer.new, newer.updated, newer.problems) == (0, 1, [])
    assert contacts.load(book.db, book.id_of("John Smith")).note == "the red door"
    other = book.imported(card("John & Mary Smith", street="1 Elm St", uid="c"), source="tablet.vcf")
    assert (other.new, other.updated, other.problems) == (0, 1, [])
    assert _names(book) == ["John Smith", "Mary Smith"]
    for _ in range(3):
        journal.undo(book.db)
    assert dump(book.db) == before


def test_what_only_a_person_can_decide_stays(book: Book, today: date) -> None:
    """A couple's card with a circle of its own, which is not John's, is left alone."""
    book.imported(HEAD, ROW, source="list.csv")
    book.circle(Circle.CLOSE, "John & Mary Smith")
    book.imported(JOHN)
    book.circle(Circle.WIDE, "John Smith")
    book.imported(MARY, source="other.vcf")
    assert _names(book) == ["John & Mary Smith", "John Smith", "Mary Smith"]
    with journal.step(book.db, "circle close", today=today):
        relationships.set_circle(book.db, book.id_of("John Smith"), Circle.CLOSE, today=today)
    book.imported(card("Mary Smith", "NOTE:news", street="1 Elm St"), source="other.vcf")
    assert _names(book) == ["John Smith", "Mary Smith"]


def test_what_the_user_parted_stays_two(book: Book, today: date) -> None:
    """A couple's card of which the user said that it is not John's is not his when Mary comes."""
    book.imported(HEAD, ROW, source="list.csv")
    book.imported(JOHN)
    with journal.step(book.db, "not same", today=today):
        merges.say_not_same(book.db, book.id_of("John Smith"), book.id_of("John & Mary Smith"), today=today)
    assert book.imported(MARY, source="other.vcf").recognised == []
    assert _names(book) == ["John & Mary Smith", "John Smith", "Mary Smith"]


_NAMES = ("Ann", "Bob", "Cyd", "Dee")


@st.composite
def _files(draw: st.DrawFn) -> list[tuple[str, list[str]]]:
    """Two phone books and a list of three houses, in some order: who is on which, alone or as a couple."""
    books: list[list[str]] = [[], []]
    rows = [HEAD]
    for house, family in enumerate(("Poe", "Roe", "Moe")):
        street = f"{house + 1} Elm St"
        people = draw(st.lists(st.sampled_from(_NAMES), min_size=1, max_size=3, unique=True))
        for given_name in people:
            for number in draw(st.sets(st.integers(0, 1))):
                uid = f"{given_name}-{family}-{number}"
                books[number].append(card(f"{given_name} {family}", street=street, uid=uid))
        listed = draw(st.sampled_from((people[:1], people[:2], people, people[::-1])))
        if draw(st.booleans()):
            rows.append(f"{' & '.join(listed)} {family},{street},Leeds,LS1 4DY,United Kingdom,hello,x,\n")
    files = [("list.csv", rows), ("phone.vcf", books[0]), ("tablet.vcf", books[1])]
    return draw(st.permutations([(name, cards) for name, cards in files if cards]))


def _households(
    book: Book, files: Sequence[tuple[str, list[str]]], *, in_one: bool = False
) -> list[tuple[object, ...]]:
    """Return what stands on each envelope after some imports, or one of all files, with the years."""
    streams = [(name, io.BytesIO("".join(cards).encode())) for name, cards in files]
    for some in [streams] if in_one else [[stream] for stream in streams]:
        with journal.step(book.db, "import", today=STANDPOINT.today):
            import_cards(book.db, some, today=STANDPOINT.today)
    years = {one.id: one for one in read_years(book.db, None, STANDPOINT, [2024])}
    return sorted(
        (
            tuple(sorted(person.display_name for person in view.greeted)),
            view.address_lines,
            len(view.members),
            sorted(years[view.id].cells.items()) if view.id in years else [],
        )
        for view in book.views().values()
    )


@settings(max_examples=dose(15, 160), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=_files(), data=st.data())
def test_any_order_of_the_files_ends_in_the_same_households(
    new_book: Callable[[], Book], files: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    """List first or vCards first, one by one or in one command: the same people on the same envelopes."""
    turned = data.draw(st.permutations(files))
    in_one = data.draw(st.booleans())
    assert _households(new_book(), files) == _households(new_book(), turned, in_one=in_one)
