from __future__ import annotations

import logging
import sys
from functools import partial

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Address
from relcard.domain.people.contact import Contact
from relcard.domain.people.contact import Email
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Name
from relcard.domain.people.contact import Occasion
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import Phone
from relcard.domain.people.contact import Relation
from relcard.vcard.dialects import SYSTEM_TAGS
from relcard.vcard.patch import card_with_changes
from relcard.vcard.read import parse_card
from relcard.vcard.split import RawCard
from relcard.vcard.write import contact_to_vcard
from relcard.vcard.write import fold
from tests.support.dose import dose

# One-line text as it is after reading: printable, no blanks around it. Backslashes, commas, semicolons,
# colons, quotes and circumflexes are drawn often: they are what writing can get wrong.
_LETTERS = st.one_of(st.sampled_from("\\,;:\"^n ='łŐşİøЖ健ل"), st.characters(exclude_categories=["C", "Z"]))
_LINE = st.text(_LETTERS, max_size=60).map(str.strip)
_SAID = _LINE.filter(bool)
_LINES = st.lists(_LINE, max_size=3).map("\n".join).map(str.strip)
_WORD = st.sampled_from(["home", "work", "cell", "voice", "internet", "pref", "x-boat"])
_TYPES = st.lists(_WORD, max_size=3, unique=True).map(
    lambda types: (*[one for one in types if one != "pref"], *[one for one in types if one == "pref"])
)


@st.composite
def _dates(draw: st.DrawFn) -> PartialDate:
    year = draw(st.none() | st.integers(1900, 2100))
    month = draw(st.none() | st.integers(1, 12)) if year is not None else draw(st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 28)) if month is not None else None
    if month == 2 and year is None and draw(st.booleans()):
        day = 29
    return PartialDate(year, month, day)


_OCCASIONS = st.builds(
    Occasion,
    kind=st.sampled_from([OccasionKind.ANNIVERSARY, OccasionKind.REMEMBRANCE, OccasionKind.CUSTOM]),
    date=_dates(),
    label=st.sampled_from(["", "Name day", "Pół; roku, razem"]),
).map(lambda one: one if one.kind is OccasionKind.CUSTOM else one._replace(label=""))
_RELATIONS = st.one_of(
    st.builds(Relation, kind=st.sampled_from(["child", "spouse", "godmother"]), name=_SAID, uid=st.just("")),
    st.builds(
        Relation,
        kind=st.just("child"),
        name=st.just(""),
        uid=st.sampled_from(["a-1", "mailto:x@example.org"]),
    ),
)
_NAME_PART = _SAID.filter(lambda text: text.replace(",", "").strip() != "") | st.just("")
_ADDRESSES = st.builds(
    partial(Address),  # a named tuple itself gets every field from hypothesis
    po_box=_LINE,
    extended=_LINE,
    street=_LINES,
    locality=_LINE,
    postcode=_LINE,
    country=_LINE,
    country_code=st.sampled_from(["", "DE"]),
    label=_LINES,
    types=st.sampled_from([(), ("home",), ("work", "parcel")]),
    preferred=st.booleans(),
).filter(lambda one: any((one.po_box, one.extended, one.street, one.locality, one.postcode, one.country)))
_NUMBERS = _SAID.filter(lambda text: not text.lower().startswith("tel:"))
_MAILS = st.sampled_from(["a@example.org", "b;c@example.org", "ł@example.net"])
CONTACTS = st.builds(
    partial(Contact),
    uid=st.sampled_from(["", "u-1", "5b0f3a52-7c1e-4f0a-9a51-2d9c1f6e0a01", "a;b,c"]),
    kind=st.sampled_from([Kind.INDIVIDUAL, Kind.ORG]),
    display_name=_SAID,
    name=st.builds(Name, family=_NAME_PART, given=_NAME_PART, additional=_NAME_PART, prefixes=st.just(""), suffixes=st.just("")),
    nicknames=st.lists(_SAID, max_size=2, unique=True).map(tuple),
    phonetic=st.sampled_from(["", "Sato Ken", "Łé"]),
    org=_LINE,
    title=_LINE,
    addresses=st.lists(_ADDRESSES, max_size=2).map(tuple),
    phones=st.lists(st.builds(Phone, value=_NUMBERS, types=_TYPES, label=st.sampled_from(["", "Boat, red"])), max_size=3).map(tuple),
    emails=st.lists(st.builds(Email, value=_MAILS, types=_TYPES, label=st.just("")), max_size=2).map(tuple),
    urls=st.lists(st.sampled_from(["https://example.org/a,b;c", "x\\n"]), max_size=2).map(tuple),
    occasions=st.lists(_OCCASIONS, max_size=3, unique=True).map(tuple),
    relations=st.lists(_RELATIONS, max_size=3, unique=True).map(tuple),
    tags=st.lists(_SAID.filter(lambda tag: tag.strip().lower() not in SYSTEM_TAGS and "starred" not in tag), max_size=3, unique=True).map(tuple),
    note=_LINES,
    language=st.sampled_from(["", "pl", "en-GB"]),
)  # fmt: skip


def read_back(raw: bytes) -> Contact | None:
    card = parse_card(RawCard(raw, 1, 0, True), source="f")
    assert card.problems == ()
    return card.contact


def in_order(contact: Contact) -> Contact:
    """Return the contact with occasions and relations in one order: kinds stand in different properties."""
    return contact._replace(
        occasions=tuple(sorted(contact.occasions, key=repr)),
        relations=tuple(sorted(contact.relations, key=repr)),
    )


