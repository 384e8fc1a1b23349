"""Every command that changes the store is one step; `undo` takes the last one back, or another.

While a step is open, temporary triggers note each change beside it: table, UUID, column, before and after.
Nothing that writes can forget the journal, and no command needs inverse code of its own. Of rows that a step
adds behind the last row of their table, as nearly all are, one entry for the table has all the UUIDs. Undo
itself is in `undoing`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard import record
from relcard.errors import StoreError
from relcard.store.file import checksums
from relcard.store.file import faults
from relcard.store.file import identity
from relcard.store.file import undoing

if TYPE_CHECKING:
    from collections.abc import Iterator

KEPT_STEPS = 200  # that stand: how far back undo reaches. As many that were taken back are kept to be listed.
SETTLING = "share settle"  # how the commands begin that settle what differs in a shared list
_ANY_ROW = 1 << 62  # behind every row: each that is added is noted by itself
_OF_THIS_LAPTOP = "AND id NOT IN (SELECT step_id FROM share_taken)"
_SELECT_STEPS = """
    SELECT id, command, done_on, undone,
           max(1, (SELECT total(changes) FROM journal_entry WHERE step_id = journal_step.id)), device
    FROM journal_step
"""


class Step(NamedTuple):
    """One command that changed the store."""

    id: int
    command: str
    done_on: date
    undone: bool
    changes: int
    device: str = ""  # whose hand it was, by the device's name; "": the terminal of this computer
    back: tuple[str, ...] = ()  # what undo took back, in words: the first of it
    left: tuple[str, ...] = ()  # what undo did not take back, since it was changed elsewhere or later


@contextmanager
def step(
    db: sqlite3.Connection, command: str, *, today: date, dry_run: bool = False, joins: int | None = None
) -> Iterator[int]:
    """Hold a command together: one transaction, all or nothing; yield the id of the step to take back.

    A step that changed nothing leaves no trace; with `dry_run` nothing is kept whatever happened. `joins` is
    an earlier step that this one becomes a part of, as the answers of a sitting do. One that is not the
    newest, or that was undone, is not joined: what came after it must be taken back first.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        before = last_entry(db)
        step_id = joins if joins is not None and _is_newest(db, joins) else _begin(db, command, today)
        tables = _tables(db)
        last_rows = {table: _last_row(db, table) for table in tables}
        # Of a table without rows nothing can change or go: all it will have is added.
        watched = [table for table in tables if last_rows[table]]
        for table in watched:
            _watch(db, table, tables[table], step_id, last_rows[table])
        yield step_id
        _settle(db, before, last_rows)
        for table in watched:
            _unwatch(db, table)
        for table in tables:
            _note_added(db, table, step_id, last_rows[table])
        if not db.execute("SELECT 1 FROM journal_entry WHERE step_id = ? LIMIT 1", (step_id,)).fetchone():
            db.execute("DELETE FROM journal_step WHERE id = ?", (step_id,))
        has_changed = last_entry(db) != before
        if has_changed and is_shared(db):
            from relcard.store.sharing import capture  # noqa: PLC0415  15 ms, which a store of one's own is spared

            capture.capture_journal(db, command, behind=before, today=today)
        _let_old_steps_go(db)
        if dry_run:
            db.execute("ROLLBACK")
        else:
            _seal(db, before)
            _commit(db, command if has_changed else "")
    except BaseException:
        # SQLite has already rolled back when the disk is full: then there is nothing left to end.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def is_shared(db: sqlite3.Connection) -> bool:
    """Whether the store keeps a list together with another laptop's."""
    return db.execute("SELECT 1 FROM share_list").fetchone() is not None


def leave_wal(db: sqlite3.Connection) -> None:
    """Give a store that came from elsewhere the journal ours have; it is left alone while others read it."""
    with contextlib.suppress(sqlite3.OperationalError):
        db.execute("PRAGMA journal_mode = DELETE")


def _commit(db: sqlite3.Connection, command: str) -> None:
    """Commit, and write the command into the record; "" for one that changed nothing.

    Where the disk fails at the very last sync the change may stand all the same: that is looked up.
    """
    before = mark(db) if command else ()
    try:
        db.execute("COMMIT")
    except sqlite3.OperationalError:
        if db.in_transaction:
            db.execute("ROLLBACK")
        if not command or mark(db) != before:
            raise
        record.unsynced.append(command)
    if command:
        record.steps.append(command)


