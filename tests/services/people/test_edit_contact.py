from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.contact import Address
from relcard.errors import UsageError
from relcard.services.data.export import export_cards
from relcard.services.people.edit_contact import edit_contact
from relcard.services.people.edit_contact import open_page
from relcard.services.people.edit_contact import typed_contact
from relcard.store import contacts
from relcard.store import households
from relcard.store.file import journal
from tests.support.book import STANDPOINT
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from relcard.domain.people.contact import Contact
    from relcard.services.people.edit_contact import Edited
    from tests.support.book import Book

SAMPLE = Path(__file__).parents[3] / "sample_contacts.vcf"
# Cards as phones and programs write them, each with what an edit must not disturb.
APPLE = """BEGIN:VCARD\r
VERSION:3.0\r
PRODID:-//Apple Inc.//macOS 15.5//EN\r
N:Delgado;Mia;;;\r
FN:Mia Delgado\r
item1.EMAIL;type=INTERNET;type=pref:mia@delgado.example\r
item1.X-ABLabel:Studio\r
TEL;type=CELL;type=VOICE;type=pref:(512) 555-0142\r
item2.ADR;type=HOME;type=pref:;;908 Juniper Street;Austin;TX;78702;United States\r
item2.X-ABADR:us\r
item3.X-ABDATE:2016-10-08\r
item3.X-ABLabel:_$!<Anniversary>!$_\r
item4.X-ABRELATEDNAMES:Daniel Reyes\r
item4.X-ABLabel:_$!<Spouse>!$_\r
BDAY:1987-01-09\r
X-FAVOURITE-TEA:Assam\r
PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAe\r
 0lEQVR42mN49+oBqSjKzYh4xQyjFoxagITKprlVTHOrmuZWM82tbpoblS0omeaGZkEDcXYQZUH\r
UID:2B6A2F3C-8E4A-4C39-A2E5-6F0B1D7E4A55\r
END:VCARD\r
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gro=C3=9Fmann;J=C3=B6rg;;;
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg Gro=C3=9Fmann
TEL;CELL:+49 30 23125 014
ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;Sch=C3=B6nauer Stra=C3=
=9Fe 48;Leipzig;;04229;Deutschland
NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Spielt Bratsche im Hausquartet=
t; das =C3=9Cben h=C3=B6rt man.=0D=0AMag keinen Marzipan.
BDAY:19571126
X-UNKNOWN;A=b:kept
END:VCARD
"""


def _edit(book: Book, name: str, *changes: tuple[str, str], today: date) -> Edited:
    opened = open_page(book.db, book.id_of(name))
    page = opened.page
    for old, new in changes:
        assert old in page
        page = page.replace(old, new, 1)
    with journal.step(book.db, f"edit {name}", today=today):
        return edit_contact(book.db, opened, typed_contact(opened, page, STANDPOINT), today=today)


def _changed_lines(book: Book, before: str) -> tuple[set[str], set[str]]:
    after = b"".join(export_cards(book.db)).decode()
    assert after.endswith("END:VCARD\n") == before.endswith("END:VCARD\n")
    old, new = before.splitlines(), after.splitlines()
    return set(old) - set(new), set(new) - set(old)


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ('"1987-01-09"', '"01-09"', {"BDAY:1987-01-09"}, {"BDAY;X-APPLE-OMIT-YEAR=1604:1604-01-09"}),
        (
            'number = "(512) 555-0142"',
            'number = "(512) 555-0199"',
            {"TEL;type=CELL;type=VOICE;type=pref:(512) 555-0142"},
            {"TEL;type=CELL;type=VOICE;type=pref:(512) 555-0199"},
        ),
        (
            "tags = []",
            'tags = ["choir"]',
            set(),
            {"CATEGORIES:choir"},
        ),
    ],
)  # fmt: skip
def test_only_the_changed_line_of_an_apple_card_changes(
    book: Book, today: date, old: str, new: str, gone: set[str], come: set[str]
) -> None:
    """Groups, labels, the photo and unknown lines stand byte for byte beside the one that was edited."""
    book.imported(APPLE)
    _edit(book, "Mia Delgado", (old, new), today=today)
    assert _changed_lines(book, APPLE) == (gone, come)


def test_edited_address_of_an_apple_card(book: Book, today: date) -> None:
    """The ADR is rewritten within its group; labels of other groups and the photo stand."""
    book.imported(APPLE)
    _edit(book, "Mia Delgado", ("908 Juniper", "910 Juniper"), today=today)
    gone, come = _changed_lines(book, APPLE)
    assert {line.partition(":")[0] for line in gone} == {"item2.ADR;type=HOME;type=pref", "item2.X-ABADR"}
    line = "".join(part.removeprefix(" ") for part in sorted(come, reverse=True))  # one line, folded
    assert line.startswith("item2.ADR;")
    assert line.endswith(":;;910 Juniper Street;Austin;TX;78702;United States")


