"""Which rows of the list live, and which stands for another: by what was written, whatever came first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.sharing.merging import shown
from relcard.domain.sharing.steps import value_to_text
from relcard.domain.sharing.travelling import TABLES
from relcard.store.sharing import encoding

if TYPE_CHECKING:
    import sqlite3

    from relcard.store.sharing.state import State

Key = tuple[str, str]  # table and UUID of a row
PARENTS = ("contact", "household", "season", "interaction", "vcard", "member")
# What may be left out of a row: it stands without.
OPTIONAL = {("interaction", "season_id"), ("interaction", "member_id"), ("print_run", "season_id")}


class Living:
    """The life of the list's rows, as their records have it."""

    def __init__(self, db: sqlite3.Connection, state: State) -> None:
        self._db = db
        self._state = state
        self._asked: set[Key] = set()  # whose life is being looked at

    def lives(self, table: str, uuid: str) -> bool:
        """Whether a row lives by what was written of it and of what hangs on it."""
        key = (table, uuid)
        if key in self._asked:
            return False
        self._asked.add(key)
        try:
            if table == "contact":
                if self.stands_for(table, uuid, by_key=False) != uuid:
                    return False
                if self._forward(uuid) is not None:  # of contacts merged in a circle the one that stands
                    return True
            row = self._state.load(table, uuid)
            return row is not None and not row.is_removed(self._lives_any)
        finally:
            self._asked.discard(key)

    def _lives_any(self, uuid: str) -> bool:
        return any(self._state.find(table, uuid) and self.lives(table, uuid) for table in PARENTS)

    def is_dear(self, uuid: str) -> bool:
        """Whether this laptop's own book says something of a contact in words."""
        number = encoding.row_id_of(self._db, "contact", uuid)
        rows = [
            (table, row.hex())
            for table in ("note", "fact", "interaction")
            for (row,) in self._db.execute(f'SELECT uuid FROM "{table}" WHERE contact_id = ?', (number,))
        ]
        return any(not self._state.stands(*key) for key in rows)

    def is_needed(self, table: str, uuid: str) -> bool:
        """Whether a row that lives no more is one without which another could not stand that does."""
        number = encoding.row_id_of(self._db, table, uuid) if table != "photo" else None
        if number is None:
            return False
        return any(self._needs(child, (table, uuid)) for child in self.children(table, number))

    def _needs(self, child: Key, parent: Key) -> bool:
        """Whether a row lives that could not stand without another."""
        row = self._state.load(*child)
        pointed = [
            shown(row, column, self._state.clock)
            for column, to in TABLES[child[0]].to.items()
            if row is not None and to == parent[0] and (child[0], column) not in OPTIONAL
        ]
        return any(
            isinstance(uuid, str) and self.stands_for(parent[0], uuid) == parent[1] for uuid in pointed
        ) and self.lives(*child)

    def children(self, table: str, number: int) -> list[Key]:
        """Return the rows of the list that point to a row which stands."""
        found: list[Key] = []
        for child, how in TABLES.items():
            for column in [column for column, parent in how.to.items() if parent == table]:
                uuids = self._db.execute(
                    f'SELECT uuid FROM "{child}" WHERE "{column}" = ?', (number,)
                ).fetchall()
                found += [(child, uuid.hex()) for (uuid,) in uuids if self._state.stands(child, uuid.hex())]
        return found

    def _forward(self, uuid: str) -> str | None:
        """Return the contact that another was merged into, None for one that was not."""
        key = bytes.fromhex(uuid)
        aliases = [
            row[0].hex() for row in self._db.execute("SELECT uuid FROM alias WHERE merged = ?", (key,))
        ]
        for (kept,) in self._db.execute(
            "SELECT uuid FROM share_row WHERE name = 'alias' AND kept IS NOT NULL AND instr(kept, ?)",
            (value_to_text(key),),
        ).fetchall():
            aliases.append(kept.hex())
        for alias in sorted(set(aliases)):
            row = self._state.load("alias", alias)
            if row is not None and self.lives("alias", alias):
                into = shown(row, "contact_id", self._state.clock)
                if isinstance(into, str) and into != uuid and self._state.find("contact", into):
                    return into
        return None

    def stands_for(self, table: str, uuid: str, *, by_key: bool = True) -> str:
        """Return the UUID of the row that stands for one: itself, or the one it became.

        Without `by_key` only the contact it was merged into.
        """
        path = [uuid]
        while True:
            following = self._forward(path[-1]) if table == "contact" else None
            if following is None and by_key:
                behind = self._state.behind(table, path[-1])
                row = (
                    behind
                    and self._db.execute("SELECT uuid FROM share_row WHERE id = ?", (behind,)).fetchone()
                )
                following = row[0].hex() if row else None
            if following is None:
                return path[-1]
            if following in path:
                return min(path[path.index(following) :])
            path.append(following)
