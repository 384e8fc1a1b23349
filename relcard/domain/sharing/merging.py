"""How two laptops' writes of a row come together: what stands, what is kept beside it, whether it lives.

The state of a field is the writes that nobody replaced, and depends on no order of arrival. Of several that
differ the later stands, by counter and then device, and the others are kept for a person to look at.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from dataclasses import field
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.cards import united
from relcard.domain.sharing.steps import Write
from relcard.domain.sharing.steps import value_to_text
from relcard.domain.sharing.travelling import CARD
from relcard.domain.sharing.travelling import PARENTS
from relcard.domain.sharing.travelling import STATES
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.sharing.travelling import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping

    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Step
    from relcard.domain.sharing.steps import Value

Key = tuple[str, str]  # table and UUID of a row
RETURNED = "returned"
_TAKEN_OUT = "gone_"  # how the columns begin that say so of parts of lists
_DIGEST = 24  # hex digits
_UNKNOWN = Table()


class Removal(NamedTuple):
    """A write by which a row went: what its device had seen by then, and the row because of which.

    A removal that an undo brings back says of its own device too how much of it was seen.
    """

    seen: Mapping[str, int]
    via: str


@dataclass(slots=True)
class Row:
    """A row of the list, as far as this laptop knows its writes.

    `values` are those of the write `made`, and of columns in `fields` those that stand.
    """

    table: str
    uuid: str
    made: Write | None = None
    values: dict[str, Value] = field(default_factory=dict)
    fields: dict[str, dict[Write, Value]] = field(default_factory=dict)
    removals: dict[Write, Removal] = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)  # besides `made`: by device its last step

    @property
    def is_plain(self) -> bool:
        """Whether nothing was written of the row but by the step that made it."""
        return not (self.fields or self.removals or self.touched)

    @property
    def columns(self) -> list[str]:
        """The columns of which anything is known, in an order of their own."""
        return sorted({*self.values, *self.fields})

    def heads(self, column: str) -> dict[Write, Value]:
        """Return the writes of a column that nobody replaced."""
        if column in self.fields:
            return self.fields[column]
        return {self.made: self.values[column]} if self.made is not None and column in self.values else {}

    def touch(self, write: Write) -> None:
        """Remember that a step wrote this row, or one that hangs on it."""
        if self.made is None or write != self.made:
            self.touched[write.device] = max(write.number, self.touched.get(write.device, 0))

    def apply(self, change: Change, write: Write, step: Step) -> None:
        """Take a change of this row by a step, which has seen all that it replaces."""
        replaced = set(change.replaces)
        for gone in replaced & self.removals.keys():
            del self.removals[gone]
        if change.is_gone:  # no word of the row, that another who removes it must have seen
            self.removals[write] = Removal(step.seen if change.knew is None else change.knew, change.via)
            return
        if change.row is None:
            self._write(change.column, change.value, write, replaced)
        elif self.made is None and not self.fields:
            self.made, self.values = write, dict(change.row)
        else:
            for column, value in change.row.items():
                self._write(column, value, write, replaced)
        self.touch(write)

    def compact(self, write: Write) -> None:
        """Keep one write for all columns where there is no other."""
        if all([*self.heads(column)] == [write] for column in self.columns):
            if self.made is not None:
                self.touched[self.made.device] = max(self.made.number, self.touched.get(self.made.device, 0))
            self.values = {column: self.heads(column)[write] for column in self.columns}
            self.made, self.fields = write, {}

    def _write(self, column: str, value: Value, write: Write, replaced: set[Write]) -> None:
        heads = {head: said for head, said in self.heads(column).items() if head not in replaced}
        self.fields[column] = heads | {write: value}

    def is_removed(self, lives: Callable[[str], bool]) -> bool:
        """Whether the row went: each write of it, and of what hangs on it, was seen by who removed it.

        What went because of another row (`lives` says of its UUID whether it does) comes back with it.
        """
        standing = {
            write: gone for write, gone in self.removals.items() if not (gone.via and lives(gone.via))
        }
        if not standing:
            return False
        return not self._unaware(standing)

    def unaware(self) -> list[str]:
        """Return the devices that wrote of the row, or of what hangs on it, without knowing that it went."""
        return sorted({claim.device for claim in self._unaware(self.removals)})

    def _unaware(self, removals: Mapping[Write, Removal]) -> list[Write]:
        claims = [Write(*claim) for claim in self.touched.items()]
        claims += [self.made] if self.made is not None else []
        return [
            claim
            for claim in claims
            if not any(_has_seen(write, removal, claim) for write, removal in removals.items())
        ]

    def unseen(self, removals: Mapping[Write, Removal] | None = None) -> list[str]:
        """Return the columns that somebody wrote who knew of none of some removals; of all without these."""
        by = self.removals if removals is None else removals
        return [
            column
            for column in self.columns
            if not all(
                any(_has_seen(gone, removal, write) for gone, removal in by.items())
                for write in self.heads(column)
            )
        ]


def _has_seen(write: Write, removal: Removal, claim: Write) -> bool:
    by_itself = write.number if claim.device == write.device else 0
    return claim.number <= removal.seen.get(claim.device, by_itself)


def take(step: Step, write: Write, find: Callable[[Key], Row | None]) -> dict[Key, Row]:
    """Take a step into the rows it speaks of; return them, and those on which they hang.

    `find` gives a row that is known. A row hears of what is written of those that point to it: who removed it
    without knowing that, removed too much.
    """
    rows: dict[Key, Row] = {}
    for change in step.changes:
        key = (change.table, change.uuid)
        row = rows.get(key) or find(key) or Row(*key)
        row.apply(change, write, step)
        if row.made is None:  # nobody said that it came: a newer relcard's way
            row.made = write
        rows[key] = row
        for parent in _hung_on(change):
            hung_on = rows.get(parent) or find(parent)
            if hung_on is not None:
                hung_on.touch(write)
                rows[parent] = hung_on
    return rows


def _hung_on(change: Change) -> list[Key]:
    """Return the rows that a change says something hangs on."""
    to = rules(change.table).to
    pointed = (
        [] if change.row is None else [(parent, change.row.get(column)) for column, parent in to.items()]
    )
    spoken = [(table, uuid) for uuid in change.touches for table in PARENTS]
    return [*((parent, uuid) for parent, uuid in pointed if isinstance(uuid, str)), *spoken]


def shown(row: Row, column: str, clock: Callable[[Write], int]) -> Value:
    """Return the value of a column that stands."""
    heads = row.heads(column)
    if len(heads) == 1:
        return next(iter(heads.values()))
    ordered = in_order(heads, clock)
    latest = ordered[0] if ordered else None
    if column == "state" and row.table == "recipient":
        known = [value for value in ordered if value in STATES]
        return latest if latest == RETURNED or not known else max(known, key=STATES.index)
    if column == "stated":  # what one of them said is no proposal, whatever the other's laptop proposes since
        return next(filter(None, ordered), latest)
    if column in rules(row.table).union:
        return united(ordered) if column == CARD else _together(row, column, ordered)
    return latest


def in_order(heads: Mapping[Write, Value], clock: Callable[[Write], int]) -> list[Value]:
    """Return the values of some writes, the latest first."""
    if len(heads) < 2:  # nearly always
        return [*heads.values()]
    return [heads[write] for write in sorted(heads, key=lambda head: (clock(head), head), reverse=True)]


def beside(row: Row, column: str, clock: Callable[[Write], int]) -> list[Value]:
    """Return what was written of a column and does not stand, for a person to look at; each once."""
    heads = row.heads(column)
    if len(heads) < 2 or column in rules(row.table).quiet or column in rules(row.table).union:
        return []
    if column.startswith(_TAKEN_OUT):
        return []
    if column == "words" and not any(edited for *_, edited in heads.values()):
        return []  # drafted by the program on both sides
    if column == "state" and row.table == "recipient" and RETURNED not in heads.values():
        return []
    stands = value_to_text(shown(row, column, clock))
    others = {value_to_text(value): value for value in in_order(heads, clock)}
    return [value for text, value in others.items() if text != stands]


def displayed(row: Row, column: str, clock: Callable[[Write], int]) -> tuple[Write, ...]:
    """Return the writes that an ordinary edit replaces: those of the value that stands.

    Where nothing is kept beside it, that is all of them: what stands was made of all.
    """
    heads = row.heads(column)
    if not beside(row, column, clock):
        return tuple(sorted(heads))
    stands = value_to_text(shown(row, column, clock))
    return tuple(sorted(write for write, value in heads.items() if value_to_text(value) == stands))


def differing(row: Row, there: Row, columns: Iterable[str], clock: Callable[[Write], int]) -> list[str]:
    """Return those of some columns in which a row says something that the one standing for it does not."""
    how = rules(row.table)
    return [
        column
        for column in columns
        if column not in how.quiet
        and column not in how.to
        and not column.startswith(_TAKEN_OUT)
        and (other := shown(row, column, clock)) not in (None, "", [])
        and value_to_text(other) != value_to_text(shown(there, column, clock))
    ]


def rules(table: str) -> Table:
    """Return how the rows of a table travel, those of a newer relcard column by column."""
    return TABLES.get(table, _UNKNOWN)


def _together(row: Row, column: str, lists: Iterable[Value]) -> Value:
    """Return what any of some lists has and nobody took out, each once; None for nothing."""
    texts = {value_to_text(part): part for parts in lists for part in parts or ()}
    return [part for part in texts.values() if not _is_out(row, column, part)] or None


def _is_out(row: Row, column: str, part: Value) -> bool:
    heads = row.heads(taken_out(column, part))
    return bool(heads) and all(heads.values())


def taken_out(column: str, part: Value) -> str:
    """Return the column that says whether a part of a list was taken out of it, and not put in again since.

    No table has it: it stands in the record of the row, as what a newer relcard says. Whoever kept the part
    without touching it has not put it in.
    """
    digest = hashlib.sha256(value_to_text(part).encode()).hexdigest()[:_DIGEST]
    return f"{_TAKEN_OUT}{column.rpartition('.')[2]}.p{digest}"


def parted(column: str, before: Value, now: Value) -> dict[str, bool]:
    """Return what an edit of a list took out (True) and put in, each by its column."""
    old, new = ({value_to_text(part): part for part in parts or ()} for parts in (before, now))
    return {
        taken_out(column, part): text in old
        for text, part in sorted({**old, **new}.items())
        if (text in old) != (text in new)
    }
