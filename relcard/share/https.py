"""Requests to a server that others run: over https, bounded in seconds and bytes, the password for it alone.

On a computer's own loopback http will do. A redirect is followed by hand, with the same method and body:
libraries send both to whatever host a server names.
"""

from __future__ import annotations

import ssl
import time
from base64 import b64encode
from http.client import HTTPConnection
from http.client import HTTPException
from http.client import HTTPSConnection
from ipaddress import ip_address
from typing import TYPE_CHECKING
from typing import NamedTuple
from urllib.parse import quote
from urllib.parse import urljoin
from urllib.parse import urlsplit

from relcard.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPResponse

SILENCE = 30  # seconds without a byte
LONGEST = 300  # seconds of one answer, however slowly it drips
LARGEST = 16 * 1024 * 1024  # bytes of one answer
_MOST_REDIRECTS = 5
_PIECE = 64 * 1024  # bytes
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READING = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})
_PORTS = {"https": 443, "http": 80}
# Providers that serve each account from a host of its own, which the first names: p42-contacts.icloud.com.
_SITES = ("icloud.com",)
_AS_IT_IS = "/%:@!$&'()*+,;=~?"  # of a path or query, written as a server gave it
_LATER = "Try again later; nothing is lost by it."
_EXAMPLE = "For example: https://cloud.example.org/remote.php/dav"


class OversizeError(ServerError):
    """An answer has more bytes than were asked for; a smaller question may do."""


class Login(NamedTuple):
    """A name and password, sent to the server they are for alone."""

    user: str
    password: str

    @property
    def header(self) -> str:
        """What Basic authentication sends (RFC 7617)."""
        return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


class Answer(NamedTuple):
    """What a server said, and at which address after redirects; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


class Address(NamedTuple):
    """Where a server listens."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _PORTS[self.scheme] else f":{self.port}")


def address_of(url: str) -> Address:
    """Return where the server of a URL listens.

    Raises `ServerError` for a scheme other than https, but http on loopback, and for a password in the URL.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        raise ServerError(f'"{_shown(url)}" is no address of a server.', hint=_EXAMPLE) from None
    if parts.scheme not in _PORTS or not host:
        raise ServerError(f'"{_shown(url)}" is no address of a server.', hint=_EXAMPLE)
    if parts.username is not None or parts.password is not None:
        raise ServerError(
            "A name or password in the address would be kept and shown with it.",
            hint="Say it with --user, and the password with --password-command or when asked.",
        )
    if parts.scheme == "http" and not _is_loopback(host):
        raise ServerError(
            f"http://{host} is not encrypted: the password could be read on the way.",
            hint=f"Ask for https://{host}",
        )
    return Address(parts.scheme, host, port or _PORTS[parts.scheme])


def is_one_site(address: Address, other: Address) -> bool:
    """Whether a login for the first server may go to the other: itself, one beneath it, or its provider's."""
    if address == other:
        return True
    if (address.scheme, address.port) != (other.scheme, other.port) or other.scheme != "https":
        return False
    own = address.host.removeprefix("www.")
    site = next((site for site in _SITES if f".{own}".endswith(f".{site}")), own)
    return other.host == site or other.host.endswith(f".{site}")


