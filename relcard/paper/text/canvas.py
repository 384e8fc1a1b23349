"""The canvas: a thin layer over ReportLab in millimetres from the top-left corner; sizes are points.

People's words are drawn one string at a time and never as markup, so `&`, `<` and `'` are plain text. What
the face cannot print is never drawn: the last guard raises `GlyphError`.
"""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple
from typing import cast

from relcard.paper.text.characters import prepare
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import advance
from relcard.paper.text.metrics import font
from relcard.paper.text.metrics import is_plain
from relcard.paper.text.metrics import shaped_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from reportlab.pdfbase.pdfdoc import PDFDocument
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

    from relcard.domain.printing.imposition import Box
    from relcard.domain.printing.printer import Printer
    from relcard.paper.text.glyphs import Glyphs
    from relcard.paper.text.shaping import ShapedLine

Align = Literal["left", "centre", "right"]
Duplex = Literal["long", "short"]
# Of pages of addresses, whose names have the languages of half the world: a reader keeps to its own voice.
# PDF 32000-1, 14.9.2, takes any tag of RFC 3066, and "und" is the one for a language that is not determined.
NO_LANGUAGE = "und"
_PDF = (1, 7)  # the first version that knows Duplex (PDF 32000-1, table 150)


class TextStyle(NamedTuple):
    """How a line is drawn: its face, its size in points, and its ink.

    `grey` is 0 for black, 1 for paper; a `colour` (red, green, blue, each 0 to 1) takes its place. `language`
    chooses among the forms of Han characters.
    """

    face: Face
    size_pt: float
    grey: float = 0
    colour: tuple[float, float, float] | None = None
    language: str = ""


def new_canvas(
    page_w_mm: float,
    page_h_mm: float,
    *,
    title: str,
    duplex: Duplex | None = None,
    face: Face = Face.SANS,
    printer: Printer | None = None,
    language: str = "en",
) -> Sheet:
    """Start a document of pages this size; `duplex` names the edge a two-sided printer turns the paper over.

    `language` (BCP 47) is that of most of its words, for whoever has it read aloud: English for the program's
    own words, as on crib and guides, that of the words for cards, `NO_LANGUAGE` where it is addresses.

    The same drawing gives the same bytes. `face` is the one a page starts with; only faces drawn with, and
    this one, are in the file. The document asks the print dialogue not to scale. Every page is moved as the
    `printer` needs it, and drawn as though it were not.
    """
    from reportlab import rl_config  # noqa: PLC0415  80 ms, which the help of print does without
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415  as above

    rl_config.useA85 = 0  # the text encoding is five quarters the size and many times the work
    out = BytesIO()
    canvas = Canvas(
        out,
        pagesize=(page_w_mm * MM, page_h_mm * MM),
        invariant=1,
        pageCompression=1,
        pdfVersion=_PDF,
        lang=language,
        # The default names Helvetica and does not embed it. (The published types say a number; it is a name.)
        initialFontName=font(face).name,  # type: ignore[arg-type]
    )
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator("relcard")
    canvas.setViewerPreference("PrintScaling", "None")
    if duplex:
        canvas.setViewerPreference(
            "Duplex", {"long": "DuplexFlipLongEdge", "short": "DuplexFlipShortEdge"}[duplex]
        )
    return Sheet(canvas, out, page_h_mm, printer if printer and printer.moves else None)


class _Codes(dict[str, str]):
    """What stands for each letter of a face in a document's text; `LookupError` beyond the first 256.

    ReportLab gives each letter its code when it is first drawn, and embeds those alone. Asked once a letter
    and not once a line, it takes two thirds of the time.
    """

    def __init__(self, face: Face, document: PDFDocument) -> None:
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  80 ms, which the help of print does without

        super().__init__()
        self._font = cast("TTFont", pdfmetrics.getFont(font(face).name))
        self._document = document

    @property
    def font_name(self) -> str:
        """The document's name for the font of these codes."""
        return str(self._font.getSubsetInternalName(0, self._document))

    def __missing__(self, letter: str) -> str:
        from reportlab.lib.rl_accel import escapePDF  # noqa: PLC0415  as above

        ((subset, code),) = self._font.splitString(letter, self._document)
        if subset:
            raise LookupError(letter)
        self[letter] = escapePDF(code)
        return self[letter]


