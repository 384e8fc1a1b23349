"""Serving the page: on which address, for how long, and calmly to an end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from typing import TYPE_CHECKING
from typing import NamedTuple

import uvicorn
from anyio import to_thread

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.web.application import application
from relcard.web.connections import uvicorn_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from relcard.web.house import House

LOOPBACK = "127.0.0.1"
HOME_PORT = 8741  # so that a device finds the page again the next evening
_ANY = ("0.0.0.0", "::", "*")  # noqa: S104  named to be refused
_THREADS = 8  # each with a connection to the store of up to 8 MiB
_ELSEWHERE = "192.0.2.1"  # of documentation (RFC 5737): asked for a way there, nothing is sent


class Certificate(NamedTuple):
    """The files of a certificate and its key, in PEM."""

    certificate: Path
    key: Path


class Place(NamedTuple):
    """A socket that listens, and the address and port a browser may call it by."""

    listener: socket.socket
    address: str
    port: int
    certificate: Certificate | None = None

    @property
    def is_secure(self) -> bool:
        """Whether it is served over TLS."""
        return self.certificate is not None

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser sends as Host."""
        names = (self.address, "localhost") if self.address == LOOPBACK else (self.address,)
        hosts = tuple(f"{in_url(name)}:{self.port}" for name in names)
        # A browser leaves the usual port out.
        usual = tuple(in_url(name) for name in names if self.port == (443 if self.is_secure else 80))
        return (*usual, *hosts)


def in_url(address: str) -> str:
    """Return an address as a URL has it: one of IPv6 in brackets."""
    return f"[{address}]" if ":" in address else address


def home_address() -> str:
    """Return this computer's address on its network. Raises `UsageError` where it is on none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect((_ELSEWHERE, 9))
            address = str(way.getsockname()[0])
        except OSError:
            address = ""
    if not address or address.startswith("127."):
        raise UsageError(
            "This computer seems to be on no network.",
            hint="Join one, or say its address: relcard page --home --host ADDRESS",
        )
    return address


def listen(address: str, port: int | None, certificate: Certificate | None = None) -> Place:
    """Listen on an address: on a port, or on any that is free; HOME_PORT is tried first away from loopback.

    Raises `UsageError` where that cannot be, and `FileError` for a certificate that does not serve.
    """
    if address in _ANY:
        raise UsageError(
            f"{address} is any address, and the page answers under one alone.",
            hint="Say which: relcard page --home --host 192.168.178.20",
        )
    if certificate is not None:
        _check_certificate(certificate)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    ports = [port] if port is not None else [0] if address == LOOPBACK else [HOME_PORT, 0]
    for tried in ports:
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((address, tried))
            listener.listen(64)
        except (OSError, OverflowError) as error:
            listener.close()
            reason = error
            continue
        return Place(listener, address, listener.getsockname()[1], certificate)
    raise UsageError(
        f"Nothing can listen on {in_url(address)}:{ports[0]}: {getattr(reason, 'strerror', None) or reason}.",
        hint="Say another --port, or none; --host takes an address of this computer.",
    )


def _check_certificate(files: Certificate) -> None:
    """Raise `FileError` for a certificate and key that do not serve."""
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(files.certificate, files.key)
    except (OSError, ValueError) as error:
        raise FileError(
            f"{files.certificate} and {files.key} are no certificate and its key: {error}.",
            hint="Both are PEM files; the key has no passphrase.",
        ) from error


def serve(house: House, place: Place, *, seconds: float, begun: Callable[[], None] = lambda: None) -> None:
    """Serve a house until the user ends it, or the seconds have passed; `begun` is called at the start."""
    certificate = place.certificate
    for library in ("uvicorn", "python_multipart"):  # what they would say at the terminal helps nobody there
        logging.getLogger(library).addHandler(logging.NullHandler())
        logging.getLogger(library).propagate = False
    config = uvicorn.Config(
        application(house),
        ssl_certfile=str(certificate.certificate) if certificate else None,
        ssl_keyfile=str(certificate.key) if certificate else None,
        **uvicorn_settings(),
    )
    server = uvicorn.Server(config)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        to_thread.current_default_thread_limiter().total_tokens = _THREADS
        loop.call_later(seconds, lambda: setattr(server, "should_exit", True))
        loop.call_soon(begun)
        await server.serve(sockets=[place.listener])

    # Ctrl-C is how an evening ends.
    with contextlib.closing(place.listener), contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run())
