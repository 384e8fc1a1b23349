"""Texts of one vCard that two laptops replaced apart, as one: the later whole, and what only the others say.

A text travels as a list: its line in its file, its bytes, and of each photo that was cut out of these where
it stood and its SHA-256.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.sharing.steps import Value

# Properties of which a vCard has one, of two the later's stands: cardinality 1 and *1 in RFC 6350 (sections
# 6.1.4, 6.2.2, 6.2.5 to 6.2.7, 6.7.3, 6.7.4, 6.7.6, 6.7.9) and RFC 6474, and what programs write for these.
_ONCE = frozenset(
    (
        *(b"KIND", b"N", b"BDAY", b"ANNIVERSARY", b"GENDER", b"PRODID", b"REV", b"UID", b"VERSION"),
        *(b"BIRTHPLACE", b"DEATHPLACE", b"DEATHDATE", b"X-DEATHDATE", b"X-GENDER", b"X-KIND"),
        *(b"X-ADDRESSBOOKSERVER-KIND", b"X-ABUID", b"X-ABSHOWAS", b"X-ANNIVERSARY", b"X-MS-ANNIVERSARY"),
        *(b"X-EVOLUTION-ANNIVERSARY", b"X-KADDRESSBOOK-X-ANNIVERSARY"),
    )
)
# Besides, of a vCard before 4.0: RFC 2426 sections 3.1.1, 3.3.3, 3.6.5 and 3.7.1. In 4.0 FN is 1* (RFC 6350
# section 6.2.1), and there is none of the others.
_ONCE_BEFORE_4 = frozenset((b"FN", b"MAILER", b"SORT-STRING", b"CLASS"))

_HEAD = re.compile(rb"(?:([\w-]+)\.)?([\w-]+)(?::|;(?! ))")
_LAST = re.compile(rb"END[ \t]*:[ \t]*VCARD[\s\0\x1a\xef\xbb\xbf]*\Z", re.IGNORECASE)
_IS_4 = re.compile(rb"[\r\n][ \t]*VERSION:4", re.IGNORECASE)
_END_OF_LINE = re.compile(rb"\r{0,2}\n|\r")
_FOLD = re.compile(rb"(?:\r{0,2}\n|\r)[ \t]")
_SOFT_BREAK = re.compile(rb"=(?:\r{0,2}\n|\r)")  # of quoted-printable: RFC 2045 section 6.7
_QUOTED = re.compile(rb"[^:]*;(?:ENCODING=)?\"?(?:QUOTED-PRINTABLE|Q)[\";:]", re.IGNORECASE)


class _Line(NamedTuple):
    """A content line (RFC 6350 section 3.2) as it is written, and the photos that were cut out of it.

    What cannot be read without the line before it is part of that: folds, soft breaks, base64 and text over
    several lines, a vCard in a vCard.
    """

    group: bytes
    name: bytes  # in capitals
    text: bytes
    photos: tuple[tuple[int, bytes], ...] = ()  # each where it stood in the text, and its SHA-256

    @property
    def meaning(self) -> tuple[bytes, ...]:
        """What the line says: unfolded, without its group, and with its photos."""
        text = _FOLD.sub(b"", self.text[len(self.group) + bool(self.group) :])
        text = _SOFT_BREAK.sub(b"", text) if _QUOTED.match(text) else text
        return (_END_OF_LINE.sub(b"\n", text).rstrip(b"\n"), *(digest for _, digest in self.photos))

    def in_group(self, group: bytes) -> _Line:
        """Return the line as one of another group."""
        longer = len(group) - len(self.group)
        photos = tuple((at + longer, digest) for at, digest in self.photos)
        return _Line(group, self.name, group + self.text[len(self.group) :], photos)


def united(texts: Sequence[Value]) -> Value:
    """Return texts of one vCard, the latest first, as one text.

    Lines of one group (RFC 6350 section 3.3), such as a date and its label, come together; where there is a
    group of that name they get another.
    """
    number, raw, places = texts[0]
    indent = _indent(raw)
    body, end = _parted(raw)
    photos, units = list(places), _units(texts[0])
    known = [{line.meaning for line in unit} for unit in units]
    once = _ONCE if _IS_4.search(raw) else _ONCE | _ONCE_BEFORE_4
    for text in texts[1:]:
        everything = set().union(*known)
        had = {b"BEGIN", *(once & {line.name for unit in units for line in unit})}
        for unit in _units(text):
            new = [line for line in unit if line.name not in had]
            meanings = {line.meaning for line in new}
            if meanings <= everything and (len(new) < 2 or any(meanings <= there for there in known)):
                continue
            known.append(meanings)
            everything |= meanings
            units.append(_in_free_group(new, units))
            for line in units[-1]:
                body = _closed(body, raw) + indent
                photos += [[len(body) + at, digest] for at, digest in line.photos]
                body += indent.join(line.text.splitlines(keepends=True))
    return [number, _closed(body, raw) + end, photos] if body != _parted(raw)[0] else texts[0]


def _in_free_group(lines: Sequence[_Line], units: Iterable[Sequence[_Line]]) -> Sequence[_Line]:
    taken = {line.group.lower() for unit in units for line in unit if line.group}
    if lines[0].group.lower() not in taken:
        return lines
    free = next(name for name in (b"item%d" % number for number in count(1)) if name not in taken)
    return [line.in_group(free) for line in lines]


def _units(text: Value) -> list[Sequence[_Line]]:
    """Return the lines of a text, those of a group together."""
    _, raw, places = text
    units: dict[bytes | int, list[_Line]] = {}
    for start, written in _written(raw):
        head = _HEAD.match(written)
        group, name = (head[1] or b"", head[2].upper()) if head else (b"", b"")
        photos = tuple((at - start, digest) for at, digest in places if start < at <= start + len(written))
        units.setdefault(group.lower() or start, []).append(_Line(group, name, written, photos))
    return list(units.values())


def _written(raw: bytes) -> list[tuple[int, bytes]]:
    """Return the content lines of a vCard up to its END as they are written, each with where it begins."""
    width = len(_indent(raw))
    parts: list[list[bytes]] = []
    starts: list[int] = []
    place = depth = 0
    for physical in _parted(raw)[0].splitlines(keepends=True):
        line = physical if physical[:width].strip(b" \t") else physical[width:]
        head = _HEAD.match(line)
        name = head[2].upper() if head else b""
        if parts and (depth > 0 or not head or name == b"BEGIN" or _is_open(parts[-1])):
            parts[-1].append(line)
            depth += (name == b"BEGIN") - (name == b"END")
        else:
            parts.append([line])
            starts.append(place + len(physical) - len(line))
        place += len(physical)
    return list(zip(starts, map(b"".join, parts), strict=True))


def _is_open(parts: Sequence[bytes]) -> bool:
    """Whether what follows a line is part of its quoted-printable text."""
    return parts[-1].rstrip(b"\r\n").endswith(b"=") and bool(_QUOTED.match(parts[0]))


def _closed(body: bytes, raw: bytes) -> bytes:
    """Return lines of a vCard so that another can follow them."""
    first_end = _END_OF_LINE.search(raw)
    end = first_end[0] if first_end else b"\r\n"
    if not body.endswith((b"\r", b"\n")):
        body += end
    is_open = body.rstrip(b"\r\n").endswith(b"=") and _is_open([_written(body)[-1][1]])
    return body + 2 * end if is_open else body  # CR, and LF alone would be one line end


def _parted(raw: bytes) -> tuple[bytes, bytes]:
    """Return a vCard up to its END, and that with what follows; nothing where it has none."""
    at = raw.upper().rfind(b"END")
    if at < 0 or not _LAST.match(raw, at):
        return raw, b""
    indent = _indent(raw)
    at -= len(indent) if raw.endswith(indent, 0, at) else 0
    return raw[:at], raw[at:]


def _indent(raw: bytes) -> bytes:
    """Return the blanks before each line of a vCard that is indented as a whole."""
    return raw[: len(raw) - len(raw.lstrip(b" \t"))]
