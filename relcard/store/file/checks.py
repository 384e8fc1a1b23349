"""What the doctor looks at: that the file is whole, and that what stands in it still agrees.

Nothing is changed here, and nothing stops at the first fault: what can be read of a damaged store is read.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from relcard.domain.text import quoted
from relcard.store import migrations
from relcard.store import photos
from relcard.store.file import checksums
from relcard.store.file import faults
from relcard.store.file import identity
from relcard.store.file import rows
from relcard.store.file.database import session
from relcard.store.migrations import run

# Python reads SQLite's own messages as UTF-8, and a damaged name in one of them is none.
if TYPE_CHECKING:
    from datetime import date

_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
_VALUE = 60  # letters of a value that is shown
_SHOWN = 5  # of SQLite's own remarks, which are many and say little to a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be; `is_damage` when something was lost or may get lost."""

    message: str
    next_step: str = ""  # "" where only an older copy of the store helps
    is_damage: bool = True
    who: str = ""
    source: str = ""
    line: int = 0


@dataclass(slots=True)
class Examination:
    """The findings, and counts of what could be read; `version` is the format of the store."""

    findings: list[Finding] = field(default_factory=list)
    contacts: int = 0
    cards: int = 0
    version: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found to be damaged."""
        return not any(finding.is_damage for finding in self.findings)

    def add(self, message: str, *, next_step: str = "", is_damage: bool = True, who: str = "") -> None:
        """Add one thing that is not as it should be."""
        self.findings.append(Finding(message=message, next_step=next_step, is_damage=is_damage, who=who))


def examine(path: str, today: date | None = None) -> Examination:
    """Look through a whole store, of this format or an older one; no bytes of it raise anything.

    With `today` what is dated later is named as well.

    Raises `StoreError` where it cannot be looked at now: in use, or the disk or the permissions in its way.
    """
    report = Examination()
    if os.path.isfile(path) and not os.path.getsize(path):  # noqa: PTH113, PTH202
        report.add(f"{path} is empty (0 bytes): what was in it is gone.")
        return report
    try:
        uri = f"{Path(path).resolve().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=faults.BUSY_SECONDS, isolation_level=None)) as db:
            _take_hold(db, path)
            db.execute("PRAGMA trusted_schema=OFF")
            db.execute("PRAGMA cell_size_check=ON")
            db.text_factory = checksums.decoded
            if _is_ours(db, path, report):
                _check_file(db, report)
                _check_schema(db, report)
                _check_cards(db, report)
                _check_agreement(db, report)
                _check_rows(db, report)
                _check_checksums(db, report)
                _check_identities(db, report)
                if today is not None:
                    _check_days(db, report, today)
    except _UNREADABLE as error:
        if isinstance(error, sqlite3.Error) and faults.is_around(error):
            raise faults.refusal(error, path) from error
        report.add(f"{path} cannot be read: {error}.")
    _check_mode(path, report)
    return report


def _take_hold(db: sqlite3.Connection, path: str) -> None:
    """Begin to read, so that nobody writes until the whole is looked at; what is damaged is said later."""
    try:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM main.sqlite_schema").fetchone()
    except sqlite3.Error as error:
        if faults.is_around(error):
            raise faults.refusal(error, path) from error
    except UnicodeDecodeError:
        return


def _is_ours(db: sqlite3.Connection, path: str, report: Examination) -> bool:
    try:
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        (report.version,) = db.execute("PRAGMA user_version").fetchone()
    except _UNREADABLE as error:
        report.add(f"{path} is no store, or its first page is damaged: {error}.")
        return False
    if report.version > migrations.LATEST:
        report.add(
            f"The store is of format {report.version}; this relcard knows {migrations.LATEST}.",
            next_step="Install the newer relcard: make install in its folder",
        )
        return False
    if application_id != migrations.APPLICATION_ID:
        report.add("The file does not say that it is a store of relcard.")
    (mode,) = db.execute("PRAGMA journal_mode").fetchone()
    if mode == "wal":
        report.add(
            "The store came with another journal (WAL); the next command that changes it ends that.",
            is_damage=False,
        )
    if report.version < 1:
        report.add("The store does not say which format it is of.")
    elif report.version < migrations.LATEST:
        report.add(
            f"The store is of format {report.version}; the next command brings it to "
            f"{migrations.LATEST} and keeps a copy.",
            is_damage=False,
        )
    return True


def _check_file(db: sqlite3.Connection, report: Examination) -> None:
    remarks: list[str] = []
    try:
        remarks = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
    except _UNREADABLE as error:
        remarks = [str(error)]
    if remarks == ["ok"]:
        return
    for remark in remarks[:_SHOWN]:
        report.add(f"The file is damaged: {' '.join(remark.split())}.")
    if len(remarks) > _SHOWN:
        report.add(f"The file is damaged in {len(remarks) - _SHOWN} further places.")
    _name_tables(db, report)


def _name_tables(db: sqlite3.Connection, report: Examination) -> None:
    """Name the tables of a damaged file that cannot be read to their end."""
    try:
        names = [row[0] for row in db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")]
    except _UNREADABLE:
        report.add("Not even the list of its tables can be read.")
        return
    ended_early = False
    for name in names:
        number = 0
        try:
            for _ in db.execute(f'SELECT * FROM main."{name}" NOT INDEXED'):
                number += 1
        except _UNREADABLE:
            ended_early = True
            report.add(f"Of the table {name} only the first {number} rows can be read.")
    if not ended_early:
        report.add(
            "Every table can be read to its end: it is an index that is damaged.",
            next_step="relcard doctor --rescue rescued.db",
        )


def _check_schema(db: sqlite3.Connection, report: Examination) -> None:
    if not 0 < report.version <= migrations.LATEST:
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        run.apply(fresh, up_to=report.version)
        wanted = run.described(fresh)
    try:
        present = run.described(db)
    except _UNREADABLE:
        return  # said already by SQLite's own check
    for kind, name in sorted(wanted.keys() - present.keys()):
        report.add(f"The {kind} {name} is missing.")
    for kind, name in sorted(present.keys() - wanted.keys()):
        report.add(f"The {kind} {name} is none of relcard's.")
    for kind, name in sorted(wanted.keys() & present.keys()):
        if wanted[kind, name] != present[kind, name]:
            report.add(f"The {kind} {name} is not as relcard made it.")


def _check_cards(db: sqlite3.Connection, report: Examination) -> None:
    """Compare every card's text, with the photos put back, with the checksum taken when it came."""
    has_photos = bool(
        db.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'cutting' AND type = 'table'").fetchone()
    )
    ids: set[int] = set()
    # The first way runs through the table, the second through an index: either may be broken.
    for hint in ("NOT INDEXED", "INDEXED BY vcard_by_contact"):
        try:
            for row in db.execute(f"SELECT id FROM vcard {hint}"):
                ids.add(row[0])
        except _UNREADABLE:
            continue  # said already by SQLite's own check; what was read so far is looked at
    for card_id in sorted(ids):
        try:
            row = db.execute("SELECT raw, sha256 FROM vcard WHERE id = ?", (card_id,)).fetchone()
            raw, digest = row or (b"", None)
            cuttings = photos.of_card(db, card_id) if has_photos else []
            is_sound = hashlib.sha256(photos.put_back(bytes(raw), cuttings)).digest() == digest
        except (*_UNREADABLE, TypeError):
            is_sound = False
        report.cards += 1
        if not is_sound:
            report.findings.append(_damaged_card(db, card_id))