def mark(db: sqlite3.Connection) -> tuple[object, ...]:
    """Return by what a store that took the last step differs from one that did not."""
    mark: tuple[object, ...] = db.execute(
        """SELECT (SELECT max(id) FROM journal_step), (SELECT max(id) FROM journal_entry),
                  (SELECT count(*) FROM journal_step WHERE undone <> 0)"""
    ).fetchone()
    return mark


def _begin(db: sqlite3.Connection, command: str, today: date) -> int:
    """Write a new step and return its id."""
    cursor = db.execute(
        "INSERT INTO journal_step (command, done_on, device, form) VALUES (?, ?, ?, ?)",
        (command, today.isoformat(), getattr(db, "device", ""), getattr(db, "form", "")),
    )
    assert cursor.lastrowid is not None  # noqa: S101  a row was inserted
    return cursor.lastrowid


def earlier_of_form(db: sqlite3.Connection, form: str, step_id: int) -> int | None:
    """Return the step that a form has made before this one, taken back or not; None for none."""
    row = db.execute(
        "SELECT id FROM journal_step WHERE form = ? AND id < ? LIMIT 1", (form, step_id)
    ).fetchone()
    return row[0] if row else None


def _is_newest(db: sqlite3.Connection, step_id: int) -> bool:
    """Whether no step came after this one, and it still stands."""
    row = db.execute("SELECT id, undone FROM journal_step ORDER BY id DESC LIMIT 1").fetchone()
    return row is not None and tuple(row) == (step_id, 0)


def forget(db: sqlite3.Connection, step_id: int) -> None:
    """Drop a step whose changes cancel each other out: there is nothing to take back."""
    db.execute("DELETE FROM journal_step WHERE id = ?", (step_id,))


def undo(db: sqlite3.Connection, step_id: int | None = None, *, dry_run: bool = False) -> Step | None:
    """Take a step back, the last one or another, all of it or nothing; return it, or None when there is none.

    What was changed elsewhere or by a later step stays, and is named in `left`. With `dry_run` nothing is
    kept. Raises `StoreError` for a step of which what the journal keeps is damaged.
    """
    with _taking_back(db):
        which = _OF_THIS_LAPTOP if step_id is None else f"AND id = {step_id:d}"
        row = db.execute(
            f"{_SELECT_STEPS} WHERE undone = 0 {which} ORDER BY id DESC LIMIT 1",
        ).fetchone()
        taken = _step_of(row) if row else None
        if taken is not None:
            _check_sound(db, taken)
            with _noted(db, taken) as stayed:
                back, left = undoing.take_back(db, taken.id)
            taken = taken._replace(back=back, left=(*left, *stayed))
            db.execute("DELETE FROM journal_entry WHERE step_id = ?", (taken.id,))
            db.execute("UPDATE journal_step SET undone = ? WHERE id = ?", (taken.changes, taken.id))
            checksums.seal_step(db, taken.id)
        if dry_run:
            db.execute("ROLLBACK")
        else:
            _commit(db, "undo" if taken is not None else "")
    return taken


def undo_part(db: sqlite3.Connection, step_id: int, *, behind: int) -> bool:
    """Take back what a step did behind an entry of the journal; whether it could, as `undo` would be next.

    A step of which nothing is left is none. Raises `StoreError` as `undo` does.
    """
    with _taking_back(db):
        last = step_of(db, step_id)
        could = last is not None and last_step(db) == step_id
        if last is not None and could:
            _check_sound(db, last)
            with _noted(db, last):
                undoing.take_back(db, step_id, behind=behind)
            db.execute("DELETE FROM journal_entry WHERE step_id = ? AND id > ?", (step_id, behind))
            if db.execute("SELECT 1 FROM journal_entry WHERE step_id = ? LIMIT 1", (step_id,)).fetchone():
                checksums.seal_step(db, step_id)
            else:
                forget(db, step_id)
        _commit(db, "undo" if could else "")
    return could


