from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.services.people.read_households import read_households
from relcard.store import households
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def test_family_on_one_envelope(book: Book) -> None:
    """Adults stand in the order of the book, then the children, told by age; all are greeted."""
    book.imported(
        card("Ola Nowak", "BDAY:2017-03-01", street="1 High Street"),
        card("Anna Nowak", "BDAY:1985-01-01", street="1 High Street"),
        card("Jan Nowak", "BDAY:1980-01-01", street="1 High Street"),
    )
    book.circle(Circle.WIDE, "Jan Nowak")
    book.circle(Circle.CLOSE, "Ola Nowak")
    (view,) = book.views().values()
    assert [one.given for one in view.members] == ["Anna", "Jan", "Ola"]
    assert [one.given for one in view.children] == ["Ola"]
    assert view.addressee == "The Nowak Family"
    assert view.salutation == "Dear Anna, Jan and Ola,"
    assert view.circle is Circle.CLOSE
    assert view.envelope_lines[:2] == ("The Nowak Family", "1 High Street")
    assert view.members[-1].age_on(date(2026, 2, 28)) == 8
    assert view.members[-1].age_on(date(2026, 3, 1)) == 9


def test_widow_is_greeted_alone(book: Book) -> None:
    """The dead stay members, are not greeted, and have no age any more."""
    book.imported(
        card("Eve Ash", street="1 High Street"),
        card("Tom Ash", "BDAY:1940-01-01", "DEATHDATE:2026-03-01", street="1 High Street", version="4.0"),
    )
    view = book.views()["Eve Ash"]
    assert view.salutation == "Dear Eve,"
    assert [one.given for one in view.living] == ["Eve"]
    (tom,) = [one for one in view.members if one.given == "Tom"]
    assert tom.age_on(TODAY) is None


@pytest.mark.parametrize(
    ("died", "careful"),
    [
        ("2026-11-20", True),
        ("2025-11-20", True),
        ("2025-11-19", False),
        ("2025", True),
        ("2024", False),
        ("--1101", False),
    ],
)
def test_careful_year(book: Book, died: str, careful: bool) -> None:
    """The twelve months after a death are careful; a year alone counts for itself and the next."""
    book.imported(
        card("Eve Ash", street="1 High Street"),
        card("Tom Ash", f"DEATHDATE:{died}", street="1 High Street", version="4.0"),
    )
    assert book.views()["Eve Ash"].careful is careful


def test_address_is_that_of_the_first_member_who_has_one(book: Book) -> None:
    """A partner without an address shares the other's; home mail names no country, another country's does."""
    book.imported(
        card("Anna Lis", "ADR;TYPE=home:;;ul. Długa 4;Kraków;;31-146;Poland"),
        card("Jan Lis", "RELATED;TYPE=spouse:urn:uuid:anna-lis", version="4.0"),
    )
    (view,) = book.views().values()
    assert {one.given for one in view.members} == {"Anna", "Jan"}
    assert view.country == "PL"
    assert view.address_lines[-1] == "POLAND"
    (home,) = read_households(book.db, None, STANDPOINT._replace(sender_country="PL"))
    assert "POLAND" not in " ".join(home.address_lines).upper()
    (from_ghent,) = read_households(book.db, None, STANDPOINT._replace(sender_country="BE", language="nl"))
    assert from_ghent.address_lines[-1] == "POLEN"


def test_organisation_is_addressed_by_its_name(book: Book) -> None:
    """An organisation is a household of its own."""
    book.imported(
        card("Ash Bakery", "KIND:org", street="1 High Street", version="4.0"),
        card("Anna Nowak", street="1 High Street"),
    )
    view = book.views()["Ash Bakery"]
    assert view.is_organisation
    assert len(view.members) == 1


def test_language_is_the_wish_then_the_cards_then_the_default(book: Book) -> None:
    """LANG of a card speaks for its household until the user does."""
    book.imported(card("Uwe Ulm", "LANG:de", version="4.0"), card("Anna Nowak"))
    assert book.views()["Uwe Ulm"].language == "de"
    assert book.views()["Anna Nowak"].language == "en"
    with journal.step(book.db, "household set", today=TODAY):
        households.set_wishes(book.db, book.home_of("Uwe Ulm"), {"language": "fr", "formality": "formal"})
    view = book.views()["Uwe Ulm"]
    assert (view.language, view.formality) == ("fr", "formal")


def test_some_households_are_read_in_the_order_of_their_ids(book: Book) -> None:
    """Ids that are not there are passed over."""
    book.imported(card("Anna Nowak"), card("Jan Ash"), card("Eve Lee"))
    found = read_households(book.db, [3, 1, 99], STANDPOINT)
    assert [one.id for one in found] == [1, 3]


def test_names_in_their_own_letters_have_their_courtesy_on_the_envelope(book: Book) -> None:
    """Each on a line; not in a list, not where the user has said the addressee."""
    adr = "ADR;TYPE=home:;;本町1-2-3;渋谷区;東京都;150-0001;日本"
    book.imported(card("佐藤 健", "N:佐藤;健;;;", adr))
    (view,) = book.views().values()
    assert view.addressee == "佐藤 健"
    assert view.envelope_lines[-2] == "佐藤 健 様"  # the country is last
    with journal.step(book.db, "household set", today=date(2026, 11, 20)):
        households.set_wishes(book.db, view.id, {"addressee": "佐藤家"})
    (view,) = book.views().values()
    assert view.envelope_lines[-2] == "佐藤家"


def test_a_house_in_which_a_partner_without_a_vcard_lives_on(book: Book) -> None:
    """Its circle is that of who died, it is lived in, and what is kept of it is kept there; a pet lives on alone."""
    for name, kind, lives in (("Hank Oak", "spouse", True), ("Ben Elm", "pet", False)):
        lines = (f"RELATED;TYPE={kind};VALUE=text:Nadine", "DEATHDATE:2026-03-01")
        book.imported(card(name, *lines, street=f"1 {kind} Street", version="4.0"))
        book.circle(Circle.FRIEND, name)
        (view,) = read_households(book.db, [book.home_of(name)], STANDPOINT)
        assert (view.is_lived_in, view.circle is Circle.FRIEND) == (lives, lives)
        assert [member.name for member in view.hosts] == ([name] if lives else [])
