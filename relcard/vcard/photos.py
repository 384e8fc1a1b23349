"""Where in the text of a vCard the photos stand, so that they can be kept apart from it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALLEST = 2048  # bytes; a shorter value is not worth a row of its own

# The head of a photo, a logo or a sound on one line. Where it has another shape the photo stays in its text,
# by which nothing is lost.
_HEAD = (
    rb"[ \t]{0,16}(?:[\w-]{1,32}\.)?"
    rb"(?:PHOTO|LOGO|SOUND)(?:;[^\r\n:\"]{0,200})?:"
)
_END = rb"\n(?![ \t])"


def find_photos(raw: bytes) -> list[tuple[int, int]]:
    """Return the places (start, end) of the values of PHOTO, LOGO and SOUND that are 2 KiB long or longer.

    A value runs to the line end that no blank follows (RFC 6350 section 3.2). Linear in the length.
    """
    spans: list[tuple[int, int]] = []
    if len(raw) < SMALLEST:
        return spans
    start = 0
    heads, ends = _patterns()
    for line_end in ends.finditer(raw):
        end = line_end.start()
        if end - start >= SMALLEST and (head := heads.match(raw, start, end)):
            while raw[end - 1] == 13:
                end -= 1
            if end - head.end() >= SMALLEST:
                spans.append((head.end(), end))
        start = line_end.end()
    return spans


@cache
def _patterns() -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return the patterns of a head and of the end of a line, made for the first large card."""
    return re.compile(_HEAD, re.IGNORECASE), re.compile(_END)


def without(raw: bytes, places: Sequence[tuple[int, int]]) -> bytes:
    """Return the text without what stands at some places."""
    if not places:
        return raw
    pieces = []
    done = 0
    for start, end in places:
        pieces.append(raw[done:start])
        done = end
    return b"".join((*pieces, raw[done:]))
