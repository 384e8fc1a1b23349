"""Verified copies of the store: made, listed, let go when there are enough, and put back.

A copy is whole before it has its name: SQLite's own backup writes a file beside the target, which is checked,
synced and only then renamed.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from relcard import record
from relcard.errors import FileError
from relcard.errors import StoreError
from relcard.errors import UsageError
from relcard.files import put_in_place
from relcard.store import pictures
from relcard.store.file import faults
from relcard.store.file import picture_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

FOLDER = "backups"
KEPT_DAYS = 7
KEPT_WEEKS = 8
PARTIAL = ".partial"  # what is not yet a copy ends in this
_ABANDONED = 3600  # seconds after which nobody writes to it any more

_NAME = re.compile(r"-(\d{4}-\d\d-\d\d)(?:-(auto|restore|delete|damaged))?(?:-\d+)?\.db", re.ASCII)
_FORMAT = re.compile(r"-format-\d+(?:-\d+)?\.db", re.ASCII)
_KINDS = {
    None: "by hand",
    "auto": "automatic",
    "restore": "before a restore",
    "delete": "before a delete",
    "damaged": "as it was, damaged",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One copy beside the store; `on` is None for the one made before a change of format."""

    path: Path
    on: date | None
    kind: str
    size: int  # bytes

    @property
    def is_sound(self) -> bool:
        """Whether it was verified when it was made, and is not emptied since."""
        return self.kind != _KINDS["damaged"] and self.size > 0


def folder_of(store: str) -> Path:
    """Return the folder in which the copies of a store are kept."""
    return Path(store).resolve().parent / FOLDER


def listed(store: str) -> list[Backup]:
    """Return the copies kept beside a store, newest first; the same day's in the order of their names."""
    folder = folder_of(store)
    stem = Path(store).resolve().stem
    copies = []
    for path in sorted(folder.glob("*.db")) if folder.is_dir() else ():
        rest = path.name.removeprefix(stem) if path.name.startswith(stem) else ""
        named = _NAME.fullmatch(rest)
        if named:
            with contextlib.suppress(ValueError, OSError):  # a name that is no date is none of ours
                day = date.fromisoformat(named[1])
                copies.append(Backup(path=path, on=day, kind=_KINDS[named[2]], size=path.stat().st_size))
        elif _FORMAT.fullmatch(rest):
            with contextlib.suppress(OSError):
                copies.append(
                    Backup(path=path, on=None, kind="before a new format", size=path.stat().st_size)
                )
    return sorted(copies, key=_day, reverse=True)


def pictures_of_copies(store: str) -> set[bytes]:
    """Return the SHA-256 of the pictures that copies beside a store speak of, as far as they can be read."""
    needed: set[bytes] = set()
    for copy in listed(store):
        with contextlib.suppress(sqlite3.Error), closing(_open(copy.path)) as db:
            needed |= pictures.spoken_of(db)
    return needed


def named(store: str, file: str) -> Path:
    """Return the path of a file; a plain name that is none here is that of a copy in backups/."""
    path, kept = Path(file), folder_of(store) / file
    is_kept = path.name == file and not path.exists() and kept.exists()
    return kept if is_kept else path


def back_up(store: str, target: Path | None, *, today: date) -> Path:
    """Copy a store to `target`, or to a name of the day in its folder of backups, and return where it is.

    To a `target` its pictures go along, those that are not there yet: it may be on another disk. A copy in
    the folder of backups speaks of the pictures beside the store, which nothing takes away while it does.

    Raises `FileError` when the copy cannot be written, `StoreError` when the store is damaged.
    """
    carried: set[bytes] | None = None
    if target is None:
        target = _free_name(store, today.isoformat())
    elif target.is_dir():
        raise UsageError(f"{target} is a folder.", hint=f"Name a file: -o {target / 'relcard.db'}")
    elif target.exists() and target.samefile(store):
        raise UsageError("That is the store itself.", hint="Name another file with -o.")
    else:
        carried = picture_folder.carry(store, target)
    copy(store, target)
    if carried is not None:
        picture_folder.carry(store, target, but=carried)  # those that came while the store was copied
    _clear_leftovers(store, now=target.stat().st_mtime)
    record.files.append(str(target))
    return target


