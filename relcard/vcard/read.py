"""One vCard into one contact, at two speeds: plain cards in one pass over their text, others by line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.people.contact import Relation
from relcard.errors import Problem
from relcard.vcard import values
from relcard.vcard.assemble import no_code
from relcard.vcard.assemble import to_contact
from relcard.vcard.dialects import ADDRESS_LABELS
from relcard.vcard.dialects import BINARY
from relcard.vcard.parameters import Encoding
from relcard.vcard.parameters import read_head
from relcard.vcard.photos import without
from relcard.vcard.properties import HANDLERS
from relcard.vcard.properties import CardReading
from relcard.vcard.properties import is_alternate
from relcard.vcard.split import MAX_CARD
from relcard.vcard.unfold import logical_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.domain.people.contact import Contact
    from relcard.domain.people.contact import Postal
    from relcard.domain.people.typed_address import AddressRead
    from relcard.domain.seasons.years import ListedYear
    from relcard.vcard.parameters import Head
    from relcard.vcard.split import RawCard
    from relcard.vcard.unfold import CardLine

    Handler = Callable[[CardReading, Head, str], None]

_MOST_PROBLEMS = 50  # of one card; a card with more is not a card with mistakes but something else
_VERSIONS = frozenset({"2.1", "3.0", "4.0"})

# To these a line that has lost its header belongs: people write them by hand, and over several lines.
_CONTINUED = frozenset({"FN", "N", "NOTE", "ADR", "LABEL", "ORG", "TITLE", "NICKNAME"})
_STRUCTURED = frozenset({"N", "ADR", "ORG"})


class ParsedCard(NamedTuple):
    """What was understood of one vCard.

    `contact` is None when nothing names it: the raw card is then all there is. `abuid` is Apple's own
    identity of a contact, "" on other cards. `addresses` are those that stood in one another's fields.
    `years` are cells of a list that tell of cards, `people` those whom its column of members names.
    """

    contact: Contact | None
    problems: tuple[Problem, ...]
    version: str
    abuid: str
    addresses: tuple[AddressRead, ...] = ()
    years: tuple[ListedYear, ...] = ()
    people: tuple[str, ...] = ()


def parse_card(
    card: RawCard,
    *,
    source: str,
    encoding: str = "",
    code_of: Callable[[str], str] = no_code,
    photo_places: Sequence[tuple[int, int]] = (),
) -> ParsedCard:
    """Understand one vCard. Never raises: what cannot be understood becomes a problem, the rest is read.

    `source` names the file in problems. `encoding` is tried, before Windows-1252, for lines that are neither
    UTF-8 nor in their stated character set. `code_of` gives the ISO 3166-1 code of a country as people write
    it, for addresses that do not state theirs. `photo_places` are what `find_photos` says of the card: what
    stands there is passed over quickly.
    """
    if card.too_large:
        message = f"the vCard is larger than {MAX_CARD // 1024 // 1024} MiB - kept as it is"
        return ParsedCard(None, (Problem(source, card.line, "", message),), "", "")
    reading = read_plain(without(card.raw, photo_places)) if card.closed else None
    contact = to_contact(reading, code_of) if reading is not None else None
    if reading is None or contact is None or reading.remarks:
        # A remark needs its line of the file, which the fast way forgets.
        reading = read_careful(card, encoding)
        contact = to_contact(reading, code_of)
    if contact is None:
        reading.line = card.line
        reading.remark(
            f"KIND is {reading.thing}: nobody to write to - kept as it is"
            if reading.thing
            else "no name, organisation, e-mail or phone in this vCard - kept as it is"
        )
    problems = _problems(reading, contact, source, card.line) if reading.remarks else ()
    return ParsedCard(
        contact, problems, reading.version, reading.uid_apple, (), reading.years, reading.people
    )


def _problems(
    reading: CardReading, contact: Contact | None, source: str, first_line: int
) -> tuple[Problem, ...]:
    """Return what was remarked on a card, with its place and the name of the contact."""
    name = contact.display_name if contact is not None else ""
    problems = [Problem(source, line, name, message) for line, message in reading.remarks[:_MOST_PROBLEMS]]
    more = len(reading.remarks) - len(problems)
    if more:
        problems.append(Problem(source, first_line, name, f"and {more} more lines of this vCard"))
    return tuple(problems)


_OPENING, _CLOSING = "BEGIN:VCARD", "END:VCARD"
_VERSION = "VERSION:"
_VERSION_LINES = {f"{_VERSION}{version}": version for version in _VERSIONS}
_PLAIN_MEMO_SIZE = 4096
_plain_heads: dict[str, tuple[Handler | None, Head]] = {}


def _plain_lines(raw: bytes) -> list[str] | None:
    """Decode and unfold what is UTF-8; None for anything else."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if text[:1] in {" ", "\t"}:
        return None
    return _unfolded(text, "\r\n" if "\r" in text else "\n")


