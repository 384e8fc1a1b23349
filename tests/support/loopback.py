"""A small server on this computer's own loopback, which answers as a test says: well, badly, half or not at all."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from http.server import BaseHTTPRequestHandler
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING
from typing import Any

from tests.support.peers import peer

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

    import pytest


@dataclass(frozen=True)
class Request:
    """What a client asked; names of headers are in small letters."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What the server says to it; `cut` ends the connection after so many bytes of the body."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client may let go of an answer."""


class Loopback:
    """The server while it runs: where it listens, and what it was asked."""

    def __init__(self, answer: Callable[[Request], Reply], context: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self.requests: list[Request] = []
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        if context is not None:
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self.port = self._server.server_address[1]
        self.url = f"{'http' if context is None else 'https'}://127.0.0.1:{self.port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Be gone."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def parse_request(self) -> bool:
                is_sound = super().parse_request()
                # Whatever the method is called: it is answered by the test.
                if is_sound:
                    setattr(self, f"do_{self.command}", self.answer)
                return is_sound

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, self.path, headers, body)
                loopback.requests.append(request)
                reply = loopback.answer(request)
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body[: reply.cut])
                if reply.cut is not None:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


@contextmanager
def serving(answer: Callable[[Request], Reply], context: ssl.SSLContext | None = None) -> Iterator[Loopback]:
    """Run a server as long as the block."""
    server = Loopback(answer, context)
    try:
        yield server
    finally:
        server.close()


def certificate(folder: Path, *hosts: str) -> Path:
    """Make a certificate that signs itself for some hosts, with its key in the same file."""
    path = folder / "certificate.pem"
    names = ",".join(f"IP:{host}" if host[0].isdigit() else f"DNS:{host}" for host in hosts)
    subprocess.run(
        [
            *(
                peer("openssl"),
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ),
            *("-days", "2", "-subj", "/CN=relcard test", "-addext", f"subjectAltName={names}"),
            *("-keyout", str(path.with_suffix(".key")), "-out", str(path)),
        ],
        check=True,
        capture_output=True,
    )
    return path


def serve_as(hosts: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Let the names of some hosts mean this computer, with a certificate that is trusted, for one test."""
    path = certificate(folder, *hosts)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    resolve = socket.getaddrinfo

    def nearby(host: str, *rest: Any, **more: Any) -> Any:
        return resolve("127.0.0.1" if host in hosts else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", nearby)
    return tls(path)


def tls(path: Path) -> ssl.SSLContext:
    """Return what a server needs to speak https with a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, path.with_suffix(".key"))
    return context
