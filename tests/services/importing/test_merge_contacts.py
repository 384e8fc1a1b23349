from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from relcard.domain.importing.differences import Side
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.data.export import export_cards
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.merge_contacts import compare_contacts
from relcard.services.importing.merge_contacts import merge_alike
from relcard.services.importing.merge_contacts import merge_contacts
from relcard.store import addresses
from relcard.store import contacts
from relcard.store import households
from relcard.store import merges
from relcard.store import occasions
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import vcards
from relcard.store.file import journal
from tests.support.book import TODAY
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from relcard.services.importing.merge_contacts import Merge
    from tests.support.book import Book

PHONE = "TEL;TYPE=cell:+44 113 496 0000"
BIRTHDAY = "BDAY:1980-04-12"


def merged(book: Book, first: str, second: str, **take: str) -> Merge:
    """Merge the second of two names into the first, as one step."""
    ids = book.id_of(first), book.id_of(second)
    sides = {field: Side(side) for field, side in take.items()}
    with journal.step(book.db, f"merge {first} {second}", today=TODAY):
        return merge_contacts(book.db, *ids, take=sides, today=TODAY)


def _twins(book: Book, *, street: str = "") -> tuple[str, str]:
    one = card("Anna Nowak", PHONE, uid="a", street=street)
    other = card("Ania Nowak", PHONE, "EMAIL:anna@example.org", uid="b", street=street)
    book.imported(one)
    book.imported(other, source="phone.vcf")
    return one, other


def test_everything_moves_and_undo_brings_every_row_back(book: Book, today: date) -> None:
    """Notes, facts, tags, days, seasons and words of both stand with one; undo restores the store row for row."""
    book.imported(card("Anna Nowak", PHONE, BIRTHDAY, "CATEGORIES:choir", uid="a", street="1 High Street"))
    book.imported(
        card("Ania Nowak", PHONE, "BDAY:--04-12", "CATEGORIES:Choir,bread", uid="b", street="9 Mill Lane"),
        card("Jan Nowak", "RELATED;TYPE=friend:urn:uuid:b", uid="j", version="4.0"),
        card("Ola Nowak", uid="o"),
    )
    book.circle(Circle.CLOSE, "Ania Nowak")
    anna, ania = book.id_of("Anna Nowak"), book.id_of("Ania Nowak")
    book.start()
    with journal.step(book.db, "words", today=today):
        for contact_id, text in ((anna, "first"), (ania, "second"), (ania, "both"), (anna, "both")):
            relationships.add_note(book.db, contact_id, text, on=today)
            relationships.add_interaction(
                book.db, contact_id, channel="call", direction="to them", on=today, text=text
            )
        relationships.set_fact(book.db, anna, "bread", "rye", today=today)
        relationships.set_fact(book.db, ania, "bread", "rye", today=today)
        relationships.set_fact(book.db, ania, "tea", "green", today=today)
        merges.say_not_same(book.db, ania, book.id_of("Ola Nowak"), today=today)
    before = dump(book.db)
    done = merged(book, "Anna Nowak", "Ania Nowak", name="second")
    assert (done.uid, done.name, done.gone_uid, done.gone_name) == ("a", "Ania Nowak", "b", "Ania Nowak")
    contact = contacts.load(book.db, anna)
    assert contact.uid == "a"
    assert contact.display_name == "Ania Nowak"
    assert contact.tags == ("choir", "bread")
    assert [str(day.date) for day in contact.occasions] == ["1980-04-12"]
    assert {one.street for one in contact.addresses} == {"1 High Street", "9 Mill Lane"}
    assert sorted(one.text for one in relationships.notes(book.db, [anna])) == ["both", "first", "second"]
    assert sorted(one.text for one in relationships.interactions(book.db, [anna])) == [
        "both",
        "first",
        "second",
    ]
    assert {one.key: one.value for one in relationships.facts(book.db, anna)} == {
        "bread": "rye",
        "tea": "green",
    }
    assert relationships.circles(book.db, [anna]) == {anna: Circle.CLOSE}
    assert [one.uid for one in contacts.load(book.db, book.id_of("Jan Nowak")).relations] == ["a"]
    assert merges.not_same(book.db) == {frozenset(("a", "o"))}
    assert contacts.count(book.db) == 3
    assert book.db.execute("PRAGMA foreign_key_check").fetchall() == []
    journal.undo(book.db)
    assert dump(book.db) == before


