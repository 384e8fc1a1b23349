"""A couple with a folder each, that a real Syncthing keeps in step, and processes that are killed at any moment."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from relcard.share.whereabouts import where
from tests.cli.sharing.test_share import kill_while_it_shares
from tests.cli.sharing.test_share import names
from tests.support.peers import peer
from tests.support.syncthing import in_step

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.command_line import Runner


def test_killed_while_syncthing_carries(
    couple: tuple[Runner, Runner], folder: Path, tmp_path: Path, dose: Callable[[int, int], int]
) -> None:
    """Everyone who was added is on both laptops, and the stores are whole."""
    program = peer("syncthing")
    hers = tmp_path / "Hers"
    shutil.copytree(folder, hers)
    with closing(sqlite3.connect(couple[1].store)) as db, db:
        db.execute("UPDATE share_list SET place = ?", (where(str(hers)).as_text(),))
    chance = random.Random(3)  # noqa: S311  no secret
    added = dose(2, 100)
    with in_step(program, tmp_path, [folder, hers]) as carrier:
        for turn in range(added):
            run = couple[turn % 2]
            run.done("add", f"Person {turn}")
            kill_while_it_shares(run, chance)
        for _ in range(3):
            for run in couple:
                run("share")
            carrier.bring()
        codes = [run("share").code for run in couple]
    assert codes == [0, 0]
    assert names(couple[0]) == names(couple[1])
    assert sum(name.startswith("Person") for name in names(couple[0])) == added
    for run in couple:
        run.done("doctor")
