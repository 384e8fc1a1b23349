"""Who wrote what of something that differs, and what it was before: for the person who settles it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.merging import shown
from relcard.domain.sharing.steps import from_line
from relcard.domain.sharing.steps import value_to_text
from relcard.store.sharing import conflicts
from relcard.store.sharing import devices
from relcard.store.sharing.state import State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from collections.abc import Mapping

    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Value
    from relcard.domain.sharing.steps import Write
    from relcard.store.sharing.conflicts import Conflict


class Account(NamedTuple):
    """The laptops' names by value, and the values before anybody differed.

    `wrote` has for each value (by `value_to_text`) who wrote it last; `removed` who removed the row,
    `changed` who wrote of it without knowing that.
    """

    wrote: Mapping[str, str]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    before: Value
    values: Mapping[str, Value]  # of the whole row, as they stand: by them it is called


def account(db: sqlite3.Connection, conflict: Conflict) -> Account:
    """Return who wrote the values of something that differs."""
    state = State(db)
    names = {device.device: device.name for device in devices.every(db)}
    rows = [row for row in _rows(db, state, conflict) if row is not None]
    wrote: dict[str, str] = {}
    written = [(write, value) for row in rows for write, value in row.heads(conflict.column).items()]
    for write, value in sorted(written, key=lambda one: (state.clock(one[0]), one[0])):
        wrote[value_to_text(value)] = names.get(write.device, "")
    removed = sorted({names.get(write.device, "") for row in rows[:1] for write in row.removals})
    changed = sorted({names.get(device, "") for row in rows[:1] for device in row.unaware()})
    heads = [write for write, _ in written] if conflict.kind == conflicts.FIELD else []
    before = next(_replaced(state, conflict, heads), None)
    values = {column: value for row in rows[:1] for column, value in _standing(row, state).items()}
    return Account(wrote, tuple(removed), tuple(changed), before, values)


def name_of(db: sqlite3.Connection, table: str, uuid: str) -> str:
    """Return what a contact, or a household by those in it, is called; "" for what is not here."""
    if table == "contact":
        rows = db.execute("SELECT name FROM contact WHERE uuid = ?", (bytes.fromhex(uuid),))
    else:
        rows = db.execute(
            """SELECT contact.name FROM contact JOIN membership ON contact_id = contact.id
               JOIN household ON household.id = household_id
               WHERE household.uuid = ? ORDER BY contact.uuid""",
            (bytes.fromhex(uuid),),
        )
    return ", ".join(name for (name,) in rows)


def _rows(db: sqlite3.Connection, state: State, conflict: Conflict) -> Iterator[Row | None]:
    yield state.load(conflict.table, conflict.uuid)
    if conflict.kind in (conflicts.SAME, conflicts.MERGED):
        yield state.load(conflict.table, conflicts.stands_for(db, conflict))


def _standing(row: Row, state: State) -> Mapping[str, Value]:
    return {column: shown(row, column, state.clock) for column in row.columns}


def _replaced(state: State, conflict: Conflict, heads: list[Write]) -> Iterator[Value]:
    """Yield the values that some writes of a field replaced."""
    for head in heads:
        for change in _changes(state, head, conflict):
            for write in change.replaces:
                for older in _changes(state, write, conflict):
                    yield older.value if older.row is None else older.row.get(conflict.column)


def _changes(state: State, write: Write, conflict: Conflict) -> Iterator[Change]:
    """Yield what a step did to the row that differs, or to its field."""
    record = state.db.execute(
        """SELECT line FROM share_step JOIN share_device ON share_device.id = share_step.device
           WHERE share_device.device = ? AND number = ?""",
        (bytes.fromhex(write.device), write.number),
    ).fetchone()
    for change in from_line(zlib.decompress(record[0])).changes if record else ():
        if (change.table, change.uuid) == (conflict.table, conflict.uuid) and (
            change.column == conflict.column or change.row is not None
        ):
            yield change
