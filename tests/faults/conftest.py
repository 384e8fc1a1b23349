"""Faults that a laptop knows: killed, full, read-only, shared, and grown old.

Each is tried in a small dose. `make faults` sets RELCARD_FAULTS=full and tries each as often as it takes to be
believed.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.laptop import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "sample_contacts.vcf"


@pytest.fixture
def laptop(tmp_path: Path) -> Laptop:
    """Return a computer on which nothing has been done yet."""
    return Laptop(tmp_path)


@pytest.fixture
def sample() -> Path:
    """Return the sample."""
    return SAMPLE


@pytest.fixture
def moments(dose: Callable[[int, int], int]) -> Callable[[float], Iterator[float]]:
    """Return a giver of moments within some seconds: 8 of them, or 200, the same in every run."""
    chance = random.Random(20261120)  # noqa: S311  the same moments every time

    def give(seconds: float) -> Iterator[float]:
        for _ in range(dose(8, 200)):
            yield chance.random() * seconds

    return give
