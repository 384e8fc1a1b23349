"""What goes out: vCards, a spreadsheet, JSON, an archive."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.dates import PartialDate
from relcard.domain.kinds import OccasionKind
from relcard.domain.people.circle import Circle
from relcard.domain.reminders.day import Day
from relcard.domain.reminders.gift import Gift
from relcard.services.data.export import COLUMNS
from relcard.services.data.export import export_cards
from relcard.services.data.export import export_csv
from relcard.services.data.export import export_json
from relcard.services.data.export import guarded
from relcard.store import contacts
from relcard.store import gifts
from relcard.store import occasions
from relcard.store import relationships
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import archive_of
from tests.support.book import card

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tests.support.book import Book

NAMELESS = "BEGIN:VCARD\r\nVERSION:3.0\r\nX-ODD:1\r\nEND:VCARD\r\n"
GROUP = "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Choir\r\nMEMBER:anna-nowak\r\nEND:VCARD\r\n"
ODD_LINES = (
    "item1.ADR;type=HOME:;;1 High St\\, Flat 2\\nBack;Leeds;;;\r\nitem1.X-ABADR:gb",
    "item2.X-ABDATE:2001-06-09\r\nitem2.X-ABLabel:_$!<Anniversary>!$_",
    "ADR:;;;;;;Germany",
    "BDAY:spring",
    "BDAY;VALUE=date:1604-04-15\r\nX-APPLE-OMIT-YEAR:1604",
    "CATEGORIES:b,a,b",
    "CATEGORIES: a , b",
    "FN:A second name",
    "NICKNAME:Annie,Ania",
    "NOTE:first\\nsecond\\, third\\; x: y",
    "NOTE:folded some\r\n where",
    "ORG:Ash\\, Ash & Sons;Sales",
    "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ==",
    "TEL;TYPE=WORK,pref:+44 (0)113 496-0000",
    "X-UNKNOWN;X-P=1:kept\r\nREV:20200101T000000Z",
)


def _all(book: Book) -> bytes:
    return b"".join(export_cards(book.db))


@pytest.mark.parametrize("line", ODD_LINES)
def test_untouched_card_comes_out_byte_for_byte(book: Book, line: str) -> None:
    """Whatever a card says, understood or not, it leaves as it came."""
    text = card("Zoë Łuczak", line, street="1 High Street")
    book.imported(text)
    assert _all(book) == text.encode()


@pytest.mark.parametrize(
    "raw",
    [
        b"begin:vcard\nversion:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;Zo=C3=AB\nend:vcard\n",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jürgen\r\nEND:VCARD\r\n".encode("cp1252"),
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jo Ash\r\n\r\nNOTE:x\r\nEND:VCARD\r\n",
    ],
)
def test_old_and_odd_encodings_come_out_byte_for_byte(book: Book, raw: bytes) -> None:
    """Line ends, quoted-printable and other character sets are not made uniform."""
    book.imported(raw)
    assert _all(book) == raw


def test_everything_comes_out_in_the_order_it_came(book: Book) -> None:
    """Contacts, cards that were not understood, and groups: a store is a whole copy of its files."""
    file = [card("Zoe Young"), card("Bob Ash", uid="zoe-young"), NAMELESS, card("Anna Nowak", uid=""), GROUP]
    book.imported(*file[:3])
    book.imported(*file[3:])
    assert list(export_cards(book.db)) == [one.encode() for one in file]


def test_newest_text_comes_out_byte_for_byte(book: Book) -> None:
    """A card that came again changed leaves as it last came."""
    book.imported(card("Anna Nowak", "CATEGORIES:a", "TEL:0113 496 0001"))
    newer = card("Anna Nowak", "TEL:0113 496 0002", "NOTE:new", "CATEGORIES:a,b", street="1 High Street")
    book.imported(newer)
    assert _all(book) == newer.encode()


def test_tag_changes_only_the_line_of_tags(book: Book, today: date) -> None:
    """After a tag was given here, every other line is the same bytes as before."""
    text = card("Anna Nowak", "BDAY:spring", "CATEGORIES:work", "X-ODD:1", street="1 High Street")
    book.imported(text)
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, 1, "choir")
    out = _all(book).decode()
    assert out.replace("CATEGORIES:work,choir\r\n", "CATEGORIES:work\r\n") == text
    assert out != text


def test_first_tag_adds_one_line(book: Book, today: date) -> None:
    """A card without tags gains one line and loses none."""
    text = card("Anna Nowak", "X-ODD:1", street="1 High Street")
    book.imported(text)
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, 1, "choir")
    lines = _all(book).decode().split("\r\n")
    lines.remove("CATEGORIES:choir")
    assert lines == text.split("\r\n")


def test_circles_facts_notes_and_history_stay_at_home(book: Book, today: date) -> None:
    """Nothing that only the user knows is in an export."""
    text = card("Anna Nowak")
    book.imported(text)
    book.circle(Circle.INNER, "Anna Nowak")
    with journal.step(book.db, "know", today=today):
        relationships.set_fact(book.db, 1, "bread", "canary", today=today)
        relationships.add_note(book.db, 1, "canary", on=today)
        relationships.add_interaction(
            book.db, 1, channel="card", direction="to them", on=today, text="canary"
        )
    assert _all(book) == text.encode()


def test_last_card_of_a_file_without_a_line_end_stays_readable(book: Book) -> None:
    """The next card begins on a line of its own."""
    first, second = card("Anna Nowak").removesuffix("\r\n"), card("Jan Ash")
    book.imported(first, source="a.vcf")
    book.imported(second, source="b.vcf")
    assert _all(book) == f"{first}\r\n{second}".encode()


def test_export_builds_the_same_contacts_anew(book: Book, new_book: Callable[[], Book], today: date) -> None:
    """What was exported, with a change of the user's in it, imports into the same contacts elsewhere."""
    book.imported(*(card(f"Anna A{n}", line, street=f"{n} High St") for n, line in enumerate(ODD_LINES)))
    with journal.step(book.db, "tag", today=today):
        relationships.add_tag(book.db, 3, "choir")
    other = new_book()
    other.imported(*export_cards(book.db))
    assert contacts.count(other.db) == len(ODD_LINES)
    for contact_id in range(1, len(ODD_LINES) + 1):
        assert contacts.load(other.db, contact_id) == contacts.load(book.db, contact_id)


