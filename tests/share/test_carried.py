"""Laptops with the program's own exchange between them: over the worst road everything arrives, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.share import https
from tests.share import carried
from tests.share import machine
from tests.share.machine import DOSE
from tests.share.machine import SEEDS
from tests.support.webdav import webdav

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # the server's sockets


@pytest.mark.parametrize("laptops", [2, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_folder_carried_badly(tmp_path: Path, seed: int, laptops: int) -> None:
    """Bundles that come in any order, late, cut, flipped and under other names, and laptops that are killed."""
    machine.check(*carried.run(tmp_path, carried.Carried(tmp_path), seed, dose=DOSE, laptops=laptops))


@pytest.mark.parametrize("laptops", [2, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_server_that_answers_badly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int, laptops: int
) -> None:
    """A real server, of whose answers two in five are wrong, late by half or another's, and the same kills."""
    monkeypatch.setattr(https, "SILENCE", 5)
    (tmp_path / "served").mkdir()
    with webdav(tmp_path / "served") as server:
        road = carried.Served(server, seed)
        machine.check(*carried.run(tmp_path, road, seed, dose=DOSE, laptops=laptops))
