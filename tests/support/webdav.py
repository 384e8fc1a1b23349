"""A real WebDAV server (WsgiDAV) on this computer's own loopback, and in front of it whatever goes wrong on a way."""

from __future__ import annotations

import io
import logging
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import Any

from cheroot import wsgi
from wsgidav.wsgidav_app import WsgiDAVApp

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "anna", "a password of ours"
Environ = dict[str, Any]
App = Any  # of WSGI
HOTEL = b"<!DOCTYPE html><title>Hotel Bellevue</title><p>Your room number, please</p>"
_HTML = (("Content-Type", "text/html"),)
EMPTY = b'<?xml version="1.0"?><multistatus xmlns="DAV:"/>'


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one request: of one method, or of any."""

    method: str = ""
    status: int = 0  # the answer in the server's stead; 0: the server's own
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    is_done: bool = False  # the server does what was asked all the same
    taken: int | None = None  # bytes of the body that reach it
    cut: int | None = None  # bytes of its answer that come back
    pause: float = 0.0  # seconds before it answers


@dataclass
class WebDavServer:
    """The server while it runs."""

    url: str
    folder: Path
    requests: list[str] = field(default_factory=list)
    troubles: deque[Trouble] = field(default_factory=deque)  # each for the next request it fits
    always: Callable[[str], Trouble | None] = lambda _: None

    def plan(self, *troubles: Trouble) -> None:
        self.troubles.extend(troubles)

    def next_trouble(self, method: str) -> Trouble | None:
        if self.troubles and self.troubles[0].method in ("", method):
            return self.troubles.popleft()
        return self.always(method)


def bad_answer(chance: random.Random, method: str) -> Trouble | None:
    """Return what goes wrong with a request, for two of five."""
    if chance.random() > 0.4:
        return None
    writes = method == "PUT"
    return chance.choice(
        [
            Trouble(status=500),
            Trouble(status=chance.choice((423, 429, 503))),
            Trouble(status=500, is_done=writes),
            Trouble(status=412 if writes else 500),
            Trouble(status=404),
            Trouble(status=200, body=HOTEL, headers=_HTML),
            Trouble(status=207, body=EMPTY) if method == "PROPFIND" else Trouble(status=502),
            Trouble(cut=chance.randrange(200)) if method == "GET" else Trouble(status=504),
            Trouble(status=500, taken=chance.randrange(200)) if writes else Trouble(status=500),
            Trouble(status=302, headers=(("Location", "https://elsewhere.example/"),)),
        ]
    )


def _troubled(app: App, server: WebDavServer) -> App:
    def layer(environ: Environ, start_response: Any) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        server.requests.append(f"{method} {environ['PATH_INFO']}")
        trouble = server.next_trouble(method)
        if trouble is None:
            return app(environ, start_response)  # type: ignore[no-any-return]
        time.sleep(trouble.pause)
        if trouble.taken is not None:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))[: trouble.taken]
            environ |= {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        if not trouble.status and trouble.cut is None:
            return app(environ, start_response)  # type: ignore[no-any-return]
        if not trouble.status:
            return _broken_off(b"".join(app(environ, start_response))[: trouble.cut])
        if trouble.is_done or trouble.taken is not None:
            b"".join(app(environ, lambda *_: lambda _: None))
        start_response(f"{trouble.status} So", [("Content-Length", str(len(trouble.body))), *trouble.headers])
        return [trouble.body]

    return layer


def _broken_off(body: bytes) -> Iterator[bytes]:
    yield body
    raise ConnectionError("as planned")


class _Silent(wsgi.Server):
    def error_log(self, *_: object, **__: object) -> None:
        """Say nothing: what breaks off was meant to."""


@contextmanager
def webdav(folder: Path) -> Iterator[WebDavServer]:
    """Serve a folder for as long as the block, to who knows the password."""
    logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
    own = {"*": {USER: {"password": PASSWORD}}}
    app = WsgiDAVApp(
        {
            "provider_mapping": {"/": str(folder)},
            "simple_dc": {"user_mapping": own},
            "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
            "dir_browser": {"enable": False},
            "logging": {"enable": False},
            "verbose": 0,
        }
    )
    served = WebDavServer("", folder)
    http = _Silent(("127.0.0.1", 0), _troubled(app, served), numthreads=4, timeout=5, shutdown_timeout=1)
    http.prepare()
    served.url = f"http://127.0.0.1:{http.bind_addr[1]}/"
    thread = threading.Thread(target=http.serve, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        http.stop()
        thread.join(5)
