"""A value in a row that nobody could have given: it costs that row, is named, and nothing ends in a fault."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import database
from tests.support.command_line import Runner
from tests.support.command_line import vcard

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from pathlib import Path

_NONSENSE = {
    "TEXT": (
        *("NULL", "''", "'spring'", "'{\"a\": [1'", "'9999-12-31'", "'--99-99'", "'[999, 0, -4]'", "'null'"),
        *(f"'{'y' * 100_000}'", "CAST(x'ff41' AS TEXT)"),
    ),
    "INTEGER": ("NULL", "-1", "0", "100000000000"),
    "REAL": ("NULL", "0", "-1", "9e999"),
    "BLOB": ("NULL", "x''", "x'ff'"),
}
_LOOKS = (
    *("list", "today", "show near", "upcoming --days 300", "season status", "season list", "household list"),
    *("print labels --all -o labels.pdf", "export", "export --format json --private", "warmth", "stats"),
    *("ask-list", "preflight", "history", "sheet list", "stock list yours", "printer list", "segment list"),
    *("drift --all", "import --report", "edit near --page", "export --format archive -o all.zip"),
)
_GO_ON = ("list", "today", "show far", "household list")
_ADDRESS = "ADR;TYPE=home:;;1 High Street;Leeds;;LS1 4DY;United Kingdom"
_BEGUN = (
    *("circle friend near", "circle wide far", "note near tea", "fact near bread rye", "log near visit"),
    *(
        "relation near mother far",
        "tag choir near",
        "segment save choir --tag choir",
        "segment cadence choir 30",
    ),
    *(
        "season start christmas --year 2026",
        "season add far",
        "draft show near",
        "received near --line hello",
    ),
    *(
        "posted near",
        "drift near --rest 9",
        "household set near --addressee House",
        "sheet add L7160 --used 1-3",
    ),
    *("stock add Jars --page A4 --label 63.5x38.1 --grid 3x7", "printer set Desk --dx 1"),
    *("address add near --street Low --town Leeds --country GB --from 11-01 --until 12-01",),
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return the command line of somebody with a row in nearly every table."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("RELCARD_STOCK", "")
    monkeypatch.chdir(tmp_path)
    connect = database._connect

    def quick(path: str | None) -> database.Connection:
        db = connect(path)
        db.execute("PRAGMA synchronous = OFF")  # no power fails here
        return db

    monkeypatch.setattr(database, "_connect", quick)
    run = Runner(tmp_path / "relcard.db", monkeypatch)
    cards = vcard("Ann Elm", _ADDRESS, "BDAY:1980-12-01", uid="near") + vcard("Ben Oak", _ADDRESS, uid="far")
    assert run("import", "-", stdin=cards).code == 0
    for line in ("household split far", *_BEGUN):
        assert run(*line.split()).code in (0, 2), line
    return run


def _changes(store: Path, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield each table and column with a value that is nonsense there, in an order by chance."""
    with closing(sqlite3.connect(store)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found = [
            (table, column, value)
            for table in names
            for _, column, kind, *_, is_key in db.execute(f'PRAGMA table_info("{table}")')
            for value in (
                () if is_key else _NONSENSE.get(kind, ())
            )  # ANY: of the journal, each step is sealed
        ]
    yield from chance.sample(found, len(found))


def test_a_bad_row_costs_that_row(run: Runner, dose: Callable[[int, int], int]) -> None:
    """Whatever stands in a row: no fault, the doctor names what others cannot read, lists and pages of others go on."""
    seed = 20261120
    base = run.store.with_name("base.db")
    shutil.copy(run.store, base)
    tried = 0
    for table, column, value in _changes(base, random.Random(seed)):  # noqa: S311  repeatable
        run.store.unlink(missing_ok=True)  # a new file: no lock of an earlier look is on it
        shutil.copy(base, run.store)
        with closing(sqlite3.connect(run.store)) as db:
            db.execute("PRAGMA ignore_check_constraints = ON")
            try:
                rows = db.execute(
                    f'UPDATE "{table}" SET "{column}" = {value} WHERE rowid = (SELECT min(rowid) FROM "{table}")'
                ).rowcount
            except sqlite3.IntegrityError:
                continue  # no value SQLite lets in
            db.commit()
        if not rows:
            continue
        what = f"{table}.{column} = {value[:40]} (seed {seed})"
        doctor = run("doctor")
        assert doctor.code in (0, 3), (what, doctor.err)
        for line in _LOOKS:
            result = run(*line.split())
            assert result.code != 1, (what, line, result.err)
            if doctor.code == 0:
                assert result.code != 3, (what, line, result.err)
            if line in _GO_ON:
                assert result.code == 0, (what, line, result.err)
        assert "Ben Oak" in run("list").out, what
        if "cannot be read" in doctor.out:
            assert table in doctor.out, what
        tried += 1
        if tried == dose(20, 100_000):
            break
    assert tried >= dose(20, 300)
