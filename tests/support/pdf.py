"""Read our PDFs back: their text, and which character stands where."""

from __future__ import annotations

from contextlib import closing
from ctypes import byref
from ctypes import c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
from pypdfium2 import raw

from relcard.domain.printing.imposition import Box

if TYPE_CHECKING:
    from pathlib import Path

POINTS = 72 / 25.4  # in a millimetre


@dataclass(frozen=True, slots=True)
class Glyph:
    character: str
    box: Box  # of its ink, mm from the top-left corner of the page


def page_texts(pdf: bytes | Path) -> list[str]:
    """Return the text of each page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [page.get_textpage() for page in document]
        return [page.get_text_range().replace("\r\n", "\n") for page in pages]


def pdf_text(pdf: bytes | Path) -> str:
    """Return the text of all pages."""
    return "\n".join(page_texts(pdf))


def read_glyphs(pdf: bytes) -> list[list[Glyph]]:
    """Return the characters of each page that leave ink, in the order of the text."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return [_glyphs_of(page) for page in document]


def _glyphs_of(page: pypdfium2.PdfPage) -> list[Glyph]:
    height = page.get_height()
    text = page.get_textpage()
    glyphs = []
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    for index in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, index))
        if character.isspace():
            continue
        assert raw.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(bottom), byref(top))
        box = Box(
            left.value / POINTS,
            (height - top.value) / POINTS,
            (right.value - left.value) / POINTS,
            (top.value - bottom.value) / POINTS,
        )
        glyphs.append(Glyph(character, box))
    return glyphs
