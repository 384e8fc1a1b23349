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

from relcard import installation
from relcard.errors import FileError
from relcard.errors import UsageError
from relcard.files import unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from contextlib import ExitStack

LARGEST = 64 * 1024 * 1024  # bytes: forty years of contacts and their photos are less
# What files of a folder are called that may hold contacts; a text only where it is a list.
_WORKBOOKS = frozenset({".xlsx", ".ods", ".xls"})
_SUFFIXES = _WORKBOOKS | {".vcf", ".vcard", ".csv", ".tsv", ".txt"}
_STDIN = "standard input"


def files_of(files: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the files themselves, and which files of folders are passed over: of no kind that is read.

    Raises `UsageError` for a folder with nothing to read, `FileError` for one that is another program's own.
    """
    paths: list[str] = []
    passed: list[str] = []
    suffixes = _SUFFIXES if installation.has_extra("sheets") else _SUFFIXES - _WORKBOOKS
    for file in files:
        if file == "-" or not os.path.isdir(file):  # noqa: PTH112
            paths.append(file)
            continue
        if file.lower().rstrip(os.sep).endswith(_APPLE):
            raise FileError(
                f"{file} is a backup of Apple's Contacts; nothing was imported.", hint=WAYS_OUT[_APPLE]
            )
        # A link that leads nowhere, or a pipe, is no reason to leave the others out.
        inside = sorted(path for path in Path(file).rglob("*") if _is_file_of(path, Path(file)))
        taken = [path for path in inside if _is_book(path, suffixes)]
        passed += [str(path) for path in inside if path not in set(taken)]
        if not taken:
            raise UsageError(f"There is no file of contacts in {file}.", hint=_way_out(inside))
        paths += map(str, taken)
    return paths, passed


def _is_file_of(path: Path, folder: Path) -> bool:
    """Whether a file is one of a folder's own: none of a backup in it, and not hidden."""
    parts = path.relative_to(folder).parts
    return not any(part.startswith(".") or part.lower().endswith(_APPLE) for part in parts[:-1]) and (
        (path.is_file() and not path.name.startswith(".")) or path.name.lower().endswith(_APPLE)
    )


def _is_book(path: Path, suffixes: AbstractSet[str]) -> bool:
    suffix = path.suffix.lower()
    if suffix != ".txt" or not path.is_file():
        return suffix in suffixes and path.is_file()
    # 41 ms, and there are few texts.
    from relcard.vcard.spreadsheet.csv_file import HEAD  # noqa: PLC0415
    from relcard.vcard.spreadsheet.csv_file import is_spreadsheet  # noqa: PLC0415

    try:
        with path.open("rb") as text:
            head = text.read(HEAD)
    except OSError as error:
        raise unreadable(str(path), error, hint="Nothing was imported.") from error
    return b"BEGIN:VCARD" in head.upper() or is_spreadsheet(head)


_APPLE = ".abbu"
# Books of other programs, by what their files are called, and the way out of each.
WAYS_OUT = {
    _APPLE: "Open Apple's Contacts, mark all, File > Export > Export vCard, and import that file.",
    ".contact": "Open the folder Contacts in Windows' Explorer, choose Export > vCards, and import those.",
    ".ldif": "Thunderbird reads an LDIF address book and saves it as vCard.",
    ".abook": "abook --convert --outformat vcard saves an address book of abook as vCard.",
    ".json": "Export vCards (.vcf) from the program it comes from.",
    ".numbers": "Numbers saves it as CSV: File > Export To > CSV.",
    ".zip": "Unpack it, and import what was in it.",
}


def _way_of(suffix: str) -> str:
    """Return the way out of a kind of file, "" for one that has none."""
    if suffix in _WORKBOOKS:
        return f"Save it as CSV, or bring what reads it: {installation.bring_extra('sheets')}"
    return WAYS_OUT.get(suffix, "")


def _way_out(paths: Sequence[Path]) -> str:
    ways = (_way_of(path.suffix.lower()) for path in paths)
    return next(
        (f"{path.name}: {way}" for path, way in zip(paths, ways, strict=True) if way), "Name the file itself."
    )


def passed_over(paths: Sequence[str]) -> list[str]:
    """Say which files of folders were passed over, and the way out of those that are another program's."""
    if not paths:
        return []
    named = ", ".join(name(path) for path in paths[:_MOST_NAMED])
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    kinds = dict.fromkeys(Path(path).suffix.lower() for path in paths)
    return [f"not read: {named}{more}", *(f"{kind}: {way}" for kind in kinds if (way := _way_of(kind)))]


_MOST_NAMED = 5


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
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        # 50 ms, and most files are vCards.
        from relcard.vcard.spreadsheet import workbook  # noqa: PLC0415

        if workbook.is_workbook(file):
            workbook.refuse_without_reader(path)
            return
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
