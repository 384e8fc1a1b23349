"""A small CardDAV server of our own, on loopback: address books in memory, and whatever fault a test says."""

from __future__ import annotations

from base64 import b64decode
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from tests.support.loopback import Reply
from tests.support.loopback import serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from ssl import SSLContext

    from tests.support.loopback import Loopback
    from tests.support.loopback import Request

BOOK = "/anna/contacts/"
OFFICE = "/anna/office/"
USER, PASSWORD = "anna", "geheim ü"
_NAMESPACES = 'xmlns:d="DAV:" xmlns:card="urn:ietf:params:xml:ns:carddav"'


def vcard(name: str, *lines: str, uid: str = "") -> str:
    """Return a small vCard; its UID is made of the name where none is said."""
    uid = uid or f"u-{name.lower().replace(' ', '-')}"
    return "\r\n".join(("BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", *lines, "END:VCARD", ""))


@dataclass
class AddressBooks:
    """What the server keeps, by the path of a book and the name of a card, and what it does wrong."""

    books: dict[str, dict[str, str]] = field(default_factory=lambda: {BOOK: {}})
    spoil: Callable[[Request, Reply], Reply] = lambda _, reply: reply
    etags: Callable[[str], str] = lambda text: f'"{sha256(text.encode()).hexdigest()[:12]}"'
    server: Loopback = field(init=False)

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def book(self) -> dict[str, str]:
        return self.books[BOOK]

    def fill(self, *names: str, book: str = BOOK) -> None:
        """Put cards of some names into a book."""
        for name in names:
            self.books[book][f"{name.split()[0].lower()}.vcf"] = vcard(name)

    def asked(self) -> list[str]:
        """Return what was asked since the last time, by method."""
        methods = [request.method for request in self.server.requests]
        self.server.requests.clear()
        return methods

    def answer(self, request: Request) -> Reply:
        kind, _, packed = request.headers.get("authorization", "").partition(" ")
        if kind != "Basic" or b64decode(packed).decode() != f"{USER}:{PASSWORD}":
            return self.spoil(request, Reply(401, b"no", {"WWW-Authenticate": "Basic"}))
        path = unquote(request.path)
        answers = {"PROPFIND": self._propfind, "REPORT": self._report, "GET": self._get}
        answer = answers.get(request.method)
        return self.spoil(request, answer(path, request) if answer else Reply(405))

    def _propfind(self, path: str, request: Request) -> Reply:
        if path == "/.well-known/carddav":
            return Reply(301, b"", {"Location": "/"})
        if path in self.books:
            cards = "".join(
                _response(path + name, f"<d:getetag>{escape(self.etags(text))}</d:getetag>")
                for name, text in self.books[path].items()
            )
            return _multistatus(_book(path) + (cards if request.headers["depth"] == "1" else ""))
        if path == "/anna/":
            own = _response(path, f"<card:addressbook-home-set>{_href('/anna/')}</card:addressbook-home-set>")
            books = "".join(map(_book, self.books)) if request.headers["depth"] == "1" else ""
            return _multistatus(own + books)
        if path == "/":
            principal = f"<d:current-user-principal>{_href('/anna/')}</d:current-user-principal>"
            return _multistatus(_response("/", principal))
        return Reply(404)

    def _report(self, path: str, request: Request) -> Reply:
        hrefs = [part.partition("</D:href>")[0] for part in request.body.decode().split("<D:href>")[1:]]
        answers = []
        for href in hrefs:
            name = unquote(href).removeprefix(path)
            if name in self.books[path]:
                text = self.books[path][name]
                data = f"<card:address-data>{escape(text)}</card:address-data>"
                answers.append(_response(path + name, f"<d:getetag>{self.etags(text)}</d:getetag>{data}"))
            else:
                answers.append(
                    f"<d:response>{_href(href)}<d:status>HTTP/1.1 404 Gone</d:status></d:response>"
                )
        return _multistatus("".join(answers))

    def _get(self, path: str, _: Request) -> Reply:
        book, name = path.rsplit("/", 1)
        text = self.books.get(f"{book}/", {}).get(name)
        return Reply(404) if text is None else Reply(200, text.encode())


@contextmanager
def address_books(*names: str, context: SSLContext | None = None) -> Iterator[AddressBooks]:
    """Run a server with one address book of some names, speaking https with a context."""
    books = AddressBooks()
    books.fill(*names)
    with serving(books.answer, context) as books.server:
        yield books


def _href(path: str) -> str:
    return f"<d:href>{escape(path.replace(' ', '%20'))}</d:href>"


def _response(path: str, properties: str) -> str:
    missing = "<d:propstat><d:prop><d:displayname/></d:prop><d:status>HTTP/1.1 404 Not Found</d:status></d:propstat>"
    return (
        f"<d:response>{_href(path)}<d:propstat><d:prop>{properties}</d:prop>"
        f"<d:status>HTTP/1.1 200 OK</d:status></d:propstat>{missing}</d:response>"
    )


def _book(path: str) -> str:
    name = path.strip("/").rpartition("/")[2].title()
    kinds = "<d:resourcetype><d:collection/><card:addressbook/></d:resourcetype>"
    return _response(path, f"{kinds}<d:displayname>{name}</d:displayname>").replace(
        "<d:displayname/>", f"<d:sync-token/><d:x a={quoteattr(name)}/>"
    )


def _multistatus(responses: str) -> Reply:
    body = f'<?xml version="1.0" encoding="utf-8"?><d:multistatus {_NAMESPACES}>{responses}</d:multistatus>'
    return Reply(207, body.encode(), {"Content-Type": "application/xml"})
