"""Marks beside the store: the days on which the program was looked at, and nothing of anybody.

Every new shell reads one: so pathlib, which costs start-up time, is not used here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


def beside_store(desk: Desk, suffix: str) -> str:
    """Return the path of a mark."""
    return f"{os.path.splitext(desk.store)[0]}.{suffix}"  # noqa: PTH122  see above


def read_mark(path: str) -> str:
    """Return the words of a mark, "" where there is none."""
    try:
        with open(path, encoding="ascii") as file:  # noqa: PTH123  see above
            return file.read()
    except OSError:
        return ""


def write_mark(path: str, words: str) -> None:
    """Keep the words of a mark, for its owner's eyes. Raises OSError."""
    mark = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(mark, words.encode("ascii"))
    finally:
        os.close(mark)
