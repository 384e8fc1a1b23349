"""Address books on servers that are read, and what of their cards was read last."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping


class Remote(NamedTuple):
    """An address book on a server. `password_command` says the password; "" where the user is asked."""

    id: int
    url: str
    name: str
    user: str
    password_command: str


class RemoteCard(NamedTuple):
    """A card of an address book as it was last read: its ETag there, and the UID and name it says."""

    etag: str
    uid: str
    name: str


def every(db: sqlite3.Connection) -> list[Remote]:
    """Return the address books, in the order they came."""
    rows = db.execute("SELECT id, url, name, user, password_command FROM remote ORDER BY id")
    return [Remote(*row) for row in rows]


def save(db: sqlite3.Connection, remote: Remote) -> None:
    """Keep an address book; of one whose URL is known, the login alone is new. Its id plays no part."""
    db.execute(
        """INSERT INTO remote (url, name, user, password_command) VALUES (?, ?, ?, ?)
           ON CONFLICT (url) DO UPDATE SET
           user = excluded.user, password_command = excluded.password_command""",
        remote[1:],
    )


def drop(db: sqlite3.Connection, remote_id: int) -> None:
    """Forget an address book; the contacts stay."""
    db.execute("DELETE FROM remote WHERE id = ?", (remote_id,))


def counts(db: sqlite3.Connection) -> dict[int, int]:
    """Return how many cards of each address book were read, by its id; none where none was."""
    return dict(db.execute("SELECT remote_id, count(*) FROM remote_card GROUP BY remote_id"))


def cards(db: sqlite3.Connection, remote_id: int) -> dict[str, RemoteCard]:
    """Return the cards of an address book as they were last read, by path."""
    rows = db.execute(
        "SELECT path, etag, uid, name FROM remote_card WHERE remote_id = ? ORDER BY id", (remote_id,)
    )
    return {path: RemoteCard(*rest) for path, *rest in rows}


def keep_cards(db: sqlite3.Connection, remote_id: int, read: Mapping[str, RemoteCard]) -> None:
    """Remember cards that were read, by path."""
    db.executemany(
        """INSERT INTO remote_card (remote_id, path, etag, uid, name) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (remote_id, path) DO UPDATE SET
           etag = excluded.etag, uid = excluded.uid, name = excluded.name""",
        [(remote_id, path, *card) for path, card in read.items()],
    )


def forget_cards(db: sqlite3.Connection, remote_id: int, paths: Iterable[str]) -> None:
    """Forget cards that are there no more."""
    db.executemany(
        "DELETE FROM remote_card WHERE remote_id = ? AND path = ?", [(remote_id, path) for path in paths]
    )


def uids(db: sqlite3.Connection) -> set[str]:
    """Return the UIDs of all cards that were read, in whichever address book they are."""
    return {uid for (uid,) in db.execute("SELECT uid FROM remote_card WHERE uid <> ''")}
