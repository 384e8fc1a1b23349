"""Sheets of labels of which some are used: which slots are free, and which a run takes.

Slots are numbered from 1, row by row from the top left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from itertools import groupby
from itertools import repeat
from typing import TYPE_CHECKING

from relcard.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

_MOST_ROWS = 10  # of a drawing
_RUN = re.compile(r"(\d+)(?:\s*[-\u2013]\s*(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSheet:
    """A sheet of which some slots are used; `id` is None for one that is not remembered yet."""

    id: int | None
    used: frozenset[int]

    def free(self, slots: int) -> tuple[int, ...]:
        """Return the slots that are left of a sheet of that many, in order."""
        return tuple(slot for slot in range(1, slots + 1) if slot not in self.used)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """What a run takes of one sheet: the slots it prints on, and how many are left afterwards.

    `kept` is the number under which the rest of the sheet is remembered.
    """

    sheet: PartSheet
    taken: tuple[int, ...]
    left: int
    kept: int | None = None

    @property
    def used(self) -> frozenset[int]:
        """The slots used once the run is printed."""
        return self.sheet.used.union(self.taken)


def fill(begun: Sequence[PartSheet], items: int, slots: int) -> tuple[Fill, ...]:
    """Divide a run over sheets of `slots` labels: those `begun` in their order, then whole ones.

    One fill is one page of the run; a sheet that nothing is printed on has none.
    """
    fills = []
    for sheet in chain(begun, repeat(PartSheet(id=None, used=frozenset()))):
        if not items:
            break
        free = sheet.free(slots)
        taken = free[:items]
        if taken:
            fills.append(Fill(sheet=sheet, taken=taken, left=len(free) - len(taken)))
        items -= len(taken)
    return tuple(fills)


def first_used(count: int, slots: int) -> frozenset[int]:
    """Return the first `count` slots of a sheet. Raises `UsageError` when they are not less than a sheet."""
    if not 0 <= count < slots:
        raise UsageError(
            f"A sheet has {slots} labels; {count} cannot be used already.",
            hint=f"Say a number from 0 to {slots - 1}.",
        )
    return frozenset(range(1, count + 1))


def check_used(number: int, used: AbstractSet[int], slots: int) -> None:
    """Refuse a sheet that is said to be used where one of `slots` labels has none: it is not that stock's."""
    beyond = {slot for slot in used if not 1 <= slot <= slots}
    if beyond:
        raise UsageError(
            f"Sheet {number} is remembered with label {in_words(beyond)} used, and its stock has {slots}.",
            hint=f"Forget it: relcard sheet drop {number}. Or leave such sheets alone: --new-sheet",
        )


def parse_slots(words: str, slots: int) -> frozenset[int]:
    """Read slots as they are said: "1-8,12".

    Raises `UsageError` for what is no such list, and for a slot that a sheet of `slots` labels does not have.
    """
    named: set[int] = set()
    for part in filter(None, (part.strip() for part in words.replace(";", ",").split(","))):
        known = _RUN.fullmatch(part)
        # Longer numbers are no slots and would only cost time.
        if known is None or len(part) > 20:
            raise UsageError(f'"{part[:20]}" is no slot.', hint="Write used slots as 1-8,12.")
        first, last = int(known[1]), int(known[2] or known[1])
        if last < first:
            raise UsageError(f"{part} runs backwards.", hint=f"Say {last}-{first}.")
        if not 1 <= first <= last <= slots:
            raise UsageError(
                f"A sheet of {slots} labels has no {'slots' if known[2] else 'slot'} {part}.",
                hint=f"The slots are 1 to {slots}, row by row from the top left.",
            )
        named.update(range(first, last + 1))
    return frozenset(named)


def in_words(slots: AbstractSet[int] | Sequence[int]) -> str:
    """Return slots as they are said: "1-8, 12"."""
    runs = []
    for _, run in groupby(enumerate(sorted(slots)), key=lambda pair: pair[1] - pair[0]):
        numbers = [slot for _, slot in run]
        runs.append(f"{numbers[0]}-{numbers[-1]}" if len(numbers) > 1 else f"{numbers[0]}")
    return ", ".join(runs)


def drawing(used: AbstractSet[int], columns: int, rows: int) -> list[str]:
    """Draw a sheet row by row: a full square is a used slot, an empty one is free.

    Of a sheet of many rows, those alike are drawn once, with their number.
    """
    drawn = [
        " ".join("■" if row * columns + column + 1 in used else "□" for column in range(columns))
        for row in range(rows)
    ]
    if rows <= _MOST_ROWS:
        return drawn
    runs = [(line, len(list(run))) for line, run in groupby(drawn)]
    return [f"{line}   {number} rows" if number > 1 else line for line, number in runs]
