from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.services.data.export_archive import export_archive
from relcard.services.data.export_cards import export_cards
from tests.support.book import card

if TYPE_CHECKING:
    from tests.support.book import Book


def test_archive_is_the_same_every_time(book: Book) -> None:
    """The same store gives the same bytes: no clock and no computer is in them."""
    book.imported(card("Anna Nowak"), card("Jan Nowak"))
    assert export_archive(book.db) == export_archive(book.db)


def test_archive_can_be_opened_without_relcard(book: Book) -> None:
    """Four files: words for a person, the vCards byte for byte, the store, and what each must be."""
    book.imported(card("Anna Nowak", "X-ODD:kept"), "BEGIN:VCARD\r\nodd\r\nEND:VCARD\r\n")
    book.circle(Circle.INNER, "Anna Nowak")
    with zipfile.ZipFile(io.BytesIO(export_archive(book.db))) as file:
        assert file.namelist() == ["README.txt", "contacts.vcf", "store.json", "MANIFEST"]
        assert file.testzip() is None
        assert file.read("contacts.vcf") == b"".join(export_cards(book.db))
        assert b"inner" not in file.read("contacts.vcf")
        assert len(file.read("README.txt").splitlines()) == 6
        lines = file.read("MANIFEST").decode().splitlines()
        said = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert set(said) == {"README.txt", "contacts.vcf", "store.json"}
        assert all(hashlib.sha256(file.read(name)).hexdigest() == digest for name, digest in said.items())
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
