from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from relcard.store import print_runs
from relcard.store import seasons

if TYPE_CHECKING:
    import sqlite3


def test_the_newest_run_of_a_season_is_remembered(db: sqlite3.Connection, today: date) -> None:
    """Each kind and season has its own runs; one outside any season belongs to none."""
    season = seasons.add(db, "christmas-2026", "christmas", 2026, today=today)
    for kind, where, items, day in (
        ("labels", season, 40, date(2026, 11, 1)),
        ("labels", season, 45, today),
        ("cards", season, 80, today),
        ("labels", None, 3, today),
    ):
        print_runs.add(db, kind, season_id=where, stock="L7160", items=items, pages=1, today=day)
    assert print_runs.last_of(db, "labels", season) == ("labels", "L7160", 45, 1, today, "")
    print_runs.add(db, "labels", season_id=season, stock="L7160", items=2, pages=1, today=today)
    print_runs.keep_sent(db, "Office: A4")
    last = print_runs.last_of(db, "labels", season)
    assert last is not None
    assert (last.items, last.sent_to) == (2, "Office: A4")
    assert print_runs.last_of(db, "envelopes", season) is None
    assert print_runs.last_of(db, "labels", season + 1) is None
