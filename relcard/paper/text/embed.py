"""Put the signs a document has used into it: a small TrueType font for each file they came from.

The outlines are those HarfBuzz draws, whatever the file keeps them as; cubic curves, which TrueType has not,
become quadratic ones within half a thousandth of an em.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.paper.text.glyphs import Glyphs
    from relcard.paper.text.glyphs import Sign

_MOST_AT_ONCE = 100  # entries in a block of a character map (PDF 32000-1, 9.7.5)
# A font file counts in 16 bits; marks piled higher than this on one letter reach off any page.
_MOST_PARTS = 200
_FARTHEST = 16_000  # units
_EPOCH = 2_082_844_800  # 1970 in the count of seconds that fonts use: the same in every run


def embed(document: Any, font: Glyphs, used: Iterable[int]) -> None:
    """Add a font with the signs used to ReportLab's document, under the name its text calls it by."""
    numbers = sorted({0, *used})
    signs = [font.signs[number] for number in numbers]
    file = _true_type(font, signs)
    name = f"{_tag(file)}+{font.name}"
    thousand = 1000 / font.em
    rise = font.font.get_font_extents("ltr")
    boxes = [sign.box for sign in signs if sign.box] or [(0.0, 0.0, 0.0, 0.0)]
    descriptor = {
        "Type": "/FontDescriptor",
        "FontName": f"/{name}",
        "Flags": 4,  # no Latin encoding
        "FontBBox": pdfdoc.PDFArray(
            [round(1000 * edge(box[side] for box in boxes)) for side, edge in enumerate((min, min, max, max))]
        ),
        "ItalicAngle": 0,
        "Ascent": round(rise.ascender * thousand),
        "Descent": round(rise.descender * thousand),
        "CapHeight": round(0.7 * rise.ascender * thousand),
        "StemV": 80,
        "FontFile2": _stream(document, f"file:{name}", file, length1=True),
    }
    places = bytearray(2 * (numbers[-1] + 1))
    widths: list[object] = []
    for place, (number, sign) in enumerate(zip(numbers, signs, strict=True)):
        places[2 * number : 2 * number + 2] = place.to_bytes(2, "big")
        widths += (number, pdfdoc.PDFArray([sign.width]))
    descendant = {
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": f"/{name}",
        "CIDSystemInfo": pdfdoc.PDFDictionary(
            {
                "Registry": pdfdoc.PDFString("Adobe"),
                "Ordering": pdfdoc.PDFString("Identity"),
                "Supplement": 0,
            }
        ),
        "FontDescriptor": document.Reference(pdfdoc.PDFDictionary(descriptor), f"descriptor:{name}"),
        "DW": 1000,
        "W": pdfdoc.PDFArray(widths),
        "CIDToGIDMap": _stream(document, f"places:{name}", bytes(places)),
    }
    whole = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": f"/{name}",
        "Encoding": "/Identity-H",
        "DescendantFonts": pdfdoc.PDFArray(
            [document.Reference(pdfdoc.PDFDictionary(descendant), f"descendant:{name}")]
        ),
        "ToUnicode": _stream(document, f"meaning:{name}", _to_unicode(numbers, signs)),
    }
    fonts = document.idToObject["BasicFonts"].dict
    fonts[font.name] = document.Reference(pdfdoc.PDFDictionary(whole), f"font:{name}")


def _tag(file: bytes) -> str:
    """Return the six letters that mark a subset (PDF 32000-1, 9.6.4); other outlines, other letters."""
    rest = zlib.crc32(file)
    letters = ""
    for _ in range(6):
        rest, letter = divmod(rest, 26)
        letters += chr(ord("A") + letter)
    return letters


def _stream(document: Any, name: str, data: bytes, *, length1: bool = False) -> object:
    stream = pdfdoc.PDFStream()
    stream.content = data
    if length1:
        stream.dictionary["Length1"] = len(data)
    stream.filters = [pdfdoc.PDFZCompress]
    return document.Reference(stream, name)


def _true_type(font: Glyphs, signs: Sequence[Sign]) -> bytes:
    """Build the font file: outlines and widths, and no more than a printer asks for."""
    order = [".notdef", *(f"s{place}" for place in range(1, len(signs)))]
    outlines, widths = {}, {}
    for name, sign in zip(order, signs, strict=True):
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, max_err=font.em / 2000)
        for part in sign.parts[:_MOST_PARTS]:
            if max(abs(part.x), abs(part.y)) > _FARTHEST:
                continue
            moved = TransformPen(quadratic, (1, 0, 0, 1, part.x, part.y))
            font.font.draw_glyph_with_pen(part.glyph, moved)
        outline = outlines[name] = pen.glyph()
        outline.recalcBounds(None)
        widths[name] = (round(sign.width * font.em / 1000), getattr(outline, "xMin", 0))
    builder = FontBuilder(font.em, isTTF=True)
    builder.updateHead(created=_EPOCH, modified=_EPOCH)
    builder.setupGlyphOrder(order)
    builder.setupGlyf(outlines)
    builder.setupHorizontalMetrics(widths)
    rise = font.font.get_font_extents("ltr")
    builder.setupHorizontalHeader(ascent=rise.ascender, descent=rise.descender)
    builder.setupMaxp()
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


def _to_unicode(numbers: Sequence[int], signs: Sequence[Sign]) -> bytes:
    """Return the map from signs to the text they stand for (PDF 32000-1, 9.10.3)."""
    known = [(number, sign.text) for number, sign in zip(numbers, signs, strict=True) if sign.text]
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        "1 begincodespacerange <0000> <FFFF> endcodespacerange",
    ]
    for start in range(0, len(known), _MOST_AT_ONCE):
        part = known[start : start + _MOST_AT_ONCE]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{number:04X}> <{text.encode('utf-16-be').hex()}>" for number, text in part]
        lines.append("endbfchar")
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode()
