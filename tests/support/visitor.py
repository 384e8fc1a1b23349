"""A visitor who asks the page at home, without a network: cookies, forms and their tokens."""

from __future__ import annotations

import asyncio
import gzip
import re
from dataclasses import dataclass
from dataclasses import field
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from relcard.web.application import application
from relcard.web.pairing import Grant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import MutableMapping
    from typing import Any

    from relcard.web.house import House

    Headers = Iterable[tuple[str, str]]

HOST = "127.0.0.1:8741"
ORIGIN = f"http://{HOST}"


@dataclass(frozen=True)
class Answer:
    """What the page answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """Return the page in letters, as the browser reads it."""
        return unescape(self.body.decode("utf-8"))

    @property
    def words(self) -> str:
        """What a person reads of it."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.body.decode("utf-8"))).split())

    @property
    def token(self) -> str:
        """Return the token of its forms."""
        found = re.search(r'name="token" value="([^"]+)"', self.text)
        assert found is not None, self.text
        return found[1]

    def header(self, name: str) -> str:
        """Return a header by its name, "" where it is not there."""
        return next((value for key, value in self.headers if key == name), "")

    def field(self, name: str) -> str:
        """Return the value of the first field of that name."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.body.decode("utf-8"))
        assert found is not None, self.text
        return unescape(found[1])


@dataclass
class Visitor:
    """One browser at the page of a house."""

    house: House
    runner: asyncio.Runner
    language: str = "en"
    origin: str = ORIGIN
    cookies: dict[str, str] = field(default_factory=dict)
    last: Answer | None = None

    def __post_init__(self) -> None:
        self._app = application(self.house)

    def paired(self, name: str = "Marta's phone", *, writes: bool = True, private: bool = True) -> Visitor:
        """Pair this browser and return it."""
        code = self.house.pairing.make(Grant(name, writes, private))
        self.get("/pair")
        assert self.post("/pair", code=code, name=name).status == 303
        return self

    def get(self, path: str, *, follow: bool = True) -> Answer:
        """Open a page, and where it leads on."""
        answer = self.ask("GET", path)
        while follow and answer.status == 303:
            answer = self.ask("GET", answer.header("location"))
        return answer

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form of the page that was opened last."""
        assert self.last is not None
        fields.setdefault("token", self.last.token)
        body = urlencode(fields).encode()
        return self.ask(
            "POST",
            path,
            body,
            [("content-type", "application/x-www-form-urlencoded"), ("origin", self.origin)],
        )

    def uploaded(self, path: str, fields: dict[str, str], files: Iterable[tuple[str, str, bytes]]) -> Answer:
        """Send a form with files, each under its field and with its name, as a browser does."""
        assert self.last is not None
        words = {"token": self.last.token, **fields}
        parts = [(f'name="{name}"', value.encode()) for name, value in words.items()]
        parts += [
            (f'name="{name}"; filename="{called}"\r\nContent-Type: image/jpeg', data)
            for name, called, data in files
        ]
        body = b"".join(
            b"--limit\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + data + b"\r\n"
            for head, data in parts
        )
        headers = [("content-type", "multipart/form-data; boundary=limit"), ("origin", ORIGIN)]
        return self.ask("POST", path, body + b"--limit--\r\n", headers)

    def sent(self, path: str, **fields: str) -> Answer:
        """Send a form and open the page it leads to."""
        answer = self.post(path, **fields)
        assert answer.status == 303, answer.words
        return self.get(answer.header("location"))

    def trickle(self, path: str) -> int:
        """Send a form of which the end never comes, and return the status of the answer."""
        said = [("host", HOST), ("origin", ORIGIN), ("content-type", "application/x-www-form-urlencoded")]
        said.append(("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())))
        return self.runner.run(asked(self._app, "POST", path, b"a=", said, ends=False)).status

    def ask(
        self, method: str, path: str, body: bytes = b"", headers: Headers = (), *, host: str = HOST
    ) -> Answer:
        """Ask anything; what is answered with a form is kept as the page that was opened last."""
        said = [("host", host), ("accept-language", self.language), ("accept-encoding", "gzip"), *headers]
        if self.cookies:
            said.append(("cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())))
        answer = self.runner.run(asked(self._app, method, path, body, said))
        for name, value in answer.headers:
            if name == "set-cookie":
                cookie, _, rest = value.partition(";")[0].partition("=")
                self.cookies[cookie] = rest
        if b'name="token"' in answer.body:
            self.last = answer
        return answer


async def asked(
    app: Any, method: str, path: str, body: bytes, headers: Headers, *, ends: bool = True
) -> Answer:
    """Ask an ASGI application as uvicorn does and return its answer; the body may have no end."""
    path, _, query = path.partition("?")
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if not any(name == b"content-length" for name, _ in raw) and body:
        raw.append((b"content-length", str(len(body)).encode()))
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("latin-1", "replace"),
        "root_path": "",
        "query_string": query.encode("latin-1", "replace"),
        "headers": raw,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8741),
        "state": {},
    }
    pieces = [body[place : place + 65536] for place in range(0, len(body), 65536)] or [b""]
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        if pieces:
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces) or not ends}
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start, *rest = sent
    data = b"".join(message.get("body", b"") for message in rest)
    answered = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"]]
    if ("content-encoding", "gzip") in answered:
        data = gzip.decompress(data)
    return Answer(start["status"], answered, data)
