"""How a step is taken back: only the values it changed, and only where they still stand as it left them.

What was changed elsewhere or by a later step stays and is named, and so does what it hangs on: a note that
came later keeps its contact, and that its household.
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
_NAMED = 40  # of the changes taken back
_FOLLOWING = {  # columns that are made of the others
    ("contact", column) for column in ("name_key", "sort_key", "search", "country")
}
_TEXT = ("vcard", "sha256")  # of the text with its photos
_OF_TEXTS = ("cutting", "photo")  # photos, kept apart from the texts of cards


class _Entry(NamedTuple):
    table: str
    row_id: int
    first_row: int | None
    uuid: bytes | None
    column: str | None
    before: object
    after: object
    inverse: str | None

    def adds(self, table: str, row_id: int) -> bool:
        """Whether this entry is of a row that the step added."""
        is_added = self.inverse is None and self.column is None
        return is_added and table == self.table and (self.first_row or self.row_id) <= row_id <= self.row_id


class _Reference(NamedTuple):
    """A column by which the rows of one table point to those of another."""

    table: str
    column: str
    parent: str


class _Since(NamedTuple):
    """What later steps that stand have changed."""

    values: set[tuple[str, int, str]]  # table, row and column; of `detail` also its parts
    uuids: dict[tuple[str, int, bytes], bytes]  # of a row that got another: what it was, and what it is now
    is_anything: bool


class TakenBack(NamedTuple):
    """What became of a step, in words: the first of what went back, and all that stayed."""

    back: tuple[str, ...]
    left: tuple[str, ...]


def take_back(db: sqlite3.Connection, step_id: int, *, behind: int = 0) -> TakenBack:
    """Undo a step's entries, newest first, in the caller's transaction.

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
    references, since = _references(db), _since(db, step_id)
    kept: dict[str, set[int]] = {}  # rows that stay: by table
    for table, row_id, _ in since.values:
        if any(entry.adds(table, row_id) for entry in entries):
            kept.setdefault(table, set()).add(row_id)
    # Looked at again and again from where it began, until nothing points to what is gone.
    for _ in range(_ROUNDS):
        db.execute("SAVEPOINT undoing")
        undone = _Undoing(db, references, kept, since, entries)
        undone.take_all()
        dangling = undone.dangling() | undone.astray()
        if not dangling:
            break
        db.execute("ROLLBACK TO undoing")
        db.execute("RELEASE undoing")
        for table, row_id in dangling:
            kept.setdefault(table, set()).add(row_id)
    else:
        raise sqlite3.IntegrityError("what came from elsewhere hangs on what the step made")
    db.execute("RELEASE undoing")
    undone.mend()
    seal_rows(db, "step_id = ? AND id > ?", step_id, behind)
    return TakenBack(tuple(dict.fromkeys(undone.back)), tuple(dict.fromkeys(undone.left)))


def _since(db: sqlite3.Connection, step_id: int) -> _Since:
    """Return what the steps after one have changed that were not taken back themselves."""
    later = "SELECT 1 FROM journal_step WHERE id > ? AND undone = 0"
    since = _Since(set(), {}, db.execute(later, (step_id,)).fetchone() is not None)
    for table, row_id, column, before, after in db.execute(
        """SELECT name, row_id, column_name, before, after FROM journal_entry
           WHERE step_id > ? AND column_name IS NOT NULL ORDER BY id""",
        (step_id,),
    ):
        if column == "uuid":
            for earlier, uuid in since.uuids.items():
                if earlier[:2] == (table, row_id) and uuid == before:
                    since.uuids[earlier] = after
            since.uuids[table, row_id, before] = after
            continue
        since.values.add((table, row_id, column))
        if column == "detail":
            since.values.update((table, row_id, f"detail {part}") for part in _parts(before, after))
    return since


def _newer_texts(db: sqlite3.Connection, entries: list[_Entry], since: _Since) -> set[int]:
    """Return the cards that have another text than the step left them."""
    left = {entry.row_id: entry.after for entry in reversed(entries) if (entry.table, entry.column) == _TEXT}
    changed = {row_id for table, row_id, column in since.values if (table, column) == _TEXT}
    return changed | {
        row_id
        for row_id, text in left.items()
        if db.execute("SELECT 1 FROM vcard WHERE id = ? AND sha256 = ?", (row_id, text)).fetchone() is None
    }