def test_only_the_changed_line_of_an_old_card_changes(book: Book, today: date) -> None:
    """Of a vCard 2.1 the quoted-printable lines keep their very breaks."""
    book.imported(OLD)
    _edit(book, "Jörg Großmann", ('"+49 30 23125 014"', '"+49 30 23125 015"'), today=today)
    assert _changed_lines(book, OLD) == ({"TEL;CELL:+49 30 23125 014"}, {"TEL;CELL:+49 30 23125 015"})


def test_untouched_page_of_every_sample_card_changes_nothing(book: Book, today: date) -> None:
    """Opening and closing the page of each contact of the sample leaves no step and the same bytes."""
    data = SAMPLE.read_bytes()
    book.imported(data)
    for row in list(contacts.listing(book.db)):
        assert not _edit(book, row.name, today=today).changed
    assert [one.command for one in journal.history(book.db)] == ["import cards.vcf"]
    assert b"".join(export_cards(book.db)) == data


MORE = """
[[phone]]
number = "+44 1632 960147"
types = ["cell", "work"]
label = "Studio; left"
preferred = true

[[address]]
street = \"\"\"
1, High Street
Rear\"\"\"
town = "Łódź"
country = "Polska"
types = ["work"]

[[day]]
label = "name day, hers"
date = "26 July"

[[relation]]
kind = "spouse"
name = "Jo, the elder"
"""


def test_edited_sample_is_read_back_as_it_was_typed(
    book: Book, new_book: Callable[[], Book], today: date
) -> None:
    """Whatever wrote a card, its edited vCard says in another store what was typed in this one."""
    book.imported(SAMPLE.read_bytes())
    for row in list(contacts.listing(book.db)):
        opened = open_page(book.db, row.id)
        page = re.sub(r"^anniversary = .*$", 'anniversary = "2001-06"', opened.page, flags=re.MULTILINE)
        page = re.sub(r"^street = .*$", 'street = "9 New, Road"', page, count=1, flags=re.MULTILINE)
        page = page.replace('title = ""', 'title = "tailor, \\"retired\\"; really"')
        with journal.step(book.db, "edit", today=today):
            edit_contact(book.db, opened, typed_contact(opened, page + MORE, STANDPOINT), today=today)
    other = new_book()
    other.imported(b"".join(export_cards(book.db)))
    read = [
        [_said(contacts.load(one.db, row.id)) for row in contacts.listing(one.db)] for one in (book, other)
    ]
    assert read[0] == read[1]
    assert all("9 New, Road" in repr(one) or "Łódź" in repr(one) for one in read[0])


def _said(contact: Contact) -> dict[str, object]:
    """Return a contact without the order of its lists and the UIDs minted here."""
    parts = {part: value for part, value in contact._asdict().items() if part != "uid"}
    return {name: sorted(map(repr, one)) if isinstance(one, tuple) else one for name, one in parts.items()}


def test_edit_is_one_step_back(book: Book, today: date) -> None:
    """Undo brings every row back: address, birthday, tags and households."""
    book.imported(card("Ada Oak", street="1 High Street"), card("Ben Oak", street="1 High Street"))
    before = dump(book.db)
    done = _edit(
        book,
        "Ada Oak",
        ('"1 High Street"', '"7 Low Street"'),
        ('birthday = ""', 'birthday = "04-12"'),
        today=today,
    )
    assert set(done.changed) == {"addresses", "occasions"}
    assert dump(book.db) != before
    journal.undo(book.db)
    assert dump(book.db) == before


def test_proposed_household_follows_a_changed_address(book: Book, today: date) -> None:
    """Who moves to another letterbox leaves the proposed household for the one that is there."""
    book.imported(
        card("Ada Oak", street="1 High Street"),
        card("Ben Oak", street="1 High Street"),
        card("Cyd Oak", street="2 High Street"),
    )
    done = _edit(book, "Ben Oak", ('"1 High Street"', '"2 High Street"'), today=today)
    assert done.others == ("Cyd Oak",)
    assert book.home_of("Ben Oak") == book.home_of("Cyd Oak") != book.home_of("Ada Oak")


def test_stated_household_stands(book: Book, today: date) -> None:
    """Where the user has spoken, another address parts nobody."""
    book.imported(card("Ada Oak", street="1 High Street"), card("Ben Oak", street="1 High Street"))
    with journal.step(book.db, "household join", today=today):
        households.describe(book.db, book.home_of("Ada Oak"), stated=True, reason="you said so")
    done = _edit(book, "Ben Oak", ('"1 High Street"', '"2 High Street"'), today=today)
    assert done.others is None
    assert book.home_of("Ben Oak") == book.home_of("Ada Oak")


