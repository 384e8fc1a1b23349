"""Read our PDFs back: which character stands where."""

from __future__ import annotations

from ctypes import byref
from ctypes import c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pypdfium2 import raw

from relcard.domain.printing.imposition import Box

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

POINTS = 72 / 25.4


@pytest.fixture(scope="session", autouse=True)
def packaged_fonts() -> Iterator[None]:
    """Let no test see a font that came not with the program, whatever the computer has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELCARD_FONTS", "packaged")
        yield


@pytest.fixture
def every_script(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test see the fonts of the extras, and none of the system."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")


@dataclass(frozen=True, slots=True)
class Glyph:
    character: str
    box: Box  # of its ink, mm from the top-left corner of the page


def _glyphs(data: bytes) -> list[list[Glyph]]:
    document = pypdfium2.PdfDocument(data)
    pages = []
    for page in document:
        height = page.get_height()
        text = page.get_textpage()
        found = []
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        for index in range(text.count_chars()):
            character = chr(raw.FPDFText_GetUnicode(text, index))
            if character.isspace():
                continue
            assert raw.FPDFText_GetCharBox(text, index, byref(left), byref(right), byref(bottom), byref(top))
            found.append(
                Glyph(
                    character,
                    Box(
                        left.value / POINTS,
                        (height - top.value) / POINTS,
                        (right.value - left.value) / POINTS,
                        (top.value - bottom.value) / POINTS,
                    ),
                )
            )
        text.close()
        page.close()
        pages.append(found)
    document.close()
    return pages


def _words(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(text.get_text_range().replace("\r\n", "\n"))
        text.close()
        page.close()
    document.close()
    return found


@pytest.fixture(scope="session")
def glyphs() -> Callable[[bytes], list[list[Glyph]]]:
    """Return the reader of a PDF's characters and their ink, page by page."""
    return _glyphs


@pytest.fixture(scope="session")
def words() -> Callable[[bytes], list[str]]:
    """Return the reader of a PDF's text, page by page."""
    return _words
