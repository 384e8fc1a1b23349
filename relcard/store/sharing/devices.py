"""The laptops of a list: what they are called, whose steps are waited for, what a copied store becomes."""

from __future__ import annotations

import json
import os
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import from_line
from relcard.domain.sharing.steps import to_line
from relcard.store.sharing.ledger import Reached
from relcard.store.sharing.state import OWN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping

_WRITES = (
    *("share_step", "share_row", "share_field", "share_gone", "share_touch"),
    *("share_taken", "share_answer"),
)


class Device(NamedTuple):
    """A laptop of the list: 32 hex digits, its name, the day of its last sign of life (ISO 8601, or "")."""

    device: str
    name: str
    seen_on: str
    is_own: bool
    is_retired: bool
    steps: int


@contextmanager
def changing(db: sqlite3.Connection) -> Iterator[None]:
    """Hold changes of what is kept for the list together; of the list's rows nothing is changed."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def every(db: sqlite3.Connection) -> list[Device]:
    """Return the laptops, this one first."""
    rows = db.execute(
        """SELECT share_device.device, coalesce(nullif(share_device.name, ''), share_list.name),
                  coalesce(seen_on, ''),
                  share_device.id = :own, is_retired, step, share_device.name
           FROM share_device CROSS JOIN share_list ORDER BY share_device.id""",
        {"own": OWN},
    )
    return [
        Device(device.hex(), own_name if is_own else name, seen_on, bool(is_own), bool(is_retired), steps)
        for device, own_name, seen_on, is_own, is_retired, steps, name in rows
    ]


def name(db: sqlite3.Connection, device: str, called: str, on: str) -> None:
    """Note what another laptop is called, and the day of its last sign of life."""
    db.execute(
        """INSERT INTO share_device (device, name, seen_on) VALUES (?, ?, ?) ON CONFLICT (device) DO UPDATE
           SET name = excluded.name, is_retired = 0,
               seen_on = max(coalesce(seen_on, ''), excluded.seen_on)""",
        (bytes.fromhex(device), called, on),
    )


def retire(db: sqlite3.Connection, device: str) -> None:
    """Say that nobody waits for a laptop; a sign of life brings it back."""
    db.execute("UPDATE share_device SET is_retired = 1 WHERE device = ?", (bytes.fromhex(device),))


def remember(db: sqlite3.Connection, report: str) -> None:
    """Keep what came of an exchange; the same again is not written."""
    db.execute("UPDATE share_list SET report = ? WHERE report <> ?", (report, report))


def remembered(db: sqlite3.Connection) -> str:
    """Return what came of the last exchange, "" before the first."""
    row = db.execute("SELECT report FROM share_list").fetchone()
    return row[0] if row else ""


def own_sent(db: sqlite3.Connection) -> Reached:
    """Return the last bundle of this laptop that was read back from its place."""
    row = db.execute(
        "SELECT number, sha256, last FROM share_bundle WHERE data IS NULL ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return Reached(*row) if row else Reached()


def last_waiting(db: sqlite3.Connection) -> dict[str, int]:
    """Return of each device the last of its steps that waits."""
    rows = db.execute("SELECT device, max(number) FROM share_waiting GROUP BY device")
    return {device.hex(): number for device, number in rows}


def awaited(db: sqlite3.Connection) -> dict[str, int]:
    """Return of each device the last step that waiting steps have seen and that has not come at all."""
    here = {device.hex(): step for device, step in db.execute("SELECT device, step FROM share_device")}
    come = {**here, **last_waiting(db)}
    wanted: dict[str, int] = {}
    for (line,) in db.execute("SELECT line FROM share_waiting"):
        for device, step in from_line(zlib.decompress(line)).seen.items():
            if step > come.get(device, 0):
                wanted[device] = max(step, wanted.get(device, 0))
    return wanted


def renew(db: sqlite3.Connection) -> None:
    """Make this store a new device, since it is a copy of another or was brought back from a backup.

    What was read back from its place stays the old device's; all else becomes the new one's, from step 1 on,
    and goes into new bundles.
    """
    with changing(db):
        sent = own_sent(db)
        old, new = _take_number(db, sent)
        for table in _WRITES:
            db.execute(
                f"UPDATE {table} SET device = ? WHERE device = ? AND number <= ?",
                (_number_of(db, old), OWN, sent.last),
            )
            # Twice, since on the way from one number to another none may be there twice.
            db.execute(f"UPDATE {table} SET number = ? - number WHERE device = ?", (sent.last, OWN))
            db.execute(f"UPDATE {table} SET number = -number WHERE device = ?", (OWN,))
        _rewrite_lines(db, old, new, sent.last)
        _see(db, old, new, sent.last)
        db.execute("DELETE FROM share_bundle")


def _take_number(db: sqlite3.Connection, sent: Reached) -> tuple[str, str]:
    """Give this laptop a new device, and the old one a number as another's; return both."""
    old, step, called = db.execute(
        "SELECT device, step, (SELECT name FROM share_list) FROM share_device WHERE id = ?", (OWN,)
    ).fetchone()
    (sent_clock,) = db.execute(
        "SELECT coalesce(max(clock), 0) FROM share_step WHERE device = ? AND number <= ?", (OWN, sent.last)
    ).fetchone()
    new = os.urandom(16)
    db.execute("UPDATE share_device SET device = ?, step = ? WHERE id = ?", (new, step - sent.last, OWN))
    db.execute(
        "INSERT INTO share_device (device, step, clock, bundle, sha256, name) VALUES (?, ?, ?, ?, ?, ?)",
        (old, sent.last, sent_clock, sent.number, sent.sha256, called),
    )
    return old.hex(), new.hex()


