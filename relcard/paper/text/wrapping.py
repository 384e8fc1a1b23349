"""Dividing text into lines: at spaces, and between Chinese and Japanese characters, which have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.text import is_unspaced
from relcard.paper.text.characters import clusters
from relcard.paper.text.characters import prepare
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import TooWideError
from relcard.paper.text.metrics import advance
from relcard.paper.text.metrics import font
from relcard.paper.text.metrics import is_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from relcard.paper.text.font_files import Face

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
        for word in _divisible(spaced):
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


def _divisible(word: str) -> Iterator[str]:
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
