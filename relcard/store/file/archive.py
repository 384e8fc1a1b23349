"""The store as text, row by row, and back: what an archive keeps when no SQLite is at hand to read it.

The journal stays behind: its statements belong to this very file, and undo begins anew in a restored store.
"""

from __future__ import annotations

import base64
import io
import json
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import FileError
from relcard.errors import StoreError
from relcard.store import migrations
from relcard.store.file import checksums
from relcard.store.file import faults
from relcard.store.migrations import run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

VERSION = 1
_END = "}}\n"
LEFT_OUT = checksums.OWN_TABLES  # those are written anew


def as_text(db: sqlite3.Connection) -> Iterator[str]:
    """Yield the store as one JSON object, a row a line, in an order that only its content decides.

    {"archive": 1, "format": N, "tables": {NAME: {"columns": [...], "rows": [[...], ...]}}}; bytes are
    {"base64": "..."}.
    """
    (version,) = db.execute("PRAGMA user_version").fetchone()
    yield f'{{"archive": {VERSION}, "format": {version}, "tables": {{\n'
    for number, name in enumerate(_tables(db)):
        columns = _columns(db, name)
        yield (
            f"{',' if number else ''}{json.dumps(name)}: " + f'{{"columns": {json.dumps(columns)}, "rows": ['
        )
        rows = db.execute(f'SELECT {_list(columns)} FROM main."{name}" NOT INDEXED ORDER BY rowid')
        for place, row in enumerate(rows):
            values = json.dumps([_as_json(value) for value in row], ensure_ascii=False)
            yield f"{',' if place else ''}\n{values}"
        yield "]}\n"
    yield _END


def rescue(store: str, path: str) -> None:
    """Fill the empty file at `path` with the rows of a store whose indexes are damaged.

    Raises `StoreError` when some of the rows cannot be read either.
    """
    try:
        with closing(sqlite3.connect(os.path.abspath(store), timeout=faults.BUSY_SECONDS)) as db:  # noqa: PTH100
            lines = list(io.StringIO("".join(as_text(db))))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if isinstance(error, sqlite3.Error) and faults.is_around(error):
            raise faults.refusal(error, store) from error
        raise StoreError(
            f"Not every row of {store} can be read; nothing was written.",
            hint="relcard backup --list shows what can be restored.",
        ) from error
    build(path, lines, source=store)


def build(path: str, lines: Iterable[str], *, source: str) -> None:
    """Fill the empty file at `path` with the store that `as_text` described, in the format it was written in.

    The lines are those of the text, read once and one at a time: a store of any size takes little memory.
    Raises `FileError` when they are no archive of ours; the file is then of no use.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=OFF")
            db.execute("PRAGMA synchronous=OFF")
            _fill(db, iter(lines))
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise _no_archive(source, error) from error
    except sqlite3.Error as error:
        if faults.of_disk(error):
            raise FileError(
                f"{faults.of_disk(error)}; {source} was not restored.", hint=faults.next_step(error)
            ) from error
        raise _no_archive(source, error) from error


def _no_archive(source: str, error: Exception) -> FileError:
    return FileError(
        f"{source} does not hold a store of relcard: {error}.",
        hint="Choose another archive or backup; nothing was changed.",
    )


def _fill(db: sqlite3.Connection, lines: Iterator[str]) -> None:
    head = json.loads(next(lines, "") + "}}")
    if head["archive"] != VERSION or head["format"] not in range(1, migrations.LATEST + 1):
        raise ValueError("a newer relcard wrote it, or none did")
    run.apply(db, up_to=head["format"])
    known = _tables(db)
    db.execute("BEGIN")
    for line in lines:
        if line == _END:
            break
        text = line.rstrip("\n").removeprefix(",")
        is_empty = text.endswith("]}")
        ((name, table),) = json.loads(f"{{{text}{'' if is_empty else ']}'}}}").items()
        if name not in known:
            raise ValueError(f"it has a table {name}")
        known.remove(name)
        columns = _columns(db, name)
        if table["columns"] != columns:
            raise ValueError(f"its table {name} has other columns")
        statement = f'INSERT INTO "{name}" ({_list(columns)}) VALUES ({", ".join("?" * len(columns))})'
        db.executemany(statement, () if is_empty else _rows(lines))
    else:
        raise ValueError("it ends before its end")
    db.execute("COMMIT")
    if known:
        raise ValueError(f"it has no table {known[0]}")
    if head["format"] == migrations.LATEST:  # an older one gets its checksums with the present format
        checksums.seal_all(db)


def _rows(lines: Iterator[str]) -> Iterator[list[Any]]:
    """Read the rows of one table, a line each: the last one closes the table too."""
    for line in lines:
        text = line.rstrip("\n")
        is_last = not text.endswith(",")
        yield [_from_json(value) for value in json.loads(text.removesuffix("]}" if is_last else ","))]
        if is_last:
            return


def _tables(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name")
    return [name for (name,) in rows if name not in LEFT_OUT and not name.startswith("sqlite_")]


def _columns(db: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in db.execute(f'PRAGMA table_info("{name}")')]


def _list(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _as_json(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _from_json(value: Any) -> Any:
    return base64.b64decode(value["base64"], validate=True) if isinstance(value, dict) else value
