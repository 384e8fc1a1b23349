"""Words in type: divided into lines, and set as large as the space lets them be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from relcard.domain.text import is_unspaced
from relcard.paper.text.characters import clusters
from relcard.paper.text.characters import prepare
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import TooWideError
from relcard.paper.text.metrics import advance
from relcard.paper.text.metrics import font
from relcard.paper.text.metrics import ink
from relcard.paper.text.metrics import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence


LEADING = 1.5  # in ems
_STEP_PT = 0.25
_ASCENT, _DESCENT = 0.9, 0.3  # in ems: what EB Garamond reaches, accents on capitals included; others more


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Words in type: their lines and size in points; what they reach up and down is in ems."""

    lines: tuple[str, ...]
    size_pt: float
    ascent: float = _ASCENT
    descent: float = _DESCENT

    @property
    def leading_mm(self) -> float:
        """From baseline to baseline."""
        return LEADING * self.size_pt / MM

    @property
    def ascent_mm(self) -> float:
        """From the first baseline to the top of its accents."""
        return self.ascent * self.size_pt / MM

    @property
    def height_mm(self) -> float:
        """From above the first line's accents to below the last line's tails; 0 without words."""
        if not self.lines:
            return 0.0
        return (len(self.lines) - 1) * self.leading_mm + (self.ascent + self.descent) * self.size_pt / MM


def set_words(
    text: str, width: float, height: float, sizes: tuple[float, float], face: Face = Face.SERIF
) -> Setting:
    """Set words as large as fits: first with the lines as written, then with lines divided evenly.

    Words that are too high at the smallest size come back so; the caller says by how much. Raises
    `TooWideError` for a word wider than the measure.
    """
    # Most cards of a run have the words of another. Only letters of the face itself are kept: what another
    # font makes of the rest depends on the fonts there are.
    setter = _set_plain if is_plain(prepare(text).replace("\n", ""), face) else _set
    return setter(text, width, height, sizes, face)


def _set(text: str, width: float, height: float, sizes: tuple[float, float], face: Face) -> Setting:
    if not text.strip():
        return Setting(lines=(), size_pt=sizes[0])
    largest, smallest = sizes
    steps = [largest - _STEP_PT * step for step in range(int((largest - smallest) / _STEP_PT) + 1)]
    written = text.count("\n") + 1
    divided = None
    for size_pt in steps:
        try:
            lines = wrap(text, face, size_pt, width)
        except TooWideError:
            if size_pt == steps[-1]:
                raise
            continue
        setting = _setting(lines, size_pt, face)
        if len(lines) == written and setting.height_mm <= height:
            return setting
        if divided is None and (setting.height_mm <= height or size_pt == steps[-1]):
            divided = setting
    assert divided is not None  # noqa: S101  the last step either raised or was kept
    return _setting(_even(text, divided, width, face), divided.size_pt, face)


_set_plain = lru_cache(maxsize=256)(_set)


def _setting(lines: Sequence[str], size_pt: float, face: Face) -> Setting:
    """Measure lines; another font found for a script may reach further than EB Garamond."""
    inks = [ink(line, face) for line in lines if not is_plain(line, face)]
    return Setting(
        lines=tuple(lines),
        size_pt=size_pt,
        ascent=max([_ASCENT, *(line_ink.top for line_ink in inks)]),
        descent=max([_DESCENT, *(-line_ink.bottom for line_ink in inks)]),
    )


def _even(text: str, setting: Setting, width: float, face: Face) -> tuple[str, ...]:
    """Return each paragraph in as many lines as it has, of lengths as equal as can be."""
    limit = width * MM / setting.size_pt
    return tuple(
        line
        for paragraph in prepare(text).split("\n")
        for line in _balanced(paragraph, face, limit, setting.size_pt)
    )


_AFTER_COMMA = -0.05  # what a line's end counts, beside the square of what it misses of the middle length
_AFTER_ONE_LETTER = 1.0  # in all languages: "i", "w" and "z" are only the worst of them
_INSIDE_WORD = 0.1  # of Japanese, which has no spaces
_COMMAS = ",、，،"


