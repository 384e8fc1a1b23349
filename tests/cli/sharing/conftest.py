"""A couple with two laptops that share one list through a folder."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from relcard.share.whereabouts import where
from tests.support.command_line import Runner

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "Shared"
    path.mkdir()
    return path


@pytest.fixture
def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """Return the command line of the other laptop, which has no store yet."""
    return Runner(tmp_path / "other" / "relcard.db", monkeypatch)


def begin(one: Runner, place: Path | str, *options: str) -> str:
    code: str = one.done("share", "start", str(place), "--name", "Anna's laptop", "--json", *options).json[
        "code"
    ]
    return code


@pytest.fixture(scope="session")
def _met(tmp_path_factory: pytest.TempPathFactory, _stores: dict[str, Path]) -> Path:
    """Make two laptops with one list, once, and the folder between them."""
    met = tmp_path_factory.mktemp("couple")
    (met / "Shared").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        one, other = Runner(met / "one.db", patch), Runner(met / "other.db", patch)
        shutil.copy(_stores["people"], one.store)
        code = begin(one, met / "Shared")
        other.done("share", "join", str(met / "Shared"), "--code", code, "--name", "Jan's laptop")
        one.done("share")
    return met


@pytest.fixture
def couple(_met: Path, run: Runner, other: Runner, folder: Path) -> tuple[Runner, Runner]:
    """Return two laptops with one list, of which no own book travels."""
    shutil.copytree(_met / "Shared", folder, dirs_exist_ok=True)
    for laptop, store in ((run, "one.db"), (other, "other.db")):
        laptop.store.parent.mkdir(exist_ok=True)
        shutil.copy(_met / store, laptop.store)
        with closing(sqlite3.connect(laptop.store)) as db, db:
            db.execute("UPDATE share_list SET place = ?", (where(str(folder)).as_text(),))
    return run, other
