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
    from pathlib import Path

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
        if _address(path) == address:  # that of a page that began later is its own
            with contextlib.suppress(OSError):
                path.unlink()


def running_address(store: str) -> str:
    """Return the address under which the page of a store is served now, "" where none is."""
    address = _address(folder_beside(store) / _FILE)
    try:
        url = urlsplit(address)
        with socket.create_connection((url.hostname or "", url.port or 0), timeout=2):
            return address
    except (OSError, ValueError):
        return ""


def _address(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
