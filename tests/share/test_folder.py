"""A folder as a place: whole files under exact names, and a line for each thing that a folder can do wrong."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

import pytest

from relcard.errors import FileError
from relcard.share.folder import Folder
from relcard.share.places import Contents
from relcard.share.places import NotYetError
from relcard.share.places import Pack
from relcard.share.places import TakenError
from relcard.share.places import bundle_name
from relcard.share.places import send

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

DEVICE, OTHER = "ab" * 16, "cd" * 16
NAME = bundle_name(DEVICE, 42)
DATA = b"the bytes of a bundle"
PACK = Pack(OTHER, 1, 40, DEVICE)


def test_what_is_sent_is_there_whole_and_for_its_owner_alone(root: Path) -> None:
    """A file that was sent is read by its name, is 0600, and nothing else is left beside it."""
    place = Folder(root)
    before = stat.S_IMODE(root.stat().st_mode)
    send(place, NAME, DATA)
    send(place, PACK.name, DATA)
    assert place.read(NAME) == DATA
    assert place.look() == Contents(frozenset({DEVICE}), frozenset({PACK}))
    assert [path.name for path in (root / DEVICE).iterdir()] == ["00000042.rcb"]
    assert stat.S_IMODE((root / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(root.stat().st_mode) == before


def test_only_exact_names_are_looked_at(root: Path) -> None:
    """Conflict copies, files on their way, and what others put there are not seen."""
    place = Folder(root)
    send(place, NAME, DATA)
    names = ("00000043 (1).rcb", "00000043.sync-conflict-20261130-101010-ABCDEFG.rcb", "00000043.rcb.part")
    for name in (*names, ".syncthing.00000043.rcb.tmp", "00000043 (Zoë's conflicted copy).rcb"):
        (root / DEVICE / name).write_bytes(b"x")
    for name in (f"{DEVICE}.00000001-00000040.{OTHER} (1).rcb", "holiday.jpg", DEVICE.upper()):
        (root / name).write_bytes(b"x")
    for name in (f"{OTHER} (1)", ".stversions", "photos"):
        (root / name).mkdir()
    assert place.look() == Contents(frozenset({DEVICE}), frozenset())
    assert place.read(bundle_name(DEVICE, 43)) is None


def test_a_name_that_is_taken_is_left(root: Path) -> None:
    """What stands under the name stays, other bytes are reported, and the same bytes are as good as sent."""
    place = Folder(root)
    send(place, NAME, DATA)
    send(place, NAME, DATA)
    with pytest.raises(TakenError) as taken:
        send(place, NAME, b"other bytes")
    assert taken.value.there == DATA
    assert place.read(NAME) == DATA


@pytest.mark.parametrize("left", [b"", DATA[:7], bytes(100)])
def test_half_of_ours_is_replaced(root: Path, left: bytes) -> None:
    """What an earlier try left of the same file is replaced by the whole of it."""
    place = Folder(root)
    (root / DEVICE).mkdir()
    (root / NAME).write_bytes(left)
    send(place, NAME, DATA)
    assert place.read(NAME) == DATA


def test_what_a_killed_try_left_is_swept_up(root: Path) -> None:
    """The unnamed file of a try that was killed goes with the next one; that of another number stays."""
    (root / DEVICE).mkdir()
    left, other = (root / DEVICE / f".0000004{number}.rcb.k1ll3d.part" for number in (2, 3))
    left.write_bytes(DATA[:3])
    other.write_bytes(DATA[:3])
    send(Folder(root), NAME, DATA)
    assert (left.exists(), other.exists()) == (False, True)


def test_without_hard_links_the_name_is_still_exclusive(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a folder that knows no links (FAT, some network drives) a file is written once all the same."""

    def no_links(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    place = Folder(root)
    send(place, NAME, DATA)
    assert stat.S_IMODE((root / NAME).stat().st_mode) == 0o600
    with pytest.raises(TakenError):
        send(place, NAME, b"other bytes")
    assert place.read(NAME) == DATA


def test_a_file_that_is_not_downloaded_is_not_gone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Placeholders of iCloud Drive and macOS are not there yet; a pack is known by its placeholder."""
    place = Folder(root)
    (root / DEVICE).mkdir()
    (root / DEVICE / ".00000042.rcb.icloud").write_bytes(b"bplist")
    (root / f".{PACK.name}.icloud").write_bytes(b"bplist")
    for name in (NAME, PACK.name):
        with pytest.raises(NotYetError, match="not downloaded yet"):
            place.read(name)
    assert place.look().packs == {PACK}
    (root / NAME).write_bytes(DATA)
    assert place.read(NAME) == DATA
    monkeypatch.setattr("relcard.share.folder._is_placeholder", lambda _: True)
    with pytest.raises(NotYetError):
        place.read(NAME)


def test_a_folder_that_is_not_mounted_is_never_made(root: Path) -> None:
    """Where the folder is missing, reading and writing say so, and nothing is made in its stead."""
    place = Folder(root)
    root.rmdir()
    for use in (place.look, lambda: place.read(NAME), lambda: place.put(NAME, DATA)):
        with pytest.raises(FileError, match="is not there") as refused:
            use()
        assert "disk connected" in refused.value.hint
    assert not root.exists()


def test_neither_links_nor_pipes_are_followed(root: Path, tmp_path: Path) -> None:
    """A link to a file elsewhere is refused by its name, and so is a pipe that would never end, or a folder."""
    (tmp_path / "secret").write_bytes(b"secret")
    (root / DEVICE).mkdir()
    (root / NAME).symlink_to(tmp_path / "secret")
    os.mkfifo(root / bundle_name(DEVICE, 43))
    (root / bundle_name(DEVICE, 44)).mkdir()
    (root / OTHER).symlink_to(tmp_path)
    place = Folder(root)
    for number in (42, 43, 44):
        with pytest.raises(FileError, match=bundle_name(DEVICE, number)):
            place.read(bundle_name(DEVICE, number))
    assert place.look().devices == {DEVICE}


@pytest.mark.parametrize(
    ("call", "number", "words"),
    [
        ("fsync", errno.ENOSPC, "No space left"),
        ("link", errno.EROFS, "Read-only file system"),
        ("link", errno.EACCES, "Permission denied"),
        ("link", errno.EIO, "Input/output error"),
    ],
)
def test_a_folder_that_cannot_be_written_is_one_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str
) -> None:
    """A full disk, a read-only folder and a failing one are a sentence each, and leave nothing."""

    def fails(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    (root / DEVICE).mkdir()
    monkeypatch.setattr(os, call, fails)
    with pytest.raises(FileError, match=words):
        send(Folder(root), NAME, DATA)
    assert [*(root / DEVICE).iterdir()] == []


@pytest.mark.parametrize("use", [lambda place: place.look(), lambda place: place.read(NAME)])
def test_a_folder_that_cannot_be_read_is_one_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, use: Callable[[Folder], object]
) -> None:
    """A folder or file that may not be read is no empty one."""

    def fails(path: object, *_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", fails)
    monkeypatch.setattr(os, "open", fails)
    with pytest.raises(FileError, match="Permission denied"):
        use(Folder(root))


def test_what_was_sent_can_be_taken_away(root: Path) -> None:
    """A file of one's own is removed, and one that is gone already is no fault."""
    place = Folder(root)
    send(place, NAME, DATA)
    place.remove(NAME)
    place.remove(NAME)
    assert place.read(NAME) is None
