"""The same people again: what a newer file of an address book does to the contacts that came from an older one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.services.data.export import export_cards
from relcard.services.importing.find_duplicates import find_duplicates
from relcard.store import contacts
from relcard.store import merges
from relcard.store import relationships
from relcard.store import vcards
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from relcard.domain.people.contact import Contact
    from tests.support.book import Book

PHONE = "TEL;TYPE=cell:+44 113 496 0000"
OTHER_PHONE = "TEL;TYPE=cell:+44 113 496 0777"
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _all(book: Book) -> list[Contact]:
    """Return every contact, by name and UID."""
    rows = contacts.listing(book.db)
    return sorted(
        (contacts.load(book.db, row.id) for row in rows), key=lambda one: (one.display_name, one.uid)
    )


def _counts(report: Any) -> tuple[int, int, int]:
    return report.new, report.updated, report.unchanged


def test_iphone_twice_with_a_changed_phone(book: Book) -> None:
    """Of an address book without UIDs, a card with another phone is the same contact: its name stands once."""
    others = card("Ben Elm", uid=""), card("Cyd Ash", "EMAIL:cyd@example.org", uid="")
    book.imported(*others, card("Anna Nowak", PHONE, uid=""))
    report = book.imported(card("Anna Nowak", OTHER_PHONE, uid=""), *others)
    assert _counts(report) == (0, 1, 2)
    anna = contacts.load(book.db, book.id_of("Anna Nowak"))
    assert [one.value for one in anna.phones] == ["+44 113 496 0777"]


def test_google_twice_without_uids(book: Book) -> None:
    """Contacts without UID are known again by name with e-mail, phone or birthday, all in one file."""
    book.imported(
        card("Anna Nowak", "EMAIL:anna@example.org", uid=""),
        card("Ben Elm", PHONE, uid=""),
        card("Cyd Ash", "BDAY:1980-04-12", uid=""),
    )
    report = book.imported(
        card("Cyd Ash", "BDAY:1980-04-12", "NOTE:c", uid=""),
        card("Ben Elm", "TEL:0113 496 0000", "NOTE:b", uid=""),
        card("Anna Nowak", "EMAIL:Anna@Example.org", "NOTE:a", uid=""),
        source="contacts (1).vcf",
    )
    assert _counts(report) == (0, 3, 0)
    assert [one.note for one in _all(book)] == ["a", "b", "c"]


def test_second_download_is_the_same_address_book(book: Book) -> None:
    """What a browser calls "contacts (1).vcf" is a newer contacts.vcf; another name is another address book."""
    book.imported(card("Anna Nowak", PHONE, uid=""), source="contacts.vcf")
    report = book.imported(card("Anna Nowak", OTHER_PHONE, uid=""), source="contacts (1).vcf")
    assert _counts(report) == (0, 1, 0)
    report = book.imported(card("Anna Nowak", "TEL:+1 212 555 0100", uid=""), source="work.vcf")
    assert _counts(report) == (1, 0, 0)


def test_standard_input_is_no_address_book(book: Book) -> None:
    """By the name alone nobody is the same in what comes through a pipe: it may be anything."""
    book.imported(card("Anna Nowak", PHONE, uid=""), source="standard input")
    report = book.imported(card("Anna Nowak", OTHER_PHONE, uid=""), source="standard input")
    assert _counts(report) == (1, 0, 0)
    assert report.missing == 0


def test_renamed_after_a_wedding(book: Book, today: date) -> None:
    """A new name under the same UID is the same contact, with circle and notes as they were."""
    book.imported(card("Anna Nowak", PHONE, uid="a"))
    book.circle(Circle.INNER, "Anna Nowak")
    with journal.step(book.db, "note", today=today):
        relationships.add_note(book.db, 1, "the wedding is in May", on=today)
    report = book.imported(card("Anna Ash", PHONE, uid="a"))
    assert _counts(report) == (0, 1, 0)
    assert [one.display_name for one in _all(book)] == ["Anna Ash"]
    assert relationships.circles(book.db, [1]) == {1: Circle.INNER}
    assert relationships.notes(book.db, [1])


@pytest.mark.parametrize("turned", [False, True])
def test_father_and_son_of_one_name_stay_two(book: Book, turned: bool) -> None:
    """Two John Smiths with one landline and two birthdays keep their own cards, in any order of the file."""
    father = card("John Smith", PHONE, "BDAY:1950-01-01", uid="")
    son = card("John Smith", PHONE, "BDAY:1980-06-06", uid="")
    book.imported(father, son)
    news = [
        card("John Smith", PHONE, "BDAY:1950-01-01", "NOTE:father", uid=""),
        card("John Smith", PHONE, "BDAY:1980-06-06", "NOTE:son", uid=""),
    ]
    report = book.imported(*(reversed(news) if turned else news))
    assert _counts(report) == (0, 2, 0)
    assert {(str(one.occasions[0].date), one.note) for one in _all(book)} == {
        ("1950-01-01", "father"),
        ("1980-06-06", "son"),
    }


def test_a_son_is_not_his_father(book: Book) -> None:
    """A namesake with the same landline and another day or year of birth is somebody else."""
    book.imported(card("John Smith", PHONE, "BDAY:1950-01-01", uid=""))
    for birthday in ("1980-01-01", "1950-06-06"):
        report = book.imported(card("John Smith", PHONE, f"BDAY:{birthday}", uid=""), source=birthday)
        assert _counts(report) == (1, 0, 0)


def test_a_card_of_one_name_does_not_take_what_another_card_is(book: Book) -> None:
    """A namesake who comes new with the same phone is not written over one whose own card is in the file."""
    old = card("Jo Ash", PHONE, uid="")
    book.imported(old)
    report = book.imported(card("Jo Ash", PHONE, "NOTE:junior", uid=""), old)
    assert _counts(report) == (1, 0, 1)
    assert sorted(one.note for one in _all(book)) == ["", "junior"]


def test_couple_with_one_email_stays_two(book: Book) -> None:
    """An e-mail says nothing without a name: both are updated, each from their own card."""
    email = "EMAIL:smiths@example.org"
    book.imported(card("Ann Smith", email, uid=""), card("Tom Smith", email, uid=""))
    report = book.imported(
        card("Tom Smith", email, "NOTE:tom", uid=""), card("Ann Smith", email, "NOTE:ann", uid="")
    )
    assert _counts(report) == (0, 2, 0)
    assert [(one.display_name, one.note) for one in _all(book)] == [
        ("Ann Smith", "ann"),
        ("Tom Smith", "tom"),
    ]


def test_name_turned_round(book: Book) -> None:
    """A card that says the family name first is known by its phone, and not by its name alone."""
    book.imported(card("Anna Nowak", PHONE, uid=""), card("Martin James", uid=""))
    turned = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nowak Anna\r\nN:Nowak;Anna;;;\r\n" + PHONE + "\r\nEND:VCARD\r\n"
    )
    report = book.imported(turned, card("James Martin", uid=""))
    assert _counts(report) == (1, 1, 0)
    assert {one.display_name for one in _all(book)} == {"Nowak Anna", "Martin James", "James Martin"}


def test_two_uids_in_one_address_book_are_two(book: Book) -> None:
    """Within one file the UID decides: another UID is another contact, named as a likely duplicate."""
    first = card("Anna Nowak", PHONE, uid="a")
    book.imported(first)
    report = book.imported(first, card("Anna Nowak", PHONE, "NOTE:again", uid="b"))
    assert _counts(report) == (1, 0, 1)
    (pair,) = find_duplicates(book.db, among=report.new_ids)
    assert {pair.a.uid, pair.b.uid} == {"a", "b"}


def _folk(month: str, *notes: str) -> list[str]:
    """Return the export of a program that gives new UIDs each time."""
    return [
        card("Ida Fern", "TEL:01632 960411", *notes, uid=f"{month}-0"),
        card("Per Alder", "EMAIL:per@example.org", "BDAY:1970-02-03", uid=f"{month}-1"),
        card("Lia Birch", "BDAY:1971-03-04", uid=f"{month}-2"),
        card("Tom Yew", uid=f"{month}-3", street="3 Elm Row"),
    ]


def test_an_export_with_new_uids_each_time_is_the_same_book(book: Book) -> None:
    """Where the old UID is gone from the file, name and reach or birthday say who it is; so does the whole card."""
    book.imported(*_folk("jan"))
    for month in ("feb", "mar"):
        report = book.imported(*reversed(_folk(month, f"NOTE:{month}")))
        assert (report.new, report.kept_raw, report.missing) == (0, 0, 0)
    assert len(_all(book)) == 4
    assert contacts.load(book.db, book.id_of("Ida Fern")).note == "mar"
    assert _counts(book.imported(*_folk("mar", "NOTE:mar"))) == (0, 0, 4)


def test_a_birthday_to_come_is_said(book: Book) -> None:
    """A year of birth in the future is no birthday's year: the day is kept without it, the line as it was."""
    cards = (card("Ann Lee", "BDAY:2060-12-24", uid="ann"), card("Bo Lee", "BDAY:1960-12-24", uid="bo"))
    report = book.imported(*cards)
    assert ["still to come" in one.message for one in report.problems] == [True]
    ann = contacts.load(book.db, book.id_of("Ann Lee"))
    assert [str(day.date) for day in ann.occasions] == ["--12-24"]
    assert b"".join(export_cards(book.db)) == "".join(cards).encode()
    contacts.update(book.db, book.id_of("Ann Lee"), ann._replace(title="Captain"))
    assert b"BDAY:2060-12-24\r\n" in b"".join(export_cards(book.db))
    born = ann._replace(occasions=(Occasion(OccasionKind.BIRTHDAY, PartialDate(1960, 12, 24)),))
    contacts.update(book.db, book.id_of("Ann Lee"), born)
    assert b"2060" not in b"".join(export_cards(book.db))


