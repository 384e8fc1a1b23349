"""What can be printed and how wide it is; widths are millimetres, sizes are points.

Text is put into NFC first. A line of letters that a face draws one after the other is measured here; any
other goes through `shape`, which finds fonts and shapes. A character that no font here has counts as missing.
"""

from __future__ import annotations

import struct
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import InputError
from relcard.installation import bring_extra
from relcard.paper.text.faces import Face
from relcard.paper.text.faces import face_file

if TYPE_CHECKING:
    from relcard.paper.text.shape import Line

MM = 72 / 25.4  # points in a millimetre

# Scripts between Armenian and Latin Extended Additional, and their later extensions, join, stack or reorder
# their letters: drawn one character at a time they cannot be read, even where the face has the shapes.
_NEEDS_SHAPING = ((0x0590, 0x109F), (0x1100, 0x11FF), (0x1700, 0x1C7F), (0xA800, 0xABFF), (0xFB1D, 0xFDFF))


_NAMES = {Face.SANS: "NotoSans", Face.SERIF: "EBGaramond"}
_JOINERS = "\u200c\u200d"


class GlyphError(InputError):
    """A character that cannot be printed; `character` is the first of them."""

    def __init__(self, character: str, face: Face) -> None:
        remedy = remedy_for(character)
        super().__init__(
            f"Neither {face.value} nor another font here can print {describe(character)}.",
            hint=remedy or "Give the name or address a Latin, Greek or Cyrillic spelling: relcard edit WHO",
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
    drawn: frozenset[str]  # those characters: asking a set about a line is four times as fast
    boxes: _Boxes


@cache
def font(face: Face) -> Font:
    """Load a face once and register it with ReportLab. Raises `RelcardError` when it is not installed."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = _NAMES[face]
    # A variable font is drawn as its default instance, which in both faces is the regular weight.
    loaded = TTFont(name, str(face_file(face)))
    pdfmetrics.registerFont(loaded)
    widths = loaded.face.charWidths
    advances = {chr(code): widths[code] / 1000 for code in loaded.face.charToGlyph if _is_plain(code)}
    return Font(name, advances, frozenset(advances), _Boxes(loaded.face))


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
    Joiners stay where they have work to do, after letters that take another shape by them.
    """
    if (text.isprintable() or text.replace("\n", "").isprintable()) and (
        text.isascii() or (max(text) < "\ufe00" and unicodedata.is_normalized("NFC", text))
    ):
        return text  # nearly every line there is
    out = ""
    for one in unicodedata.normalize("NFC", text):
        out += (one if out and _joins(out[-1]) else "") if one in _JOINERS else _drawn_as(one)
    return out.rstrip(_JOINERS)


def _joins(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM" and not _is_plain(ord(character))


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


def remedy_for(characters: str) -> str:
    """Return the command that brings fonts for some of these characters, or "" when none does."""
    from fontTools.unicodedata import script

    from relcard.paper.text.font_search import extra_for

    # A sign that many scripts share, as the postal mark, belongs to none: the first that does decides.
    extra = next((found for one in characters if (found := extra_for(script(one)))), "")
    return bring_extra(extra) if extra else ""


def missing_glyphs(text: str, face: Face) -> str:
    """Return the characters of `text` that cannot be printed, each once, in order. Newlines are fine."""
    ready = prepare(text)
    if font(face).drawn.issuperset(ready.replace("\n", "")):
        return ""
    lost = ""
    for line in ready.split("\n"):
        found = _shaped(line, face)
        if isinstance(found, str):
            lost += found
    return "".join(dict.fromkeys(lost))


def width_mm(text: str, face: Face, size_pt: float) -> float:
    """Return how far `text` moves the pen. Raises `GlyphError` where there is nothing to measure."""
    return advance(prepare(text), face) * size_pt / MM


def is_plain(prepared: str, face: Face) -> bool:
    """Tell whether a prepared line is drawn letter by letter in the face itself."""
    return font(face).drawn.issuperset(prepared)


def set_line(prepared: str, face: Face, language: str = "") -> Line:
    """Set a prepared line that is not plain. Raises `GlyphError`; `language` as in `shape.set_line`."""
    found = _shaped(prepared, face, language)
    if isinstance(found, str):
        raise GlyphError(found[0], face)
    return found


def _shaped(prepared: str, face: Face, language: str = "") -> Line | str:
    from relcard.paper.text.shape import set_line as shaped_line

    return shaped_line(prepared, face, language)


def advance(prepared: str, face: Face, language: str = "") -> float:
    """Return how far a prepared line moves the pen, in ems. Raises `GlyphError`."""
    advances = font(face).advances
    try:
        return sum(map(advances.__getitem__, prepared))
    except KeyError:
        return set_line(prepared, face, language).width


def reach(prepared: str, face: Face, language: str = "") -> tuple[float, float]:
    """Return the leftmost and rightmost ink of a prepared line, in ems. Raises `GlyphError`."""
    known = font(face)
    advances = known.advances
    try:
        right = sum(map(advances.__getitem__, prepared))
    except KeyError:
        line = set_line(prepared, face, language)
        return line.left, line.right
    if not prepared:
        return 0.0, 0.0
    last = prepared[-1]
    return (
        min(0.0, known.boxes[prepared[0]][0]),
        right + max(0.0, known.boxes[last][2] - advances[last]),
    )


def ink(text: str, face: Face, language: str = "") -> Ink:
    """Return what the drawn outlines of one line cover, in ems. Raises `GlyphError`."""
    line = prepare(text)
    if not is_plain(line, face):
        shaped = set_line(line, face, language)
        return Ink(shaped.left, shaped.right, shaped.top, shaped.bottom)
    return Ink(*reach(line, face), *heights(line, face))


def heights(plain: str, face: Face) -> tuple[float, float]:
    """Return the highest and lowest ink of a prepared line known to be plain, in ems from its baseline."""
    known = font(face).boxes
    boxes = [known[one] for one in plain]
    return max([box[3] for box in boxes], default=0.0), min([box[1] for box in boxes], default=0.0)
