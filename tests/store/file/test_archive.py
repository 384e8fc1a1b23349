from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.circle import Circle
from relcard.errors import FileError
from relcard.store import migrations
from relcard.store.file import archive
from relcard.store.migrations import run
from tests.support.book import card
from tests.support.book import dump

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.book import Book


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_DAY = st.dates().map(str)


def _text(db: sqlite3.Connection) -> bytes:
    return "".join(archive.as_text(db)).encode()


def _lines(text: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text), encoding="utf-8")


def _written(said: object) -> bytes:
    """Write a changed archive as `as_text` does: a row a line."""
    if not isinstance(said, dict):
        return json.dumps(said).encode()
    tables = said.pop("tables")
    out = [f'{json.dumps(said)[:-1]}, "tables": {{\n']
    for number, (name, table) in enumerate(tables.items()):
        out.append(
            f'{"," * bool(number)}{json.dumps(name)}: {{"columns": {json.dumps(table["columns"])}, "rows": ['
        )
        out.append(",".join(f"\n{json.dumps(row)}" for row in table["rows"]) + "]}\n")
    return "".join([*out, "}}\n"]).encode()


def _built(path: Path, text: bytes) -> sqlite3.Connection:
    path.unlink(missing_ok=True)
    archive.build(str(path), _lines(text), source="a.zip")
    return sqlite3.connect(path)


def test_book_comes_back_row_by_row(book: Book, tmp_path: Path) -> None:
    """A store with people, circles and a season is the same store after a journey through text."""
    book.imported(
        card("Anna Nowak", street="High Street 1"), card("Zoë Łuk", "BDAY:spring"), "no card at all"
    )
    book.circle(Circle.CLOSE, "Anna Nowak")
    book.start()
    with closing(_built(tmp_path / "new.db", _text(book.db))) as new:
        assert dump(new) == dump(book.db)
        assert new.execute("PRAGMA application_id").fetchone()[0] == migrations.APPLICATION_ID
        assert new.execute("PRAGMA user_version").fetchone()[0] == migrations.LATEST
        assert new.execute("SELECT count(*) FROM journal_step").fetchone()[0] == 0
        assert _text(new) == _text(book.db)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(_TEXT, max_size=4),
    raws=st.lists(st.binary(max_size=40), max_size=4),
    days=st.lists(_DAY, max_size=4),
    wish=st.none() | _TEXT,
    number=st.integers(-(2**63), 2**63 - 1),
)
def test_any_row_comes_back(
    tmp_path: Path,
    names: list[str],
    raws: list[bytes],
    days: list[str],
    wish: str | None,
    number: int,
) -> None:
    """Any text, bytes, number or nothing in any row is the same after a journey through text."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        run.apply(db)
        db.execute(
            "INSERT INTO household (id, stated, reason, addressee, formality) VALUES (?, 1, ?, ?, 'formal')",
            (number, "".join(names), wish),
        )
        for place, name in enumerate(names):
            db.execute("INSERT INTO source (name, imported_on) VALUES (?, ?)", (name, str(place)))
        for raw in raws:
            db.execute(
                "INSERT INTO vcard (source_id, line, raw, sha256, group_name) VALUES (1, ?, ?, ?, ?)",
                (number, raw, raw, wish),
            )
        db.executemany(
            "INSERT INTO dismissal (id, reminder, until, dismissed_on) VALUES (NULL, ?, ?, '')",
            enumerate(days),
        )
        with closing(_built(tmp_path / "new.db", _text(db))) as new:
            assert dump(new) == dump(db)


def test_text_is_json_with_a_row_a_line(book: Book) -> None:
    """Any program reads it, and two archives can be compared line by line."""
    book.imported(card("Anna Nowak"), card("Jan Nowak"))
    text = _text(book.db).decode()
    said = json.loads(text)
    assert said["archive"] == 1
    assert said["format"] == migrations.LATEST
    assert "journal_step" not in said["tables"]
    assert list(said["tables"]) == sorted(said["tables"])
    columns = said["tables"]["contact"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in said["tables"]["contact"]["rows"]]
    assert [row["name"] for row in rows] == ["Anna Nowak", "Jan Nowak"]
    assert sum(line.startswith(('["', ",[", "[")) for line in text.splitlines()) >= 4


def test_older_archive_is_built_in_its_own_format(tmp_path: Path) -> None:
    """What an older relcard wrote is read as that relcard meant it, to be brought up afterwards."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        run.apply(db, up_to=1)
        db.execute("INSERT INTO source VALUES (1, 'a.vcf', '2026-01-01')")
        text = _text(db)
    with closing(_built(tmp_path / "old.db", text)) as old:
        assert old.execute("PRAGMA user_version").fetchone()[0] == 1
        assert old.execute("SELECT name FROM source").fetchall() == [("a.vcf",)]


def _changed(said: dict[str, Any], how: str) -> object:
    tables = said["tables"]
    match how:
        case "newer":
            said["format"] = migrations.LATEST + 1
        case "true":
            said["format"] = None
        case "another table":
            tables["spy"] = {"columns": ["a"], "rows": []}
        case "no table":
            del tables["note"]
        case "other columns":
            tables["note"]["columns"].append("more")
        case "list":
            return []
        case _ if how in _ROWS:
            tables["source"]["rows"] = [_ROWS[how]]
    return said


_ROWS: dict[str, list[object]] = {
    "short row": [1],
    "wrong type": ["x", "y", "z"],
    "no base64": [1, {"base64": "?"}, ""],
    "too large": [2**70, "", ""],
}


@pytest.mark.parametrize(
    "how",
    [
        "newer", "another table", "no table", "other columns", "short row", "wrong type", "no base64", "too large",
        "list", "true",
    ],
)  # fmt: skip
def test_what_is_no_archive_is_refused(db: sqlite3.Connection, tmp_path: Path, how: str) -> None:
    """Each way in which the text is not ours ends in one sentence."""
    assert _written(json.loads(_text(db))) == _text(db)
    text = _written(_changed(json.loads(_text(db)), how))
    with pytest.raises(FileError, match=r"a\.zip does not hold a store"):
        archive.build(str(tmp_path / "new.db"), _lines(text), source="a.zip")


_HEAD = b'{"archive": 1, "format": 1, "tables": {\n'


def test_deep_or_broken_json_is_refused(tmp_path: Path) -> None:
    """Text that is no JSON, or nested without end, is refused like any other."""
    for number, text in enumerate(
        (b"{", b"[" * 100_000, b"\xff", b"", _HEAD, _HEAD + b'"note": {"columns": [], "rows": [\n')
    ):
        with pytest.raises(FileError, match="does not hold a store"):
            archive.build(str(tmp_path / f"{number}.db"), _lines(text), source="a.zip")
