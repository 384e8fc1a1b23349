from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import vobject

from relcard.domain.people.circle import Circle
from relcard.services.data.export import export_cards
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.people.add_contact import add_contact
from relcard.services.people.add_contact import blank_page
from relcard.services.people.edit_contact import typed_contact
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date

    from relcard.services.people.add_contact import Added
    from tests.support.book import Book

PAGE = """
name = "Zoë Müller"
birthday = "12 April"
tags = ["choir"]
[[phone]]
number = "+49 421 5550 117"
[[address]]
street = "1 High Street"
town = "Leeds"
postcode = "LS1 4DY"
country = "UK"
"""


def _add(book: Book, page: str, today: date, circle: Circle | None = None) -> Added:
    with journal.step(book.db, "add", today=today):
        return add_contact(book.db, typed_contact(blank_page(), page, STANDPOINT), circle=circle, today=today)


def test_added_contact_is_whole_and_one_step(book: Book, today: date) -> None:
    """UID, parts of the name, circle and household are there at once, and undo takes all of it away."""
    book.imported(card("Ben Elm", street="1 High Street"))
    before = dump(book.db)
    added = _add(book, PAGE, today, Circle.FRIEND)
    assert uuid.UUID(added.contact.uid).version == 4
    assert (added.contact.name.given, added.contact.name.family) == ("Zoë", "Müller")
    assert relationships.circles(book.db, [book.id_of("Zoë Müller")]) == {2: Circle.FRIEND}
    assert added.household == book.home_of("Zoë Müller")
    journal.undo(book.db)
    assert dump(book.db) == before


def test_added_contact_is_exported_as_a_vcard(book: Book, today: date) -> None:
    """What was typed stands on the card that other programs read."""
    added = _add(book, PAGE, today)
    found = vobject.readOne(b"".join(export_cards(book.db)).decode())
    assert (found.fn.value, found.uid.value) == ("Zoë Müller", added.contact.uid)
    assert (found.adr.value.street, found.adr.value.code) == ("1 High Street", "LS1 4DY")
    assert found.bday.value == "1604-04-12"
    assert found.categories.value == ["choir"]


def test_likely_duplicates_are_named_not_merged(book: Book, today: date) -> None:
    """A contact of the same name and phone is named; both stay."""
    book.imported(card("Zoë Müller", "TEL:+49 421 5550 117", uid="z"))
    added = _add(book, PAGE, today)
    (pair,) = find_duplicates(book.db, among=range(added.contact_id, added.contact_id + 1))
    assert "same name" in pair.reason
    assert book.db.execute("SELECT count(*) FROM contact").fetchone()[0] == 2


def test_imported_card_of_an_added_contact_is_known_again(book: Book, today: date) -> None:
    """The exported vCard, imported again, is the contact that was added."""
    _add(book, PAGE, today)
    report = book.imported(b"".join(export_cards(book.db)))
    assert (report.new, report.updated) == (0, 1)
