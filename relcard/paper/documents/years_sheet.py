"""The years on paper, for beside the letterbox: a row a household, boxes to tick, and room for a word.

Rows stand in the order given. No circle is on it, and nothing that tells one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PAGES
from relcard.domain.printing.imposition import Box
from relcard.paper.documents.address_block import unprintable
from relcard.paper.documents.crib import spell_out
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.documents.results import Refusal
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import width_mm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import Page
    from relcard.paper.text.canvas import Sheet

_MARGIN = 14.0  # mm left and right: the punch of a ring binder fits beside it
_TOP, _FOOT = 31.0, 17.0  # mm: where rows begin, and what is kept below them
_ROW = 7.0  # mm: room for the pen
_NAME = 62.0  # mm, the column of names
_CELL = 6.5  # mm, a past year
_TICK = 11.0  # mm, the column of a box of this year
_BOX = 4.2  # mm
_MOST_PAST = 9  # years, so that a word still has room
_NAME_PT, _SMALLEST_PT, _CELL_PT, _HEAD_PT, _TITLE_PT = 10.0, 7.5, 8.0, 8.0, 15.0
_GREY, _PALE = 0.4, 0.75
_SMALL = TextStyle(Face.SANS, _CELL_PT, grey=_GREY)
_HEAD = TextStyle(Face.SANS, _HEAD_PT, grey=_GREY)
_NEWEST = TextStyle(Face.SANS, _HEAD_PT + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsRow:
    """A household on the sheet: marks of past years, oldest first, and what of this year is known."""

    name: str
    past: tuple[str, ...]
    sent: bool = False
    came: bool = False
    mourns: bool = False


def draw_years(rows: Sequence[YearsRow], *, past: Sequence[int], newest: int, page: Page = "A4") -> DrawnPdf:
    """Print the rows in the order given, with the years of `past` and boxes for the newest.

    Of more past years than there is room for the latest are shown. A name that no font can print is named in
    `refused`, and a bracket stands in its place.
    """
    refused = tuple(
        Refusal(who=row.name, reason=f"{reason}; the sheet says so in its place")
        for row in rows
        if (reason := unprintable(row.name))
    )
    if not rows:
        return DrawnPdf(data=b"", pages=0, items=0, refused=())
    width, height = PAGES[page]
    shown = past[-_MOST_PAST:]
    many = int((height - _TOP - _FOOT) / _ROW + 1e-6)
    pages = [rows[at : at + many] for at in range(0, len(rows), many)]
    sheet = new_canvas(width, height, title=f"Cards {newest}")
    for number, page_rows in enumerate(pages, start=1):
        if number > 1:
            sheet.next_page()
        _draw_head(sheet, shown, newest, width)
        for place, row in enumerate(page_rows):
            _draw_row(sheet, row, len(shown), _TOP + place * _ROW, width)
        legend = "s sent · c came · m mourning"
        sheet.text(_MARGIN, height - 9, legend, _HEAD)
        sheet.text(width - _MARGIN, height - 9, f"{number} of {len(pages)}", _HEAD, align="right")
    return DrawnPdf(data=sheet.to_bytes(), pages=len(pages), items=len(rows), refused=refused)


def _draw_head(sheet: Sheet, past: Sequence[int], newest: int, width: float) -> None:
    sheet.text(_MARGIN, 18, f"Cards {newest}", TextStyle(Face.SERIF, _TITLE_PT, grey=_GREY))
    base = _TOP - 2.2
    for place, year in enumerate(past):
        sheet.text(_MARGIN + _NAME + (place + 0.5) * _CELL, base, f"{year % 100:02}", _HEAD, align="centre")
    left = _MARGIN + _NAME + len(past) * _CELL
    for place, word in enumerate(("sent", "came")):
        sheet.text(left + (place + 0.5) * _TICK, base, word, _NEWEST, align="centre")
    sheet.text(left + 2 * _TICK + 2, base, "a word", _HEAD)
    sheet.line(_MARGIN, _TOP, width - _MARGIN, _TOP, grey=_GREY)


def _draw_row(sheet: Sheet, row: YearsRow, past: int, top: float, width: float) -> None:
    base = top + 0.68 * _ROW
    name, size = _fitted(" ".join(spell_out(row.name).split()))
    sheet.text(_MARGIN, base, name, TextStyle(Face.SANS, size))
    for place, mark in enumerate(row.past[len(row.past) - past :]):
        style = _SMALL if mark else TextStyle(Face.SANS, _CELL_PT, grey=_PALE)
        sheet.text(_MARGIN + _NAME + (place + 0.5) * _CELL, base, mark or "·", style, align="centre")
    left = _MARGIN + _NAME + past * _CELL
    for place, known in enumerate((row.sent, row.came)):
        box = Box(left + (place + 0.5) * _TICK - _BOX / 2, top + (_ROW - _BOX) / 2, _BOX, _BOX)
        sheet.rect(box, width_pt=0.5, grey=_GREY)
        if known:
            sheet.line(box.x + 0.8, box.y + 0.8, box.right - 0.8, box.bottom - 0.8, width_pt=0.8)
            sheet.line(box.x + 0.8, box.bottom - 0.8, box.right - 0.8, box.y + 0.8, width_pt=0.8)
    if row.mourns:
        sheet.text(left + 2 * _TICK + 2, base, "m", _SMALL)
    sheet.line(_MARGIN, top + _ROW, width - _MARGIN, top + _ROW, width_pt=0.25, grey=_PALE)


def _fitted(name: str) -> tuple[str, float]:
    """Return a name and its size in points: smaller where it is long, and cut where that is not enough."""
    room = _NAME - 2
    wide = width_mm(name, Face.SANS, _NAME_PT)
    if wide <= room:
        return name, _NAME_PT
    size = max(_SMALLEST_PT, _NAME_PT * room / wide)
    while width_mm(name, Face.SANS, size) > room:
        name = name.removesuffix("…")[:-1].rstrip() + "…"
    return name, size
