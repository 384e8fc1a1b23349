from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.printing.imposition import Box
from relcard.domain.printing.printer import Printer
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import GlyphError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]


def test_millimetres_run_from_the_top_left(glyphs: ReadGlyphs) -> None:
    """A capital E on a baseline 30 mm down and 20 mm in stands there, at the size asked for."""
    sheet = new_canvas(100, 80, title="t")
    sheet.text(20, 30, "E", TextStyle(Face.SANS, 20))
    [[glyph]] = glyphs(sheet.to_bytes())
    assert glyph.box.bottom == pytest.approx(30, abs=0.02)
    assert glyph.box.height == pytest.approx(0.714 * 20 / 72 * 25.4, abs=0.05)
    assert 20 < glyph.box.x < 21


def test_alignment_is_about_the_given_x(glyphs: ReadGlyphs) -> None:
    """Centred text lies evenly on both sides of x, right-aligned text ends there."""
    sheet = new_canvas(100, 80, title="t")
    sheet.text(50, 30, "HH", TextStyle(Face.SANS, 20), align="centre")
    sheet.text(50, 60, "HH", TextStyle(Face.SANS, 20), align="right")
    [page] = glyphs(sheet.to_bytes())
    centred = [one.box for one in page if one.box.bottom < 40]
    assert (centred[0].x + centred[-1].right) / 2 == pytest.approx(50, abs=0.02)
    assert 49 < max(one.box.right for one in page if one.box.bottom > 40) < 50


def test_a_rotated_panel_is_the_same_panel_upside_down(glyphs: ReadGlyphs) -> None:
    """What stands a distance from a panel's top-left stands that far from the opposite corner when rotated."""
    boxes = []
    for rotated in (False, True):
        sheet = new_canvas(100, 80, title="t")
        with sheet.panel(Box(10, 20, 50, 40), rotated=rotated) as panel:
            panel.text(5, 12, "E", TextStyle(Face.SANS, 20))
        [[glyph]] = glyphs(sheet.to_bytes())
        boxes.append(glyph.box)
    upright, turned = boxes
    assert upright.bottom == pytest.approx(32, abs=0.02)
    assert turned.x - 10 == pytest.approx(60 - upright.right, abs=0.02)
    assert turned.y - 20 == pytest.approx(60 - upright.bottom, abs=0.02)


def test_the_page_is_whole_again_after_a_panel(glyphs: ReadGlyphs) -> None:
    """Leaving a panel returns to the page's own corner."""
    sheet = new_canvas(100, 80, title="t")
    with sheet.panel(Box(10, 20, 50, 40), rotated=True):
        pass
    sheet.text(20, 30, "E", TextStyle(Face.SANS, 20))
    [[glyph]] = glyphs(sheet.to_bytes())
    assert glyph.box.bottom == pytest.approx(30, abs=0.02)


def test_more_letters_than_one_font_of_a_pdf_holds_are_all_drawn() -> None:
    """Lines before and behind the 256th letter, and the one across it; what PDF has signs for stays text."""
    letters = [chr(code) for code in (*range(0x391, 0x3A2), *range(0x400, 0x482), *range(0x48A, 0x530))]
    lines = [
        "(a) \\b",
        *("".join(letters[start : start + 20]) for start in range(0, len(letters), 20)),
        "(a)",
    ]
    sheet = new_canvas(300, 200, title="t")
    sheet.block(10, 10, lines, TextStyle(Face.SANS, 10), leading_pt=15)
    for place, line in enumerate(lines):
        sheet.text(110, 10 + 8 * place, line, TextStyle(Face.SANS, 10))
    drawn = pypdfium2.PdfDocument(sheet.to_bytes())[0].get_textpage().get_text_range()
    assert Counter("".join(drawn.split())) == Counter("".join(lines * 2).replace(" ", ""))


def test_a_document_says_its_version_and_language() -> None:
    """Version 1.7, the first that knows which edge a sheet is turned over, and the language of our words."""
    sheet = new_canvas(40, 40, title="Words", duplex="long")
    sheet.text(5, 5, "a word", TextStyle(Face.SANS, 9))
    pdf = sheet.to_bytes()
    assert pdf.startswith(b"%PDF-1.7")
    assert b"/Lang (en)" in pdf


