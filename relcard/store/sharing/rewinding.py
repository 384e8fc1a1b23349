"""A store brought back to what an earlier copy of it says, as one step: row by row, by their UUIDs.

The store stays, and with it its device and what it keeps of the list: so the step travels like any other.
Rows that stand keep their numbers, and those that come back get theirs where it is free.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.sharing.steps import from_line
from relcard.store import photos
from relcard.store.file import journal
from relcard.store.file.identity import TRAVELLING
from relcard.store.sharing import encoding
from relcard.store.sharing import ledger
from relcard.store.sharing import taking

if TYPE_CHECKING:
    from datetime import date

    from relcard.store.sharing.encoding import Raw

_MOST_STEPS = 10_000  # of those that were not sent: so many the guard of `share` looks at
_FOLLOWING = {"name_key", "sort_key", "search", "country"}  # columns of a contact that are made of others


class Moved(NamedTuple):
    """How many rows of a table went, came back and changed."""

    gone: int
    back: int
    changed: int


class Rewound(NamedTuple):
    """What went back; `names` are the contacts that went, came back or changed, in this order."""

    tables: dict[str, Moved]  # those in which something did
    names: tuple[str, ...]
    mass: int  # contacts for which `share` asks, on each laptop; 0: it does not ask


def rewind(
    db: sqlite3.Connection, then: sqlite3.Connection, command: str, *, today: date, dry_run: bool = False
) -> Rewound:
    """Make every row that may travel what an earlier copy (`then`) of the store has, as one step.

    With `dry_run` it is done in a copy in memory, and the store is only read.
    """
    if dry_run:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            db.backup(copy)
            return rewind(copy, then, command, today=today)
    # Row by row: a foreign key would take along what only goes elsewhere.
    db.execute("PRAGMA foreign_keys = OFF")
    try:
        with journal.step(db, command, today=today):
            rewinding = _Rewinding(db, then)
            rewinding.move()
    finally:
        db.execute("PRAGMA foreign_keys = ON")
    return Rewound(rewinding.tables, tuple(rewinding.names), _mass(db))


def _mass(db: sqlite3.Connection) -> int:
    """Return for how many contacts that go or change at once `share` will ask, 0 where it will not."""
    try:
        taking.guard(db, map(from_line, ledger.unbundled(db, _MOST_STEPS)))
    except taking.MassChangeError as error:
        return error.count
    return 0


class _Rewinding:
    """One run through all tables, inside the caller's step and without foreign keys."""

    def __init__(self, db: sqlite3.Connection, then: sqlite3.Connection) -> None:
        self._db = db
        self._then = then
        # By table, the numbers that the rows of the copy have here.
        self._numbers = {table: self._numbered(table) for table in TRAVELLING} | {"source": self._sources()}
        self._cards: list[tuple[int, int]] = []  # whose text goes back: number there and here
        self.tables: dict[str, Moved] = {}
        self.names: list[str] = []

    def move(self) -> None:
        """Bring every table to what the copy says."""
        gone = {table: self._remove(table) for table in TRAVELLING}
        for table in TRAVELLING:
            moved = Moved(gone[table], *self._write(table))
            if any(moved):
                self.tables[table] = moved
        self._follow_cards()
        self._follow_remotes()

    def _numbered(self, table: str) -> dict[int, int]:
        """Return the number of each row of the copy here: no other's, not even of one about to go."""
        now, was = _by_uuid(self._db, table), _by_uuid(self._then, table)
        taken = {*now.values()}
        last = max((*taken, *was.values()), default=0)
        numbers: dict[int, int] = {}
        for uuid, number in was.items():
            if uuid not in now and number in taken:
                last += 1
            numbers[number] = now.get(uuid, last if number in taken else number)
        return numbers

    def _sources(self) -> dict[int, int]:
        """Return the numbers of the files that were imported; one that is not known here is put in."""
        rows = self._db.execute("SELECT id, name, imported_on FROM source").fetchall()
        known = {tuple(said): number for number, *said in rows}
        numbers: dict[int, int] = {}
        for row in self._then.execute("SELECT id, name, imported_on FROM source"):
            number = row[0] if row in rows else known.get(row[1:])
            if number is None:
                number = self._db.execute(
                    "INSERT INTO source (name, imported_on) VALUES (?, ?)", row[1:]
                ).lastrowid
            assert number is not None  # noqa: S101  a row was inserted
            numbers[row[0]] = number
        return numbers

    def _remove(self, table: str) -> int:
        """Take away the rows that the copy does not have; return how many."""
        was = _by_uuid(self._then, table)
        gone = [(number,) for uuid, number in _by_uuid(self._db, table).items() if uuid not in was]
        if table == "contact":
            for number in gone:
                self.names += self._db.execute("SELECT name FROM contact WHERE id = ?", number).fetchone()
        self._db.executemany(f'DELETE FROM "{table}" WHERE rowid = ?', gone)
        return len(gone)

    def _write(self, table: str) -> tuple[int, int]:
        """Write what the copy has; return how many rows came back and how many changed."""
        pointing = {key[3]: key[2] for key in self._db.execute(f'PRAGMA foreign_key_list("{table}")')}
        standing = {raw["uuid"]: raw for raw in encoding.read(self._db, table, "1")}
        back: list[Raw] = []
        anew: list[Raw] = []  # of the changed ones
        changed: list[Raw] = []
        for raw in encoding.read(self._then, table, "1"):
            row = self._as_here(table, raw, {**pointing, "id": table})
            here = standing.get(row["uuid"])
            differing = row if here is None else {name: row[name] for name in row if row[name] != here[name]}
            if table == "vcard" and "sha256" in differing:
                self._cards.append((raw["rowid"], row["id"]))
            if here is None:
                back.append(row)
            elif differing:
                if not self._change(table, here["rowid"], differing):
                    anew.append(row)
                if table != "contact" or not _FOLLOWING.issuperset(differing):
                    changed.append(row)
        for row in (*anew, *back):
            self._insert(table, row)
        if table == "contact":
            self.names += [row["name"] for row in (*back, *changed)]
        return len(back), len(changed)

    def _as_here(self, table: str, raw: Raw, pointing: dict[str, str]) -> Raw:
        """Return a row of the copy with the numbers that the rows it points to, and it itself, have here."""
        row = {
            name: self._numbers[pointing[name]][value] if name in pointing and value is not None else value
            for name, value in raw.items()
            if name != "rowid"
        }
        if table == "not_same":  # the smaller number first, as the table wants it
            row["one_id"], row["other_id"] = sorted((row["one_id"], row["other_id"]))
        return row

    def _change(self, table: str, number: int, values: Raw) -> bool:
        """Write values of a row back. Where another row still has one that is unique, it goes first."""
        setting = ", ".join(f'"{name}" = ?' for name in values)
        try:
            self._db.execute(f'UPDATE "{table}" SET {setting} WHERE rowid = ?', [*values.values(), number])
        except sqlite3.IntegrityError:
            self._db.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (number,))
            return False
        return True

    def _insert(self, table: str, row: Raw) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        self._db.execute(
            f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values())
        )

    def _follow_cards(self) -> None:
        """Bring the photos of the vCards that went back, and what was not understood of them."""
        for table in ("cutting", "problem"):
            self._db.execute(f"DELETE FROM {table} WHERE vcard_id NOT IN (SELECT id FROM vcard)")
        for there, here in self._cards:
            photos.replace(self._db, here, photos.of_card(self._then, there))
            self._db.execute("DELETE FROM problem WHERE vcard_id = ?", (here,))
            problems = self._then.execute(
                "SELECT source, line, name, message FROM problem WHERE vcard_id = ?", (there,)
            )
            self._db.executemany(
                "INSERT INTO problem (vcard_id, source, line, name, message) VALUES (?, ?, ?, ?, ?)",
                [(here, *problem) for problem in problems],
            )

    def _follow_remotes(self) -> None:
        """Forget the cards that were read on servers since: the next `pull` reads them again."""
        question = """SELECT url, path, etag, remote_card.id
                      FROM remote_card JOIN remote ON remote.id = remote_id"""
        known = {row[:3] for row in self._then.execute(question)}
        since = [row[3:] for row in self._db.execute(question) if row[:3] not in known]
        self._db.executemany("DELETE FROM remote_card WHERE id = ?", since)


def _by_uuid(db: sqlite3.Connection, table: str) -> dict[bytes, int]:
    return dict(db.execute(f'SELECT uuid, rowid FROM "{table}"'))
