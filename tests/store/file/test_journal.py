from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.errors import StoreError
from relcard.store.file import journal
from relcard.store.file.database import open_store
from relcard.store.file.database import session
from tests.support.book import dump

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 20)
KEPT = 200  # as docs/storage.md says
_CONTACT = (
    "INSERT INTO contact (id, uid, kind, name, name_key, sort_key, search, country, detail, added_on) "
    "VALUES (?, ?, 'individual', 'Ann', 'ann', 'ann', 'ann', '', '{}', '2026-01-01')"
)


def add_contact(db: sqlite3.Connection, number: int) -> None:
    db.execute(_CONTACT, (number, f"uid-{number}"))


def a_store(path: Path | None = None) -> sqlite3.Connection:
    """Return a store with three contacts, each in a household, with a tag and an interaction in a season."""
    db = open_store(str(path) if path else ":memory:", create=path is not None)
    with journal.step(db, "begin", today=TODAY):
        db.execute(
            "INSERT INTO season (id, name, occasion, year, started_on, closed_on) VALUES (1, 'christmas-2025', 'christmas', 2025, '2025-11-01', NULL)"
        )
        for number in (1, 2, 3):
            add_contact(db, number)
            db.execute(
                "INSERT INTO household (id, stated, reason, formality) VALUES (?, 0, '', 'informal')",
                (number,),
            )
            db.execute("INSERT INTO membership (contact_id, household_id) VALUES (?, ?)", (number, number))
            db.execute("INSERT INTO tag (contact_id, name, id) VALUES (?, 'club', ?)", (number, number))
            db.execute(
                "INSERT INTO interaction (id, contact_id, season_id, channel, direction, happened_on, text) VALUES (?, ?, 1, 'card', 'to them', '2025-12-01', 'it''s snowing')",
                (number, number),
            )
    return db


SEVERAL_STEPS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(("add", "drop", "rename", "move", "tag", "untag", "house", "season")),
            st.integers(1, 6),
            st.integers(1, 6),
        ),
        min_size=1,
        max_size=8,
    ),
    min_size=1,
    max_size=4,
)


class TestStep:
    def test_rows_added_behind_the_last_are_one_entry_a_table(self) -> None:
        """A step that adds a thousand rows writes one entry for their table and counts a thousand changes."""
        with closing(a_store()) as db:
            with journal.step(db, "import", today=TODAY):
                for number in range(10, 1010):
                    add_contact(db, number)
            (entries,) = db.execute(
                "SELECT count(*) FROM journal_entry WHERE step_id = (SELECT max(id) FROM journal_step)"
            ).fetchone()
            assert entries == 1
            assert journal.history(db)[0].changes == 1000

    def test_a_row_that_came_and_went_leaves_no_step(self) -> None:
        """What a step adds and takes away again is nothing to undo."""
        with closing(a_store()) as db:
            with journal.step(db, "for nothing", today=TODAY):
                add_contact(db, 10)
                db.execute("DELETE FROM contact WHERE id = 10")
            assert [one.command for one in journal.history(db)] == ["begin"]

    def test_a_second_writer_is_refused_before_it_does_anything(self, tmp_path: Path) -> None:
        """Beside an open step another one does not begin: no work is done that could not be kept."""
        path = tmp_path / "relcard.db"
        with closing(a_store(path)) as db, closing(open_store(str(path))) as other:
            other.execute("PRAGMA busy_timeout = 0")
            with journal.step(db, "first", today=TODAY):
                with (
                    pytest.raises(sqlite3.OperationalError, match="locked"),
                    journal.step(other, "second", today=TODAY),
                ):
                    pytest.fail("the second step began")
                with pytest.raises(sqlite3.OperationalError, match="locked"):
                    journal.undo(other)

    def test_a_step_and_an_undo_take_the_store_before_they_look(self) -> None:
        """What a command reads inside its step is what it changes: nobody writes in between."""
        with closing(a_store()) as db:
            said: list[str] = []
            db.set_trace_callback(said.append)
            with journal.step(db, "tag", today=TODAY):
                db.execute("INSERT INTO tag (contact_id, name) VALUES (1, 'choir')")
            journal.undo(db)
            db.set_trace_callback(None)
            begun = [one for one in said if one.startswith("BEGIN")]
            assert begun == ["BEGIN IMMEDIATE", "BEGIN IMMEDIATE"]
            assert said[0] == "BEGIN IMMEDIATE"


def one_contact() -> sqlite3.Connection:
    """Return a store of few rows, in which a step is quick."""
    db = open_store(":memory:")
    with journal.step(db, "contact", today=TODAY):
        add_contact(db, 1)
    return db


