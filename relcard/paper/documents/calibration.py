"""A page to measure how a printer misses: rulers, crosses, a square, and the command that puts it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.printer import MARK
from relcard.domain.printing.printer import SQUARE
from relcard.domain.printing.printer import in_words
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.paper.documents.labels import draw_edges
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.metrics import width_mm
from relcard.paper.text.typeset import wrap

if TYPE_CHECKING:
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.stock import Stock
    from relcard.paper.text.canvas import Sheet

_LEAST = 140.0  # mm: a smaller page has no room for the square and what is said in it
_ARM = 6.0  # mm: half a cross
_LINE_PT = 0.35
_TICKS = ((20, 4.0), (10, 2.8), (2, 1.8), (1, 1.0))  # every so many half millimetres, how long in mm
_FROM_CORNER = 15.0  # mm: where rulers begin
_QUIET = 0.45
_INSET = 8.0  # mm, of the words from the edge of the square
_TICK_NUMBER = TextStyle(Face.SANS, 5.5)
_STEP, _STEP_NUMBER = TextStyle(Face.SANS, 9), TextStyle(Face.SANS, 9, grey=_QUIET)
_BLANK = TextStyle(Face.SANS, 8.5, grey=_QUIET)
_NOTE = TextStyle(Face.SANS, 8, grey=_QUIET)


def draw_calibration(
    stock: Stock, *, name: str = "", printer: Printer | None = None, own: bool = False
) -> bytes:
    """Draw the page, as the printer is sent it now: on a second one everything stands where it says.

    `name` is what the user calls the printer, "" when that is still to be chosen; with `own` the command is
    for this stock alone. Raises `UsageError` when the stock's page is too small to measure on.
    """
    if min(stock.page_w, stock.page_h) < _LEAST:
        raise UsageError(
            f"A page of {stock.page_w:g} x {stock.page_h:g} mm is too small to measure on.",
            hint="Measure on a larger one: relcard print calibration --stock L7160 (A4) or 5160 (Letter).",
        )
    if not name or missing_glyphs(name, Face.SANS):
        name = "NAME"
    sheet = new_canvas(stock.page_w, stock.page_h, title="Calibration", printer=printer)
    draw_edges(sheet, stock)
    _draw_border(sheet, stock)
    for x in (MARK, stock.page_w - MARK):
        for y in (MARK, stock.page_h - MARK):
            sheet.line(x - _ARM, y, x + _ARM, y, width_pt=_LINE_PT)
            sheet.line(x, y - _ARM, x, y + _ARM, width_pt=_LINE_PT)
    sheet.text(MARK + 1.2, MARK - 1.2, "A", TextStyle(Face.SANS, 10))
    left, top = (stock.page_w - SQUARE) / 2, (stock.page_h - SQUARE) / 2
    sheet.rect(Box(left, top, SQUARE, SQUARE), width_pt=_LINE_PT, fill=1)
    with sheet.panel(Box(left, top, SQUARE, SQUARE)):
        _draw_words(sheet, stock, name, printer, own=own)
    return sheet.to_bytes()


def _draw_border(sheet: Sheet, stock: Stock) -> None:
    """Draw a line round the page where printers begin to reach, and on it a ruler on each side."""
    width, height = stock.page_w, stock.page_h
    near = PRINTER_MARGIN
    sheet.rect(Box(near, near, width - 2 * near, height - 2 * near), width_pt=_LINE_PT)
    for along in _half_millimetres(width):
        long = _length(along)
        sheet.line(along, near, along, near + long, width_pt=0.2)
        sheet.line(along, height - near, along, height - near - long, width_pt=0.2)
        if long == _TICKS[0][1]:
            number = f"{along / 10:g}"
            sheet.text(along, near + long + 2.2, number, _TICK_NUMBER, align="centre")
            sheet.text(along, height - near - long - 0.9, number, _TICK_NUMBER, align="centre")
    for along in _half_millimetres(height):
        long = _length(along)
        sheet.line(near, along, near + long, along, width_pt=0.2)
        sheet.line(width - near, along, width - near - long, along, width_pt=0.2)
        if long == _TICKS[0][1]:
            number = f"{along / 10:g}"
            sheet.text(near + long + 0.8, along + 0.7, number, _TICK_NUMBER)
            sheet.text(
                width - near - long - 0.8,
                along + 0.7,
                number,
                _TICK_NUMBER,
                align="right",
            )


def _half_millimetres(length: float) -> list[float]:
    """Return where a ruler along a side has its ticks, in mm from the left or the top edge of the page."""
    return [tick / 2 for tick in range(int(2 * _FROM_CORNER), int(2 * (length - _FROM_CORNER)) + 1)]


def _length(along: float) -> float:
    return next(long for every, long in _TICKS if round(along * 2) % every == 0)


def _draw_words(sheet: Sheet, stock: Stock, name: str, printer: Printer | None, *, own: bool) -> None:
    """Say in the square what to measure and what to type."""
    right = SQUARE - _INSET
    sheet.text(_INSET, 12.5, "How far the printer misses", TextStyle(Face.SERIF, 16))
    sheet.text(_INSET, 18, f"{name} · {stock.name} · {stock.page}", _NOTE)
    y = 27.0
    for number, words_of_step, blanks in (
        ("1", "Print on plain paper at 100 % (actual size).", ()),
        (
            "2",
            "Measure from the edges of the paper to cross A.",
            (("from the left edge", MARK), ("from the top edge", MARK)),
        ),
        ("3", "Measure this square.", (("across", SQUARE), ("down", SQUARE))),
    ):
        sheet.text(_INSET, y, number, _STEP_NUMBER)
        sheet.text(_INSET + 5, y, words_of_step, _STEP)
        for words, wanted in blanks:
            y += 6.6
            sheet.text(_INSET + 5, y, words, _BLANK)
            sheet.line(_INSET + 35, y + 0.6, _INSET + 53, y + 0.6, width_pt=_LINE_PT, grey=_QUIET)
            sheet.text(_INSET + 54.5, y, f"mm; it should be {wanted:g}", _BLANK)
        y += 6.5
    sheet.text(_INSET, y, "4", _STEP_NUMBER)
    sheet.text(_INSET + 5, y, "Type this, with your four numbers:", _STEP)
    stock_said = f" --stock {quoted(stock.part)}" if own else ""
    for line in (
        f"relcard printer set {quoted(name)}{stock_said} \\",
        f"--from-left {MARK:g} --from-top {MARK:g} --measured-x {SQUARE:g} --measured-y {SQUARE:g}",
    ):
        y += 4.8
        sheet.text(_INSET + 5, y, line, TextStyle(Face.SANS, _fitting(line, right - _INSET - 5)))
    foot: tuple[str, ...] = ("Held against a sheet in the light, the thin outlines are its labels.",)
    if printer is not None and printer.moves:
        foot = (f"This page is {in_words(printer)}.", "What is still off is added.")
    lines = [part for line in foot for part in wrap(line, Face.SANS, 8, right - _INSET, break_words=True)]
    for up, line in enumerate(reversed(lines)):
        sheet.text(_INSET, SQUARE - 4.5 - up * 3.4, line, _NOTE)


def _fitting(line: str, width: float) -> float:
    """Return the size at which a line fits, 8 points at most."""
    return min(8.0, 8.0 * width / width_mm(line, Face.SANS, 8.0))
