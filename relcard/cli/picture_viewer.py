"""A picture before the user's eyes: in the terminal where it can, else in the system's viewer."""

from __future__ import annotations

import base64
import os
import shutil
import sys
from enum import Enum
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Mapping
    from pathlib import Path

_CHUNK = 4096  # bytes of a picture in one message, the most kitty's protocol takes
_CELL = 2.0  # how many times as high as wide a terminal's cell is, near enough
_LEGIBLE = 60  # columns: a page of labels in fewer is only grey
_KONSOLE = 220400  # the first Konsole that reads kitty's protocol


class PictureWay(Enum):
    """How a picture can be shown."""

    KITTY = "kitty's graphics protocol"
    ITERM = "iTerm2's inline images"
    VIEWER = "the system's viewer"
    NOT = "not at all"


def way_to_show(environment: Mapping[str, str], *, platform: str, terminal: bool) -> PictureWay:
    """Return how a picture can be shown, by what the terminal says of itself.

    Only names that no other program takes over count. Inside tmux and screen the terminal is somebody else,
    so that the viewer is left; in a pipe, on another computer and where nobody looks, nothing is opened.
    """
    if not terminal or environment.get("CI"):
        return PictureWay.NOT
    own = _own_way(environment)
    if own is not None:
        return own
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return PictureWay.NOT
    has_screen = platform in ("darwin", "win32") or not {"DISPLAY", "WAYLAND_DISPLAY"}.isdisjoint(environment)
    return PictureWay.VIEWER if has_screen else PictureWay.NOT


def _own_way(environment: Mapping[str, str]) -> PictureWay | None:
    """Return how the terminal itself shows pictures, or None where it does not, or cannot be known."""
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "")
    if "TMUX" in environment or "STY" in environment or term.startswith(("tmux", "screen")):
        return None
    if term in ("xterm-kitty", "xterm-ghostty") or program == "ghostty":
        return PictureWay.KITTY
    if program in ("iTerm.app", "WezTerm") or environment.get("LC_TERMINAL") == "iTerm2":
        return PictureWay.ITERM
    konsole = environment.get("KONSOLE_VERSION", "")
    if term == "xterm-256color" and konsole.isdigit() and int(konsole) >= _KONSOLE:
        return PictureWay.KITTY
    return None


def show(path: Path, picture: bytes, width: int, height: int) -> bool:
    """Show a PNG that lies at `path`, its size in pixels; return whether it could be shown or opened."""
    way = way_to_show(os.environ, platform=sys.platform, terminal=sys.stdout.isatty())
    if way is PictureWay.VIEWER:
        return click.launch(str(path.resolve())) == 0
    if way is PictureWay.NOT:
        return False
    draw(picture, width, height)
    return True


def can_draw() -> bool:
    """Whether the terminal itself shows pictures."""
    return sys.stdout.isatty() and _own_way(os.environ) is not None


def draw(picture: bytes, width: int, height: int) -> None:
    """Show a PNG on a terminal that `can_draw`, its size in pixels."""
    columns, lines = shutil.get_terminal_size()
    across = columns_for(width, height, columns=columns, lines=lines)
    parts = kitty if _own_way(os.environ) is PictureWay.KITTY else iterm
    click.echo("".join(parts(picture, across)), color=True)


def columns_for(width: int, height: int, *, columns: int, lines: int) -> int:
    """Return how many columns a picture takes: the whole of it on the screen, unless that were too small."""
    by_height = int((lines - 4) * _CELL * width / height)
    return min(columns - 2, max(_LEGIBLE, by_height))


def kitty(picture: bytes, columns: int) -> Iterator[str]:
    """Yield a PNG as the messages of kitty's graphics protocol; the terminal is asked not to answer."""
    text = base64.standard_b64encode(picture).decode()
    first = f"a=T,f=100,q=2,c={columns},"
    for start in range(0, len(text), _CHUNK):
        more = int(start + _CHUNK < len(text))
        yield f"\x1b_G{first}m={more};{text[start : start + _CHUNK]}\x1b\\"
        first = ""


def iterm(picture: bytes, columns: int) -> Iterator[str]:
    """Yield a PNG as an inline image of iTerm2."""
    told = f"inline=1;size={len(picture)};width={columns};preserveAspectRatio=1"
    yield f"\x1b]1337;File={told}:{base64.standard_b64encode(picture).decode()}\x07"
