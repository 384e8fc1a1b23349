from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.circle import Circle
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.domain.people.segment import Filter
from relcard.store import contacts
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import date

    from tests.support.book import Book

WHOLE = Contact(
    uid="a",
    kind=Kind.INDIVIDUAL,
    display_name="Dr. Zoë O'Hara",
    name=Name(family="O'Hara", given="Zoë", additional="Q", prefixes="Dr.", suffixes="PhD"),
    nicknames=("Zo", "Zozo"),
    phonetic="Zo-ee",
    org="Ash & Oak;Sales",
    title="Baker",
    addresses=(
        Address(
            street="1 High St\nFlat 2", locality="Leeds", postcode="LS1 4DY", country="UK", types=("home",)
        ),
        Address(label="The Barn\nYork", preferred=True),
    ),
    phones=(Phone(value="0113 496 0000", types=("cell", "pref"), label="Boat"),),
    emails=(Email(value="Zoe@Example.org", types=("home",)),),
    urls=("https://example.org",),
    occasions=(
        Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(None, 2, 29)),
        Occasion(kind=OccasionKind.CUSTOM, date=PartialDate(2001, 6, 9), label="first met"),
        Occasion(kind=OccasionKind.ANNIVERSARY, date=PartialDate(1999)),
    ),
    relations=(Relation(kind="spouse", name="Tom"), Relation(kind="child", uid="b")),
    tags=("choir", "Bäcker"),
    note="line one\nline two",
    language="de-AT",
)


def _insert(db: sqlite3.Connection, contact: Contact, today: date) -> int:
    return contacts.insert(db, contact, abuid="", today=today)


def test_contact_comes_back_whole(db: sqlite3.Connection, today: date) -> None:
    """Every part of a contact is read as it was written."""
    assert contacts.load(db, _insert(db, WHOLE, today)) == WHOLE


words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=12)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=words,
    note=st.text(max_size=30).filter(lambda text: max(text, default="") < "\ud800" and "\0" not in text),
    street=words,
    tags=st.lists(words, unique=True, max_size=3),
    phones=st.lists(words, max_size=3),
)
def test_any_text_comes_back(
    new_book: Callable[[], Book],
    today: date,
    name: str,
    note: str,
    street: str,
    tags: list[str],
    phones: list[str],
) -> None:
    """Whatever letters a person writes, the store returns them."""
    contact = Contact(
        uid="a",
        display_name=name,
        note=note,
        addresses=(Address(street=street),),
        tags=tuple(tags),
        phones=tuple(Phone(value=one) for one in phones),
    )
    db = new_book().db
    assert contacts.load(db, _insert(db, contact, today)) == contact


def test_phones_of_several_in_one_query(db: sqlite3.Connection, today: date) -> None:
    """They come as typed and in their order; who has none, or was not asked for, is not there."""
    several = (Phone(value="+44 1632 960211"), Phone(value="07700 900123", types=("cell",)))
    ids = [
        contacts.insert(
            db, Contact(uid=uid, kind=Kind.INDIVIDUAL, display_name=uid, phones=phones), abuid="", today=today
        )
        for uid, phones in (("a", several), ("b", ()), ("c", several))
    ]
    assert contacts.phones(db, ids[:2]) == {ids[0]: ("+44 1632 960211", "07700 900123")}


def test_a_tag_said_twice_is_kept_once(db: sqlite3.Connection, today: date) -> None:
    """Who adds a contact may name a tag twice; the store has it once."""
    contact_id = _insert(db, Contact(uid="a", display_name="Zoë", tags=("choir", "rowing", "choir")), today)
    assert contacts.load(db, contact_id).tags == ("choir", "rowing")


def test_update_touches_only_what_changed(db: sqlite3.Connection, today: date) -> None:
    """Rows of addresses, occasions and tags that stay keep their ids: reminders hang on them."""
    contact_id = _insert(db, WHOLE, today)

    def ids(table: str, what: str) -> dict[str, int]:
        return {row[0]: row[1] for row in db.execute(f"SELECT {what}, id FROM {table}")}

    tables = {"address": "street || label", "occasion": "date", "tag": "name"}
    before = {table: ids(table, what) for table, what in tables.items()}
    changed = WHOLE._replace(
        display_name="Zoë Hill",
        addresses=(WHOLE.addresses[0], Address(street="2 New Rd", locality="York")),
        occasions=WHOLE.occasions[:2],
        tags=(*WHOLE.tags, "new"),
    )
    contacts.update(db, contact_id, changed)
    assert contacts.load(db, contact_id) == changed
    for table, what in tables.items():
        after = ids(table, what)
        stayed = before[table].keys() & after.keys()
        assert stayed
        assert {name: before[table][name] for name in stayed} == {name: after[name] for name in stayed}
    assert [one.name for one in contacts.listing(db)] == ["Zoë Hill"]


