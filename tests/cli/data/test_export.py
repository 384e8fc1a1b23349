from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.support.command_line import Runner


def test_export_gives_untouched_cards_back_byte_for_byte(people: Runner, here: Path, sample: Path) -> None:
    """What was imported and not touched comes out as it went in, to a file and to standard output."""
    people.done("export", "--format", "vcf", "-o", "out.vcf")
    assert (here / "out.vcf").read_bytes() == sample.read_bytes()
    assert people("export").raw == sample.read_bytes()
    assert (here / "out.vcf").stat().st_mode & 0o777 == 0o600


def test_export_of_an_empty_store(run: Runner) -> None:
    """Nothing to export is said, with the first step."""
    result = run("export")
    assert result.code == 2
    assert "relcard import" in result.err
    assert result.raw == b""


@pytest.mark.parametrize("path", [".", "/dev/null"])
def test_export_never_takes_the_place_of_a_folder_or_a_device(people: Runner, path: str) -> None:
    """-o names a file: a folder or a device is refused before anything is written."""
    result = people("export", "-o", path)
    assert result.code == 2
    assert path in result.err
    assert not Path(path).is_file()


@pytest.mark.parametrize(
    "words",
    [
        ("export",),
        ("export", "--format", "archive"),
        ("print", "labels", "--all", "--address-mode", "label"),
        ("print", "crib", "--all"),
        ("doctor", "--rescue"),
        ("backup",),
    ],
    ids="-".join,
)
def test_no_command_writes_over_the_store_or_the_settings(people: Runner, words: tuple[str, ...]) -> None:
    """A file named by mistake is never the store itself, its settings or a backup of it."""
    people.done("settings", "set", "sender.country", "GB")
    people.done("backup", "-o", "kept.db")
    settings = people.store.with_suffix(".toml")
    kept = Path("kept.db")
    before = (people.bytes, settings.read_bytes(), kept.read_bytes())
    target = () if words[-1] == "--rescue" else ("-o",)
    for path in (people.store, settings, *(() if words == ("backup",) else (kept,))):
        result = people(*words, *target, str(path))
        assert result.code == 2, result.out
        assert "name another" in result.err.lower()
    assert (people.bytes, settings.read_bytes(), kept.read_bytes()) == before


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm"])
def test_no_command_writes_where_sqlite_would_look(people: Runner, end: str) -> None:
    """A file named as the store's own journal is refused, though there is none at the moment."""
    result = people("print", "labels", "--all", "-o", f"{people.store}{end}")
    assert result.code == 2
    assert not Path(f"{people.store}{end}").exists()
