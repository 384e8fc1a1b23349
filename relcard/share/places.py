"""A place: where bundles lie, in a folder or on a server, and how one gets there whatever the place answers.

Only the device that made a bundle ever writes its name. A bundle lies at `DEVICE/00000042.rcb` and is asked
for by its exact number; a pack of several lies beside the folders, and its name says whose, from which number
to which, and who packed it. Whatever else lies there is never looked at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import Protocol

from relcard.errors import FileError
from relcard.errors import ServerError

if TYPE_CHECKING:
    from collections.abc import Iterable

_DEVICE = re.compile(r"[0-9a-f]{32}")
_PACK = re.compile(r"([0-9a-f]{32})\.(\d{8})-(\d{8})\.([0-9a-f]{32})\.rcb", re.ASCII)


class Pack(NamedTuple):
    """The bundles of a device from one number to another, in the file of who packed them."""

    device: str
    first: int
    through: int
    writer: str

    @property
    def name(self) -> str:
        """Where it lies in its place."""
        return f"{self.device}.{self.first:08}-{self.through:08}.{self.writer}.rcb"


class Contents(NamedTuple):
    """What a place has, by the names at its top."""

    devices: frozenset[str]
    packs: frozenset[Pack]


class NotYetError(FileError):
    """A file that is known to the place, and not here to be read yet."""


class TakenError(FileError):
    """Something else than what was to be written stands under the name."""

    def __init__(self, name: str, there: bytes) -> None:
        super().__init__(
            f"{name} is there already, and other than what this laptop would write.",
            hint="Put that file elsewhere, then: relcard share",
        )
        self.there = there


class Place(Protocol):
    """A folder or a server. Each method raises `FileError` or `ServerError` where it cannot be used."""

    def look(self) -> Contents:
        """Return what there is."""

    def read(self, name: str) -> bytes | None:
        """Return a file, None where there is none. Raises `NotYetError`."""

    def put(self, name: str, data: bytes, *, over: bytes | None = None) -> None:
        """Write a file where none is, or `over` what was read there; whether it stands, reading tells."""

    def remove(self, name: str) -> None:
        """Take away a file of this device's own."""


def bundle_name(device: str, number: int) -> str:
    """Return where a bundle lies in its place."""
    return f"{device}/{number:08}.rcb"


def contents(folders: Iterable[str], files: Iterable[str]) -> Contents:
    """Return what the names at the top of a place mean; all others are somebody else's."""
    packs = (
        Pack(match[1], int(match[2]), int(match[3]), match[4])
        for match in map(_PACK.fullmatch, files)
        if match
    )
    return Contents(frozenset(filter(_DEVICE.fullmatch, folders)), frozenset(packs))


def send(place: Place, name: str, data: bytes) -> None:
    """Bring a file of this device's own to its place, and believe it only when it has been read there.

    Half of it, as an earlier try may have left it, is replaced. Raises `TakenError` where anything else
    stands there, which is left, and `FileError` or `ServerError` where it does not get there.
    """
    over: bytes | None = None
    fault: FileError | ServerError | None = None
    for _ in range(2):  # again for half of it, and for a connection that had been left idle too long
        fault = None
        try:
            place.put(name, data, over=over)
        except (FileError, ServerError) as error:
            fault = error
        there = place.read(name)
        if there == data:
            return
        if there is not None and not data.startswith(there) and there.strip(b"\0"):
            raise TakenError(name, there)
        over = there
    raise fault or FileError(f"{name} does not get there whole.", hint="Is there room left? Try again later.")