def keep_daily(store: str, *, today: date) -> Path | None:
    """Keep today's automatic copy unless there is one, and let old automatic ones go."""
    if not os.path.exists(store):  # noqa: PTH110
        return None
    target = _in_folder(store, f"{today.isoformat()}-auto")
    if target.exists():
        return None
    copy(store, target)
    _clear_leftovers(store, now=target.stat().st_mtime)
    for old in outlived(kept for kept in listed(store) if kept.kind == _KINDS["auto"]):
        with contextlib.suppress(OSError):  # one copy too many harms nobody
            old.path.unlink()
    return target


def keep_before_delete(store: str, *, today: date) -> Path:
    """Keep a copy of a store out of which contacts are about to be deleted; it stays for good."""
    target = _free_name(store, f"{today.isoformat()}-delete")
    copy(store, target)
    return target


def keep_format(store: str, version: int) -> Path:
    """Keep a copy of a store that is about to be brought to a newer format."""
    target = _free_name(store, f"format-{version}")
    copy(store, target)
    return target


def outlived(copies: Iterable[Backup]) -> list[Backup]:
    """Return the copies to let go: all but the newest of each of seven days and of each of eight weeks."""
    days: dict[date, Backup] = {}
    weeks: dict[tuple[int, int], Backup] = {}
    newest_first = sorted(copies, key=_day, reverse=True)
    for backup in newest_first:
        day = _day(backup)
        if len(days) < KEPT_DAYS:
            days.setdefault(day, backup)
        week = day.isocalendar()[:2]
        if len(weeks) < KEPT_WEEKS:
            weeks.setdefault(week, backup)
    kept = {backup.path for backup in (*days.values(), *weeks.values())}
    return [backup for backup in newest_first if backup.path not in kept]


def _day(backup: Backup) -> date:
    return backup.on or date.min


def copy(source: str, target: Path) -> None:
    """Copy a store while it may be in use: a verified file of mode 0600 under `target`, or nothing at all."""
    if not os.path.getsize(source):  # noqa: PTH202
        raise StoreError(f"{source} is empty (0 bytes); no copy was made of it.", hint=faults.DOCTOR)
    with _beside(target, source) as partial:
        with closing(_open(source)) as old, closing(_open(partial)) as new:
            # Nobody else knows this file: without a journal, and synced once, at the end.
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "cell_size_check=ON"):
                new.execute(f"PRAGMA {pragma}")
            try:
                old.execute("BEGIN")
                old.execute("SELECT count(*) FROM main.sqlite_schema").fetchone()  # held while it is copied
                old.backup(new)
                (verdict,) = new.execute("PRAGMA integrity_check(1)").fetchone()
            except sqlite3.DatabaseError as error:
                if not faults.is_damage(error):
                    raise
                verdict = str(error)
            if verdict != "ok":
                raise StoreError(
                    f"{source} is damaged; no copy was made of it ({' '.join(verdict.split())}).",
                    hint="relcard doctor says what is wrong; the backups there are were not touched.",
                )
        put_in_place(partial, target)


def set_aside(store: str, *, today: date) -> Path:
    """Copy a present store before another takes its place: verified, or byte for byte when it is damaged."""
    try:
        target = _free_name(store, f"{today.isoformat()}-restore")
        copy(store, target)
    except StoreError as error:
        if error.__cause__ is not None and faults.is_around(error.__cause__):
            raise
        target = _free_name(store, f"{today.isoformat()}-damaged")
        with _beside(target, store) as partial:
            Path(partial).write_bytes(Path(store).read_bytes())
            put_in_place(partial, target)
    return target


