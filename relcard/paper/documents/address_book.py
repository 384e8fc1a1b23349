"""The address book on paper: households with address, people, birthdays and phones; as a list or a booklet.

Entries stand in the order given, down the columns, and none is divided. No circle and no note is on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
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
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import width_mm
from relcard.paper.text.typeset import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import Page
    from relcard.paper.text.canvas import Sheet

_MARGIN = 14.0  # mm left and right: the punch of a ring binder fits beside it
_TOP, _FOOT = 26.0, 17.0  # mm: where entries begin, and what is kept below them
_COLUMNS, _GUTTER = 2, 8.0  # mm
_GAP = 2.6  # mm between two entries
_INDENT = 3.0  # mm, of what stands below a name
_HEADING = "Address book"
_TITLE = TextStyle(Face.SERIF, 15, grey=0.4)
_NAME = TextStyle(Face.SANS, 10)
_DETAIL = TextStyle(Face.SANS, 8)
_YEARS = TextStyle(Face.SANS, 7.5, grey=0.4)
_FURNITURE = TextStyle(Face.SANS, 8, grey=0.4)
_LEADING = 0.46  # mm a point, from baseline to baseline


@dataclass(frozen=True, slots=True, kw_only=True)
class BookEntry:
    """A household in the book: the addressee, the lines of the address, and a line for each of its people.

    `years` is what was sent and came, "" where nobody asked.
    """

    name: str
    address: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    years: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """Words of an entry on one baseline, `indent` mm from the edge of the column."""

    text: str
    style: TextStyle
    indent: float

    @property
    def height(self) -> float:
        """What it takes of a column, in mm."""
        return self.style.size_pt * _LEADING


@dataclass(frozen=True, slots=True)
class _Form:
    """A page of the book in mm: its size, and how many columns are on it."""

    width: float
    height: float
    columns: int

    @property
    def column(self) -> float:
        """The width of a column."""
        return (self.width - 2 * _MARGIN - (self.columns - 1) * _GUTTER) / self.columns


def draw_address_book(
    entries: Sequence[BookEntry], *, page: Page = "A4", with_years: bool = False, booklet: bool = False
) -> DrawnPdf:
    """Print the entries in the order given; `with_years` says at the foot what the marks of a year mean.

    A `booklet` has half pages, two on each side of a sheet, in the order that makes a book of the sheets
    when they are folded and stapled together. What no font can print is named in `refused`, and brackets
    stand in its place.
    """
    if not entries:
        return DrawnPdf(data=b"", pages=0, items=0, refused=())
    width, height = PAGES[page]
    form = _Form(height / 2, width, 1) if booklet else _Form(width, height, 2)
    refused = _refused(entries)
    brackets = {refusal.who for refusal in refused}
    blocks = [_lines(entry, form.column, whole=entry.name not in brackets) for entry in entries]
    columns = _in_columns(blocks, form.height - _TOP - _FOOT)
    pages = [columns[at : at + form.columns] for at in range(0, len(columns), form.columns)]
    sides = _sides(len(pages)) if booklet else [(number,) for number in range(1, len(pages) + 1)]
    across = form.width * len(sides[0])
    sheet = new_canvas(across, form.height, title=_HEADING, duplex="short" if booklet else None)
    for side, numbers in enumerate(sides):
        if side:
            sheet.next_page()
        for place, number in enumerate(numbers):
            if number:
                with sheet.panel(Box(place * form.width, 0, form.width, form.height)):
                    folio = f"{number} of {len(pages)}"
                    _draw_page(sheet, form, pages[number - 1], folio, with_years=with_years)
    return DrawnPdf(data=sheet.to_bytes(), pages=len(sides), items=len(entries), refused=refused)


def _sides(pages: int) -> list[tuple[int, int]]:
    """Return which pages stand left and right on each side of the sheets of a booklet, 0 for an empty one.

    Sheets lie in each other: the outermost bears the first and the last page on its one side.
    """
    whole = -(-pages // 4) * 4
    numbers = [number if number <= pages else 0 for number in range(whole + 1)]
    sides = []
    for first in range(1, whole // 2, 2):
        last = whole + 1 - first
        sides += [(numbers[last], numbers[first]), (numbers[first + 1], numbers[last - 1])]
    return [side for side in sides if any(side)]


def _draw_page(
    sheet: Sheet, form: _Form, columns: Sequence[list[list[_Line]]], folio: str, *, with_years: bool
) -> None:
    sheet.text(_MARGIN, 18, _HEADING, _TITLE)
    if with_years:
        sheet.text(_MARGIN, form.height - 9, "Cards: s sent · c came · m mourning", _FURNITURE)
    sheet.text(form.width - _MARGIN, form.height - 9, folio, _FURNITURE, align="right")
    for place, blocks in enumerate(columns):
        _draw_column(sheet, blocks, _MARGIN + place * (form.column + _GUTTER))


def _refused(entries: Sequence[BookEntry]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(who=entry.name, reason=f"{reason}; the book says so in its place")
        for entry in entries
        if (reason := unprintable("\n".join((entry.name, *entry.address, *entry.people))))
    )


def _lines(entry: BookEntry, width: float, *, whole: bool) -> list[_Line]:
    """Divide an entry into lines no wider than a column; `whole` says that a font has each of its letters."""
    parts = [(entry.name, _NAME, 0.0), (", ".join(entry.address), _DETAIL, _INDENT)]
    parts += [(person, _DETAIL, _INDENT) for person in entry.people]
    parts.append((entry.years, _YEARS, _INDENT))
    return [
        _Line(line, style, indent + (_INDENT if place else 0.0))
        for text, style, indent in parts
        if text
        for place, line in enumerate(
            _divided(" ".join((text if whole else spell_out(text)).split()), style, width - indent)
        )
    ]


def _divided(text: str, style: TextStyle, width: float) -> list[str]:
    if width_mm(text, style.face, style.size_pt) <= width:
        return [text]
    return wrap(text, style.face, style.size_pt, width - _INDENT, break_words=True)


def _in_columns(blocks: Sequence[list[_Line]], room: float) -> list[list[list[_Line]]]:
    """Fill columns of `room` mm with entries; one longer than a whole column goes on in the next."""
    columns: list[list[list[_Line]]] = [[]]
    left = room
    for block in blocks:
        for piece in _pieces(block, room):
            high = sum(line.height for line in piece) + _GAP
            if high > left + _GAP and columns[-1]:
                columns.append([])
                left = room
            columns[-1].append(piece)
            left -= high
    return columns


def _pieces(block: list[_Line], room: float) -> list[list[_Line]]:
    """Return an entry whole, or divided where it is longer than a column."""
    most = int(room / (_NAME.size_pt * _LEADING))
    return [block[at : at + most] for at in range(0, len(block), most)]


def _draw_column(sheet: Sheet, blocks: Sequence[list[_Line]], left: float) -> None:
    y = _TOP
    for block in blocks:
        for (style, indent), run in groupby(block, lambda line: (line.style, line.indent)):
            lines = [line.text for line in run]
            high = style.size_pt * _LEADING
            sheet.block(left + indent, y + high, lines, style, leading_pt=high * MM)
            y += high * len(lines)
        y += _GAP
