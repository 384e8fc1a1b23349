"""Codes that pair one device each: good for ten minutes, once, and for five tries in all.

A code lies hashed in a file beside the store, so that another terminal can make one while the page runs. Its
time is that of the computer's monotonic clock, which all programs share until it is started anew; a page that
begins takes away what codes there are.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import time
from hmac import compare_digest
from threading import Lock
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import FileError
from relcard.files import write_new
from relcard.web.devices import folder_beside
from relcard.web.devices import hashed
from relcard.web.devices import make_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MINUTES = 10
TRIES = 5
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is taken for another: 40 bits in eight


class Grant(NamedTuple):
    """What a device may that is paired with a code; `name` is "" where the device says it."""

    name: str
    writes: bool
    is_private: bool
    for_now: bool = False  # a browser of this computer, until the page ends


class TriesOverError(Exception):
    """Too many wrong codes were typed: none holds any more."""


def plain(code: str) -> str:
    """Return a code as it was made, however it was typed: small, with spaces, without the hyphen."""
    return "".join(letter for letter in code.upper() if letter in _LETTERS)


class Pairing:
    """The codes of one store; `clock` counts seconds, the same for every program of this computer."""

    def __init__(self, store: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder_beside(store) / "codes"
        self._clock = clock
        self._tries = 0
        self._lock = Lock()

    def make(self, grant: Grant) -> str:
        """Return a new code, as KDR7-2MXQ. Raises `FileError`."""
        code = "".join(secrets.choice(_LETTERS) for _ in range(8))
        make_folder(self._folder)
        try:
            write_new(
                self._folder / f"{hashed(code)}.json",
                json.dumps({"made_at": self._clock(), **grant._asdict()}).encode(),
            )
        except OSError as error:
            raise FileError(
                f"The code cannot be kept: {error.strerror}.", hint=f"It would be in {self._folder}."
            ) from error
        return f"{code[:4]}-{code[4:]}"

    def redeem(self, code: str, *, has_name: bool = True) -> Grant | None:
        """Use a code up and return what it grants; None for one that does not hold.

        A code that names no device is used up only by one that has a name.

        Raises `TriesOverError` once five were wrong: all that are left are taken away with that.
        """
        with self._lock:
            key = hashed(plain(code))
            for path in self._paths():
                if compare_digest(path.stem, key):
                    return self._take(path, has_name=has_name)
            self._tries += 1
            if self._tries >= TRIES:
                self.forget()
                raise TriesOverError
            return None

    def forget(self) -> None:
        """Take away every code there is."""
        self._tries = 0
        for path in self._paths():
            with contextlib.suppress(OSError):
                path.unlink()

    def _take(self, path: Path, *, has_name: bool) -> Grant | None:
        try:
            words = json.loads(path.read_text(encoding="utf-8"))
            age = self._clock() - float(words.pop("made_at"))
            grant = Grant(**words)
            if has_name or grant.name:
                path.unlink()  # of two that come at once, one finds it gone
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self._tries = 0
        return grant if 0 <= age <= MINUTES * 60 else None

    def _paths(self) -> list[Path]:
        try:
            return list(self._folder.glob("*.json"))
        except OSError:
            return []
