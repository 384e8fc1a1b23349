"""Households out and in again: laws over invented books, and what a row has."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies

from relcard.domain.importing.differences import Side
from relcard.domain.people.circle import Circle
from relcard.services.data.export_households import export_households
from relcard.services.importing.import_cards import import_cards
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.people.read_households import read_households
from relcard.services.seasons.read_years import read_years
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump
from tests.support.dose import dose

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.services.importing.import_cards import ImportReport
    from tests.support.book import Book

# Who lives there, their address, the wish for the envelope, and the cards: year, whether theirs, line.
Home = tuple[list[str], str, str, list[tuple[int, bool, str]]]

TODAY = STANDPOINT.today
GIVEN = ("Ann", "Bob", "Cyd", "Zoë", "Mary Ann", "Łucja", "健")
FAMILY = ("Oak", "van der Elm", "Kowalska", "O'Hara", "García López", "佐藤")
COUPLES = ("Mo & Ida Finch", "The Orr Family", "Familie Weber", "Jan i Anna Kowalscy", "Oak & Sons Plumbing")
PLACES = ("Leeds;;LS1 4DY;United Kingdom", "Köln;;50667;Germany", "Springfield;IL;62704;United States", ";;;")
WISHES = ("", "", "", "Das Haus am See", "Ann, Bob and all", "Oak, Ann")
LINES = strategies.text(strategies.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20)


@strategies.composite
def _homes(draw: strategies.DrawFn) -> list[Home]:
    """Draw households: who lives there, where, the wish for the envelope, and the cards that passed."""
    homes = []
    for number in range(draw(strategies.integers(1, 5))):
        names = draw(
            strategies.lists(
                strategies.one_of(
                    strategies.sampled_from(COUPLES),
                    strategies.builds("{} {}".format, *map(strategies.sampled_from, (GIVEN, FAMILY))),
                ),
                min_size=1,
                max_size=3,
                unique=True,
            )
        )
        street = f"{number + 1} Elm Street" if draw(strategies.booleans()) else ""
        place = draw(strategies.sampled_from(PLACES))
        cards = draw(
            strategies.lists(
                strategies.tuples(strategies.integers(2015, 2026), strategies.booleans(), LINES), max_size=5
            )
        )
        where = f"ADR:;;{street};{place}" if street or place != ";;;" else ""
        homes.append((names, where, draw(strategies.sampled_from(WISHES)), cards))
    return homes


def _fill(book: Book, homes: list[Home]) -> None:
    for at, (names, where, wish, cards) in enumerate(homes):
        lines = [where] if where else []
        book.imported(*(card(name, *lines, uid=f"{at}-{name}") for name in names), source=f"{at}.vcf")
        with journal.step(book.db, "years", today=TODAY):
            (first,) = book.db.execute("SELECT max(id) FROM contact").fetchone()
            home = households.of_contact(book.db, first)
            assert home is not None
            households.describe(book.db, home, stated=True, reason="as you said")
            households.set_wishes(book.db, home, {"addressee": wish or None})
            for year, from_them, text in cards:
                direction = relationships.FROM_THEM if from_them else relationships.TO_THEM
                row = (first, direction, str(year), text)
                book.db.execute(relationships.INSERT_YEAR_CARD, row)


def _import(book: Book, data: bytes) -> ImportReport:
    with journal.step(book.db, "import", today=TODAY):
        return import_cards(book.db, [("households.csv", io.BytesIO(data))], today=TODAY)


def _shown(book: Book, *, lines: bool) -> list[tuple[str, ...]]:
    views = read_households(book.db, None, STANDPOINT)
    years = read_years(book.db, [view.id for view in views], STANDPOINT, ())
    return sorted(
        (
            view.addressee,
            "; ".join(sorted(member.name for member in view.members[1:] and view.members)),
            *(view.address.postal if view.address else ()),
            f"{row.cells} {row.lines if lines else ''}",
        )
        for view, row in zip(views, years, strict=True)
    )


@settings(max_examples=dose(10, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(homes=_homes(), private=strategies.booleans())
def test_what_was_written_changes_nothing_here_and_is_the_same_elsewhere(
    new_book: Callable[[], Book], homes: list[Home], private: bool
) -> None:
    """Read into its own store nothing changes; an empty one has the same households, people and years."""
    here, elsewhere = new_book(), new_book()
    _fill(here, homes)
    before = dump(here.db)
    data, number = export_households(here.db, STANDPOINT, private=private)
    report = _import(here, data)
    assert (report.unchanged, report.new, report.updated, report.problems) == (number, 0, 0, [])
    assert dump(here.db) == before
    _import(elsewhere, data)
    assert _shown(elsewhere, lines=private) == _shown(here, lines=private)
    again, _ = export_households(elsewhere.db, STANDPOINT, private=private)
    assert _import(elsewhere, again).new == 0
    assert _shown(elsewhere, lines=private) == _shown(here, lines=private)


def _rows(book: Book, *, private: bool = False) -> list[dict[str, str]]:
    data, _ = export_households(book.db, STANDPOINT, private=private)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_row_is_what_stands_on_the_envelope_and_no_circle_or_note(book: Book) -> None:
    home = "ADR:;;ul. Długa 12;Kraków;;31-109;Poland"
    book.imported(card("Ann Oak", home, "NOTE:canary"), card("Bob Oak", home))
    book.circle(Circle.INNER, "Ann Oak")
    with journal.step(book.db, "note", today=TODAY):
        relationships.add_note(book.db, book.id_of("Ann Oak"), "canary", on=TODAY)
        book.db.execute(relationships.INSERT_YEAR_CARD, (1, "from them", "2024", "see you"))
    (row,) = _rows(book)
    assert (row["Addressee"], row["Members"]) == ("Ann and Bob Oak", "Ann Oak; Bob Oak")
    assert row["Salutation line"] == "Dear Ann and Bob,"
    assert [row[f"Line {number}"] for number in (1, 2, 3)] == ["ul. Długa 12", "31-109 KRAKÓW", "POLAND"]
    assert (row["Town"], row["Postcode"], row["Country"]) == ("Kraków", "31-109", "Poland")
    assert (row["Sent 2024"], row["Received 2024"]) == ("", "x")
    assert _rows(book, private=True)[0]["Received 2024"] == "“see you”"
    assert not [cell for cell in row.values() if "canary" in cell or cell == "inner"]


def test_a_tick_put_in_elsewhere_is_taken_over_and_another_address_is_said(book: Book) -> None:
    """Of a household that is known a list adds cards; what it says otherwise stands, and is named."""
    book.imported(card("Ann Oak", street="1 Elm St"), card("Bob Oak", street="1 Elm St"))
    with journal.step(book.db, "years", today=TODAY):
        book.db.execute(relationships.INSERT_YEAR_CARD, (1, "to them", "2025", ""))
    data, _ = export_households(book.db, STANDPOINT)
    ticked = data.decode().replace(",x,,household", ",x,new porch,household").replace("1 Elm St", "9 Oak Rd")
    report = _import(book, ticked.encode())
    assert (report.updated, report.new) == (1, 0)
    assert [problem.message for problem in report.problems] == [
        "its address here is another, and stands; relcard edit changes it"
    ]
    (row,) = _rows(book, private=True)
    assert (row["Sent 2025"], row["Received 2025"], row["Street"]) == ("x", "“new porch”", "1 Elm St")


def test_a_row_from_elsewhere_is_the_couple_that_lives_here(book: Book, new_book: Callable[[], Book]) -> None:
    """Of people who are here with other identifiers no second household is made."""
    elsewhere = new_book()
    elsewhere.imported(
        card("Ann Oak", street="1 Elm St", uid="a"), card("Bob Oak", street="1 Elm St", uid="b")
    )
    data, _ = export_households(elsewhere.db, STANDPOINT)
    book.imported(card("Ann Oak", street="1 Elm St", uid="c"), card("Bob Oak", street="1 Elm St", uid="d"))
    _import(book, data)
    assert [view.addressee for view in read_households(book.db, None, STANDPOINT)] == ["Ann and Bob Oak"]


def test_people_of_a_row_are_contacts_in_an_empty_store(book: Book, new_book: Callable[[], Book]) -> None:
    """Each with the address, who has died not; the file again, and what is written from there, changes nothing."""
    elsewhere = new_book()
    home = "ADR:;;1 Elm St;Leeds;;LS1 4DY;United Kingdom"
    elsewhere.imported(
        card("Ann Oak", home, "BDAY:1980-02-03"),
        card("Old Oak", home, "DEATHDATE:2020-02-03"),
        card("Lea Oak", home, "BDAY:2016-02-03"),
    )
    data, _ = export_households(elsewhere.db, STANDPOINT)
    assert _import(book, data).new == 2
    (view,) = read_households(book.db, None, STANDPOINT)
    assert [member.name for member in view.members] == ["Ann Oak", "Lea Oak"]
    assert view.addressee == "Ann Oak and family"
    for member in view.members:
        (address,) = contacts.load(book.db, member.contact_id).addresses
        assert address.postcode == "LS1 4DY"
    before = dump(book.db)
    assert _import(book, data).unchanged == 1
    assert _import(book, export_households(book.db, STANDPOINT)[0]).new == 0
    assert dump(book.db)["contact"] == before["contact"]


def test_a_row_of_somebody_put_aside_changes_nothing(book: Book) -> None:
    book.imported(card("Ann Oak", street="1 Elm St"), card("Bob Elm", street="2 Elm St"))
    data, _ = export_households(book.db, STANDPOINT)
    with journal.step(book.db, "archive", today=TODAY):
        contacts.archive(book.db, [book.id_of("Ann Oak")], TODAY)
    before = dump(book.db)
    assert _import(book, data).unchanged == 2
    assert dump(book.db) == before
    assert [row["Addressee"] for row in _rows(book)] == ["Bob Elm"]


def test_a_row_is_known_after_its_contact_was_merged(book: Book) -> None:
    book.imported(card("Ann Oak", street="1 Elm St", uid="a"), card("Ann Oaks", street="1 Elm St", uid="b"))
    data, _ = export_households(book.db, STANDPOINT)
    with journal.step(book.db, "merge", today=TODAY):
        merge_contacts(
            book.db, book.id_of("Ann Oaks"), book.id_of("Ann Oak"), take={"name": Side.FIRST}, today=TODAY
        )
    before = dump(book.db)
    assert _import(book, data).new == 0
    assert dump(book.db) == before
