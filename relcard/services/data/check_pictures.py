"""The pictures beside the store: whether all are there and sound, and those that nothing needs any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.text import quoted
from relcard.store import pictures
from relcard.store.file import backups
from relcard.store.file import picture_folder
from relcard.store.file.checks import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from relcard.store.file.database import Connection

_SHOWN = 5  # of what is wrong, by name


def check_pictures(db: Connection, store: str) -> Iterator[Finding]:
    """Yield what is wrong with the pictures of a store, and what lies beside it for nobody."""
    bad = [
        (path, number, name)
        for sha256, (number, name) in pictures.every_sha256(db).items()
        if not picture_folder.is_sound(path := picture_folder.path_of(store, sha256))
    ]
    for path, number, name in bad[:_SHOWN]:
        what = "is damaged" if path.exists() else "is missing"
        yield Finding(
            message=f"The picture {number} of {name} {what}: {path}",
            next_step=f"Copy it back from your copies, or: relcard picture {quoted(name)} --remove {number}",
            who=name,
        )
    if len(bad) > _SHOWN:
        yield Finding(message=f"{len(bad) - _SHOWN} further pictures are missing or damaged.")
    unneeded = _unneeded(db, store)
    if unneeded:
        many = "1 picture is" if len(unneeded) == 1 else f"{len(unneeded)} pictures are"
        yield Finding(
            message=f"{many} needed by nothing here any more, not by undo and not by a backup.",
            next_step="relcard picture --tidy",
            is_damage=False,
        )
    for path in picture_folder.leftovers(store):
        yield Finding(
            message=f"{path} is left of a picture that was not written to its end.",
            next_step=f"rm {path}",
            is_damage=False,
        )


def tidy_pictures(db: Connection, store: str) -> int:
    """Take away the pictures that neither the store, nor a step of undo, nor a backup beside it speaks of.

    Inside the caller's step, so that nobody adds one meanwhile. Returns how many.
    """
    unneeded = _unneeded(db, store)
    for path in unneeded:
        path.unlink(missing_ok=True)
    return len(unneeded)


def _unneeded(db: Connection, store: str) -> list[Path]:
    there = list(picture_folder.every(store))
    if not there:
        return []
    needed = pictures.spoken_of(db) | backups.pictures_of_copies(store)
    return [path for path in there if bytes.fromhex(path.stem) not in needed]
