"""A store on read-only media: it is read, and what cannot be is said with the way out."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from relcard.store.file import checks
from tests.support.laptop import Laptop

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[2] / "sample_contacts.vcf"
V001 = Path(__file__).parents[1] / "data" / "stores" / "v001.sql"
_NOBODY = 65534


def _as_reader() -> None:
    """Become somebody for whom the folder is read-only; for root none is."""
    if os.geteuid() == 0:
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


_READING = (("list",), ("history",), ("export",), ("doctor",))
_WRITING = (("note", "Anna Kowalska", "tea"), ("undo",), ("backup",), ("restore", "FILE"))


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laptop]:
    """Return a computer whose store lies on media that can only be read; nothing here changes it."""
    laptop = Laptop(tmp_path_factory.mktemp("laptop"))
    laptop.command("import", str(SAMPLE))
    # Not tmp_path, whose parents only their owner may pass.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "relcard.db").write_bytes(laptop.store.read_bytes())
        (folder / "relcard.db").chmod(0o444)
        folder.chmod(0o555)
        laptop.command("backup", "-o", str(laptop.folder / "FILE"))
        for words in (*_READING, *_WRITING):
            # Here, where all of it may be done: a reader may not even be allowed to load Python's own modules.
            laptop.command(*(str(laptop.folder / one) if one == "FILE" else one for one in words))
        laptop.store = folder / "relcard.db"
        yield laptop
        folder.chmod(0o700)


@pytest.mark.parametrize("words", _READING)
def test_it_can_be_read(media: Laptop, words: tuple[str, ...]) -> None:
    """What only looks works."""
    said = media.said(*words, before=_as_reader)
    assert said.code == 0, said
    assert said.err == ""


@pytest.mark.parametrize("words", _WRITING)
def test_it_is_not_changed(media: Laptop, words: tuple[str, ...]) -> None:
    """What would change it is refused in a sentence with a next step, and not a byte changes."""
    before = media.store.read_bytes()
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(before)
        copy.flush()
        Path(copy.name).chmod(0o644)
        words = tuple(copy.name if one == "FILE" else one for one in words)
        said = media.said(*words, before=_as_reader)
    assert said.code == 3, said
    assert "read-only" in said.err or "Permission denied" in said.err
    assert len(said.err.splitlines()) == 2
    assert media.store.read_bytes() == before


def test_it_can_be_backed_up_elsewhere(media: Laptop) -> None:
    """A copy goes to any folder that may be written to."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        target = Path(name) / "copy.db"
        said = media.said("backup", "-o", str(target), before=_as_reader)
        assert said.code == 0, said
        assert checks.examine(str(target)).is_sound


def test_older_format_on_read_only_media(media: Laptop) -> None:
    """A store of an older format that cannot be copied first is left alone, and that is said."""
    store = media.store.with_name("older.db")
    store.parent.chmod(0o755)
    with closing(sqlite3.connect(store)) as db:
        db.executescript(V001.read_text(encoding="utf-8"))
    store.chmod(0o444)
    store.parent.chmod(0o555)
    before = store.read_bytes()
    said = media.said("--store", str(store), "list", before=_as_reader)
    assert said.code == 3, said
    assert "older format" in said.err
    assert store.read_bytes() == before