def test_another_of_a_name_is_no_renewed_uid(book: Book) -> None:
    """A name alone, with another UID and another phone, is another contact."""
    book.imported(card("Anna Nowak", PHONE, uid="a"))
    assert _counts(book.imported(card("Anna Nowak", OTHER_PHONE, uid="b"))) == (1, 0, 0)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("names", [("Ann Lee", "Bo Lee", "Cy Lee"), ("Ann Lee", "Ann Lee", "Ann Lee")])
def test_cards_of_one_uid_exported_again_settle(book: Book, names: tuple[str, ...], order: int) -> None:
    """A broken export gives three cards one UID: a newer one of it brings nobody new, each time."""
    phones = ["TEL:01632 960421", "TEL:01632 960422", "TEL:01632 960423"]
    book.imported(*(card(name, phone, uid="x") for name, phone in zip(names, phones, strict=True)))
    before = {(one.display_name, one.phones) for one in _all(book)}
    for year in ("2024", "2025"):
        cards = [
            card(name, phone, f"ORG:{year}", uid="x") for name, phone in zip(names, phones, strict=True)
        ][::order]
        assert _counts(book.imported(*cards)) == (0, 3, 0)
        assert {(one.display_name, one.phones) for one in _all(book)} == before


def test_lines_sorted_or_folded_anew_are_no_news(book: Book) -> None:
    """What a server only re-sorts, re-folds and stamps is unchanged, and is known byte for byte from then on."""
    book.imported(card("Anna Nowak", PHONE, "EMAIL:anna@example.org", "NOTE:sings in the choir", uid="a"))
    again = card(
        "Anna Nowak", "NOTE:sings in\r\n  the choir", "EMAIL:anna@example.org", PHONE, "REV:20261101", uid="a"
    )
    report = book.imported(again)
    assert (_counts(report), report.rewritten) == ((0, 0, 1), 1)
    assert [one.raw for one in vcards.all_cards(book.db)] == [again.encode()]
    report = book.imported(again)
    assert (_counts(report), report.rewritten) == ((0, 0, 1), 0)