def replace_store(source: Path, store: str) -> None:
    """Put a verified file of ours in the place of a store: the old stands or the new, never a mixture."""
    real = os.path.realpath(store)
    journal = f"{real}-journal"
    if os.path.exists(real):  # noqa: PTH110
        try:
            with closing(_open(source)) as new, closing(_open(real)) as old:
                old.execute("PRAGMA synchronous=EXTRA")
                old.execute(
                    "PRAGMA schema_version"
                ).fetchone()  # SQLite reads, and first mends, what is there
                # Into the old file, in one transaction of SQLite's own: another relcard that waits for the
                # store finds the new one, not a file without a name.
                new.backup(old, progress=_patience())
        except sqlite3.DatabaseError as error:
            if not faults.is_damage(error):
                raise faults.refusal(error, store) from error
        else:
            record.steps.append("restore")
            return
        # Too damaged to be opened, and already set aside. Its journal must not meet the new one.
        try:
            Path(journal).unlink(missing_ok=True)
        except OSError as error:
            raise _unwritable(Path(journal), error) from error
    try:
        put_in_place(str(source), Path(real))
    except OSError as error:
        raise _unwritable(Path(real), error) from error
    record.steps.append("restore")


def _patience() -> Callable[[int, int, int], None]:
    """Return what SQLite's backup asks between its steps: it would wait without end for a store in use."""
    last = time.monotonic() + faults.BUSY_SECONDS

    def look(status: int, *_: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > last:
            error = sqlite3.OperationalError("database is locked")
            error.sqlite_errorname = "SQLITE_BUSY"
            raise error

    return look


def partial_beside(store: str) -> str:
    """Return a new empty file beside a store, 0600, for what shall take its place. Raises `FileError`."""
    real = Path(store).resolve()
    try:
        real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.", suffix=PARTIAL)
    except OSError as error:
        raise _unwritable(real, error) from error
    os.close(handle)
    return path


def leftovers(store: str) -> list[Path]:
    """Return the files that interrupted copies have left beside a store and among its backups."""
    real = Path(store).resolve()
    folders = (real.parent, folder_of(store))
    return [
        path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob(f".{real.stem}*{PARTIAL}*"))
    ]


def _clear_leftovers(store: str, *, now: float) -> None:
    """Take away what interrupted copies left; one that is being made is not much older than `now`."""
    for path in leftovers(store):
        with contextlib.suppress(OSError):
            if now - path.stat().st_mtime > _ABANDONED:
                path.unlink()


@contextlib.contextmanager
def _beside(target: Path, source: str) -> Iterator[str]:
    """Give a new file of mode 0600 beside `target`, which is gone at the end unless it was put in place."""
    partial = ""
    try:
        if target.parent.name == FOLDER:
            target.parent.mkdir(mode=0o700, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=PARTIAL)
        os.close(handle)
        yield partial
    except OSError as error:
        raise _unwritable(target, error) from error
    except sqlite3.Error as error:
        if faults.of_disk(error):
            raise FileError(
                f"{faults.of_disk(error)}; no copy was made at {target}.",
                hint="Make room, or choose another disk.",
            ) from error
        raise faults.refusal(error, source) from error
    finally:
        if partial:
            with contextlib.suppress(OSError):
                os.unlink(partial)  # noqa: PTH108


def _open(path: str | Path) -> sqlite3.Connection:
    # Never made by opening: a name that is wrong is no empty store.
    return sqlite3.connect(
        f"{Path(path).resolve().as_uri()}?mode=rw",
        uri=True,
        timeout=faults.BUSY_SECONDS,
        isolation_level=None,
    )


def _unwritable(target: Path, error: OSError) -> FileError:
    return FileError(
        f"Cannot write {target}: {error.strerror or error}.",
        hint="Choose another place, or make room; nothing was changed.",
    )


def _in_folder(store: str, name: str) -> Path:
    return folder_of(store) / f"{Path(store).resolve().stem}-{name}.db"


def _free_name(store: str, name: str) -> Path:
    first = target = _in_folder(store, name)
    number = 1
    while target.exists():
        number += 1
        target = first.with_name(f"{first.stem}-{number}.db")
    return target
