"""What stands after the colon: escapes, lists, character sets and dates; linear in the length."""

from __future__ import annotations

import binascii
import codecs

from relcard.domain.dates import PartialDate
from relcard.vcard.dialects import LATIN_1
from relcard.vcard.dialects import NO_CHARSETS
from relcard.vcard.dialects import NO_YEAR
from relcard.vcard.dialects import WINDOWS

# Control characters and bidirectional overrides may rewrite a screen or turn a name around; the raw card
# keeps them. The harmless marks (U+200E, U+200F, joiners) stay: scripts need them.
_REMOVED = {
    code: None
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)
    if code not in {0x09, 0x0A, 0x0D, 0x85}
}
_ONE_LINE = _REMOVED | dict.fromkeys((0x09, 0x0A, 0x0D, 0x0B, 0x0C, 0x85, 0x2028, 0x2029), " ")
_MANY_LINES = _REMOVED | dict.fromkeys((0x85, 0x2028, 0x2029), "\n")


def unescape(text: str) -> str:
    r"""Undo \n \N \, \; \: and \\ once (RFC 6350 section 3.4); a backslash before anything else stays."""
    if "\\" not in text:
        return text
    pieces = text.split("\\")
    out = [pieces[0]]
    place, last = 1, len(pieces) - 1
    while place <= last:
        piece = pieces[place]
        if not piece and place < last:  # two backslashes: the text after them is plain
            place += 1
            out.append("\\" + pieces[place])
        elif piece[:1] in {"n", "N"}:
            out.append("\n" + piece[1:])
        elif piece[:1] in {",", ";", ":"}:
            out.append(piece)
        else:
            out.append("\\" + piece)
        place += 1
    return "".join(out)


def split_escaped(text: str, separator: str) -> list[str]:
    """Split at separators that no backslash escapes; the parts keep their escapes."""
    if "\\" not in text:
        return text.split(separator)
    parts: list[str] = []
    held: list[str] = []
    for piece in text.split(separator):
        held.append(piece)
        if (len(piece) - len(piece.rstrip("\\"))) % 2 == 0:
            parts.append(separator.join(held))
            held = []
    if held:
        parts.append(separator.join(held))
    return parts


def one_line(text: str) -> str:
    """Return a name or other short value: unescaped, on one line, without control characters."""
    if "\\" in text:
        text = unescape(text)
    if text.isprintable():
        return text.strip()
    return text.replace("\r\n", "\n").translate(_ONE_LINE).strip()


def many_lines(text: str) -> str:
    """Return a value that may have lines, such as a note: unescaped, without control characters."""
    if "\\" in text:
        text = unescape(text)
    if text.isprintable():
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_MANY_LINES)


def listed(text: str) -> list[str]:
    """Return the items of a list such as NICKNAME or CATEGORIES, without the empty ones."""
    if "," not in text:
        item = one_line(text)
        return [item] if item else []
    return [item for part in split_escaped(text, ",") if (item := one_line(part))]


def joined(text: str, glue: str) -> str:
    r"""Return one part of N or ADR: an unescaped comma joins list items, \n begins a new line."""
    if "," in text:
        items = [many_lines(item).strip() for item in split_escaped(text, ",")]
        return glue.join(item for item in items if item)
    return many_lines(text).strip()


def shown(text: str) -> str:
    """Return the beginning of a value for a message."""
    text = one_line(text)
    return text if len(text) <= 60 else text[:59] + "…"


def decode(data: bytes, charset: str, others: list[str]) -> tuple[str, str]:
    """Decode the bytes of one line; return the text and, when the character set had to be guessed, its name.

    In this order: the line's own CHARSET; UTF-8; UTF-8 with gaps when most of it is sound; a CHARSET that
    another line of the card names; Windows-1252. One card may mix them, so each line decides for itself.
    """
    if charset:
        text = _in_charset(data, charset)
        if text is not None:
            return text, ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    gaps = text.count("\ufffd")
    if sum(1 for c in text if c > "\x7f") > 2 * gaps:
        return text, "UTF-8 with gaps"
    for other in others:
        text_or_none = _in_charset(data, other)
        if text_or_none is not None:
            return text_or_none, other
    return data.decode(WINDOWS, "replace"), "Windows-1252"


def _in_charset(data: bytes, charset: str) -> str | None:
    """Decode with a named codec; None when there is no such codec or the bytes are not in it."""
    try:
        name = codecs.lookup(charset).name
        if name in NO_CHARSETS:
            return None
        if name in LATIN_1:
            try:
                return data.decode("utf-8" if name == "ascii" else WINDOWS)
            except UnicodeDecodeError:
                name = WINDOWS if name == "ascii" else "latin-1"
        return data.decode(name)
    except (LookupError, ValueError):  # a UnicodeError is a ValueError, and so is a NUL in the name
        return None


def is_charset(name: str) -> bool:
    """Whether there is a codec of that name that an address book can be read with."""
    return _in_charset(b"a", name) == "a" or _in_charset("a".encode("utf-16"), name) == "a"


def from_quoted_printable(data: bytes) -> bytes:
    """Undo quoted-printable; what is not encoded stays."""
    return binascii.a2b_qp(data)


def from_base64(data: bytes) -> bytes | None:
    """Undo base64, repairing the padding; None when the bytes are something else."""
    packed = b"".join(data.split()).rstrip(b"=")
    try:
        return binascii.a2b_base64(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:
        return None


def read_date(text: str, omitted_year: str = "") -> PartialDate | None:
    """Read a date as vCards have it; None when it is none.

    Basic (19850412) and extended (1985-04-12) forms, each possibly truncated (--0415, 1985-04, ---12;
    RFC 6350 section 4.3.1), year first with other separators, one-digit months and days. Of a timestamp
    the date is taken as written, without moving it to another time zone. Apple's 1604, the value of
    X-APPLE-OMIT-YEAR and the year 0000 mean that the year is not known.
    """
    text = text.strip()
    if len(text) > 10:
        text = _date_part(text)
    parts = _parts_of(text) if text.isascii() else None
    if parts is None or not all(part.isdigit() or not part for part in parts):
        return None
    year, month, day = (int(part) if part else None for part in parts)
    if year == NO_YEAR or (year == 0 and month and day) or (omitted_year and parts[0] == omitted_year):
        year = None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _parts_of(text: str) -> tuple[str, str, str] | None:
    """Take a date apart into year, month and day."""
    if len(text) == 10 and text[4] == text[7] == "-":
        return text[:4], text[5:7], text[8:]
    if len(text) == 8 and text.isdigit():
        return text[:4], text[4:6], text[6:]
    return _loose_parts(text)


def _date_part(text: str) -> str:
    for separator in ("T", "t", " "):
        date, has_time, _ = text.partition(separator)
        if has_time and 8 <= len(date) <= 10:
            return date
    return text


def _loose_parts(text: str) -> tuple[str, str, str] | None:
    """Take the rarer forms apart into year, month and day; an unknown part is ""."""
    if text.startswith("---"):
        return ("", "", text[3:]) if len(text) == 5 else None
    if text.startswith("--"):
        rest = text[2:].replace("-", "", 1)
        return ("", rest[:2], rest[2:]) if len(rest) in {2, 4} else None
    if len(text) == 4:
        return (text, "", "")
    for separator in ("-", "/", "."):
        parts = text.split(separator)
        if len(parts[0]) == 4 and all(1 <= len(part) <= 2 for part in parts[1:]) and 2 <= len(parts) <= 3:
            return (parts[0], parts[1], parts[2] if len(parts) == 3 else "")
    return None
