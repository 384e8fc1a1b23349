"""Who shared before and joins anew has the own book of before; a store of strangers brings nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from relcard.domain.people.circle import Circle
from relcard.store import relationships
from relcard.store.file import checks
from relcard.store.file import journal
from relcard.store.sharing.bringing import bring_own_book
from tests.store.sharing.laptops import couple
from tests.support.book import TODAY

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_known_is_not_brought_twice(tmp_path: Path) -> None:
    his, hers = couple(tmp_path)
    hers.note("Ada Oak", "likes tea")
    hers.note("Ben Elm", "has a dog")
    with journal.step(hers.db, "circle", today=TODAY):
        relationships.set_circle(hers.db, hers.id_of("Ada Oak"), Circle.INNER, today=TODAY)
    with closing(sqlite3.connect(":memory:")) as before:
        hers.db.backup(before)
        hers.say("DELETE FROM note WHERE text = ?", "likes tea")
        hers.say("DELETE FROM circle")
        hers.say("DELETE FROM contact WHERE name = ?", "Ben Elm")
        assert bring_own_book(hers.db, before, today=TODAY) == (2, 1)
        assert bring_own_book(hers.db, before, today=TODAY) == (0, 1)
        assert bring_own_book(his.db, before, today=TODAY) == (3, 0)
    assert hers.notes() == ["likes tea"]
    assert his.notes() == ["has a dog", "likes tea"]
    assert his.db.execute("SELECT circle FROM circle").fetchall() == [("inner",)]
    for laptop in (his, hers):
        assert checks.examine(laptop.path).is_sound
