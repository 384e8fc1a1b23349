"""Address books on a CardDAV server, to be read: discovery, listing, cards, and every fault of ours on the way."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.errors import ServerError
from relcard.share import carddav
from relcard.share import https
from relcard.share.carddav import fetch_cards
from relcard.share.carddav import find_books
from relcard.share.carddav import list_cards
from relcard.share.carddav import refuse_oauth
from relcard.share.https import Answer
from relcard.share.https import Login
from relcard.share.https import Server
from tests.support.address_books import BOOK
from tests.support.address_books import OFFICE
from tests.support.address_books import PASSWORD
from tests.support.address_books import USER
from tests.support.address_books import address_books
from tests.support.address_books import vcard
from tests.support.loopback import Reply
from tests.support.loopback import serve_as

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.address_books import AddressBooks
    from tests.support.loopback import Request

ANNA = Login(USER, PASSWORD)


@pytest.fixture
def books() -> Iterator[AddressBooks]:
    """Run a server with an address book of three."""
    with address_books("Ada Oak", "Ben Elm", "Cyd Ash") as books:
        yield books


def _fetched(books: AddressBooks) -> dict[str, str]:
    """Return every card of the book by the name of its file: its text, or why there is none."""
    with closing(Server(books.url.rstrip("/") + BOOK, ANNA, within_site=True)) as server:
        listing = list_cards(server)
        cards = fetch_cards(server, list(listing.etags), listing)
        return {card.path.removeprefix(BOOK): card.problem or card.text.decode() for card in cards}


@pytest.mark.parametrize("path", ["", "anna/", "anna/contacts", "anna/contacts/", "nothing/here"])
def test_the_book_is_found_from_wherever_one_begins(books: AddressBooks, path: str) -> None:
    """The server, the home or the book itself will do: RFC 6764 leads on."""
    with closing(Server(books.url + path, ANNA, within_site=True)) as server:
        if path == "anna/contacts":
            books.books["/anna/contacts"] = {}
        assert [(book.url.rstrip("/"), book.name) for book in find_books(server)] == [
            (books.url + "anna/contacts", "Contacts")
        ]


@pytest.mark.parametrize("status", [200, 403, 404, 500])
def test_a_way_that_leads_nowhere_is_not_the_only_one(books: AddressBooks, status: int) -> None:
    """A web server that knows nothing of the well-known path does not hide the address book behind it."""
    books.spoil = lambda asked, reply: Reply(status) if "well-known" in asked.path else reply
    with closing(Server(books.url, ANNA)) as server:
        assert [book.name for book in find_books(server)] == ["Contacts"]
    books.spoil = lambda *_: Reply(401)
    for login, sentence in ((ANNA, "does not know"), (None, "asks who you are")):
        with closing(Server(books.url, login)) as server, pytest.raises(ServerError, match=sentence):
            find_books(server)


def test_every_book_of_a_home_is_named(books: AddressBooks) -> None:
    """Two address books of one server are two."""
    books.books[OFFICE] = {}
    with closing(Server(books.url, ANNA)) as server:
        assert [book.name for book in find_books(server)] == ["Contacts", "Office"]


def test_the_home_of_an_account_may_be_on_its_providers_other_host(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ICloud names p42-contacts.icloud.com as the home: the book is found and read there, with the login."""
    context = serve_as(("contacts.icloud.com", "p42-contacts.icloud.com"), tmp_path, monkeypatch)
    with address_books("Ada Oak", context=context) as books:
        there = f"https://p42-contacts.icloud.com:{books.server.port}"
        home = f"home-set><d:href>{there}/anna/<".encode()
        books.spoil = lambda _, reply: Reply(
            reply.status, reply.body.replace(b"home-set><d:href>/anna/<", home), reply.headers
        )
        url = f"https://contacts.icloud.com:{books.server.port}/"
        with closing(Server(url, ANNA, within_site=True)) as server:
            (book,) = find_books(server)
        assert book.url == f"{there}{BOOK}"
        with closing(Server(book.url, ANNA, within_site=True)) as server:
            listing = list_cards(server)
            assert len(list(fetch_cards(server, list(listing.etags), listing))) == 1


def test_where_there_is_none_that_is_said(books: AddressBooks) -> None:
    """A server without address books is named as one."""
    books.books.clear()
    with closing(Server(books.url, ANNA)) as server, pytest.raises(ServerError, match="No address book"):
        find_books(server)


def test_cards_come_fifty_at_a_time(books: AddressBooks) -> None:
    """A hundred and one cards are four requests: what is there, and three times the cards."""
    books.book.clear()
    books.book.update({f"{number}.vcf": vcard(f"Ada{number} Oak") for number in range(101)})
    cards = _fetched(books)
    assert len(cards) == 101
    assert cards["7.vcf"] == books.book["7.vcf"].replace("\r\n", "\n")  # as XML has it
    assert books.asked() == ["PROPFIND", "REPORT", "REPORT", "REPORT"]


