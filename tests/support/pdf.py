"""Read our PDFs back."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2

if TYPE_CHECKING:
    from pathlib import Path


def page_texts(pdf: bytes | Path) -> list[str]:
    """Return the text of each page."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = [page.get_textpage() for page in document]
        return [page.get_text_range().replace("\r\n", "\n") for page in pages]


def pdf_text(pdf: bytes | Path) -> str:
    """Return the text of all pages."""
    return "\n".join(page_texts(pdf))