SPELT_ANEW = {
    "types in another order": ("TEL;TYPE=home,voice:1", "TEL;TYPE=VOICE;TYPE=HOME:1"),
    "parameters in another order": (
        "ADR;TYPE=home;CC=NG;X-A=1:;;7 Palm Way;Lagos;;;",
        "ADR;X-A=1;CC=NG;TYPE=home:;;7 Palm Way;Lagos;;;",
    ),
    "names in capitals": ("item1.TEL:1\r\nitem1.X-ABLabel:boat", "ITEM1.TEL:1\r\nITEM1.X-ABLABEL:boat"),
    "another number of a group": (
        "item1.TEL:1\r\nitem1.X-ABLabel:boat",
        "item7.TEL:1\r\nitem7.X-ABLabel:boat",
    ),
    "a semicolon escaped": ("NOTE:tea;toast", "NOTE:tea\\;toast"),
    "an empty part": ("ORG:Old Mill Bakery;", "ORG:Old Mill Bakery"),
    "a date without hyphens": ("BDAY:1960-04-12", "BDAY:19600412"),
    "quoted-printable": ("NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:f=C3=BCr", "NOTE:für"),
    "phones in another order": ("TEL:1\r\nTEL;TYPE=home:2", "TEL;TYPE=home:2\r\nTEL:1"),
}


