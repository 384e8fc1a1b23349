"""Pictures of cards and envelopes that came: which there are. Their files lie beside the store."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.store import CARD_YEAR

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

CARD, ENVELOPE = "card", "envelope"
_YEAR = f"coalesce(season.year, {CARD_YEAR.replace('happened_on', 'came_on')})"


class PictureRow(NamedTuple):
    """A picture: of which year's card, in which season it came ("" outside), its day or the year alone.

    `place` is 1 of the front of a card; `sha256` is that of its file.
    """

    id: int
    contact_id: int
    kind: str
    year: int
    season: str
    came_on: str
    place: int
    sha256: bytes
    uuid: bytes


class Card(NamedTuple):
    """What pictures are of: a card or an envelope, its day or the year alone, its season where it has one."""

    kind: str
    came_on: str
    season_id: int | None = None


def keep(db: sqlite3.Connection, contact_id: int, card: Card, sha256: bytes) -> bool:
    """Keep a picture behind the others of its card, once; return whether it is new."""
    inserted = db.execute(
        """INSERT INTO picture (contact_id, season_id, kind, came_on, place, sha256)
           SELECT :contact_id, :season_id, :kind, :came_on, 1 + coalesce(max(place), 0), :sha256 FROM picture
           WHERE contact_id = :contact_id AND kind = :kind AND season_id IS :season_id
             AND (season_id IS NOT NULL OR came_on = :came_on)
           ON CONFLICT DO NOTHING""",
        {**card._asdict(), "contact_id": contact_id, "sha256": sha256},
    )
    return inserted.rowcount > 0


def of_contacts(db: sqlite3.Connection, contact_ids: Iterable[int]) -> list[PictureRow]:
    """Return the pictures of some contacts, the newest card first and of each the front first."""
    rows = db.execute(
        f"""SELECT picture.id, contact_id, kind, {_YEAR} AS card_year, coalesce(season.name, ''), came_on,
                   place, sha256, picture.uuid
            FROM picture LEFT JOIN season ON season.id = season_id
            WHERE contact_id IN (SELECT value FROM json_each(?))
            ORDER BY card_year DESC, came_on DESC, kind, place, picture.id""",
        (json.dumps(list(contact_ids)),),
    )
    return [PictureRow(*row) for row in rows]


def of_uuid(db: sqlite3.Connection, uuid: bytes) -> bytes | None:
    """Return the SHA-256 of the picture of that UUID."""
    row = db.execute("SELECT sha256 FROM picture WHERE uuid = ?", (uuid,)).fetchone()
    return row[0] if row else None


def remove(db: sqlite3.Connection, picture_id: int) -> None:
    """Forget a picture; its file stays for undo and for backups."""
    db.execute("DELETE FROM picture WHERE id = ?", (picture_id,))


def remove_of_season(db: sqlite3.Connection, contact_ids: Iterable[int], season_id: int, kind: str) -> None:
    """Forget the pictures of some contacts' card, or of their envelope, of a season."""
    db.execute(
        """DELETE FROM picture WHERE season_id = ? AND kind = ?
           AND contact_id IN (SELECT value FROM json_each(?))""",
        (season_id, kind, json.dumps(list(contact_ids))),
    )


def leave(db: sqlite3.Connection, gone: int, stays: int) -> None:
    """Leave pictures with another contact of the household when the one they hang on leaves."""
    db.execute("UPDATE OR IGNORE picture SET contact_id = ? WHERE contact_id = ?", (stays, gone))


def every_sha256(db: sqlite3.Connection) -> dict[bytes, tuple[int, str]]:
    """Return the SHA-256 of all pictures, each with the number of one and the contact's name."""
    rows = db.execute(
        """SELECT sha256, picture.id, name FROM picture JOIN contact ON contact.id = contact_id
           ORDER BY picture.id DESC"""
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def spoken_of(db: sqlite3.Connection) -> set[bytes]:
    """Return the SHA-256 of the pictures that a store has, and of those that a step of undo would bring back.

    A store of an older format has none.
    """
    if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'picture'").fetchone():
        return set()
    rows = db.execute("SELECT inverse FROM journal_entry WHERE name = 'picture' AND inverse IS NOT NULL")
    gone = {bytes.fromhex(digits) for (inverse,) in rows for digits in _SHA256.findall(inverse)}
    return gone | {row[0] for row in db.execute("SELECT sha256 FROM picture")}


_SHA256 = re.compile(r"X'([0-9A-F]{64})'")  # as SQLite quotes the bytes
