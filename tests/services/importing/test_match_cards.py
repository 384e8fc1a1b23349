from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from relcard.services.importing.find_duplicates import find_duplicates
from relcard.services.importing.import_cards import import_cards
from relcard.store import contacts
from relcard.store.file import journal
from tests.support.book import card

if TYPE_CHECKING:
    from datetime import date

    from relcard.services.importing.import_cards import ImportReport
    from tests.support.book import Book

HEAD = "Name,Street,Town,Postcode,Country,Phone,Birthday\n"
ANN = "Ann Poe,1 Elm St,Leeds,LS1 4DY,United Kingdom,,\n"


def _listed(book: Book, *rows: str, head: str = HEAD) -> ImportReport:
    return book.imported(head, *rows, source="list.csv")


def _names(book: Book) -> list[str]:
    return sorted(row.name for row in contacts.listing(book.db))


def test_a_row_of_the_same_name_and_address_is_known(book: Book) -> None:
    """A list's row of a contact of the phone brings nobody, and the report says who it is and why."""
    book.imported(card("Ann Poe", "TEL:+44 113 496 0000", street="1 Elm Street"))
    report = _listed(book, ANN)
    assert (report.new, report.updated) == (0, 1)
    assert [tuple(known) for known in report.recognised] == [
        ("Ann Poe", "ann-poe", "Ann Poe", "name and address")
    ]
    assert _names(book) == ["Ann Poe"]
    again = _listed(book, ANN.replace(",,\n", ",,1980-02-03\n"))
    assert (again.new, again.updated, again.recognised) == (0, 1, [])
    (ann,) = (contacts.load(book.db, row.id) for row in contacts.listing(book.db))
    assert [str(day.date) for day in ann.occasions] == ["1980-02-03"]


@pytest.mark.parametrize(
    ("known", "row"),
    [
        ("", "Ann Poe,2 Elm St,Leeds,LS1 4DY,United Kingdom,,\n"),  # next door
        ("", "Ann Poe,,Leeds,LS1 4DY,United Kingdom,,\n"),  # no street
        ("BDAY:1950-01-01", "Ann Poe,1 Elm St,Leeds,LS1 4DY,United Kingdom,,1980-01-01\n"),
        ("TEL:+44 113 496 0000", "Ann Poe,1 Elm St,Leeds,LS1 4DY,United Kingdom,0113 496 0777,\n"),
    ],
)
def test_who_may_be_another_of_the_family_is_not_taken_for_one(book: Book, known: str, row: str) -> None:
    """Another letterbox, another birthday, another phone: a mother and a daughter of one name stay two."""
    book.imported(card("Ann Poe", known or "NOTE:-", street="1 Elm Street"))
    report = _listed(book, row)
    assert (report.new, report.recognised) == (1, [])


def test_suffixes_part_father_and_son(book: Book) -> None:
    """John Smith and John Smith, whose card says Jr. in the parts of the name, are two."""
    book.imported(card("John Smith", street="1 Elm Street"))
    son = card("John Smith", street="1 Elm Street", uid="son").replace(";;;\r", ";;;Jr.\r")
    assert book.imported(son, source="other.vcf").new == 1


def test_two_rows_of_one_name_take_nobody(book: Book) -> None:
    """Where a list has two of one name at one address, neither is taken for the contact: the user decides."""
    book.imported(card("Ann Poe", street="1 Elm Street"))
    report = _listed(book, ANN, ANN.replace(",,\n", ",0113 496 0001,\n"))
    assert (report.new, report.recognised) == (2, [])
    assert len(find_duplicates(book.db)) == 3


def test_a_first_name_alone_or_an_office_is_not_enough(book: Book) -> None:
    """Many of one name may work at one address, and "Ann" may be anybody's first name."""
    book.imported(card("Ann Poe", "ADR;TYPE=work:;;9 Quay;Leeds;;LS1 1AA;United Kingdom"))
    book.imported(card("Ann", street="1 Elm Street"), source="other.vcf")
    report = _listed(
        book,
        "Ann Poe,9 Quay,Leeds,LS1 1AA,United Kingdom,,\n",
        "Ann,1 Elm St,Leeds,LS1 4DY,United Kingdom,,\n",
    )
    assert report.new == 2


def test_files_of_one_import_know_each_other(book: Book, today: date) -> None:
    """A phone's export and a list in one command are as two commands; two files of one source name are not."""
    phone = card("Ann Poe", "TEL:+44 113 496 0000", street="1 Elm Street")
    tablet = card("Ann Poe", "TEL:+44 113 496 0000", uid="t")
    files = [
        ("phone.vcf", phone),
        ("list.csv", HEAD + ANN),
        ("tablet.vcf", tablet),
        ("tablet (1).vcf", tablet),
    ]
    streams = [(name, io.BytesIO(text.encode())) for name, text in files]
    with journal.step(book.db, "import", today=today):
        report = import_cards(book.db, streams, today=today)
    assert (report.new, report.updated, report.unchanged) == (1, 2, 1)
    assert [known.shared for known in report.recognised] == ["name and address", "name and e-mail or phone"]
    namesakes = [card("Bea Ash", uid=""), card("Bea Ash", "NOTE:another", uid="")]
    both = [
        (name, io.BytesIO(text.encode()))
        for name, text in zip(("b.vcf", "b (1).vcf"), namesakes, strict=True)
    ]
    with journal.step(book.db, "import", today=today):
        assert import_cards(book.db, both, today=today).new == 2


def test_a_name_in_capitals_gives_way_to_one_written_with_care(book: Book) -> None:
    """The list's "Ann Poe, 1 Elm St" puts right what a phone keeps in one case; the phone's next export leaves it."""
    book.imported(card("ANN POE", street="1 elm st", uid="a"))
    report = _listed(book, ANN)
    assert (report.updated, report.problems) == (1, [])
    assert book.imported(card("ANN POE", "NOTE:news", street="1 elm st", uid="a")).updated == 1
    (ann,) = (contacts.load(book.db, row.id) for row in contacts.listing(book.db))
    assert (ann.display_name, ann.addresses[0].street, ann.note) == ("Ann Poe", "1 Elm St", "news")