def _unfolded(text: str, end: str) -> list[str] | None:
    """Return the lines of a text that end so; None where a line is empty or ends in a lone CR."""
    whole = text.replace(f"{end} ", "")
    if "\t" in whole:
        whole = whole.replace(f"{end}\t", "")
    if len(whole) != len(text) and end * 2 in text:
        return None
    lines = whole.split(end)
    if end == "\r\n" and not whole.count("\n") == whole.count("\r") == len(lines) - 1:
        text = text.replace(end, "\n")  # not all lines end so
        return None if "\r" in text else _unfolded(text, "\n")
    if not lines[-1]:
        lines.pop()
    return lines


def read_plain(raw: bytes) -> CardReading | None:
    """Read a card of which nothing needs care; None when something does.

    Without this a first import takes 1.3 times as long (`bench/run.py`).

    Care need: bytes that are not UTF-8, ENCODING and CHARSET on a text, AGENT, empty lines, lines without
    header, quotes that do not balance, a card inside the card.
    `read_careful` gives the same for every card this accepts.
    """
    lines = _plain_lines(raw)
    if lines is None:
        return None
    if len(lines) > 2 and lines[0] == _OPENING and lines[-1] == _CLOSING and lines[1] in _VERSION_LINES:
        return _read_lines(CardReading(_VERSION_LINES[lines[1]]), lines[2:-1], begins=1)
    if (
        lines
        and lines[-1] != _CLOSING
        and lines[-1].rstrip(" \t\ufeff")[-len(_CLOSING) :].upper() == _CLOSING
    ):
        return None  # an END that is glued to a value
    said = next((line for line in lines[1:] if line.startswith(_VERSION)), "")
    return _read_lines(CardReading(_VERSION_LINES.get(said[: len(_VERSION) + 3], "")), lines, begins=0)


def _read_lines(reading: CardReading, lines: Iterable[str], *, begins: int) -> CardReading | None:
    """Read some lines; `begins` counts the BEGINs that stood before them."""
    heads = _plain_heads
    for line in lines:
        head_text, colon, value = line.partition(":")
        known = heads.get(head_text) or _learn(head_text)
        if known is None or not colon:
            return None
        handler, head = known
        if handler is not None:
            if not (head.params and "ALTID" in head.params and is_alternate(reading, head)):
                handler(reading, head, value)
        elif head.name == "BEGIN":
            begins += 1
            if begins > 1:
                return None
        elif head.name == "VERSION" and value.strip() != reading.version:
            return None
    return reading


def _learn(text: str) -> tuple[Handler | None, Head] | None:
    """Decide how lines with this head are read from now on; None when they need care."""
    if text.count('"') % 2 or "\\" in text:
        return None
    head = read_head(text)
    if not head.name or head.name == "AGENT":
        return None
    if head.name in BINARY:
        if head.encoding is Encoding.QUOTED:
            return None
    elif head.encoding is not Encoding.NONE or head.charset:
        return None
    known = (HANDLERS.get(head.name), head)
    if len(text) <= 160:
        if len(_plain_heads) >= _PLAIN_MEMO_SIZE:
            _plain_heads.clear()
        _plain_heads[text] = known
    return known


def read_careful(card: RawCard, encoding: str = "") -> CardReading:
    """Read any card, line by line, each with its own encoding."""
    lines = list(logical_lines(card.raw, card.line))
    reading = CardReading(version_of(lines))
    charsets = charsets_of(lines)
    if encoding:
        charsets.append(encoding)
    _Careful(reading, charsets, stated=encoding).read(lines)
    if not card.closed:
        begins = bool(lines) and is_marker(lines[0], "BEGIN")
        reading.line = card.line
        reading.remark(f"{'END' if begins else 'BEGIN'}:VCARD is missing - read as far as it goes")
    return reading


def own_labels(raw: bytes) -> dict[Postal | str, str]:
    """Return the labels of the user's own making that addresses and websites of a card have.

    An address is known by its seven parts, a website by itself. Home and work are types and no labels here.
    """
    lines = list(logical_lines(raw, 1))
    version, charsets = version_of(lines), charsets_of(lines)
    said = CardReading(version)
    read_lines(said, [line for line in lines if line.head and line.head.name == "X-ABLABEL"], charsets)
    labels: dict[Postal | str, str] = {}
    for line in lines:
        if line.head is None or line.head.name not in {"ADR", "URL"}:
            continue
        label = line.head.label or said.labels.get(line.head.group, "")
        if not label or label.lower() in ADDRESS_LABELS | {"homepage", "other"}:
            continue
        reading = CardReading(version)
        reading.display_name = "?"
        read_lines(reading, [line], charsets)
        if contact := to_contact(reading):
            labels |= dict.fromkeys((address.postal for address in contact.addresses), label)
            labels |= dict.fromkeys(contact.urls, label)
    return labels


def version_of(lines: Iterable[CardLine]) -> str:
    """Return what the VERSION line says; "" when there is none or it names no version."""
    said = next((line.value.strip() for line in lines if line.head and line.head.name == "VERSION"), b"")
    version = said.decode("ascii", "replace")
    return version if version in _VERSIONS else ""


def charsets_of(lines: Iterable[CardLine]) -> list[str]:
    """Return the character sets that the lines of a card name, each once."""
    return list(dict.fromkeys(line.head.charset for line in lines if line.head and line.head.charset))


