"""No room left, made with a limit on the size of files: the old stands, and a sentence says what happened."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import backups
from relcard.store.file import checks
from relcard.store.file import picture_folder
from tests.support.pictures import from_camera

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.laptop import Laptop

_COMMANDS = {
    "import": ("import", "more.vcf"),
    "backup": ("backup",),
    "archive": ("export", "--format", "archive", "-o", "all.zip"),
    "csv": ("export", "--format", "csv", "-o", "all.csv"),
    "restore": ("restore", "kept.zip"),
    "picture": ("picture", "Kowalska", "card.jpg"),
}


def _limit(size: int) -> Callable[[], None]:
    def apply() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return apply


@pytest.fixture
def full(laptop: Laptop, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    monkeypatch.chdir(laptop.folder)
    laptop.command("import", str(sample))
    laptop.command("export", "--format", "archive", "-o", "kept.zip")
    laptop.command("note", "Anna Kowalska", "after the archive")
    (laptop.folder / "card.jpg").write_bytes(from_camera(200, 150))
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Una {0}\r\nNOTE:{1}\r\nEND:VCARD\r\n"
    (laptop.folder / "more.vcf").write_text("".join(card.format(one, "tea " * 250) for one in range(300)))
    return laptop


@pytest.mark.parametrize("name", _COMMANDS)
@pytest.mark.parametrize("size", [512, 20_000])
def test_command_leaves_everything_as_it_was(full: Laptop, name: str, size: int) -> None:
    """Whatever runs out of room ends with exit 3 and one sentence; store and folder are as they were."""
    if name == "csv" and size > 512:
        size = 2000  # a table of thirty people is small
    if name == "archive" and size > 512:
        size = 8000
    before, there = full.content(), {one.name for one in full.folder.iterdir()}
    said = full.said(*_COMMANDS[name], before=_limit(size))
    assert said.code == 3, said
    assert "disk is full" in said.err or "File too large" in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    assert {one.name for one in full.folder.iterdir()} - there <= {"backups", "relcard.db.pictures"}
    assert [*picture_folder.folder_of(full.store).rglob("*.partial")] == []
    assert backups.listed(str(full.store)) == []
    assert backups.leftovers(str(full.store)) == []
    assert checks.examine(str(full.store)).findings == []
    assert full.content() == before


@pytest.mark.parametrize("more", [1, 5_000, 50_000, 200_000])
def test_import_that_grows_beyond_the_disk_is_taken_back(full: Laptop, more: int) -> None:
    """An import that runs out of room half way has changed nothing, however far it came."""
    before = full.content()
    full.command("backup")  # for the automatic copy there is room
    size = full.store.stat().st_size
    said = full.said("import", "more.vcf", before=_limit(size + more))
    assert said.code == 3, said
    assert "disk is full" in said.err
    assert full.content() == before
    assert full.command("import", "more.vcf") == 0


def test_first_import_of_all(laptop: Laptop, sample: Path) -> None:
    """Where there is no room even for an empty store, that is said, and the next attempt works."""
    said = laptop.said("import", str(sample), before=_limit(1000))
    assert said.code == 3, said
    assert "disk is full" in said.err
    assert laptop.command("import", str(sample)) == 5  # two lines of the sample want a look