class Server:
    """A server and its login; a redirect is followed to the same address, or `within_site` to its site."""

    def __init__(self, url: str, login: Login | None = None, *, within_site: bool = False) -> None:
        self.url = url
        self.address = address_of(url)
        self.login = login
        self._within_site = within_site
        self._connections: dict[Address, HTTPConnection] = {}
        self.received = 0  # bytes of all answers so far

    def ask(
        self,
        method: str,
        path: str = "",
        *,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        largest: int = LARGEST,
    ) -> Answer:
        """Return the answer to a request, whatever its status; `path` is relative to the URL of the server.

        Raises `OversizeError` for one of more than `largest` bytes, `ServerError` when there is none, or a
        redirect to where the login must not go.
        """
        url = urljoin(self.url, path) if path else self.url
        self._check(url)
        for _ in range(_MOST_REDIRECTS + 1):
            answer = self._answer(method, url, body, headers or {}, largest)
            target = answer.headers.get("location", "")
            if answer.status not in _REDIRECTS or not target:
                return answer
            url = urljoin(url, target)
            self._check(url)
        raise ServerError(
            f"{self.address} sends from one address to the next without an end.", hint="Check the address."
        )

    def close(self) -> None:
        """Let go of every connection."""
        while self._connections:
            self._connections.popitem()[1].close()

    def _check(self, url: str) -> None:
        """Refuse an address to which the login of this server must not go."""
        there = address_of(url)
        if there == self.address or (self._within_site and is_one_site(self.address, there)):
            return
        raise ServerError(
            f"{self.address} sends on to {there}, which is another server: the login stays here.",
            hint=f"If that is where you want to go, name it yourself: {there}",
        )

    def _answer(self, method: str, url: str, body: bytes, headers: Mapping[str, str], largest: int) -> Answer:
        address = address_of(url)
        # A connection kept from the request before may have been closed meanwhile: reading is tried again.
        attempts = 2 if address in self._connections and method in _READING else 1
        while True:
            attempts -= 1
            try:
                return self._try(method, url, body, headers, largest)
            except (OSError, HTTPException) as error:
                self._forget(address)
                if not attempts or isinstance(error, TimeoutError):
                    raise _unanswered(address, error) from error

    def _try(self, method: str, url: str, body: bytes, headers: Mapping[str, str], largest: int) -> Answer:
        address = address_of(url)
        if address not in self._connections:
            self._connections[address] = _connection(address)
        connection = self._connections[address]
        own = {"User-Agent": "relcard", **headers}
        if self.login is not None:
            own["Authorization"] = self.login.header
        parts = urlsplit(url)
        path = quote(parts.path or "/", safe=_AS_IT_IS)
        query = f"?{quote(parts.query, safe=_AS_IT_IS)}" if parts.query else ""
        connection.request(method, path + query, body=body or None, headers=own)
        response = connection.getresponse()
        content = self._read(response, address, largest)
        said: dict[str, str] = {}
        for name, value in response.getheaders():
            said[name.lower()] = f"{said[name.lower()]}, {value}" if name.lower() in said else value
        return Answer(response.status, said, content, url)

    def _read(self, response: HTTPResponse, address: Address, largest: int) -> bytes:
        ends = time.monotonic() + LONGEST
        pieces: list[bytes] = []
        left = largest
        while piece := response.read1(_PIECE):
            left -= len(piece)
            self.received += len(piece)
            if left < 0 or time.monotonic() > ends:
                self._forget(address)
                if left < 0:
                    raise OversizeError(f"{address} answers with more than {largest >> 20} MiB.")
                raise ServerError(f"{address} has not done answering after {LONGEST} seconds.", hint=_LATER)
            pieces.append(piece)
        if response.length:
            raise HTTPException("the answer breaks off")
        response.close()  # or the connection waits for the rest of an answer without a body
        return b"".join(pieces)

    def _forget(self, address: Address) -> None:
        connection = self._connections.pop(address, None)
        if connection is not None:
            connection.close()


def _connection(address: Address) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(address.host, address.port, timeout=SILENCE)
    return HTTPSConnection(address.host, address.port, timeout=SILENCE, context=ssl.create_default_context())


def _unanswered(address: Address, error: Exception) -> ServerError:
    """Return the refusal for a server that gave no whole answer."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerError(
            f"The certificate of {address} is not good: {error.verify_message or error.reason}.",
            hint="Nothing was sent. Check the address; a server of your own needs one this computer trusts.",
        )
    if isinstance(error, TimeoutError):
        return ServerError(f"{address} gave no answer in {SILENCE} seconds.", hint=_LATER)
    if isinstance(error, ssl.SSLError):
        why = f"it does not speak https ({(error.reason or 'no reason given').replace('_', ' ').lower()})"
    else:
        why = (error.strerror if isinstance(error, OSError) else "") or str(error) or "the connection ended"
    return ServerError(f"{address} cannot be asked: {why}.", hint="Is the address right, and are you online?")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(url: str) -> str:
    """Return an address as it may be shown: without what stands before an @."""
    return url if "@" not in url else f"...@{url.rpartition('@')[2]}"
