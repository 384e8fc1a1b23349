"""The devices that were paired, a file each in a folder beside the store; not in the store.

A backup that is restored would bring a withdrawn device back. A file is 0600 and called by the SHA-256 of the
token that the device's cookie bears: the token itself is kept nowhere. When it was last seen is the file's
own time. Withdrawing takes the file away, and with it, at the next request, the device.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
from datetime import date
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import NamedTuple

from relcard.errors import FileError
from relcard.files import write_new

_LONGEST_NAME = 40
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class Device(NamedTuple):
    """One that may look at the page; `is_private` may see notes and circles. `seen_on` is its last visit."""

    id: str
    name: str
    writes: bool
    is_private: bool
    paired_on: date | None
    seen_on: date | None = None


def folder_beside(store: str) -> Path:
    """Return the folder of what the page keeps for itself."""
    return Path(f"{os.path.splitext(store)[0]}.page")  # noqa: PTH122  as other files beside a store are named


def make_folder(folder: Path) -> None:
    """Make a folder for its owner alone. Raises `FileError`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make {folder}: {error.strerror}.", hint="The page keeps its devices there."
        ) from error


def hashed(secret: str) -> str:
    """Return what is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def clean_name(text: str) -> str:
    """Return a device's name as it is kept: one line of printable letters, not too long."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[
        :_LONGEST_NAME
    ]


class Devices:
    """The paired devices of one store."""

    def __init__(self, store: str) -> None:
        self._folder = folder_beside(store) / "devices"
        self._for_now: dict[str, Device] = {}  # browsers of this computer, as long as this page runs

    def all(self) -> list[Device]:
        """Return those that are paired for good, by name; what cannot be read is no device."""
        try:
            paths = sorted(self._folder.glob("*.json"))
        except OSError:
            return []
        devices = [device for path in paths if (device := self._read(path.stem)) is not None]
        return sorted(devices, key=lambda device: device.name.casefold())

    def admit(
        self, name: str, *, writes: bool, is_private: bool, today: date, for_now: bool = False
    ) -> tuple[str, Device]:
        """Take in a device and return its token with it; a name that another has gets a number.

        `for_now` keeps it in memory alone. Raises `FileError`.
        """
        token = secrets.token_urlsafe(32)
        device = Device(hashed(token), self._free_name(clean_name(name)), writes, is_private, today, today)
        if for_now:
            self._for_now[device.id] = device
            return token, device
        make_folder(self._folder)
        words = {
            "name": device.name,
            "writes": writes,
            "private": is_private,
            "paired_on": today.isoformat(),
        }
        try:
            write_new(self._folder / f"{device.id}.json", json.dumps(words).encode())
        except OSError as error:
            raise FileError(
                f"The device cannot be kept: {error.strerror}.", hint=f"It would be in {self._folder}."
            ) from error
        return token, device

    def of_token(self, token: str, today: date) -> Device | None:
        """Return the device of a cookie, or None where there is none, or not any more."""
        if not _TOKEN.fullmatch(token):
            return None
        key = hashed(token)
        for known, browser in self._for_now.items():
            if compare_digest(known, key):
                return browser
        device = self._read(key)
        if device is not None:
            self._see(device, today)
        return device

    def withdraw(self, name: str) -> list[Device]:
        """Take away the devices of a name and return them; a page that runs asks again at each request."""
        gone = [device for device in self.all() if device.name.casefold() == name.casefold()]
        for device in gone:
            with contextlib.suppress(FileNotFoundError):
                (self._folder / f"{device.id}.json").unlink()
        return gone

    def _free_name(self, name: str) -> str:
        taken = {device.name.casefold() for device in (*self.all(), *self._for_now.values())}
        free, number = name, 1
        while free.casefold() in taken:
            number += 1
            free = f"{name} {number}"
        return free

    def _read(self, key: str) -> Device | None:
        path = self._folder / f"{key}.json"
        try:
            words = json.loads(path.read_text(encoding="utf-8"))
            return Device(
                id=key,
                name=str(words["name"]),
                writes=words["writes"] is True,
                is_private=words["private"] is True,
                paired_on=date.fromisoformat(words["paired_on"]),
                seen_on=date.fromtimestamp(path.stat().st_mtime),  # noqa: DTZ012  the user's own calendar
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _see(self, device: Device, today: date) -> None:
        """Note that a device was here today; one that was withdrawn at this moment does not come back."""
        if device.seen_on != today:
            with contextlib.suppress(OSError):
                os.utime(self._folder / f"{device.id}.json")
