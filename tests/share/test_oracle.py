"""The oracle bites: of each way in which a program would lose words, or two laptops differ, it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from relcard.domain.sharing import merging
from relcard.share import exchange
from relcard.share import https
from relcard.store.sharing import capture
from relcard.store.sharing import conflicts
from tests.share import carried
from tests.share import machine
from tests.support.webdav import Trouble
from tests.support.webdav import webdav

if TYPE_CHECKING:
    import random
    from collections.abc import Callable
    from pathlib import Path

    from relcard.domain.sharing.merging import Row
    from relcard.domain.sharing.steps import Change
    from relcard.domain.sharing.steps import Step
    from relcard.domain.sharing.steps import Write
    from relcard.share.places import Place
    from tests.share.machine import Command
    from tests.support.webdav import WebDavServer

    Patch = pytest.MonkeyPatch

SEEDS = 20  # a mutant has so many chances to be caught; nearly all are at the first or second
TITLES = (machine.give_title,)


def delete_wins(patch: Patch) -> None:
    """Let whoever removes a row remove also what the other wrote of it meanwhile."""
    patch.setattr(merging.Row, "is_removed", lambda row, _: bool(row.removals))


def last_writer_wins(patch: Patch) -> None:
    """Let the later of two words stand, and keep the other nowhere."""
    for module in (merging, conflicts):
        patch.setattr(module, "beside", lambda *_: [])


def clear_on_edit(patch: Patch) -> None:
    """Let an edit replace also what its user never looked at."""
    patch.setattr(capture, "displayed", lambda row, column, _: tuple(sorted(row.heads(column))))


def clock_as_order(patch: Patch) -> None:
    """Let nothing replace what was written later by the laptops' clocks."""
    really = merging.Row.apply
    days: dict[str, int] = {}  # by device, as they are met

    def day(write: Write) -> int:
        return days.setdefault(write.device, len(days))

    def apply(row: Row, change: Change, write: Write, step: Step) -> None:
        is_of_row = change.row is not None or change.is_gone
        if is_of_row or day(write) >= max(map(day, row.heads(change.column)), default=0):
            really(row, change, write, step)

    patch.setattr(merging.Row, "apply", apply)


@pytest.mark.parametrize(
    ("mutant", "commands"),
    [
        (delete_wins, (machine.give_title, machine.delete)),
        (last_writer_wins, TITLES),
        (clear_on_edit, TITLES),
        (clock_as_order, TITLES),
    ],
)
def test_a_program_that_loses_words_is_caught(
    tmp_path: Path, monkeypatch: Patch, mutant: Callable[[Patch], None], commands: tuple[Command, ...]
) -> None:
    """Two laptops write at once of the same people: what the mutant drops is missing, or they differ."""
    with monkeypatch.context() as patch:
        mutant(patch)
        caught = next(seed for seed in range(SEEDS) if _is_caught(tmp_path / str(seed), seed, commands))
    assert not _is_caught(tmp_path / "as it is", caught, commands)


def _is_caught(folder: Path, seed: int, commands: tuple[Command, ...]) -> bool:
    folder.mkdir()
    outcome, desk = machine.run(
        folder, seed, dose=machine.Dose(1, 8, people=len(commands), rest=4), commands=commands
    )
    for laptop in desk:
        laptop.db.close()
    return bool(outcome.lost) or len(outcome.tables) > 1


class _Half(carried.Served):
    """A server that says that all is well, and has half of what comes once a laptop has its folder."""

    def __init__(self, server: WebDavServer) -> None:
        super().__init__(server, 0)
        self._kept = server
        self.mend()

    def carry(self, chance: random.Random) -> None:
        del chance
        if len([*self._kept.folder.iterdir()]) == 2:
            self._kept.always = lambda method: Trouble(status=201, taken=100) if method == "PUT" else None


def test_a_program_that_believes_an_answer_is_caught(tmp_path: Path, monkeypatch: Patch) -> None:
    """A server says that all is well and has half of a bundle: who does not read it there leaves the other waiting."""

    def send(place: Place, name: str, data: bytes) -> None:
        place.put(name, data)

    monkeypatch.setattr(exchange, "send", send)
    monkeypatch.setattr(https, "SILENCE", 5)
    (tmp_path / "served").mkdir()
    with webdav(tmp_path / "served") as server, pytest.raises(AssertionError, match="waits"):
        carried.run(tmp_path, _Half(server), 0, dose=machine.Dose(1, 12, 1, 8), kills=0.0)
