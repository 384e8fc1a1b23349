from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.services.importing.import_cards import import_cards
from relcard.store import contacts
from relcard.store import households
from relcard.store import relationships
from relcard.store import seasons
from relcard.store import vcards
from relcard.store.file import journal
from relcard.vcard.read_file import Reader
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from relcard.services.importing.import_cards import ImportReport
    from tests.support.book import Book

PHONE = "TEL;TYPE=cell:+44 113 496 0000"
NAMELESS = "BEGIN:VCARD\r\nVERSION:3.0\r\nX-ODD:1\r\nEND:VCARD\r\n"


def _sums(report: ImportReport) -> tuple[int, int, int, int]:
    assert report.cards == report.new + report.updated + report.unchanged + report.kept_raw
    return report.new, report.updated, report.unchanged, report.kept_raw


def _group(*members: str, name: str = "Choir") -> str:
    lines = [f"MEMBER:urn:uuid:{one}" for one in members]
    head = ["BEGIN:VCARD", "VERSION:4.0", "KIND:group", f"FN:{name}", f"UID:{name.lower()}-group"]
    return "\r\n".join([*head, *lines, "END:VCARD", ""])


def test_new_card_becomes_a_contact(book: Book) -> None:
    """A card nobody has seen goes in whole, under its own UID, in a household of its own."""
    text = card("Zoë Nowak", PHONE, "BDAY:1980-02-29", "CATEGORIES:choir,bread", street="1 High Street")
    report = book.imported(text)
    assert _sums(report) == (1, 0, 0, 0)
    contact = contacts.load(book.db, book.id_of("Zoë Nowak"))
    assert contact.uid == "zoë-nowak"
    assert (contact.name.given, contact.name.family) == ("Zoë", "Nowak")
    assert [str(one.date) for one in contact.occasions] == ["1980-02-29"]
    assert contact.tags == ("choir", "bread")
    assert contact.address is not None
    assert contact.address.country_code == "GB"
    assert set(report.new_ids) == {book.id_of("Zoë Nowak")}
    assert households.get(book.db, book.home_of("Zoë Nowak")) is not None


def test_same_file_again_changes_nothing(book: Book) -> None:
    """A file imported twice leaves every row of every table as it was, and no step to take back."""
    file = (
        card("Anna Nowak", PHONE, street="1 High Street"),
        card("Jan Nowak", uid="", street="1 High Street"),
        card("Eve Ash", "BDAY:spring", uid="x"),
        card("Ewa Ash", uid="x"),
        NAMELESS,
        _group("anna-nowak"),
    )
    first = book.imported(*file)
    before, steps = dump(book.db), journal.history(book.db)
    again = book.imported(*file)
    assert dump(book.db) == before
    assert journal.history(book.db) == steps
    assert _sums(again) == (0, 0, first.cards, 0)
    assert not again.new_ids


