from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from relcard.domain.people.circle import Circle
from relcard.store.file import journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.visitor import Visitor


@pytest.fixture(autouse=True)
def season(book: Book, house: House) -> None:
    book.circle(Circle.FRIEND, "Ada Oak", "Ben Elm")
    book.start()


def runs(book: Book) -> int:
    """Return how many print runs are kept."""
    (number,) = book.db.execute("SELECT count(*) FROM print_run").fetchone()
    return int(number)


def test_paper_that_is_looked_at_leaves_no_trace(phone: Visitor, book: Book) -> None:
    """Its pages are pictures; no run is kept, no slot used, no step made."""
    before = journal.mark(book.db)
    assert '<img src="/season/1/labels/1" alt="Page 1"' in phone.get("/season/1/labels").text
    picture = phone.get("/season/1/labels/1")
    assert picture.header("content-type") == "image/png"
    width, height = Image.open(BytesIO(picture.body)).size
    assert height / width == pytest.approx(297 / 210, rel=0.01)
    assert journal.mark(book.db) == before
    assert runs(book) == 0


def test_file_to_print_is_kept_as_a_run_of_the_device(phone: Visitor, book: Book) -> None:
    """It is a PDF with both addresses, and undo takes the run back."""
    phone.get("/season/1/labels")
    answer = phone.post("/season/1/labels/print")
    assert answer.header("content-disposition") == 'attachment; filename="labels.pdf"'
    page = PdfDocument(answer.body)[0].get_textpage().get_text_bounded()
    assert "Ada Oak" in page
    assert "Ben Elm" in page
    assert runs(book) == 1
    newest = journal.history(book.db)[0]
    assert (newest.command, newest.device) == ("print labels", "Marta's phone")
    journal.undo(book.db)
    assert runs(book) == 0


def test_picture_is_drawn_anew_after_a_change(phone: Visitor, book: Book) -> None:
    """Also after one that was taken back and another made in its place."""
    first = phone.get("/season/1/labels/1").body
    book.circle(Circle.INNER, "Ben Elm")  # addressed by hand now: on no label
    second = phone.get("/season/1/labels/1").body
    journal.undo(book.db)
    assert phone.get("/season/1/labels/1").body == first
    book.circle(Circle.INNER, "Ada Oak")
    assert phone.get("/season/1/labels/1").body not in (first, second)


def test_who_only_reads_looks_and_prints_nothing(visitor: Callable[[], Visitor], book: Book) -> None:
    reader = visitor().paired("reader", writes=False)
    page = reader.get("/season/1/labels")
    assert "Page 1" in page.text
    assert "File to print" not in page.words
    assert reader.post("/season/1/labels/print").status == 403
    assert runs(book) == 0


@pytest.mark.parametrize(
    "path", ["/season/1/stamps", "/season/1/labels/0", "/season/1/labels/9", "/season/7/labels"]
)
def test_paper_that_is_not_there_is_said_calmly(phone: Visitor, path: str) -> None:
    assert phone.get(path).status == 404
