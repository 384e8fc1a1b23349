"""The only writer of files that belong to the user."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from relcard import record
from relcard.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    Data = bytes | Callable[[BinaryIO], object]


class Unnamed:
    """A file that is written whole and synced beside its place, and has not its name yet.

    It is 0600: addresses and birthdays are nobody else's business. `data` may be what writes it, piece by
    piece. Making it raises `FileError`.
    """

    def __init__(self, path: Path, data: Data) -> None:
        self.path = path
        self._temporary = ""
        try:
            handle, self._temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made 0600
            _write_through(handle, data)
        except OSError as error:
            self.drop()
            raise self._unwritable(
                error, "Choose another place with -o FILE; nothing was changed."
            ) from error
        except BaseException:
            self.drop()
            raise

    def take_name(
        self, *, otherwise: str = "Choose another place with -o FILE; nothing was changed."
    ) -> None:
        """Replace what stood in its place. Raises `FileError`, with `otherwise` for the next step."""
        try:
            _rename(self._temporary, self.path)
            record.files.append(str(self.path))
        except OSError as error:
            raise self._unwritable(error, otherwise) from error
        finally:
            self.drop()

    def drop(self) -> None:
        """Take away what never got its name; nothing where it has."""
        if self._temporary:
            with contextlib.suppress(OSError):
                os.unlink(self._temporary)  # noqa: PTH108
            self._temporary = ""

    def _unwritable(self, error: OSError, hint: str) -> FileError:
        return FileError(f"Cannot write {self.path}: {error.strerror or error}.", hint=hint)


def write_atomically(path: Path, data: Data) -> None:
    """Replace `path` by `data`, or leave what stood there: never half a file. Raises `FileError`."""
    Unnamed(path, data).take_name()


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole under a name that is free, 0600, by a hard link where the folder knows them.

    Raises `FileExistsError` where the name is taken, and any other `OSError`; where a folder knows no links,
    what failed half-way may be seen under the name for a moment.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PARTIAL)
    try:
        _write_through(handle, data)
        try:
            os.link(temporary, path)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _write_through(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), data)
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
    _sync_folder(path.parent)


PARTIAL = ".part"
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})


def _write_through(handle: int, data: Data) -> None:
    with os.fdopen(handle, "wb") as out:
        if isinstance(data, bytes):
            out.write(data)
        else:
            data(out)
        out.flush()
        os.fsync(out.fileno())


def make_private_folder(path: Path) -> None:
    """Make a folder that nobody else may open, unless it is there; its name is then safe on the disk.

    Raises `OSError`.
    """
    if not path.is_dir():
        path.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(path.parent)


def put_in_place(temporary: str, path: Path) -> None:
    """Give a finished file its name, so that a power cut leaves the old file or the whole new one.

    Raises `OSError`.
    """
    with open(temporary, "r+b") as file:  # noqa: PTH123
        os.fsync(file.fileno())
    _rename(temporary, path)


def _rename(temporary: str, path: Path) -> None:
    os.replace(temporary, path)  # noqa: PTH105  the temporary name is a plain string
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some systems have no folders to sync
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_bytes(path: Path) -> bytes:
    """Return the whole file. Raises `FileError` with the reason in words."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error, hint="Check the name; ls shows what is there.") from error


def unreadable(source: Path | str, error: OSError, *, hint: str) -> FileError:
    """Return the refusal of something that cannot be read."""
    reason = "it is closed" if error.errno == errno.EBADF else error.strerror or error
    return FileError(f"Cannot read {source}: {reason}.", hint=hint)


def packaged_templates() -> Path | None:
    """Return the folder of the templates and designs that came with relcard, or None when there is none."""
    here = Path(__file__).resolve().parent
    for folder in (here / "templates", here.parent / "templates"):  # installed; run from a checkout
        if (folder / "README.md").is_file():
            return folder
    return None
