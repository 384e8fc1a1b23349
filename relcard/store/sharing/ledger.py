"""The list as whoever carries its bundles sees it: what still has to go out, and what came in so far."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from types import MappingProxyType
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.travelling import OWN_KINDS
from relcard.domain.sharing.travelling import TABLES
from relcard.errors import StoreError
from relcard.store.file import faults
from relcard.store.file import identity
from relcard.store.sharing import capture
from relcard.store.sharing import encoding
from relcard.store.sharing.state import OWN
from relcard.store.sharing.state import State
from relcard.store.sharing.state import encoded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from collections.abc import Mapping
    from datetime import date


class Sharing(NamedTuple):
    """The list this store shares; list and device are 32 hex digits, "" where they are still to be made."""

    name: str  # of this laptop
    key: str = ""
    is_plain: bool = False
    place: str = ""
    own: tuple[str, ...] = ()  # kinds of the own book that travel
    list_id: str = ""
    device_id: str = ""


def standing(db: sqlite3.Connection) -> Sharing | None:
    """Return the list this store shares, None where it shares none."""
    row = db.execute("SELECT list_id, name, key, is_plain, place, own FROM share_list").fetchone()
    if row is None:
        return None
    list_id, name, key, is_plain, place, own = row
    device = State(db).device_of(OWN)
    return Sharing(name, key, bool(is_plain), place, tuple(json.loads(own)), list_id.hex(), device)


def begin(db: sqlite3.Connection, asked: Sharing, *, today: date) -> Sharing:
    """Share the store: a new list, or one that was begun elsewhere; what stands here goes out first.

    Raises `StoreError` where a row has no UUID that could be one, or two have the same.
    """
    _check_identities(db)
    kinds = json.dumps(sorted(set(asked.own) & set(OWN_KINDS)))
    list_id = bytes.fromhex(asked.list_id) or os.urandom(16)
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(
            """INSERT INTO share_list (id, list_id, name, key, is_plain, place, own)
               VALUES (1, ?, ?, ?, ?, ?, ?)""",
            (list_id, asked.name, asked.key, asked.is_plain, asked.place, kinds),
        )
        db.execute("INSERT INTO share_device (id, device) VALUES (?, ?)", (OWN, os.urandom(16)))
        capture.capture_rows(db, {}, everything(db, TABLES), "share start", today=today)
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    sharing = standing(db)
    assert sharing is not None  # noqa: S101  it was just written
    return sharing


def end(db: sqlite3.Connection) -> None:
    """Share the store no more; every row stays as it stands."""
    db.execute("BEGIN IMMEDIATE")
    for table in (
        *("share_field", "share_gone", "share_touch", "share_row", "share_taken", "share_answer"),
        *("share_waiting", "share_bundle", "share_step", "share_device", "share_list"),
    ):
        db.execute(f"DELETE FROM {table}")
    db.execute("COMMIT")


def everything(db: sqlite3.Connection, tables: Iterable[str]) -> capture.Looks:
    """Return all rows of some tables."""
    return {table: {raw["rowid"]: raw for raw in encoding.read(db, table, "1")} for table in tables}


def _check_identities(db: sqlite3.Connection) -> None:
    for table in identity.TRAVELLING:
        holders: set[bytes] = set()
        for row_id, uuid in db.execute(f'SELECT rowid, uuid FROM "{table}"'):
            if not identity.is_uuid(uuid) or uuid in holders:
                what = "the same UUID as another" if uuid in holders else "no UUID that could be one"
                raise StoreError(
                    f"The row {row_id} of {table} has {what}: nothing is shared.",
                    hint=faults.DOCTOR,
                )
            holders.add(uuid)


def unbundled(db: sqlite3.Connection, limit: int = 1000) -> list[bytes]:
    """Return the lines of this laptop's steps that are in no bundle yet, oldest first, at most so many."""
    return steps(db, State(db).device_of(OWN), own_last(db).last)[:limit]


