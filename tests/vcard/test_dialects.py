"""Each vendor's fixture, with what it must say."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import Relation
from relcard.vcard import dialects
from relcard.vcard.properties import HANDLERS
from relcard.vcard.read import parse_card
from relcard.vcard.split import split_cards

if TYPE_CHECKING:
    from relcard.domain.people.contact import Contact
    from relcard.errors import Problem

VCARDS = Path(__file__).parents[1] / "data" / "vcards"


def read(name: str) -> tuple[list[Contact | None], list[str]]:
    problems: list[Problem] = []
    cards = split_cards(io.BytesIO((VCARDS / f"{name}.vcf").read_bytes()), source="f", problems=problems)
    results = [parse_card(card, source="f") for card in cards]
    problems += [problem for result in results for problem in result.problems]
    return [result.contact for result in results], [problem.message for problem in problems]


def only(name: str) -> Contact:
    (contact,), problems = read(name)
    assert problems == []
    assert contact is not None
    return contact


def occasions(contact: Contact) -> list[tuple[str, str, str]]:
    return [(one.kind.value, str(one.date), one.label) for one in contact.occasions]


def test_android_custom() -> None:
    """X-ANDROID-CUSTOM carries nicknames, relations and dates; names are quoted-printable with soft breaks."""
    contact = only("android/custom")
    assert contact.display_name == "Łéon Żółć"
    assert contact.nicknames == ("Leo",)
    assert contact.relations == (Relation(kind="spouse", name="Zoë"),)
    assert occasions(contact) == [("anniversary", "2009-06-20", ""), ("custom", "--11-11", "Name day")]
    assert [phone.types for phone in contact.phones] == [("cell", "pref"), ("x-boat",)]


def test_android_encodings() -> None:
    """A lower-case encoding, 8BIT and a 2.1 photo do no harm; underscores are hyphens."""
    contact = only("android/base64_and_lower_case")
    assert (contact.display_name, contact.note, contact.title) == ("Ify Nkemelu", "café", "Gardener")
    assert contact.emails[0].value == "ify@example.org"


def test_apple_groups() -> None:
    """A group joins a label to its line, blind to case; Apple's brackets go, empty labels say nothing."""
    contact = only("apple/groups")
    assert contact.phones[0].label == "Bottega"
    assert (contact.addresses[0].country_code, contact.addresses[0].preferred) == ("IT", True)
    assert occasions(contact) == [
        ("birthday", "--02-29", ""),
        ("anniversary", "2011-07-02", ""),
        ("custom", "--05-13", "Onomastico"),
    ]
    assert contact.relations == (
        Relation(kind="spouse", name="Dario Conti"),
        Relation(kind="contact", name="Nonna Pia"),
    )
    assert contact.phonetic == "Marketti Byanka"


def test_apple_identity() -> None:
    """X-ABUID is kept as an identity, without what Apple appends."""
    data = (VCARDS / "apple" / "groups.vcf").read_bytes()
    (card,) = split_cards(io.BytesIO(data), source="f", problems=[])
    assert parse_card(card, source="f").abuid == "07D4AA11-22BB-4C3D-8E4F-556677889900"


@pytest.mark.parametrize(
    ("name", "display_name", "members"),
    [
        (
            "apple/group_card",
            "Choir",
            ("5b0f3a52-7c1e-4f0a-9a51-2d9c1f6e0a01", "5b0f3a52-7c1e-4f0a-9a51-2d9c1f6e0a02"),
        ),
        (
            "nextcloud/group",
            "Book club",
            ("0b1c7c53-3f0c-4d3e-9f6c-0d7f00000001", "mailto:guest@example.org"),
        ),
    ],
)
def test_groups(name: str, display_name: str, members: tuple[str, ...]) -> None:
    """A group card is a group with the UIDs of its members, in Apple's way and in the standard's."""
    contact = only(name)
    assert (contact.kind, contact.display_name, contact.members) == (Kind.GROUP, display_name, members)


def test_a_photo_between_crcrlf_line_ends() -> None:
    """CRCRLF is one line end, so a folded photo ends where it should."""
    assert only("apple/crcrlf_photo").note == "after the photo"


def test_google_escapes() -> None:
    """Google escapes the colon, not the comma, and adds labels of its own and an eighth part of an address."""
    contact = only("google/escapes")
    assert contact.display_name == "Mr. Hugo Lindqvist, Ms. Vera Lindqvist"
    assert contact.urls == ("http://www.example.org/hugo",)
    assert contact.tags == ("neighbours",)
    assert contact.addresses[0].street == "Storgatan 3\nc/o Berg"


def test_google_breaks_a_name() -> None:
    """A name broken by an empty line is whole again, and reported."""
    (contact,), problems = read("google/blank_line_in_name")
    assert contact is not None
    assert contact.display_name == "Tamsin Rook"
    assert problems == ['a line without a name: "Rook" - added to FN']


