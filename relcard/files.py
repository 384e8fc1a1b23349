"""The only writer of files that belong to the user."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from relcard.errors import FileError


def write_atomically(path: Path, data: bytes) -> None:
    """Replace `path` by `data`, or leave what stood there: never half a file.

    The new file is 0600: addresses and birthdays are nobody else's business. Raises `FileError`.
    """
    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made 0600
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        put_in_place(temporary, path)
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError(
            f"Cannot write {path}: {reason}.", hint="Choose another place with -o FILE; nothing was changed."
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108


def put_in_place(temporary: str, path: Path) -> None:
    """Give a finished file its name, so that a power cut leaves the old file or the whole new one.

    Raises `OSError`.
    """
    with open(temporary, "r+b") as file:  # noqa: PTH123
        os.fsync(file.fileno())
    os.replace(temporary, path)  # noqa: PTH105  the temporary name is a plain string
    with contextlib.suppress(OSError):  # some systems have no folders to sync
        handle = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def read_bytes(path: Path) -> bytes:
    """Return the whole file. Raises `FileError` with the reason in words."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(
            f"Cannot read {path}: {error.strerror or error}.", hint="Check the name; ls shows what is there."
        ) from error


def packaged_templates() -> Path | None:
    """Return the folder of the templates and designs that came with relcard, or None when there is none."""
    here = Path(__file__).resolve().parent
    for folder in (here / "templates", here.parent / "templates"):  # installed; run from a checkout
        if (folder / "README.md").is_file():
            return folder
    return None