def test_open_question_stops_it_and_changes_nothing(book: Book) -> None:
    """Where both say something else, the refusal names each field with both values, and no row is touched."""
    _twins(book)
    before = dump(book.db)
    with pytest.raises(UndecidedError) as caught:
        merged(book, "Anna Nowak", "Ania Nowak")
    assert caught.value.candidates == ('name: first "Anna Nowak", second "Ania Nowak"',)
    assert "name=second" in caught.value.hint
    assert dump(book.db) == before


def test_answer_to_no_question_is_refused(book: Book) -> None:
    """A field in which they do not differ cannot be decided; the hint names those that can."""
    _twins(book)
    with pytest.raises(UsageError) as caught:
        merged(book, "Anna Nowak", "Ania Nowak", title="first")
    assert "name" in caught.value.hint
    with pytest.raises(UsageError):
        merged(book, "Anna Nowak", "Anna Nowak")


def test_importing_either_card_again_finds_the_one(book: Book) -> None:
    """Both texts are known as they were; changed, either brings its news to the contact that stands."""
    one, other = _twins(book)
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    before = dump(book.db)
    assert book.imported(one).unchanged == 1
    assert book.imported(other, source="phone.vcf").unchanged == 1
    assert dump(book.db) == before
    newer = card("Ania Nowak", PHONE, "EMAIL:ania@example.com", "NOTE:moved", uid="b")
    report = book.imported(newer, source="phone.vcf")
    assert (report.new, report.updated, report.conflicts) == (0, 1, 0)
    anna = contacts.load(book.db, book.id_of("Anna Nowak"))
    assert (anna.uid, anna.note) == ("a", "moved")
    assert [mail.value for mail in anna.emails] == ["ania@example.com"]
    report = book.imported(card("Anna Nowak", PHONE, "TITLE:Baker", uid="a"))
    assert (report.new, report.updated) == (0, 1)
    anna = contacts.load(book.db, book.id_of("Anna Nowak"))
    assert (anna.title, anna.note) == ("Baker", "moved")
    assert [mail.value for mail in anna.emails] == ["ania@example.com"]


def test_uid_of_a_merged_card_twice_in_a_file(book: Book) -> None:
    """The second card of one UID is another contact and a conflict, after a merge as before."""
    _twins(book)
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    report = book.imported(
        card("Ania Nowak", "NOTE:x", uid="b"), card("Eve Yew", uid="b"), source="phone.vcf"
    )
    assert (report.new, report.updated, report.conflicts) == (1, 1, 1)


def test_circle_brings_its_day_and_the_earlier_first_day_stands(book: Book, today: date) -> None:
    """A circle taken from the second counts from when it was said; both are known since the earlier day."""
    _twins(book)
    anna, ania = book.id_of("Anna Nowak"), book.id_of("Ania Nowak")
    with journal.step(book.db, "circles", today=today):
        relationships.set_circle(book.db, anna, Circle.WIDE, today=today)
        relationships.set_circle(book.db, ania, Circle.INNER, today=today - timedelta(9))
        book.db.execute("UPDATE contact SET added_on = '2020-01-01' WHERE id = ?", (anna,))
    merged(book, "Anna Nowak", "Ania Nowak", name="first", circle="second")
    words = merges.closeness_of(book.db, anna)
    assert (words.circle, words.said_on, words.added_on) == ("inner", "2026-11-11", "2020-01-01")


@pytest.mark.parametrize("name", ["first", "second"])
def test_card_without_uid_is_found_by_the_name_it_had(book: Book, name: str) -> None:
    """A merged card that never had a UID does not bring its twin back when it comes changed, under its old name."""
    book.imported(card("Anna Nowak", PHONE, uid=""), card("Ania Nowak", "EMAIL:a@example.org", uid=""))
    merged(book, "Anna Nowak", "Ania Nowak", name=name)
    report = book.imported(
        card("Ania Nowak", "EMAIL:a@example.org", "NOTE:new", uid=""),
        card("Anna Nowak", PHONE, "TITLE:Dr", uid=""),
    )
    assert (report.new, report.updated) == (0, 2)
    anna = contacts.load(book.db, 1)
    assert anna.display_name == {"first": "Anna Nowak", "second": "Ania Nowak"}[name]
    assert (anna.title, anna.note) == ("Dr", "new")


