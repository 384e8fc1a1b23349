"""What reaches the disk, and when."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


class Disk:
    """Writes down, in their order, each sync of a file or folder and each renaming."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[tuple[str, int]] = []  # with the inode of what was synced or renamed
        sync, rename = os.fsync, os.replace

        def noted_sync(handle: int) -> None:
            self.calls.append(("sync", os.fstat(handle).st_ino))
            sync(handle)

        def noted_rename(source: str, target: Path) -> None:
            self.calls.append(("rename", Path(source).stat().st_ino))
            rename(source, target)

        monkeypatch.setattr(os, "fsync", noted_sync)
        monkeypatch.setattr(os, "replace", noted_rename)

    def put_safely(self, path: Path) -> bool:
        """Whether a file was synced before it got its name, and its folder afterwards, and nothing else was done."""
        file, folder = path.stat().st_ino, path.parent.stat().st_ino
        return self.calls == [("sync", file), ("rename", file), ("sync", folder)]
