"""Where the page of a store is served at this moment, so that another terminal can pair a device with it."""

from __future__ import annotations

import contextlib
import json
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from relcard.files import write_atomically
from relcard.web.devices import folder_beside
from relcard.web.devices import make_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILE = "running.json"


@contextmanager
def announced(store: str, address: str) -> Iterator[None]:
    """Keep, while the page is served, under which address it is. Raises `FileError`."""
    path = folder_beside(store) / _FILE
    make_folder(path.parent)
    write_atomically(path, json.dumps({"address": address}).encode())
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def running_address(store: str) -> str:
    """Return the address under which the page of a store is served now, "" where none is."""
    try:
        words = json.loads((folder_beside(store) / _FILE).read_text(encoding="utf-8"))
        url = urlsplit(words["address"])
        with socket.create_connection((url.hostname or "", url.port or 0), timeout=2):
            return str(words["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
