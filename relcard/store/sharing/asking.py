"""What differed between laptops, asked again where the answer is taken back.

An answer replaces all that was written apart. Its undo writes that anew, and names among what each write
replaces the one that it brings back: so it is known who wrote it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import Write
from relcard.store.sharing.projecting import Projection
from relcard.store.sharing.state import State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection
    from collections.abc import Sequence
    from datetime import date


def ask_again(db: sqlite3.Connection, step_id: int, command: str, on: date, *, is_noted: bool) -> bool:
    """Let what an answer settled differ again, after its step in the history was taken back; whether it does.

    What was written over since stays as it is. `command` and `on` are of the undo; `is_noted` says whether
    what went back in the tables is this laptop's last step. In the caller's transaction without foreign keys.
    """
    row = db.execute(
        """SELECT device, number FROM share_answer WHERE step_id = ?1
           UNION SELECT device, number FROM share_taken WHERE step_id = ?1""",
        (step_id,),
    ).fetchone()
    state = State(db)
    write = Write(state.device_of(row[0]), row[1]) if row else None
    answer = state.step(write) if write else None
    if write is None or answer is None:
        return False
    writes = {write, *([state.own_last()] if is_noted else [])}
    projection = Projection(db, state)
    again = [_Replaced(state, change, writes) for change in answer.changes]
    for place in range(max(len(replaced.values) for replaced in again)):
        changes = [change for replaced in again for change in replaced.values[place : place + 1]]
        projection.write(changes, command, on)
    for replaced in again:
        if replaced.removal is not None:
            projection.write([replaced.removal], command, on)
    projection.settle()
    return any(replaced.values or replaced.removal for replaced in again)


class _Replaced:
    """What a change of an answer replaced: as changes that bring it back, the latest last, each a step."""

    def __init__(self, state: State, change: Change, answers: Collection[Write]) -> None:
        self._state = state
        self._change = change
        self.values: list[Change] = []
        self.removal: Change | None = None
        ordered = sorted(change.replaces, key=lambda write: (state.clock(write), write))
        self._removals = [write for write in ordered if self._is_removal(write)]
        if self._removals and (change.via or not state.stands(change.table, change.uuid)):
            return
        self._bring_values([write for write in ordered if write not in self._removals], answers)
        if self._removals:
            self.removal = Change(
                *(change.table, change.uuid),
                is_gone=True,
                replaces=tuple(self._removals),
                knew=self._known(),
            )

    def _is_removal(self, write: Write) -> bool:
        return any(change.is_gone for change in self._said(write))

    def _said(self, write: Write) -> list[Change]:
        return self._state.changes(write, self._change.table, self._change.uuid)

    def _bring_values(self, writes: Sequence[Write], answers: Collection[Write]) -> None:
        """Bring back what the field had, unless it was written over since."""
        column = self._change.column
        row = self._state.load(self._change.table, self._change.uuid)
        heads = set(row.heads(column)) if row is not None else set()
        standing = heads.intersection(answers)
        for write in writes if standing else ():
            for value in (
                change.value_of(column) for change in self._said(write) if change.speaks_of(column)
            ):
                replaces = tuple(sorted({*standing, write}))
                self.values.append(self._change._replace(value=value, replaces=replaces))

    def _known(self) -> dict[str, int]:
        """Return what the removals knew together, of this laptop too."""
        known = {self._state.own_last().device: 0}
        for write in self._removals:
            step = self._state.step(write)
            said = [change.knew for change in self._said(write) if change.knew is not None]
            seen = said[0] if said else {**(step.seen if step else {}), write.device: write.number}
            known |= {device: max(number, known.get(device, 0)) for device, number in seen.items()}
        return known