def test_a_second_merge_keeps_the_first(book: Book) -> None:
    """Who was merged into a contact goes along when that one is merged in turn."""
    cards = [card(name, PHONE, uid=name[:3].lower()) for name in ("Ann Elm", "Bea Elm", "Cyd Elm")]
    book.imported(*cards)
    merged(book, "Bea Elm", "Cyd Elm", name="first")
    merged(book, "Ann Elm", "Bea Elm", name="first")
    assert book.imported(*cards).unchanged == 3
    changed = [one.replace("END:VCARD", "TITLE:Baker\r\nEND:VCARD") for one in cards]
    assert book.imported(*changed).updated == 3
    assert contacts.count(book.db) == 1
    assert contacts.load(book.db, 1).title == "Baker"


def test_export_says_each_contact_once_and_makes_no_twin(
    book: Book,
    new_book: Callable[[], Book],
) -> None:
    """The survivor's card comes out with what both knew, its unknown lines kept; read again it is one contact."""
    book.imported(
        card("Anna Nowak", PHONE, "X-COLOUR:green", uid=""),
        card("Ania Nowak", "EMAIL:a@example.org", uid="b"),
    )
    uid = contacts.uid_of(book.db, book.id_of("Anna Nowak"))
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    (exported,) = export_cards(book.db)
    assert b"X-COLOUR:green" in exported
    assert b"EMAIL:a@example.org" in exported
    assert f"UID:{uid}".encode() in exported
    assert len(list(vcards.all_cards(book.db))) == 2
    report = book.imported(exported, source="export.vcf")
    assert (report.new, report.conflicts) == (0, 0)
    assert contacts.count(book.db) == 1
    other = new_book()
    assert other.imported(exported).new == 1
    assert contacts.uid_of(other.db, 1) == uid


@pytest.mark.parametrize("states", [("posted", "returned"), ("planned", "posted")])
def test_seasons_of_a_household_that_ends_move_on(book: Book, today: date, states: tuple[str, str]) -> None:
    """Both were written to: one recipient stays, with the further state, the edited words and the day theirs came."""
    book.imported(
        card("Anna Nowak", PHONE, uid="a", street="1 High Street"),
        card("Ania Nowak", "EMAIL:a@example.org", uid="b", street="9 Mill Lane"),
    )
    book.circle(Circle.CLOSE, "Anna Nowak", "Ania Nowak")
    book.start()
    here, there = (one.id for one in seasons.recipients(book.db, 1))
    with journal.step(book.db, "written", today=today):
        seasons.set_draft(book.db, there, "For you", "Quiet days", edited=True)
        seasons.set_received(book.db, there, today)
        seasons.set_state(book.db, here, states[0])
        seasons.set_state(book.db, there, states[1])
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    (one,) = seasons.recipients(book.db, 1)
    assert one.household_id == book.home_of("Anna Nowak")
    assert (one.state, one.inside, one.edited, one.received_on) == ("posted", "Quiet days", True, today)
    assert len(households.every(book.db)) == 1
    assert book.db.execute("SELECT count(*) FROM household").fetchone()[0] == 1


def test_words_a_person_wrote_for_both_are_asked(book: Book, today: date) -> None:
    """Of two edited drafts of one season only one can be printed: the user says which."""
    book.imported(
        card("Anna Nowak", PHONE, uid="a", street="1 High Street"),
        card("Ania Nowak", "EMAIL:a@example.org", uid="b", street="9 Mill Lane"),
    )
    book.circle(Circle.CLOSE, "Anna Nowak", "Ania Nowak")
    book.start()
    with journal.step(book.db, "draft edit", today=today):
        for at, one in enumerate(seasons.recipients(book.db, 1)):
            seasons.set_draft(book.db, one.id, "", f"words {at}", edited=True)
    take = {"name": "first", "draft.christmas-2026": "second"}
    with pytest.raises(UndecidedError):
        merged(book, "Anna Nowak", "Ania Nowak", name="first")
    merged(book, "Anna Nowak", "Ania Nowak", **take)
    (one,) = seasons.recipients(book.db, 1)
    assert one.inside == "words 1"


def test_a_wish_for_the_envelope_is_asked_and_moves(book: Book, today: date) -> None:
    """Two addressees the user wrote cannot both stand; a salutation that only one has comes along."""
    book.imported(card("Anna Nowak", PHONE, uid="a"), card("Ania Nowak", "EMAIL:a@example.org", uid="b"))
    with journal.step(book.db, "household set", today=today):
        for name, wishes in (
            ("Anna Nowak", {"addressee": "Ms A. Nowak"}),
            ("Ania Nowak", {"addressee": "Ania", "salutation": "Droga Aniu,"}),
        ):
            home = book.home_of(name)
            households.set_wishes(book.db, home, dict(wishes))
            households.describe(book.db, home, stated=True, reason="as you said")
    merged(book, "Anna Nowak", "Ania Nowak", **{"name": "first", "household.addressee": "second"})
    row = households.get(book.db, book.home_of("Anna Nowak"))
    assert row is not None
    assert (row.addressee, row.salutation, row.stated) == ("Ania", "Droga Aniu,", True)