def test_update_leaves_what_the_user_said(db: sqlite3.Connection, today: date) -> None:
    """Circle, notes and the day a contact was added are not the card's to change."""
    contact_id = _insert(db, WHOLE, today)
    relationships.set_circle(db, contact_id, Circle.INNER, today=today)
    relationships.add_note(db, contact_id, "new kitchen", on=today)
    contacts.update(db, contact_id, Contact(uid="a", display_name="Zoë"))
    (row,) = contacts.listing(db)
    assert row.circle is Circle.INNER
    assert len(relationships.notes(db, [contact_id])) == 1
    assert contacts.load(db, contact_id) == Contact(uid="a", display_name="Zoë")


@pytest.fixture
def people(book: Book, today: date) -> Book:
    """Return a book of six contacts that are easily mistaken for each other."""
    book.imported(
        card("Jürgen Groß", "EMAIL:jg@example.org", "CATEGORIES:Choir", street="1 High Street"),
        card("Łucja Łódź", "ADR;TYPE=home:;;ul. Długa 4;Łódź;;90-001;Poland"),
        card("Anna Nowak", "CATEGORIES:choir,bread"),
        card("Anna-Maria Nowak"),
        card("Hannah Novak", "ADR:;;;;;;Poland", "NICKNAME:Anna"),
        card("佐藤 健"),
    )
    book.circle(Circle.CLOSE, "Anna Nowak")
    return book


def test_a_list_may_be_narrowed(people: Book) -> None:
    """A filter narrows the list and leaves its order; without one it is of everybody."""
    names = [one.name for one in contacts.listing(people.db, Filter(words="nowak"))]
    assert names == ["Anna Nowak", "Anna-Maria Nowak"]
    assert len(list(contacts.listing(people.db))) == 6


def test_list_is_in_the_order_of_family_names(people: Book) -> None:
    """As on a shelf of address cards: family name first, accents or not."""
    names = [one.name for one in contacts.listing(people.db)]
    assert names[:5] == ["Jürgen Groß", "Łucja Łódź", "Hannah Novak", "Anna Nowak", "Anna-Maria Nowak"]


def test_row_of_a_list_says_what_is_known(people: Book, today: date) -> None:
    """Its tags, its household, and the day of the last contact."""
    anna = people.id_of("Anna Nowak")
    with journal.step(people.db, "log", today=today):
        for day in (today.replace(year=2020), today):
            relationships.add_interaction(people.db, anna, channel="call", direction="to them", on=day)
    (row,) = contacts.listing(people.db, Filter(circles=(Circle.CLOSE,)))
    assert set(row.tags) == {"choir", "bread"}
    assert row.household_id == people.home_of("Anna Nowak")
    assert row.last_contact == today


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("anna nowak", ["Anna Nowak"]),  # a whole name means that contact alone
        ("ANNA  NOWAK", ["Anna Nowak"]),
        ("anna-maria-nowak", ["Anna-Maria Nowak"]),  # a UID
        ("anna", ["Hannah Novak", "Anna Nowak", "Anna-Maria Nowak"]),
        ("maria", ["Anna-Maria Nowak"]),
        ("annah", ["Hannah Novak"]),
        ("now ann", ["Anna Nowak", "Anna-Maria Nowak"]),
        ("jurg", ["Jürgen Groß"]),
        ("leeds", []),
        ("", []),
        ("  ", []),
        ("nobody", []),
    ],
)
def test_who_is_meant(people: Book, words: str, names: list[str]) -> None:
    """A UID or whole name is one contact; else the words must begin words of a name, or at least stand in it."""
    found = contacts.find(people.db, words)
    assert list(contacts.names(people.db, found).values()) == sorted(names, key=people.id_of)
    assert len(found) == len(names)


def test_near_names_help_after_a_slip(people: Book) -> None:
    """A misspelt name, or a misspelt first name, brings those that are meant."""
    assert "Jürgen Groß" in contacts.near_names(people.db, "jurgn gros")
    assert "Łucja Łódź" in contacts.near_names(people.db, "lucia")
    assert contacts.near_names(people.db, "zzzzzz") == []


def test_uid_finds_its_contact(people: Book) -> None:
    """A UID leads to its contact and back; an unknown one to none."""
    anna = people.id_of("Anna Nowak")
    assert contacts.id_of_uid(people.db, "anna-nowak") == anna
    assert contacts.id_of_uid(people.db, "nobody") is None
    assert contacts.ids_of_uids(people.db, ["anna-nowak", "nobody"]) == {"anna-nowak": anna}
    assert contacts.ids_of_names(people.db, ["anna nowak"], before=anna + 1) == {"anna nowak": [anna]}
    assert contacts.ids_of_names(people.db, ["anna nowak"], before=anna) == {}
    assert contacts.ids_of_abuids(people.db, ["x"], before=anna + 1) == {}
    assert contacts.uid_of(people.db, anna) == "anna-nowak"