def _balanced(paragraph: str, face: Face, limit: float, size_pt: float) -> list[str]:
    """Divide a paragraph into no more lines than it needs, so that their lengths differ least.

    A line rather ends behind a comma than not, and behind a word of one letter only where it must.
    """
    words = [*_words(paragraph, face, limit, size_pt, break_words=False)]
    count = len(wrap(paragraph, face, size_pt, limit * size_pt / MM))
    if count < 2:
        return [_joined(words)]
    space = font(face).advances[" "]
    widths = [len(glue) * space + advance(word, face) for glue, word in words]
    middle = sum(widths) / count
    # By line, and by the word it ends before: how uneven all lines up to it are, and where it began.
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for _ in range(count):
        ends: dict[int, tuple[float, int]] = {}
        for start, (uneven, _) in best[-1].items():
            wide = -len(words[start][0]) * space if start < len(words) else 0.0
            for end in range(start + 1, len(words) + 1):
                wide += widths[end - 1]
                if wide > limit and end > start + 1:
                    break
                total = uneven + ((wide - middle) / limit) ** 2
                total += _end_counts(words[end - 1][1], words[end][1]) if end < len(words) else 0.0
                if end not in ends or total < ends[end][0]:
                    ends[end] = (total, start)
        best.append(ends)
    lines: list[str] = []
    end = len(words)
    for ends in reversed(best[1:]):
        start = ends[end][1]
        lines.insert(0, _joined(words[start:end]))
        end = start
    return lines


def _end_counts(word: str, following: str) -> float:
    """Return what it counts to end a line behind a word; in Japanese best behind kana that ends one."""
    if word[-1] in _COMMAS:
        return _AFTER_COMMA
    if is_unspaced(word[-1]) and is_unspaced(following[0]):
        return 0.0 if _is_hiragana(word[-1]) and not _is_hiragana(following[0]) else _INSIDE_WORD
    return _AFTER_ONE_LETTER if len(word) == 1 and word.isalpha() else 0.0


def _is_hiragana(letter: str) -> bool:
    return "\u3041" <= letter <= "\u309f"


def _joined(words: Sequence[tuple[str, str]]) -> str:
    return "".join(glue + word for glue, word in words).removeprefix(" ")


# Not at the beginning of a line (JIS X 4051): closing signs, small kana, marks of repetition.
_NOT_FIRST = (
    "、。，．・：；？！゛゜ー」』）】〕〉》］｝々ヽヾゝゞ,.:;?!)]}»”’"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_NOT_LAST = "「『（【〔〈《［｛([{«“‘"


def wrap(text: str, face: Face, size_pt: float, width_mm: float, *, break_words: bool = False) -> list[str]:
    """Divide `text` into lines of at most `width_mm`, at spaces; a newline in the text begins a line.

    A word wider than a whole line raises `TooWideError`, or with `break_words` is divided between letters;
    Chinese and Japanese may be divided between any two characters that bear it. Spaces at either end of a
    line are dropped; an empty paragraph is an empty line. Raises `GlyphError`.
    """
    limit = width_mm * MM / size_pt  # in ems
    space = font(face).advances[" "]
    lines = []
    for paragraph in prepare(text).split("\n"):
        line = ""
        used = 0.0
        for glue, word in _words(paragraph, face, limit, size_pt, break_words=break_words):
            wide = advance(word, face)
            if line and used + len(glue) * space + wide <= limit:
                line += glue + word
                used += len(glue) * space + wide
            else:
                if line:
                    lines.append(line)
                line = word
                used = wide
        lines.append(line)
    return lines


def _words(
    paragraph: str, face: Face, limit: float, size_pt: float, *, break_words: bool
) -> Iterator[tuple[str, str]]:
    """Yield what must stay together, each with what joins it to the one before: a space or nothing."""
    for spaced in paragraph.split(" "):
        glue = " "
        for word in divisible(spaced):
            wide = advance(word, face)
            if wide <= limit:
                if word:
                    yield glue, word
            elif break_words:
                for piece in _pieces(word, face, limit):
                    yield glue, piece
                    glue = ""
            else:
                raise TooWideError(word, (wide - limit) * size_pt / MM, size_pt)
            glue = ""


def divisible(word: str) -> Iterator[str]:
    """Divide a word where Chinese or Japanese may be divided."""
    if not word or max(word) < "\u2e80":
        yield word
        return
    piece = ""
    for letter in clusters(word):
        if (
            piece
            and (is_unspaced(letter[0]) or is_unspaced(piece[-1]))
            and letter[0] not in _NOT_FIRST
            and piece[-1] not in _NOT_LAST
        ):
            yield piece
            piece = ""
        piece += letter
    yield piece


def _pieces(word: str, face: Face, limit: float) -> Iterator[str]:
    piece = ""
    for letter in word if is_plain(word, face) else clusters(word):
        if piece and advance(piece + letter, face) > limit:
            yield piece
            piece = ""
        piece += letter
    yield piece