def test_stated_household_beats_a_proposed_one(book: Book, today: date) -> None:
    """Who was said to live with Jan still does after being merged into a twin without an address."""
    book.imported(
        card("Anna Nowak", PHONE, uid="a"),
        card("Ania Nowak", PHONE, uid="b", street="1 High Street"),
        card("Jan Ash", uid="j", street="1 High Street"),
    )
    with journal.step(book.db, "household join", today=today):
        home = book.home_of("Jan Ash")
        households.put(book.db, book.id_of("Ania Nowak"), home)
        households.describe(book.db, home, stated=True, reason="as you said")
        households.drop_empty(book.db)
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    assert book.home_of("Anna Nowak") == home
    assert len(households.every(book.db)) == 1


def test_two_stated_households_are_asked(book: Book, today: date) -> None:
    """Where the user has said of both who they live with, the user says which holds; nobody else moves."""
    book.imported(
        card("Anna Nowak", PHONE, uid="a", street="1 High Street"),
        card("Jan Nowak", uid="j", street="1 High Street"),
        card("Ania Nowak", "EMAIL:a@example.org", uid="b", street="9 Mill Lane"),
        card("Ola Nowak", uid="o", street="9 Mill Lane"),
    )
    with journal.step(book.db, "household join", today=today):
        for name in ("Jan Nowak", "Ola Nowak"):
            households.describe(book.db, book.home_of(name), stated=True, reason="as you said")
    with pytest.raises(UndecidedError) as caught:
        merged(book, "Anna Nowak", "Ania Nowak", name="first")
    assert caught.value.candidates == ('household: first "with Jan Nowak", second "with Ola Nowak"',)
    merged(book, "Anna Nowak", "Ania Nowak", name="first", household="second")
    assert book.home_of("Anna Nowak") == book.home_of("Ola Nowak")
    assert book.home_of("Jan Nowak") != book.home_of("Ola Nowak")


def test_reminders_stay_dealt_with(book: Book, today: date) -> None:
    """A birthday and an overdue word that were done for the second contact are not brought up again."""
    book.imported(
        card("Anna Nowak", PHONE, uid="a"), card("Ania Nowak", BIRTHDAY, "EMAIL:a@example.org", uid="b")
    )
    anna, ania = book.id_of("Anna Nowak"), book.id_of("Ania Nowak")
    ((birthday, *_),) = merges.occasion_ids(book.db, [ania])
    with journal.step(book.db, "done", today=today):
        occasions.dismiss(book.db, f"birthday-{birthday}-2027", until=None, today=today)
        occasions.dismiss(book.db, f"cadence-{ania}-20261120", until=today + timedelta(5), today=today)
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    ((now, *_),) = merges.occasion_ids(book.db, [anna])
    assert occasions.dismissals(book.db) == {
        f"birthday-{now}-2027": None,
        f"cadence-{anna}-20261120": today + timedelta(5),
    }


def test_address_a_card_came_back_from_is_not_used_again(book: Book, today: date) -> None:
    """What came back for one of them is retired for the one that stands, and kept."""
    _twins(book, street="1 High Street")
    with journal.step(book.db, "returned", today=today):
        seasons.retire_addresses(book.db, [book.id_of("Ania Nowak")], season="christmas-2026", today=today)
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    assert contacts.load(book.db, book.id_of("Anna Nowak")).address is None
    assert book.db.execute("SELECT count(*) FROM address WHERE retired_on IS NOT NULL").fetchone()[0]


GOOD = "ADR;TYPE=home:;;12 Elm Street;Madison;WI;53711;United States"
NO_TOWN = "ADR;TYPE=home,pref:;;12 Elm Street Madison Wisconsin;;;;United States"


