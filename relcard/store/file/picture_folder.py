"""The folder of pictures beside a store: each file called after its SHA-256, written once, and never changed.

`relcard.db` has them in `relcard.db.pictures/ab/ab12....jpg`. A file is safe on the disk before a row speaks
of it; no step, undo or backup ever takes one away, since another may need it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.errors import FileError
from relcard.files import make_private_folder
from relcard.files import put_in_place

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator

_NAME = re.compile(r"[0-9a-f]{64}\.jpg")
PARTIAL = ".partial"  # what is not yet a picture ends in this


def folder_of(store: str | Path) -> Path:
    """Return the folder of a store's pictures, be it there or not."""
    real = Path(store).resolve()
    return real.with_name(f"{real.name}.pictures")


def path_of(store: str | Path, sha256: bytes) -> Path:
    """Return where a picture lies, or would."""
    name = sha256.hex()
    return folder_of(store) / name[:2] / f"{name}.jpg"


def put(store: str | Path, data: bytes) -> bytes:
    """Write a picture unless it is there, whole and synced; return its SHA-256. Raises `FileError`."""
    sha256 = hashlib.sha256(data).digest()
    path = path_of(store, sha256)
    if not is_sound(path):
        try:
            _write(path, data)
        except OSError as error:
            raise FileError(
                f"Cannot write {path}: {error.strerror or error}.",
                hint="Make room, or look who may write there; nothing was changed.",
            ) from error
    return sha256


def _write(path: Path, data: bytes) -> None:
    for folder in (path.parent.parent, path.parent):
        make_private_folder(folder)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=PARTIAL)  # made 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        put_in_place(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def read(store: str | Path, sha256: bytes) -> bytes:
    """Return a picture. Raises `FileError` where it is missing or not what it was."""
    path = path_of(store, sha256)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(
            f"The picture {path} cannot be read: {error.strerror}.",
            hint="relcard doctor names it.",
        ) from error
    if hashlib.sha256(data).digest() != sha256:
        raise FileError(f"The picture {path} is damaged.", hint="relcard doctor says what to do.")
    return data


def is_sound(path: Path) -> bool:
    """Whether a picture is there and what its name says."""
    with contextlib.suppress(OSError):
        return hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
    return False


def every(store: str | Path) -> Iterator[Path]:
    """Yield the files of a store's pictures, in the order of their names."""
    return (path for path in sorted(folder_of(store).glob("??/*.jpg")) if _NAME.fullmatch(path.name))


def leftovers(store: str | Path) -> list[Path]:
    """Return what is left of pictures whose writing was interrupted."""
    return sorted(folder_of(store).glob(f"??/*{PARTIAL}"))


def carry(source: str | Path, target: str | Path, *, but: Collection[bytes] = ()) -> set[bytes]:
    """Copy the pictures of one store to those of another that has them not yet; return which are there now.

    Of `but` nothing is looked at. One that is damaged is left out. Raises `FileError`.
    """
    there = set(but)
    for path in every(source):
        sha256 = bytes.fromhex(path.stem)
        if sha256 in there:
            continue
        with contextlib.suppress(OSError):
            data = path.read_bytes()
            if hashlib.sha256(data).digest() == sha256:
                put(target, data)
                there.add(sha256)
    return there
