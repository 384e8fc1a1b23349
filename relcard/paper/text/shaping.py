"""Lines that cannot be drawn letter by letter: joined, stacked, right to left, or in a font found elsewhere.

A line goes through five steps: the direction of each character, a font for each cluster (a letter and its
marks), runs of one font, direction and script, shaping by HarfBuzz, and glyphs in their places from left to
right. What comes out does not depend on the size it will have.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from functools import lru_cache
from itertools import filterfalse
from itertools import groupby
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import NamedTuple

import uharfbuzz
from fontTools.unicodedata import script as script_of

from relcard.paper.text.bidi import levels
from relcard.paper.text.bidi import mirrored
from relcard.paper.text.bidi import visual_order
from relcard.paper.text.characters import clusters
from relcard.paper.text.characters import is_silent
from relcard.paper.text.font_files import Face
from relcard.paper.text.font_files import FontFile
from relcard.paper.text.font_files import Sought
from relcard.paper.text.font_files import candidates
from relcard.paper.text.font_files import face_file
from relcard.paper.text.font_files import places
from relcard.paper.text.glyphs import Glyphs
from relcard.paper.text.glyphs import Part
from relcard.paper.text.glyphs import UnusableFontError

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT = 8192  # set lines remembered: the labels of a large run are measured first and drawn after
_PATIENCE = 6  # characters of one script that the system's fonts were asked for in vain
_SHARED = {"Zyyy", "Zinh"}  # signs and marks used with many scripts
_LANGUAGES = {
    "Arab": "ar",
    "Hebr": "he",
    "Thai": "th",
    "Deva": "hi",
    "Hang": "ko",
    "Hira": "ja",
    "Kana": "ja",
}
_COUNTRIES = {
    "JP": "ja",
    "KR": "ko",
    "CN": "zh-Hans",
    "SG": "zh-Hans",
    "TW": "zh-Hant",
    "HK": "zh-Hant",
    "MO": "zh-Hant",
}


@dataclass(frozen=True, slots=True)
class ShapedLine:
    """A line ready to be drawn; lengths in ems from its origin. `used` are the signs in it, font by font."""

    width: float
    left: float
    right: float
    top: float
    bottom: float
    operators: str  # of PDF, for a text object scaled to the size
    used: tuple[tuple[Glyphs, frozenset[int]], ...]


class _Run(NamedTuple):
    start: int
    end: int
    font: Glyphs
    script: str
    level: int


def language_of(text: str, country: str = "") -> str:
    """Return the language whose forms of Han characters suit a text, "" where it has none.

    Kana and Hangul tell; a country (ISO 3166, two letters) comes next; else the national character set
    that has all of its characters, Japanese first.
    """
    scripts = {script_of(character) for character in text if ord(character) > 0x2E7F}
    if scripts & {"Hira", "Kana"}:
        return "ja"
    if "Hang" in scripts:
        return "ko"
    if "Bopo" in scripts:
        return "zh-Hant"
    if "Hani" not in scripts:
        return ""
    if country.upper() in _COUNTRIES:
        return _COUNTRIES[country.upper()]
    han = "".join(character for character in text if script_of(character) == "Hani")
    for language, encoding in (("ja", "euc_jis_2004"), ("zh-Hans", "gb2312"), ("zh-Hant", "big5")):
        try:
            han.encode(encoding)
        except UnicodeEncodeError:
            continue
        return language
    return "ja"


def set_line(prepared: str, face: Face, language: str = "") -> ShapedLine | str:
    """Set a prepared line, or return the characters no font here has, each once and in order.

    `language` chooses among the forms of Han characters; left out, the line itself tells.
    """
    return _set(prepared, face, language or language_of(prepared), places())


def forget() -> None:
    """Let go of every font and line; the next line looks for its fonts anew."""
    _set.cache_clear()
    _wardrobe.cache_clear()


@lru_cache(maxsize=_KEPT)
def _set(prepared: str, face: Face, language: str, where: str) -> ShapedLine | str:
    fonts = _fonts(prepared, face, language, where)
    if isinstance(fonts, str):
        return fonts
    runs = list(_runs(prepared, fonts))
    out = _Writer()
    for turn in visual_order([run.level for run in runs]):
        for place, advance in _shape(prepared, runs[turn], language):
            out.write(runs[turn].font, place, advance)
    return out.line()


class _Wardrobe:
    """The fonts opened so far for one list of places to look in."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._open: dict[FontFile, Glyphs | None] = {}
        self._chosen: dict[tuple[str, Sought], Glyphs | None] = {}
        self._in_vain: dict[str, int] = {}

    def font(self, file: FontFile) -> Glyphs | None:
        """Open a font once; None when it cannot be used."""
        if file not in self._open:
            try:
                self._open[file] = Glyphs(file)
            except UnusableFontError:
                self._open[file] = None
        return self._open[file]

    def base(self, face: Face) -> Glyphs:
        """Return a packaged face."""
        font = self.font(FontFile(face_file(face)))
        assert font is not None  # noqa: S101  it came with the program
        return font

    def keep(self, before: Glyphs | None, sign: str, face: Face) -> Glyphs | None:
        """Return the font of the letters before, for a sign of many scripts that the face lacks, or None.

        A comma of the script before it suits it better than one of another font; a space or a digit that the
        face has stays with the face.
        """
        if before is None or has(self.base(face), sign) or not has(before, sign):
            return None
        return before

    def choose(self, cluster: str, script: str, face: Face, language: str) -> Glyphs | None:
        """Return the font for a letter and its marks: the face, the packaged ones, then what is found."""
        wanted = Sought(cluster[0], script, language if script in _HAN or script in _SHARED else "", face)
        key = (cluster, wanted)
        if key not in self._chosen:
            self._chosen[key] = self._look(cluster, wanted)
        return self._chosen[key]

    def _look(self, cluster: str, wanted: Sought) -> Glyphs | None:
        for face in (wanted.face, Face.SANS):
            if has(self.base(face), cluster):
                return self.base(face)
        if self._in_vain.get(wanted.script, 0) >= _PATIENCE:
            return None
        language = wanted.language or _LANGUAGES.get(wanted.script, "")
        wanted = Sought(wanted.character, wanted.script, language, wanted.face)
        for file in candidates(self._where, wanted):
            font = self.font(file)
            if font and has(font, cluster):
                return font
        self._in_vain[wanted.script] = self._in_vain.get(wanted.script, 0) + 1
        return None