@pytest.mark.parametrize("first", ["Anna Nowak", "Ania Nowak"])
def test_card_goes_to_the_address_the_post_can_find(book: Book, first: str) -> None:
    """Of two addresses the whole one is used, whichever contact stands and whatever a card prefers; both stay."""
    book.imported(card("Anna Nowak", PHONE, GOOD, uid="a"), card("Ania Nowak", PHONE, NO_TOWN, uid="b"))
    second = "Ania Nowak" if first == "Anna Nowak" else "Anna Nowak"
    for name in (first, second):
        ids = [kept.id for kept in addresses.known(book.db, [book.id_of(name)])[book.id_of(name)]]
        addresses.confirm(book.db, ids, on=TODAY)
    merged(book, first, second, name="first")
    contact = contacts.load(book.db, book.id_of(first))
    assert contact.address is not None
    assert contact.address.postcode == "53711"
    kept = addresses.known(book.db, [book.id_of(first)])[book.id_of(first)]
    assert [address.confirmed_on for address in kept] == [TODAY, TODAY]


def test_work_is_not_preferred_to_a_home_the_post_may_miss(book: Book) -> None:
    """A private card does not go to work for want of a postcode."""
    work = GOOD.replace("home", "work")
    book.imported(card("Anna Nowak", PHONE, NO_TOWN, uid="a"), card("Ania Nowak", PHONE, work, uid="b"))
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    contact = contacts.load(book.db, book.id_of("Anna Nowak"))
    assert contact.address is not None
    assert "home" in contact.address.types


def test_addresses_keep_their_numbers_and_what_is_known_of_them(book: Book, today: date) -> None:
    """The first's stand where they stood, those of the other behind them with their days."""
    book.imported(card("Ania Nowak", PHONE, uid="b", street="9 Mill Lane"))
    ania = book.id_of("Ania Nowak")
    addresses.add(book.db, ania, Address(street="7 Quay", locality="Leeds"), today=today)
    addresses.retire(book.db, [addresses.known(book.db, [ania])[ania][0].id], on=today)
    book.imported(card("Anna Nowak", PHONE, uid="a", street="1 High Street"))
    anna = book.id_of("Anna Nowak")
    merged(book, "Anna Nowak", "Ania Nowak", name="first")
    kept = addresses.known(book.db, [anna])[anna]
    assert [(one.address.street, one.confirmed_on, one.retired_on) for one in kept] == [
        ("1 High Street", None, None),
        ("7 Quay", today, None),
        ("9 Mill Lane", None, today),
    ]


def test_not_the_same_is_never_proposed_again(book: Book, today: date) -> None:
    """A pair that was said not to be one stays out, after a new import too, until undo."""
    book.imported(card("Jo Ash", PHONE, uid="a"), card("Jo Ash", PHONE, uid="b"))
    assert len(find_duplicates(book.db)) == 1
    with journal.step(book.db, "duplicates", today=today):
        merges.say_not_same(book.db, 2, 1, today=today)
        merges.say_not_same(book.db, 1, 2, today=today)
    book.imported(card("Jo Ash", PHONE, "NOTE:x", uid="a"))
    assert find_duplicates(book.db) == []
    journal.undo(book.db)
    journal.undo(book.db)
    assert len(find_duplicates(book.db)) == 1


def test_comparison(book: Book) -> None:
    """Two contacts are shown with where each came from; the newer is the one whose card came in last."""
    _twins(book)
    first, second = book.id_of("Anna Nowak"), book.id_of("Ania Nowak")
    found = compare_contacts(book.db, first, second)
    assert found.uids == ("a", "b")
    assert [one.field for one in found.differences] == ["name"]
    assert [[one.source for one in side] for side in found.origins] == [["cards.vcf"], ["phone.vcf"]]
    assert found.newer is Side.SECOND
    assert compare_contacts(book.db, second, first).newer is Side.FIRST


OF_ONE_PERSON = {
    "list.vcf": card("Nora Quill", street="2 Hill Rd", uid=""),
    "mail.vcf": card("Nora Quill", "EMAIL:nora@example.org", street="1 Elm St", uid=""),
    "phone.vcf": card("Nora Quill", "EMAIL:nora@example.org", street="2 Hill Rd", uid=""),
}


@pytest.mark.parametrize("order", list(permutations(OF_ONE_PERSON)))
def test_books_in_any_order_become_the_same_contacts(book: Book, order: tuple[str, ...]) -> None:
    """Two books that have nothing in common but the name are tied by a third, whichever came first."""
    for name in order:
        book.imported(OF_ONE_PERSON[name], source=name)
    with journal.step(book.db, "merge", today=TODAY):
        merge_alike(book.db, today=TODAY)
    assert contacts.count(book.db) == 1
