"""A couple on laptops of one list: any commands, carried badly, and in the end nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.share import machine
from tests.share.machine import DOSE
from tests.share.machine import SEEDS

if TYPE_CHECKING:
    from pathlib import Path

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