def _damaged_card(db: sqlite3.Connection, card_id: int) -> Finding:
    who, source, line = "", "", 0
    try:
        row = db.execute(
            """SELECT coalesce(contact.name, group_name, ''), coalesce(source.name, ''), line
               FROM vcard LEFT JOIN contact ON contact.id = contact_id
               LEFT JOIN source ON source.id = source_id
               WHERE vcard.id = ?""",
            (card_id,),
        ).fetchone()
        if row is not None:
            who, source, line = str(row[0]), str(row[1]), int(row[2])
    except (*_UNREADABLE, TypeError, ValueError):
        who = ""  # not even the name can be read
    owner = f"of {who}" if who else f"number {card_id}, which was not understood or has lost its name,"
    return Finding(
        message=f"The vCard {owner} is not what was imported: its text was damaged.",
        who=who,
        source=source,
        line=line,
    )


_AGREEMENTS = (
    (
        "SELECT name FROM contact WHERE id NOT IN (SELECT contact_id FROM membership) ORDER BY id",
        "{0} is in no household and would get no greeting card.",
        "relcard household join",
        True,
    ),
    (
        """SELECT 'h' || id FROM household WHERE id NOT IN (SELECT household_id FROM membership)
           AND id NOT IN (SELECT household_id FROM recipient) ORDER BY id""",
        "Household {0} has no members and no season; the next import lets it go.",
        "",
        False,
    ),
)


