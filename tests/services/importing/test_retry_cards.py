from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.services.importing.retry_cards import retry_cards
from relcard.store import contacts
from relcard.store import vcards
from relcard.store.file import journal
from relcard.vcard import read
from relcard.vcard.properties import HANDLERS
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date

    import pytest

    from relcard.services.importing.import_cards import ImportReport
    from tests.support.book import Book

NAMELESS = "BEGIN:VCARD\r\nVERSION:3.0\r\nX-CALLED:Nora Quill\r\nEND:VCARD\r\n"


def _again(book: Book, today: date, encoding: str = "") -> ImportReport:
    with journal.step(book.db, "import --retry", today=today):
        return retry_cards(book.db, today=today, encoding=encoding)


def test_encoding_that_is_stated_later(book: Book, today: date) -> None:
    """A name that was guessed in the wrong encoding is put right, and undo puts it wrong again."""
    text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Łucja Śliwa\r\nUID:lucja\r\nEND:VCARD\r\n".encode("cp1250")
    report = book.imported(text)
    assert len(report.problems) == 1
    before = dump(book.db)
    again = _again(book, today, "cp1250")
    assert (again.updated, again.cards) == (1, 1)
    assert not again.problems
    assert contacts.load(book.db, book.id_of("Łucja Śliwa")).uid == "lucja"
    assert not vcards.unclear(book.db)
    assert next(vcards.all_cards(book.db)).raw == text
    journal.undo(book.db)
    assert dump(book.db) == before


def test_reader_that_has_learned(book: Book, today: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """A card that named no one becomes a contact once the reader understands it, and has a household."""
    report = book.imported(NAMELESS)
    assert report.kept_raw == 1
    before = dump(book.db)
    assert _again(book, today).kept_raw == 1
    assert dump(book.db) == before
    read._plain_heads.clear()
    monkeypatch.setitem(HANDLERS, "X-CALLED", HANDLERS["FN"])
    again = _again(book, today)
    read._plain_heads.clear()
    assert (again.new, again.kept_raw) == (1, 0)
    contact_id = book.id_of("Nora Quill")
    assert book.home_of("Nora Quill")
    assert [one.contact_id for one in vcards.all_cards(book.db)] == [contact_id]
    journal.undo(book.db)
    assert dump(book.db) == before


def test_what_is_understood_now_is_added_and_nothing_of_the_users_is_touched(
    book: Book, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date that is understood now is added; a name the user changed stays."""
    book.imported(card("Nora Quill", "BDAY:third week of March"))
    contact_id = book.id_of("Nora Quill")
    nora = contacts.load(book.db, contact_id)

    with journal.step(book.db, "edit", today=today):
        contacts.update(book.db, contact_id, nora._replace(display_name="Nora Q."))
    assert _again(book, today).unchanged == 1

    from relcard.domain.dates import PartialDate
    from relcard.vcard import properties

    monkeypatch.setattr(properties, "read_date", lambda *_: PartialDate(None, 3, 24))
    again = _again(book, today)
    assert (again.updated, again.conflicts) == (1, 0)
    now = contacts.load(book.db, contact_id)
    assert now.display_name == "Nora Q."
    assert [str(one.date) for one in now.occasions] == ["--03-24"]
    assert not vcards.problems(book.db)
