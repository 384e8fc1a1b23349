"""The own book of a store that was put aside, brought back to those of its people who are in the list too.

Who leaves a list and joins the next one, as after a lost laptop, has the same people under the same UUIDs.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.travelling import OPTIONAL
from relcard.domain.sharing.travelling import OWN_VIEW
from relcard.domain.sharing.travelling import POSTED_CHANNELS
from relcard.domain.sharing.travelling import TABLES
from relcard.store.file import journal
from relcard.store.sharing import encoding

if TYPE_CHECKING:
    from datetime import date


class Brought(NamedTuple):
    """How many rows of the own book came back, and how many could not: whom they speak of is not here."""

    rows: int = 0
    left: int = 0


def empty_copy() -> sqlite3.Connection:
    """Return a place in memory into which a store that is to be emptied is copied before."""
    return sqlite3.connect(":memory:")


def bring_own_book(db: sqlite3.Connection, aside: sqlite3.Connection, *, today: date) -> Brought:
    """Bring what the own book in `aside` says of the people here, as one step.

    What the list knows already, or knew once, is left to it; so are cards of the years, which travel.
    """
    encoder = encoding.Encoder(aside)
    rows = left = 0
    with journal.step(db, "share join, own book", today=today):
        for table, how in TABLES.items():
            for raw in encoding.read(aside, table, "1") if how.own else ():
                if raw.get("channel") not in POSTED_CHANNELS and not _is_known(db, table, raw["uuid"]):
                    columns = _columns(db, table, raw, encoder)
                    rows += _insert(db, table, columns) if columns else 0
                    left += columns is None
    return Brought(rows, left)


def _is_known(db: sqlite3.Connection, table: str, uuid: bytes) -> bool:
    if encoding.row_id_of(db, table, uuid.hex()) is not None:
        return True
    known = db.execute("SELECT 1 FROM share_row WHERE (name, uuid) = (?, ?)", (table, uuid)).fetchone()
    return known is not None and table not in OWN_VIEW


def _columns(
    db: sqlite3.Connection, table: str, raw: encoding.Raw, encoder: encoding.Encoder
) -> encoding.Raw | None:
    """Return a row as it is here, None where what it points to is not."""
    values = encoder.values(table, raw)

    def row_of(column: str, parent: str) -> int | None:
        uuid = values[column]
        return encoding.row_id_of(db, parent, uuid) if isinstance(uuid, str) else None

    columns = encoding.columns_of(table, values, row_of)
    if any(columns[column] is None and (table, column) not in OPTIONAL for column in TABLES[table].to):
        return None
    return columns | {column: raw[column] for column in TABLES[table].here} | {"uuid": raw["uuid"]}


def _insert(db: sqlite3.Connection, table: str, columns: encoding.Raw) -> int:
    """Insert a row unless another has its key; return how many were, 0 or 1."""
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join("?" * len(columns))
    inserted = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({places})'
    return db.execute(inserted, [*columns.values()]).rowcount
