"""Radicale and Xandikos, run as programs on loopback: address books as real servers have them."""

from __future__ import annotations

import socket
import subprocess
import time
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from relcard.share.https import Login
from tests.support.peers import peer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 20  # seconds until a server listens
_MAKE = (
    '<?xml version="1.0"?><D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:set><D:prop>'
    "<D:resourcetype><D:collection/><C:addressbook/></D:resourcetype><D:displayname>Friends</D:displayname>"
    "</D:prop></D:set></D:mkcol>"
)


@dataclass(frozen=True)
class CardServer:
    """A server while it runs, with one address book."""

    port: int
    book: str  # path
    login: Login

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def put(self, name: str, text: str) -> None:
        """Put a card into the address book, as a phone does."""
        self.ask("PUT", self.book + name, text, kind="text/vcard")

    def ask(self, method: str, path: str, body: str = "", *, kind: str = "application/xml") -> None:
        """Ask for what must be done."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        packed = b64encode(f"{self.login.user}:{self.login.password}".encode()).decode()
        headers = {"Authorization": f"Basic {packed}", "Content-Type": kind}
        connection.request(method, path, body.encode(), headers)
        answer = connection.getresponse()
        assert answer.status in {200, 201, 204}, (answer.status, answer.read())
        answer.read()
        connection.close()


@contextmanager
def carddav_server(program: str, folder: Path) -> Iterator[CardServer]:
    """Run Radicale or Xandikos with an empty address book of a user, its files in a folder."""
    path = peer(program)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    if program == "radicale":
        (folder / "users").write_text("anna:geheim\n", encoding="utf-8")
        options = [
            *("--server-hosts", f"127.0.0.1:{port}", "--auth-type", "htpasswd"),
            *("--auth-htpasswd-filename", str(folder / "users"), "--auth-htpasswd-encryption", "plain"),
            *("--storage-filesystem-folder", str(folder / "store")),
        ]
        server = CardServer(port, "/anna/friends/", Login("anna", "geheim"))
    else:
        options = [
            *("-d", str(folder / "store"), "--defaults", "--current-user-principal", "/anna/"),
            *("-l", "127.0.0.1", "-p", str(port)),
        ]
        server = CardServer(port, "/anna/contacts/addressbook/", Login("anna", ""))
    with subprocess.Popen([path, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        try:
            _wait(port, running)
            if program == "radicale":
                server.ask("MKCOL", server.book, _MAKE)
            yield server
        finally:
            running.terminate()


def _wait(port: int, running: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + _PATIENCE
    while running.poll() is None and time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError("the server does not listen")