def read_lines(reading: CardReading, lines: Iterable[CardLine], charsets: list[str]) -> None:
    """Add to a reading what some lines of a card say."""
    _Careful(reading, charsets).read(lines)


def is_marker(line: CardLine, name: str) -> bool:
    """Whether a line is BEGIN:VCARD or END:VCARD."""
    return line.head is not None and line.head.name == name and line.value.strip().upper() == b"VCARD"


class _Careful:
    """The careful way through one card."""

    def __init__(self, reading: CardReading, charsets: list[str], stated: str = "") -> None:
        self.reading = reading
        self.charsets = charsets
        self.stated = stated  # what the user says the text is in; reading it so is no guess
        self.depth = 0
        self.guessed = False
        # The line being read is held back until the next: a line without a header may belong to it.
        self.head: Head | None = None
        self.number = 0
        self.texts: list[str] = []

    def read(self, lines: Iterable[CardLine]) -> None:
        first = True
        for line in lines:
            self.reading.line = line.number
            if is_marker(line, "BEGIN") and (first or self.depth):
                self._flush()
                self.depth += 1
            elif is_marker(line, "END") and self.depth > 1:
                self.depth -= 1
            elif self.depth > 1:
                if line.head is not None and line.head.name == "FN":
                    self._agent(self._text(line, line.head))
            elif line.head is None:
                self._continue(line)
            else:
                self._flush()
                self.reading.line = line.number
                self._take(line, line.head)
            first = False
        self._flush()

    def _take(self, line: CardLine, head: Head) -> None:
        if not head.name:
            self.reading.remark(f'no property can be called "{values.shown(head.written)}" - kept as it is')
        elif head.name == "AGENT":
            value = values.unescape(self._text(line, head))
            for inner in value.split("\n"):
                if inner[:3].upper() == "FN:":
                    self._agent(inner[3:])
        elif head.name in HANDLERS:
            self.head, self.number = head, line.number
            self.texts = [self._text(line, head)]

    def _continue(self, line: CardLine) -> None:
        """Give text without a header to the value before it."""
        text = self._decode(line.value, "").strip()
        if self.head is not None and self.head.name in _CONTINUED:
            self.reading.remark(
                f'a line without a name: "{values.shown(text)}" - added to {self.head.written}'
            )
            self.texts.append(
                text.replace("\\", "\\\\").replace(";", "\\;") if self.head.name in _STRUCTURED else text
            )
        else:
            self.reading.remark(f'a line without a name: "{values.shown(text)}" - kept as it is')

    def _flush(self) -> None:
        if self.head is not None:
            self.reading.line = self.number
            if not is_alternate(self.reading, self.head):
                HANDLERS[self.head.name](self.reading, self.head, "\n".join(self.texts))
            self.head = None

    def _agent(self, name: str) -> None:
        if text := values.one_line(name):
            self.reading.relations += (Relation("agent", text),)

    def _text(self, line: CardLine, head: Head) -> str:
        data = line.value
        if head.encoding is Encoding.QUOTED:
            data = values.from_quoted_printable(data)
        elif head.encoding is Encoding.BASE64:
            plain = values.from_base64(data)
            if plain is None:
                self.reading.remark(f"{head.written} is not the base64 it says it is - read as text")
            else:
                data = plain
        return self._decode(data, head.charset)

    def _decode(self, data: bytes, charset: str) -> str:
        text, guess = values.decode(data, charset, self.charsets)
        if guess and guess != self.stated and not self.guessed:
            self.guessed = True
            way_out = (
                "; other letters: relcard import --retry --encoding NAME" if guess == "Windows-1252" else ""
            )
            self.reading.remark(f"not UTF-8 and no character set stated - read as {guess}{way_out}")
        return text


_OF_THE_PROGRAM = frozenset({"REV", "PRODID"})  # say who wrote a card and when, and nothing of the contact


def has_same_lines(one: bytes, other: bytes, *, unread: bool = False) -> bool:
    """Whether two cards say the same line by line, however a server has sorted, folded and spelt them.

    With `unread` only the lines count that `parse_card` takes nothing from.
    """
    return _lines(one, unread=unread) == _lines(other, unread=unread)


def shared_lines(one: bytes, other: bytes) -> int:
    """Return how many lines two cards have in common."""
    return (_lines(one, unread=False) & _lines(other, unread=False)).total()


def _lines(raw: bytes, *, unread: bool) -> Counter[tuple[object, bytes]]:
    left_out = (_OF_THE_PROGRAM | HANDLERS.keys() | {"VERSION"}) if unread else _OF_THE_PROGRAM
    return Counter(
        (_spelt(line.head), line.value)
        for line in logical_lines(raw, 1)
        if line.head is None or line.head.name not in left_out
    )


def _spelt(head: Head | None) -> object:
    """Return a head in which the order of types and parameters plays no part."""
    if head is None:
        return None
    types, others = frozenset(head.types), frozenset(head.params.items())
    return (
        head.name,
        head.group,
        types,
        head.pref,
        others,
        head.encoding,
        head.charset,
        head.label,
    )
