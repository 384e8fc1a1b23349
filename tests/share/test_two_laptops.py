"""A couple on laptops of one list: any commands, carried badly, and in the end nothing is lost."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import checks
from tests.share import machine

if TYPE_CHECKING:
    from pathlib import Path

FULL = os.environ.get("RELCARD_FAULTS") == "full"
EDITS = 1000 if FULL else 10
SEEDS = range(1, 21) if FULL else range(1, 2)


def _look(outcome: machine.Outcome, desk: list[machine.Laptop]) -> None:
    """Nothing is lost, all agree, and each store is sound."""
    assert not outcome.lost
    assert len(outcome.tables) == 1
    assert len(outcome.conflicts) == 1
    for laptop in desk:
        assert [
            finding.message for finding in checks.examine(laptop.path).findings if finding.is_damage
        ] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_two_laptops_lose_nothing(tmp_path: Path, seed: int) -> None:
    _look(*machine.run(tmp_path, seed, edits=EDITS, people=6, kills=0.15))


def test_nor_do_three(tmp_path: Path) -> None:
    _look(*machine.run(tmp_path, 7, edits=EDITS // 2, people=6, laptops=3, kills=0.1))
