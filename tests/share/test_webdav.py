"""A WebDAV server as a place: a real one, answering well, badly, by half or not at all."""

from __future__ import annotations

import socket
from base64 import b64encode
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.errors import RelcardError
from relcard.errors import ServerError
from relcard.share import https
from relcard.share.bundle import MOST_PACKED
from relcard.share.bundle import BundleError
from relcard.share.bundle import Fault
from relcard.share.bundle import unpack
from relcard.share.https import Login
from relcard.share.places import Contents
from relcard.share.places import Pack
from relcard.share.places import TakenError
from relcard.share.places import bundle_name
from relcard.share.places import send
from relcard.share.webdav import WebDav
from tests.support.webdav import EMPTY
from tests.support.webdav import HOTEL
from tests.support.webdav import PASSWORD
from tests.support.webdav import USER
from tests.support.webdav import Trouble
from tests.support.webdav import WebDavServer
from tests.support.webdav import webdav

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

DEVICE, OTHER = "ab" * 16, "cd" * 16
NAME = bundle_name(DEVICE, 42)
DATA = b"the bytes of a bundle " * 4000
PACK = Pack(OTHER, 1, 40, DEVICE)

# The server leaves the sockets of connections that broke to the collector.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebDavServer]:
    with webdav(tmp_path_factory.mktemp("served")) as server:
        yield server


@pytest.fixture
def server(running: WebDavServer, request: pytest.FixtureRequest) -> WebDavServer:
    """Return the server with a folder of the test's own."""
    name = f"list {abs(hash(request.node.name))}"
    (running.folder / name).mkdir()
    running.requests.clear()
    running.troubles.clear()
    return WebDavServer(f"{running.url}{name}/", running.folder / name, running.requests, running.troubles)


@pytest.fixture
def place(server: WebDavServer) -> Iterator[WebDav]:
    place = WebDav(server.url, Login(USER, PASSWORD))
    yield place
    place.close()


def test_what_is_sent_is_there(server: WebDavServer, place: WebDav) -> None:
    """A bundle gets a folder for its device, is read by its name, and a listing tells devices and packs alone."""
    send(place, NAME, DATA)
    send(place, PACK.name, DATA)
    assert (server.folder / NAME).read_bytes() == DATA
    (server.folder / "holiday.jpg").write_bytes(b"x")
    (server.folder / f"{DEVICE} (1)").mkdir()
    (server.folder / DEVICE.upper()).write_bytes(b"x")
    assert place.look() == Contents(frozenset({DEVICE}), frozenset({PACK}))
    assert place.read(NAME) == DATA
    assert place.read(bundle_name(DEVICE, 43)) is None
    place.remove(PACK.name)
    place.remove(PACK.name)
    assert place.look().packs == frozenset()


def test_the_next_bundle_costs_two_requests(server: WebDavServer, place: WebDav) -> None:
    """Once the folder of the device is there, a bundle is written and read back."""
    send(place, NAME, DATA)
    server.requests.clear()
    send(place, bundle_name(DEVICE, 43), DATA)
    assert [request.split()[0] for request in server.requests] == ["PUT", "GET"]


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble("PUT", 500, is_done=True),
        Trouble("PUT", 504, is_done=True),
        Trouble("PUT", 412, is_done=True),
        Trouble("PUT", 412, taken=1000),
        Trouble("PUT", 500, taken=1000),
        Trouble("PUT", 200, taken=0),
        Trouble("PUT", 404),
        Trouble("PUT", 409),
        Trouble("PUT", 412),
    ],
    ids=repr,
)
def test_whatever_was_answered_reading_decides(server: WebDavServer, place: WebDav, trouble: Trouble) -> None:
    """A bundle whose answer was lost, wrong, or of which half arrived, is there whole after one try or the next."""
    (server.folder / DEVICE).mkdir()
    server.plan(trouble)
    try:
        send(place, NAME, DATA)
    except RelcardError:
        send(place, NAME, DATA)
    assert (server.folder / NAME).read_bytes() == DATA


def test_a_connection_that_was_left_idle_is_made_anew(server: WebDavServer, place: WebDav) -> None:
    """A first try that went nowhere is followed by another before anything is said."""
    (server.folder / DEVICE).mkdir()
    server.plan(Trouble("PUT", 502))
    send(place, NAME, DATA)
    assert (server.folder / NAME).read_bytes() == DATA
    server.plan(Trouble("PUT", 507), Trouble("GET", 404), Trouble("PUT", 507))
    with pytest.raises(ServerError, match="no room left"):
        send(place, bundle_name(DEVICE, 43), DATA)


def test_a_broken_upload_is_replaced(server: WebDavServer, place: WebDav) -> None:
    """Half of a bundle, which this server shows as a whole file after a broken upload, is replaced by If-Match."""
    (server.folder / DEVICE).mkdir()
    token = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    host, port = server.url.split("/")[2].split(":")
    path = server.url.split("/", 3)[3].replace(" ", "%20")
    head = f"PUT /{path}{NAME} HTTP/1.1\r\nHost: x\r\nAuthorization: Basic {token}\r\nContent-Length: {len(DATA)}\r\n\r\n"
    with socket.create_connection((host, int(port))) as wire:
        wire.sendall(head.encode() + DATA[:40_000])
    for _ in range(100):
        there = place.read(NAME)
        if there is not None:
            break
    send(place, NAME, DATA)
    assert (server.folder / NAME).read_bytes() == DATA


