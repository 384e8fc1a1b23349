"""Photos beside the vCards they came in: once each, and put back where they were, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Sequence

    Place = tuple[int, int]  # start and end in the text as it came
    Cutting = tuple[int, bytes]  # offset in the text that is kept, and what stood there

INSERT_PHOTO = "INSERT INTO photo (id, sha256, data) VALUES (?, ?, ?)"
INSERT_CUTTING = "INSERT INTO cutting (vcard_id, at, photo_id) VALUES (?, ?, ?)"


def cut_out(raw: bytes, places: Sequence[Place]) -> tuple[bytes, list[Cutting]]:
    """Take some places, in their order, out of a text; return what is left and what was taken."""
    if not places:
        return raw, []
    pieces = []
    cuttings = []
    done = kept = 0
    for start, end in places:
        pieces.append(raw[done:start])
        kept += start - done
        cuttings.append((kept, raw[start:end]))
        done = end
    return b"".join((*pieces, raw[done:])), cuttings


def put_back(kept: bytes, cuttings: Iterable[Cutting]) -> bytes:
    """Return the text as it was before `cut_out`."""
    pieces: list[bytes] = []
    done = 0
    for at, data in cuttings:
        pieces += (kept[done:at], data)
        done = at
    return b"".join((*pieces, kept[done:]))


class Shelf:
    """Gives every photo its row: the one it has, or the next; `rows` are the new ones, to be put in."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        (newest,) = db.execute("SELECT max(id) FROM photo").fetchone()
        self._next = (newest or 0) + 1
        self._ids: dict[bytes, int] = {}
        self.rows: list[tuple[int, bytes, bytes]] = []

    def id_of(self, data: bytes) -> int:
        """Return the id of a photo."""
        import hashlib  # noqa: PLC0415  3 ms, for OpenSSL: a list of contacts has no photos

        digest = hashlib.sha256(data).digest()
        known = self._ids.get(digest)
        if known is None:
            row = self._db.execute("SELECT id FROM photo WHERE sha256 = ?", (digest,)).fetchone()
            if row is not None:
                known = int(row[0])
            else:
                known = self._next
                self._next += 1
                self.rows.append((known, digest, data))
            self._ids[digest] = known
        return known


def replace(db: sqlite3.Connection, card_id: int, cuttings: Sequence[Cutting]) -> None:
    """Keep the photos of a card's newer text instead of those of its older one.

    The older ones stay in their table: `undo` may want them back.
    """
    db.execute("DELETE FROM cutting WHERE vcard_id = ?", (card_id,))
    shelf = Shelf(db)
    rows = [(card_id, at, shelf.id_of(data)) for at, data in cuttings]
    db.executemany(INSERT_PHOTO, shelf.rows)
    db.executemany(INSERT_CUTTING, rows)


def of_digest(db: sqlite3.Connection, digest: bytes) -> bytes:
    """Return the photo of a SHA-256, b"" where there is none."""
    row = db.execute("SELECT data FROM photo WHERE sha256 = ?", (digest,)).fetchone()
    return bytes(row[0]) if row else b""


def of_card(db: sqlite3.Connection, card_id: int) -> list[Cutting]:
    """Return the cuttings of a card's text, in their order."""
    rows = db.execute(
        """SELECT at, data FROM cutting JOIN photo ON photo.id = photo_id
           WHERE vcard_id = ? ORDER BY at, cutting.id""",
        (card_id,),
    )
    return [(row[0], row[1]) for row in rows]