@pytest.mark.parametrize("spelling", SPELT_ANEW)
def test_the_same_said_in_other_lines_is_unchanged(book: Book, spelling: str) -> None:
    """A server that writes cards in its own way brings no news, to and fro."""
    cards = [card("Anna Nowak", *lines.split("\r\n"), "X-A:b", uid="a") for lines in SPELT_ANEW[spelling]]
    book.imported(cards[0])
    (before,) = _all(book)
    for again in (cards[1], cards[0]):
        report = book.imported(again)
        assert (_counts(report), report.rewritten) == ((0, 0, 1), 1)
        assert _all(book) == [before]


@pytest.mark.parametrize(
    "lines", [("TEL:1", "X-A:b"), ("TEL:1", "PHOTO:aGk="), ("TEL;TYPE=home:1",), ("TEL;TYPE=pref:1",), ()]
)
def test_a_line_that_changed_is_news(book: Book, lines: tuple[str, ...]) -> None:
    """A line that is understood, or only kept, makes a card a newer one."""
    book.imported(card("Anna Nowak", "TEL:1", uid="a"))
    assert _counts(book.imported(card("Anna Nowak", *lines, uid="a"))) == (0, 1, 0)


@few
@given(data=st.data())
def test_a_new_export_of_the_same_people_brings_nobody(
    new_book: Callable[[], Book], data: st.DataObject
) -> None:
    """Whatever of UID, order, PRODID and REV an export changes, nobody is new."""
    people = data.draw(st.lists(_person, max_size=5, unique_by=lambda one: one["name"]))
    book = new_book()
    book.imported(*(card(one["name"], *_lines(one), uid=f"u{at}") for at, one in enumerate(people)))
    for turn in range(2):
        stamp = data.draw(st.sampled_from([[], ["REV:2026110{turn}T000000Z"], [f"PRODID:-//x//{turn}"]]))
        uids = [data.draw(st.sampled_from([f"u{at}", f"n{turn}-{at}", ""])) for at in range(len(people))]
        cards = [
            card(one["name"], *_lines(one), *stamp, uid=uid) for one, uid in zip(people, uids, strict=True)
        ]
        assert book.imported(*data.draw(st.permutations(cards))).new == 0
    assert len(_all(book)) == len(people)