class TestReach:
    """How far back undo reaches."""

    def tagged(self, db: sqlite3.Connection, name: str) -> None:
        with journal.step(db, f"tag {name}", today=TODAY):
            db.execute("INSERT INTO tag (contact_id, name) VALUES (1, ?)", (name,))

    def test_exactly_the_last_200_steps_are_kept(self) -> None:
        """After one step more than are kept the first is out of reach, and no other."""
        with closing(one_contact()) as db:  # its making is a step too
            for number in range(KEPT):
                self.tagged(db, str(number))
            taken = [step.command for step in iter(lambda: journal.undo(db), None)]
            assert taken == [f"tag {number}" for number in reversed(range(KEPT))]

    def test_steps_taken_back_use_up_none_of_the_reach(self) -> None:
        """After 250 steps with 120 undone ones between and behind them, the last 200 that stand are undone."""
        with closing(one_contact()) as db:
            for number in range(250):
                self.tagged(db, str(number))
                if number % 5 == 0:
                    self.tagged(db, "not this")
                    journal.undo(db)
            for _ in range(70):
                self.tagged(db, "nor this")
                journal.undo(db)
            self.tagged(db, "last")
            taken = [step.command for step in iter(lambda: journal.undo(db), None)]
            assert taken == ["tag last", *(f"tag {number}" for number in reversed(range(51, 250)))]
            assert len(taken) == KEPT
            assert db.execute("SELECT count(*) FROM tag").fetchone()[0] == 51

    @given(st.lists(st.booleans(), max_size=60))
    @settings(max_examples=40)
    def test_whatever_order_steps_and_undos_come_in(self, walk: list[bool]) -> None:
        """Of any walk of steps (True) and undos the last few that stand are kept, and as many undone ones."""
        with pytest.MonkeyPatch.context() as patch, closing(one_contact()) as db:
            patch.setattr(journal, "KEPT_STEPS", 5)
            standing = ["contact"]
            for number, is_step in enumerate(walk):
                if is_step:
                    self.tagged(db, str(number))
                    standing = [*standing, f"tag {number}"][-5:]
                else:
                    taken = journal.undo(db)
                    assert (taken and taken.command) == (standing.pop() if standing else None)
                    if taken and taken.command == "contact":
                        return
            steps = journal.history(db)
            assert [step.command for step in reversed(steps) if not step.undone] == standing
            since = next((back for back, is_step in enumerate(reversed(walk)) if is_step), 0)
            assert sum(step.undone for step in steps) <= 5 + since  # so many were undone since the last step

    def test_a_step_taken_back_is_listed_with_what_it_was(self) -> None:
        """History says of an undone step how many changes it had."""
        with closing(one_contact()) as db:
            with journal.step(db, "tags", today=TODAY):
                db.executemany("INSERT INTO tag (contact_id, name) VALUES (1, ?)", [("choir",), ("club",)])
            before = journal.history(db)[0]
            taken = journal.undo(db)
            assert taken is not None
            assert taken._replace(back=()) == before
            assert journal.history(db)[0] == before._replace(undone=True)
            assert before.changes == 2

    def test_a_step_knows_the_device_it_was_made_on(self, tmp_path: Path) -> None:
        """Whoever opens the store says whose hand it is; the checksum of the step has that too."""
        path = str(tmp_path / "relcard.db")
        a_store(tmp_path / "relcard.db").close()
        with session(path, device="Marta's phone") as db, journal.step(db, "drop", today=TODAY):
            db.execute("DELETE FROM tag WHERE contact_id = 3")
        with closing(open_store(path)) as db:
            with journal.step(db, "drop", today=TODAY):
                db.execute("DELETE FROM tag WHERE contact_id = 2")
            assert [step.device for step in journal.history(db)] == ["", "Marta's phone", ""]
            db.execute("UPDATE journal_step SET device = 'other' WHERE id = 2")
            with pytest.raises(StoreError, match="damaged"):
                journal.undo(db, 2)


