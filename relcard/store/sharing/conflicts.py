"""What two laptops wrote apart and a person must look at: read from the records, the same on both."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.merging import beside
from relcard.domain.sharing.merging import differing
from relcard.domain.sharing.merging import displayed
from relcard.domain.sharing.merging import rules
from relcard.domain.sharing.merging import shown
from relcard.domain.sharing.steps import Change
from relcard.domain.sharing.steps import value_to_text
from relcard.errors import UsageError
from relcard.store.sharing.state import State

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.steps import Value

FIELD, GONE, SAME, MERGED = "field", "gone", "same", "merged"


class Conflict(NamedTuple):
    """Something that differs, with what stands (`here`) and what is kept beside it (`there`).

    `kind`: a field that both wrote; a row that one removed and the other changed, which stands; a row that
    became one with another of its natural key; a contact changed by one and merged by the other.
    """

    kind: str
    table: str
    uuid: str
    column: str  # "" of a row
    here: Value
    there: tuple[Value, ...]
    who: str  # the contact it speaks of, "" where it speaks of none


def conflicts(db: sqlite3.Connection) -> list[Conflict]:
    """Return all that differs, in an order that is the same on both laptops."""
    reader = _Reader(db)
    return sorted(
        [*reader.fields(), *reader.gone(), *reader.same(), *reader.merged()],
        key=lambda conflict: (conflict.table, conflict.uuid, conflict.column, conflict.kind),
    )


class _Reader:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._state = State(db)

    def _rows(self, question: str) -> Iterator[Row]:
        for name, uuid in self._db.execute(question).fetchall():
            row = self._state.load(name, uuid.hex())
            if row is not None:
                yield row

    def _shown(self, row: Row, column: str) -> Value:
        return shown(row, column, self._state.clock)

    def fields(self) -> Iterator[Conflict]:
        """Yield what both wrote into one field; not of a row that somebody removed who knew of both."""
        for row in self._rows(
            """SELECT DISTINCT name, uuid FROM share_row JOIN share_field ON row_id = share_row.id
               GROUP BY row_id, column_name HAVING count(*) > 1"""
        ):
            for column in self._unknown(row) if self._is_gone(row) else row.fields:
                if others := beside(row, column, self._state.clock):
                    here, *there = self._still_there(row, column, [self._shown(row, column), *others])
                    if there:
                        yield self._conflict(FIELD, row, column, here, there)

    def _still_there(self, row: Row, column: str, values: list[Value]) -> list[Value]:
        """Return the values that are still a choice: of rows that are pointed to, not those that went."""
        parent = rules(row.table).to.get(column)
        return [
            value
            for value in values
            if parent is None
            or value is None
            or self._state.stands(parent, value)
            or merged_into(self._db, value)
        ] or values[:1]

    def _is_gone(self, row: Row) -> bool:
        """Whether a row went for good: it does not stand, and no other stands for it."""
        known = self._state.find(row.table, row.uuid)
        is_there = known is None or known.stands or known.behind is not None
        return not is_there and not merged_into(self._db, row.uuid)

    def _unknown(self, row: Row) -> list[str]:
        """Return what of a row was unknown to whoever removed it; a merge of its contact is no removal."""
        removals = {
            write: removal
            for write, removal in row.removals.items()
            if not (removal.via and merged_into(self._db, removal.via))
        }
        return row.unseen(removals)

    def gone(self) -> Iterator[Conflict]:
        """Yield the rows that stand though one laptop removed them itself."""
        for row in self._rows(
            """SELECT DISTINCT name, uuid FROM share_row JOIN share_gone ON row_id = share_row.id
               WHERE kept IS NULL AND via IS NULL"""
        ):
            yield self._conflict(GONE, row, "", None, [])

    def same(self) -> Iterator[Conflict]:
        """Yield what differs of rows that another of their natural key stands for."""
        for row in self._rows("SELECT name, uuid FROM share_row WHERE behind IS NOT NULL"):
            there = self._state.load(row.table, _yields_to(self._db, row.table, row.uuid))
            if there is not None:
                yield from self._differing(SAME, row, there, row.columns)

    def merged(self) -> Iterator[Conflict]:
        """Yield what one laptop wrote of a contact that the other merged into another meanwhile."""
        for row in self._rows(
            "SELECT name, uuid FROM share_row WHERE name = 'contact' AND kept IS NOT NULL AND behind IS NULL"
        ):
            stands = merged_into(self._db, row.uuid)
            there = self._state.load("contact", stands) if stands else None
            if there is not None:
                yield from self._differing(MERGED, row, there, row.unseen())

    def _differing(self, kind: str, row: Row, there: Row, columns: list[str]) -> Iterator[Conflict]:
        for column in differing(row, there, columns, self._state.clock):
            yield self._conflict(kind, row, column, self._shown(there, column), [self._shown(row, column)])

    def _conflict(self, kind: str, row: Row, column: str, here: Value, there: list[Value]) -> Conflict:
        ordered = sorted(there, key=value_to_text)
        return Conflict(kind, row.table, row.uuid, column, here, tuple(ordered), self._who(row))

    def _who(self, row: Row) -> str:
        """Return the name of the contact a row speaks of."""
        if row.table == "contact":
            return str(self._shown(row, "name") or "")
        if row.table in ("household", "recipient"):
            home = row.uuid if row.table == "household" else self._shown(row, "household_id")
            resident = self._db.execute(
                """SELECT contact.name FROM contact JOIN membership ON contact_id = contact.id
                   JOIN household ON household.id = household_id
                   WHERE household.uuid = ? ORDER BY contact.uuid""",
                (bytes.fromhex(home or ""),),
            ).fetchone()
            return str(resident[0]) if resident else ""
        person = self._shown(row, "contact_id") if "contact_id" in row.columns else None
        known = self._state.load("contact", person) if isinstance(person, str) else None
        return "" if known is None else str(self._shown(known, "name") or "")


def merged_into(db: sqlite3.Connection, contact: str) -> str:
    """Return the UUID of the contact that another was merged into, "" for any other row."""
    row = db.execute(
        """SELECT contact.uuid FROM alias JOIN contact ON contact.id = contact_id
           WHERE merged = ? ORDER BY alias.uuid""",
        (bytes.fromhex(contact),),
    ).fetchone()
    return row[0].hex() if row else ""


def stands_for(db: sqlite3.Connection, conflict: Conflict) -> str:
    """Return the UUID of the row that stands instead of one that differs from it."""
    if conflict.kind == MERGED:
        return merged_into(db, conflict.uuid)
    return _yields_to(db, conflict.table, conflict.uuid)


def _yields_to(db: sqlite3.Connection, table: str, uuid: str) -> str:
    """Return the UUID of the row that stands instead of another of its natural key."""
    (stander,) = db.execute(
        """SELECT uuid FROM share_row WHERE id =
           (SELECT behind FROM share_row WHERE (name, uuid) = (?, ?))""",
        (table, bytes.fromhex(uuid)),
    ).fetchone()
    return str(stander.hex())


def answer(db: sqlite3.Connection, conflict: Conflict, choice: str, which: int = 0) -> list[Change]:
    """Return the changes by which a choice settles something that differs: "here", "there" or "both".

    Of several "there" it is the one of number `which`. Of a row that one removed, "here" lets it stand;
    "there" is `settling.settle`'s. Raises `UsageError` where there is no such choice.
    """
    state = State(db)
    row = state.load(conflict.table, conflict.uuid)
    if row is None or choice not in ("here", "there", "both"):
        raise UsageError(f"There is no {choice} here.", hint="Choose: here, there or both")
    if conflict.kind == GONE:
        return _let_stand(state, row)
    value = conflict.here if choice == "here" else conflict.there[which]
    if choice == "both":
        value = _both(conflict)
    heads = tuple(sorted(row.heads(conflict.column)))
    changes = [Change(row.table, row.uuid, conflict.column, value, replaces=heads)]
    if conflict.kind in (SAME, MERGED):
        stands = stands_for(db, conflict)
        there = state.load(row.table, stands)
        if there is not None and choice != "here":
            heads = displayed(there, conflict.column, state.clock)
            changes.append(Change(row.table, stands, conflict.column, value, replaces=heads))
    return changes


def _let_stand(state: State, row: Row) -> list[Change]:
    """Return the change by which a row that one laptop removed stands with the other's word."""
    column = row.columns[0]
    heads = tuple(sorted({*displayed(row, column, state.clock), *row.removals}))
    return [Change(row.table, row.uuid, column, shown(row, column, state.clock), replaces=heads)]


def can_be_both(conflict: Conflict) -> bool:
    """Whether what differs is a text of lines, which can stand one under the other."""
    texts = [conflict.here, *conflict.there]
    return (conflict.table, conflict.column) in _OF_LINES and all(isinstance(text, str) for text in texts)


_OF_LINES = {("note", "text"), ("interaction", "text"), ("contact", "detail.note")}


def _both(conflict: Conflict) -> str:
    if not can_be_both(conflict):
        raise UsageError("Of this there can be only one.", hint="Choose: keep or take")
    return "\n".join(dict.fromkeys([conflict.here, *conflict.there]))
