"""Requests to servers of others: what is refused before it is sent, and what no answer may do."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.errors import ServerError
from relcard.share import https
from relcard.share.https import Login
from relcard.share.https import OversizeError
from relcard.share.https import Server
from relcard.share.https import address_of
from relcard.share.https import is_one_site
from tests.support.loopback import Reply
from tests.support.loopback import certificate
from tests.support.loopback import serve_as
from tests.support.loopback import serving
from tests.support.loopback import tls

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.loopback import Request

ANNA = Login("anna", "geheim ü:x")


@pytest.fixture
def asking() -> Iterator[Callable[..., Server]]:
    """Return what opens a server, and lets go of it after the test."""
    with ExitStack() as opened:
        yield lambda *args, **more: opened.enter_context(closing(Server(*args, **more)))


def test_an_answer_comes_with_its_status_and_the_login_goes_with_the_question(
    asking: Callable[..., Server],
) -> None:
    """A request carries name and password, the path quoted; the answer is whole, whatever its status."""
    with serving(lambda _: Reply(412, b"no", {"ETag": '"7"'})) as server:
        answer = asking(server.url, ANNA).ask("PUT", "a b/ö.rcb", body=b"x", headers={"If-None-Match": "*"})
    assert (answer.status, answer.body, answer.headers["etag"]) == (412, b"no", '"7"')
    (request,) = server.requests
    assert (request.method, request.path, request.body) == ("PUT", "/a%20b/%C3%B6.rcb", b"x")
    assert request.headers["authorization"] == "Basic YW5uYTpnZWhlaW0gw7w6eA=="
    assert request.headers["if-none-match"] == "*"


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("http://cloud.example.org/dav", "is not encrypted"),
        ("ftp://cloud.example.org/", "no address of a server"),
        ("cloud.example.org", "no address of a server"),
        ("https://", "no address of a server"),
        ("https://cloud.example.org:99999/", "no address of a server"),
        ("https://[::1/", "no address of a server"),
        (f"https://{'x' * 80}.example.org/", "no address of a server"),
        ("https://anna:geheim@cloud.example.org/", "would be kept and shown"),
        ("x://anna:geheim@cloud.example.org/", "no address of a server"),
    ],
)
def test_an_address_that_will_not_do_is_refused(url: str, sentence: str) -> None:
    """What is not https, or tells a password, is refused in a sentence that does not repeat the password."""
    with pytest.raises(ServerError, match=sentence) as refused:
        Server(url, ANNA)
    assert "geheim" not in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.exit_code == 1


def test_http_will_do_on_loopback() -> None:
    """A server of this computer is asked without encryption: nobody is between."""
    for url in ("http://127.0.0.1:5232/", "http://localhost/x", "http://[::1]:80/"):
        assert address_of(url).scheme == "http"


def test_one_site_is_a_server_and_what_is_beneath_it() -> None:
    """The login follows to hosts beneath the asked one, and to a provider's own; never up, aside or to http."""
    same = [
        ("https://contacts.icloud.com", "https://p42-contacts.icloud.com:443"),
        ("https://example.org", "https://dav.example.org"),
        ("https://www.example.org", "https://example.org"),
    ]
    other = [
        ("https://example.org", "https://example.org:8443"),
        ("https://dav.example.org", "https://example.org"),
        ("https://a.example.org", "https://b.example.org"),
        ("https://example.org", "https://badexample.org"),
        ("https://contacts.icloud.com", "https://badicloud.com"),
        ("https://badicloud.com", "https://p42-contacts.icloud.com"),
        ("https://contacts.icloud.com", "https://icloud.com.example.org"),
        ("http://127.0.0.1", "http://localhost"),
    ]
    assert all(is_one_site(address_of(one), address_of(there)) for one, there in same)
    assert not any(is_one_site(address_of(one), address_of(there)) for one, there in other)


def test_a_redirect_is_followed_with_method_and_body(asking: Callable[..., Server]) -> None:
    """A 302 turns PROPFIND into no GET, and the body goes along."""

    def answer(request: Request) -> Reply:
        return Reply(207, b"here") if request.path == "/dav/" else Reply(302, b"", {"Location": "/dav/"})

    with serving(answer) as server:
        got = asking(server.url).ask("PROPFIND", ".well-known/carddav", body=b"<x/>")
    assert (got.status, got.url) == (207, f"{server.url}dav/")
    assert [(one.method, one.body) for one in server.requests] == [("PROPFIND", b"<x/>")] * 2


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "http://localhost:1/", "http://x.example/"])
def test_a_redirect_to_another_server_is_refused(asking: Callable[..., Server], target: str) -> None:
    """Neither password nor body goes where a server sends us, within its site or not."""
    with serving(lambda _: Reply(307, b"", {"Location": target})) as server:
        for within_site in (False, True):
            with pytest.raises(ServerError, match=r"another server|not encrypted"):
                asking(server.url, ANNA, within_site=within_site).ask("PUT", "a", body=b"words")
    assert len(server.requests) == 2


