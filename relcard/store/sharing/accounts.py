"""Who wrote what of something that differs, and what it was before: for the person who settles it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.merging import shown
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

    `wrote` has for each value (by `value_to_text`) who wrote it; `removed` who removed the row,
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
    wrote: dict[str, list[str]] = {}
    written = [
        (_first(state, row, conflict.column, write), value)
        for row in rows
        for write, value in row.heads(conflict.column).items()
    ]
    for write, value in sorted(written, key=lambda one: (state.clock(one[0]), one[0])):
        wrote.setdefault(value_to_text(value), []).append(names.get(write.device, ""))
    removed, changed = _who_removed(state, rows[0]) if conflict.kind == conflicts.GONE else (set(), set())
    heads = [write for write, _ in written] if conflict.kind == conflicts.FIELD else []
    return Account(
        {text: ", ".join(dict.fromkeys(filter(None, who))) for text, who in wrote.items()},
        tuple(sorted(names.get(device, "") for device in removed)),
        tuple(sorted(names.get(device, "") for device in changed)),
        _before(state, rows[0], conflict.column, heads),
        {column: shown(rows[0], column, state.clock) for column in rows[0].columns},
    )


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


def _who_removed(state: State, row: Row) -> tuple[set[str], set[str]]:
    """Return the devices that removed a row, and those that wrote of it without knowing that."""
    removed = {first.device for write in row.removals for first in _first_gone(state, row, write)}
    return removed, set(row.unaware()) - removed


def _first(state: State, row: Row, column: str, write: Write) -> Write:
    """Return the write that first said what a write of a field says: one that it replaced, or itself."""
    earlier = [
        _first(state, row, column, older)
        for change in _said(state, row, column, write)
        for older in change.replaces
        for said in _said(state, row, column, older)
        if value_to_text(said.value_of(column)) == value_to_text(change.value_of(column))
    ]
    return min(earlier, key=lambda first: (state.clock(first), first), default=write)


def _first_gone(state: State, row: Row, write: Write) -> list[Write]:
    """Return the removals that one brings back, as an undo does: itself where it is one of its own."""
    changes = state.changes(write, row.table, row.uuid)
    older = [older for change in changes if change.knew is not None for older in change.replaces]
    return [first for write in older for first in _first_gone(state, row, write)] or [write]


def _before(state: State, row: Row, column: str, heads: list[Write]) -> Value:
    """Return the last value that all of some writes of a field go back to, None for none."""
    chains = [_replaced(state, row, column, head) for head in heads]
    common = set(chains[0]).intersection(*chains) if chains else set()
    if not common:
        return None
    return chains[0][max(common, key=lambda write: (state.clock(write), write))]


def _replaced(state: State, row: Row, column: str, head: Write) -> dict[Write, Value]:
    """Return what a write of a field replaced, and what that did, and so on."""
    earlier: dict[Write, Value] = {}
    ways = [head]
    while ways:
        older = {write for change in _said(state, row, column, ways.pop()) for write in change.replaces}
        for write in older - earlier.keys():
            for change in _said(state, row, column, write):
                earlier[write] = change.value_of(column)
                ways.append(write)
    return earlier


def _said(state: State, row: Row, column: str, write: Write) -> list[Change]:
    """Return what a step said of a field."""
    changes = state.changes(write, row.table, row.uuid)
    return [change for change in changes if change.speaks_of(column) and not change.is_gone]