def test_a_missing_glyph_is_never_drawn() -> None:
    """The canvas is the last guard: both ways of drawing refuse by the character."""
    sheet = new_canvas(100, 80, title="t")
    with pytest.raises(GlyphError, match="健"):
        sheet.text(0, 10, "健", TextStyle(Face.SANS, 10))
    with pytest.raises(GlyphError, match="健"):
        sheet.block(0, 10, ["a", "健"], TextStyle(Face.SANS, 10), leading_pt=12)


def test_a_document_names_only_faces_it_carries() -> None:
    """Embedded fonts alone, no ASCII armour, no scaling, the duplex edge as asked, nobody as author."""
    sheet = new_canvas(100, 80, title="Cards & co", duplex="long", face=Face.SERIF)
    sheet.text(20, 30, "E", TextStyle(Face.SERIF, 20))
    data = sheet.to_bytes()
    assert re.findall(rb"/BaseFont /(\S+)", data) == [b"AAAAAA+EBGaramond-Regular"]
    assert data.count(b"/FontFile2") == 1
    assert b"ASCII85" not in data
    assert b"/PrintScaling /None" in data
    assert b"/Duplex /DuplexFlipLongEdge" in data
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "Cards & co"
    assert document.get_metadata_value("Author") == ""
    document.close()


def test_a_stamp_is_kept_once_and_seen_on_every_page(glyphs: ReadGlyphs) -> None:
    """What is stamped stands in the same place on each page, and its drawing is called once."""
    sheet = new_canvas(100, 80, title="t")
    called = []

    def draw() -> None:
        called.append(1)
        sheet.text(20, 30, "E", TextStyle(Face.SANS, 20))

    for _ in range(3):
        sheet.stamp("mark", draw)
        sheet.next_page()
    pages = glyphs(sheet.to_bytes())
    assert called == [1]
    assert [[one.box.bottom for one in page] for page in pages] == [[pytest.approx(30, abs=0.02)]] * 3


def test_plain_and_shaped_lines_share_a_baseline(glyphs: ReadGlyphs) -> None:
    """A line that had to be shaped stands at the same place and size as one that had not."""
    sheet = new_canvas(100, 80, title="t")
    sheet.text(20, 30, "E", TextStyle(Face.SANS, 20))
    sheet.text(20, 60, "Ex\u0361y", TextStyle(Face.SANS, 20))
    [page] = glyphs(sheet.to_bytes())
    plain, shaped = (one.box for one in page if one.character == "E")
    assert (shaped.x, shaped.width) == pytest.approx((plain.x, plain.width), abs=0.02)
    assert shaped.height == pytest.approx(plain.height, abs=0.1)  # the reader rounds boxes of such fonts up
    assert shaped.bottom == pytest.approx(60, abs=0.02)


def _printed(printer: Printer | None, *, pages: int = 2) -> bytes:
    """Return pages of 210 x 297 mm with a letter near each corner, straight or inside an upturned panel."""
    sheet = new_canvas(210, 297, title="Test", printer=printer)
    for _ in range(pages):
        sheet.text(30, 40, "L", TextStyle(Face.SANS, 12))
        with sheet.panel(Box(100, 200, 60, 50), rotated=True):
            sheet.text(10, 20, "R", TextStyle(Face.SANS, 12))
        sheet.next_page()
    return sheet.to_bytes()


@settings(max_examples=30)
@given(st.floats(-6, 6), st.floats(-6, 6), st.floats(0.98, 1.02), st.floats(0.98, 1.02))
def test_every_page_is_moved_as_the_printer_needs_it(
    glyphs: ReadGlyphs, dx: float, dy: float, scale_x: float, scale_y: float
) -> None:
    """On each page everything drawn at (x, y) lands at (scale x + d, scale y + d), in panels too."""
    one = Printer(name="den", dx=dx, dy=dy, scale_x=scale_x, scale_y=scale_y)
    before, after = glyphs(_printed(None)), glyphs(_printed(one))
    assert len(before) == len(after) == 2
    for plain, moved in zip(before, after, strict=True):
        assert [glyph.character for glyph in plain] == [glyph.character for glyph in moved] == ["L", "R"]
        for was, now in zip(plain, moved, strict=True):
            for corner_was, corner_now in (
                ((was.box.x, was.box.y), (now.box.x, now.box.y)),
                ((was.box.right, was.box.bottom), (now.box.right, now.box.bottom)),
            ):
                assert corner_now == pytest.approx(one.sent(*corner_was), abs=0.01)


def test_a_printer_that_misses_nothing_changes_no_byte() -> None:
    """Without an offset the file is the one there would have been."""
    assert _printed(Printer(name="den")) == _printed(None)