class TestUndo:
    def test_a_new_row_in_the_place_of_an_old_one_gives_way_to_it(self) -> None:
        """A tag taken off and put on again in one step comes back as the very row it was."""
        with closing(a_store()) as db:
            before = dump(db)
            with journal.step(db, "tag", today=TODAY):
                db.execute("DELETE FROM tag WHERE contact_id = 3")
                db.execute("INSERT INTO tag (contact_id, name) VALUES (3, 'club')")
                db.execute("INSERT INTO tag (contact_id, name) VALUES (3, 'choir')")
            journal.undo(db)
            assert dump(db) == before

    def test_what_was_moved_to_a_new_contact_moves_back(self) -> None:
        """Undoing a new contact does not take along the rows that the same step gave to it."""
        with closing(a_store()) as db:
            before = dump(db)
            with journal.step(db, "merge", today=TODAY):
                add_contact(db, 10)
                db.execute("UPDATE interaction SET contact_id = 10 WHERE contact_id = 2")
                db.execute("UPDATE membership SET contact_id = 10 WHERE contact_id = 2")
                db.execute("UPDATE tag SET contact_id = 10 WHERE contact_id = 2")
                db.execute("DELETE FROM contact WHERE id = 2")
            taken = journal.undo(db)
            assert taken is not None
            assert taken.command == "merge"
            assert dump(db) == before

    def test_foreign_keys_hold_again_afterwards(self) -> None:
        """A store that was just undone still refuses a tag of nobody."""
        with closing(a_store()) as db:
            journal.undo(db)
            assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_a_step_on_disk_is_undone_by_the_next_run(self, tmp_path: Path) -> None:
        """The journal is in the store: another process takes back what this one did."""
        path = tmp_path / "relcard.db"
        with closing(a_store(path)) as db:
            before = dump(db)
            with journal.step(db, "part", today=TODAY):
                db.execute("DELETE FROM contact WHERE id = 1")
                db.execute("DELETE FROM season")
        with closing(open_store(str(path))) as db:
            assert dump(db) != before
            journal.undo(db)
            assert dump(db) == before

    @given(SEVERAL_STEPS)
    # Two households change their UUIDs in turn, of which chance says whose sorts first.
    @example([[("untag", 5, 2), ("house", 2, 3), ("drop", 6, 3), ("house", 3, 1)]])
    def test_undoing_every_step_gives_every_store_that_was(
        self, steps: list[list[tuple[str, int, int]]]
    ) -> None:
        """Whatever steps did, each undo gives row for row what stood before its step."""
        with closing(a_store()) as db:
            stood = []
            for number, changes in enumerate(steps):
                before = dump(db)
                with journal.step(db, f"step {number}", today=TODAY):
                    for change in changes:
                        apply(db, *change)
                assert db.execute("PRAGMA foreign_key_check").fetchall() == []
                if dump(db) != before:
                    stood.append(before)
                elif journal.history(db)[0].command == f"step {number}":
                    stood.append(before)  # there and back again is a step too
            for before in reversed(stood):
                journal.undo(db)
                assert dump(db) == before


class TestParts:
    """Of a sitting each answer is kept at once, and all of them are one step."""

    @given(SEVERAL_STEPS, st.booleans())
    @settings(max_examples=15)
    def test_each_part_goes_back_alone_and_all_of_them_together(
        self, parts: list[list[tuple[str, int, int]]], one_by_one: bool
    ) -> None:
        """Taking parts back one by one gives every store that was; one undo gives the first of them."""
        with closing(a_store()) as db:
            step: int | None = None
            stood = []
            for changes in parts:
                before, behind = dump(db), journal.last_entry(db)
                with journal.step(db, "a sitting", today=TODAY, joins=step) as here:
                    for change in changes:
                        apply(db, *change)
                if journal.last_entry(db) > behind:
                    step = here
                    stood.append((before, behind))
            assert len(journal.history(db)) == 1 + bool(stood)
            for before, behind in reversed(stood if one_by_one else []):
                assert step is not None
                assert journal.undo_part(db, step, behind=behind)
                assert dump(db) == before
            if stood and not one_by_one:
                journal.undo(db)
                assert dump(db) == stood[0][0]
            standing = [step.command for step in journal.history(db) if not step.undone]
            assert standing == ["begin"]

    def test_what_came_after_a_step_is_not_passed_over(self) -> None:
        """A part joins no step that another came after, and is not taken back from beneath it."""
        with closing(a_store()) as db:
            with journal.step(db, "a sitting", today=TODAY) as first:
                db.execute("UPDATE contact SET name = 'Bea' WHERE id = 1")
            with journal.step(db, "another", today=TODAY):
                add_contact(db, 10)
            before = dump(db)
            with journal.step(db, "a sitting", today=TODAY, joins=first) as second:
                add_contact(db, 11)
            assert second != first
            assert not journal.undo_part(db, first, behind=0)
            journal.undo(db)
            assert dump(db) == before
            with journal.step(db, "a sitting", today=TODAY, joins=second) as third:
                add_contact(db, 12)
            assert third != second


def apply(db: sqlite3.Connection, what: str, one: int, other: int) -> None:
    """Make one change that the store's own rules allow; what they refuse changes nothing."""
    statements = {
        "add": (_CONTACT, (one, f"uid-{one}")),
        "drop": ("DELETE FROM contact WHERE id = ?", (one,)),
        "rename": ("UPDATE contact SET name = name || ? WHERE id = ?", (str(other), one)),
        "move": ("UPDATE contact SET id = ? WHERE id = ?", (other, one)),
        "tag": ("INSERT INTO tag (contact_id, name) VALUES (?, ?)", (one, f"tag {other}")),
        "untag": ("DELETE FROM tag WHERE contact_id = ?", (one,)),
        "house": (
            "INSERT INTO membership (contact_id, household_id) VALUES (?, ?) ON CONFLICT (contact_id) DO UPDATE SET household_id = ?",
            (one, min(other, 3), min(other, 3)),
        ),
        "season": ("DELETE FROM season WHERE id = ?", (one,)),
    }
    text, values = statements[what]
    try:
        db.execute(text, values)
    except sqlite3.IntegrityError:
        return
