from __future__ import annotations

import socket
import ssl
from contextlib import ExitStack
from threading import Event
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.web import connections
from relcard.web.house import House
from relcard.web.serving import Certificate
from relcard.web.serving import listen
from relcard.web.serving import serve
from tests.support.loopback import certificate

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from relcard.web.serving import Place

SECONDS = 30.0
STRANGE = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n\r\n",
    b"X" * 100_000,
    b"\r\n" * 50,
    b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000 + b"\r\n",
    b"GET / HTTP/1.1\nHost: x\nConnection: close\n\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
)


class Served:
    """A page on loopback, in a thread of its own."""

    def __init__(self, house: House, place: Place, seconds: float) -> None:
        self.place = place
        self.house = House(house.access, house.writing, hosts=place.hosts, is_secure=place.is_secure)
        begun = Event()
        self.thread = Thread(
            target=serve,
            args=(self.house, place),
            kwargs={"seconds": seconds, "begun": begun.set},
            daemon=True,
        )
        self.thread.start()
        begun.wait(10)

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.place.port), timeout=8, source_address=(source, 0))

    def ask(self, request: bytes, source: str = "127.0.0.1") -> bytes:
        """Send some bytes and return all that comes back until the other side closes."""
        with self.connect(source) as talk:
            talk.sendall(request)
            return _all(talk)

    @property
    def head(self) -> bytes:
        return f"GET /pair HTTP/1.1\r\nHost: {self.place.hosts[0]}\r\nConnection: close\r\n\r\n".encode()


def _all(talk: socket.socket) -> bytes:
    data = b""
    try:
        while piece := talk.recv(65536):
            data += piece
    except ConnectionError:
        pass
    return data


@pytest.fixture
def served(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Served]]:
    """Return what serves the page for a moment."""
    ends = []

    def begin(seconds: float = 2.0, certificate: Certificate | None = None) -> Served:
        page = Served(house, listen("127.0.0.1", None, certificate), seconds)
        ends.append(page)
        return page

    yield begin
    for page in ends:
        page.thread.join(SECONDS)
        assert not page.thread.is_alive()


def test_page_is_served_and_ends_by_itself(served: Callable[..., Served]) -> None:
    """It answers, says nothing of who serves it, and after its time nothing listens any more."""
    page = served(0.5)
    answer = page.ask(page.head)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"uvicorn" not in answer.lower()
    page.thread.join(SECONDS)
    with pytest.raises(OSError, match="refused"):
        page.connect()


def test_slow_connections_keep_nobody_out(served: Callable[..., Served]) -> None:
    """Two hundred that say nothing, or letter by letter: another device is answered all the while."""
    page = served(1.0)
    with ExitStack() as opened:
        for number in range(200):
            slow = opened.enter_context(page.connect())
            try:
                slow.sendall(b"GET / HTT"[: number % 9])
            except ConnectionError:
                continue
        assert page.ask(page.head, source="127.0.0.2").startswith(b"HTTP/1.1 200 OK")


def test_who_says_nothing_is_let_go(served: Callable[..., Served], monkeypatch: pytest.MonkeyPatch) -> None:
    """At the beginning, in the middle of a head, and between two requests."""
    monkeypatch.setattr(connections, "_REQUEST_SECONDS", 0.1)
    page = served(1.0)
    for begun in (b"", b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: ", page.head.replace(b"close", b"keep-alive")):
        assert b"HTTP/1.1 200" in page.ask(begun) or not begun.endswith(b"\r\n\r\n")


def test_body_that_does_not_come_ends_with_the_connection(
    served: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the body is said to be."""
    monkeypatch.setattr(connections, "_ANSWER_SECONDS", 0.2)
    page = served(1.0)
    head = f"POST /pair HTTP/1.1\r\nHost: {page.place.hosts[0]}\r\nOrigin: http://{page.place.hosts[0]}\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\n"
    assert page.ask((head + kind + "a=").encode()) == b""


def test_what_is_no_request_of_ours_is_refused(
    served: Callable[..., Served], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With a word or none, without a trace at the terminal."""
    monkeypatch.setattr(connections, "_REQUEST_SECONDS", 0.05)
    page = served(2.0)
    for strange in STRANGE:
        assert page.ask(strange)[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 421"), strange[:60]
    page.thread.join(SECONDS)
    assert capfd.readouterr().err == ""


SMUGGLED = (
    b"Content-Length: 0\r\nContent-Length: 3\r\n\r\n",
    b"Content-Length: +3\r\n\r\n",
    b"Content-Length: 0x3\r\n\r\n",
    b"Transfer-Encoding: xchunked\r\n\r\n",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
    b"Transfer-Encoding : chunked\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n",
    b"X: y\rTransfer-Encoding: chunked\r\n\r\n",
)


def test_nothing_is_smuggled_in_behind_a_request(
    served: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it says of its length, what follows in its name is never answered as a page."""
    monkeypatch.setattr(connections, "_REQUEST_SECONDS", 0.2)
    monkeypatch.setattr(connections, "_ANSWER_SECONDS", 0.2)
    page = served(3.0)
    host = page.place.hosts[0]
    head = f"POST /pair HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n".encode()
    for hidden in SMUGGLED:
        assert b"200 OK" not in page.ask(head + hidden + page.head), hidden[:60]


def test_head_has_no_body(served: Callable[..., Served]) -> None:
    """Over a real connection."""
    page = served(1.0)
    assert page.ask(page.head.replace(b"GET", b"HEAD")).endswith(b"\r\n\r\n")


@pytest.mark.skipif(not socket.has_ipv6, reason="this computer has no IPv6")
def test_page_on_ipv6_has_its_host_in_brackets(house: House) -> None:
    """As a browser sends it, and in no other spelling."""
    place = listen("::1", None)
    place.listener.close()
    assert place.hosts == (f"[::1]:{place.port}",)


def test_page_over_tls(served: Callable[..., Served], tmp_path: Path) -> None:
    """With a certificate of the user's, and not without."""
    path = certificate(tmp_path, "127.0.0.1")
    files = Certificate(path, path.with_suffix(".key"))
    page = served(0.6, files)
    context = ssl.create_default_context(cafile=str(files.certificate))
    with context.wrap_socket(page.connect(), server_hostname="127.0.0.1") as talk:
        talk.sendall(page.head)
        assert b"HTTP/1.1 200 OK" in _all(talk)
    with pytest.raises(FileError, match="no certificate and its key"):
        listen("127.0.0.1", None, Certificate(files.key, files.certificate))


def test_place_says_which_names_are_its_own() -> None:
    """Of loopback also localhost; a port that is taken is refused by its number."""
    place = listen("127.0.0.1", None)
    assert place.hosts == (f"127.0.0.1:{place.port}", f"localhost:{place.port}")
    assert place._replace(port=80).hosts[0] == "127.0.0.1"
    assert place._replace(address="::1", port=443).hosts == ("[::1]:443",)
    with pytest.raises(UsageError, match="any address"):
        listen("::", None)
    with pytest.raises(UsageError, match=str(place.port)):
        listen("127.0.0.1", place.port)
    place.listener.close()
    with pytest.raises(UsageError, match=r"Nothing can listen on 203\.0\.113\.9"):
        listen("203.0.113.9", None)
