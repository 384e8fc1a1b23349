from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.errors import UsageError
from relcard.services.data.export import export_cards
from relcard.services.importing.import_cards import import_cards
from relcard.services.importing.retry_cards import retry_cards
from relcard.store import contacts
from relcard.store import relationships
from relcard.store import vcards
from relcard.store.file import journal
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date

    from relcard.services.importing.import_cards import ImportReport
    from tests.support.book import Book

DATA = Path(__file__).parents[2] / "data" / "csv"
ROWS = "Name,Town,Phone,Birthday\nNora Quill,Leeds,0113 496 0000,1980-03-24\nTom Quill,Leeds,0113 496 0001,spring\n"


def _imported(book: Book, text: str, today: date, *choices: str, source: str = "friends.csv") -> ImportReport:
    with journal.step(book.db, "import", today=today):
        return import_cards(book.db, [(source, io.BytesIO(text.encode()))], today=today, choices=choices)


def test_rows_take_the_journey_of_vcards(book: Book, today: date) -> None:
    """A spreadsheet makes contacts in one step, and the same file again changes nothing."""
    empty = dump(book.db)
    report = _imported(book, ROWS, today)
    assert (report.new, report.cards) == (2, 2)
    assert [(one.column, one.means) for one in report.columns] == [
        ("Name", "name"),
        ("Town", "town"),
        ("Phone", "phone"),
        ("Birthday", "birthday"),
    ]
    # What is wrong in a row is on the line of the row, not of the vCard it became.
    assert [(one.line, one.name) for one in report.problems] == [(3, "Tom Quill")]
    before = dump(book.db)
    again = _imported(book, ROWS, today)
    assert (again.unchanged, again.cards) == (2, 2)
    assert dump(book.db) == before
    journal.undo(book.db)
    assert dump(book.db) == empty


def test_changed_row_is_joined_with_what_was_changed_here(book: Book, today: date) -> None:
    """The row of a contact that moved brings the new town; the user's tag stays."""
    _imported(book, ROWS, today)
    contact_id = book.id_of("Nora Quill")
    relationships.add_tag(book.db, contact_id, "choir")
    report = _imported(book, ROWS.replace("Nora Quill,Leeds", "Nora Quill,York"), today)
    assert (report.new, report.updated, report.unchanged) == (0, 1, 1)
    nora = contacts.load(book.db, contact_id)
    assert nora.addresses[0].locality == "York"
    assert nora.tags == ("choir",)


def test_row_that_names_no_one_is_kept(book: Book, today: date) -> None:
    """A row without a name is no contact, and none of it is lost."""
    report = _imported(book, "Name,Town,Sent 2024\n,Leeds,yes\nNora Quill,York,no\n", today)
    assert (report.new, report.kept_raw) == (1, 1)
    kept = next(one for one in vcards.all_cards(book.db) if one.contact_id is None)
    assert b"X-RELCARD-COLUMN;X-NAME=Sent 2024;X-CARDS=sent 2024:yes" in kept.raw
    assert b"Leeds" in kept.raw


def test_export_carries_every_column(book: Book, today: date) -> None:
    """What no property holds leaves with the vCard, and comes back as the same card."""
    _imported(book, (DATA / "friends.csv").read_text(), today)
    exported = b"".join(export_cards(book.db))
    assert b"X-RELCARD-COLUMN;X-NAME=Received 2024;X-CARDS=received 2024:card with a bir\r\n d" in exported
    with journal.step(book.db, "import", today=today):
        again = import_cards(book.db, [("a.vcf", io.BytesIO(exported))], today=today)
    assert (again.unchanged, again.cards) == (3, 3)


def test_unknown_column_imports_nothing(book: Book, today: date) -> None:
    """A choice for a column that is not there stops the import before the first row goes in."""
    before = dump(book.db)
    with pytest.raises(UsageError, match="Shoe"):
        _imported(book, ROWS, today, "Shoe=note")
    assert dump(book.db) == before


def test_what_is_wrong_with_a_whole_file_is_kept(book: Book, today: date) -> None:
    """A guessed encoding is said again later, once; a file put right takes it back, and reading again does not."""

    def take(text: str, encoding: str) -> None:
        with journal.step(book.db, "import", today=today):
            file = ("friends.csv", io.BytesIO(text.encode(encoding)))
            import_cards(book.db, [file], today=today)

    text = "Name,Town\nZoë Quill,Leeds\nJörg Ash,Köln\n"
    take(text, "cp1252")
    (told,) = vcards.problems(book.db)
    assert (told.source, told.line, told.name) == ("friends.csv", 1, "")
    assert "Windows-1252" in told.message
    before = dump(book.db)
    take(text, "cp1252")
    assert dump(book.db) == before
    with journal.step(book.db, "import --retry", today=today):
        assert not retry_cards(book.db, today=today).cards
    assert vcards.problems(book.db) == [told]
    take(text, "utf-8")
    assert vcards.problems(book.db) == []
    journal.undo(book.db)
    assert dump(book.db) == before
