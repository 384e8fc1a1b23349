"""Opening the store: one file, 0600, checked to be ours before a row is read."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from contextlib import contextmanager
from typing import TYPE_CHECKING

from relcard.errors import RelcardError
from relcard.errors import StoreError
from relcard.store import migrations

if TYPE_CHECKING:
    from collections.abc import Iterator

Connection = sqlite3.Connection  # for the floors above, which do not know SQLite

BUSY_SECONDS = 10
_DOCTOR = "relcard doctor says what is damaged; relcard backup --list shows what can be restored."


def open_store(path: str, *, create: bool = False) -> sqlite3.Connection:
    """Open the store at `path`, brought up to the present schema.

    Without `create`, a store that does not exist yet is an empty one in memory: reading never makes a file.
    Raises `StoreError` when the file is not a store, is newer than this program, or cannot be used.
    """
    if not os.path.exists(path):  # noqa: PTH110  pathlib costs start-up time
        if not create:
            return _prepare(_connect(":memory:"), path)
        _make_file(path)
    elif os.path.isdir(path):  # noqa: PTH112
        raise StoreError(
            f"{path} is a folder, not a store.", hint="Name a file: relcard --store FOLDER/relcard.db"
        )
    try:
        return _prepare(_connect(path), path)
    except sqlite3.Error as error:
        raise StoreError(_in_words(error, path), hint=_next_step(error)) from error
    except UnicodeDecodeError as error:  # SQLite's message names something that is no name any more
        raise StoreError(f"{path} is damaged.", hint=_DOCTOR) from error


def upgrade(path: str) -> None:
    """Bring a file that is not yet anybody's store to the present format, without a copy of it."""
    with closing(_connect(path)) as db:
        _migrate(db)


def _connect(path: str) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    # Rollback journal, not WAL: a WAL file cannot even be read on read-only media and gains one user nothing.
    # EXTRA also syncs the folder after the journal is removed, so that a finished command stays finished.
    # 8 MiB of pages: of SQLite's own 2 MiB the indexes of a large import are forever pushed out.
    # temp_store: what a statement of many rows needs to take itself back would be written beside the store,
    # ten times its size in a large import.
    try:
        for pragma in (
            "foreign_keys=ON",
            "synchronous=EXTRA",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "cache_size=-8192",
            "temp_store=MEMORY",
        ):
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: str) -> sqlite3.Connection:
    try:
        if _marks(db) == (migrations.APPLICATION_ID, migrations.LATEST):
            return db
        # All of it in one look: another relcard may be making this store at this moment.
        db.execute("BEGIN")
        application_id, version = _marks(db)
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        db.execute("COMMIT")
        _refuse_strangers(path, version, is_ours=application_id == migrations.APPLICATION_ID or not tables)
        if tables and version < migrations.LATEST:
            _bring_up_to_date(db, path, version)
        elif not tables:
            _migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def _migrate(db: sqlite3.Connection) -> None:
    from relcard.store.migrations import run  # noqa: PLC0415  3 ms; an up-to-date store needs none of it

    run.apply(db)


def _marks(db: sqlite3.Connection) -> tuple[int, int]:
    """Return whose file this is, and of which format."""
    (application_id,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return application_id, version


def _refuse_strangers(path: str, version: int, *, is_ours: bool) -> None:
    if not is_ours:
        raise StoreError(
            f"{path} is not a relcard store: another program made it.",
            hint="Name another file with --store; this one was not touched.",
        )
    if version > migrations.LATEST:
        raise StoreError(
            f"{path} was written by a newer relcard (format {version}; this one knows {migrations.LATEST}).",
            hint="Install the newer relcard: make install in its folder. The store was not touched.",
        )


def _bring_up_to_date(db: sqlite3.Connection, path: str, version: int) -> None:
    """Migrate a store of an older format, of which a verified copy is kept first."""
    from relcard.store.file import backups  # noqa: PLC0415  10 ms, once for each new format

    try:
        kept = backups.keep_format(path, version)
    except RelcardError as error:
        raise StoreError(
            f"{path} is of an older format ({version}) and was left as it is, since no backup of it could be "
            f"made: {error.message}",
            hint=error.hint,
        ) from error
    try:
        _migrate(db)
    except Exception as error:
        words = _in_words(error, path) if isinstance(error, sqlite3.Error) else f"{type(error).__name__}."
        raise StoreError(
            f"{path} could not be brought from format {version} to {migrations.LATEST} and stands as it was: "
            f"{words}",
            hint=f"A copy is in {kept}. Go on with the relcard you had, and report this.",
        ) from error


def _make_file(path: str) -> None:
    folder = os.path.dirname(os.path.abspath(path))  # noqa: PTH100, PTH120
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)  # noqa: PTH103
        # Made before SQLite sees it: SQLite would follow the umask, and addresses are nobody else's business.
        # Without O_EXCL, since another relcard may make the same one at this moment.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"Cannot make a store at {path}: {error.strerror}.",
            hint="Choose a folder you may write to: relcard --store FILE ...",
        ) from error


def _in_words(error: sqlite3.Error, path: str) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith("SQLITE_NOTADB"):
        return f"{path} is not a relcard store."
    if name.startswith("SQLITE_CORRUPT"):
        return f"{path} is damaged: {error}."
    if name.startswith("SQLITE_BUSY"):
        return f"{path} is in use by another relcard for more than {BUSY_SECONDS} seconds."
    if name.startswith("SQLITE_READONLY"):
        return f"{path} cannot be changed: the file or its folder is read-only."
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
        return f"The disk is full; {path} stands as it was before this command."
    if name.startswith("SQLITE_CANTOPEN"):
        return f"Cannot open {path}, or its folder is read-only."
    return f"The store {path} cannot be used: {error}."


def _next_step(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if not name or name.startswith("SQLITE_CORRUPT"):  # no name: Python found a text that is not UTF-8
        return _DOCTOR
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return "Copy it to a folder you may write to and name that copy: relcard --store FILE ..."
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")):
        return "Make room on the disk and repeat the command."
    if name.startswith("SQLITE_BUSY"):
        return "Wait for the other command to end and repeat this one."
    return "Name the right file with --store."


@contextmanager
def session(path: str, *, create: bool = False) -> Iterator[sqlite3.Connection]:
    """Open the store for one command and close it; a fault of SQLite becomes a sentence and a next step."""
    db = open_store(path, create=create)
    try:
        yield db
    except sqlite3.Error as error:
        raise StoreError(_in_words(error, path), hint=_next_step(error)) from error
    finally:
        db.close()
