from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from relcard.store.waiting import Waiting


@given(st.lists(st.integers(0, 80), min_size=1, max_size=3))
def test_rows_go_in_once_and_in_their_order(flushes: list[int]) -> None:
    """However many rows wait when they are put in, the table has each of them, in the order they came."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE pair (one INTEGER, other TEXT, fixed INTEGER)")
    pairs = Waiting("INSERT INTO pair (one, other, fixed) VALUES (?, ?, 7)")
    wanted: list[tuple[int, str, int]] = []
    for number in flushes:
        for _ in range(number):
            wanted.append((len(wanted), str(len(wanted)), 7))
            pairs.values += wanted[-1][:2]
        pairs.flush(db)
        assert pairs.values == []
    assert db.execute("SELECT * FROM pair ORDER BY rowid").fetchall() == wanted
    db.close()


@given(st.lists(st.tuples(st.integers(0, 80), st.booleans()), max_size=4))
def test_rows_of_a_part_statement_go_in_later(flushes: list[tuple[int, bool]]) -> None:
    """What fills no whole statement may wait for the next time; in the end every row is there, in order."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE pair (one INTEGER, other TEXT)")
    pairs = Waiting("INSERT INTO pair (one, other) VALUES (?, ?)")
    wanted: list[tuple[int, str]] = []
    for number, all_of_it in flushes:
        for _ in range(number):
            wanted.append((len(wanted), str(len(wanted))))
            pairs.values += wanted[-1]
        pairs.flush(db, all_of_it=all_of_it)
        (there,) = db.execute("SELECT count(*) FROM pair").fetchone()
        assert there + len(pairs.values) // 2 == len(wanted)
    pairs.flush(db)
    assert db.execute("SELECT * FROM pair ORDER BY rowid").fetchall() == wanted
    db.close()