def test_another_address_book_adds_and_takes_nothing_away(book: Book) -> None:
    """The same contact in a second source brings what it knows besides; both texts are kept, each for its source."""
    first = card("Anna Nowak", PHONE, "BDAY:1980-04-12", uid="phone-1", street="1 High Street")
    second = card("Anna Nowak", PHONE, "EMAIL:anna@example.org", uid="google-1")
    book.imported(first, source="phone.vcf")
    report = book.imported(second, source="google.vcf")
    assert _counts(report) == (0, 1, 0)
    anna = contacts.load(book.db, 1)
    assert anna.uid == "phone-1"
    assert [one.value for one in anna.emails] == ["anna@example.org"]
    assert anna.address is not None
    assert anna.occasions
    assert {one.raw for one in vcards.all_cards(book.db)} == {first.encode(), second.encode()}
    assert _counts(book.imported(first, source="phone.vcf")) == (0, 0, 1)
    assert _counts(book.imported(second, source="google.vcf")) == (0, 0, 1)
    newer = card("Anna Nowak", "EMAIL:anna@example.com", uid="google-1")
    assert _counts(book.imported(newer, source="google.vcf")) == (0, 1, 0)
    anna = contacts.load(book.db, 1)
    assert [one.value for one in anna.emails] == ["anna@example.com"]
    assert anna.address is not None


def test_other_value_of_another_address_book_is_a_conflict(book: Book) -> None:
    """Where a second source says something else, ours stands and the report says field, both values and what next."""
    book.imported(card("Anna Nowak", PHONE, "ORG:Mill Bakery", uid="a"), source="phone.vcf")
    report = book.imported(card("Anna Nowak", PHONE, "ORG:City Bank", uid="b"), source="google.vcf")
    assert report.conflicts == 1
    (problem,) = report.problems
    for said in ("organisation", "Mill Bakery", "City Bank", "correct"):
        assert said in problem.message
    assert contacts.load(book.db, 1).org == "Mill Bakery"


def test_card_that_gains_a_uid_stays_known_by_it(book: Book) -> None:
    """A card that has its UID only since the second export is found by it in the third, under another name."""
    book.imported(card("Anna Nowak", PHONE, uid=""))
    assert _counts(book.imported(card("Anna Nowak", PHONE, uid="a"))) == (0, 1, 0)
    assert _counts(book.imported(card("Anna Ash", uid="a"))) == (0, 1, 0)
    assert [one.display_name for one in _all(book)] == ["Anna Ash"]


def test_two_cards_that_gain_one_uid_stay_two(book: Book) -> None:
    """A broken export that gives two known contacts the same UID mixes neither up."""
    book.imported(card("Anna Nowak", PHONE, uid=""), card("Ben Elm", OTHER_PHONE, uid=""))
    report = book.imported(card("Anna Nowak", PHONE, uid="x"), card("Ben Elm", OTHER_PHONE, uid="x"))
    assert _counts(report) == (0, 2, 0)
    assert [one.display_name for one in _all(book)] == ["Anna Nowak", "Ben Elm"]


def test_what_the_user_did_survives(book: Book, today: date) -> None:
    """A tag, a circle and an edited name stay while the card's own news come in; where both changed, ours stays."""
    book.imported(card("Anna Nowak", PHONE, "ORG:Mill", uid="a"))
    book.circle(Circle.CLOSE, "Anna Nowak")
    with journal.step(book.db, "edit", today=today):
        relationships.add_tag(book.db, 1, "choir")
        mine = contacts.load(book.db, 1)._replace(display_name="Ania Nowak", org="Old Mill")
        contacts.update(book.db, 1, mine)
    report = book.imported(card("Anna Nowak", OTHER_PHONE, "ORG:New Mill", uid="a"))
    anna = contacts.load(book.db, 1)
    assert (anna.display_name, anna.org, anna.tags) == ("Ania Nowak", "Old Mill", ("choir",))
    assert [one.value for one in anna.phones] == ["+44 113 496 0777"]
    assert relationships.circles(book.db, [1]) == {1: Circle.CLOSE}
    assert report.conflicts == 1
    (problem,) = report.problems
    for said in ("organisation", "Old Mill", "New Mill"):
        assert said in problem.message