def _number_of(db: sqlite3.Connection, device: str) -> int:
    (number,) = db.execute(
        "SELECT id FROM share_device WHERE device = ?", (bytes.fromhex(device),)
    ).fetchone()
    return int(number)


def _rewrite_lines(db: sqlite3.Connection, old: str, new: str, sent: int) -> None:
    """Write the steps that were not sent anew, as those of the new device, which has seen what was."""

    def renamed(write: Write) -> Write:
        return Write(new, write.number - sent) if write.device == old and write.number > sent else write

    for number, line in db.execute("SELECT number, line FROM share_step WHERE device = ?", (OWN,)).fetchall():
        step = from_line(zlib.decompress(line))
        changes = tuple(
            change._replace(
                replaces=tuple(map(renamed, change.replaces)),
                knew=None if change.knew is None else _renewed(change.knew, old, new, sent),
            )
            for change in step.changes
        )
        seen = _renewed(step.seen, old, new, sent)
        renewed = to_line(step._replace(number=number, seen=seen, changes=changes))
        db.execute(
            "UPDATE share_step SET line = ? WHERE device = ? AND number = ?",
            (zlib.compress(renewed), OWN, number),
        )


def _renewed(seen: Mapping[str, int], old: str, new: str, sent: int) -> dict[str, int]:
    """Return what was known of each device; of this one, where it is said, of the old and of the new."""
    renewed = {**seen, **({old: min(sent, seen.get(old, sent))} if sent else {})}
    if old in seen:
        renewed[new] = max(0, seen[old] - sent)
    return renewed


def _see(db: sqlite3.Connection, old: str, new: str, sent: int) -> None:
    """Note that what this laptop took away, it took away knowing what it had sent."""
    rows = db.execute("SELECT row_id, number, seen FROM share_gone WHERE device = ?", (OWN,)).fetchall()
    db.executemany(
        "UPDATE share_gone SET seen = ? WHERE row_id = ? AND device = ? AND number = ?",
        [
            (json.dumps(_renewed(json.loads(seen), old, new, sent)), row_id, OWN, number)
            for row_id, number, seen in rows
        ],
    )
