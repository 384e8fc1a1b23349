"""A QR code on the terminal: two rows of modules to a line, black on white whatever its colours are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUIET = 4  # modules of white around it (ISO/IEC 18004 section 5.3.8)
_BLACK_ON_WHITE = "\x1b[38;5;16;48;5;231m"
_PLAIN = "\x1b[0m"
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_lines(modules: Sequence[Sequence[bool]], *, colours: bool) -> list[str]:
    """Return a QR code line by line.

    Without colours the light modules are drawn instead, as a dark terminal needs it; on a light one a
    decoder reads that as well, or the code beside it is typed.
    """
    size = len(modules) + 2 * _QUIET
    white = [False] * size
    rows = [
        *([white] * _QUIET),
        *([False] * _QUIET + list(row) + [False] * _QUIET for row in modules),
        *([white] * _QUIET),
    ]
    rows += [white] * (len(rows) % 2)
    pairs = zip(rows[::2], rows[1::2], strict=True)
    if not colours:
        return ["".join(_BLOCKS[not up, not low] for up, low in zip(*pair, strict=True)) for pair in pairs]
    return [
        f"{_BLACK_ON_WHITE}{''.join(_BLOCKS[up, low] for up, low in zip(*pair, strict=True))}{_PLAIN}"
        for pair in pairs
    ]
