"""Address books on a CardDAV server (RFC 6352), to be read: where they are, what is in them, and the vCards.

Nothing here writes. The requests are PROPFIND, the REPORT of several cards at once, and GET.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from typing import NamedTuple
from urllib.parse import unquote
from urllib.parse import urljoin
from urllib.parse import urlsplit

from relcard.errors import ServerError
from relcard.share.https import OversizeError
from relcard.share.https import address_of
from relcard.share.https import is_one_site
from relcard.share.multistatus import DAV
from relcard.share.multistatus import BrokenXmlError
from relcard.share.multistatus import read_multistatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.share.https import Answer
    from relcard.share.https import Server
    from relcard.share.multistatus import Resource

_CARDDAV = "{urn:ietf:params:xml:ns:carddav}"
_ADDRESS_BOOK = f"{_CARDDAV}addressbook"
_HOMES = f"{_CARDDAV}addressbook-home-set"
_DATA = f"{_CARDDAV}address-data"
_PRINCIPAL = f"{DAV}current-user-principal"
_NAME = f"{DAV}displayname"
_ETAG = f"{DAV}getetag"
_KIND = f"{DAV}getcontenttype"
_WELL_KNOWN = "/.well-known/carddav"  # RFC 6764 section 5
_LONGEST_NAME = 60  # letters of what an address book is called
_AT_ONCE = 50  # cards of one question
_MOST_LEFT_OUT = 20  # cards that cannot be had, after which something else is wrong
LARGEST_BOOK = 256 * 1024 * 1024  # bytes of all answers while a book is read
_MULTISTATUS, _OK, _UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _BUSY = 207, 200, 401, 403, 404, (429, 503)
_XML = {"Content-Type": "application/xml; charset=utf-8"}


class Book(NamedTuple):
    """An address book of a server."""

    url: str
    name: str


class Listing(NamedTuple):
    """The cards of an address book by path, each with its ETag, and the addresses that lie outside it."""

    etags: dict[str, str]
    hrefs: dict[str, str]  # by path, as the server writes them
    outside: list[str]


class Card(NamedTuple):
    """A card that was asked for; without text it could not be had, for the reason given."""

    path: str
    text: bytes
    problem: str = ""


def find_books(server: Server) -> list[Book]:
    """Return the address book that the URL of the server is, else those it leads to.

    Raises `ServerError` where there is none.
    """
    own = urlsplit(server.url).path.strip("/")
    for path in (server.url, _WELL_KNOWN) if own else (_WELL_KNOWN, server.url):
        answer = _propfind(server, path, "0", (f"{DAV}resourcetype", _NAME, _PRINCIPAL, _HOMES))
        if answer.status == _UNAUTHORIZED:
            _refuse(server, answer)
        if answer.status != _MULTISTATUS:
            continue  # the other way may lead on
        here = next(iter(read_multistatus(answer.body)), None)
        if here is not None and here.is_a(_ADDRESS_BOOK):
            return [_book(answer.url, here)]
        if here is not None and (books := _books_of(server, answer.url, here)):
            return books
    raise ServerError(
        f"No address book is found at {server.url}.",
        hint="The settings of contacts there say a CardDAV address; name that one.",
    )


def _books_of(server: Server, url: str, here: Resource) -> list[Book]:
    """Return the address books of whoever is logged in: by the principal and its homes."""
    homes = [(url, href) for href in here.hrefs(_HOMES)]
    for href in here.hrefs(_PRINCIPAL) if not homes else ():
        answer = _listed(server, urljoin(url, href), "0", (_HOMES,))
        homes += [
            (answer.url, home) for entry in read_multistatus(answer.body) for home in entry.hrefs(_HOMES)
        ]
    books = []
    for base, home in dict.fromkeys(homes):
        answer = _listed(server, urljoin(base, home), "1", (f"{DAV}resourcetype", _NAME))
        books += [
            _book(answer.url, entry) for entry in read_multistatus(answer.body) if entry.is_a(_ADDRESS_BOOK)
        ]
    return [book for book in books if is_one_site(server.address, address_of(book.url))]


def _book(url: str, resource: Resource) -> Book:
    url = urljoin(url, resource.href)
    url = url if url.endswith("/") else f"{url}/"
    name = " ".join(resource.text(_NAME).split())[:_LONGEST_NAME]
    return Book(url, name or unquote(urlsplit(url).path).strip("/").rpartition("/")[2] or "contacts")


def list_cards(server: Server) -> Listing:
    """Return what the address book at the URL of the server holds, in one request.

    Raises `ServerError` when it is none, or no whole answer comes.
    """
    answer = _listed(server, server.url, "1", (f"{DAV}resourcetype", _ETAG, _KIND))
    listing = Listing({}, {}, [])
    base = unquote(urlsplit(answer.url).path).rstrip("/") + "/"
    is_book = False
    for resource in read_multistatus(answer.body):
        if resource.path.rstrip("/") + "/" == base:
            is_book = resource.is_a(_ADDRESS_BOOK) and resource.status == _OK
        elif not _is_inside(resource.href, answer.url, base):
            listing.outside.append(resource.href)
        elif not resource.is_a(f"{DAV}collection") and resource.status == _OK and _is_card(resource):
            listing.etags[resource.path] = resource.text(_ETAG)
            listing.hrefs[resource.path] = resource.href
    if not is_book:
        raise ServerError(f"{server.url} is no address book (any more).", hint=_MOVED)
    return listing


def _is_inside(href: str, url: str, base: str) -> bool:
    """Whether an address is of the server and beneath the path of the book."""
    whole = urljoin(url, href)
    path = unquote(urlsplit(whole).path)
    is_here = urlsplit(whole)[:2] == urlsplit(url)[:2]
    return is_here and path.startswith(base) and ".." not in path.split("/")


def _is_card(resource: Resource) -> bool:
    kind = resource.text(_KIND).lower()
    return not kind or "vcard" in kind or kind.startswith("text/directory")


def fetch_cards(server: Server, paths: Sequence[str], listing: Listing) -> Iterator[Card]:
    """Yield the cards at some paths of a listing, in any order, those that cannot be had with the reason.

    Fifty are asked for at once. Where the server fails at that, halves of them are, down to one: a single
    broken card makes some servers fail for all. Raises `ServerError` when the server lets go altogether.
    """
    left_out = 0
    waiting = [list(paths[at : at + _AT_ONCE]) for at in range(0, len(paths), _AT_ONCE)][::-1]
    while waiting:
        batch = waiting.pop()
        cards = _fetch(server, batch, listing)
        if server.received > LARGEST_BOOK:
            raise ServerError(f"{server.url} sends more than {LARGEST_BOOK >> 20} MiB; nothing was taken.")
        if cards is None:
            middle = len(batch) // 2
            waiting += [batch[middle:], batch[:middle]]
            continue
        for card in cards:
            left_out += not card.text
            yield card
        if left_out > _MOST_LEFT_OUT:
            raise ServerError(f"{server.url} keeps back {left_out} of its cards; nothing was taken.")


def _fetch(server: Server, batch: Sequence[str], listing: Listing) -> list[Card] | None:
    """Return the cards of one question; None where it is to be asked in halves."""
    hrefs = "".join(f"<D:href>{escape(listing.hrefs[path], quote=False)}</D:href>" for path in batch)
    body = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<C:addressbook-multiget xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">'
        f"<D:prop><D:getetag/><C:address-data/></D:prop>{hrefs}</C:addressbook-multiget>"
    )
    try:
        answer = server.ask("REPORT", body=body.encode(), headers={"Depth": "1", **_XML})
        _refuse(server, answer)
        resources = read_multistatus(answer.body) if answer.status == _MULTISTATUS else None
    except (OversizeError, BrokenXmlError):
        resources = None
    if resources is None:
        return None if len(batch) > 1 else _fetch_alone(server, batch[0], listing)
    texts = {
        entry.path: entry.properties[_DATA].text or "" for entry in resources if _DATA in entry.properties
    }
    cards = []
    for path in batch:
        text = texts.get(path, "").encode()
        cards += [Card(path, text)] if _is_vcard(text) else _fetch_alone(server, path, listing)
    return cards


def _fetch_alone(server: Server, path: str, listing: Listing) -> list[Card]:
    """Return a card by itself; none where it has gone meanwhile."""
    try:
        answer = server.ask("GET", listing.hrefs[path], headers={"Accept": "text/vcard"})
    except OversizeError as error:
        return [Card(path, b"", error.message)]
    _refuse(server, answer)
    if answer.status == _NOT_FOUND:
        return []
    if answer.status != _OK:
        return [Card(path, b"", f"the server answers {answer.status}")]
    return [Card(path, answer.body) if _is_vcard(answer.body) else Card(path, b"", "it is no vCard")]


def _is_vcard(text: bytes) -> bool:
    """Whether a text is a card from its first line to its last, so that it can stand among others."""
    bare = text.removeprefix(b"\xef\xbb\xbf").strip().upper()
    return bare.startswith(b"BEGIN:VCARD") and bare.endswith(b"END:VCARD")


def _propfind(server: Server, url: str, depth: str, names: Iterable[str]) -> Answer:
    properties = "".join(
        f"<{'D' if namespace == 'DAV:' else 'C'}:{name}/>"
        for namespace, name in (name.removeprefix("{").split("}") for name in names)
    )
    body = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<D:propfind xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav">'
        f"<D:prop>{properties}</D:prop></D:propfind>"
    )
    return server.ask("PROPFIND", url, body=body.encode(), headers={"Depth": depth, **_XML})


def _listed(server: Server, url: str, depth: str, names: Iterable[str]) -> Answer:
    """Return the whole answer to a PROPFIND. Raises `ServerError` for any other."""
    answer = _propfind(server, url, depth, names)
    _refuse(server, answer)
    if answer.status == _NOT_FOUND:
        raise ServerError(f"There is nothing at {url} (any more).", hint=_MOVED)
    if answer.status != _MULTISTATUS:
        raise ServerError(
            f"{server.address} answers {answer.status} where its cards are listed.", hint=_LATER
        )
    return answer


_LATER = "Nothing was changed. Try again later."
_MOVED = "relcard pull add ADDRESS finds where the address books are now."


def _refuse(server: Server, answer: Answer) -> None:
    """Raise `ServerError` where a server lets nobody in, or not now."""
    ways = answer.headers.get("www-authenticate", "").lower()
    if answer.status == _UNAUTHORIZED and ways and "basic" not in ways:
        raise ServerError(
            f"{server.address} wants another way of logging in than name and password ({ways.split()[0]}).",
            hint="Set the server to Basic, which over https is as safe; a provider may have app passwords.",
        )
    if answer.status == _UNAUTHORIZED and server.login is None:
        raise ServerError(
            f"{server.address} asks who you are.", hint="Say --user NAME with relcard pull add."
        )
    if answer.status == _UNAUTHORIZED:
        raise ServerError(
            f"{server.address} does not know that name and password.", hint=_password_at(answer)
        )
    if answer.status == _FORBIDDEN:
        raise ServerError(f"{server.address} does not show this to that name.", hint="Is the address yours?")
    if answer.status in _BUSY:
        raise ServerError(f"{server.address} is busy (it answers {answer.status}).", hint=_LATER)


def _password_at(answer: Answer) -> str:
    """Say which password a provider wants: hardly any takes the one of its web page."""
    host, path = address_of(answer.url).host, urlsplit(answer.url).path
    for site, words in _PASSWORDS.items():
        if host == site or host.endswith(f".{site}"):
            return words
    if "/remote.php/" in path:
        return (
            "Nextcloud wants an app password where sign-in has two steps: Settings > Security > "
            "Devices & sessions."
        )
    return "Check --user and the password; where sign-in has two steps a server wants an app password."


_PASSWORDS = {
    "icloud.com": (
        "iCloud wants your Apple ID and an app-specific password: account.apple.com > Sign-In and Security."
    ),
    "fastmail.com": "Fastmail wants an app password: Settings > Privacy & Security > App passwords.",
}


def refuse_oauth(url: str) -> None:
    """Raise `ServerError` for a provider that lets in no program with a password."""
    host = (urlsplit(url).hostname or "").lower()
    if any(host == site or host.endswith(f".{site}") for site in _OAUTH):
        raise ServerError(
            f"Google wants OAuth: no name and password opens {host}.",
            hint="Export at contacts.google.com and import that, or keep contacts in Nextcloud with DAVx5.",
        )


_OAUTH = ("google.com", "googleapis.com", "googleusercontent.com", "gmail.com", "googlemail.com")
