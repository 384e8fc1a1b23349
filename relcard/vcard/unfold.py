"""From a vCard to its lines, on bytes alone: nothing here decodes a value, so nothing can lose one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.vcard.parameters import Encoding
from relcard.vcard.parameters import find_colon
from relcard.vcard.parameters import odd_head
from relcard.vcard.parameters import read_head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.vcard.parameters import Head


@dataclass(slots=True)
class CardLine:
    """One line of a vCard, unfolded.

    `start` and `end` are its place in the raw text, line ends included. A line without a header has `head`
    None: it continues, wrongly, the value before it. The head of a property with an odd name has no `name`.
    """

    number: int
    start: int
    end: int
    head: Head | None
    value: bytes


def logical_lines(raw: bytes, number: int) -> Iterator[CardLine]:
    """Unfold a card into lines; `number` is the line of the file on which it begins.

    Joined are lines that begin with a blank (RFC 6350 section 3.2), quoted-printable lines that end in "=",
    and base64 lines that were folded without a blank, up to an empty line.
    """
    indent = len(raw) - len(raw.lstrip(b" \t"))  # a card that is indented as a whole
    open_line: _OpenLine | None = None
    last = ""  # the last property with a name: a line without one may go on with its text
    place = 0
    number -= 1
    after_return = False
    for physical in raw.splitlines(keepends=True):  # of bytes: splits at CR, LF and CRLF only
        start, place = place, place + len(physical)
        if after_return and physical == b"\r\n":  # CRCRLF is one line end
            if open_line is not None and open_line.end == start:
                open_line.end = place
            after_return = False
            continue
        after_return = physical.endswith(b"\r")
        number += 1
        content = physical.rstrip(b"\r\n")
        if indent and not content[:indent].strip(b" \t"):
            content = content[indent:]
        if open_line is not None and open_line.takes(content):
            open_line.end = place
            continue
        if not content:
            continue
        if open_line is not None:
            yield open_line.close(last)
            last = open_line.head.name if open_line.head is not None else last
        open_line = _OpenLine(number, start, place, content)
    if open_line is not None:
        yield from _parted(open_line.close(last), raw)


_END = b"END:VCARD"
_BLANK = b" \t\r\n\xef\xbb\xbf"


def _parted(line: CardLine, raw: bytes) -> Iterator[CardLine]:
    """Yield the last line of a card, and as a line of its own an END that was glued to its value."""
    at = len(raw[: line.end].rstrip(_BLANK)) - len(_END)
    value = line.value.rstrip(_BLANK)
    is_end = line.head is not None and line.head.name == "END"
    if is_end or value[-len(_END) :].upper() != _END or raw[at : at + len(_END)].upper() != _END:
        yield line
        return
    yield CardLine(line.number, line.start, at, line.head, value[: -len(_END)])
    yield CardLine(line.number, at, line.end, read_head("END"), b"VCARD")


class _OpenLine:
    """A line that the next line of the file may continue."""

    def __init__(self, number: int, start: int, end: int, content: bytes) -> None:
        self.number = number
        self.start = start
        self.end = end
        self.pieces = [content]
        self.head: Head | None = None
        self.attempts = 0
        self.complete = False  # after an empty line no bare base64 may follow
        self._look_for_head(content, whole=False)

    def takes(self, content: bytes) -> bool:
        """Join a line of the file if it continues this one, and say whether it did."""
        encoding = self.head.encoding if self.head else Encoding.NONE
        if encoding is Encoding.QUOTED and self.pieces[-1].endswith(b"="):
            if content.strip().upper() == b"END:VCARD":
                return False
            self.pieces[-1] = self.pieces[-1][:-1]
            self.pieces.append(content)
            return True
        if not content:
            self.complete = True
            return False
        if content[0] in b" \t":
            self.pieces.append(content[1:])
            if self.head is None and self.attempts < 16:  # a header may be folded, but not without end
                self._look_for_head(b"".join(self.pieces), whole=False)
            return True
        if encoding is Encoding.BASE64 and not self.complete and b":" not in content and b";" not in content:
            self.pieces.append(content)
            return True
        return False

    def _look_for_head(self, line: bytes, *, whole: bool) -> None:
        self.attempts += 1
        colon = find_colon(line, whole=whole)
        if colon > 0:
            head = read_head(line[:colon].decode("utf-8", "replace"))
            if head.name:
                self.head = head
                self.pieces = [line[colon + 1 :]]

    def close(self, last: str) -> CardLine:
        if self.head is None:
            self._look_for_head(b"".join(self.pieces), whole=True)
        if self.head is None and last:
            text = b"".join(self.pieces).decode("utf-8", "replace")
            self.head = odd_head(text, in_note=last == "NOTE")
        return CardLine(self.number, self.start, self.end, self.head, b"".join(self.pieces))
