"""Pictures to look at before paper is used: the pages of a PDF side by side, and fronts as printed."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont
from PIL.PngImagePlugin import PngInfo
from pypdfium2 import PdfDocument
from pypdfium2 import raw

from relcard.domain.printing.imposition import Box
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.font_files import face_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.front import Front

MOST = 12  # pages that still can be looked at together
_LONGEST = 2400  # pixels of the picture's longer side, about
_FINEST = 150 / 72  # pixels a point: what is finer shows no more on a screen
_SHAPE = 1.4  # width to height: a picture for a window or a terminal
_HOLE = 0.8  # how much an empty place counts against that shape
_TABLE, _EDGE, _WORDS, _PAPER = (226, 226, 226), (158, 158, 158), (96, 96, 96), (255, 255, 255)
_DPI = 110  # of a front
_ALONE = Lock()  # of two threads in PDFium at once both fall, and the process with them
_CARD_TABLE, _CARD_EDGE, _NAME_GREY = 0.93, 0.8, 0.3  # greys
_CARD_GAP, _CARD_NAME = 9.0, 9.0  # mm between fronts, and for the name beneath one
_WIDE = 1.5  # width to height of a sheet of fronts, about
_MARK = b"Software\0relcard"  # a tEXt chunk of PNG (PNG specification, 11.3.4.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheet:
    """A PNG of `shown` pages, `width` and `height` in pixels; `left_out` pages are in the PDF alone."""

    data: bytes
    width: int
    height: int
    shown: int
    left_out: int


def contact_sheet(pdf: bytes, *, most: int = MOST) -> ContactSheet:
    """Draw the first pages of a PDF side by side, each with its number.

    Where paper is printed on both sides, a page and its back stand in the same row.
    """
    document = PdfDocument(pdf)
    try:
        total = len(document)
        shown = min(total, most)
        sizes = [document.get_page_size(index) for index in range(shown)]
        cell_w, cell_h = max(size[0] for size in sizes), max(size[1] for size in sizes)
        columns = _columns(shown, cell_w, cell_h, in_pairs=_is_two_sided(document))
        rows = math.ceil(shown / columns)
        longest = max(columns * cell_w, rows * cell_h)
        scale = min(_FINEST, 0.92 * _LONGEST / longest)
        picture = _lay_out(document, sizes, columns, scale, left_out=total - shown)
    finally:
        document.close()
    return ContactSheet(
        data=_as_png(picture), width=picture.width, height=picture.height, shown=shown, left_out=total - shown
    )


def number_of_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with _ALONE:
        document = PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_picture(pdf: bytes, number: int) -> bytes:
    """Return a page of a PDF, from 1, as a PNG. Raises `IndexError` for one that it has not."""
    with _ALONE:
        document = PdfDocument(pdf)
        try:
            if not 1 <= number <= len(document):
                raise IndexError(number)
            return _as_png(document[number - 1].render(scale=_DPI / 72).to_pil())
        finally:
            document.close()


def front_picture(front: Front, size: CardSize) -> bytes:
    """Return one front as a PNG of its own shape."""
    sheet = new_canvas(size.panel_w, size.panel_h, title="Design", face=Face.SERIF)
    front.draw(sheet)
    return page_picture(sheet.to_bytes(), 1)


def fronts_picture(fronts: Sequence[tuple[str, Front]], size: CardSize) -> bytes:
    """Return fronts side by side on one PNG, each with its name beneath, at half their size."""
    scale = 0.5
    width, height = size.panel_w * scale, size.panel_h * scale
    cell_w, cell_h = width + _CARD_GAP, height + _CARD_GAP + _CARD_NAME
    columns = max(1, min(len(fronts), round(math.sqrt(len(fronts) * _WIDE * cell_h / cell_w))))
    rows = max(1, math.ceil(len(fronts) / columns))
    page_w, page_h = columns * cell_w + _CARD_GAP, rows * cell_h + _CARD_GAP
    sheet = new_canvas(page_w, page_h, title="Designs", face=Face.SERIF)
    sheet.rect(Box(0, 0, page_w, page_h), width_pt=0, fill=_CARD_TABLE)
    for place, (name, front) in enumerate(fronts):
        x = _CARD_GAP + place % columns * cell_w
        y = _CARD_GAP + place // columns * cell_h
        sheet.rect(Box(x, y, width, height), width_pt=0.3, grey=_CARD_EDGE, fill=1)
        with sheet.panel(Box(x, y, width, height)):
            sheet.canvas.scale(scale, scale)
            with sheet.panel(Box(0, height - size.panel_h, size.panel_w, size.panel_h)):
                front.draw(sheet)
        sheet.text(
            x + width / 2, y + height + 5.5, name, TextStyle(Face.SANS, 8, grey=_NAME_GREY), align="centre"
        )
    return page_picture(sheet.to_bytes(), 1)


def may_be_replaced(place: Path) -> bool:
    """Whether a new picture may stand there: nothing does, or one that was made here; a photo stays."""
    if not os.path.lexists(place):
        return True
    if not os.path.isfile(place):  # noqa: PTH113  to read a pipe is to wait for ever
        return False
    try:
        with place.open("rb") as file:
            beginning = file.read(200)
    except OSError:
        return False
    return beginning.startswith(b"\x89PNG") and _MARK in beginning


def _as_png(picture: Image.Image) -> bytes:
    """Return a picture as a PNG that says it was made here, and nothing else."""
    told = PngInfo()
    told.add_text("Software", "relcard")
    out = BytesIO()
    picture.save(out, "PNG", pnginfo=told, compress_level=6)
    return out.getvalue()


def _columns(pages: int, cell_w: float, cell_h: float, *, in_pairs: bool) -> int:
    """Return how many pages stand side by side so that the whole has a pleasant shape and few holes."""

    def badness(columns: int) -> float:
        rows = math.ceil(pages / columns)
        shape = columns * cell_w / (rows * cell_h)
        return abs(math.log(shape / _SHAPE)) + _HOLE * (rows * columns - pages) / columns

    step = 2 if in_pairs and pages > 1 else 1
    return min(range(step, pages + 1, step), key=badness)


def _is_two_sided(document: PdfDocument) -> bool:
    told = raw.FPDF_VIEWERREF_GetDuplex(document.raw)
    return bool(told in (raw.DuplexFlipLongEdge, raw.DuplexFlipShortEdge))


def _lay_out(
    document: PdfDocument,
    sizes: list[tuple[float, float]],
    columns: int,
    scale: float,
    *,
    left_out: int,
) -> Image.Image:
    """Paste the pages, one rendered at a time, each centred in a cell as large as the largest."""
    cell_w = math.ceil(max(size[0] for size in sizes) * scale)
    cell_h = math.ceil(max(size[1] for size in sizes) * scale)
    rows = math.ceil(len(sizes) / columns)
    letters = max(16, min(28, round(0.035 * cell_h)))
    gap, caption = round(1.6 * letters), round(2.8 * letters)
    font = ImageFont.truetype(str(face_file(Face.SANS)), letters)
    more = f"and {left_out} more" if left_out else ""

    width = columns * (cell_w + gap) + gap
    height = rows * (cell_h + caption) + gap + (caption if more else 0)
    picture = Image.new("RGB", (width, height), _TABLE)
    pen = ImageDraw.Draw(picture)
    for index, (page_w, page_h) in enumerate(sizes):
        row, column = divmod(index, columns)
        left = gap + column * (cell_w + gap) + round((cell_w - page_w * scale) / 2)
        top = gap + row * (cell_h + caption) + round((cell_h - page_h * scale) / 2)
        page = document[index]
        image = page.render(scale=scale).to_pil().convert("RGB")
        page.close()
        picture.paste(image, (left, top))
        pen.rectangle((left - 1, top - 1, left + image.width, top + image.height), outline=_EDGE)
        below = (left + image.width / 2, top + image.height + 0.5 * letters)
        pen.text(below, str(index + 1), fill=_WORDS, font=font, anchor="ma")
    if more:
        pen.text((width / 2, height - caption - 0.3 * letters), more, fill=_WORDS, font=font, anchor="ma")
    return picture