@contextmanager
def _watching(db: sqlite3.Connection, step_id: str) -> Iterator[None]:
    """Note every change of every row, one by one, as part of a step: its id, or SQL that gives it."""
    tables = _tables(db)
    for table, columns in tables.items():
        _watch(db, table, columns, step_id, _ANY_ROW)
    yield
    for table in tables:
        _unwatch(db, table)


class Taking:
    """What comes from another laptop, on its way into the history.

    What is written before the first step begins stands in no history; whoever leaves older steps out, since
    undo could not reach them, says so in `is_older_left_out`.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._is_watched = False
        self.is_older_left_out = False

    def begin(
        self,
        command: str,
        on: date,
        device: str,
        write: tuple[int, int] | None = None,
        settles: tuple[int, int] | None = None,
    ) -> None:
        """Begin a step; what is written until the next is part of it.

        `device` is the laptop's name, `write` its number here with that of its step, None for a step of this
        laptop's own user; `settles` is such a pair of a step by which this user settles what differs.
        """
        step_id = _begin(self._db, command, on)
        self._db.execute("UPDATE journal_step SET device = ? WHERE id = ?", (device, step_id))
        if write is not None:
            self._db.execute("INSERT INTO share_taken VALUES (?, ?, ?)", (step_id, *write))
        if settles is not None:
            note_answer(self._db, step_id, settles)
        self._db.execute("UPDATE temp.taking SET step_id = ?", (step_id,))
        if not self._is_watched:
            for table, columns in _tables(self._db).items():
                _watch(self._db, table, columns, "(SELECT step_id FROM temp.taking)", _ANY_ROW)
            self._is_watched = True

    def end(self) -> None:
        """Watch no more."""
        for table in _tables(self._db) if self._is_watched else ():
            _unwatch(self._db, table)


@contextmanager
def taking(db: sqlite3.Connection) -> Iterator[Taking]:
    """Hold together what comes from another laptop: one transaction, all or nothing."""
    with _taking_back(db):
        before = last_entry(db)
        db.execute("CREATE TEMP TABLE taking AS SELECT 0 AS step_id")
        history = Taking(db)
        yield history
        history.end()
        db.execute("DROP TABLE temp.taking")
        db.execute(
            """DELETE FROM journal_step WHERE id NOT IN (SELECT step_id FROM journal_entry)
               AND id NOT IN (SELECT step_id FROM share_answer) AND undone = 0"""
        )
        _let_old_steps_go(db)
        # What else goes by a foreign key, which is not followed here.
        for table in ("journal_entry", "share_taken", "share_answer"):
            db.execute(f"DELETE FROM {table} WHERE step_id NOT IN (SELECT id FROM journal_step)")
        if history.is_older_left_out:
            checksums.seal_all(db)
        _seal(db, before)
        _commit(db, "share" if last_entry(db) != before or history.is_older_left_out else "")


def note_answer(db: sqlite3.Connection, step_id: int, write: tuple[int, int]) -> None:
    """Note that a step settles what differs: taken back, it is asked again, though it changed no table.

    `write` is this laptop's number in the list, with that of its step there.
    """
    db.execute("INSERT INTO share_answer VALUES (?, ?, ?)", (step_id, *write))
    checksums.seal_step(db, step_id)


def settle_keys(db: sqlite3.Connection, behind: int) -> None:
    """Give the rows that were written behind an entry, and have natural keys, the UUIDs of these."""
    _settle(db, behind, dict.fromkeys(_tables(db), _ANY_ROW))


@contextmanager
def _noted(db: sqlite3.Connection, step: Step) -> Iterator[list[str]]:
    """Let what is taken back of a step travel, where the store is shared; yield what stays, in words."""
    stayed: list[str] = []
    if not is_shared(db):
        yield stayed
        return
    from relcard.store.sharing import capture  # noqa: PLC0415  as in `step`

    # Watched once more, since what is taken back takes others along. The step's entries go in the end.
    mark = last_entry(db)
    with _watching(db, str(step.id)):
        yield stayed
    changes = capture.capture_journal(db, f"undo {step.command}", behind=mark, today=step.done_on)
    if step.command.startswith(SETTLING):
        from relcard.store.sharing import asking  # noqa: PLC0415  as in `step`

        with _watching(db, str(step.id)):
            command = f"undo {step.command}"
            if not asking.ask_again(db, step.id, command, step.done_on, is_noted=bool(changes)):
                stayed.append("the answer")
    undoing.seal_rows(db, "id > ?", mark)


@contextmanager
def _taking_back(db: sqlite3.Connection) -> Iterator[None]:
    """Hold together what is taken back; the caller commits."""
    # The journal has every row that a foreign key took along, so that undoing is row by row: a cascade would
    # take rows that the step only moved. `undoing` looks that what stands afterwards agrees.
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
    finally:
        db.execute("PRAGMA foreign_keys = ON")


def _check_sound(db: sqlite3.Connection, step: Step) -> None:
    """Raise `StoreError` where what the journal keeps of a step is damaged."""
    if not checksums.is_step_sound(db, step.id):
        raise StoreError(
            f'What the history keeps of "{step.command}" is damaged, and taking it back would damage '
            "more. Nothing was changed.",
            hint=faults.DOCTOR,
        )


def last_step(db: sqlite3.Connection) -> int | None:
    """Return the id of the step that `undo` would take back, None when there is none."""
    row = db.execute(f"SELECT max(id) FROM journal_step WHERE undone = 0 {_OF_THIS_LAPTOP}").fetchone()
    return row[0] if row else None


def last_entry(db: sqlite3.Connection) -> int:
    """Return the id of the journal's last entry, 0 without any: where the next part of a step begins."""
    return _last_row(db, "journal_entry")