def _parts(before: object, after: object) -> list[str]:
    """Return the parts of a contact in which two states of `detail` differ."""
    old, new = (json.loads(str(text)) for text in (before, after))
    return [part for part in dict.fromkeys([*old, *new]) if old.get(part) != new.get(part)]


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
        self,
        db: sqlite3.Connection,
        references: list[_Reference],
        kept: dict[str, set[int]],
        since: _Since,
        entries: list[_Entry],
    ) -> None:
        self._db = db
        self._references = references
        self._kept = kept
        self._since = since
        self._entries = entries
        # Cards whose text was changed since: where its photos stand goes with it.
        self._newer = _newer_texts(db, entries, since)
        # Values that were changed since; two texts may differ by their photos alone.
        self._blocked = since.values | {("vcard", row_id, "raw") for row_id in self._newer}
        self._written: dict[str, set[int]] = {}  # rows that may point elsewhere now: by table
        self._removed: dict[str, set[int]] = {}
        self._moved: dict[tuple[str, int], int] = {}  # rows that were back already: where they stand now
        self._renamed = {(entry.table, entry.row_id) for entry in entries if entry.column == "uuid"}
        self._lost: dict[str, set[int]] = {}  # rows that could not be put back: another has their number
        self._stale: set[int] = set()  # contacts of which a column that follows was changed since
        self.back: list[str] = []
        self.left: list[str] = []

    def take_all(self) -> None:
        """Undo each entry, as far as what it speaks of still stands."""
        for entry in self._entries:
            self._take(entry)
        self._point_to_moved()

    def _take(self, entry: _Entry) -> None:
        if entry.inverse is not None:
            self._put_back(entry)
        elif entry.column is not None:
            self._change_back(entry)
        else:
            self._remove(entry)

    def _put_back(self, entry: _Entry) -> None:
        assert entry.inverse is not None  # noqa: S101  that is how an entry of a row that went is known
        if entry.row_id in self._kept.get(entry.table, ()):
            self.left.append(f"a {entry.table} that was removed: what it belonged to is gone")
            return
        if (there := self._place_of(entry.table, entry.uuid)) is not None:
            self._moved[entry.table, entry.row_id] = there
            return
        try:
            self._db.execute(entry.inverse)
        except sqlite3.IntegrityError:
            self.left.append(f"a {entry.table} that was removed: another has its place")
            self._lost.setdefault(entry.table, set()).add(entry.row_id)
            return
        if entry.table == "cutting" and self._of_newer("cutting", entry.row_id, entry.row_id):
            self._db.execute("DELETE FROM cutting WHERE id = ?", (entry.row_id,))
            return
        self._written.setdefault(entry.table, set()).add(entry.row_id)
        self._note_back(entry, "")

    def _place_of(self, table: str, uuid: object) -> int | None:
        """Return the row id of a UUID, None where it does not stand: a row may be back by another way."""
        row = uuid and self._db.execute(f'SELECT rowid FROM "{table}" WHERE uuid = ?', (uuid,)).fetchone()
        return row[0] if row else None

    def _is_taken(self, entry: _Entry) -> bool:
        """Whether a row that the step did not call otherwise has by now the UUID from before it."""
        holder = self._place_of(entry.table, entry.before)
        return holder is not None and (entry.table, holder) not in self._renamed

    def _point_to_moved(self) -> None:
        """Let what was put back point to rows that were back already, wherever they stand now."""
        for reference in self._references:
            for row_id in self._written.get(reference.table, ()) if self._moved else ():
                (parent,) = self._db.execute(
                    f'SELECT "{reference.column}" FROM "{reference.table}" WHERE rowid = ?', (row_id,)
                ).fetchone() or (0,)
                there = self._moved.get((reference.parent, parent or 0))
                if there is not None:
                    self._db.execute(
                        f'UPDATE OR IGNORE "{reference.table}" SET "{reference.column}" = ? WHERE rowid = ?',
                        (there, row_id),
                    )

    def _change_back(self, entry: _Entry) -> None:
        column = str(entry.column)
        place = (entry.table, entry.row_id, column)
        if column == "uuid" and (self._is_shared(entry) or self._is_taken(entry)):
            return
        is_pointer = entry.column in self._pointers(entry.table)
        if is_pointer and entry.row_id in self._kept.get(entry.table, ()):
            return
        is_changed = 0
        if place not in self._blocked:
            try:
                is_changed = self._db.execute(
                    f"""UPDATE "{entry.table}" SET "{entry.column}" = ?
                        WHERE rowid = ? AND "{entry.column}" IS ?{_same_uuid(entry)}""",
                    (entry.before, entry.row_id, entry.after, *self._uuid_now(entry)),
                ).rowcount
            except sqlite3.IntegrityError:
                is_changed = 0
        if not is_changed:
            self._blocked.add(place)
            if (entry.table, column) in _FOLLOWING:
                self._stale.add(entry.row_id)
            stands = self._change_parts_back(entry) if column == "detail" else [column]
            self.left += [
                self._in_words(entry.table, entry.row_id, word)
                for word in stands
                if word != "uuid" and (entry.table, word) not in _FOLLOWING
            ]
            return
        if is_pointer:
            self._written.setdefault(entry.table, set()).add(entry.row_id)
        for part in _parts(entry.before, entry.after) if column == "detail" else [column]:
            self._note_back(entry, "name" if part == "n" else part)

    def _is_shared(self, entry: _Entry) -> bool:
        """Whether another laptop knows a household by the UUID that the step left it: it keeps it."""
        known = self._db.execute(
            "SELECT 1 FROM share_row WHERE name = 'household' AND name = ? AND uuid = ?",
            (entry.table, entry.uuid),
        )
        return known.fetchone() is not None

    def _change_parts_back(self, entry: _Entry) -> list[str]:
        """Write back the parts of a contact that the step changed; return those that were changed since."""
        row = self._db.execute(
            f"SELECT detail FROM contact WHERE rowid = ?{_same_uuid(entry)}",
            (entry.row_id, *self._uuid_now(entry)),
        ).fetchone()
        if row is None:
            return ["detail"]
        before, after, now = (json.loads(str(text)) for text in (entry.before, entry.after, row[0]))
        parts = dict.fromkeys([*before, *after, *now])
        stands = []
        for part in _parts(entry.before, entry.after):
            place = (entry.table, entry.row_id, f"detail {part}")
            if place in self._blocked or now.get(part) != after.get(part):
                self._blocked.add(place)
                stands.append(part)
            else:
                now[part] = before.get(part)
                self._note_back(entry, "name" if part == "n" else part)
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
        own |= {
            new
            for (named, row_id, old), new in self._since.uuids.items()
            if named == table and old in own and row_id in rows
        }
        staying = self._staying(entry, own)
        removed = set(rows) - staying
        for row_id in rows[:_NAMED]:
            if row_id in removed:
                self._note_back(entry._replace(row_id=row_id), "")
        for row_id in sorted(staying.intersection(rows)):
            if table not in _OF_TEXTS:  # of the text it is said
                self.left.append(self._in_words(table, row_id, ""))
        if entry.first_row is not None and not staying:
            self._db.execute(
                f'DELETE FROM "{table}" WHERE rowid BETWEEN ? AND ?', (entry.first_row, entry.row_id)
            )
        else:
            self._db.executemany(f'DELETE FROM "{table}" WHERE rowid = ?', ((row_id,) for row_id in removed))
        if removed:
            self._removed.setdefault(table, set()).update(removed)

    def _staying(self, entry: _Entry, own: set[bytes | None]) -> set[int]:
        """Return the rows in an entry's reach that are not the step's own, or on which something hangs."""
        first, last = entry.first_row or entry.row_id, entry.row_id
        kept = {row_id for row_id in self._kept.get(entry.table, ()) if first <= row_id <= last}
        kept |= self._of_newer(entry.table, first, last)
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

    def _of_newer(self, table: str, first: int, last: int) -> set[int]:
        """Return places of photos in texts that were changed since, and all photos then, among some rows."""
        if table not in _OF_TEXTS or not self._newer:
            return set()
        if table == "photo":  # undo of a later step may want it back
            return set(range(first, last + 1))
        rows = self._db.execute("SELECT id, vcard_id FROM cutting WHERE id BETWEEN ? AND ?", (first, last))
        return {row_id for row_id, card_id in rows if card_id in self._newer}

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

    def astray(self) -> set[tuple[str, int]]:
        """Return the rows that cannot be put back or point back, since what they would point to is gone."""
        astray = {
            (table, row_id)
            for table, written in self._written.items()
            for _, row_id, *_ in self._db.execute(f'PRAGMA foreign_key_check("{table}")')
            if row_id in written
        }
        for reference in self._references:
            lost = self._lost.get(reference.parent, set())
            for row_id in self._written.get(reference.table, ()) if lost else ():
                (parent,) = self._db.execute(
                    f'SELECT "{reference.column}" FROM "{reference.table}" WHERE rowid = ?', (row_id,)
                ).fetchone()
                if parent in lost:
                    astray.add((reference.table, row_id))
        return astray

    def mend(self) -> None:
        """Make what follows from the rest agree with it again."""
        is_shared = self._db.execute("SELECT 1 FROM share_list").fetchone()  # it may be another's step
        if not (is_shared or self._stale or self.left or self._moved or self._since.is_anything):
            return
        from relcard.store import contacts  # noqa: PLC0415  12 ms, for a step that is not the last alone
        from relcard.store import households  # noqa: PLC0415
        from relcard.store import new_contacts  # noqa: PLC0415

        for row_id in self._stale:
            if self._db.execute("SELECT 1 FROM contact WHERE id = ?", (row_id,)).fetchone():
                described = new_contacts.described(contacts.load(self._db, row_id))
                self._db.execute(
                    "UPDATE contact SET name_key = ?, sort_key = ?, search = ?, country = ? WHERE id = ?",
                    (*described[2:6], row_id),
                )
        before = {row[0] for row in self._db.execute("SELECT id FROM household")}
        homeless = "SELECT id FROM contact WHERE id NOT IN (SELECT contact_id FROM membership)"
        alone = [row[0] for row in self._db.execute(homeless)]
        for contact_id in alone:
            households.put(self._db, contact_id, households.make(self._db, reason=""))
        households.drop_empty(self._db)
        after = {row[0] for row in self._db.execute("SELECT id FROM household")}
        checksums.seal(self._db, "household", sorted(before ^ after))
        checksums.seal(self._db, "membership", alone)

    def _uuid_now(self, entry: _Entry) -> Iterator[bytes]:
        """Yield the UUID by which the row of an entry is known now, where it has one."""
        if entry.uuid is not None:
            yield self._since.uuids.get((entry.table, entry.row_id, entry.uuid), entry.uuid)

    def _note_back(self, entry: _Entry, column: str) -> None:
        if len(self.back) < _NAMED and column != "uuid" and (entry.table, column) not in _FOLLOWING:
            self.back.append(self._in_words(entry.table, entry.row_id, column))

    def _pointers(self, table: str) -> set[str]:
        return {reference.column for reference in self._references if reference.table == table}

    def _in_words(self, table: str, row_id: int, column: str) -> str:
        who = name_of(self._db, table, row_id)
        what = f"{column.removesuffix('_on').removesuffix('_id').replace('_', ' ')} of " if column else ""
        if column == table:
            what = ""
        return f"{what}{table.replace('_', ' ')}{f' {who}' if who else ''}"