class Sheet:
    """A page being drawn, in millimetres from the top-left corner of the page or of the panel entered."""

    def __init__(
        self, canvas: Canvas, out: BytesIO, height_mm: float, printer: Printer | None = None
    ) -> None:
        self._canvas = canvas
        self._out = out
        self._height = height_mm
        self._printer = printer
        self._used: dict[Glyphs, set[int]] = {}  # signs of fonts that ReportLab does not know
        self._codes: dict[Face, _Codes] = {}

    @property
    def canvas(self) -> Canvas:
        """ReportLab's canvas, for paths: points from the bottom-left corner of the page or panel."""
        return self._canvas

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Turn millimetres from the top-left into the canvas's points from the bottom-left."""
        return x * MM, (self._height - y) * MM

    def text(self, x: float, y: float, string: str, style: TextStyle, *, align: Align = "left") -> None:
        """Draw one line, its baseline at `y`. Raises `GlyphError`."""
        face, size_pt, language = style.face, style.size_pt, style.language
        line = prepare(string)
        shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * advance(line, face, language) * size_pt
        left, base = self.point(x, y)
        if is_plain(line, face):
            self._plain(left - shift, base, (line,), style, size_pt)
        else:
            _take_ink(self._canvas, style)
            self._shaped(left - shift, base, shaped_line(line, face, language), size_pt)

    def block(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        style: TextStyle,
        *,
        leading_pt: float,
        right: float | None = None,
    ) -> None:
        """Draw lines flush left, the first baseline at `y`; lighter than `text` line by line.

        With `right`, in mm, they end there instead of beginning at `x`. Raises `GlyphError`.
        """
        ready = [prepare(line) for line in lines]
        known = font(style.face)
        if right is not None or not known.drawn.issuperset("".join(ready)):
            align: Align = "left" if right is None else "right"
            for place, line in enumerate(ready):
                baseline = y + place * leading_pt / MM
                edge = x if right is None else right
                self.text(edge, baseline, line, style, align=align)
            return
        self._plain(*self.point(x, y), ready, style, leading_pt)

    def _plain(self, x: float, y: float, lines: Sequence[str], style: TextStyle, leading_pt: float) -> None:
        """Draw prepared lines letter by letter, the first one's origin in points."""
        if style.face not in self._codes:
            self._codes[style.face] = _Codes(style.face, vars(self._canvas)["_doc"])
        codes = self._codes[style.face]
        try:
            strings = ["".join(map(codes.__getitem__, line)) for line in lines]
        except LookupError:  # a document of many scripts: ReportLab changes fonts within a line
            block = self._canvas.beginText(x, y)
            _take_ink(block, style)
            block.setFont(font(style.face).name, style.size_pt, leading_pt)
            for line in lines:
                block.textLine(line)
            self._canvas.drawText(block)
            return
        ink = (style.grey,) if style.colour is None else style.colour
        self._write(
            f"{' '.join(f'{share:.6g}' for share in ink)} {'g' if style.colour is None else 'rg'} "
            f"{codes.font_name} {style.size_pt:.6g} Tf {leading_pt:.6g} TL 1 0 0 1 {x:.4f} {y:.4f} Tm "
            f"({') Tj T* ('.join(strings)}) Tj"
        )

    def _write(self, text: str) -> None:
        """Write operators of text; there is no public way to.

        Saved and restored: a font chosen here would else stay chosen behind the canvas's back.
        """
        vars(self._canvas)["_code"].append(f"q BT {text} ET Q")

    def _shaped(self, x: float, y: float, line: ShapedLine, size_pt: float) -> None:
        """Draw a line that was set glyph by glyph, its origin in points."""
        for known, signs in line.used:
            self._used.setdefault(known, set()).update(signs)
        self._write(f"{size_pt:.6g} 0 0 {size_pt:.6g} {x:.4f} {y:.4f} Tm {line.operators}")

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        *,
        width_pt: float = 0.35,
        grey: float = 0,
        dash: tuple[float, ...] = (),
    ) -> None:
        """Draw a straight line; `dash` is on and off lengths in mm, none for a whole line."""
        canvas = self._canvas
        canvas.setLineWidth(width_pt)
        canvas.setStrokeGray(grey)
        canvas.setDash([length * MM for length in dash])
        canvas.line(*self.point(x1, y1), *self.point(x2, y2))

    def rect(
        self,
        box: Box,
        *,
        radius: float = 0,
        width_pt: float = 0.35,
        grey: float = 0,
        fill: float | None = None,
    ) -> None:
        """Draw a box, its corners rounded by `radius` mm.

        `fill` is a grey, None for none; a `width_pt` of 0 leaves the edge undrawn.
        """
        canvas = self._canvas
        canvas.setLineWidth(width_pt)
        canvas.setStrokeGray(grey)
        canvas.setDash([])
        if fill is not None:
            canvas.setFillGray(fill)
        left, bottom = self.point(box.x, box.bottom)
        canvas.roundRect(
            left,
            bottom,
            box.width * MM,
            box.height * MM,
            radius * MM,
            stroke=int(width_pt > 0),
            fill=int(fill is not None),
        )

    @contextmanager
    def panel(self, box: Box, *, rotated: bool = False) -> Iterator[Sheet]:
        """Enter a box of the page, its own top-left now (0, 0); `rotated` turns it upside down in place."""
        outer = self._height
        self._canvas.saveState()
        if rotated:
            self._canvas.transform(-1, 0, 0, -1, *self.point(box.right, box.y))
        else:
            self._canvas.translate(*self.point(box.x, box.bottom))
        self._height = box.height
        try:
            yield self
        finally:
            self._height = outer
            self._canvas.restoreState()

    def stamp(self, name: str, draw: Callable[[], None]) -> None:
        """Draw what is the same on many pages: it is in the document once, under a name of its own."""
        if not self._canvas.hasForm(name):
            self._canvas.beginForm(name)
            draw()
            self._canvas.endForm()
        self._canvas.doForm(name)

    def next_page(self) -> None:
        """End this page; the next begins with the first thing drawn."""
        self._move()
        self._canvas.showPage()

    def to_bytes(self) -> bytes:
        """End the document and return the PDF; a last page with nothing on it is left out."""
        if self._used:
            from relcard.paper.text.embed import embed  # noqa: PLC0415  19 ms: plain letters need none of it

            document = vars(self._canvas)["_doc"]  # there is no public way to add a font of one's own
            for known, signs in self._used.items():
                embed(document, known, signs)
        self._move()
        self._canvas.save()
        return self._out.getvalue()

    def _move(self) -> None:
        """Put the printer's map before what was drawn on this page; a page with nothing on it has none.

        Last, and not when the page begins: a map alone would make a page of what is none.
        """
        code = vars(self._canvas)["_code"]
        printer = self._printer
        if printer is None or not code:
            return
        # From the foot of the page, where a scale about its head moves the head too.
        left, foot = printer.dx * MM, (self._height * (1 - printer.scale_y) - printer.dy) * MM
        code.insert(0, f"{printer.scale_x:.6f} 0 0 {printer.scale_y:.6f} {left:.4f} {foot:.4f} cm")


def _take_ink(pen: Canvas | PDFTextObject, style: TextStyle) -> None:
    if style.colour is None:
        pen.setFillGray(style.grey)
    else:
        pen.setFillColorRGB(*style.colour)