def history(db: sqlite3.Connection) -> list[Step]:
    """Return the steps, newest first."""
    return [_step_of(row) for row in db.execute(f"{_SELECT_STEPS} ORDER BY id DESC")]


def step_of(db: sqlite3.Connection, step_id: int) -> Step | None:
    """Return a step of the history, whether it stands or was taken back; None for none of that number."""
    row = db.execute(f"{_SELECT_STEPS} WHERE id = ?", (step_id,)).fetchone()
    return _step_of(row) if row else None


def _step_of(row: tuple[int, str, str, int, float, str]) -> Step:
    """Return a step from its row, whose `undone` is how many changes were taken back, 0 while it stands."""
    step_id, command, done_on, undone, changes, device = row
    return Step(
        id=step_id,
        command=command,
        done_on=date.fromisoformat(done_on),
        undone=bool(undone),
        changes=undone or int(changes),
        device=device,
    )


def _let_old_steps_go(db: sqlite3.Connection) -> None:
    db.execute(
        """DELETE FROM journal_step WHERE id <= (
               SELECT id FROM journal_step WHERE undone = 0 ORDER BY id DESC LIMIT 1 OFFSET ?)""",
        (KEPT_STEPS,),
    )
    db.execute(
        """DELETE FROM journal_step WHERE undone <> 0 AND id <= (
               SELECT id FROM journal_step WHERE undone <> 0 ORDER BY id DESC LIMIT 1 OFFSET ?)""",
        (KEPT_STEPS,),
    )


