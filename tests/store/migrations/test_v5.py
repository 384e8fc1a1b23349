from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.store.migrations import run
from tests.support.book import dump

if TYPE_CHECKING:
    from collections.abc import Iterator


def _insert(db: sqlite3.Connection, number: int, circle: str | None) -> None:
    db.execute(
        "INSERT INTO contact (id, uid, kind, name, name_key, sort_key, search, circle, country, detail, added_on) "
        "VALUES (?1, ?1, 'individual', '', '', '', '', ?2, '', '', '')",
        (number, circle),
    )


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    """Make a store of format 4 with three contacts that other rows point to, and bring it to format 5."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as found:
        run.apply(found, up_to=4)
        for number, circle in ((7, "inner"), (3, None), (12, "wide")):
            _insert(found, number, circle)
            found.execute("INSERT INTO tag (contact_id, name) VALUES (?, 'choir')", (number,))
            found.execute("INSERT INTO occasion VALUES (?, ?1, 'birthday', '', '--04-12', 412)", (number,))
            found.execute(
                "INSERT INTO household VALUES (?, 0, '', '', '', 'formal', '', '', '', '')", (number,)
            )
            found.execute("INSERT INTO membership VALUES (?, ?1, 'adult')", (number,))
        found.execute("PRAGMA foreign_keys = ON")
        before = dump(found)
        run.apply(found, up_to=5)
        assert dump(found) == before
        yield found


def test_rows_still_point_to_the_rebuilt_tables(db: sqlite3.Connection) -> None:
    """After the tables took each other's place a contact that goes takes along what points to it."""
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert not [one for one in run.described(db) if "new_" in one[1]]
    db.execute("DELETE FROM contact WHERE id = 7")
    left = dump(db)
    assert [row[0] for row in left["contact"]] == [3, 12]
    assert [len(left[table]) for table in ("tag", "occasion", "membership")] == [2, 2, 2]
    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO tag (contact_id, name) VALUES (7, 'choir')")


def test_the_quicker_checks_refuse_the_same_words(db: sqlite3.Connection) -> None:
    """No word passes that was refused before, and none is refused that passed."""
    _insert(db, 20, "close")
    for statement in (
        "UPDATE contact SET circle = 'innermost' WHERE id = 3",
        "UPDATE membership SET role = 'guest'",
        "UPDATE occasion SET kind = 'party'",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            db.execute(statement)
    for kind in ("anniversary", "remembrance", "custom"):
        db.execute("UPDATE occasion SET kind = ?", (kind,))
    assert sum("circle IS NULL OR" in " ".join(words) for words in run.described(db).values()) == 1
