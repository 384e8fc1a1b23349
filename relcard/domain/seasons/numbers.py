"""The small numbers that label and crib of a season bear, as they are typed: 4, #4, 1-20, 1-20,23."""

from __future__ import annotations

import re

from relcard.errors import UsageError

_RANGE = r"#?\d{1,6}(?:\s*[-–]\s*#?\d{1,6})?"
_NUMBERS = re.compile(rf"{_RANGE}(?:\s*,\s*{_RANGE})*,?\Z", re.ASCII)


def read_numbers(words: str) -> list[range]:
    """Return the ranges of numbers that the words say, in their order; none where they say something else.

    Raises `UsageError` for a range that runs backwards.
    """
    words = words.strip()
    if not _NUMBERS.match(words):
        return []
    return [_read_range(part.strip()) for part in words.split(",") if part.strip()]


def _read_range(words: str) -> range:
    first, *last = (int(number) for number in re.findall(r"\d+", words))
    end = last[0] if last else first
    if end < first:
        raise UsageError(
            f"{words} runs backwards.", hint=f"Write the smaller number first, as in {end}-{first}."
        )
    return range(first, end + 1)
