"""What an import may have put into an empty store itself: the store is asked for little else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.store import contacts
from relcard.store import vcards

if TYPE_CHECKING:
    import sqlite3

_PLACES = 2**20  # a byte each, a power of two: of 100,000 texts the last is asked for in vain one time in ten


class Seen:
    """The texts and UIDs that the store may have; of one that was empty at first, what has come in since.

    It takes the same little memory however many they are: of each it keeps a mark at a place that its hash
    says. Where another has its place, the store is asked in vain, which costs a question and changes nothing.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._texts = None if _has_rows(db, "vcard") else bytearray(_PLACES)
        self._uids = None if _has_rows(db, "contact") else bytearray(_PLACES)

    def texts(self, digests: list[bytes]) -> dict[bytes, tuple[int | None, int]]:
        """Return what `vcards.known` does, and remember these digests: their texts come in now."""
        marks = self._texts
        if marks is None:
            return vcards.known(self._db, digests)
        last = _PLACES - 1
        likely = []
        for digest in digests:
            place = hash(digest) & last
            if marks[place]:
                likely.append(digest)
            else:
                marks[place] = 1
        return vcards.known(self._db, likely) if likely else {}

    def uids(self, uids: list[str]) -> dict[str, int]:
        """Return what `contacts.ids_of_uids` does."""
        marks, last = self._uids, _PLACES - 1
        likely = uids if marks is None else [uid for uid in uids if marks[hash(uid) & last]]
        return contacts.ids_of_uids(self._db, likely) if likely else {}

    def add_uid(self, uid: str) -> None:
        """Remember the UID of a contact that comes in."""
        if self._uids is not None:
            self._uids[hash(uid) & (_PLACES - 1)] = 1


def _has_rows(db: sqlite3.Connection, table: str) -> bool:
    return db.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is not None