def test_another_bundle_under_the_name_is_left(server: WebDavServer, place: WebDav) -> None:
    """What somebody else wrote under the name is reported and stays."""
    send(place, NAME, b"another")
    with pytest.raises(TakenError) as taken:
        send(place, NAME, DATA)
    assert taken.value.there == b"another"
    assert (server.folder / NAME).read_bytes() == b"another"


# What a server answers, and the words that say so; after the second, what was asked may be done all the same.
_PLAIN = [
    (Trouble(status=401), "does not know this name and password"),
    (Trouble(status=403), "does not allow it"),
    (Trouble(status=423), "has the file locked"),
    (Trouble(status=429, headers=(("Retry-After", "120"),)), "asked too often"),
    (Trouble(status=500), "fails"),
    (Trouble(status=503), "not at work"),
    (Trouble(status=507), "no room left"),
    (Trouble(status=418), "refuses"),
    (Trouble(status=302, headers=(("Location", "https://elsewhere.example/"),)), "another server"),
]
_UNSURE = [
    (Trouble(status=200, body=HOTEL, headers=(("Content-Type", "text/html"),)), "page to read"),
    (Trouble(cut=20), "cannot be asked|no whole XML"),
    (Trouble(pause=0.5), "no answer in"),
]


@pytest.mark.parametrize(
    ("asked", "trouble", "words"),
    [
        (asked, trouble, words)
        for asked in ("look", "read", "remove")
        for trouble, words in (_PLAIN if asked == "remove" else [*_PLAIN, *_UNSURE])
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_server_cannot_do_is_one_line(
    server: WebDavServer,
    place: WebDav,
    trouble: Trouble,
    words: str,
    asked: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each answer that is none is a refusal with its reason, and what lies there stays."""
    (server.folder / DEVICE).mkdir()
    (server.folder / NAME).write_bytes(DATA)
    if trouble.pause:
        monkeypatch.setattr(https, "SILENCE", 0.2)
    server.plan(trouble)
    asking: dict[str, Callable[[], object]] = {
        "look": place.look,
        "read": lambda: place.read(NAME),
        "remove": lambda: place.remove(NAME),
    }
    with pytest.raises(ServerError, match=words):
        asking[asked]()
    assert (server.folder / NAME).read_bytes() == DATA


def test_how_long_to_wait_is_told(server: WebDavServer, place: WebDav) -> None:
    """A server that says how long it wants to be left alone is understood."""
    server.plan(Trouble(status=429, headers=(("Retry-After", "120"),)))
    with pytest.raises(ServerError) as refused:
        place.look()
    assert "120 seconds" in refused.value.hint


def test_an_empty_listing_is_no_device(server: WebDavServer, place: WebDav) -> None:
    """A listing without anything in it is what it is: whoever knows more does not believe it."""
    server.plan(Trouble("PROPFIND", 207, EMPTY))
    assert place.look() == Contents(frozenset(), frozenset())


def test_a_folder_that_is_missing_is_no_empty_one(running: WebDavServer) -> None:
    """Where there is no folder at the address, it is said."""
    missing = WebDav(f"{running.url}nowhere", Login(USER, PASSWORD))
    with closing(missing), pytest.raises(ServerError, match="no folder at"):
        missing.look()


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa">]><multistatus xmlns="DAV:"/>',
        b"<multistatus",
        b"",
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><multistatus xmlns="DAV:"/>',
    ],
)
def test_a_listing_with_a_document_type_is_refused(server: WebDavServer, place: WebDav, body: bytes) -> None:
    """Entities could make much of little: a listing that declares any, or is broken, is not read."""
    server.plan(Trouble("PROPFIND", 207, body))
    with pytest.raises(ServerError, match=r"document type|no whole XML"):
        place.look()


def test_names_elsewhere_in_a_listing_are_passed_over(server: WebDavServer, place: WebDav) -> None:
    """A listing that names what is not right beneath the folder says nothing by it."""
    base = server.url.split("/", 3)[3].replace(" ", "%20")
    hrefs = (
        f"/{DEVICE}/",
        f"/{base}{OTHER}/deeper/",
        f"/{base}../{DEVICE}/",
        f"https://x.example/{base}{OTHER}/",
    )
    rows = "".join(
        f"<response><href>{href}</href><propstat><prop><resourcetype><collection/></resourcetype></prop></propstat></response>"
        for href in hrefs
    )
    server.plan(Trouble("PROPFIND", 207, f'<multistatus xmlns="DAV:">{rows}</multistatus>'.encode()))
    assert place.look().devices == {OTHER}


def test_a_file_that_is_too_large_is_not_read(server: WebDavServer, place: WebDav) -> None:
    """Of a file beyond what a bundle may be, no more is taken than that."""
    server.plan(Trouble("GET", 200, b"x" * (MOST_PACKED + 1)))
    data = place.read(NAME)
    assert data is not None
    with pytest.raises(BundleError) as refused:
        unpack(data, "")
    assert refused.value.fault is Fault.TOO_LARGE
