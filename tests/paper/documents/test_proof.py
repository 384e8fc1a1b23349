from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import safe_area
from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.printer import Printer
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.labels import draw_labels
from relcard.paper.documents.proof import draw_proof
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import find_stock

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.printing.stock import Stock
    from tests.support.pdf import Glyph

    ReadGlyphs = Callable[[bytes], list[list[Glyph]]]
    ReadWords = Callable[[bytes], list[str]]

LABELS = [Label(who=f"Jo {one}", lines=(f"Jo {one}", "Mill Lane", "Leeds")) for one in range(3)]


def test_words_stand_where_they_will_stand_on_the_sheet(glyphs: ReadGlyphs, words: ReadWords) -> None:
    """A proof has every letter of the run at its place, offset and all, and says on each page what it is."""
    stock = find_stock("L7160")
    den = Printer(name="den", dx=-1.5, dy=0.5)
    first = [(20, 21)]
    real = glyphs(draw_labels(LABELS, stock, first=first, printer=den).data)
    data = draw_proof(LABELS, stock, first=first, printer=den).data
    proof = glyphs(data)
    assert len(real) == len(proof) == 2
    for one, other in zip(real, proof, strict=True):
        assert set(one) <= set(other)
    said = words(data)
    assert "a part-used sheet of Avery L7160" in said[0]
    assert "a whole sheet of Avery L7160" in said[1]
    assert all("no label is used up" in page for page in said)


def greys(data: bytes, page: int) -> tuple[object, float]:
    """Return a page's pixels in grey, and how many there are to a millimetre."""
    with pypdfium2.PdfDocument(data) as document:
        image = document[page].render(scale=4, grayscale=True).to_pil()
    return image, 4 * 72 / 25.4


def test_edges_are_drawn_and_used_slots_struck_out() -> None:
    """Every label has its edge; a line goes through the used ones and through no other."""
    stock = find_stock("L7160")
    image, to_mm = greys(draw_proof(LABELS, stock, first=[(20, 21)]).data, 0)

    def darkest(x: float, y: float) -> int:
        around = range(-2, 3)
        return min(
            image.getpixel((int(x * to_mm) + right, int(y * to_mm) + down))  # type: ignore[attr-defined]
            for right in around
            for down in around
        )

    for number, slot in enumerate(sheet_slots(stock), start=1):
        assert darkest(slot.x + slot.width / 2, slot.y) < 220
        # A tenth from the right and from the head: on the diagonal, and beside all words.
        struck = darkest(slot.x + slot.width * 0.9, slot.y + slot.height * 0.1) < 240
        assert struck is (number < 20)


@pytest.mark.parametrize("stock", all_stock(), ids=lambda one: one.name)
def test_the_note_is_within_reach_and_meets_no_word(stock: Stock, glyphs: ReadGlyphs) -> None:
    """On every sheet the words of the note keep the outermost quarter inch, and every label's safe area."""
    areas = [safe_area(stock, slot) for slot in sheet_slots(stock)]
    for glyph in glyphs(draw_proof([Label(who="Jo", lines=("Jo",))], stock).data)[0]:
        assert glyph.box.x >= PRINTER_MARGIN - 0.01
        assert glyph.box.y >= PRINTER_MARGIN - 0.01
        assert glyph.box.right <= stock.page_w - PRINTER_MARGIN + 0.01
        inside = [
            area for area in areas if area.y + 0.01 < glyph.box.bottom and glyph.box.y < area.bottom - 0.01
        ]
        assert not inside or areas[0].contains(glyph.box, within=0.01)