def test_names_of_files_are_as_servers_write_them(books: AddressBooks) -> None:
    """Blanks, umlauts, signs: quoted here and not there, a card is the same."""
    books.book.update({"ä b+c@d&e.vcf": vcard("Dee Fir")})
    assert "FN:Dee Fir" in _fetched(books)["ä b+c@d&e.vcf"]


def test_a_broken_card_costs_no_other(books: AddressBooks) -> None:
    """A letter that breaks the answer for fifty is asked for by itself; what is no vCard is named."""
    books.book["bad.vcf"] = vcard("Dee Fir", "NOTE:a\x00b")
    books.book["odd.vcf"] = "hello"
    books.book["half.vcf"] = vcard("Eve Yew").removesuffix("END:VCARD\r\n")
    cards = _fetched(books)
    assert "NOTE:a\x00b" in cards.pop("bad.vcf")
    assert (cards.pop("odd.vcf"), cards.pop("half.vcf")) == ("it is no vCard",) * 2
    assert [text.count("BEGIN:VCARD") for text in cards.values()] == [1, 1, 1]


def test_a_server_that_fails_at_several_is_asked_for_fewer(books: AddressBooks) -> None:
    """500 for a batch with one bad card: halves, and in the end the card that cannot be had is named."""

    def spoil(request: Request, reply: Reply) -> Reply:
        is_bad = b"ben.vcf" in request.body or request.path.endswith("ben.vcf")
        return Reply(500) if is_bad else reply

    books.spoil = spoil
    cards = _fetched(books)
    assert cards["ben.vcf"] == "the server answers 500"
    assert sorted(cards) == ["ada.vcf", "ben.vcf", "cyd.vcf"]


def test_a_card_that_goes_while_we_read_is_passed_over(books: AddressBooks) -> None:
    """What is listed and gone a moment later is no fault; it is missed the next time."""

    def spoil(request: Request, reply: Reply) -> Reply:
        books.book.pop("ben.vcf", None)
        return reply

    books.spoil = spoil
    assert sorted(_fetched(books)) == ["ada.vcf", "cyd.vcf"]


def test_addresses_outside_the_book_are_never_asked_for(books: AddressBooks) -> None:
    """Another collection, another host, a way up: named, and left."""
    outside = [
        "/ben/contacts/x.vcf",
        "https://elsewhere.example/anna/contacts/x.vcf",
        f"{BOOK}../../ben/x.vcf",
    ]
    outside.append(f"{BOOK}%2e%2e/%2e%2e/ben/y.vcf")
    more = "".join(f"<d:response><d:href>{href}</d:href></d:response>" for href in outside).encode()

    def spoil(request: Request, reply: Reply) -> Reply:
        if request.method == "PROPFIND":
            body = reply.body.replace(b"</d:multistatus>", more + b"</d:multistatus>")
            return Reply(207, body)
        return reply

    books.spoil = spoil
    with closing(Server(books.url.rstrip("/") + BOOK, ANNA, within_site=True)) as server:
        listing = list_cards(server)
    assert listing.outside == outside
    assert sorted(listing.etags) == [f"{BOOK}{name}.vcf" for name in ("ada", "ben", "cyd")]
    assert len(_fetched(books)) == 3
    assert not any("ben/" in request.path for request in books.server.requests)


def test_a_card_that_was_not_asked_for_is_not_taken(books: AddressBooks) -> None:
    """A server that sends others along is believed for what was asked alone."""
    stranger = vcard("Zed Ivy")

    def spoil(request: Request, reply: Reply) -> Reply:
        data = f"<d:propstat><d:prop><card:address-data>{stranger}</card:address-data></d:prop></d:propstat>"
        one = f"<d:response><d:href>/ben/z.vcf</d:href>{data}</d:response></d:multistatus>"
        return Reply(reply.status, reply.body.replace(b"</d:multistatus>", one.encode()))

    books.spoil = lambda request, reply: spoil(request, reply) if request.method == "REPORT" else reply
    assert sorted(_fetched(books)) == ["ada.vcf", "ben.vcf", "cyd.vcf"]


