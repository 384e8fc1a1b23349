"""Laptops with the program's own exchange between them: over the worst road everything arrives, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.share import https
from relcard.store.file import checks
from tests.share import carried
from tests.support.webdav import webdav

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.share.machine import Laptop
    from tests.share.machine import Outcome

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the server's sockets


def _look(outcome: Outcome, desk: list[Laptop]) -> None:
    """Nothing is lost, all agree, and each store is sound."""
    assert not outcome.lost
    assert len(outcome.tables) == 1
    assert len(outcome.conflicts) == 1
    for laptop in desk:
        laptop.db.close()
        assert [one.message for one in checks.examine(laptop.path).findings if one.is_damage] == []


@pytest.mark.parametrize("laptops", [2, 3])
def test_a_folder_carried_badly(tmp_path: Path, dose: Callable[[int, int], int], laptops: int) -> None:
    """Bundles that come in any order, late, cut, flipped and under other names, and laptops that are killed."""
    for seed in range(dose(1, 20)):
        root = tmp_path / str(seed)
        root.mkdir()
        edits, people = dose(10, 1000), dose(3, 200)
        _look(*carried.run(root, carried.Carried(root), seed, edits=edits, people=people, laptops=laptops))


@pytest.mark.parametrize("laptops", [2, 3])
def test_a_server_that_answers_badly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dose: Callable[[int, int], int], laptops: int
) -> None:
    """A real server, of whose answers two in five are wrong, late by half or another's, and the same kills."""
    monkeypatch.setattr(https, "SILENCE", 5)
    for seed in range(dose(1, 20)):
        root = tmp_path / str(seed)
        (root / "served").mkdir(parents=True)
        edits, people = dose(10, 1000), dose(3, 200)
        with webdav(root / "served") as server:
            road = carried.Served(server, seed)
            _look(*carried.run(root, road, seed, edits=edits, people=people, laptops=laptops))