def steps(db: sqlite3.Connection, device: str, after: int) -> list[bytes]:
    """Return the lines of a device's steps behind one, its own or another's, oldest first."""
    rows = db.execute(
        """SELECT line FROM share_step JOIN share_device ON share_device.id = share_step.device
           WHERE share_device.device = ? AND number > ? ORDER BY number""",
        (bytes.fromhex(device), after),
    )
    return [zlib.decompress(line) for (line,) in rows]


def keep_bundle(db: sqlite3.Connection, number: int, sha256: str, data: bytes, last: int) -> None:
    """Keep a bundle of this laptop up to a step, before it is sent; the caller holds the transaction."""
    db.execute(
        "INSERT INTO share_bundle (number, sha256, last, data) VALUES (?, ?, ?, ?)",
        (number, sha256, last, data),
    )


def unsent(db: sqlite3.Connection) -> list[tuple[int, bytes]]:
    """Return the bundles that are not known to lie where both can read them, each a number and its bytes."""
    rows = db.execute("SELECT number, data FROM share_bundle WHERE data IS NOT NULL ORDER BY number")
    return [(number, data) for number, data in rows]


def mark_sent(db: sqlite3.Connection, number: int) -> None:
    """Remember that a bundle was read back from where it lies."""
    db.execute("UPDATE share_bundle SET data = NULL WHERE number = ?", (number,))


class Taken(NamedTuple):
    """What came in: steps taken, by device, steps that wait for others, and what now waits for a person.

    `untaken` says of each device whose steps no laptop could take as they are, why.
    """

    steps: Mapping[str, int]
    waiting: int
    conflicts: int
    untaken: Mapping[str, str] = MappingProxyType({})


class Reached(NamedTuple):
    """How far a device has come: its last bundle with its checksum (hex), and its last step."""

    number: int = 0
    sha256: str = ""
    last: int = 0


def own_last(db: sqlite3.Connection) -> Reached:
    """Return the last bundle made here."""
    row = db.execute("SELECT number, sha256, last FROM share_bundle ORDER BY number DESC LIMIT 1").fetchone()
    return Reached(*row) if row else Reached()


def read_so_far(db: sqlite3.Connection) -> dict[str, Reached]:
    """Return how far each other device was read: its last bundle, and its last step in the tables."""
    rows = db.execute("SELECT device, bundle, sha256, step FROM share_device WHERE id <> ?", (OWN,))
    return {device.hex(): Reached(bundle, sha256, step) for device, bundle, sha256, step in rows}


def vector(db: sqlite3.Connection) -> dict[str, int]:
    """Return the last step of each device, this one's too, that is in the tables here."""
    return State(db).vector()


def tables_hash(db: sqlite3.Connection, *, with_own_book: bool = True) -> str:
    """Return the SHA-256 (hex) of what the list has in the tables, the same on two laptops of one vector.

    Of the own book each may keep other rows: kinds it did not choose, a fact of its own under the same key.
    Without it only the cards of seasons are looked at.
    """
    encoder = encoding.Encoder(db)
    digest = hashlib.sha256()
    for table in TABLES:
        if table == "photo":
            continue
        known = {
            uuid
            for (uuid,) in db.execute("SELECT uuid FROM share_row WHERE name = ? AND kept IS NULL", (table,))
        }
        rows = {raw["uuid"]: raw for raw in encoding.read(db, table, "1") if raw["uuid"] in known}
        if TABLES[table].own and not with_own_book:
            known = {uuid for uuid, raw in rows.items() if raw.get("season_id") is not None}
        for uuid in sorted(known):
            assert isinstance(uuid, bytes)  # noqa: S101  the schema says so
            text = encoded(encoder.values(table, rows[uuid])) if uuid in rows else "missing"
            digest.update(f"{table} {uuid.hex()} {text}\n".encode())
    return digest.hexdigest()
