"""How a step is taken back: only the values it changed, and only where they still stand as it left them.

What was changed elsewhere since then stays and is named, and so does what it hangs on: a note that came later
from elsewhere keeps its contact, and that its household.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.store.file import checksums

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROUNDS = 8  # of looking what hangs on what: contact, household, season and what they came with


class _Entry(NamedTuple):
    table: str
    row_id: int
    first_row: int | None
    uuid: bytes | None
    column: str | None
    before: object
    after: object
    inverse: str | None


class _Reference(NamedTuple):
    """A column by which the rows of one table point to those of another."""

    table: str
    column: str
    parent: str


def take_back(db: sqlite3.Connection, step_id: int, *, behind: int = 0) -> tuple[str, ...]:
    """Undo a step's entries, newest first, in the caller's transaction; return what stayed, in words.

    Of the entries only those with an id above `behind`.
    """
    entries = [
        _Entry(*row)
        for row in db.execute(
            """SELECT name, row_id, first_row, uuid, column_name, before, after, inverse
               FROM journal_entry WHERE step_id = ? AND id > ? ORDER BY id DESC""",
            (step_id, behind),
        )
    ]
    references = _references(db)
    kept: dict[str, set[int]] = {}  # rows that stay: by table
    # Looked at again and again from where it began, until nothing points to what is gone.
    for _ in range(_ROUNDS):
        db.execute("SAVEPOINT undoing")
        undone = _Undoing(db, references, kept)
        for entry in entries:
            undone.take(entry)
        dangling = undone.dangling()
        if not dangling:
            break
        db.execute("ROLLBACK TO undoing")
        db.execute("RELEASE undoing")
        for table, row_id in dangling:
            kept.setdefault(table, set()).add(row_id)
    else:
        raise sqlite3.IntegrityError("what came from elsewhere hangs on what the step made")
    db.execute("RELEASE undoing")
    seal_rows(db, "step_id = ? AND id > ?", step_id, behind)
    return tuple(dict.fromkeys(undone.left))


def seal_rows(db: sqlite3.Connection, which: str, *values: int) -> None:
    """Write the checksums of the rows that some entries of the journal speak of."""
    rows: dict[str, set[int]] = {}
    for table, row_id, first_row in db.execute(
        f"SELECT name, row_id, first_row FROM journal_entry WHERE {which}", values
    ).fetchall():
        if first_row is None:
            rows.setdefault(table, set()).add(row_id)
        else:
            checksums.seal(db, table, range(first_row, row_id + 1))
    for table, row_ids in rows.items():
        checksums.seal(db, table, sorted(row_ids))


class _Undoing:
    """One run through the entries of a step."""

    def __init__(
        self, db: sqlite3.Connection, references: list[_Reference], kept: dict[str, set[int]]
    ) -> None:
        self._db = db
        self._references = references
        self._kept = kept
        self._blocked: set[tuple[str, int, str]] = set()  # values that were changed since
        self._shrunk: set[str] = set()  # tables that lost rows
        self._written: set[str] = set()  # tables whose rows may point elsewhere now
        self._removed: dict[str, set[int]] = {}
        self.left: list[str] = []

    def take(self, entry: _Entry) -> None:
        """Undo one entry, as far as what it speaks of still stands."""
        if entry.inverse is not None:
            self._put_back(entry)
        elif entry.column is not None:
            self._change_back(entry)
        else:
            self._remove(entry)

    def _put_back(self, entry: _Entry) -> None:
        assert entry.inverse is not None  # noqa: S101  that is how an entry of a row that went is known
        self._written.add(entry.table)
        try:
            self._db.execute(entry.inverse)
        except sqlite3.IntegrityError:
            self.left.append(f"a {entry.table} that was removed: another has its place")

    def _change_back(self, entry: _Entry) -> None:
        column = str(entry.column)
        place = (entry.table, entry.row_id, column)
        if entry.row_id in self._kept.get(entry.table, ()) and entry.column in self._pointers(entry.table):
            return
        is_changed = 0
        if place not in self._blocked:
            try:
                is_changed = self._db.execute(
                    f"""UPDATE "{entry.table}" SET "{entry.column}" = ?
                        WHERE rowid = ? AND "{entry.column}" IS ?{_same_uuid(entry)}""",
                    (entry.before, entry.row_id, entry.after, *_uuids(entry)),
                ).rowcount
            except sqlite3.IntegrityError:
                is_changed = 0
        if not is_changed:
            self._blocked.add(place)
            stands = self._change_parts_back(entry) if column == "detail" else [column]
            self.left += [
                self._in_words(entry.table, entry.row_id, word) for word in stands if word != "uuid"
            ]
        elif entry.column in self._pointers(entry.table):
            self._written.add(entry.table)

    def _change_parts_back(self, entry: _Entry) -> list[str]:
        """Write back the parts of a contact that the step changed; return those that were changed since."""
        row = self._db.execute(
            f"SELECT detail FROM contact WHERE rowid = ?{_same_uuid(entry)}", (entry.row_id, *_uuids(entry))
        ).fetchone()
        if row is None:
            return ["detail"]
        before, after, now = (json.loads(str(text)) for text in (entry.before, entry.after, row[0]))
        parts = dict.fromkeys([*before, *after, *now])
        stands = []
        for part in [part for part in parts if before.get(part) != after.get(part)]:
            place = (entry.table, entry.row_id, f"detail {part}")
            if place in self._blocked or now.get(part) != after.get(part):
                self._blocked.add(place)
                stands.append(part)
            else:
                now[part] = before.get(part)
        left = {part: now[part] for part in parts if now.get(part)}
        self._db.execute(
            "UPDATE contact SET detail = ? WHERE rowid = ?",
            (json.dumps(left, ensure_ascii=False), entry.row_id),
        )
        return ["name" if part == "n" else part for part in stands]

    def _remove(self, entry: _Entry) -> None:
        table = entry.table
        if entry.first_row is None:
            rows = [entry.row_id]
            own = {entry.uuid}
        else:
            rows = [
                row[0]
                for row in self._db.execute(
                    f'SELECT rowid FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ?',
                    (entry.first_row, entry.row_id),
                )
            ]
            uuids = entry.uuid or b""
            own = {uuids[place : place + 16] for place in range(0, len(uuids), 16)} or {None}
        staying = self._staying(entry, own)
        removed = set(rows) - staying
        for row_id in sorted(staying.intersection(rows)):
            self.left.append(self._in_words(table, row_id, ""))
        if entry.first_row is not None and not staying:
            self._db.execute(
                f'DELETE FROM "{table}" WHERE rowid BETWEEN ? AND ?', (entry.first_row, entry.row_id)
            )
        else:
            self._db.executemany(f'DELETE FROM "{table}" WHERE rowid = ?', ((row_id,) for row_id in removed))
        if removed:
            self._shrunk.add(table)
            self._removed.setdefault(table, set()).update(removed)

    def _staying(self, entry: _Entry, own: set[bytes | None]) -> set[int]:
        """Return the rows in an entry's reach that are not the step's own, or on which something hangs."""
        first, last = entry.first_row or entry.row_id, entry.row_id
        kept = {row_id for row_id in self._kept.get(entry.table, ()) if first <= row_id <= last}
        for reference in self._references:
            parents = self._kept.get(reference.parent) if reference.table == entry.table else None
            if parents:
                kept |= {
                    row_id
                    for row_id, parent in self._db.execute(
                        f'SELECT rowid, "{reference.column}" FROM "{entry.table}" '
                        "WHERE rowid BETWEEN ? AND ?",
                        (first, last),
                    )
                    if parent in parents and reference.parent == "contact"
                }
        if own == {None}:
            return kept
        return kept | {
            row_id
            for row_id, uuid in self._db.execute(
                f'SELECT rowid, uuid FROM "{entry.table}" NOT INDEXED WHERE rowid BETWEEN ? AND ?',
                (first, last),
            )
            if uuid not in own
        }

    def dangling(self) -> set[tuple[str, int]]:
        """Return the rows that must stay, since others that stay point to them."""
        needed: set[tuple[str, int]] = set()
        for reference in self._references:
            gone = self._removed.get(reference.parent)
            if not gone:
                continue
            for (parent,) in self._db.execute(
                f"""SELECT DISTINCT "{reference.column}" FROM "{reference.table}"
                    WHERE "{reference.column}" NOT IN (SELECT rowid FROM "{reference.parent}")"""
            ):
                if parent in gone:
                    needed.add((reference.parent, parent))
        return needed

    def _pointers(self, table: str) -> set[str]:
        return {reference.column for reference in self._references if reference.table == table}

    def _in_words(self, table: str, row_id: int, column: str) -> str:
        who = name_of(self._db, table, row_id)
        what = f"{column.removesuffix('_on').removesuffix('_id').replace('_', ' ')} of " if column else ""
        if column == table:
            what = ""
        return f"{what}{table.replace('_', ' ')}{f' {who}' if who else ''}"


def name_of(db: sqlite3.Connection, table: str, row_id: int) -> str:
    """Return the name of the contact a row speaks of, or "" where it speaks of none."""
    columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
    if table != "contact" and "contact_id" not in columns:
        return ""
    key = "rowid" if table == "contact" else "contact_id"
    row = db.execute(
        f'SELECT name FROM contact WHERE id = (SELECT {key} FROM "{table}" WHERE rowid = ?)', (row_id,)
    ).fetchone()
    return f"of {row[0]}" if row and table != "contact" else str(row[0]) if row else ""


def _same_uuid(entry: _Entry) -> str:
    return "" if entry.uuid is None else " AND uuid = ?"


def _uuids(entry: _Entry) -> Iterator[bytes]:
    if entry.uuid is not None:
        yield entry.uuid


def _references(db: sqlite3.Connection) -> list[_Reference]:
    names = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    return [
        _Reference(name, row[3], row[2])
        for name in names
        if name not in checksums.OWN_TABLES
        for row in db.execute(f'PRAGMA foreign_key_list("{name}")')
    ]
