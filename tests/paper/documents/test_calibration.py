from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from relcard.domain.printing.imposition import sheet_slots
from relcard.domain.printing.printer import Printer
from relcard.errors import UsageError
from relcard.paper.documents.calibration import draw_calibration
from relcard.paper.stock.known import find_stock

if TYPE_CHECKING:
    from collections.abc import Callable

    ReadWords = Callable[[bytes], list[str]]

DPI = 300


def is_dark(data: bytes) -> Callable[[float, float], bool]:
    """Return a reader of the page: whether there is ink within a fifth of a millimetre of a point in mm."""
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == 1
        image = document[0].render(scale=DPI / 72, grayscale=True).to_pil()

    def read(x: float, y: float) -> bool:
        left, top = round(x / 25.4 * DPI), round(y / 25.4 * DPI)
        around = range(-2, 3)
        return any(image.getpixel((left + a, top + b)) < 200 for a in around for b in around)

    return read


@pytest.mark.parametrize("name", ["L7160", "5160", "3474"])
@pytest.mark.parametrize("printer", [None, Printer(name="den", dx=-1.5, dy=0.75, scale_x=1.008)])
def test_everything_stands_where_it_says(name: str, printer: Printer | None) -> None:
    """Crosses 20 mm from the corners, a square of 100 mm, a border at 6.35 mm, edges of the labels."""
    stock = find_stock(name)
    width, height = stock.page_w, stock.page_h
    dark = is_dark(draw_calibration(stock, name="den", printer=printer))

    def drawn(x: float, y: float) -> bool:
        return dark(*(printer.sent(x, y) if printer else (x, y)))

    for x in (20, width - 20):
        for y in (20, height - 20):
            assert drawn(x, y)
            assert drawn(x + 5, y)
            assert drawn(x, y + 5)
            assert not drawn(x + 3, y + 3)
    left, top = (width - 100) / 2, (height - 100) / 2
    for x in (left, left + 100):
        assert drawn(x, top + 43)
        assert not drawn(x + 1, top + 43)
    for y, inside in ((top, top + 1), (top + 100, top + 99)):
        assert drawn(left + 43, y)
        assert not drawn(left + 43, inside)
    assert drawn(width / 2, 6.35)
    assert drawn(6.35, height / 2)
    assert drawn(width - 6.35, height / 2)
    slot = sheet_slots(stock)[-1]
    assert drawn(slot.x, slot.y + slot.height / 2)


def test_it_says_what_to_type(words: ReadWords) -> None:
    """The command stands on the page with the printer's name and, where it is for one stock, that too."""
    [said] = words(draw_calibration(find_stock("L7160"), name="the den", own=True))
    assert 'relcard printer set "the den" --stock L7160 \\' in said
    assert "--from-left 20 --from-top 20 --measured-x 100 --measured-y 100" in said
    assert "the den · Avery L7160 · A4" in said
    [said] = words(draw_calibration(find_stock("L7160")))
    assert "relcard printer set NAME \\" in said


def test_a_second_page_says_how_it_is_moved(words: ReadWords) -> None:
    """What is applied already stands on the page, so that nobody applies it twice."""
    den = Printer(name="den", dx=-1.5)
    [said] = words(draw_calibration(find_stock("L7160"), name="den", printer=den))
    assert "moved 1.5 mm to the left" in said
    assert "What is still off is added" in said


def test_a_name_without_glyphs_leaves_a_page_all_the_same(words: ReadWords) -> None:
    """A printer called by signs no font here has is NAME on the page."""
    [said] = words(draw_calibration(find_stock("L7160"), name="\U00010330"))
    assert "printer set NAME" in said


def test_a_small_page_is_refused() -> None:
    """A page without room for the square says where to measure instead."""
    with pytest.raises(UsageError, match="too small to measure on") as caught:
        draw_calibration(replace(find_stock("L7160"), page_w=100, page_h=148))
    assert "L7160" in caught.value.hint
