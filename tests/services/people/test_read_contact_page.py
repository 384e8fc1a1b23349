from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.services.people.read_contact_page import read_contact_page
from relcard.services.reminders.upcoming import upcoming
from relcard.store import relations
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card

if TYPE_CHECKING:
    from relcard.services.people.read_contact_page import ContactPage
    from tests.support.book import Book

TODAY = date(2026, 11, 20)


def _page(book: Book, name: str) -> ContactPage:
    return read_contact_page(book.db, book.id_of(name), STANDPOINT)


def _relations(book: Book, name: str) -> set[str]:
    return {
        f"{one.word} of {one.name}" if one.is_of else f"{one.word}: {one.name}"
        for one in _page(book, name).related
    }


def test_relations_of_cards_are_on_both_pages(book: Book) -> None:
    """A card's RELATED by UID or by name is told on either page; a name nobody bears stays a name."""
    book.imported(
        card(
            "Anna Oak",
            "RELATED;TYPE=child:urn:uuid:ola-oak",
            "RELATED;TYPE=spouse;VALUE=text:Jan Elm",
            version="4.0",
        ),
        card("Ola Oak", "RELATED;TYPE=friend;VALUE=text:Zosia Ash", version="4.0"),
        card("Jan Elm"),
    )
    assert _relations(book, "Anna Oak") == {"parent of Ola Oak", "spouse of Jan Elm"}
    assert _relations(book, "Ola Oak") == {"child of Anna Oak", "friend of Zosia Ash"}
    assert _relations(book, "Jan Elm") == {"spouse of Anna Oak"}
    linked = {one.name: one.uid for one in _page(book, "Ola Oak").related}
    assert linked == {"Anna Oak": "anna-oak", "Zosia Ash": ""}


def test_a_name_two_bear_is_linked_to_neither(book: Book) -> None:
    """Where two are of one name nobody can tell which of them a card means."""
    book.imported(
        card("Anna Oak", "RELATED;TYPE=friend;VALUE=text:Jan Elm", version="4.0"),
        card("Jan Elm", "NOTE:one", uid="jan-1", street="1 High Street"),
        card("Jan Elm", "NOTE:two", uid="jan-2", street="9 Low Street"),
    )
    (friend,) = _page(book, "Anna Oak").related
    assert (friend.name, friend.uid) == ("Jan Elm", "")
    ids = [row[0] for row in book.db.execute("SELECT id FROM contact WHERE name = 'Jan Elm'")]
    assert len(ids) == 2
    for one in ids:
        assert relations.said(book.db, one) == []
        assert _relations_of(book, one) == []


def _relations_of(book: Book, contact_id: int) -> list[object]:
    from relcard.services.people.read_contact_page import read_relations
    from relcard.store import contacts

    return list(read_relations(book.db, contact_id, contacts.load(book.db, contact_id)))


def test_relations_by_hand_outlive_a_merge(book: Book) -> None:
    """What was said of one of two contacts holds for the one they become, once."""
    book.imported(card("Anna Oak"), card("Anna B Oak", uid="anna-2"), card("Ola Oak"))
    with journal.step(book.db, "relation", today=TODAY):
        for name in ("Anna Oak", "Anna B Oak"):
            relations.say(book.db, book.id_of("Ola Oak"), "mother", book.id_of(name), today=TODAY)
        relations.say(book.db, book.id_of("Anna Oak"), "twin", book.id_of("Anna B Oak"), today=TODAY)
    with journal.step(book.db, "merge", today=TODAY):
        from relcard.domain.importing.differences import Side

        first, second = book.id_of("Anna Oak"), book.id_of("Anna B Oak")
        take = dict.fromkeys(("name",), Side.FIRST)
        merge_contacts(book.db, first, second, take=take, today=TODAY)
    assert _relations(book, "Anna Oak") == {"mother of Ola Oak"}
    assert book.db.execute("SELECT count(*) FROM relation").fetchone()[0] == 1


def test_reminders_are_those_of_everybody(book: Book) -> None:
    """A page is told the same reminders of its contact as the whole book is, and no other's."""
    book.imported(
        card("Anna Oak", "BDAY:1984-12-04", street="1 High Street"),
        card("Ben Elm", "BDAY:1980-12-05", street="2 High Street"),
    )
    book.circle(Circle.INNER, "Anna Oak", "Ben Elm")
    everybody = upcoming(book.db, STANDPOINT, days=60)
    page = _page(book, "Anna Oak").reminders
    assert {one.kind for one in page} == {"birthday", "cadence"}
    assert page == [one for one in everybody if one.contact_id == book.id_of("Anna Oak")]


def test_notes_and_cards_are_the_households(book: Book) -> None:
    """The page has the notes and lines of everybody behind the letterbox; its own notes stay apart."""
    book.imported(card("Anna Oak", street="1 High Street"), card("Jan Oak", street="1 High Street"))
    anna, jan = book.id_of("Anna Oak"), book.id_of("Jan Oak")
    with journal.step(book.db, "notes", today=TODAY):
        relationships.add_note(book.db, jan, "new job", on=TODAY)
        for one in (anna, jan):
            relationships.add_note(book.db, one, "moved", on=date(2026, 9, 1))
        relationships.add_interaction(
            book.db, jan, channel="card", direction="from them", on=date(2025, 12, 20), text="come and see"
        )
    page = _page(book, "Anna Oak")
    assert [(one.text, set(one.contact_ids)) for one in page.notes] == [
        ("new job", {jan}),
        ("moved", {anna, jan}),
    ]
    assert [one.text for one in page.own_notes] == ["moved"]
    assert [line.text for line in page.exchanges[0].theirs] == ["come and see"]


def test_the_number_of_queries_is_fixed(book: Book) -> None:
    """Ten times the relations, notes and neighbours cost no further query."""

    def queries(name: str) -> int:
        seen: list[str] = []
        book.db.set_trace_callback(seen.append)
        _page(book, name)
        book.db.set_trace_callback(None)
        return len(seen)

    related = [f"RELATED;TYPE=friend;VALUE=text:Friend {number}" for number in range(20)]
    book.imported(
        card("Ben Elm", "RELATED;TYPE=friend:urn:uuid:cyd-ash", street="9 Low Street", version="4.0"),
        card("Cyd Ash"),
        card(
            "Anna Oak",
            *related,
            "RELATED;TYPE=friend:urn:uuid:cyd-ash",
            street="1 High Street",
            version="4.0",
        ),
        *(card(f"P{number} Oak", street="1 High Street") for number in range(5)),
    )
    with journal.step(book.db, "notes", today=TODAY):
        for number in range(20):
            relationships.add_note(book.db, book.id_of("Anna Oak"), f"note {number}", on=TODAY)
    assert queries("Anna Oak") == queries("Ben Elm")
