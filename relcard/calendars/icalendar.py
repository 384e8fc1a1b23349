"""An iCalendar file (RFC 5545): whole days, some of every year, some with an alarm on the evening before."""

from __future__ import annotations

import re
from datetime import date
from datetime import timedelta
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from relcard.domain.reminders.calendar import Entry

_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//relcard//relcard//EN",
    "CALSCALE:GREGORIAN",
    "X-WR-CALNAME:relcard",  # the name that Apple's and Google's calendars show
)
_LONGEST = 75  # octets of a line, without its end (section 3.1)
_EVENING = "-PT5H"  # before the day begins: seven o'clock
_ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}  # in a text (section 3.3.11)
# A text holds no control characters but tabs.
_ESCAPED |= {chr(code): "" for code in (*range(32), 127) if chr(code) not in "\t\n"}
_TEXT = str.maketrans(_ESCAPED)
_WRITTEN = re.compile(
    rb"BEGIN:VEVENT\r\nUID:([^\r\n]+)\r\nDTSTAMP:(\d{8})T000000Z\r\nSEQUENCE:(\d{1,9})\r\n(.*?)END:VEVENT\r\n",
    re.DOTALL,
)


class Revision(NamedTuple):
    """How often an entry was revised (SEQUENCE, section 3.8.7.4), and the day of the last time."""

    number: int
    on: date


def write_calendar(entries: Iterable[Entry], now: Revision, before: bytes = b"") -> bytes:
    """Return a file of entries. `before` is the file that it takes the place of, if any.

    An entry that stands there already keeps its revision. One that changed has that of `now`, or the next
    number where that would not be a larger one.
    """
    written = dict(_read(before))
    parts = [_folded(_HEAD)]
    for entry in entries:
        lines = _folded(_lines(entry))
        revision, lines_before = written.get(entry.uid, (now, lines))
        if lines != lines_before:
            revision = Revision(max(now.number, revision.number + 1), now.on)
        stamp = f"DTSTAMP:{_day(revision.on)}T000000Z"
        head = ("BEGIN:VEVENT", f"UID:{entry.uid}", stamp, f"SEQUENCE:{revision.number}")
        parts += [_folded(head), lines, b"END:VEVENT\r\n"]
    return b"".join((*parts, b"END:VCALENDAR\r\n"))


def _lines(entry: Entry) -> Iterator[str]:
    """Yield the lines of an entry that say what it is, whatever its revision."""
    yield f"DTSTART;VALUE=DATE:{_day(entry.on)}"
    yield f"DTEND;VALUE=DATE:{_day(entry.on + timedelta(days=1))}"
    if entry.rule:
        yield f"RRULE:{entry.rule}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.beneath:
        yield f"DESCRIPTION:{_text(entry.beneath)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"  # nobody is busy all day for it
    if entry.has_alarm:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(entry.title)}"
        yield f"TRIGGER:{_EVENING}"
        yield "END:VALARM"


def _read(data: bytes) -> Iterator[tuple[str, tuple[Revision, bytes]]]:
    """Yield the entries of a file of ours by their UID: the revision and the lines; of another's nothing."""
    for uid, day, number, lines in _WRITTEN.findall(data):
        try:
            on = date.fromisoformat(day.decode())
        except ValueError:
            continue
        yield uid.decode(errors="replace"), (Revision(int(number), on), lines)


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    return text.replace("\r\n", "\n").translate(_TEXT)


def _folded(lines: Iterable[str]) -> bytes:
    """Return lines with their ends; a long one goes on below, and no letter is cut in two."""
    data = "".join(f"{line}\r\n" for line in lines).encode(errors="replace")
    if all(len(line) <= _LONGEST for line in data.split(b"\r\n")):
        return data
    return b"".join(b"%s\r\n" % b"\r\n ".join(_pieces(line)) for line in data.split(b"\r\n")[:-1])


def _pieces(line: bytes) -> Iterator[bytes]:
    """Yield a line in pieces that fit, each but the first behind the space that says it goes on."""
    room = _LONGEST
    while len(line) > room:
        end = room
        while line[end] & 0xC0 == 0x80:  # a later octet of a letter in UTF-8
            end -= 1
        yield line[:end]
        line = line[end:]
        room = _LONGEST - 1
    yield line
