"""A couple on laptops of one list: any commands, carried badly, and in the end nothing is lost."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from relcard.domain.sharing.travelling import TABLES
from relcard.store.file import journal
from relcard.store.sharing import conflicts
from relcard.store.sharing import encoding
from relcard.store.sharing import ledger
from tests.share import machine
from tests.share.machine import DOSE
from tests.share.machine import SEEDS

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.domain.sharing.merging import Key
    from relcard.domain.sharing.steps import Value
    from relcard.store.sharing.conflicts import Conflict
    from tests.share.machine import Command

OFTEN_UNDO = (*machine.COMMANDS, *[machine.undo] * 19)  # every second command


@pytest.mark.parametrize(
    ("laptops", "commands"), [(2, ()), (3, ()), (2, OFTEN_UNDO)], ids=["two", "three", "undo"]
)
@pytest.mark.parametrize("seed", SEEDS)
def test_laptops_lose_nothing(tmp_path: Path, seed: int, laptops: int, commands: tuple[Command, ...]) -> None:
    """Their steps come late, in any order and twice, and they are switched off in the middle of what they do."""
    outcome, desk = machine.run(tmp_path, seed, dose=DOSE, laptops=laptops, kills=0.15, commands=commands)
    machine.check(outcome, desk)


def test_a_run_can_be_had_again(tmp_path: Path) -> None:
    """What a seed found can be looked at: the same seed gives the same tables, UUIDs too."""
    tables = []
    for name in ("once", "again"):
        (tmp_path / name).mkdir()
        outcome, _ = machine.run(tmp_path / name, 3, dose=machine.Dose(1, 5, 2, 4), kills=0.15)
        tables.append(outcome.tables)
    assert tables[0] == tables[1]


def test_a_step_and_its_undo_are_nothing(tmp_path: Path) -> None:
    """Whatever one does and takes back, the other's tables and what is listed are as they were.

    But that somebody had removed a row is listed no more once it was removed and brought back here.
    """
    chance = random.Random(1)  # noqa: S311  no secret
    with machine.the_same_again(1):  # another seed than the run's, or two rows would have one UUID
        _, desk = machine.run(tmp_path, 2, dose=machine.Dose(1, 15, 4, 4))
        one, other = desk
        for turn in range(DOSE.edits // 2):
            before = _look(other)
            last = journal.last_step(one.db)
            command = chance.choice([command for command in machine.COMMANDS if command is not machine.undo])
            one.do(command, chance)
            if journal.last_step(one.db) != last:
                journal.undo(one.db)
            machine.come_together(desk)
            assert _look(other) == before, (turn, command)
            assert ledger.tables_hash(one.db) == ledger.tables_hash(other.db)
            chance.choice(desk).do(machine.choose(chance), chance)
            machine.come_together(desk)


def _look(laptop: machine.Laptop) -> tuple[dict[Key, dict[str, Value]], list[Conflict]]:
    """Return what the tables say, and what is listed.

    A household is called by its people: of one that is only proposed each laptop may have its own.
    """
    encoder = encoding.Encoder(laptop.db)
    rows = {
        (table, encoding.uuid_of(raw)): encoder.values(table, raw)
        for table in TABLES
        for raw in encoding.read(laptop.db, table, "1")
    }
    homes: defaultdict[str, str] = defaultdict(str)
    for (table, _), values in sorted(rows.items(), key=lambda row: str(row[1].get("contact_id"))):
        if table == "membership":
            homes[values["household_id"]] += values["contact_id"]
    called = {
        (table, homes.get(uuid, uuid)): {
            column: homes[value] if column == "household_id" else value for column, value in values.items()
        }
        for (table, uuid), values in rows.items()
    }
    return called, [conflict for conflict in laptop.listed() if conflict.kind != conflicts.GONE]