def test_outlook_mixes_encodings() -> None:
    """Windows-1252 and UTF-8 lines in one card are each read as they are."""
    (contact,), problems = read("outlook/mixed_encodings")
    assert contact is not None
    assert contact.display_name == "Änne Kröger"
    assert contact.name.given == "Änne"
    assert contact.org == "Acme GmbH, Einkauf"
    assert contact.note == "Sagt “Grüß dich”\nund lächelt."
    assert contact.addresses[0].street == "Königsallee 7"
    assert contact.addresses[0].label == "Königsallee 7\n48143 Münster"
    assert contact.relations == (Relation(kind="spouse", name="Uwe Kröger"),)
    assert len(problems) == 1


def test_outlook_photo_without_indent() -> None:
    """Base64 that was folded without blanks ends at the empty line."""
    assert only("outlook/unindented_photo").emails[0].value == "solange@example.org"


def test_evolution() -> None:
    """Evolution's own properties are the standard ones; its label joins its address."""
    contact = only("evolution/spouse")
    assert contact.relations == (Relation(kind="spouse", name="Bram Vanderberg"),)
    assert occasions(contact) == [("anniversary", "1999-09-09", "")]
    assert [address.label for address in contact.addresses] == ["Kerkstraat 2\n2611 Delft"]


def test_kde_folds_inside_a_character() -> None:
    """A letter whose bytes a fold took apart is whole again."""
    contact = only("kde/fold_inside_character")
    assert contact.note == "Elle préfère les lettres à l'écran: l'écrit reste."
    assert contact.relations == (Relation(kind="spouse", name="Luc"),)


def test_version_4() -> None:
    """Preferences, quoted type lists, labels in parameters, dates and relations of 4.0."""
    contact = only("nextcloud/version4")
    assert (contact.display_name, contact.phonetic, contact.language) == (
        "Jumoke Abara",
        "Abara Jumoke",
        "yo",
    )
    assert contact.phones[0].types == ("voice", "cell", "pref")
    assert contact.addresses[0].label == "7 Palm Way\nLagos\nNigeria"
    assert contact.addresses[0].country_code == "NG"
    assert occasions(contact) == [
        ("birthday", "1985-04-12", ""),
        ("anniversary", "2010-05-15", ""),
        ("remembrance", "2025-01-02", ""),
    ]
    assert contact.nicknames == ("Jumi", "Jay")


def test_thunderbird() -> None:
    """An e-mail with a name in front is the address; a number in a URI is the number."""
    contact = only("thunderbird/list_and_tabs")
    assert contact.emails[0].value == "omega@example.org"
    assert contact.phones[0].value == "+1-555-0144"


def test_a_card_inside_a_card() -> None:
    """AGENT's card is a relation, and its lines are not the contact's."""
    contact = only("blackberry/unindented_and_agent")
    assert contact.relations == (Relation(kind="agent", name="Her Secretary"),)
    assert [phone.value for phone in contact.phones] == ["555-0199"]


def test_lotus() -> None:
    """PROFILE is ignored, commas in ORG are text, a backslash at the end stays."""
    contact = only("lotus/profile")
    assert contact.org == "Acme, Inc."
    assert contact.note == "C:\\dir\\"
    assert (contact.phones[0].value, contact.phones[0].types) == ("+49 1,,2", ("work", "voice"))


def test_an_empty_parameter() -> None:
    """A semicolon before the colon is no reason to lose an address."""
    address = only("windows/empty_parameter").addresses[0]
    assert (address.street, address.preferred, address.types) == ("5 Elm Row", True, ("home",))


def test_two_bytes_a_character() -> None:
    """A UTF-16 file is read."""
    assert only("nokia/utf16").display_name == "Δάφνη Καραγιάννη"


def test_no_names() -> None:
    """A card with a number only is called by it; a card with nothing to call it by is kept."""
    contacts, problems = read("nokia/no_names")
    assert [contact.display_name if contact else None for contact in contacts] == ["6900000001", None]
    assert len(problems) == 1


def test_one_envelope() -> None:
    """Cards inside VADDRESSBOOK are cards, and the wrapping is no problem."""
    contacts, problems = read("phones/one_envelope")
    assert [contact.display_name for contact in contacts if contact] == ["Inside One", "Inside Two"]
    assert problems == []


def test_shift_jis() -> None:
    """A character with a backslash among its bytes is whole: the line is decoded first."""
    contact = only("japan/shift_jis")
    assert (contact.display_name, contact.name.family) == ("表 十郎", "表")


def test_every_habit_has_a_reason_and_a_reader() -> None:
    """The table names only properties that something reads, and says why each is there."""
    assert all(habit.means in HANDLERS and habit.reason for habit in dialects.PROPERTIES)
    assert all(habit.written in HANDLERS and habit.reason for habit in dialects.RELATIONS)