def test_known_text_is_not_even_parsed(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has the same hash as a stored card is unchanged without a look inside."""
    book.imported(card("Anna Nowak"), NAMELESS)

    def parse(*_: object, **__: object) -> None:
        pytest.fail("a known card was parsed")

    monkeypatch.setattr(Reader, "parse", parse)
    assert _sums(book.imported(NAMELESS, card("Anna Nowak"))) == (0, 0, 2, 0)


def test_newer_text_replaces_what_nobody_edited(book: Book) -> None:
    """A changed card of a known UID brings its new phone and takes its old one away."""
    book.imported(card("Anna Nowak", "TEL:0113 496 0001", "NOTE:old", street="1 High Street"))
    report = book.imported(card("Anna Nowak", "TEL:0113 496 0002", street="1 High Street"))
    assert _sums(report) == (0, 1, 0, 0)
    contact = contacts.load(book.db, book.id_of("Anna Nowak"))
    assert [one.value for one in contact.phones] == ["0113 496 0002"]
    assert contact.note == ""
    assert len(list(vcards.all_cards(book.db))) == 1


def test_newer_text_keeps_what_the_user_changed(book: Book, today: date) -> None:
    """A tag given here, the circle, facts and notes stand after the card came changed; its own tags follow it."""
    book.imported(card("Anna Nowak", "CATEGORIES:work,golf"))
    anna = book.id_of("Anna Nowak")
    book.circle(Circle.INNER, "Anna Nowak")
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, anna, "mine")
        relationships.set_fact(book.db, anna, "bread", "rye", today=today)
        relationships.add_note(book.db, anna, "new kitchen", on=today)
    report = book.imported(card("Anna Nowak", PHONE, "CATEGORIES:work,chess"))
    assert _sums(report) == (0, 1, 0, 0)
    contact = contacts.load(book.db, anna)
    assert set(contact.tags) == {"work", "chess", "mine"}
    assert [one.value for one in contact.phones] == ["+44 113 496 0000"]
    assert relationships.circles(book.db, [anna]) == {anna: Circle.INNER}
    assert [one.value for one in relationships.facts(book.db, anna)] == ["rye"]
    assert [one.text for one in relationships.notes(book.db, [anna])] == ["new kitchen"]


def test_tag_taken_off_here_stays_off(book: Book, today: date) -> None:
    """A tag the user removed does not come back with the next change of the card."""
    book.imported(card("Anna Nowak", "CATEGORIES:work,golf"))
    with journal.step(book.db, "tag", today=today):
        relationships.remove_tag(book.db, 1, "golf")
    book.imported(card("Anna Nowak", PHONE, "CATEGORIES:work,golf"))
    assert contacts.load(book.db, 1).tags == ("work",)


def test_change_on_both_sides_is_a_conflict(book: Book, today: date) -> None:
    """When both sides changed the name, ours stays and the report says where and what theirs was."""
    book.imported(card("Anna Nowak", uid="a"))
    with journal.step(book.db, "edit", today=today):
        mine = contacts.load(book.db, 1)._replace(display_name="Ania Nowak")
        contacts.update(book.db, 1, mine)
    report = book.imported(card("Annie Nowak", uid="a"), source="phone.vcf")
    assert report.conflicts == 1
    assert contacts.load(book.db, 1).display_name == "Ania Nowak"
    (problem,) = report.problems
    assert (problem.source, problem.line) == ("phone.vcf", 1)
    assert "Annie Nowak" in problem.message


def test_uid_twice_in_one_file_keeps_both(book: Book) -> None:
    """Two cards of one UID are two contacts; the second is a conflict with file and line."""
    report = book.imported(card("Anna Nowak", uid="same"), card("Bob Ash", uid="same"))
    assert _sums(report) == (2, 0, 0, 0)
    assert report.conflicts == 1
    (problem,) = report.problems
    assert (problem.source, problem.line, problem.name) == ("cards.vcf", 7, "Bob Ash")
    uids = {one.uid for one in contacts.listing(book.db)}
    assert len(uids) == 2
    assert "same" in uids


@pytest.mark.parametrize("shared", [PHONE, "EMAIL:anna@example.org", "BDAY:1980-04-12"])
def test_card_without_uid_is_known_by_name_and_something_else(book: Book, shared: str) -> None:
    """A changed card without UID is the same contact when name and phone, e-mail or birthday agree."""
    book.imported(card("Anna Nowak", shared, uid=""))
    uid = contacts.uid_of(book.db, 1)
    report = book.imported(card("Anna Nowak", shared, "NOTE:new", uid=""))
    assert _sums(report) == (0, 1, 0, 0)
    assert contacts.load(book.db, 1).note == "new"
    assert contacts.uid_of(book.db, 1) == uid


def test_name_alone_or_email_alone_makes_nobody_the_same(book: Book) -> None:
    """Two of one name from two address books, or a couple with one e-mail, are two contacts."""
    book.imported(card("Anna Nowak", "EMAIL:nowaks@example.org", uid=""), source="phone.vcf")
    report = book.imported(
        card("Anna Nowak", PHONE, uid=""), card("Jan Nowak", "EMAIL:nowaks@example.org", uid="")
    )
    assert _sums(report) == (2, 0, 0, 0)
    assert contacts.count(book.db) == 3


def test_two_of_one_name_and_phone_in_one_file_stay_two(book: Book) -> None:
    """A card is never taken for a newer text of one that came in the same run."""
    report = book.imported(card("Jo Ash", PHONE, uid=""), card("Jo Ash", PHONE, "NOTE:junior", uid=""))
    assert _sums(report) == (2, 0, 0, 0)
    assert len({one.uid for one in contacts.listing(book.db)}) == 2


def test_minted_uid_is_the_same_in_every_store(book: Book, new_book: Callable[[], Book]) -> None:
    """A store built anew from the same file gives a contact without UID the same one."""
    file = card("Anna Nowak", PHONE, uid=""), card("Anna Nowak", uid="")
    other = new_book()
    book.imported(*file)
    other.imported(*file)
    assert [one.uid for one in contacts.listing(book.db)] == [one.uid for one in contacts.listing(other.db)]


def test_bad_card_costs_no_other(book: Book) -> None:
    """Between two good cards, one that names nobody is kept raw, with its problem's file and line."""
    report = book.imported(card("Anna Nowak"), NAMELESS, card("Jan Nowak"), source="phone.vcf")
    assert _sums(report) == (2, 0, 0, 1)
    (problem,) = report.problems
    assert (problem.source, problem.line) == ("phone.vcf", 7)
    kept = [one for one in vcards.all_cards(book.db) if one.contact_id is None]
    assert [one.raw for one in kept] == [NAMELESS.encode()]
    assert vcards.problems(book.db) == [problem]


def test_line_not_understood_is_a_problem_and_the_rest_goes_in(book: Book) -> None:
    """A birthday that is no date is named with its own line; the contact is there."""
    report = book.imported(card("Omar Haddad", "BDAY:spring", PHONE))
    (problem,) = report.problems
    assert (problem.line, problem.name) == (6, "Omar Haddad")
    assert "spring" in problem.message
    contact = contacts.load(book.db, 1)
    assert contact.occasions == ()
    assert [one.value for one in contact.phones] == ["+44 113 496 0000"]


def test_problem_goes_when_the_card_is_mended(book: Book) -> None:
    """A newer text without the fault takes its problem out of the report of all imports."""
    book.imported(card("Omar Haddad", "BDAY:spring"))
    assert len(vcards.problems(book.db)) == 1
    book.imported(card("Omar Haddad", "BDAY:1980-04-12"))
    assert vcards.problems(book.db) == []


def test_group_card_becomes_a_tag_of_its_members(book: Book) -> None:
    """KIND:group makes no contact: those it names get its name as a tag, wherever in the file they stand."""
    report = book.imported(_group("anna-nowak"), card("Anna Nowak"), card("Jan Nowak"))
    assert _sums(report) == (3, 0, 0, 0)
    assert contacts.count(book.db) == 2
    assert contacts.load(book.db, book.id_of("Anna Nowak")).tags == ("Choir",)
    assert contacts.load(book.db, book.id_of("Jan Nowak")).tags == ()


def test_tag_of_a_group_outlives_a_newer_card_of_the_member(book: Book) -> None:
    """A member's card that comes changed does not take the group's tag away."""
    book.imported(card("Anna Nowak", "CATEGORIES:work"), _group("anna-nowak"))
    book.imported(card("Anna Nowak", PHONE, "CATEGORIES:home"))
    assert set(contacts.load(book.db, 1).tags) == {"home", "Choir"}


def test_apple_identifier_outlives_a_changed_uid(book: Book) -> None:
    """X-ABUID makes two texts one contact though name and UID have changed."""
    book.imported(card("Anna Nowak", "X-ABUID:1A2B:ABPerson", uid="one"))
    report = book.imported(card("Anna Kowalska", "X-ABUID:1A2B:ABPerson", uid="two"))
    assert _sums(report) == (0, 1, 0, 0)
    assert contacts.load(book.db, 1).display_name == "Anna Kowalska"


def test_several_files_are_one_run(book: Book, today: date) -> None:
    """Files imported together have one report and one step; each card remembers its own file."""
    files = [
        (name, io.BytesIO(card(who).encode())) for name, who in (("a.vcf", "Anna A"), ("b.vcf", "Bob B"))
    ]
    seen: list[int] = []
    with journal.step(book.db, "import", today=today):
        report = import_cards(book.db, files, today=today, progress=seen.append)
    assert _sums(report) == (2, 0, 0, 0)
    assert seen == [len(card("Anna A")), len(card("Bob B"))]
    assert [one.source for one in vcards.all_cards(book.db)] == ["a.vcf", "b.vcf"]
    assert len(journal.history(book.db)) == 1


def test_undo_takes_an_import_back(book: Book) -> None:
    """After undo of a second import, with news for known contacts, every row is as before it."""
    book.imported(card("Anna Nowak", "CATEGORIES:a", street="1 High Street"), card("Jan Ash"))
    before = dump(book.db)
    book.imported(
        card("Anna Nowak", "CATEGORIES:b", street="2 Low Street"),
        card("Jan Nowak", street="2 Low Street"),
        NAMELESS,
        _group("jan-ash"),
    )
    assert dump(book.db) != before
    journal.undo(book.db)
    assert dump(book.db) == before


def test_address_a_card_came_back_from_stays_retired(book: Book, today: date) -> None:
    """The same card again, or one with another phone, does not bring it back; a newer address does count."""
    old = card("Anna Nowak", street="1 High Street")
    book.imported(old)
    with journal.step(book.db, "returned", today=today):
        seasons.retire_addresses(book.db, [1], season="christmas-2026", today=today)
    book.imported(old)
    assert contacts.load(book.db, 1).address is None
    book.imported(card("Anna Nowak", PHONE, street="1 High Street"))
    assert contacts.load(book.db, 1).address is None
    book.imported(card("Anna Nowak", PHONE, street="2 Low Street"))
    address = contacts.load(book.db, 1).address
    assert address is not None
    assert address.street == "2 Low Street"
    kept = book.db.execute("SELECT street FROM address WHERE retired_on IS NOT NULL").fetchall()
    assert [one[0] for one in kept] == ["1 High Street"]


def test_what_a_large_file_says_twice_is_known_again(book: Book) -> None:
    """Far behind its first appearance a text is unchanged, and a UID with another text is a second contact."""
    cards = [card(f"Person {number}", uid=f"u{number}") for number in range(200)]
    report = book.imported(*cards, cards[3], card("Another", uid="u5"))
    assert _sums(report) == (201, 0, 1, 0)
    assert report.conflicts == 1