def _check_agreement(db: sqlite3.Connection, report: Examination) -> None:
    try:
        (report.contacts,) = db.execute("SELECT count(*) FROM contact").fetchone()
        broken: dict[tuple[str, str], list[int]] = {}
        for table, row_id, parent, _ in db.execute("PRAGMA foreign_key_check"):
            broken.setdefault((str(table), str(parent)), []).append(row_id)
        for (table, parent), rows in broken.items():
            number = "A row" if len(rows) == 1 else f"{len(rows)} rows"
            points = "points" if len(rows) == 1 else "point"
            name = _owner(db, table, rows[0])
            report.add(
                f"{number} of {table} {points} to a {parent} that is gone" + (f" ({name})." if name else "."),
                who=name,
            )
        for question, message, next_step, is_damage in _AGREEMENTS:
            for (who,) in db.execute(question):
                report.add(message.format(who), next_step=next_step, is_damage=is_damage, who=who)
    except _UNREADABLE as error:
        report.add(f"Not everything could be looked at: {error}.")


def _check_rows(db: sqlite3.Connection, report: Examination) -> None:
    """Name each value that a command could not read, with its table and its contact."""
    if report.version != migrations.LATEST:
        return
    number: Counter[tuple[str, str]] = Counter()
    try:
        for row in rows.unread(db):
            number[row.table, row.column] += 1
            if number[row.table, row.column] <= _SHOWN:
                who = _owner(db, row.table, row.row_id)
                report.add(_unread_words(row, who), is_damage=row.is_fault, who=who)
    except _UNREADABLE:
        return  # said already by SQLite's own check
    for (table, column), many in number.items():
        if many > _SHOWN:
            report.add(f"{many - _SHOWN} further rows of {table}.{column} cannot be read.")


def without_unread(path: str) -> tuple[sqlite3.Connection | None, list[str]]:
    """Return a copy of a store in memory without what no command can read, and that in words.

    Where every row can be read there is no copy.

    Raises `StoreError` where the store cannot be opened.
    """
    with session(path) as db:
        bad = list(rows.unread(db))
        lost = [(table, row_id) for table, row_id, *_ in db.execute("PRAGMA foreign_key_check")]
        if not bad and not lost:
            return None, []
        db.text_factory = checksums.decoded
        words = [_unread_words(one, _owner(db, one.table, one.row_id)) for one in bad]
        words += [f"The row {row_id} of {table} points to what is gone." for table, row_id in lost]
        copy = sqlite3.connect(":memory:", isolation_level=None)
        db.backup(copy)
    for table, row_id in lost:
        copy.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))
    rows.spare(copy, bad)
    return copy, words


def _unread_words(row: rows.Unread, who: str) -> str:
    what = f"{row.table}.{row.column}" if row.column else row.table
    value = row.value if len(row.value) <= _VALUE else f"{row.value[:_VALUE]}…"
    return f'The row {row.row_id} of {what}{f" ({who})" if who else ""} cannot be read: "{value}".'


def _check_checksums(db: sqlite3.Connection, report: Examination) -> None:
    """Name each row, photo and step of the history that is not as it was written."""
    if report.version != migrations.LATEST:
        return
    number: Counter[str] = Counter()
    try:
        for table, row_id, is_gone, is_new in checksums.mismatches(db):
            number[table] += 1
            if number[table] <= _SHOWN:
                who = _owner(db, table, row_id)
                what = "is gone" if is_gone else "is not as relcard wrote it"
                report.add(
                    f"The row {row_id} of {table}{f' ({who})' if who else ''} "
                    f"{'was written by another program' if is_new else what}.",
                    is_damage=not is_new,
                    who=who,
                )
        _check_photos_and_steps(db, report)
    except (*_UNREADABLE, TypeError):
        report.add("Not every checksum could be compared.")
    for table, many in number.items():
        if many > _SHOWN:
            report.add(f"{many - _SHOWN} further rows of {table} are not as relcard wrote them.")


