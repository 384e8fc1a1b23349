from __future__ import annotations

import base64
import hashlib
import io
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from relcard.services.data.export import export_cards
from relcard.services.importing.import_cards import import_cards
from relcard.store import photos
from relcard.store import vcards
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.vcard.write import fold
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.support.book import Book


def _photo(seed: int) -> str:
    line = b"PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(bytes((seed,)) * 6000)
    return fold(line).decode().removesuffix("\r\n")


def _counts(book: Book) -> tuple[int, int]:
    photos, cuttings = (
        book.db.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in ("photo", "cutting")
    )
    return photos, cuttings


def test_photo_is_kept_once_beside_its_cards(book: Book) -> None:
    """Two cards with one photo share it; each comes out byte for byte, and its checksum is of the whole."""
    file = (card("Nora Quill", _photo(1)), card("Tom Quill", _photo(1)), card("Ivy Quill", _photo(2)))
    book.imported(*file)
    assert _counts(book) == (2, 3)
    assert max(len(row[0]) for row in book.db.execute("SELECT raw FROM vcard")) < 500
    assert [one.raw for one in vcards.all_cards(book.db)] == [one.encode() for one in file]
    assert b"".join(export_cards(book.db)) == "".join(file).encode()
    digests = [row[0] for row in book.db.execute("SELECT sha256 FROM vcard ORDER BY id")]
    assert digests == [hashlib.sha256(one.encode()).digest() for one in file]
    assert book.imported(*file).unchanged == 3


def test_newer_photo_takes_the_place_of_the_older(book: Book) -> None:
    """A card with another photo is updated, and undo brings the first one back byte for byte."""
    first, second = card("Nora Quill", _photo(1)), card("Nora Quill", _photo(2))
    book.imported(first)
    before = dump(book.db)
    assert book.imported(second).updated == 1
    assert next(vcards.all_cards(book.db)).raw == second.encode()
    journal.undo(book.db)
    assert dump(book.db) == before
    assert next(vcards.all_cards(book.db)).raw == first.encode()


def test_journal_stays_small(book: Book) -> None:
    """A photo is not copied into the steps for undo."""
    book.imported(card("Nora Quill", _photo(1)))
    book.imported(card("Nora Quill", _photo(2)))
    (size,) = book.db.execute("SELECT total(length(inverse)) FROM journal_entry").fetchone()
    assert size < 5000


def test_doctor_sees_the_whole_card(tmp_path: Path, today: date) -> None:
    """A store with photos is sound, and a photo that changed is damage to the card it belongs to."""
    from contextlib import closing

    from relcard.store.file.database import open_store

    path = str(tmp_path / "photos.db")
    with closing(open_store(path, create=True)) as db:
        with journal.step(db, "import", today=today):
            data = card("Nora Quill", _photo(1)).encode()
            import_cards(db, [("a.vcf", io.BytesIO(data))], today=today)
        assert checks.examine(path).is_sound
        db.execute("UPDATE photo SET data = substr(data, 2)")
    assert [one.who for one in checks.examine(path).findings if "text was damaged" in one.message] == [
        "Nora Quill"
    ]


@given(st.binary(max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_what_is_cut_out_goes_back(raw: bytes, ends: list[int]) -> None:
    """Cutting places out of a text and putting them back gives the text."""
    marks = sorted({one for one in ends if one <= len(raw)})
    places = list(zip(marks[::2], marks[1::2], strict=False))
    kept, cuttings = photos.cut_out(raw, places)
    assert len(kept) == len(raw) - sum(end - start for start, end in places)
    assert photos.put_back(kept, cuttings) == raw