_HAN = {"Hani", "Hira", "Kana", "Bopo", "Hang"}


@cache
def _wardrobe(where: str) -> _Wardrobe:
    return _Wardrobe(where)


def has(font: Glyphs, cluster: str) -> bool:
    """Tell whether a font has every character of a cluster."""
    return all(font.place_of(character) or is_silent(character) for character in cluster)


def _fonts(line: str, face: Face, language: str, where: str) -> list[tuple[str, Glyphs]] | str:
    """Return the clusters of a line, each with its font, or the characters that have none."""
    wardrobe = _wardrobe(where)
    parts: list[tuple[str, Glyphs]] = []
    lost = ""
    before: Glyphs | None = None
    for part in clusters(line):
        script = script_of(part[0])
        font = wardrobe.keep(before, part, face) if script in _SHARED else None
        font = font or wardrobe.choose(part, script, face, language)
        if font:
            parts.append((part, font))
        else:
            lost += part if len(part) == 1 else "".join(filterfalse(is_silent, part))
        before = font
    return "".join(dict.fromkeys(lost)) or parts


def _runs(line: str, parts: list[tuple[str, Glyphs]]) -> Iterator[_Run]:
    """Join clusters of one font, script and level; signs of many scripts go with the letters before them."""
    level_of = levels(line)
    scripts = [script_of(part[0]) for part, _ in parts]
    known = next((script for script in scripts if script not in _SHARED), "Zyyy")
    for place, script in enumerate(scripts):
        scripts[place] = known = known if script in _SHARED else script
    start = 0
    waiting: _Run | None = None
    for (part, font), script in zip(parts, scripts, strict=True):
        run = _Run(start, start + len(part), font, script, level_of[start])
        start = run.end
        if waiting and waiting[2:] == run[2:]:
            waiting = waiting._replace(end=run.end)
            continue
        if waiting:
            yield waiting
        waiting = run
    if waiting:
        yield waiting


def _shape(line: str, run: _Run, language: str) -> Iterator[tuple[int, int]]:
    """Yield a run from left to right: the place of each sign and what it moves the pen, in font units."""
    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints([ord(character) for character in line[run.start : run.end]])
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    buffer.script = run.script if run.script not in _SHARED else "Zyyy"
    buffer.language = language if run.script in _HAN and language else _LANGUAGES.get(run.script, "und")
    uharfbuzz.shape(run.font.font, buffer)
    shaped = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    starts = sorted({info.cluster for info, _ in shaped})
    ends = dict(pairwise([*starts, run.end - run.start]))
    for cluster, group in groupby(shaped, key=lambda pair: pair[0].cluster):
        text = line[run.start + cluster : run.start + ends[cluster]]
        if run.level % 2:
            # Those who read a page from the right turn brackets themselves: they want the sign that is seen.
            text = mirrored(text)
        pen = 0
        parts = []
        for info, position in group:
            parts.append(Part(info.codepoint, pen + position.x_offset, position.y_offset))
            pen += position.x_advance
        yield run.font.sign(tuple(parts), text, pen), pen


class _Writer:
    """Writes signs as PDF text operators at a size of 1 and measures them."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._array: list[str] = []
        self._hex: list[str] = []
        self._font: Glyphs | None = None
        self._used: dict[Glyphs, set[int]] = {}
        self._pen = 0.0  # where the next sign should stand, in thousandths of an em
        self._at = 0.0  # where the reader of the document takes it to be
        self._box = [0.0, 0.0, 0.0, 0.0]  # of ink: left, bottom, right, top, in ems

    def write(self, font: Glyphs, place: int, advance: int) -> None:
        if font is not self._font:
            self._flush()
            self._font = font
            self._out.append(f"/{font.name} 1 Tf")
        self._used.setdefault(font, set()).add(place)
        sign = font.signs[place]
        if abs(self._pen - self._at) > 0.5:
            self._flush_hex()
            self._array.append(f"{self._at - self._pen:.6g}")
            self._at = self._pen
        if sign.box:
            x = self._at / 1000
            left, bottom, right, top = sign.box
            known = self._box
            known[0] = min(known[0], x + left)
            known[1] = min(known[1], bottom)
            known[2] = max(known[2], x + right)
            known[3] = max(known[3], top)
        self._hex.append(f"{place:04X}")
        self._at += sign.width
        self._pen += advance * 1000 / font.em

    def _flush_hex(self) -> None:
        if self._hex:
            self._array.append(f"<{''.join(self._hex)}>")
            self._hex = []

    def _flush(self) -> None:
        self._flush_hex()
        if self._array:
            self._out.append(f"[{''.join(self._array)}]TJ")
            self._array = []

    def line(self) -> ShapedLine:
        self._flush()
        width = self._pen / 1000
        left, bottom, right, top = self._box
        return ShapedLine(
            width,
            left,
            max(right, width),
            top,
            bottom,
            " ".join(self._out),
            tuple((font, frozenset(places)) for font, places in self._used.items()),
        )
