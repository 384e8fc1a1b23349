"""A folder as a place: one that Syncthing, Dropbox, iCloud Drive or a NAS carries from laptop to laptop."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from contextlib import suppress
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.files import PARTIAL
from relcard.files import put_in_place
from relcard.files import write_new
from relcard.share.bundle import MOST_PACKED
from relcard.share.places import NotYetError
from relcard.share.places import contents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from relcard.share.places import Contents

_ICLOUD = ".icloud"  # iCloud Drive keeps .NAME.icloud in the stead of NAME until it is downloaded
_DATALESS = 0x40000000  # macOS: SF_DATALESS
_RECALLED = 0x00001000 | 0x00400000  # Windows: FILE_ATTRIBUTE_OFFLINE, FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS


class Folder:
    """A folder of the user's. It is never made here: where it is missing, a disk is not connected."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def look(self) -> Contents:
        """Return what there is. Raises `FileError`."""
        folders: list[str] = []
        files: list[str] = []
        with self._in_words("read", self._path), os.scandir(self._path) as entries:
            for entry in entries:
                is_waiting = entry.name.startswith(".") and entry.name.endswith(_ICLOUD)
                name = entry.name[1 : -len(_ICLOUD)] if is_waiting else entry.name
                (folders if entry.is_dir(follow_symlinks=False) else files).append(name)
        return contents(folders, files)

    def read(self, name: str) -> bytes | None:
        """Return a file, None where there is none. Raises `NotYetError` and `FileError`."""
        path = self._path / name
        with self._in_words("read", path):
            try:
                # Neither a link to elsewhere nor a pipe without end: others write into this folder too.
                handle = os.open(path, os.O_RDONLY | _flags("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
            except FileNotFoundError:
                if path.with_name(f".{path.name}{_ICLOUD}").exists():
                    raise _not_yet(name) from None
                self._path.stat()  # the folder itself may be gone
                return None
            with os.fdopen(handle, "rb") as file:
                state = os.fstat(handle)
                if not stat.S_ISREG(state.st_mode):
                    raise FileError(f"{path} is no plain file.", hint="Put it elsewhere.")
                if _is_placeholder(state):
                    raise _not_yet(name)
                return file.read(MOST_PACKED + 1)

    def put(self, name: str, data: bytes, *, over: bytes | None = None) -> None:
        """Write a file where none is, or `over` what was read there. Raises `FileError`."""
        path = self._path / name
        with self._in_words("write", path):
            self._path.stat()
            if path.parent != self._path:
                path.parent.mkdir(mode=0o700, exist_ok=True)
            if over is None:
                with suppress(FileExistsError):
                    write_new(path, data)
            elif self.read(name) == over:
                whole = path.with_name(f".{path.name}.whole{PARTIAL}")
                with suppress(FileExistsError):
                    write_new(whole, data)
                put_in_place(str(whole), path)
            for left in path.parent.glob(f".{path.name}.*{PARTIAL}"):  # by a try that was killed
                left.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Take away a file of this device's own. Raises `FileError`."""
        with self._in_words("write", self._path / name):
            (self._path / name).unlink(missing_ok=True)

    @contextmanager
    def _in_words(self, verb: str, path: Path) -> Iterator[None]:
        """Say in a line what a folder cannot do with a file in it, or by itself."""
        try:
            yield
        except FileNotFoundError as error:
            if self._path.is_dir():
                raise FileError(f"{path} was taken away meanwhile.", hint=_AGAIN) from error
            raise FileError(
                f"The folder {self._path} is not there.",
                hint="Is its disk connected? It is not made anew; nothing was changed.",
            ) from error
        except OSError as error:
            raise FileError(f"Cannot {verb} {path}: {error.strerror or error}.", hint=_AGAIN) from error


_AGAIN = "Nothing is lost; put it right and try again: relcard share"


def _flags(*names: str) -> int:
    """Return the flags that this system knows."""
    return sum(getattr(os, name, 0) for name in names)


def _is_placeholder(state: os.stat_result) -> bool:
    """Whether the bytes of a file are still elsewhere, as Dropbox and OneDrive leave them."""
    return bool(
        getattr(state, "st_flags", 0) & _DATALESS or getattr(state, "st_file_attributes", 0) & _RECALLED
    )


def _not_yet(name: str) -> NotYetError:
    return NotYetError(
        f"{name} is not downloaded yet.", hint="Let the program that carries the folder do its work."
    )
