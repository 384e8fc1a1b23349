from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import pytest

from relcard.cli import picture_viewer
from relcard.cli.picture_viewer import PictureWay
from relcard.cli.picture_viewer import way_to_show

if TYPE_CHECKING:
    from pathlib import Path

KITTY = {"TERM": "xterm-kitty", "DISPLAY": ":0"}


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        (KITTY, PictureWay.KITTY),
        ({"TERM": "xterm-ghostty"}, PictureWay.KITTY),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230800"}, PictureWay.KITTY),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "210400"}, PictureWay.NOT),
        ({"TERM_PROGRAM": "iTerm.app"}, PictureWay.ITERM),
        ({"TERM_PROGRAM": "WezTerm", "SSH_TTY": "/dev/pts/1"}, PictureWay.ITERM),
        ({"LC_TERMINAL": "iTerm2", "SSH_CONNECTION": "1"}, PictureWay.ITERM),
        ({**KITTY, "TMUX": "socket,1,0"}, PictureWay.VIEWER),
        ({"TERM": "screen-256color", "LC_TERMINAL": "iTerm2"}, PictureWay.NOT),
        ({"TERM": "xterm-256color", "DISPLAY": ":0"}, PictureWay.VIEWER),
        ({"TERM": "xterm-256color", "WAYLAND_DISPLAY": "wayland-0"}, PictureWay.VIEWER),
        ({"TERM": "xterm-256color", "DISPLAY": ":10", "SSH_CONNECTION": "1"}, PictureWay.NOT),
        ({"TERM": "xterm-256color"}, PictureWay.NOT),
        ({**KITTY, "CI": "true"}, PictureWay.NOT),
    ],
)
def test_the_terminal_tells_how_a_picture_can_be_shown(environment: dict[str, str], way: PictureWay) -> None:
    """In place where the terminal surely can, else in the viewer of a graphical session, else not at all."""
    assert way_to_show(environment, platform="linux", terminal=True) is way
    assert way_to_show(environment, platform="linux", terminal=False) is PictureWay.NOT


def test_other_systems_have_a_viewer() -> None:
    """On a Mac or Windows a session is graphical, unless it comes from another computer."""
    for platform in ("darwin", "win32"):
        assert way_to_show({}, platform=platform, terminal=True) is PictureWay.VIEWER
        assert way_to_show({"SSH_TTY": "x"}, platform=platform, terminal=True) is PictureWay.NOT


def test_a_picture_arrives_whole_in_either_protocol() -> None:
    """Kitty's messages are short and end with the last; iTerm2 is told the size in bytes."""
    picture = bytes(range(256)) * 40
    parts = list(picture_viewer.kitty(picture, 60))
    found = [re.fullmatch(r"\x1b_G(.*?);([A-Za-z0-9+/=]+)\x1b\\", part) for part in parts]
    assert all(one and len(one[2]) <= 4096 for one in found)
    assert base64.b64decode("".join(one[2] for one in found if one)) == picture
    assert [one[1].endswith("m=1") for one in found if one] == [True] * (len(parts) - 1) + [False]
    assert "f=100" in parts[0]
    assert "c=60" in parts[0]
    (only,) = picture_viewer.iterm(picture, 60)
    assert only.endswith("\x07")
    assert f"size={len(picture)};width=60" in only
    assert base64.b64decode(only.partition(":")[2][:-1]) == picture


def test_a_picture_fits_the_screen_unless_it_were_too_small() -> None:
    """Never wider than the terminal; a tall page is scrolled rather than shown where nothing can be read."""
    assert picture_viewer.columns_for(2000, 1000, columns=80, lines=50) == 78
    assert picture_viewer.columns_for(1000, 1000, columns=120, lines=44) == 80
    assert picture_viewer.columns_for(1000, 2000, columns=80, lines=24) == 60
    assert picture_viewer.columns_for(1000, 2000, columns=40, lines=24) == 38


def test_the_viewer_is_given_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture is opened by its full path, and a system without a viewer is no fault."""
    opened: list[str] = []

    def launch(name: str) -> int:
        opened.append(name)
        return len(opened) - 1

    monkeypatch.setattr(picture_viewer, "way_to_show", lambda *_, **__: PictureWay.VIEWER)
    monkeypatch.setattr("click.launch", launch)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "labels.png"
    assert picture_viewer.show(path, b"", 10, 10)
    assert not picture_viewer.show(path, b"", 10, 10)
    assert opened == [str(path)] * 2
