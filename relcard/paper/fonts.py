"""The two faces, what they can print and how wide it is: the only place that knows fonts.

Widths are millimetres, sizes are points. Text is put into NFC first; a character that the face cannot draw,
or that needs shaping to be read, counts as missing.
"""

from __future__ import annotations

import importlib
import struct
import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import InputError
from relcard.errors import RelcardError

if TYPE_CHECKING:
    from collections.abc import Iterator

MM = 72 / 25.4  # points in a millimetre

# Scripts between Armenian and Latin Extended Additional, and their later extensions, join, stack or reorder
# their letters: drawn one character at a time they cannot be read, even where the face has the shapes.
_NEEDS_SHAPING = ((0x0590, 0x109F), (0x1100, 0x11FF), (0x1700, 0x1C7F), (0xA800, 0xABFF), (0xFB1D, 0xFDFF))


class Face(Enum):
    """A typeface; the value is its name."""

    SANS = "Noto Sans"
    SERIF = "EB Garamond"


_FILES = {
    Face.SANS: ("fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", "NotoSans"),
    Face.SERIF: ("fontpkg_eb_garamond", "EBGaramond[wght].ttf", "EBGaramond"),
}


class GlyphError(InputError):
    """A character that cannot be printed; `character` is the first of them."""

    def __init__(self, character: str, face: Face) -> None:
        super().__init__(
            f"{face.value} cannot print {describe(character)}.",
            hint="Give the name or address a Latin, Greek or Cyrillic spelling: relcard edit WHO",
        )
        self.character = character


class TooWideError(InputError):
    """A word wider than its line; `excess_mm` is by how much."""

    def __init__(self, word: str, excess_mm: float, size_pt: float) -> None:
        super().__init__(
            f'"{word}" is {excess_mm:.1f} mm too wide at {size_pt:g} pt.',
            hint="Shorten the word or divide it.",
        )
        self.excess_mm = excess_mm


@dataclass(frozen=True, slots=True)
class Ink:
    """What a string covers, in ems of its size, from its origin on the baseline; `top` and `right` grow."""

    left: float
    right: float
    top: float
    bottom: float


class _Boxes(dict[str, tuple[float, float, float, float]]):
    """The drawn outline of each character in ems (x_min, y_min, x_max, y_max), read when first asked for."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file = file
        self._start = file.get_table_pos("glyf")[0]

    def __missing__(self, character: str) -> tuple[float, float, float, float]:
        glyph = self._file.charToGlyph[ord(character)]
        at, end = self._file.glyphPos[glyph : glyph + 2]
        box = (0, 0, 0, 0)
        if end > at:  # a space has no outline
            # OpenType "glyf": numberOfContours, then xMin, yMin, xMax, yMax, all big-endian int16
            box = struct.unpack_from(">4h", self._file._ttf_data, self._start + at + 2)  # noqa: SLF001
        em = self._file.unitsPerEm
        found = self[character] = (box[0] / em, box[1] / em, box[2] / em, box[3] / em)
        return found


@dataclass(frozen=True, slots=True)
class Font:
    """A face as ReportLab knows it."""

    name: str
    advances: dict[str, float]  # in ems, of every character that may be drawn
    boxes: _Boxes


@cache
def font(face: Face) -> Font:
    """Load a face once and register it with ReportLab. Raises `RelcardError` when it is not installed."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    package, file, name = _FILES[face]
    try:
        root = importlib.import_module(package).ROOT
    except ImportError as error:
        raise RelcardError(
            f"The typeface {face.value} is not installed.", hint=f"pip install {package.replace('_', '-')}"
        ) from error
    # A variable font is drawn as its default instance, which in both faces is the regular weight.
    loaded = TTFont(name, str(root / "files" / file))
    pdfmetrics.registerFont(loaded)
    widths = loaded.face.charWidths
    advances = {chr(code): widths[code] / 1000 for code in loaded.face.charToGlyph if _is_plain(code)}
    return Font(name, advances, _Boxes(loaded.face))


def _is_plain(code: int) -> bool:
    if any(first <= code <= last for first, last in _NEEDS_SHAPING):
        return False
    character = chr(code)
    # A combining mark that NFC leaves over has no place of its own without shaping.
    return unicodedata.category(character) not in {"Mn", "Mc", "Me", "Cc", "Cf", "Co", "Cn", "Cs"} and (
        unicodedata.bidirectional(character) not in {"R", "AL"}
    )


