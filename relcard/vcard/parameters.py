"""What stands before the colon of a line: group, name and parameters, in any of three versions."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from relcard.vcard.dialects import RENAMED

if TYPE_CHECKING:
    from collections.abc import Callable

# A property whose name no property may have, as X-MESSAGING/XMPP-ALL or X-FAVOURITE COLOUR: not torn text.
# In a note only a name without a blank is one, or one that says X-.
_ODD_LONGEST = 64
_ODD_NAME = re.compile(r"(?:[\w-]+\.)?(X-[^:;]*|[^\s:;,\"]+)(?:;[A-Za-z-]+(?:=[^:;]*)?)*:", re.IGNORECASE)
_ODD_NAME_OF_WORDS = re.compile(r"([\w/.-][\w /.-]*)(?:;[A-Za-z-]+(?:=[^:;]*)?)*:")

_CUSTOM = "X-CUSTOM("
_MEMO_SIZE = 4096  # an address book has some dozens of different heads; a hostile one may have any number
_MEMO_LONGEST = 160
_memo: dict[str, Head] = {}


class Encoding(Enum):
    """How the bytes of a value are wrapped (vCard 2.1 section 2.1.4, RFC 2426 section 2.4.1)."""

    NONE = ""
    QUOTED = "quoted-printable"
    BASE64 = "base64"


_ENCODINGS = {
    "QUOTED-PRINTABLE": Encoding.QUOTED,
    "Q": Encoding.QUOTED,
    "BASE64": Encoding.BASE64,
    "B": Encoding.BASE64,
    "7BIT": Encoding.NONE,
    "8BIT": Encoding.NONE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of a line.

    `name` is in capitals and in standard words where a vendor has its own; `written` is the vendor's word.
    `types` are lower case without "pref"; `pref` runs from 1, the most preferred, to 101, not stated.
    `all_types` has "pref" behind the others where this is the one to use.
    `params` has the others by name in capitals. `name` is "" when the text is no head at
    all, or is `written` as no property may be.
    """

    name: str
    written: str = ""
    group: str = ""
    types: tuple[str, ...] = ()
    all_types: tuple[str, ...] = ()
    pref: int = 101
    params: dict[str, str]
    encoding: Encoding = Encoding.NONE
    charset: str = ""
    label: str = ""  # of the user's own making, as Android writes it into a 2.1 head

    @property
    def preferred(self) -> bool:
        """Whether this is the one to use (TYPE=pref in 3.0, PREF=1 in 4.0)."""
        return self.pref == 1


def find_colon(line: bytes, *, whole: bool = True) -> int:
    """Return where the head of a line ends, or -1; a colon in a quoted parameter does not end it.

    When the quotes of a whole line do not balance, the first colon ends the head; a line of which more may
    come has none yet.
    """
    first = colon = line.find(b":")
    start = 0
    odd = False
    while colon >= 0:
        quotes = line.count(b'"', start, colon)
        if quotes and b"\\" in line[start:colon]:
            quotes -= line[start:colon].replace(b"\\\\", b"").count(b'\\"')  # some escape a quote in quotes
        odd ^= bool(quotes & 1)
        if not odd:
            return colon
        start = colon
        colon = line.find(b":", colon + 1)
    return first if whole else -1


def odd_head(line: str, *, in_note: bool) -> Head | None:
    """Return the head, without a `name`, of a line whose name no property may have; None for torn text."""
    pattern = _ODD_NAME if in_note else _ODD_NAME_OF_WORDS
    match = _ODD_NAME.match(line) or pattern.match(line)
    if match is None or len(match[1]) > _ODD_LONGEST:
        return None
    if in_note and line[match.end() : match.end() + 1] == " " and match[1][:2].upper() != "X-":
        return None  # words of a note and a colon
    return Head(name="", written=match[1].strip(), params={})


def read_head(text: str) -> Head:
    """Understand a head, from memory when it was met before: an address book has few different ones."""
    head = _memo.get(text)
    if head is None:
        head = _understand(text)
        if len(text) <= _MEMO_LONGEST:
            if len(_memo) >= _MEMO_SIZE:
                _memo.clear()
            _memo[text] = head
    return head


