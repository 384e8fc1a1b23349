"""A reader of QR codes in byte mode (ISO/IEC 18004), which takes each module for what it is and corrects none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

_FORMAT_MASK = 0b101010000010010
# Blocks of data by version and level (table 9): how many, and how many bytes of data each has.
_BLOCKS = {(2, "M"): [28], (3, "M"): [44], (4, "M"): [32, 32], (5, "M"): [43, 43]}
_LEVELS = {1: "L", 0: "M", 3: "Q", 2: "H"}


def decoded(modules: Sequence[Sequence[bool]]) -> str:
    """Return the text of a code without its quiet zone, of a version from 2 to 5 and level M."""
    size = len(modules)
    version = (size - 17) // 4
    places = [(8, column) for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [
        (row, 8) for row in (7, 5, 4, 3, 2, 1, 0)
    ]
    format_ = int("".join(str(int(modules[row][column])) for row, column in places), 2) ^ _FORMAT_MASK
    mask = format_ >> 10 & 7
    bits = [modules[row][column] != _is_masked(mask, row, column) for row, column in _path(size, version)]
    codewords = [
        int("".join(str(int(bit)) for bit in bits[place : place + 8]), 2)
        for place in range(0, len(bits) - 7, 8)
    ]
    blocks = _BLOCKS[version, _LEVELS[format_ >> 13]]
    data = [codewords[number :: len(blocks)][:length] for number, length in enumerate(blocks)]
    stream = "".join(f"{word:08b}" for block in data for word in block)
    assert stream[:4] == "0100", "bytes"
    length = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(length)).decode("utf-8")


def _is_masked(mask: int, row: int, column: int) -> bool:
    """Whether a mask turns a module over (table 10)."""
    product = row * column
    return not (
        (row + column) % 2,
        row % 2,
        column % 3,
        (row + column) % 3,
        (row // 2 + column // 3) % 2,
        product % 2 + product % 3,
        (product % 2 + product % 3) % 2,
        ((row + column) % 2 + product % 3) % 2,
    )[mask]


def _path(size: int, version: int) -> Iterator[tuple[int, int]]:
    """Yield the modules of data in their order: pairs of columns from the right, upwards and downwards."""
    upwards = True
    for right in [*range(size - 1, 6, -2), 5, 3, 1]:
        for row in range(size - 1, -1, -1) if upwards else range(size):
            for column in (right, right - 1):
                if not _is_pattern(row, column, size, version):
                    yield row, column
        upwards = not upwards


def _is_pattern(row: int, column: int, size: int, version: int) -> bool:
    """Whether a module is of a finder, a timing line, the format or the one alignment pattern."""
    if row == 6 or column == 6:
        return True
    if (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9):
        return True
    centre = 4 * version + 10
    return abs(row - centre) <= 2 and abs(column - centre) <= 2
