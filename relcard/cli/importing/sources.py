"""The files an import reads: found, opened before the first vCard goes in, and none without an end."""

from __future__ import annotations

import os
import shlex
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import cast

from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack

LARGEST = 64 * 1024 * 1024  # bytes: forty years of contacts and their photos are less
_SUFFIXES = (".vcf", ".vcard")  # of the files taken from a folder; a spreadsheet is named itself
_STDIN = "standard input"


def files_of(files: Sequence[str]) -> list[str]:
    """Return the files themselves: of a folder those that are named as vCards are."""
    paths: list[str] = []
    for file in files:
        if file == "-" or not os.path.isdir(file):  # noqa: PTH112
            paths.append(file)
            continue
        # A link that leads nowhere, or a pipe, is no reason to leave the others out.
        cards = sorted(
            str(path) for path in Path(file).rglob("*") if path.suffix.lower() in _SUFFIXES and path.is_file()
        )
        if not cards:
            raise UsageError(f"There is no .vcf file in {file}.", hint="Name the file itself.")
        paths.extend(cards)
    return paths


def streams(files: Sequence[str], opened: ExitStack, *, force: bool) -> list[tuple[str, BinaryIO]]:
    """Open every file before the first card goes in: a missing one stops the command, not half of it.

    One of more than 64 MiB is refused unless the user will `force` it: before it is read, or where what it
    holds cannot be known, when so much of it came. Raises `FileError`.
    """
    return [(_STDIN if file == "-" else name(file), _stream(file, opened, force=force)) for file in files]


def name(path: str) -> str:
    """Return a file's name as it can be kept: a name that is no UTF-8 opens, but is no text."""
    return os.path.basename(path).encode(errors="replace").decode()  # noqa: PTH119


def size(files: Sequence[str]) -> int:
    """Return how many bytes some files hold; what comes from standard input is not known."""
    return sum(os.path.getsize(file) for file in files if file != "-")  # noqa: PTH202


def _stream(path: str, opened: ExitStack, *, force: bool) -> BinaryIO:
    if path == "-":
        return cast("BinaryIO", _Bounded(_STDIN, sys.stdin.buffer, limit=None if force else LARGEST))
    try:
        file = opened.enter_context(open(path, "rb"))  # noqa: PTH123
    except OSError as error:
        raise unreadable(path, error, hint="Check the name; nothing was imported.") from error
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return cast("BinaryIO", _Bounded(path, file, limit=None if force else LARGEST))
    _refuse_other(path, file)
    if os.fstat(file.fileno()).st_size > LARGEST and not force:
        raise _too_large(path)
    return file


def _refuse_other(path: str, file: BinaryIO) -> None:
    """Refuse a file that holds vCards among much else: read as text, it would spoil the contacts in it."""
    try:
        head = file.read(16)
        file.seek(0)
    except OSError as error:
        raise unreadable(path, error, hint="Nothing was imported.") from error
    if head.startswith((b"SQLite format 3\0", b"PK\x03\x04")):
        kind, more = "database", ""
        if head.startswith(b"PK"):
            kind, more = "packed file", "Unpack it, or save a spreadsheet as CSV. "
        raise FileError(
            f"{path} is a {kind} and no file of vCards; nothing was imported.",
            hint=f"{more}A backup or an archive of relcard's own: relcard restore {shlex.quote(path)}",
        )


class _Bounded:
    """A pipe or device, which may have no end, or be closed; `limit` is in bytes, None for none."""

    def __init__(self, source: str, stream: BinaryIO, *, limit: int | None) -> None:
        self._source = source
        self._stream = stream
        self._left = limit

    def read(self, size: int) -> bytes:
        """Return at most that many bytes. Raises `FileError` when there were too many, or none can be had."""
        try:
            piece = self._stream.read(size)
        except OSError as error:
            raise unreadable(
                self._source, error, hint="Name the file itself; nothing was imported."
            ) from error
        if self._left is not None:
            self._left -= len(piece)
            if self._left < 0:
                raise _too_large(self._source)
        return piece


def _too_large(source: str) -> FileError:
    return FileError(
        f"{source} is larger than {LARGEST >> 20} MiB; nothing was imported.",
        hint="If it is an address book all the same: relcard import --force",
    )