@given(CONTACTS, st.sampled_from(["3.0", "4.0"]))
@settings(max_examples=dose(60, 600))
def test_what_is_written_is_read_back(contact: Contact, version: str) -> None:
    """A contact written as a vCard of either version reads back as the same contact."""
    raw = contact_to_vcard(contact, version=version)
    found = read_back(raw)
    assert found is not None
    assert in_order(found) == in_order(contact)


@given(CONTACTS)
@settings(max_examples=dose(30, 240))
def test_lines_are_short_and_whole(contact: Contact) -> None:
    """No line is longer than 75 bytes, every line ends in CRLF, and no fold breaks a character."""
    raw = contact_to_vcard(contact)
    lines = raw.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode("utf-8")


def test_a_birthday_without_its_year() -> None:
    """3.0 has Apple's way of leaving the year out, 4.0 its own; 29 February fits both."""
    contact = Contact(
        display_name="A", occasions=(Occasion(kind=OccasionKind.BIRTHDAY, date=PartialDate(None, 2, 29)),)
    )
    assert b"BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n" in contact_to_vcard(contact)
    assert b"BDAY:--0229\r\n" in contact_to_vcard(contact, version="4.0")
    assert read_back(contact_to_vcard(contact)) == contact


def test_a_group_card() -> None:
    """A group and its members are written in each version's way."""
    contact = Contact(display_name="Choir", kind=Kind.GROUP, members=("u-1", "u-2"))
    assert read_back(contact_to_vcard(contact)) == contact
    assert read_back(contact_to_vcard(contact, version="4.0")) == contact


@pytest.mark.parametrize("length", [74, 75, 76, 149, 150, 500])
def test_fold_counts_bytes(length: int) -> None:
    """Letters of two and three bytes are counted as such, and unfolding gives the line back."""
    for letter in ("a", "ł", "健"):
        line = ("x" + letter * length).encode()
        assert fold(line).replace(b"\r\n ", b"") == line + b"\r\n"
        assert all(len(piece) <= 75 for piece in fold(line).split(b"\r\n"))


def test_vobject_reads_what_is_written() -> None:
    """The library's own reader understands a written card."""
    import vobject

    logging.getLogger("vobject").setLevel(logging.CRITICAL)
    contact = Contact(
        uid="u-1",
        display_name="Ann, Lee",
        name=Name(family="Lee; x", given="Ann"),
        org="Acme, Inc.",
        tags=("a,b", "c"),
        note="one\ntwo, three",
        addresses=(Address(street="1 High St, rear", locality="Kraków", types=("home",)),),
    )
    card = vobject.readOne(contact_to_vcard(contact).decode())
    assert (card.fn.value, card.n.value.family, card.org.value) == ("Ann, Lee", "Lee; x", ["Acme, Inc."])
    assert (card.categories.value, card.note.value) == (["a,b", "c"], "one\ntwo, three")
    assert (card.adr.value.street, card.adr.value.city) == ("1 High St, rear", "Kraków")


def test_reading_does_not_load_the_library() -> None:
    """The library is loaded by writing, never by reading: start-up does not pay for it."""
    import subprocess

    code = (
        "import sys; from relcard.vcard import parse_card, RawCard;"
        "parse_card(RawCard(b'BEGIN:VCARD\\nFN:a\\nEND:VCARD\\n', 1, 0, True), source='f');"
        "sys.exit('vobject' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("version", ["3.0", "4.0"])
@pytest.mark.parametrize("kind", list(OccasionKind))
@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("lunar 8/15 1962", "CALSCALE=chinese:007700390815"),
        ("lunar-kr leap 6/10", "CALSCALE=dangi:--06L10"),
        ("hebrew 15 Adar II 5746", "CALSCALE=hebrew:57460715"),
        ("islamic 12 Ramadan 1400", "CALSCALE=islamic-umalqura:14000912"),
    ],
)
def test_a_day_of_another_calendar_is_read_back(
    said: str, value: str, kind: OccasionKind, version: str
) -> None:
    """Beside a birthday of ours, which stays the first."""
    born = Occasion(OccasionKind.BIRTHDAY, PartialDate(1962, 9, 13))
    other = Occasion(kind, PartialDate.parse(said), "feast" if kind is OccasionKind.CUSTOM else "")
    contact = Contact(display_name="Mei Lin", occasions=(born, other))
    raw = contact_to_vcard(contact, version=version)
    assert value.encode() in raw
    found = read_back(raw)
    assert found is not None
    assert found.occasions == (born, other)


@pytest.mark.parametrize("line", ["BDAY;CALSCALE=chinese:--0815", "X-ALTBDAY;CALSCALE=chinese:--0815"])
@pytest.mark.parametrize("said", ["1962-09-13", "hebrew 15 Av 5746", "lunar 8/16"])
def test_a_day_takes_the_place_of_one_of_another_calendar(line: str, said: str) -> None:
    """The calendar of the line goes with the day; all else of the card stays."""
    raw = (
        f"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u\r\nFN:Mei Lin\r\n{line}\r\nX-ODD:kept\r\nEND:VCARD\r\n".encode()
    )
    before = read_back(raw)
    assert before is not None
    after = before._replace(occasions=(Occasion(OccasionKind.BIRTHDAY, PartialDate.parse(said)),))
    patched = card_with_changes(raw, after)
    assert read_back(patched) == after
    assert b"X-ODD:kept" in patched
