"""Command lines of people who have come so far: nothing yet, an import, circles, an open season."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import database
from tests.support.command_line import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.command_line import Once

SAMPLE = Path(__file__).parents[2] / "sample_contacts.vcf"

# What a user says about the people of the sample before a Christmas.
CIRCLES = (
    ("inner", "Aunt Wren", "Margaret Hale"),
    ("close", "Anna Kowalska", "Jan Smith", "Yuki Tanaka", "Grace Okafor"),
    ("friend", "Mia Delgado", "Jörg Großmann", "Hannah Weber", "Omar Haddad"),
    ("wide", "Zoë Müller", "Old Mill Bakery"),
    ("none", "Callum Fraser"),
)


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder of one's own, with no store, no settings and no templates of this computer's user."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("RELCARD_STOCK", "")  # no sheets of other programs, whatever is installed
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return here


@pytest.fixture(autouse=True)
def _no_power_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare the disk: commands in this process need not wait until it has written."""
    connect = database._connect

    def quick(path: str) -> database.Connection:
        db = connect(path)
        db.execute("PRAGMA synchronous = OFF")
        return db

    monkeypatch.setattr(database, "_connect", quick)


@pytest.fixture
def here(_at_home: Path) -> Path:
    """Return the folder in which commands are given."""
    return _at_home


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return the command line of somebody who has no store yet."""
    return Runner(tmp_path / "relcard.db", monkeypatch)


@pytest.fixture(scope="session")
def _stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Make the stores that tests begin with, once."""
    folder = tmp_path_factory.mktemp("stores")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        people = Runner(folder / "people.db", patch)
        assert people("--quiet", "import", str(SAMPLE)).code == 5  # two lines of the sample want a look
        near = Runner(folder / "near.db", patch)
        shutil.copy(people.store, near.store)
        near.done("settings", "set", "sender.country", "GB")
        for circle, *names in CIRCLES:
            near.done("circle", circle, *names)
        season = Runner(folder / "season.db", patch)
        shutil.copy(near.store, season.store)
        shutil.copy(folder / "near.toml", folder / "season.toml")
        season.done("season", "start", "christmas", "--year", "2026")
    return {"people": people.store, "near": near.store, "season": season.store}


def _copied(stores: dict[str, Path], name: str, run: Runner) -> Runner:
    shutil.copy(stores[name], run.store)
    settings = stores[name].with_suffix(".toml")
    if settings.exists():
        shutil.copy(settings, run.store.with_suffix(".toml"))
    return run


@pytest.fixture
def people(_stores: dict[str, Path], run: Runner) -> Runner:
    """Return the command line of somebody who has imported the sample."""
    return _copied(_stores, "people", run)


@pytest.fixture
def near(_stores: dict[str, Path], run: Runner) -> Runner:
    """Return the command line of somebody who has said who is near and posts in Britain."""
    return _copied(_stores, "near", run)


@pytest.fixture
def season(_stores: dict[str, Path], run: Runner) -> Runner:
    """Return the command line of somebody whose christmas-2026 is open."""
    return _copied(_stores, "season", run)


@pytest.fixture(scope="session")
def once(_stores: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Return a maker of stores, which prepares each kind once and copies it from then on: store and settings."""
    folder = tmp_path_factory.mktemp("once")

    def prepared(run: Runner, prepare: Callable[[Runner], object]) -> Runner:
        name = f"{prepare.__module__}.{prepare.__qualname__}"
        if name in _stores:
            return _copied(_stores, name, run)
        prepare(run)
        kept = Runner(folder / f"{name}.db", run.monkeypatch)
        _stores[name] = _copied({name: run.store}, name, kept).store
        return run

    return prepared


@pytest.fixture(scope="session")
def sample() -> Path:
    """Return the sample."""
    return SAMPLE


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Return a maker of $EDITOR out of a line of shell; the draft is "$1". A copy of it lies in the result."""

    def make(shell: str) -> Path:
        script, seen = tmp_path / "editor.sh", tmp_path / "seen.txt"
        script.write_text(f'#!/bin/sh\ncp "$1" "{seen}"\n{shell}\n', encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(script))
        return seen

    return make
