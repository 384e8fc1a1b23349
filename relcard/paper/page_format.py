"""The pages of a finished PDF as a printer must be told of them."""

from __future__ import annotations

from typing import NamedTuple

from pypdfium2 import PdfDocument
from pypdfium2 import raw

from relcard.paper.text.metrics import MM

_SIDES = {raw.DuplexFlipLongEdge: "two-sided-long-edge", raw.DuplexFlipShortEdge: "two-sided-short-edge"}


class PageFormat(NamedTuple):
    """Width and height of the first page in mm, and its sides as IPP names them (RFC 8011, 5.2.8)."""

    width: float
    height: float
    sides: str


def read_format(pdf: bytes) -> PageFormat:
    """Read the size of the first page, and which edge the document wants its sheets turned over."""
    document = PdfDocument(pdf)
    try:
        width, height = document.get_page_size(0)
        sides = _SIDES.get(raw.FPDF_VIEWERREF_GetDuplex(document.raw), "one-sided")
    finally:
        document.close()
    return PageFormat(width / MM, height / MM, sides)
