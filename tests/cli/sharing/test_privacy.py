"""A canary in every private field of both laptops: nothing of it leaves the one it is on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.domain.sharing.travelling import STAYING
from relcard.domain.sharing.travelling import TABLES
from relcard.share import codes
from relcard.share.bundle import unpack
from relcard.store.file import journal
from relcard.store.file.database import session
from tests.cli.sharing.conftest import begin

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from tests.support.command_line import Runner

# Columns of the private tables that have words of their own, and tables that hold no word of anybody.
FIXED = {"circle": "inner", "direction": "to them", "state": "given", "kind": "card"}
WORDLESS = {"cutting"}
NUMBER = 8675309421  # as telling as a word


def private_tables() -> list[str]:
    return [*(name for name, table in TABLES.items() if table.own), *STAYING, "print_run"]


def plant(store: Path, canary: str) -> int:
    """Write the canary into each private column of a new row of each table, by the schema; return how many."""
    planted = 0
    with session(str(store)) as db, journal.step(db, "plant", today=date(2026, 11, 20)):
        for table in private_tables():
            values = _row(db, table, canary)
            if table == "print_run":
                values |= {"kind": "labels", "stock": "L7160"}
            marks = ", ".join("?" * len(values))
            if any(value is None for value in values.values()):
                assert table in WORDLESS  # of what it points to there is none here
                continue
            db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", [*values.values()])
            planted += sum(str(value).startswith(canary) or value == NUMBER for value in values.values())
    return planted


def _row(db: sqlite3.Connection, table: str, canary: str) -> dict[str, object]:
    points_to = {row[3]: row[2] for row in db.execute(f"PRAGMA foreign_key_list({table})")}
    values: dict[str, object] = {}
    for _, column, kind, required, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
        if column in points_to and required:
            found = db.execute(f"SELECT max(rowid) FROM {points_to[column]}").fetchone()
            values[column] = found[0]
        elif column == "contact_id":
            values[column] = db.execute("SELECT max(id) FROM contact").fetchone()[0]
        elif column in ("id", "uuid") or column in points_to:
            continue
        elif column.endswith("_on"):
            values[column] = "2026-11-20"
        elif column in FIXED:
            values[column] = FIXED[column]
        elif column == "filter":
            values[column] = f'{{"words": "{canary} filter"}}'
        else:
            told = {"TEXT": f"{canary} {table} {column}", "BLOB": canary.encode(), "REAL": 1.0}
            is_flag = column in ("of_household", "ours", "columns", "rows", "items", "pages")
            values[column] = told.get(kind, 0 if is_flag else NUMBER)
    return values


def by_hand(run: Runner, canary: str) -> None:
    """Give the commands that keep a private word, and some of which the rest travels."""
    run.done("note", "anna kowalska", f"{canary} noted")
    run.done("fact", "anna kowalska", canary, f"{canary} known")
    run.done("log", "anna kowalska", "call", "--text", f"{canary} said")
    run.done("circle", "close", "anna kowalska")
    run.done("cadence", "anna kowalska", "77")
    run.done("segment", "save", f"{canary}-few", "--words", "anna")
    run.done("tag", f"few{run.store.parent.name}", "--segment", f"{canary}-few")
    run.done("tag", f"known{run.store.parent.name}", "--fact", f"{canary}={canary} known")
    run.done("settings", "set", "sender.name", f"{canary} sender")


def opened(folder: Path, key: str) -> bytes:
    """Return all there is in the folder: the names, and the bundles unsealed."""
    parts = []
    for path in folder.rglob("*"):
        parts.append(str(path.relative_to(folder)).encode())
        if path.suffix == ".rcb":
            header, lines = unpack(path.read_bytes(), key)
            parts += [repr(header).encode(), *lines]
    return b"\n".join(parts)


def test_no_private_word_leaves_its_laptop(people: Runner, other: Runner, folder: Path) -> None:
    """Of no private column of either laptop is a byte in bundles, names of files, what is said, or the other store."""
    assert plant(people.store, "canaryone") > 25
    by_hand(people, "canaryone")
    code = begin(people, folder)
    said = [other.done("share", "join", str(folder), "--code", code, "--name", "Jan's laptop")]
    plant(other.store, "canarytwo")
    by_hand(other, "canarytwo")
    other.done("tag", "near", "--circle", "close", "--circle", "inner")
    other.done("season", "start", "christmas-2026")
    other.done("season", "add", "--circle", "inner", "--circle", "close")
    said += [run.done("share") for run in (people, other, people)]
    said += [run.done("share", "status") for run in (people, other)]
    seen = opened(folder, codes.read_code(code).key) + "".join(one.out + one.err for one in said).encode()
    assert b"Kowalska" in seen  # the rest travels
    assert b"tag fewother" in seen
    for private in (b"canary", str(NUMBER).encode(), b"inner"):
        assert private not in seen, seen[max(0, seen.find(private) - 200) :][:300]
    for run, strange in ((people, b"canarytwo"), (other, b"canaryone")):
        assert strange not in run.store.read_bytes()