def _rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def _csv(book: Book, today: date, *, private: bool = False) -> bytes:
    return export_csv(book.db, STANDPOINT._replace(today=today), private=private)


def test_one_row_a_member(book: Book, today: date) -> None:
    """Everyone of a household has a row with its address; commas and letters of every script survive."""
    book.imported(
        card("Anna Łuk", street="High Street 1, top floor"),
        card("Tom Łuk", street="High Street 1, top floor"),
    )
    rows = _rows(_csv(book, today))
    assert [row["name"] for row in rows] == ["Anna Łuk", "Tom Łuk"]
    assert len({row["household"] for row in rows}) == 1
    assert [row["street"] for row in rows] == ["High Street 1, top floor"] * 2
    assert {row["country_code"] for row in rows} == {"GB"}
    assert tuple(rows[0]) == COLUMNS


def test_circles_only_when_asked_for(book: Book, today: date) -> None:
    """How near someone is stands in no file that is not called private."""
    book.imported(card("Anna Nowak"))
    book.circle(Circle.INNER, "Anna Nowak")
    assert b"inner" not in _csv(book, today)
    assert [row["circle"] for row in _rows(_csv(book, today, private=True))] == ["inner"]


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "@SUM(A1)", "+cmd|x", "-2+3+cmd", "\t=1"])
def test_no_value_becomes_a_formula(book: Book, today: date, name: str) -> None:
    """A name that a spreadsheet would work out stays a name."""
    book.imported(f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nN:{name};;;;\r\nEND:VCARD\r\n")
    for row in _rows(_csv(book, today)):
        for cell in row.values():
            assert not cell.startswith(("=", "@", "+", "-", "\t", "\r"))
        assert row["name"].removeprefix("'").strip() == name.strip()


@given(st.text())
def test_guarding_adds_at_most_one_apostrophe(value: str) -> None:
    """A guarded value is the value, or the value behind one apostrophe, and never a formula."""
    found = guarded(value)
    assert found in (value, f"'{value}")
    assert not found.startswith(("=", "@", "\t", "\r"))


def test_phone_numbers_stay_as_they_are() -> None:
    """A plain number behind a plus is no formula."""
    assert guarded("+44 (0)113 496-0000") == "+44 (0)113 496-0000"


_PRIVATE = {"circle", "facts", "notes", "days", "gifts", "interactions"}


def _known(book: Book, today: date) -> None:
    book.imported(
        card(
            "Anna Nowak",
            "BDAY:1984-05-19",
            "CATEGORIES:choir",
            "TEL:+44 113 496 0000",
            street="High Street 1",
        )
    )
    book.circle(Circle.INNER, "Anna Nowak")
    with journal.step(book.db, "know", today=today):
        relationships.add_note(book.db, 1, "canary-note", on=today)
        relationships.set_fact(book.db, 1, "bread", "canary-fact", today=today)
        relationships.add_interaction(
            book.db, 1, channel="visit", direction="to them", on=today, text="canary-line"
        )
        said = Day(1, False, OccasionKind.BIRTHDAY, "canary-day", PartialDate.parse("hebrew 15 Av 5715"))
        occasions.add_day(book.db, said)
        gifts.keep(book.db, Gift(1, False, "got", "canary-gift"), today=today)


def test_contact_is_said_in_parts(book: Book, today: date) -> None:
    """What the vCard says is there by name; nothing of the user's own is."""
    _known(book, today)
    (said,) = export_json(book.db)
    assert said["name"] == "Anna Nowak"
    assert said["addresses"][0]["street"] == "High Street 1"
    assert said["occasions"] == [{"kind": "birthday", "label": "", "date": "1984-05-19"}]
    assert said["tags"] == ["choir"]
    assert said["phones"][0]["value"] == "+44 113 496 0000"
    assert not _PRIVATE & said.keys()
    assert "canary" not in json.dumps(said)
    assert "inner" not in json.dumps(said)


def test_private_adds_what_is_the_users_own(book: Book, today: date) -> None:
    """Asked for, circle, facts, notes and what passed between are there too, and nothing else changes."""
    _known(book, today)
    (said,) = export_json(book.db, private=True)
    (plain,) = export_json(book.db)
    assert said["circle"] == "inner"
    assert said["facts"] == [{"key": "bread", "value": "canary-fact", "noted_on": today.isoformat()}]
    assert said["notes"] == [{"on": today.isoformat(), "text": "canary-note"}]
    assert [one["text"] for one in said["interactions"]] == ["canary-line"]
    assert [day["date"] for day in said["days"]] == ["hebrew 15 Av 5715"]
    assert [(gift["what"], gift["state"]) for gift in said["gifts"]] == [("canary-gift", "got")]
    assert {key: value for key, value in said.items() if key not in _PRIVATE} == plain


def test_archive_is_the_same_every_time(book: Book) -> None:
    """The same store gives the same bytes: no clock and no computer is in them."""
    book.imported(card("Anna Nowak"), card("Jan Nowak"))
    assert archive_of(book.db) == archive_of(book.db)


def test_archive_can_be_opened_without_relcard(book: Book) -> None:
    """Four files: words for a person, the vCards byte for byte, the store, and what each must be."""
    book.imported(card("Anna Nowak", "X-ODD:kept"), "BEGIN:VCARD\r\nodd\r\nEND:VCARD\r\n")
    book.circle(Circle.INNER, "Anna Nowak")
    with zipfile.ZipFile(io.BytesIO(archive_of(book.db))) as file:
        assert file.namelist() == ["README.txt", "contacts.vcf", "store.json", "MANIFEST"]
        assert file.testzip() is None
        assert file.read("contacts.vcf") == b"".join(export_cards(book.db))
        assert b"inner" not in file.read("contacts.vcf")
        assert len(file.read("README.txt").splitlines()) == 7
        lines = file.read("MANIFEST").decode().splitlines()
        said = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert set(said) == {"README.txt", "contacts.vcf", "store.json"}
        assert all(hashlib.sha256(file.read(name)).hexdigest() == digest for name, digest in said.items())
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