def prepare(text: str) -> str:
    """Return `text` as it is drawn: NFC, every space a plain or no-break one, invisible marks left out.

    Telephones leave direction marks and zero-width characters in names; they print nothing, so they go.
    """
    if text.isprintable() and (
        text.isascii() or (max(text) < "\ufe00" and unicodedata.is_normalized("NFC", text))
    ):
        return text  # nearly every line there is
    return "".join(_drawn_as(one) for one in unicodedata.normalize("NFC", text))


def _drawn_as(character: str) -> str:
    if "\ufe00" <= character <= "\ufe0f":  # asks for another form of the character before it
        return ""
    if character == "\n" or character.isprintable():
        return character
    if character in "\u00a0\u202f\u2007":  # these keep words together on a line
        return "\u00a0"
    if character.isspace():
        return "\n" if character in "\r\u2028\u2029\x85" else " "
    return "" if unicodedata.category(character) in {"Cf", "Cc"} else character


def describe(character: str) -> str:
    """Name a character for a person: the character, and what Unicode calls it where that is a name."""
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    return character if name.startswith(("CJK ", "HANGUL ")) else f"{character} ({name.lower()})"


def missing_glyphs(text: str, face: Face) -> str:
    """Return the characters of `text` that `face` cannot print, each once, in order. Newlines are fine."""
    advances = font(face).advances
    return "".join(dict.fromkeys(one for one in prepare(text) if one not in advances and one != "\n"))


def width_mm(text: str, face: Face, size_pt: float) -> float:
    """Return how far `text` moves the pen. Raises `GlyphError` where there is nothing to measure."""
    return advance(prepare(text), face) * size_pt / MM


def advance(prepared: str, face: Face) -> float:
    """Return how far a prepared line moves the pen, in ems. Raises `GlyphError`."""
    advances = font(face).advances
    try:
        return sum([advances[one] for one in prepared])
    except KeyError as error:
        raise GlyphError(str(error.args[0]), face) from None


def reach(prepared: str, face: Face) -> tuple[float, float]:
    """Return the leftmost and rightmost ink of a prepared line, in ems. Raises `GlyphError`."""
    right = advance(prepared, face)
    if not prepared:
        return 0.0, 0.0
    known = font(face)
    last = prepared[-1]
    return (
        min(0.0, known.boxes[prepared[0]][0]),
        right + max(0.0, known.boxes[last][2] - known.advances[last]),
    )


def ink(text: str, face: Face) -> Ink:
    """Return what the drawn outlines of one line cover, in ems. Raises `GlyphError`."""
    line = prepare(text)
    left, right = reach(line, face)
    known = font(face).boxes
    boxes = [known[one] for one in line]
    top = max([box[3] for box in boxes], default=0.0)
    return Ink(left, right, top, min([box[1] for box in boxes], default=0.0))


def wrap(text: str, face: Face, size_pt: float, width_mm: float, *, break_words: bool = False) -> list[str]:
    """Divide `text` into lines of at most `width_mm`, at spaces; a newline in the text begins a line.

    A word wider than a whole line raises `TooWideError`, or with `break_words` is divided between letters.
    Spaces at either end of a line are dropped; an empty paragraph is an empty line. Raises `GlyphError`.
    """
    limit = width_mm * MM / size_pt  # in ems
    space = font(face).advances[" "]
    lines = []
    for paragraph in prepare(text).split("\n"):
        line = ""
        used = 0.0
        for word in _words(paragraph, face, limit, size_pt, break_words=break_words):
            wide = advance(word, face)
            if line and used + space + wide <= limit:
                line += " " + word
                used += space + wide
            else:
                if line:
                    lines.append(line)
                line = word
                used = wide
        lines.append(line)
    return lines


def _words(paragraph: str, face: Face, limit: float, size_pt: float, *, break_words: bool) -> Iterator[str]:
    for word in paragraph.split(" "):
        wide = advance(word, face)
        if wide <= limit:
            if word:
                yield word
        elif break_words:
            yield from _pieces(word, face, limit)
        else:
            raise TooWideError(word, (wide - limit) * size_pt / MM, size_pt)


def _pieces(word: str, face: Face, limit: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and advance(piece + letter, face) > limit:
            yield piece
            piece = ""
        piece += letter
    yield piece
