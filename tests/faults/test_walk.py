"""A walk by chance through every kind of command: each is one step, undo gives the very rows back, and it can be done again."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import uuid
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import checks
from relcard.store.file import checksums
from relcard.store.file import database
from relcard.store.file import journal
from tests.support.book import dump
from tests.support.command_line import Runner
from tests.support.commands import KINDS
from tests.support.commands import Hands

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.book import Rows
    from tests.support.command_line import Result
    from tests.support.commands import Words

_DONE = (0, 5)
_REFUSED = (2, 4, 6)
_SHOWN = 12  # commands before a failure
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # what is made by chance at each doing
_RESTORE = "restore"
ALL = [*KINDS, _RESTORE]


class Walk:
    """A user by chance, the rows as they stood before each step that can still be taken back, and what took effect."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.run = hands.run
        self.past: list[Rows] = []
        self.begun_with = self.standing()  # steps that are not taken back
        self.took_effect: Counter[str] = Counter()
        self.given: list[str] = []
        self.undone = 0
        self.now = dump(self.run.store)  # as the last command left it

    def give(self, *words: str) -> Result:
        result = self.run("--quiet", *words)
        self.given.append(f"{' '.join(words)}  -> {result.code}")
        assert result.code in (*_DONE, *_REFUSED), result.err
        return result

    def standing(self) -> int:
        with closing(sqlite3.connect(self.run.store)) as db:
            (steps,) = db.execute("SELECT count(*) FROM journal_step WHERE undone = 0").fetchone()
        return int(steps)

    def expected(self) -> int:
        return min(self.begun_with + len(self.past), journal.KEPT_STEPS)

    def undo(self) -> None:
        """Take the last step back: the rows are those that stood before it."""
        assert self.give("undo").code == 0
        before = self.past.pop()
        self.now = dump(self.run.store)
        assert self.now == before, _difference(before, self.now)
        assert self.standing() == self.expected()
        self.undone += 1

    def do(self, words: Words) -> bool:
        """Give a command, and return whether it changed anything: then it is one step, and else none."""
        before = self.now
        result = self.give(*words)
        after = self.now = dump(self.run.store)
        if after != before:
            assert result.code in _DONE, result.err
            self.past = [*self.past, before][-journal.KEPT_STEPS :]
        assert self.standing() == self.expected()
        return after != before

    def step(self) -> None:
        """Take a kind of command, rather one that has not been often, and see what it does and undoes."""
        chance = self.hands.chance
        words = None
        while words is None:  # some kinds need what is not there yet
            (name,) = chance.choices(ALL, [(1 + self.took_effect[name]) ** -4.0 for name in ALL])
            words = () if name == _RESTORE else KINDS[name](self.hands)
        if not words:
            self.restore()
            return
        if not self.do(words):
            return
        self.took_effect[name] += 1
        if chance.random() < 0.5:
            after = self.now
            self.undo()
            assert self.do(words)
            assert _without_chance(self.now) == _without_chance(after), _difference(after, self.now)
        for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 3))):
            if self.past:
                self.undo()

    def restore(self) -> None:
        """Bring an earlier copy back, and now and then the store that was set aside for it: row for row.

        A backup has its history too, an archive begins a new one.
        """
        chance, store = self.hands.chance, self.run.store
        is_archive = chance.random() < 0.5
        kept = self.hands.folder / ("kept.zip" if is_archive else "kept.db")
        made = ("export", "--format", "archive") if is_archive else ("backup",)
        then = dump(store, with_journal=not is_archive)
        assert self.give(*made, "-o", str(kept)).code == 0
        assert self.do(("note", self.hands.contact(), self.hands.word()))
        now = dump(store, with_journal=True)
        shutil.rmtree(store.with_name("backups"), ignore_errors=True)
        assert self.give(_RESTORE, str(kept)).code == 0
        back = dump(store, with_journal=not is_archive)
        assert back == then, _difference(then, back)
        self.took_effect[_RESTORE] += 1
        if chance.random() < 0.5:
            (aside,) = store.with_name("backups").iterdir()
            assert self.give(_RESTORE, str(aside)).code == 0
            assert dump(store, with_journal=True) == now
        elif is_archive:
            self.past, self.begun_with = [], 0
        else:
            self.past.pop()
        self.now = dump(store)
        assert self.standing() == self.expected()


