"""Files of the user: whole or not at all."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.files import read_bytes
from relcard.files import write_atomically
from tests.support.disk import Disk

if TYPE_CHECKING:
    from pathlib import Path


def test_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut leaves the old file or the new one: the bytes are synced, then the name, then the folder."""
    path = tmp_path / "cards.pdf"
    disk = Disk(monkeypatch)
    write_atomically(path, b"words")
    assert disk.put_safely(path)
    assert read_bytes(path) == b"words"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_file_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """When the disk fails at the sync or the renaming the old file stands, nothing lies beside it, and why is said."""
    path = tmp_path / "cards.pdf"
    write_atomically(path, b"old")

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(FileError, match="Input/output error"):
        write_atomically(path, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["cards.pdf"]
    assert path.read_bytes() == b"old"


def test_folder_that_cannot_be_synced_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some systems have no folders to sync: the file is written all the same."""
    path = tmp_path / "cards.pdf"
    open_ = os.open

    def refuse(target: object, flags: int, *rest: int) -> int:
        if target == tmp_path:
            raise OSError(13, "Permission denied")
        return open_(str(target), flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    write_atomically(path, b"words")
    assert path.read_bytes() == b"words"
