"""From a file to vCards, on bytes alone: nothing here decodes a value, so nothing can lose one."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

MAX_CARD = 8 * 1024 * 1024  # bytes; a longer card is kept, but not read
MAX_DEPTH = 8  # vCards inside the AGENT of a vCard
CHUNK = 256 * 1024

# A whole BEGIN or END line with the line end before it. Every repeat has a bound, so the search is linear and
# a marker is never longer than _LONGEST_MARKER. Nearly all of a file may be photos, whose many lines have no
# colon: the end of a marker is looked for first, which passes them over.
# Behind END the next BEGIN may stand on the same line: files are joined without a line end between them.
_BOM = rb"(?:\xef\xbb\xbf)?"
_NEXT_BEGIN = rb"(?=BEGIN[ \t]{0,8}:[ \t]{0,8}VCARD)"
_GLUED = (
    rb"(([ \t]{0,16})(?:[\w-]{1,32}\.){0,2}([BE])(?:EGIN|ND)[ \t]{0,8}:[ \t]{0,8}VCARD[ \t]{0,32})"
    rb"(?=(\r{0,2}\n|\r|" + _BOM + _NEXT_BEGIN + rb"))"
)
_MARKER = rb"[\r\n]" + _BOM + _GLUED
_MARKER_ENDS = rb":[ \t]{0,8}VCARD"
_LONGEST_MARKER = 256
_BLANK = b" \t\r\n\x00\x1a\xef\xbb\xbf"  # byte order marks and old end-of-file marks say nothing
_PLAIN_BEGIN = (b"BEGIN:VCARD\r\n", b"BEGIN:VCARD\n")
_PLAIN_END = b"\nEND:VCARD"
_WRAPPERS = (b"BEGIN:VADDRESSBOOK", b"END:VADDRESSBOOK")  # some phones put all cards into one envelope

# Address books of other kinds, by how they begin, with the way to a vCard.
_OTHERS = {
    b"dn:": "an LDIF address book; Thunderbird reads it and saves it as vCard",
    b"version: 1": "an LDIF address book; Thunderbird reads it and saves it as vCard",
    b'["vcard"': "a jCard (RFC 7095); export vCards (.vcf) instead",
    b"[[": "JSON; export vCards (.vcf) instead",
    b"[{": "JSON; export vCards (.vcf) instead",
    b"{": "JSON; export vCards (.vcf) instead",
    b"<?xml": "XML (xCard); export vCards (.vcf) instead",
    b"<vcards": "XML (xCard); export vCards (.vcf) instead",
    b"# abook": "an address book of abook: abook --convert --outformat vcard saves it as vCard",
    b"[format]": "an address book of abook: abook --convert --outformat vcard saves it as vCard",
    b"alias ": "mutt aliases: abook --convert --informat mutt --outformat vcard saves them as vCard",
}


_WINDOWS_CONTACT = "a contact of Windows: in its folder Contacts choose Export > vCards (.vcf)"


class RawCard(NamedTuple):
    """One vCard exactly as the file has it.

    `raw` runs from its BEGIN:VCARD line to its END:VCARD line with the line end; `line` is the 1-based line
    of BEGIN in the file, `ordinal` counts from 0. `closed` is False when BEGIN or END is missing. `is_row` is
    True for a row of a spreadsheet, which has become a vCard here and stands on one `line` of its file.
    """

    raw: bytes
    line: int
    ordinal: int
    closed: bool
    is_row: bool = False

    @property
    def too_large(self) -> bool:
        """Whether the card is kept only, because reading it would cost more than a card may."""
        return len(self.raw) > MAX_CARD


def split_cards(stream: BinaryIO, *, source: str, problems: list[Problem]) -> Iterator[RawCard]:
    """Yield every vCard of a file, a chunk at a time.

    Line ends may be CRLF, LF, CR or CRCRLF. UTF-16 and UTF-32 files are re-coded to UTF-8 first; all others
    keep their bytes. A BEGIN may stand on the line of the END before it. A BEGIN inside an open card opens a
    nested one only after an AGENT line; otherwise the open card lost its END and is closed there. Text before
    an END that has no BEGIN is a card whose BEGIN was damaged. Other text between cards is reported in
    `problems`.
    """
    splitter = _Splitter(source, problems)
    for chunk in _chunks(stream):
        splitter.held += chunk
        yield from splitter.cards(final=False)
    yield from splitter.cards(final=True)


def line_count(data: bytes | bytearray, start: int, end: int) -> int:
    """Return how many line ends stand between two places; CRLF and CRCRLF are one each."""
    ends = data.count(b"\n", start, end)
    returns = data.count(b"\r", start, end)
    if returns:
        ends += returns - data.count(b"\r\n", start, end) - data.count(b"\r\r\n", start, end)
    return ends


class _Splitter:
    """What split_cards knows between two chunks. Offsets count from the start of `held`."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems
        self.held = bytearray(b"\n")  # a line end before the first line lets it be found like any other
        self.begin = -1  # where the open card begins; -1 between cards
        self.gap = 1  # where the text between cards begins
        self.depth = 0
        self.indented = False
        self.scan = 0  # no marker begins before this
        self.counted = 1  # up to here lines are counted
        self.line = 1
        self.ordinal = 0
        self.in_long_gap = False
        self.looked_at = 0  # up to here line ends are known to be of one kind, or not
        self.has_lone_cr = False  # a CR that is no part of a CRLF
        self.is_waiting = False

    def cards(self, *, final: bool) -> Iterator[RawCard]:
        """Yield the cards that `held` completes, then let go of their bytes."""
        length = len(self.held)
        if final:
            self.held += b"\n"  # a last line without its line end is found like any other
        self._look_at_line_ends(len(self.held))
        if not final and self.begin < 0 and not self.has_lone_cr:
            yield from self._plain_cards()
            if self.is_waiting and length - self.gap <= CHUNK:
                self._let_go(self.gap - 1)
                return
        resume = max(self.scan, len(self.held) - _LONGEST_MARKER)
        for found in self._markers():
            end = found.end(4)
            if not final and end == length and self.held[end - 1] == 13:
                resume = found.start()  # the LF of this CRLF may be in the next chunk
                break
            yield from self._mark(found, min(end, length))
            resume = max(resume, end - 1)
        if final:
            if self.begin >= 0:
                yield self._card(self.begin, length, closed=False)
            else:
                self._report_gap(length)
            return
        self.scan = resume
        if self.begin < 0 and length - self.gap > MAX_CARD:
            self._report_gap(length - _LONGEST_MARKER)
            self.in_long_gap = True
            self.gap = length - _LONGEST_MARKER
        begin = self.begin
        if self.depth == 1 and 0 <= length - begin <= CHUNK and self._begins_plainly(begin):
            self.gap, self.begin = begin, -1  # with the next chunk in sight it may well be a plain card
            self.scan = begin - 1
        self._let_go((self.begin if self.begin >= 0 else self.gap) - 1)

    def _plain_cards(self) -> Iterator[RawCard]:
        """Yield cards as nearly every program writes them, one right behind the other, up to the first other.

        In such a card "VCARD" stands in its own BEGIN and END alone: nothing in it needs a closer look.
        Without this a re-import takes 1.2 times as long (`bench/run.py`). `is_waiting` then says whether the
        rest is the beginning of a card.
        """
        held = self.held
        start = self.gap
        self.is_waiting = False
        while True:
            while held.startswith((b"\n", b"\r\n"), start):
                start += 1 if held[start] == 10 else 2
            if not self._begins_plainly(start):
                break
            end = held.find(_PLAIN_END, start) + len(_PLAIN_END)
            if end < len(_PLAIN_END) or end + 2 > len(held):
                self.is_waiting = True
                break
            end += 1 if held[end] == 10 else 2
            raw = bytes(held[start:end])
            if raw[-1] != 10 or raw.upper().count(b"VCARD") != 2:
                break
            self._count_to(start)
            card = RawCard(raw, self.line, self.ordinal, closed=True)
            self.ordinal += 1
            self.in_long_gap = False
            self.line += raw.count(b"\n")
            self.gap = self.counted = start = end
            self.scan = end - 1
            yield card

    def _begins_plainly(self, at: int) -> bool:
        return at > 0 and self.held[at - 1] == 10 and self.held.startswith(_PLAIN_BEGIN, at)

    def _markers(self) -> list[re.Match[bytes]]:
        """Return the BEGIN and END lines from `scan` on."""
        held = self.held
        whole, glued, ends = _marker_patterns()
        found: list[re.Match[bytes]] = []
        behind = self.gap if self.begin < 0 else -1  # where the last card ends: another may begin there
        for one in ends.finditer(held, self.scan):
            colon = one.start()
            first = max(self.scan, colon - _LONGEST_MARKER)
            before = max(held.rfind(b"\n", first, colon), held.rfind(b"\r", first, colon))
            if before + 1 < behind <= colon:
                marker = glued.match(held, behind)
            else:
                marker = whole.match(held, before) if before >= 0 else None
                if marker is None and held[colon - 3 : colon].upper() == b"END":
                    # Glued to a value it ends a card where the next one begins at once, on the same line.
                    marker = glued.match(held, colon - 3)
                    marker = marker if marker and not marker[4].strip(b"\xef\xbb\xbf") else None
            if marker and (marker[3] in b"Ee" or marker[4].strip(b"\xef\xbb\xbf")):
                found.append(marker)
                behind = marker.end(4) if marker[3] in b"Ee" else -1
        return found

    def _mark(self, found: re.Match[bytes], end: int) -> Iterator[RawCard]:
        """Take one BEGIN or END line into account."""
        at = found.start(1)
        is_glued = found[3] in b"Ee" and not found[4].strip(b"\xef\xbb\xbf")  # the next BEGIN follows at once
        if self.begin >= 0 and found[2] and not self.indented and not is_glued:
            return  # an indented line in a card that is not indented continues the line before
        if found[3] in b"Bb":
            if self.begin >= 0:
                if self.depth < MAX_DEPTH and self._follows_agent(at):
                    self.depth += 1
                    return
                yield self._card(self.begin, at, closed=False)
            else:
                self._report_gap(at)
            self.begin, self.depth, self.indented = at, 1, bool(found[2])
        elif self.begin >= 0:
            self.depth -= 1
            if self.depth == 0:
                yield self._card(self.begin, end, closed=True)
                self.begin, self.gap = -1, end
        elif self.held[self.gap : at].strip(_BLANK):
            first = end - len(self.held[self.gap : end].lstrip(_BLANK))
            yield self._card(first, end, closed=False)
            self.gap = end
        else:
            self._count_to(at)
            self.problems.append(Problem(self.source, self.line, "", "END:VCARD without a vCard before it"))
            self.gap = end

    def _card(self, start: int, end: int, *, closed: bool) -> RawCard:
        self._count_to(start)
        self.in_long_gap = False
        with memoryview(self.held) as held:  # a slice of the bytes themselves would be one copy more
            raw = bytes(held[start:end])
        card = RawCard(raw, self.line, self.ordinal, closed)
        self.ordinal += 1
        return card

    def _count_to(self, place: int) -> None:
        if self.has_lone_cr:
            self.line += line_count(self.held, self.counted, place)
        else:
            self.line += self.held.count(b"\n", self.counted, place)
        self.counted = place

    def _look_at_line_ends(self, end: int) -> None:
        if not self.has_lone_cr and end > self.looked_at:
            end -= self.held.endswith(b"\r", 0, end)  # its LF may be in the next chunk
            start = self.looked_at
            returns = self.held.count(b"\r", start, end)
            self.has_lone_cr = returns != self.held.count(b"\r\n", start, end) if returns else False
            self.looked_at = end

    def _follows_agent(self, at: int) -> bool:
        before = bytes(self.held[max(self.begin, at - 160) : at]).rstrip(b"\r\n")
        line = before.replace(b"\r", b"\n").rpartition(b"\n")[2].rstrip().upper()
        if self.indented:
            line = line.lstrip()
        name = line.partition(b":")[0].partition(b";")[0]
        return line.endswith(b":") and name.rpartition(b".")[2] == b"AGENT"

    def _report_gap(self, end: int) -> None:
        """Report text outside cards, unless it is the rest of a gap already reported."""
        text = bytes(self.held[self.gap : end])
        inside = text.strip(_BLANK)
        if inside and not self.in_long_gap and inside.upper() not in _WRAPPERS:
            self._count_to(self.gap + len(text) - len(text.lstrip(_BLANK)))
            first = inside.replace(b"\r", b"\n").partition(b"\n")[0].decode("utf-8", "replace")
            shown = "".join(c if c.isprintable() else " " for c in first)[:60]
            start = inside[:400].lower()
            whose = next((words for words_of, words in _OTHERS.items() if start.startswith(words_of)), "")
            whose = _WINDOWS_CONTACT if b"<c:contact" in start else whose
            message = f'text outside any vCard: "{shown}" - not imported'
            self.problems.append(
                Problem(self.source, self.line, "", f"{whose} - not imported" if whose else message)
            )
        self.in_long_gap = False

    def _let_go(self, keep: int) -> None:
        self._count_to(max(self.counted, keep + 1))
        del self.held[:keep]
        self.begin -= keep if self.begin >= 0 else 0
        self.gap -= keep
        self.scan -= keep
        self.counted -= keep
        self.looked_at -= keep


@cache
def _marker_patterns() -> tuple[re.Pattern[bytes], re.Pattern[bytes], re.Pattern[bytes]]:
    """Return the patterns of a marker, of one glued to the last and of its end, made when first needed."""
    whole, glued, ends = (re.compile(one, re.IGNORECASE) for one in (_MARKER, _GLUED, _MARKER_ENDS))
    return whole, glued, ends


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    """Read the stream; what is UTF-16 or UTF-32 comes out as UTF-8."""
    first = stream.read(CHUNK)
    codec = wide_codec(first)
    if not codec:
        while first:
            yield first
            first = stream.read(CHUNK)
        return
    decoder = codecs.getincrementaldecoder(codec)(errors="replace")
    while first:
        yield decoder.decode(first).encode("utf-8")
        first = stream.read(CHUNK)
    yield decoder.decode(b"", final=True).encode("utf-8")


def wide_codec(start: bytes) -> str:
    """Return the codec of a file with two or four bytes a character, "" for any other."""
    if start.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "utf-32"
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if len(start) >= 4 and start[1] == start[3] == 0 and start[0] and start[2]:
        return "utf-16-le"
    if len(start) >= 4 and start[0] == start[2] == 0 and start[1] and start[3]:
        return "utf-16-be"
    return ""