def _without_chance(rows: Rows) -> str:
    # What a second run writes is the same but for the random UUIDs, the last column of their tables.
    return _UUID.sub("uuid", repr({table: [_named(row) for row in rows[table]] for table in rows}))


def _named(row: tuple[object, ...]) -> tuple[object, ...]:
    return row[:-1] if isinstance(row[-1], bytes) and len(row[-1]) == 16 else row


def _difference(wanted: Rows, found: Rows) -> str:
    return "\n".join(
        f"{table}: {set(wanted[table]) ^ set(found.get(table, []))}"
        for table in wanted
        if wanted[table] != found.get(table)
    )[:2000]


@pytest.fixture
def hands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Path) -> Callable[[int], Hands]:
    """Return a maker of a user by chance, in whose store stands what the sample says and some history."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("RELCARD_STOCK", "")
    minted = random.Random(1)  # noqa: S311  so that a seed gives the same walk again
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=minted.getrandbits(128), version=4))
    connect = database._connect

    def quick(path: str | None) -> database.Connection:
        db = connect(path)
        db.execute("PRAGMA synchronous = OFF")  # no power fails here
        return db

    monkeypatch.setattr(database, "_connect", quick)

    def make(seed: int) -> Hands:
        folder = tmp_path / str(seed)
        folder.mkdir()
        monkeypatch.chdir(folder)
        run = Runner(folder / "relcard.db", monkeypatch)
        assert run("--quiet", "import", str(sample)).code == 5
        run.done("settings", "set", "sender.country", "GB")
        run.done("settings", "set", "sender.address", "4 Orchard Row, Bath, BA1 5DQ")
        for circle, *names in (
            ("close", "Aunt Wren", "Anna Kowalska"),
            ("wide", "Zoë Müller", "Omar Haddad"),
        ):
            run.done("circle", circle, *names)
        for month in range(1, 10):
            run.done("log", "Zoë Müller", "visit", "--on", f"2026-0{month}-10")
        run.done("season", "start", "christmas", "--year", "2026")
        run.done("season", "start", "newyear", "--year", "2026")
        for state, name in (("posted", "Anna Kowalska"), ("written", "Aunt Wren"), ("received", "Aunt Wren")):
            run.done(state, name, "--season", "christmas-2026")
        run.done("fact", "Aunt Wren", "bread", "rye")
        run.done("relation", "Aunt Wren", "tailor", "Anna Kowalska")
        run.done("relation", "Omar Haddad", "godchild", "Aunt Wren")
        run.done("printer", "set", "Desk", "--dx", "1")
        # What can only be changed once it is there, so that the walk need not wait for it.
        run.done("segment", "save", "shop", "--circle", "wide")
        run.done("stock", "add", "Jars", "--page", "A4", "--label", "63.5x38.1", "--grid", "3x7")
        run.done("archive", "Callum Fraser")
        run.done("rite", "death", "Daniel Reyes", "--on", "2026-11-01", "--drop-name")
        with closing(database.open_store(str(run.store))) as db:
            # An older relcard understood less of a card: so that reading it again finds something.
            db.execute("UPDATE problem SET message = 'was not understood' WHERE vcard_id IS NOT NULL")
            checksums.seal_all(db)
        return Hands(run, folder, random.Random(seed))  # noqa: S311  a seed that can be repeated

    return make


def test_every_kind_of_command_is_taken_back_row_by_row(
    hands: Callable[[int], Hands], dose: Callable[[int, int], int]
) -> None:
    """Whatever is done in whatever order, a change is one step, undo gives the rows back, and it can be done again.

    Every kind of command takes effect at least once in each walk, or the walk proves nothing of it.
    """
    for seed in range(20261120, 20261120 + dose(1, 4)):
        walk = Walk(hands(seed))
        steps = 0
        try:
            while steps < dose(60, 400) or not walk.took_effect.keys() >= {*ALL}:
                walk.step()
                steps += 1
                assert steps < dose(800, 2400), sorted({*ALL} - walk.took_effect.keys())
            assert checks.examine(str(walk.run.store)).is_sound
        except Exception as error:
            last = "\n  ".join(walk.given[-_SHOWN:])
            raise AssertionError(f"seed {seed}, after {steps} steps; the last commands:\n  {last}") from error
        assert len(walk.took_effect) >= 52
