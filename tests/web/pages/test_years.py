from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.people.circle import Circle
from relcard.store.file import journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.web.house import House
    from tests.support.book import Book
    from tests.support.visitor import Visitor


@pytest.fixture(autouse=True)
def near(book: Book, house: House) -> None:
    book.circle(Circle.FRIEND, "Ada Oak", "Ben Elm")


def test_year_that_is_tapped_is_set_and_can_be_taken_back(phone: Visitor, book: Book) -> None:
    """A card that came, with their line; the grid has its mark, and the household's page the line."""
    home = book.home_of("Ada Oak")
    assert f'href="/years/{home}/2024"' in phone.get("/years").text
    page = phone.get(f"/years/{home}/2024")
    after = phone.sent(
        f"/years/{home}/2024", cell="came", line="the pears are in", revision=page.field("revision")
    )
    assert "the pears are in" in after.words
    assert "Ada Oak, 2024: Came" in phone.get("/years").text
    newest = journal.history(book.db)[0]
    assert (newest.command, newest.device) == ("years edit", "Marta's phone")
    phone.post("/undo", step=after.field("step"), back="/years")
    assert "Ada Oak, 2024: Nothing" in phone.get("/years").text


def test_year_goes_from_anything_to_anything(phone: Visitor, book: Book) -> None:
    home = book.home_of("Ada Oak")
    for cell, words in (("both", "Sent and came"), ("sent", "Sent"), ("none", "Nothing"), ("came", "Came")):
        page = phone.get(f"/years/{home}/2023")
        phone.sent(f"/years/{home}/2023", cell=cell, line="", revision=page.field("revision"))
        assert f"Ada Oak, 2023: {words}" in phone.get("/years").text


def test_year_that_was_changed_elsewhere_is_shown_first(
    visitor: Callable[[], Visitor], phone: Visitor, book: Book
) -> None:
    path = f"/years/{book.home_of('Ada Oak')}/2025"
    tablet = visitor().paired("tablet")
    mine, theirs = phone.get(path), tablet.get(path)
    tablet.sent(path, cell="came", line="see you", revision=theirs.field("revision"))
    answer = phone.post(path, cell="sent", line="", revision=mine.field("revision"), back=path)
    assert answer.status == 409
    assert "Came: see you" in answer.words


def test_who_only_reads_sees_the_year_and_sets_nothing(visitor: Callable[[], Visitor], book: Book) -> None:
    reader = visitor().paired("reader", writes=False)
    path = f"/years/{book.home_of('Ada Oak')}/2025"
    assert "<button name" not in reader.get(path).text
    assert reader.post(path, cell="sent").status == 403


@pytest.mark.parametrize("path", ["/years/999/2025", "/years/1/99", "/years/page/9"])
def test_year_that_is_not_there_is_said_calmly(phone: Visitor, path: str) -> None:
    assert phone.get(path).status == 404


def test_cell_nobody_knows_is_refused(phone: Visitor, book: Book) -> None:
    path = f"/years/{book.home_of('Ada Oak')}/2025"
    page = phone.get(path)
    assert phone.post(path, cell="lost", revision=page.field("revision")).status == 400