def _understand(text: str) -> Head:
    parts = _split_outside_quotes(text, ";") if '"' in text else text.split(";")
    group, _, name = parts[0].strip().upper().rpartition(".")
    written = name.replace("_", "-")  # an old Android wrote X_FOO
    if not (written.isascii() and written.replace("-", "").isalnum()):
        return Head(name="", params={})
    reading = _Parameters()
    for part in parts[1:]:
        reading.take(part)
    types = tuple(dict.fromkeys(word for word in reading.types if word and word != "pref"))
    pref = 1 if "pref" in reading.types else reading.pref
    return Head(
        name=RENAMED.get(written, written),
        written=written,
        group=group.lower(),
        types=types,
        all_types=(*types, "pref") if pref == 1 else types,
        pref=pref,
        params=reading.others,
        encoding=reading.encoding,
        charset=reading.charset,
        label=reading.label,
    )


class _Parameters:
    """The parameters of a head, taken one by one."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.others: dict[str, str] = {}
        self.encoding = Encoding.NONE
        self.charset = ""
        self.label = ""
        self.pref = 101

    def take(self, part: str) -> None:
        key, equals, value = part.partition("=")
        key = key.strip().upper()
        if part.lstrip()[: len(_CUSTOM)].upper() == _CUSTOM:
            self.label = self.label or _custom_label(part)
        elif not equals:
            self._take_bare(key)
        elif key in _TAKEN:
            _TAKEN[key](self, value)
        elif key:
            self.others.setdefault(key, _parameter(value))

    def _take_bare(self, word: str) -> None:
        """Take a value without its parameter, as 2.1 has it."""
        if word in _ENCODINGS:
            self.encoding = _ENCODINGS[word]
        elif word:
            self.types.append(word.lower())

    def take_type(self, value: str) -> None:
        # A CardDAV client wrote TYPE=VOICE\\,CELL for years.
        self.types += [word.strip().lower() for word in _parameter(value).replace("\\,", ",").split(",")]

    def take_encoding(self, value: str) -> None:
        self.encoding = _ENCODINGS.get(value.strip(' "').upper(), self.encoding)

    def take_charset(self, value: str) -> None:
        self.charset = value.strip(' "')

    def take_pref(self, value: str) -> None:
        value, _, more = value.partition(",")  # EMAIL;PREF=1,TYPE=HOME
        if more[:5].upper() == "TYPE=":
            self.types.append(more[5:].strip(' "').lower())
        number = value.strip(' "')
        if number.isascii() and number.isdigit() and len(number) <= 3:
            self.pref = int(number)


_TAKEN: dict[str, Callable[[_Parameters, str], None]] = {
    "TYPE": _Parameters.take_type,
    "ENCODING": _Parameters.take_encoding,
    "CHARSET": _Parameters.take_charset,
    "PREF": _Parameters.take_pref,
}


def _custom_label(text: str) -> str:
    """Return the label in Android's X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=41=42)."""
    text = text.strip()[len(_CUSTOM) :].removesuffix(")")
    charset, packed = "utf-8", False
    while text.upper().startswith(("CHARSET=", "ENCODING=")):
        pair, _, text = text.partition(",")
        key, _, value = pair.partition("=")
        packed |= key.upper() == "ENCODING" and value.upper() == "QUOTED-PRINTABLE"
        charset = value if key.upper() == "CHARSET" else charset
    if not packed:
        return text.strip()
    try:
        return binascii.a2b_qp(text.encode()).decode(charset, "replace").strip()
    except LookupError:
        return text.strip()


def _parameter(value: str) -> str:
    """Take the quotes off a parameter value and undo the circumflex escapes of RFC 6868."""
    value = value.strip()
    if '"' in value:
        pairs = [part.replace('\\"', "^'") for part in value.split("\\\\")]
        value = "\\\\".join(pairs).replace('","', ",").replace('"', "")
    if "^" in value:
        pieces = value.split("^^")
        value = "^".join(piece.replace("^n", "\n").replace("^N", "\n").replace("^'", '"') for piece in pieces)
    return value


def _split_outside_quotes(text: str, separator: str) -> list[str]:
    """Split where no quote is open."""
    parts: list[str] = []
    held: list[str] = []
    odd = False
    for piece in text.split(separator):
        held.append(piece)
        odd ^= bool((piece.count('"') - piece.replace("\\\\", "").count('\\"')) & 1)
        if not odd:
            parts.append(separator.join(held))
            held = []
    return parts + held
