"""What SQLite's faults mean: the world around the store, or damage in it, in words and with the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.errors import StoreError

if TYPE_CHECKING:
    import sqlite3

BUSY_SECONDS = 10
DOCTOR = "relcard doctor says what is damaged; relcard backup --list shows what can be restored."
_IN_USE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_FULL = ("SQLITE_FULL",)
# Of the same family, but said of a file that ends too early or holds what cannot be.
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_DATA")
_AROUND = (
    *_IN_USE,
    *_FULL,
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_PERM",
    "SQLITE_NOMEM",
)


def name_of(error: BaseException) -> str:
    """Return SQLite's name of a fault, such as SQLITE_BUSY; "" where it has none."""
    name: str = getattr(error, "sqlite_errorname", "")
    return name


def is_damage(error: BaseException) -> bool:
    """Whether a fault says that a file is no store, or not whole."""
    return name_of(error).startswith(_DAMAGE)


def is_around(error: BaseException) -> bool:
    """Whether a fault speaks of what is around the store (in use, disk, permissions), not of damage in it."""
    name = name_of(error)
    return name.startswith(_AROUND) and not name.startswith(_DAMAGE)


def of_disk(error: sqlite3.Error) -> str:
    """Return how the disk failed, as a sentence begins; "" where the fault is none of the disk's."""
    name = name_of(error)
    if name.startswith(_FULL):
        return "The disk is full"
    if name.startswith("SQLITE_IOERR_WRITE"):
        return "The disk is full or failed"
    return "The disk failed" if name.startswith("SQLITE_IOERR") and not name.startswith(_DAMAGE) else ""


def refusal(error: sqlite3.Error, path: str) -> StoreError:
    """Return the refusal that says what a fault means for the store at `path`, with the next step."""
    return StoreError(in_words(error, path), hint=next_step(error))


def in_words(error: sqlite3.Error, path: str) -> str:
    """Return what a fault means for the store at `path`."""
    name = name_of(error)
    if name.startswith("SQLITE_NOTADB"):
        return f"{path} is not a relcard store."
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ")):
        return f"{path} is damaged: {error}."
    if name.startswith(_IN_USE):
        return f"{path} is in use by another relcard for more than {BUSY_SECONDS} seconds."
    if name.startswith("SQLITE_READONLY"):
        return f"{path} cannot be changed: the file or its folder is read-only."
    if name.startswith(_FULL):
        return f"The disk is full; {path} stands as it was before this command."
    if name.startswith("SQLITE_IOERR_WRITE"):  # a quota, a limit or the disk: SQLite does not say which
        return f"The disk is full or failed; {path} stands as it was before this command."
    if name.startswith("SQLITE_IOERR"):
        return f"The disk failed while {path} was read or written ({error})."
    if name.startswith("SQLITE_CANTOPEN"):
        return f"Cannot open {path}, or its folder is read-only."
    return f"The store {path} cannot be used: {error}."


def next_step(error: sqlite3.Error) -> str:
    """Return what to do about a fault."""
    name = name_of(error)
    # No name: Python found a text that is not UTF-8.
    if not name or name.startswith(("SQLITE_CORRUPT", "SQLITE_IOERR_SHORT_READ")):
        return DOCTOR
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return "Copy it to a folder you may write to and name that copy: relcard --store FILE ..."
    if name.startswith((*_FULL, "SQLITE_IOERR_WRITE")):
        return "Make room on the disk and repeat the command."
    if name.startswith("SQLITE_IOERR"):
        return "Look at the disk and its cable first; relcard doctor then looks at the store."
    if name.startswith(_IN_USE):
        return "Wait for the other command to end and repeat this one."
    return "Name the right file with --store."
