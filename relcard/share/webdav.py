"""A folder on a WebDAV server as a place: Nextcloud, Fastmail Files, a NAS.

No lock is asked for, no file of others is deleted, and no answer is believed about what was written: servers
show half of a broken upload as a whole file, let two writers win, and answer before they have read. Reading
tells.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote
from urllib.parse import urlsplit

from relcard.errors import ServerError
from relcard.share.bundle import MOST_PACKED
from relcard.share.https import OversizeError
from relcard.share.https import Server
from relcard.share.multistatus import DAV
from relcard.share.multistatus import read_multistatus
from relcard.share.places import contents

if TYPE_CHECKING:
    from relcard.share.https import Answer
    from relcard.share.https import Login
    from relcard.share.places import Contents

_LARGEST_LISTING = 4 * 1024 * 1024  # bytes
_LONGEST_PAUSE = re.compile(r"\d{1,6}", re.ASCII)
_QUESTION = b'<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
_AGAIN = "Nothing is lost; try again later: relcard share"
_WORDS = {
    401: "does not know this name and password",
    403: "does not allow it",
    405: "is no WebDAV server at this address",
    423: "has the file locked",
    429: "has been asked too often",
    501: "is no WebDAV server at this address",
    503: "is not at work now",
    507: "has no room left",
}
_PASSWORDS = "Nextcloud and Fastmail want an app password here, made in their settings."


class WebDav:
    """A folder on a server, asked over https; on this computer's own loopback http will do."""

    def __init__(self, url: str, login: Login | None = None) -> None:
        self._server = Server(url if url.endswith("/") else f"{url}/", login)
        self._tags: dict[str, str] = {}  # what names the version of each file that was read

    def look(self) -> Contents:
        """Return what there is. Raises `ServerError`."""
        answer = self._server.ask(
            "PROPFIND",
            body=_QUESTION,
            headers={"Depth": "1", "Content-Type": "application/xml"},
            largest=_LARGEST_LISTING,
        )
        if answer.status == 404:
            raise ServerError(
                f"There is no folder at {self._server.url}.",
                hint="Is the address right? Nothing was changed.",
            )
        if answer.status != 207:
            raise self._refusal(answer)
        folders, files = _names(answer)
        return contents(folders, files)

    def read(self, name: str) -> bytes | None:
        """Return a file, None where there is none. Raises `ServerError`."""
        self._tags.pop(name, None)
        try:
            answer = self._server.ask("GET", name, largest=MOST_PACKED)
        except OversizeError:
            return bytes(MOST_PACKED + 1)  # what it is, is then said as of any other bundle
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            raise self._refusal(answer)
        if "html" in answer.headers.get("content-type", ""):
            raise self._page()
        if tag := answer.headers.get("etag", ""):
            self._tags[name] = tag
        return answer.body

    def put(self, name: str, data: bytes, *, over: bytes | None = None) -> None:
        """Write a file where none is, or `over` what was read there. Raises `ServerError`."""
        if over is None:
            headers = {"If-None-Match": "*"}
        else:
            headers = {"If-Match": self._tags[name]} if name in self._tags else {}
        headers["Content-Type"] = "application/octet-stream"
        answer = self._server.ask("PUT", name, body=data, headers=headers)
        folder = name.rpartition("/")[0]
        if folder and answer.status in (403, 404, 409):  # servers say in these ways that it is not there yet
            self._server.ask("MKCOL", f"{folder}/")
            answer = self._server.ask("PUT", name, body=data, headers=headers)
        if answer.status not in (200, 201, 204, 412):
            raise self._refusal(answer)

    def remove(self, name: str) -> None:
        """Take away a file of this device's own. Raises `ServerError`."""
        answer = self._server.ask("DELETE", name)
        if answer.status not in (200, 202, 204, 404, 410):
            raise self._refusal(answer)

    def close(self) -> None:
        """Let go of the connection."""
        self._server.close()

    def _refusal(self, answer: Answer) -> ServerError:
        """Return what a status means, in a line."""
        if answer.status == 200:
            return self._page()
        kind = "fails" if answer.status >= 500 else "refuses"
        words = _WORDS.get(answer.status, kind)
        pause = _LONGEST_PAUSE.fullmatch(answer.headers.get("retry-after", ""))
        hint = f"It asks to be left alone for {int(pause[0])} seconds." if pause else _AGAIN
        return ServerError(
            f"{self._server.address} {words} ({answer.status}).",
            hint=_PASSWORDS if answer.status == 401 else hint,
        )

    def _page(self) -> ServerError:
        return ServerError(
            f"{self._server.address} answers with a page to read and no files.",
            hint="Does this network want you to sign in first, as a hotel's? Or is the address for browsers?",
        )


def _names(answer: Answer) -> tuple[list[str], list[str]]:
    """Return the names of the folders and files right beneath the address that was asked."""
    folders: list[str] = []
    files: list[str] = []
    base = unquote(urlsplit(answer.url).path)
    for resource in read_multistatus(answer.body):
        path = resource.path
        if path.startswith(base) and "/" not in (name := path[len(base) :].rstrip("/")):
            (folders if resource.is_a(f"{DAV}collection") else files).append(name)
    return folders, files
