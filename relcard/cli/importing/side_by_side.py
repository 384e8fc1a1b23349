"""One line of two contacts beside each other, on as many lines of the terminal as it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.cli import output

if TYPE_CHECKING:
    from collections.abc import Sequence

_LABEL = 12  # columns of the left-hand words
_GAP = 2
_LONGEST = 3  # lines of one value


def say_line(mark: str, label: str, values: Sequence[str]) -> None:
    """Say a label and the values of both, the sign of how they differ before it."""
    column = (output.terminal_width() - 2 * _GAP - _LABEL - _GAP) // 2
    cells = [_cell(text, column) for text in values]
    for at in range(max(map(len, cells))):
        ours, theirs = (cell[at] if at < len(cell) else "" for cell in cells)
        name = label if not at else ""
        head = output.pad(mark if not at else "", _GAP) + output.dim(
            output.pad(output.cut(output.clean(name), _LABEL - 1), _LABEL)
        )
        body = f"{output.pad(ours, column)}{' ' * _GAP}{theirs}".rstrip()
        output.say(f"{' ' * _GAP}{head}{body}")


def _cell(text: str, column: int) -> list[str]:
    lines = [output.cut(line, column) for line in output.wrap(text, column)]
    return (
        lines
        if len(lines) <= _LONGEST
        else [*lines[: _LONGEST - 1], output.cut(f"{lines[_LONGEST - 1]} …", column)]
    )
