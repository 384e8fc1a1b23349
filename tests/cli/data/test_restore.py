from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


@pytest.mark.parametrize("kind", ["backup", "archive"])
def test_restore_brings_everything_back(near: Runner, here: Path, kind: str) -> None:
    """What was lost after a backup or an archive is there again, circles too, and the way back is named."""
    if kind == "backup":
        near.done("backup", "-o", "kept")
    else:
        near.done("export", "--format", "archive", "-o", "kept")
    before = near.done("list", "--json").json
    near.done("circle", "wide", "Anna Kowalska")
    assert near.done("list", "--json").json != before
    look = near.done("restore", "--dry-run", "kept").out
    assert "nothing was changed" in look
    assert near.done("list", "--json").json != before
    out = near.done("restore", "kept").out
    assert near.done("list", "--json").json == before
    assert "relcard restore relcard-2026-11-20-restore.db" in out
    near.done("restore", "relcard-2026-11-20-restore.db")  # a plain name is looked for among the backups
    assert near.done("list", "--circle", "wide", "--json").json != before


def test_restore_for_scripts(near: Runner) -> None:
    """The JSON of a restore has the counts and where the old store is."""
    near.done("backup", "-o", "kept.db")
    (said,) = near.done("restore", "kept.db", "--json").json["restored"]
    assert set(said) == {
        "path",
        "contacts",
        "cards",
        "contacts_before",
        "pictures_missing",
        "later_steps",
        "was_sound",
        "set_aside",
    }
    assert said["was_sound"] is True
    assert said["contacts"] == said["contacts_before"] > 20
    assert Path(said["set_aside"]).exists()


def test_restore_of_what_is_no_backup(near: Runner, sample: Path) -> None:
    """A vCard file is not restored but imported, and the message says so."""
    before = near.bytes
    result = near("restore", str(sample))
    assert result.code == 3
    assert "relcard import" in result.err
    assert near("restore", "nowhere.db").code == 3
    assert near.bytes == before