def _tables(db: sqlite3.Connection) -> dict[str, list[str]]:
    names = [
        row[0]
        for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
        if row[0] not in checksums.OWN_TABLES and not row[0].startswith("sqlite_")
    ]
    return {name: [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')] for name in names}


def _last_row(db: sqlite3.Connection, table: str) -> int:
    (row_id,) = db.execute(f'SELECT max(rowid) FROM main."{table}"').fetchone()
    return row_id or 0


def _settle(db: sqlite3.Connection, newest: int, last_rows: dict[str, int]) -> None:
    """Give the rows with a natural key that the step wrote the UUIDs of their keys."""
    noted = {row[0] for row in db.execute("SELECT DISTINCT name FROM journal_entry WHERE id > ?", (newest,))}
    written = "rowid IN (SELECT row_id FROM journal_entry WHERE id > :entry AND name = :table)"
    for table in identity.NATURAL:
        last = last_rows[table]
        rows = [f"{table}.{written}"] if table in noted else []
        if _last_row(db, table) > last:
            rows.append(f"{table}.rowid > :last")
        parameters = {"entry": newest, "table": table, "last": last}
        if table == "household":
            # Where those who came or went are now, and where they were before.
            if _last_row(db, "membership") > last_rows["membership"]:
                rows.append(_LIVE_IN.format(f"contact_id > {last_rows['membership']}"))
            if "membership" in noted:
                rows += [_LIVE_IN.format(f"contact_id IN ({_MOVED})"), f"household.id IN ({_LEFT})"]
        if table == "recipient" and "household" in noted:
            rows.append(f"recipient.household_id IN ({_RENAMED})")
        if rows:
            identity.settle(db, table, " OR ".join(rows), parameters)


_LIVE_IN = "household.id IN (SELECT household_id FROM membership WHERE {0})"
_MOVED = "SELECT row_id FROM journal_entry WHERE id > :entry AND name = 'membership'"
_LEFT = f"{_MOVED.replace('row_id', 'before')} AND column_name = 'household_id'"
_RENAMED = (
    "SELECT row_id FROM journal_entry WHERE id > :entry AND name = 'household' AND column_name = 'uuid'"
)


def _seal(db: sqlite3.Connection, newest: int) -> None:
    """Write the checksums of the rows the open step changed, and of the step; those it added have theirs."""
    undoing.seal_rows(db, "id > ? AND first_row IS NULL", newest)
    for (step_id,) in db.execute(
        "SELECT DISTINCT step_id FROM journal_entry WHERE id > ?", (newest,)
    ).fetchall():
        checksums.seal_step(db, step_id)


def _note_added(db: sqlite3.Connection, table: str, step_id: int | None, last_row: int) -> None:
    """Write the one entry that removes the rows behind `last_row`, where the table ended before the step.

    It is written after all others and so undone before them: a row brought back never meets a new one that
    took its place. The checksums of the rows are written with it, which read their UUIDs anyway.
    """
    newest = _last_row(db, table)
    if newest <= last_row:
        return
    count, uuids = checksums.seal(db, table, range(last_row + 1, newest + 1))
    db.execute(
        """INSERT INTO journal_entry (step_id, name, row_id, first_row, uuid, changes)
           VALUES (?, ?, ?, ?, ?, ?)""",
        (step_id, table, newest, last_row + 1, uuids or None, count),
    )


def _unwatch(db: sqlite3.Connection, table: str) -> None:
    for event in ("insert", "update", "delete"):
        db.execute(f'DROP TRIGGER temp."{table}_{event}"')


def _watch(
    db: sqlite3.Connection, table: str, columns: list[str], step_id: int | str | None, last_row: int
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    values = " || ', ' || ".join(f'quote(old."{column}")' for column in columns)
    put_back = f"""'INSERT INTO "{table}" ({names}) VALUES (' || {values} || ')'"""
    old_uuid, new_uuid = ("old.uuid", "new.uuid") if "uuid" in columns else ("NULL", "NULL")
    # The UUID first, and so taken back last: the others of its update are found by the one the step left.
    changes = " UNION ALL ".join(
        f"""SELECT '{column}', old."{column}", new."{column}" WHERE old."{column}" IS NOT new."{column}\""""
        for column in sorted(columns, key=lambda column: column != "uuid")
    )
    changed = (
        "INSERT INTO journal_entry (step_id, name, row_id, uuid, column_name, before, after) "
        f"SELECT {step_id}, '{table}', old.rowid, {new_uuid}, * FROM ({changes}) WHERE old.rowid = new.rowid"
    )
    # A row that gets another key has gone from one place and come to another.
    gone, come = (
        "INSERT INTO journal_entry (step_id, name, row_id, uuid, inverse) "
        f"SELECT {step_id}, '{table}', {row}, {uuid}, {inverse} WHERE {row} <= {last_row}"
        for row, uuid, inverse in (("old.rowid", old_uuid, put_back), ("new.rowid", new_uuid, "NULL"))
    )
    moved = "old.rowid <> new.rowid AND"
    events = {
        "insert": (f"new.rowid <= {last_row}", [come]),
        "update": (
            f"old.rowid <= {last_row} OR new.rowid <= {last_row}",
            [changed, gone.replace("WHERE", f"WHERE {moved}"), come.replace("WHERE", f"WHERE {moved}")],
        ),
        "delete": (f"old.rowid <= {last_row}", [gone]),
    }
    for event, (needed, entries) in events.items():
        db.execute(
            f'CREATE TEMP TRIGGER "{table}_{event}" AFTER {event} ON main."{table}" '
            f"WHEN {needed} BEGIN {'; '.join(entries)}; END"
        )
