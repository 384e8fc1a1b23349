"""Pictures of cards in words, on pages and for scripts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.store.pictures import PictureRow


def picture_words(row: PictureRow, today: date) -> str:
    """Return what a picture is of: a card of christmas-2026, 12 Dec."""
    is_day = len(row.came_on) > len("2019")
    on = f", {output.plain_day(date.fromisoformat(row.came_on), today)}" if is_day else ""
    part = "" if row.place == 1 else f", picture {row.place}"
    return f"{row.kind} of {row.season or row.year}{on}{part}"


def picture_json(row: PictureRow, store: str) -> output.Json:
    """Return a picture for scripts."""
    from relcard.store.file import picture_folder  # noqa: PLC0415  4 ms, where there are pictures

    return {
        "number": row.id,
        "kind": row.kind,
        "year": row.year,
        "season": row.season or None,
        "on": row.came_on,
        "place": row.place,
        "sha256": row.sha256.hex(),
        "path": str(picture_folder.path_of(store, row.sha256)),
    }


def pictures_in_short(rows: Sequence[PictureRow], household_id: int, today: date) -> list[str]:
    """Return how many pictures there are, which is the newest, and where to look; nothing of none."""
    if not rows:
        return []
    newest = picture_words(rows[0], today)
    return [
        newest if len(rows) == 1 else f"{len(rows)}, the newest: {newest}",
        f"relcard picture h{household_id}",
    ]
