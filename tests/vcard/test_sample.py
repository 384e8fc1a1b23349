"""What sample_contacts.vcf promises: the demo of the product is also the first test of its reader."""

from __future__ import annotations

import base64
import io
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.domain.dates import PartialDate
from relcard.domain.people.contact import Kind
from relcard.domain.people.contact import OccasionKind
from relcard.domain.people.contact import name_key
from relcard.vcard.read import parse_card
from relcard.vcard.split import split_cards

if TYPE_CHECKING:
    from relcard.domain.people.contact import Contact
    from relcard.errors import Problem
    from relcard.vcard.read import ParsedCard
    from relcard.vcard.split import RawCard

SAMPLE = Path(__file__).parents[2] / "sample_contacts.vcf"
COUNTRIES = {
    "United Kingdom": "GB",
    "Germany": "DE",
    "Deutschland": "DE",
    "Poland": "PL",
    "United States": "US",
    "USA": "US",
    "Japan": "JP",
    "日本": "JP",
    "Türkiye": "TR",
}


@pytest.fixture(scope="module")
def cards() -> list[tuple[RawCard, ParsedCard]]:
    problems: list[Problem] = []
    raws = list(split_cards(io.BytesIO(SAMPLE.read_bytes()), source=SAMPLE.name, problems=problems))
    assert problems == []
    return [(raw, parse_card(raw, source=SAMPLE.name)) for raw in raws]


@pytest.fixture(scope="module")
def contacts(cards: list[tuple[RawCard, ParsedCard]]) -> dict[str, Contact]:
    return {card.contact.display_name: card.contact for _, card in cards if card.contact}


def test_about_thirty_contacts_in_six_countries(contacts: dict[str, Contact]) -> None:
    """31 cards, all understood, at 19 letterboxes in six countries, some without an address."""
    assert len(contacts) == 31
    homes = [contact.address for contact in contacts.values()]
    letterboxes = {(home.street, home.postcode) for home in homes if home}
    assert len(letterboxes) == 19
    assert {COUNTRIES[home.country] for home in homes if home} == {"GB", "DE", "PL", "US", "JP", "TR"}
    assert sum(home is None for home in homes) == 2


def test_no_byte_is_outside_the_cards(cards: list[tuple[RawCard, ParsedCard]]) -> None:
    """The raw cards, joined, are the file; some have CRLF and some LF."""
    assert b"".join(raw.raw for raw, _ in cards) == SAMPLE.read_bytes()
    assert {raw.raw.endswith(b"\r\n") for raw, _ in cards} == {True, False}


def test_exactly_the_broken_lines_are_reported(cards: list[tuple[RawCard, ParsedCard]]) -> None:
    """Omar Haddad's birthday and the stray line are problems; his card is in, with the line in the note."""
    problems = [problem for _, card in cards for problem in card.problems]
    lines = SAMPLE.read_bytes().splitlines()
    assert [problem.name for problem in problems] == ["Omar Haddad", "Omar Haddad"]
    assert problems[0].message == 'BDAY is not a date: "spring" - kept as text'
    assert lines[problems[0].line - 1] == b"BDAY:spring"
    assert lines[problems[1].line - 1] == b"The blue one is for his niece"


def test_shared_addresses(contacts: dict[str, Contact]) -> None:
    """Two surnames and two children in Kraków, one family of four in Leeds, commas or not in Edinburgh."""
    anna = contacts["Anna Kowalska"]
    for name in ("Jan Smith", "Ola Smith", "Piotr Smith"):
        assert contacts[name].address == anna.address
    children = {one.uid for one in anna.relations if one.kind == "child"}
    assert children == {contacts["Ola Smith"].uid, contacts["Piotr Smith"].uid}
    assert len({contacts[f"{name} Okafor"].address for name in ("Grace", "Chidi", "Ada", "Tobi")}) == 1
    assert contacts["Callum Fraser"].address == contacts["Dóra Szőke"].address
    assert contacts["Jörg Großmann"].address == contacts["Käthe Großmann"].address


def test_dates(contacts: dict[str, Contact]) -> None:
    """A death, birthdays without a year in both spellings, a 29 February, children's ages, Yuki at forty."""

    def date(name: str, kind: OccasionKind = OccasionKind.BIRTHDAY) -> PartialDate:
        (found,) = [one.date for one in contacts[name].occasions if one.kind is kind]
        return found

    assert contacts["Thomas Hale"].has_died
    assert not contacts["Margaret Hale"].has_died
    assert date("Thomas Hale", OccasionKind.REMEMBRANCE) == PartialDate(2026, 2, 11)
    assert date("Hannah Weber") == PartialDate(None, 6, 14)
    assert date("Aunt Wren") == PartialDate(None, 12, 16)
    assert date("Søren Ødegård") == PartialDate(1984, 2, 29)
    assert [date(name).years_by(2026) for name in ("Ola Smith", "Piotr Smith", "Yuki Tanaka")] == [9, 6, 40]
    assert date("Mia Delgado", OccasionKind.ANNIVERSARY) == PartialDate(2016, 10, 8)


def test_every_version_and_trick(
    cards: list[tuple[RawCard, ParsedCard]], contacts: dict[str, Contact]
) -> None:
    """All three versions, soft line breaks, groups, unknown lines, an organisation and a real picture."""
    assert {card.version for _, card in cards} == {"2.1", "3.0", "4.0"}
    text = SAMPLE.read_bytes()
    assert b"Sch=C3=B6nauer Stra=C3=\r\n=9Fe 48" in text
    assert contacts["Jörg Großmann"].note.endswith("Straße.\nMag keinen Marzipan.")
    assert contacts["Mia Delgado"].emails[0].label == "Studio"
    assert b"\nX-FAVOURITE-TEA:" in text
    assert contacts["Old Mill Bakery"].kind is Kind.ORG
    (photo,) = [raw.raw for raw, _ in cards if b"\nPHOTO;" in raw.raw]
    packed = photo.split(b"TYPE=PNG:")[1].split(b"\r\nUID")[0].replace(b"\r\n ", b"")
    assert base64.b64decode(packed, validate=True).startswith(b"\x89PNG\r\n")
    assert contacts["Callum Fraser"].note == "Hills, tea, and bad puns, in that order."
    assert contacts["Zoë Müller"].address is not None
    assert contacts["Zoë Müller"].address.postcode == ""


def test_scripts(contacts: dict[str, Contact]) -> None:
    """Latin with ł ő ş İ ø, Greek, Cyrillic, Vietnamese, Japanese and Arabic, all composed (NFC)."""
    names = " ".join(contacts)
    assert set("łőşİø") <= set(names.replace("Ø", "ø").replace("Ş", "ş"))
    scripts = {unicodedata.name(c).split()[0] for c in names if c.isalpha()}
    assert {"LATIN", "GREEK", "CYRILLIC", "CJK", "ARABIC"} <= scripts
    assert "Nguyễn Thị Hương" in contacts
    assert unicodedata.is_normalized("NFC", SAMPLE.read_text("utf-8"))


def test_a_likely_duplicate(contacts: dict[str, Contact]) -> None:
    """Two cards share a folded name and an e-mail: very likely one person."""
    one, other = contacts["Søren Ødegård"], contacts["Soren Odegard"]
    assert name_key(one) == name_key(other)
    assert one.emails[0].value == other.emails[0].value
    keys = [name_key(contact) for contact in contacts.values()]
    assert len(keys) - len(set(keys)) == 1
