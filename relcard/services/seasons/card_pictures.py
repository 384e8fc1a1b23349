"""Pictures of cards and envelopes that came: read from files, and kept for a household."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.files import read_bytes
from relcard.paper.card_pictures import LARGEST
from relcard.paper.card_pictures import kept_picture
from relcard.store import households
from relcard.store import pictures
from relcard.store.file import picture_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection
    from relcard.store.pictures import Card
    from relcard.store.pictures import PictureRow


def read_pictures(paths: Iterable[Path]) -> list[bytes]:
    """Return the pictures of some files as they are kept: upright, small, and silent about themselves.

    Raises `NotFoundError`, `FileError` for what is no picture, `UsageError` for one that is too large.
    """
    return [kept_picture(_read(path), path.name) for path in paths]


def _read(path: Path) -> bytes:
    if not os.path.isfile(path):  # noqa: PTH113  a name that is too long is no file either
        raise NotFoundError(f"There is no picture {path}.", hint="Check the name; ls shows what is there.")
    size = path.stat().st_size
    if size > LARGEST:
        raise UsageError(
            f"{path.name} has {size / 1e6:.0f} MB; {LARGEST / 1e6:.0f} MB is the most.",
            hint="Save it smaller, as JPEG; 12 million pixels are plenty for a card.",
        )
    return read_bytes(path)


def keep_pictures(
    db: Connection, store: str, household_id: int, card: Card, several: Iterable[bytes], *, today: date
) -> int:
    """Keep pictures of a household's card, in their order, inside the caller's step; return how many are new.

    `several` are as `read_pictures` returns them. Each is safe on the disk before a row speaks of it.
    """
    contact_id = households.host(db, household_id, today=today)
    return sum(pictures.keep(db, contact_id, card, picture_folder.put(store, data)) for data in several)


def last_cards(db: Connection, views: Iterable[HouseholdView]) -> dict[int, PictureRow]:
    """Return the front of the newest card of which a picture is kept, by the household it came from."""
    home = {member.contact_id: view.id for view in views for member in view.members}
    newest: dict[int, PictureRow] = {}
    for row in pictures.of_contacts(db, home):
        if row.kind == pictures.CARD:
            newest.setdefault(home[row.contact_id], row)
    return newest


def pictures_of(db: Connection, household_id: int) -> list[PictureRow]:
    """Return the pictures of a household, the newest card first and of each the front first."""
    row = households.get(db, household_id)
    return pictures.of_contacts(db, row.members if row else ())
