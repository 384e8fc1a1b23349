"""Which rows of a list stand, and which stands for another: worked out from all that was written of them.

The same rows give the same answer, whatever came first: two laptops that have seen the same steps have the
same tables. A row lives while not all that was written of it was seen by who removed it. A contact that was
merged has another stand for it, and so has the lesser of two rows with one natural key.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from relcard.domain.people.surnames import full_name
from relcard.domain.sharing.merging import in_order
from relcard.domain.sharing.merging import shown
from relcard.domain.sharing.travelling import OPTIONAL
from relcard.domain.sharing.travelling import PARENTS
from relcard.domain.sharing.travelling import TABLES
from relcard.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.steps import Value
    from relcard.domain.sharing.steps import Write

Pointers = dict[str, "str | None"]  # by column: the UUID of the row that stands there, None for none


class Rows:
    """The rows of a list by table and UUID, and which of them say that a contact was merged."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.by_key: dict[Key, Row] = {}
        self._merges: defaultdict[str, set[str]] = defaultdict(set)  # by merged contact: UUIDs of aliases
        for row in rows:
            self.add(row)

    def add(self, row: Row) -> None:
        """Take a row in, or what was written of it since."""
        self.by_key[row.table, row.uuid] = row
        merged = row.values.get("merged") if row.table == "alias" else None
        if isinstance(merged, bytes):
            self._merges[merged.hex()].add(row.uuid)

    def is_merged(self, contact: str) -> bool:
        """Whether any alias says that a contact was merged."""
        return contact in self._merges

    def merges_of(self, contact: str) -> list[Row]:
        """Return the aliases by which a contact was merged into others, in an order of their own."""
        return [self.by_key["alias", uuid] for uuid in sorted(self._merges.get(contact, ()))]


