"""The address book on paper: households in two columns, each with address, people, birthdays and phones.

Entries stand in the order given, down the columns, and none is divided. No circle and no note is on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import PAGES
from relcard.paper.documents.address_block import unprintable
from relcard.paper.documents.crib import spell_out
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.documents.results import Refusal
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
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


def draw_address_book(
    entries: Sequence[BookEntry], *, page: Page = "A4", with_years: bool = False
) -> DrawnPdf:
    """Print the entries in the order given; `with_years` says at the foot what the marks of a year mean.

    An entry that no font can print whole is named in `refused`, and brackets stand in its place.
    """
    if not entries:
        return DrawnPdf(data=b"", pages=0, items=0, refused=())
    width, height = PAGES[page]
    column = (width - 2 * _MARGIN - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
    columns = _in_columns([_lines(entry, column) for entry in entries], height - _TOP - _FOOT)
    pages = [columns[at : at + _COLUMNS] for at in range(0, len(columns), _COLUMNS)]
    sheet = new_canvas(width, height, title=_HEADING)
    for number, page_columns in enumerate(pages, start=1):
        if number > 1:
            sheet.next_page()
        sheet.text(_MARGIN, 18, _HEADING, _TITLE)
        if with_years:
            sheet.text(_MARGIN, height - 9, "Cards: s sent · c came · m mourning", _FURNITURE)
        sheet.text(width - _MARGIN, height - 9, f"{number} of {len(pages)}", _FURNITURE, align="right")
        for place, blocks in enumerate(page_columns):
            _draw_column(sheet, blocks, _MARGIN + place * (column + _GUTTER))
    return DrawnPdf(data=sheet.to_bytes(), pages=len(pages), items=len(entries), refused=_refused(entries))


def _refused(entries: Sequence[BookEntry]) -> tuple[Refusal, ...]:
    return tuple(
        Refusal(who=entry.name, reason=f"{reason}; the book says so in its place")
        for entry in entries
        if (reason := unprintable("\n".join((entry.name, *entry.address, *entry.people))))
    )


def _lines(entry: BookEntry, width: float) -> list[_Line]:
    """Divide an entry into lines no wider than a column."""
    parts = [(entry.name, _NAME, 0.0), (", ".join(entry.address), _DETAIL, _INDENT)]
    parts += [(person, _DETAIL, _INDENT) for person in entry.people]
    parts.append((entry.years, _YEARS, _INDENT))
    return [
        _Line(line, style, indent + (_INDENT if place else 0.0))
        for text, style, indent in parts
        if text
        for place, line in enumerate(
            wrap(_one_line(text), style.face, style.size_pt, width - indent - _INDENT, break_words=True)
        )
    ]


def _one_line(text: str) -> str:
    return " ".join(spell_out(text).split())


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
        for line in block:
            y += line.height
            sheet.text(left + line.indent, y, line.text, line.style)
        y += _GAP
