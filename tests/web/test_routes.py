from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from relcard.store.file import faults
from relcard.store.file import journal
from relcard.web import routes
from relcard.web.house import House
from relcard.web.pages import PAGES
from tests.support.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest
    from starlette.requests import Request

    from relcard.web.visit import Form
    from tests.support.book import Book

ROUTES = [route for page in PAGES for route in page.ROUTES]
SHOWN = sorted({re.sub(r"\{.*?\}", "1", route.path) for route in ROUTES if "GET" in (route.methods or ())})
SENT = sorted({re.sub(r"\{.*?\}", "1", route.path) for route in ROUTES if "POST" in (route.methods or ())})
FOR_ALL = {"/pair", "/language"}
FOR_READERS = {"/language", "/pair", "/people", "/letterbox"}  # what changes nothing in the store


def test_stranger_is_shown_nothing(visitor: Callable[[], Visitor]) -> None:
    """Every page but those named leads to the one on which a device is paired."""
    stranger = visitor()
    for path in {*SHOWN} - FOR_ALL:
        answer = stranger.get(path, follow=False)
        assert (answer.status, answer.header("location")) == (303, "/pair"), path


def test_stranger_does_nothing(visitor: Callable[[], Visitor]) -> None:
    """Not even with a token of the page for strangers."""
    stranger = visitor()
    page = stranger.get("/pair")
    for path in {*SENT} - FOR_ALL:
        assert stranger.post(path, token=page.token).status == 403, path


def test_device_that_reads_only_writes_nothing(visitor: Callable[[], Visitor]) -> None:
    """Whatever the form."""
    reader = visitor().paired(writes=False)
    page = reader.get("/people")
    for path in {*SENT} - FOR_READERS:
        answer = reader.post(path, token=page.token)
        assert answer.status == 403, path
        assert "may read here, and not write" in answer.words


def test_form_without_its_token_does_nothing(phone: Visitor) -> None:
    """Nor with a token that was made up."""
    for path in SENT:
        for token in ("", f"{'0' * 32}.{'0' * 64}"):
            phone.get("/people")
            assert phone.post(path, token=token).status == 403, path


def _notes(book: Book) -> list[str]:
    return [text for (text,) in book.db.execute("SELECT text FROM note")]


def _note(phone: Visitor, text: str) -> dict[str, str]:
    """Return the fields of a note for a household whose page is opened."""
    page = phone.get("/households/1")
    return {"token": page.token, "revision": page.field("revision"), "text": text}


def test_form_that_was_kept_is_not_kept_again_by_a_page_begun_anew(
    phone: Visitor, house: House, book: Book
) -> None:
    """The answer was lost with the page; the device sends the form again, and is led to what stands."""
    fields = _note(phone, "the roof leaks")
    first = phone.post("/households/1/note", **fields).header("location")
    anew = House(house.access, house.writing, hosts=house.hosts, is_secure=False)
    again = Visitor(anew, phone.runner, cookies=phone.cookies)
    again.get("/")
    answer = again.post("/households/1/note", **fields)
    assert (answer.status, answer.header("location").partition("?")[2]) == (303, first.partition("?")[2])
    assert _notes(book) == ["the roof leaks"]
    assert "Kept." in again.get(answer.header("location")).words
    journal.undo(book.db)
    assert again.post("/households/1/note", **fields).status == 303
    assert _notes(book) == []


def test_same_words_on_another_path_are_another_form(phone: Visitor, book: Book) -> None:
    """A page has several forms under one token."""
    fields = _note(phone, "the roof leaks")
    home = book.home_of("Ada Oak")
    phone.sent(f"/households/{home}/note", **fields)
    phone.sent(f"/households/{home}/log", **fields, channel="call")
    assert [step.command.split()[0] for step in journal.history(book.db)[:2]] == ["log", "note"]


def test_busy_store_is_a_page_from_which_the_form_goes_again(
    phone: Visitor, book: Book, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was typed is still there, and is kept once, however often it is sent then."""
    monkeypatch.setattr(faults, "BUSY_SECONDS", 0.01)
    fields = _note(phone, "the roof leaks")
    book.db.execute("BEGIN IMMEDIATE")
    busy = phone.post("/households/1/note", **fields)
    assert busy.status == 503
    assert "Nothing was changed; try again." in busy.words
    assert "locked" not in busy.words
    assert "in use by another relcard" in capsys.readouterr().err
    book.db.execute("ROLLBACK")
    typed = {name: busy.field(name) for name in fields}
    assert typed == fields
    for _ in range(2):
        assert phone.post("/households/1/note", **typed).status == 303
    assert _notes(book) == ["the roof leaks"]


def test_device_withdrawn_while_its_form_comes_in_writes_nothing(
    phone: Visitor, house: House, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A picture takes a minute; a lost phone has not so long."""
    fields, read = _note(phone, "the roof leaks"), routes._read

    async def slowly(request: Request) -> Form:
        form = await read(request)
        assert house.devices.withdraw("Marta's phone")
        return form

    monkeypatch.setattr(routes, "_read", slowly)
    assert phone.post("/households/1/note", **fields).status == 403
    assert _notes(book) == []


def test_on_a_store_that_cannot_be_written_every_device_reads_only(
    phone: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said on each page, and no form is shown that could only fail."""
    fields = _note(phone, "the roof leaks")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert phone.post("/households/1/note", **fields).status == 403
    page = phone.get("/households/1")
    assert "reads only" in page.words
    assert "/note" not in page.text