def _check_photos_and_steps(db: sqlite3.Connection, report: Examination) -> None:
    for photo_id, data, digest in db.execute("SELECT id, data, sha256 FROM photo"):
        if hashlib.sha256(data).digest() != digest:
            report.add(f"The photo {photo_id} is not what was imported.")
    for step_id, command in db.execute("SELECT id, command FROM journal_step").fetchall():
        if not checksums.is_step_sound(db, step_id):
            report.add(f'What the history keeps of "{command}" is damaged; undo does not run it.')


def _check_identities(db: sqlite3.Connection, report: Examination) -> None:
    """Name each UUID that is none, and those that two rows of a table share."""
    if report.version != migrations.LATEST:
        return
    for table in identity.TRAVELLING:
        try:
            uuids = db.execute(f'SELECT rowid, uuid FROM "{table}"').fetchall()
        except _UNREADABLE:
            continue  # said already by SQLite's own check
        holders: dict[object, int] = {}
        for row_id, uuid in uuids:
            if not identity.is_uuid(uuid):
                report.add(f"The row {row_id} of {table} has no UUID that could be one.")
            elif uuid in holders:
                report.add(f"The rows {holders[uuid]} and {row_id} of {table} have the same UUID.")
            holders[uuid] = row_id


def _check_days(db: sqlite3.Connection, report: Examination, today: date) -> None:
    """Name what is dated after today, by a clock that was ahead then or is behind now."""
    if report.version != migrations.LATEST:
        return
    try:
        (newest,) = db.execute("SELECT max(done_on) FROM journal_step").fetchone()
        if newest and newest > str(today):
            report.add(
                f"The last change is of {newest}, and this computer says that it is {today}: its clock was "
                "ahead then, or is behind now.",
                is_damage=False,
            )
        for table, column, command in (("interaction", "happened_on", "log"), ("note", "noted_on", "note")):
            ahead = f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" > ? ORDER BY id'
            for number, (row_id, day) in enumerate(db.execute(ahead, (str(today),)).fetchall(), start=1):
                who = _owner(db, table, row_id)
                if number <= _SHOWN:
                    report.add(
                        f"{_CALLED[table]} {row_id} of {who} is dated {day}, which has not come yet.",
                        next_step=f"relcard {command} {quoted(who)} --remove {row_id}",
                        is_damage=False,
                        who=who,
                    )
    except _UNREADABLE:
        return  # said already by SQLite's own check


_CALLED = {"interaction": "Entry", "note": "Note"}


def _owner(db: sqlite3.Connection, table: str, row_id: int | None) -> str:
    """Return the name of the contact a row speaks of, or "" where it speaks of none."""
    own = "SELECT name FROM contact WHERE rowid = ?"
    if table in ("household", "recipient"):
        home = "?" if table == "household" else "(SELECT household_id FROM recipient WHERE rowid = ?)"
        own = f"""SELECT name FROM contact JOIN membership ON contact.id = contact_id
                  WHERE household_id = {home} ORDER BY contact.id"""
    try:
        row = db.execute(
            own
            if table in ("contact", "household", "recipient")
            else f"""SELECT contact.name FROM main."{table}" AS speaks JOIN contact ON contact.id = contact_id
                WHERE speaks.rowid = ?""",
            (row_id,),
        ).fetchone()
    except _UNREADABLE:
        return ""
    return str(row[0]) if row else ""


def _check_mode(path: str, report: Examination) -> None:
    if os.name != "posix":
        return
    try:
        mode = stat.S_IMODE(Path(path).stat().st_mode)
    except OSError:
        return
    if mode & 0o077:
        report.add(
            f"Others on this computer may open the store (mode {mode:04o}).",
            next_step=f"chmod 600 {path}",
            is_damage=False,
        )
