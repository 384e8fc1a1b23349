"""What can be printed and how wide it is; widths are millimetres, sizes are points.

A line of letters that a face draws one after the other is measured here; any other goes through `shaping`,
which finds fonts and shapes. A character that no font here has counts as missing.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from relcard.errors import InputError
from relcard.installation import bring_extra
from relcard.paper.text.characters import describe
from relcard.paper.text.characters import prepare
from relcard.paper.text.characters import stands_alone
from relcard.paper.text.font_files import Face
from relcard.paper.text.font_files import extra_for
from relcard.paper.text.font_files import face_file

if TYPE_CHECKING:
    from relcard.paper.text.shaping import ShapedLine

MM = 72 / 25.4  # points in a millimetre

_NAMES = {Face.SANS: "NotoSans", Face.SERIF: "EBGaramond"}


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
        box_in_ems = self[character] = (box[0] / em, box[1] / em, box[2] / em, box[3] / em)
        return box_in_ems


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
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  80 ms, which the help of print does without
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415  as above

    name = _NAMES[face]
    # A variable font is drawn as its default instance, which in both faces is the regular weight.
    loaded = TTFont(name, str(face_file(face)))
    pdfmetrics.registerFont(loaded)
    widths = loaded.face.charWidths
    advances = {chr(code): widths[code] / 1000 for code in loaded.face.charToGlyph if stands_alone(chr(code))}
    return Font(name, advances, frozenset(advances), _Boxes(loaded.face))


def remedy_for(characters: str) -> str:
    """Return the command that brings fonts for some of these characters, or "" when none does."""
    from fontTools.unicodedata import script  # noqa: PLC0415  20 ms, when something is refused

    # A sign that many scripts share, as the postal mark, belongs to none: the first that does decides.
    extra = next((extra for character in characters if (extra := extra_for(script(character)))), "")
    return bring_extra(extra) if extra else ""


def missing_glyphs(text: str, face: Face) -> str:
    """Return the characters of `text` that cannot be printed, each once, in order. Newlines are fine."""
    ready = prepare(text)
    if font(face).drawn.issuperset(ready.replace("\n", "")):
        return ""
    lost = ""
    for line in ready.split("\n"):
        line_or_missing = _shaped(line, face)
        if isinstance(line_or_missing, str):
            lost += line_or_missing
    return "".join(dict.fromkeys(lost))


def width_mm(text: str, face: Face, size_pt: float) -> float:
    """Return how far `text` moves the pen. Raises `GlyphError` where there is nothing to measure."""
    return advance(prepare(text), face) * size_pt / MM


def is_plain(prepared: str, face: Face) -> bool:
    """Tell whether a prepared line is drawn letter by letter in the face itself."""
    return font(face).drawn.issuperset(prepared)


def shaped_line(prepared: str, face: Face, language: str = "") -> ShapedLine:
    """Set a prepared line that is not plain. Raises `GlyphError`.

    A `language` chooses among the forms of Han characters; left out, the line itself tells.
    """
    shaped = _shaped(prepared, face, language)
    if isinstance(shaped, str):
        raise GlyphError(shaped[0], face)
    return shaped


def _shaped(prepared: str, face: Face, language: str = "") -> ShapedLine | str:
    from relcard.paper.text.shaping import set_line  # noqa: PLC0415  17 ms: plain letters need none of it

    return set_line(prepared, face, language)


def advance(prepared: str, face: Face, language: str = "") -> float:
    """Return how far a prepared line moves the pen, in ems. Raises `GlyphError`."""
    advances = font(face).advances
    try:
        return sum(map(advances.__getitem__, prepared))
    except KeyError:
        return shaped_line(prepared, face, language).width


def reach(prepared: str, face: Face, language: str = "") -> tuple[float, float]:
    """Return the leftmost and rightmost ink of a prepared line, in ems. Raises `GlyphError`."""
    known = font(face)
    advances = known.advances
    try:
        right = sum(map(advances.__getitem__, prepared))
    except KeyError:
        line = shaped_line(prepared, face, language)
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
        shaped = shaped_line(line, face, language)
        return Ink(shaped.left, shaped.right, shaped.top, shaped.bottom)
    return Ink(*reach(line, face), *heights(line, face))


def heights(plain: str, face: Face) -> tuple[float, float]:
    """Return the highest and lowest ink of a prepared line known to be plain, in ems from its baseline."""
    known = font(face).boxes
    boxes = [known[character] for character in plain]
    return max([box[3] for box in boxes], default=0.0), min([box[1] for box in boxes], default=0.0)