def test_corrected_address_keeps_its_row(book: Book, today: date) -> None:
    """One line corrected is the same address to the store, with the day it was confirmed beside it."""
    book.imported(card("Ada Oak", street="1 High Street"))
    book.db.execute("UPDATE address SET confirmed_on = '2026-05-01'")
    (before,) = book.db.execute("SELECT id FROM address").fetchone()
    _edit(book, "Ada Oak", ('"LS1 4DY"', '"LS1 4DZ"'), today=today)
    rows = book.db.execute("SELECT id, postcode, confirmed_on, letterbox FROM address").fetchall()
    assert [row[:3] for row in rows] == [(before, "LS1 4DZ", "2026-05-01")]
    assert rows[0][3].startswith("ls14dz|")


def test_edit_survives_the_same_file_again(book: Book, today: date) -> None:
    """The old file is unchanged, so what was edited here stands."""
    old = card("Ada Oak", "TEL:1", street="1 High Street")
    book.imported(old)
    _edit(book, "Ada Oak", ('number = "1"', 'number = "2"'), today=today)
    assert book.imported(old).unchanged == 1
    assert [one.value for one in contacts.load(book.db, book.id_of("Ada Oak")).phones] == ["2"]


def test_edit_is_merged_with_a_newer_card(book: Book, today: date) -> None:
    """A newer file brings its own changes; what was edited here stands beside them."""
    book.imported(card("Ada Oak", "TEL:1", street="1 High Street"))
    _edit(book, "Ada Oak", ('number = "1"', 'number = "2"'), today=today)
    report = book.imported(card("Ada Oak", "TEL:1", "BDAY:1980-04-12", street="1 High Street"))
    assert (report.updated, report.conflicts) == (1, 0)
    ada = contacts.load(book.db, book.id_of("Ada Oak"))
    assert [one.value for one in ada.phones] == ["2"]
    assert [str(one.date) for one in ada.occasions] == ["1980-04-12"]


def test_what_changed_while_the_page_was_open_is_kept(book: Book, today: date) -> None:
    """An import meanwhile and the edit are joined; where both changed one thing the edit stands, and says so."""
    book.imported(card("Ada Oak", "TITLE:tailor"))
    opened = open_page(book.db, book.id_of("Ada Oak"))
    typed = typed_contact(
        opened,
        opened.page.replace('"tailor"', '"baker"').replace("tags = []", 'tags = ["a"]'),
        STANDPOINT,
    )
    book.imported(card("Ada Oak", "TITLE:sailor", "NOTE:new"))
    with journal.step(book.db, "edit", today=today):
        done = edit_contact(book.db, opened, typed, today=today)
    assert (done.contact.title, done.contact.note, done.contact.tags) == ("baker", "new", ("a",))
    assert [(one.ours, one.theirs) for one in done.conflicts] == [("baker", "sailor")]


def test_country_words_become_codes(book: Book, today: date) -> None:
    """A country may be called by any of its names; one that nobody knows is refused."""
    book.imported(card("Ada Oak", street="1 High Street"))
    done = _edit(book, "Ada Oak", ('"United Kingdom"', '"Deutschland"'), today=today)
    assert done.contact.addresses[0].country_code == "DE"
    with pytest.raises(UsageError, match="no country is called that: Nowhere"):
        _edit(book, "Ada Oak", ('"Deutschland"', '"Nowhere"'), today=today)


def test_dismissed_reminder_of_a_birthday_that_gets_its_year_stays_dismissed(book: Book, today: date) -> None:
    """The year of a birthday, learned later, is no new reminder."""
    from relcard.store import occasions

    book.imported(card("Ada Oak", "BDAY:--1204"))
    (occasion,) = book.db.execute("SELECT id FROM occasion").fetchone()
    with journal.step(book.db, "done", today=today):
        occasions.dismiss(book.db, f"birthday-{occasion}-2026", until=None, today=today)
    _edit(book, "Ada Oak", ('"12-04"', '"1980-12-04"'), today=today)
    (now,) = book.db.execute("SELECT id FROM occasion").fetchone()
    (said,) = book.db.execute("SELECT reminder FROM dismissal").fetchone()
    assert said == f"birthday-{now}-2026"


def test_address_out_of_use_is_left_alone(book: Book, today: date) -> None:
    """An address a card came back from is not on the page, and an edit does not bring it back or lose it."""
    book.imported(card("Ada Oak", street="1 High Street"))
    book.db.execute("UPDATE address SET retired_on = '2026-01-05'")
    extra = '\n[[address]]\nstreet = "2 Low Street"\ntown = "Leeds"\n'
    _edit(
        book,
        "Ada Oak",
        ('title = ""', 'title = "baker"'),
        ("# [[phone]]", f"# [[phone]]\n{extra}"),
        today=today,
    )
    streets = book.db.execute("SELECT street, retired_on FROM address ORDER BY id").fetchall()
    assert streets == [("1 High Street", "2026-01-05"), ("2 Low Street", None)]
    assert contacts.load(book.db, 1).addresses == (Address(street="2 Low Street", locality="Leeds"),)
