from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from relcard.store.file import journal
from tests.support.visitor import HOST
from tests.support.visitor import ORIGIN

if TYPE_CHECKING:
    from tests.support.book import Book
    from tests.support.visitor import Visitor

FOREIGN: list[list[tuple[str, str]]] = [
    [("origin", "http://evil.example")],
    [("origin", "null")],
    [("origin", f"https://{HOST}")],
    [("origin", "http://127.0.0.1:8742")],
    [("origin", ORIGIN), ("origin", "http://evil.example")],
    [("origin", "")],
    [],
    [("sec-fetch-site", "cross-site")],
    [("sec-fetch-site", "same-site")],
    [("sec-fetch-site", "none")],
]


def test_form_from_elsewhere_does_nothing(phone: Visitor, book: Book) -> None:
    """Not with the cookie of a paired device and a token of its own page."""
    page = phone.get("/people")
    before = journal.history(book.db)
    body = urlencode({"token": page.token, "text": "x", "revision": "0" * 16}).encode()
    kind = [("content-type", "application/x-www-form-urlencoded")]
    for said in FOREIGN:
        for path in ("/households/1/note", "/people", "/undo", "/pair", "/language"):
            assert phone.ask("POST", path, body, [*kind, *said]).status == 403, (said, path)
    assert journal.history(book.db) == before


def test_other_methods_do_nothing(phone: Visitor) -> None:
    """Neither from elsewhere nor from here, and nobody is let in from another origin."""
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "X"):
        assert phone.ask(method, "/").status == 403, method
        answer = phone.ask(method, "/", headers=[("origin", ORIGIN)])
        assert answer.status == 405, method
        assert not answer.header("access-control-allow-origin")


def test_browser_without_origin_may_say_where_it_comes_from(phone: Visitor) -> None:
    """Fetch Metadata does where a browser sends no Origin with a form of its own page."""
    body = urlencode({"token": phone.get("/people").token, "words": "ada"}).encode()
    kind = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")]
    assert "Ada Oak" in phone.ask("POST", "/people", body, kind).words
