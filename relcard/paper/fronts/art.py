"""What a front is drawn with: vector art and pictures, in the document once however many cards carry them."""

from __future__ import annotations

import hashlib
import math
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

from relcard.paper.fronts.photos import Photo
from relcard.paper.fronts.photos import fit_photo
from relcard.paper.fronts.photos import open_photo
from relcard.paper.fronts.svg import Drawing
from relcard.paper.fronts.svg import read_svg
from relcard.paper.fronts.svg import svg_bytes
from relcard.paper.text.metrics import MM

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

    from relcard.domain.printing.imposition import Box
    from relcard.paper.fronts.svg import ShapeStyle
    from relcard.paper.fronts.svg_shapes import Segment
    from relcard.paper.text.canvas import Sheet

Art = Drawing | Photo


def load_art(path: Path) -> Art:
    """Read a design's art. Raises `FileError` for a drawing or picture that cannot be used."""
    if path.suffix.lower() != ".svg":
        return open_photo(path)
    return _drawing(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _drawing(path: Path, _stamp: int) -> Drawing:
    return read_svg(svg_bytes(path), path.name)


def draw_drawing(
    sheet: Sheet, drawing: Drawing, box: Box, *, mirrored: bool = False, upside_down: bool = False
) -> None:
    """Draw vector art so that it fills `box`, whose shape is the art's own."""
    canvas = sheet.canvas
    form = f"art-{drawing.digest}"
    if not canvas.hasForm(form):
        right, bottom = drawing.left + drawing.width, drawing.top + drawing.height
        bounds: Any = (drawing.left, drawing.top, right, bottom)  # what lies outside it is not drawn
        canvas.beginForm(form, *bounds)
        _paint(canvas, drawing)
        canvas.endForm(Resources=_resources(canvas))
    across, down = box.width / drawing.width * MM, box.height / drawing.height * MM
    x, y = sheet.point(box.right if mirrored else box.x, box.bottom if upside_down else box.y)
    across, down = (-across if mirrored else across), (down if upside_down else -down)
    canvas.saveState()
    canvas.transform(across, 0, 0, down, x - across * drawing.left, y - down * drawing.top)
    canvas.doForm(form)
    canvas.restoreState()


def draw_photo(sheet: Sheet, photo: Photo, box: Box) -> None:
    """Draw a picture, cut to the shape of `box`."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415  80 ms, which the help of print does without

    canvas = sheet.canvas
    fitted = fit_photo(photo, round(box.width, 2), round(box.height, 2))
    form = f"photo-{hashlib.sha256(fitted.data).hexdigest()[:16]}"
    if not canvas.hasForm(form):
        canvas.beginForm(form, 0, 0, 1, 1)
        canvas.drawImage(ImageReader(BytesIO(fitted.data)), 0, 0, 1, 1)
        canvas.endForm()
    canvas.saveState()
    canvas.transform(box.width * MM, 0, 0, box.height * MM, *sheet.point(box.x, box.bottom))
    canvas.doForm(form)
    canvas.restoreState()


def clip(sheet: Sheet, box: Box) -> None:
    """Keep what is drawn from now on within `box`, until the state of the canvas is restored."""
    path = sheet.canvas.beginPath()
    path.rect(*sheet.point(box.x, box.bottom), box.width * MM, box.height * MM)
    sheet.canvas.clipPath(path, stroke=0, fill=0)


def _resources(canvas: Canvas) -> object:
    """Return what a form draws with; left to itself, ReportLab forgets the opacities of a form."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary  # noqa: PLC0415  as above
    from reportlab.pdfbase.pdfdoc import PDFResourceDictionary  # noqa: PLC0415  as above

    resources: Any = PDFResourceDictionary()
    resources.basicFonts()
    resources.allProcs()
    # There is no public way to ask. Without an opacity it is None, which ReportLab would write as a word.
    resources.ExtGState = vars(canvas)["_extgstate"].getState() or PDFDictionary({})
    return resources


def _paint(canvas: Canvas, drawing: Drawing) -> None:
    for shape, path in zip(drawing.shapes, _paths(drawing), strict=True):
        canvas.saveState()
        canvas.transform(*shape.matrix)
        _take_inks(canvas, shape.style)
        style = shape.style
        canvas.drawPath(
            path,
            stroke=int(style.stroke is not None and style.width > 0),
            fill=int(style.fill is not None),
            fillMode=0 if style.even_odd else 1,
        )
        canvas.restoreState()


def _take_inks(canvas: Canvas, style: ShapeStyle) -> None:
    if style.fill is not None:
        canvas.setFillColorRGB(*style.fill)
        alpha = style.fill_opacity * style.opacity
        if not math.isclose(alpha, 1):
            canvas.setFillAlpha(alpha)
    if style.stroke is not None:
        canvas.setStrokeColorRGB(*style.stroke)
        canvas.setLineWidth(style.width)
        canvas.setLineCap(style.cap)
        canvas.setLineJoin(style.join)
        canvas.setMiterLimit(style.miter)
        alpha = style.stroke_opacity * style.opacity
        if not math.isclose(alpha, 1):
            canvas.setStrokeAlpha(alpha)


@lru_cache(maxsize=32)
def _paths(drawing: Drawing) -> list[PDFPathObject]:
    """Return the outlines of a drawing's shapes as ReportLab's paths: half the work of a card with art."""
    return [_traced(shape.outline) for shape in drawing.shapes]


def _traced(segments: Iterable[Segment]) -> PDFPathObject:
    from reportlab.pdfgen.pathobject import PDFPathObject  # noqa: PLC0415  as above

    draw = PDFPathObject()
    for segment in segments:
        if not segment:
            draw.close()
        elif len(segment) == 1:
            draw.moveTo(*segment[0])
        elif len(segment) == 2:
            draw.lineTo(*segment[1])
        else:
            draw.curveTo(*(value for point in segment for value in point))
    return draw