def name_of(db: sqlite3.Connection, table: str, row_id: int) -> str:
    """Return the name of the contact, household or season a row speaks of, or "" where it speaks of none."""
    columns = {row[1] for row in db.execute(f'PRAGMA table_info("{table}")')}
    if table in ("contact", "season"):
        named = f"SELECT name FROM {table} WHERE id = ?"
    elif "contact_id" in columns:
        named = f'SELECT name FROM contact WHERE id = (SELECT contact_id FROM "{table}" WHERE rowid = ?)'
    elif table == "household" or "household_id" in columns:
        key = "rowid" if table == "household" else "household_id"
        named = f"""SELECT name FROM contact JOIN membership ON contact_id = contact.id
                    WHERE membership.household_id = (SELECT {key} FROM "{table}" WHERE rowid = ?)
                    ORDER BY contact.id"""
    else:
        return ""
    row = db.execute(named, (row_id,)).fetchone()
    return "" if row is None else str(row[0]) if table in ("contact", "season") else f"of {row[0]}"


def _same_uuid(entry: _Entry) -> str:
    return "" if entry.uuid is None else " AND uuid = ?"


def _references(db: sqlite3.Connection) -> list[_Reference]:
    names = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    return [
        _Reference(name, row[3], row[2])
        for name in names
        if name not in checksums.OWN_TABLES
        for row in db.execute(f'PRAGMA foreign_key_list("{name}")')
    ]
