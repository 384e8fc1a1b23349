"""A picture of the pages of a PDF, laid side by side as on a table: for eyes, before paper is used."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from relcard.paper.text.faces import Face
from relcard.paper.text.faces import face_file

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image
    from pypdfium2 import PdfDocument

MOST = 12  # pages that still can be looked at together
_LONGEST = 2400  # pixels of the picture's longer side, about
_FINEST = 150 / 72  # pixels a point: what is finer shows no more on a screen
_SHAPE = 1.4  # width to height: a picture for a window or a terminal
_HOLE = 0.8  # how much an empty place counts against that shape
_TABLE, _EDGE, _WORDS, _PAPER = (226, 226, 226), (158, 158, 158), (96, 96, 96), (255, 255, 255)
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
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
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
        data=as_png(picture), width=picture.width, height=picture.height, shown=shown, left_out=total - shown
    )


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


def as_png(picture: Image) -> bytes:
    """Return a picture as a PNG that says it was made here, and nothing else."""
    from PIL.PngImagePlugin import PngInfo

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
    from pypdfium2 import raw

    told = raw.FPDF_VIEWERREF_GetDuplex(document.raw)
    return bool(told in (raw.DuplexFlipLongEdge, raw.DuplexFlipShortEdge))


def _lay_out(
    document: PdfDocument,
    sizes: list[tuple[float, float]],
    columns: int,
    scale: float,
    *,
    left_out: int,
) -> Image:
    """Paste the pages, one rendered at a time, each centred in a cell as large as the largest."""
    from PIL import Image
    from PIL import ImageDraw
    from PIL import ImageFont

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