def test_who_is_missing_is_kept_and_counted(book: Book) -> None:
    """A card that is gone from a newer file takes nobody away: the report counts those of this source alone."""
    book.imported(card("Ben Elm"), source="work.vcf")
    book.imported(card("Anna Nowak"), card("Cyd Ash"), card("Dee Fir"))
    report = book.imported(card("Anna Nowak"))
    assert report.missing == 2
    assert contacts.count(book.db) == 4
    assert book.imported(card("Anna Nowak"), card("Cyd Ash"), card("Dee Fir")).missing == 0
    assert book.imported(card("Eve Yew"), source="party.vcf").missing == 0


def test_swapped_twins_do_not_change_places(book: Book) -> None:
    """Namesakes nothing tells apart are left alone: both cards are new, and nobody's history is another's."""
    book.imported(card("Jo Ash", PHONE, uid=""), card("Jo Ash", PHONE, "NOTE:x", uid=""))
    report = book.imported(card("Jo Ash", PHONE, "NOTE:y", uid=""), card("Jo Ash", PHONE, "NOTE:z", uid=""))
    assert _counts(report) == (2, 0, 0)
    assert merges.beside(book.db) == {}


_NAMES = ("Anna Nowak", "Ben Elm", "Cyd Ash", "John Smith")
_person = st.fixed_dictionaries(
    {
        "name": st.sampled_from(_NAMES),
        "phone": st.sampled_from(("", "TEL:+44 113 496 0001", "TEL:+44 113 496 0002")),
        "email": st.sampled_from(("", "EMAIL:a@example.org", "EMAIL:b@example.org")),
        "birthday": st.sampled_from(("", "BDAY:1950-01-01", "BDAY:1980-06-06")),
        "note": st.sampled_from(("", "NOTE:one", "NOTE:two")),
    }
)


def _lines(person: dict[str, str]) -> list[str]:
    return [value for part, value in person.items() if part != "name" and value]


@few
@given(
    people=st.lists(_person, max_size=5),
    edits=st.lists(_person, min_size=5, max_size=5),
    changed=st.integers(0, 31),
)
def test_cards_with_uid_never_make_a_twin(
    new_book: Callable[[], Book],
    people: list[dict[str, str]],
    edits: list[dict[str, str]],
    changed: int,
) -> None:
    """However the cards of an address book change, each UID stays one contact, and says what its card says."""
    book = new_book()
    book.imported(*(card(one["name"], *_lines(one), uid=f"u{at}") for at, one in enumerate(people)))
    later = [edits[at] if changed >> at & 1 else one for at, one in enumerate(people)]
    report = book.imported(*(card(one["name"], *_lines(one), uid=f"u{at}") for at, one in enumerate(later)))
    assert report.new == 0
    assert {one.uid: (one.display_name, one.note) for one in _all(book)} == {
        f"u{at}": (one["name"], one["note"].removeprefix("NOTE:")) for at, one in enumerate(later)
    }


@few
@given(people=st.lists(_person, max_size=5), edits=st.lists(_person, max_size=5), data=st.data())
def test_order_of_the_file_plays_no_part(
    new_book: Callable[[], Book],
    people: list[dict[str, str]],
    edits: list[dict[str, str]],
    data: st.DataObject,
) -> None:
    """A newer file brings the same contacts whatever order its cards stand in, and a second time nothing."""
    found = []
    news = [card(one["name"], *_lines(one), uid="") for one in edits]
    for cards in (news, data.draw(st.permutations(news))):
        book = new_book()
        book.imported(*(card(one["name"], *_lines(one), uid="") for one in people))
        book.imported(*cards)
        found.append(sorted((one._replace(uid="") for one in _all(book)), key=repr))
        again = book.imported(*cards)
        assert (again.new, again.updated) == (0, 0)
    assert found[0] == found[1]
