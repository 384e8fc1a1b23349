"""The folder of pictures beside a store."""

from __future__ import annotations

import hashlib
import stat
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.store.file import picture_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_picture_is_called_after_its_bytes_and_nobody_else_may_look(store_path: str) -> None:
    """`<store>.pictures/ab/ab....jpg`, folders 0700 and files 0600, and nothing else lies there."""
    sha256 = picture_folder.put(store_path, b"one")
    path = picture_folder.path_of(store_path, sha256)
    digits = hashlib.sha256(b"one").hexdigest()
    assert str(path) == f"{store_path}.pictures/{digits[:2]}/{digits}.jpg"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in (path.parent, path.parent.parent)} == {0o700}
    assert picture_folder.read(store_path, sha256) == b"one"
    assert [*path.parent.iterdir()] == [path]
    assert [*picture_folder.every(store_path)] == [path]


def test_the_same_picture_is_written_once_and_a_damaged_one_anew(store_path: str) -> None:
    path = picture_folder.path_of(store_path, picture_folder.put(store_path, b"one"))
    written = path.stat().st_mtime_ns, path.stat().st_ino
    sha256 = picture_folder.put(store_path, b"one")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == written
    path.write_bytes(b"onE")
    with pytest.raises(FileError, match="is damaged"):
        picture_folder.read(store_path, sha256)
    picture_folder.put(store_path, b"one")
    assert picture_folder.read(store_path, sha256) == b"one"


def test_what_cannot_be_written_or_read_is_said(store_path: str) -> None:
    """A file that stands where the folder should, and a picture that is gone."""
    picture_folder.folder_of(store_path).write_bytes(b"")
    with pytest.raises(FileError, match="Cannot write") as caught:
        picture_folder.put(store_path, b"one")
    assert caught.value.hint
    with pytest.raises(FileError, match="cannot be read"):
        picture_folder.read(store_path, bytes(32))


def test_pictures_are_carried_to_where_they_are_not_yet(store_path: str, tmp_path: Path) -> None:
    """Damaged ones and what is none stay behind; those that are there are not written again."""
    one, two, three = (picture_folder.put(store_path, name) for name in (b"one", b"two", b"three"))
    picture_folder.path_of(store_path, two).write_bytes(b"twO")
    picture_folder.folder_of(store_path).joinpath("ab").mkdir(exist_ok=True)
    picture_folder.folder_of(store_path).joinpath("ab", "holiday.jpg").write_bytes(b"not ours")
    other = tmp_path / "usb" / "copy.db"
    other.parent.mkdir()
    picture_folder.put(other, b"one")
    assert picture_folder.carry(store_path, other) == {one, three}
    assert {path.stem for path in picture_folder.every(other)} == {one.hex(), three.hex()}
    assert picture_folder.carry(store_path, other, but={one, three}) == {one, three}


def test_what_was_interrupted_is_no_picture(store_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails at the last moment leaves neither a picture nor its beginning."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(picture_folder, "put_in_place", fail)
    with pytest.raises(FileError, match="No space left"):
        picture_folder.put(store_path, b"one")
    assert [path for path in picture_folder.folder_of(store_path).rglob("*") if path.is_file()] == []
    left = picture_folder.folder_of(store_path) / "ab" / f"x{picture_folder.PARTIAL}"
    left.parent.mkdir()
    left.write_bytes(b"")
    assert picture_folder.leftovers(store_path) == [left]
    assert [*picture_folder.every(store_path)] == []
