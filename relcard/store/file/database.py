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
from relcard.store.file import faults

if TYPE_CHECKING:
    from collections.abc import Iterator


Connection = sqlite3.Connection  # for the floors above, which do not know SQLite


class OwnConnection(sqlite3.Connection):
    """A connection to a file of ours, whose hand writes through it, and by which form of the page."""

    device = ""  # the name of the device of which the next steps are; "": the terminal of this computer
    form = ""  # by which a form that is sent again is known; "": none


def open_store(path: str, *, create: bool = False) -> sqlite3.Connection:
    """Open the store at `path`, brought up to the present schema.

    Without `create`, a store that does not exist yet is an empty one in memory: reading never makes a file.
    Raises `StoreError` when the file is not a store, is newer than this program, or cannot be used.
    """
    if not os.path.exists(path):  # noqa: PTH110  pathlib costs start-up time
        _refuse_where_backups_are(path, f"There is no store at {path} any more, only backups of it")
        if not create:
            return _prepare(_connect(None), path, create=True)
        _make_file(path)
    elif os.path.isdir(path):  # noqa: PTH112
        raise StoreError(
            f"{path} is a folder, not a store.", hint="Name a file: relcard --store FOLDER/relcard.db"
        )
    try:
        return _prepare(_connect(path), path, create=create)
    except sqlite3.Error as error:
        raise _refusal(error, path) from error
    except UnicodeDecodeError as error:  # SQLite's message names something that is no name any more
        raise StoreError(f"{path} is damaged.", hint=_restore_or(path, faults.DOCTOR)) from error


def upgrade(path: str) -> None:
    """Bring a file that is not yet anybody's store to the present format, without a copy of it."""
    try:
        with closing(_connect(path)) as db:
            _migrate(db)
    except sqlite3.Error as error:
        raise faults.refusal(error, path) from error


def _refuse_to_begin(path: str, *, create: bool) -> None:
    """Refuse a store that was emptied, unless a new one is begun there and there is nothing to bring back."""
    _refuse_where_backups_are(path, f"{path} is empty (0 bytes): what was in it is gone")
    if not create:
        raise StoreError(
            f"{path} is empty (0 bytes) and no store. If it was one, what was in it is gone.",
            hint="Bring it back from a copy of yours, or begin with: relcard import FILE.vcf",
        )


def _refuse_where_backups_are(path: str, words: str) -> None:
    if not os.path.isdir(os.path.join(os.path.dirname(os.path.realpath(path)), "backups")):  # noqa: PTH112, PTH118, PTH120
        return
    newest = _newest_backup(path)
    if newest:
        raise StoreError(
            f"{words}.",
            hint=f"The newest backup: relcard restore {newest}  (To begin anew: move backups/ away.)",
        )


def _refusal(error: sqlite3.Error, path: str) -> StoreError:
    """Return what a fault means for a store; where it is damaged, a backup helps first."""
    refused = faults.refusal(error, path)
    if faults.is_damage(error):
        refused.hint = _restore_or(path, refused.hint)
    return refused


def _restore_or(path: str, otherwise: str) -> str:
    """Return how the newest backup kept beside a store is brought back, or another next step."""
    newest = _newest_backup(path)
    return f"Bring the newest backup back: relcard restore {newest}" if newest else otherwise


def _newest_backup(path: str) -> str:
    """Return the name of the newest sound backup beside a store, as relcard restore takes it; "" for none."""
    from relcard.store.file import backups  # noqa: PLC0415  10 ms, where the store is missing or unusable

    kept = next((copy for copy in backups.listed(path) if copy.is_sound), None)
    return kept.path.name if kept else ""


def _connect(path: str | None) -> sqlite3.Connection:
    """Open a file by its whole path, so that no name means anything else to SQLite; None: one in memory."""
    name = ":memory:" if path is None else os.path.abspath(path)  # noqa: PTH100
    db = sqlite3.connect(name, isolation_level=None, timeout=faults.BUSY_SECONDS, factory=OwnConnection)
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
            "secure_delete=ON",  # what was taken away is not left readable on free pages
        ):
            db.execute(f"PRAGMA {pragma}")
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: str, *, create: bool) -> sqlite3.Connection:
    try:
        if _marks(db) == (migrations.APPLICATION_ID, migrations.LATEST):
            return db
        # All of it in one look: another relcard may be making this store at this moment.
        db.execute("BEGIN")
        application_id, version = _marks(db)
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        # Not before: SQLite has taken back by now what a first command that was killed had begun. Not after
        # the look either: another may have made the store by then.
        is_empty = not tables and not (os.path.exists(path) and os.path.getsize(path))  # noqa: PTH110, PTH202
        db.execute("COMMIT")
        if is_empty and os.path.exists(path):  # noqa: PTH110
            _refuse_to_begin(path, create=create)
        _refuse_strangers(path, version, is_ours=application_id == migrations.APPLICATION_ID or is_empty)
        if tables and version < migrations.LATEST:
            _bring_up_to_date(db, path, version)
        elif is_empty:
            _migrate(db)
        elif not tables:
            raise StoreError(  # noqa: TRY301  as _refuse_strangers does, with what is known here
                f"{path} has no tables any more.", hint=_restore_or(path, faults.DOCTOR)
            )
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
            hint=_restore_or(path, "Name another file with --store; this one was not touched."),
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
        words = (
            faults.in_words(error, path) if isinstance(error, sqlite3.Error) else f"{type(error).__name__}."
        )
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


@contextmanager
def session(
    path: str, *, create: bool = False, device: str = "", form: str = ""
) -> Iterator[sqlite3.Connection]:
    """Open the store for one command and close it; a fault of SQLite becomes a sentence and a next step.

    The steps made meanwhile are those of a device, named by its name; "" is the terminal of this computer.
    They bear the form they were made by.
    """
    db = open_store(path, create=create)
    if isinstance(db, OwnConnection):
        db.device, db.form = device, form
    try:
        yield db
    except sqlite3.Error as error:
        raise _refusal(error, path) from error
    finally:
        db.close()