def test_redirects_come_to_an_end(asking: Callable[..., Server]) -> None:
    """A server that sends round in a circle is left after a few turns."""
    with (
        serving(lambda _: Reply(301, b"", {"Location": "/"})) as server,
        pytest.raises(ServerError, match="without an end"),
    ):
        asking(server.url).ask("GET")
    assert len(server.requests) == 6


def test_too_large_an_answer_is_not_read(asking: Callable[..., Server]) -> None:
    """What is larger than asked for is let go, said in its MiB, and the next question is answered."""
    sizes = iter([3 << 20, 5])
    with serving(lambda _: Reply(200, b"x" * next(sizes))) as server:
        asked = asking(server.url)
        with pytest.raises(OversizeError, match="more than 2 MiB"):
            asked.ask("GET", largest=2 << 20)
        assert asked.ask("GET", largest=5).body == b"x" * 5


@pytest.mark.parametrize(
    "reply",
    [
        Reply(207, b"x" * 90, cut=40),
        Reply(207, b"zz", {"Transfer-Encoding": "chunked", "Content-Length": ""}, cut=2),
    ],
)
def test_half_an_answer_is_none(asking: Callable[..., Server], reply: Reply) -> None:
    """An answer that breaks off is refused, however it was announced."""
    with serving(lambda _: reply) as server, pytest.raises(ServerError, match="cannot be asked"):
        asking(server.url).ask("PUT", "a", body=b"x")
    assert len(server.requests) == 1  # what changes something is never sent twice


def test_a_connection_that_was_closed_meanwhile_is_opened_again(asking: Callable[..., Server]) -> None:
    """Reading goes on over a new connection when the server let go of the one before."""
    replies = iter([Reply(200, b"one"), Reply(200, b"", {"Content-Length": "9"}, cut=0), Reply(200, b"two")])
    with serving(lambda _: next(replies)) as server:
        asked = asking(server.url)
        assert [asked.ask("GET").body for _ in range(2)] == [b"one", b"two"]


def test_a_server_that_is_gone_silent_or_slow_is_named(
    asking: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody there, nobody answering, nobody coming to an end: each one sentence."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        with monkeypatch.context() as patch:
            patch.setattr(https, "SILENCE", 0.05)
            with pytest.raises(ServerError, match="gave no answer"):
                asking(url).ask("GET")
    with pytest.raises(ServerError, match="refused"):
        asking(url).ask("GET")
    with serving(lambda _: Reply(200, b"slow")) as server:
        monkeypatch.setattr(https, "LONGEST", -1)
        with pytest.raises(ServerError, match="not done answering"):
            asking(server.url).ask("GET")


def test_a_certificate_nobody_trusts_ends_it(asking: Callable[..., Server], tmp_path: Path) -> None:
    """A server that proves nothing is asked nothing."""
    with (
        serving(lambda _: Reply(), tls(certificate(tmp_path, "127.0.0.1"))) as server,
        pytest.raises(ServerError, match=r"certificate of .* is not good"),
    ):
        asking(server.url, ANNA).ask("GET")
    assert server.requests == []


def test_the_login_follows_within_a_site_alone(
    asking: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The login for contacts.icloud.com goes to the account's own host there, and a WebDAV place stays."""
    context = serve_as(("contacts.icloud.com", "p42-contacts.icloud.com"), tmp_path, monkeypatch)

    def answer(request: Request) -> Reply:
        if request.headers["host"].startswith("p42"):
            return Reply(207, b"yours")
        return Reply(301, b"", {"Location": f"https://p42-contacts.icloud.com:{server.port}/me/"})

    with serving(answer, context) as server:
        url = f"https://contacts.icloud.com:{server.port}/"
        assert asking(url, ANNA, within_site=True).ask("PROPFIND").body == b"yours"
        assert all("authorization" in request.headers for request in server.requests)
        with pytest.raises(ServerError, match="another server"):
            asking(url, ANNA).ask("PROPFIND")