class Standing:
    """What stands of a list's rows.

    `key_uuid` gives the UUID that a natural key makes, from its table and its parts; `can_stand` says of a
    table and values whether they make a row.
    """

    def __init__(
        self,
        rows: Rows,
        clock: Callable[[Write], int],
        key_uuid: Callable[[str, tuple[Value, ...]], str],
        can_stand: Callable[[str, Mapping[str, Value]], bool] = lambda *_: True,
    ) -> None:
        self._rows = rows
        self._clock = clock
        self._key_uuid = key_uuid
        self.can_stand = can_stand
        self._life: dict[Key, bool] = {}
        self._asked: set[Key] = set()  # whose life is being looked at
        self.instead: dict[Key, str] = {}  # of a row that yields to another of its natural key: that one
        self.pointers: dict[Key, Pointers] = {}  # of each row that stands

    def values(self, row: Row) -> Mapping[str, Value]:
        """Return a row's values that stand."""
        if not row.fields:
            return row.values
        return {column: shown(row, column, self._clock) for column in row.columns}

    def lives(self, key: Key) -> bool:
        """Whether a row lives by what was written of it, and nobody it was merged into stands for it."""
        if key not in self._life:
            if key in self._asked:
                return False
            self._asked.add(key)
            self._life[key] = self._lives(key)
            self._asked.discard(key)
        return self._life[key]

    def _lives(self, key: Key) -> bool:
        row = self._rows.by_key.get(key)
        if row is None:
            return False
        if key[0] == "contact" and self._rows.is_merged(key[1]):
            if self.merged_into(key[1]) != key[1]:
                return False
            if self._merged(key[1]) is not None:  # of contacts merged in a circle the one that stands
                return True
        return not row.removals or not row.is_removed(self._lives_any)

    def _lives_any(self, uuid: str) -> bool:
        return any(self.lives((table, uuid)) for table in PARENTS)

    def _merged(self, contact: str) -> str | None:
        """Return the contact that another was merged into, None for one that was not."""
        for alias in self._rows.merges_of(contact):
            into = shown(alias, "contact_id", self._clock)
            is_known = isinstance(into, str) and ("contact", into) in self._rows.by_key
            if is_known and into != contact and self.lives(("alias", alias.uuid)):
                return str(into)
        return None

    def merged_into(self, contact: str) -> str:
        """Return the contact that stands for one by merges: itself where there were none."""
        return _end_of(contact, self._merged)

    def stands_for(self, table: str, uuid: str) -> str:
        """Return the UUID of the row that stands for one: itself, or who it was merged into or yields to."""
        if (table, uuid) not in self.instead and not (table == "contact" and self._rows.is_merged(uuid)):
            return uuid  # nearly all

        def following(at: str) -> str | None:
            return (self._merged(at) if table == "contact" else None) or self.instead.get((table, at))

        return _end_of(uuid, following)

    def work_out(self) -> None:
        """Say of each row whether it stands, to what it points, and who stands instead."""
        wanted: dict[str, set[str]] = {table: set() for table in TABLES}
        for table, uuid in sorted(self._rows.by_key):
            if table in TABLES and self.lives((table, uuid)):
                wanted[table].add(uuid)
        for table in reversed([*TABLES]):
            for parent in self._needed(table, wanted[table]):
                wanted[parent[0]].add(parent[1])
        for table in TABLES:
            self._settle_keys(table, sorted(wanted[table]))

    def _needed(self, table: str, uuids: Iterable[str]) -> Iterator[Key]:
        """Yield the rows without which others could not stand: they stand for their sake.

        A row of the own book holds nobody: who removed a contact may not have what another said of it.
        """
        to = TABLES[table].to.items() if not TABLES[table].own else ()
        needing = [(column, parent) for column, parent in to if (table, column) not in OPTIONAL]
        for uuid in uuids:
            for column, parent in needing:
                ends = self._ends(self._rows.by_key[table, uuid], column, parent)
                if ends and not any(self.lives((parent, end)) for end in ends):
                    yield (parent, ends[0])

    def _settle_keys(self, table: str, uuids: Iterable[str]) -> None:
        """Let those of a table stand whose parents do, of several with one natural key one."""
        of_key: dict[tuple[Value, ...], list[str]] = {}
        for uuid in uuids:
            row = self._rows.by_key[table, uuid]
            pointers = self.resolved(row)
            if pointers is None:
                continue
            self.pointers[table, uuid] = pointers
            natural = natural_key(table, {**self.values(row), **pointers})
            if natural is not None:
                of_key.setdefault(natural, []).append(uuid)
        for natural, rivals in of_key.items():
            if len(rivals) > 1:
                made = self._key_uuid(table, natural)
                first = min(rivals, key=lambda uuid: (not self.lives((table, uuid)), uuid != made, uuid))
                for uuid in rivals:
                    if uuid != first:
                        self.instead[table, uuid] = first
                        del self.pointers[table, uuid]

    def resolved(self, row: Row) -> Pointers | None:
        """Return to whom a row points, None where it cannot stand since a row it needs does not."""
        values = self.values(row)
        if not self.can_stand(row.table, values):
            return None
        pointers: Pointers = {}
        for column, parent in TABLES[row.table].to.items():
            value = values.get(column)
            ends = [] if value is None else self._ends(row, column, parent)
            pointers[column] = next((uuid for uuid in ends if self.is_there(parent, uuid)), None)
            if pointers[column] is None and value is not None and (row.table, column) not in OPTIONAL:
                return None
        if row.table == "not_same" and pointers["one_id"] == pointers["other_id"]:
            return None
        return pointers

    def _ends(self, row: Row, column: str, parent: str) -> list[str]:
        """Return the rows that stand for those to which a column was said to point, the latest first."""
        said = in_order(row.heads(column), self._clock)
        ends = [self.stands_for(parent, uuid) for uuid in said if isinstance(uuid, str)]
        return [uuid for uuid in ends if (parent, uuid) in self._rows.by_key]

    def is_there(self, table: str, uuid: str) -> bool:
        """Whether a row stands, once it was worked out."""
        return (table, uuid) in self.pointers


def _end_of(uuid: str, following: Callable[[str], str | None]) -> str:
    """Return where a way from row to row ends; of a circle the smallest UUID."""
    path = {uuid: None}
    at = uuid
    while (then := following(at)) is not None:
        if then in path:
            way = [*path]
            return min(way[way.index(then) :])
        path[then] = None
        at = then
    return at


def natural_key(table: str, values: Mapping[str, Value]) -> tuple[Value, ...] | None:
    """Return the parts of a row's natural key, None where its table has none or a part is missing."""
    parts: list[Value] = []
    for name in TABLES[table].key:
        if name == "name_key":
            parts.append(fold(full_name(values.get("name") or "", values.get("surname") or "")))
        else:
            parts.append(values.get(name))
    if not parts or None in parts:
        return None
    return tuple(sorted(parts) if table == "not_same" else parts)