FAULTS = {
    "nobody is let in": (Reply(401), "does not know that name"),
    "by another way alone": (Reply(401, headers={"WWW-Authenticate": 'Digest realm="x"'}), "another way of"),
    "by either way": (Reply(401, headers={"WWW-Authenticate": 'Digest realm="x", Basic'}), "does not know"),
    "not to this name": (Reply(403), "does not show"),
    "nothing there": (Reply(404), "There is nothing"),
    "busy": (Reply(503), "is busy"),
    "too many questions": (Reply(429), "is busy"),
    "broken inside": (Reply(500), "answers 500"),
    "a page of a hotel": (Reply(200, b"<html>Welcome</html>"), "answers 200"),
    "a page that says 207": (Reply(207, b"<html>Welcome</html>"), "no list of WebDAV"),
    "half a list": (Reply(207, b"<d:multistatus xmlns:d='DAV:'><d:resp"), "no whole XML"),
    "a list cut off": (Reply(207, b"<d:multistatus" * 9, cut=20), "cannot be asked"),
    "an empty list": (Reply(207, b"<d:multistatus xmlns:d='DAV:'/>"), "is no address book"),
    "a bomb": (Reply(207, b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'), "document type"),
    "without end": (Reply(207, b"x" * (2 << 20)), "more than 1 MiB"),
    "sent elsewhere": (Reply(302, b"", {"Location": "https://elsewhere.example/"}), "another server"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_list_that_is_none_is_one_sentence(
    books: AddressBooks, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a server says instead of its cards is refused, with the password nowhere in it."""
    monkeypatch.setattr(
        https.Server.ask, "__kwdefaults__", {"body": b"", "headers": None, "largest": 1 << 20}
    )
    reply, sentence = FAULTS[fault]
    books.spoil = lambda _request, _reply: reply
    with pytest.raises(ServerError, match=sentence) as refused:
        _fetched(books)
    assert "geheim" not in f"{refused.value.message}{refused.value.hint}"


def test_cards_larger_than_an_answer_may_be_come_by_fewer(
    books: AddressBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifty with photos are too much at once; one that is too large for itself is named."""
    monkeypatch.setattr(
        https.Server.ask, "__kwdefaults__", {"body": b"", "headers": None, "largest": 1 << 20}
    )
    for name in ("ada", "ben"):
        books.book[f"{name}.vcf"] = vcard(f"{name} Oak", f"NOTE:{'x' * 700_000}")
    books.book["cyd.vcf"] = vcard("Cyd Ash", f"NOTE:{'x' * 2_000_000}")
    cards = _fetched(books)
    assert "more than 1 MiB" in cards["cyd.vcf"]
    assert [len(cards[f"{name}.vcf"]) > 700_000 for name in ("ada", "ben")] == [True, True]


def test_a_server_that_keeps_back_its_cards_is_left(
    books: AddressBooks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some broken cards are named; where nearly all are, or they never end, something else is wrong."""
    books.book.update({f"{number}.vcf": vcard(f"Ada{number} Oak") for number in range(40)})
    books.spoil = lambda request, reply: reply if request.method == "PROPFIND" else Reply(500)
    with pytest.raises(ServerError, match="keeps back"):
        _fetched(books)
    books.spoil = lambda _, reply: reply
    monkeypatch.setattr(carddav, "LARGEST_BOOK", 500)
    with pytest.raises(ServerError, match="sends more than"):
        _fetched(books)


def test_a_server_that_floods_is_left_soon(books: AddressBooks, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers too large for one card and for fifty do not come for ever: all of them together have a bound."""
    monkeypatch.setattr(
        https.Server.ask, "__kwdefaults__", {"body": b"", "headers": None, "largest": 1 << 20}
    )
    monkeypatch.setattr(carddav, "LARGEST_BOOK", 4 << 20)
    books.book.update({f"{number}.vcf": vcard(f"Ada{number} Oak") for number in range(40)})
    flood = Reply(207, b"x" * (2 << 20))
    books.spoil = lambda asked, reply: reply if asked.method == "PROPFIND" else flood
    with pytest.raises(ServerError, match="sends more than 4 MiB"):
        _fetched(books)
    assert len(books.asked()) < 10


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://p42-contacts.icloud.com/1/", "app-specific password"),
        ("https://carddav.fastmail.com/dav/", "App passwords"),
        ("https://cloud.example.org/remote.php/dav/x", "Devices & sessions"),
        ("https://dav.example.org/", "two steps"),
    ],
)
def test_a_password_that_is_wrong_is_answered_with_the_providers_way(url: str, words: str) -> None:
    """Hardly any provider takes the password of its web page."""
    with closing(Server(url, ANNA)) as server, pytest.raises(ServerError) as refused:
        carddav._refuse(server, Answer(401, {}, b"", url))
    assert words in refused.value.hint


def test_google_lets_nobody_in_with_a_password() -> None:
    """An address of Google's is answered before anything is asked."""
    for url in ("https://www.google.com/carddav/v1/", "https://www.googleapis.com/.well-known/carddav"):
        with pytest.raises(ServerError, match="OAuth"):
            refuse_oauth(url)
    refuse_oauth("https://notgoogle.com/")
