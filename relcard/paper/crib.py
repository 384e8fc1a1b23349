"""The writer's crib: what to have beside the pen, household by household, in large type and writing order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Literal

from relcard.paper.labels import LabelRun
from relcard.paper.labels import Refusal
from relcard.paper.labels import unprintable
from relcard.paper.text import MM
from relcard.paper.text import Face
from relcard.paper.text import missing_glyphs
from relcard.paper.text import new_canvas
from relcard.paper.text import prepare
from relcard.paper.text import width_mm
from relcard.paper.text import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.paper.text import Align
    from relcard.paper.text import Sheet

_PAGES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
_MARGIN = 20.0  # mm left and right
_TOP, _FOOT = 30.0, 20.0  # mm: where entries begin, and what is kept below them
_HANG = 12.0  # mm: the number's column
_LABELS = 25.0  # mm: the column of remark labels
_GAP = 9.0  # mm between two entries, a fine line in its middle
_NAME, _ADDRESS, _SALUTATION, _REMARK, _SMALL = 16.0, 13.0, 15.0, 13.0, 9.0  # pt
_GREY, _PALE = 0.4, 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class CribEntry:
    """What the writer needs for one greeting card; `remarks` are pairs of a label and a text.

    `address_lines` stand below the addressee and do not repeat it. They are large where the envelope is
    written by hand, and one small line where a label does the work.
    """

    who: str
    number: int
    addressee: str
    address_lines: tuple[str, ...]
    salutation: str
    remarks: tuple[tuple[str, str], ...]
    by_hand: bool
    post_by: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words on a row; `x` in mm from the left edge of the page."""

    x: float
    text: str
    face: Face
    size: float
    grey: float = 0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class _Row:
    """Pieces on one baseline `drop` mm below the end of the row before."""

    drop: float
    pieces: tuple[_Piece, ...]


def draw_crib(entries: Sequence[CribEntry], *, title: str, page: Literal["A4", "Letter"] = "A4") -> LabelRun:
    """Print the entries in the order given; one that fits on a page is never divided between two.

    Where no font can print a character, a bracket in its place says so, and the entry is named in `refused`
    when that is in the addressee, the address or the salutation; it is on the crib all the same.
    """
    width, height = _PAGES[page]
    refused = tuple(
        Refusal(who=entry.who, reason=f"{reason}; the crib says so in its place")
        for entry in entries
        if (reason := unprintable("\n".join((entry.addressee, *entry.address_lines, entry.salutation))))
    )
    if not entries:
        return LabelRun(data=b"", pages=0, items=0, refused=())
    pages = _paginate([_rows(entry, width) for entry in entries], height - _TOP - _FOOT)
    sheet = new_canvas(width, height, title=title)
    for number, page_entries in enumerate(pages, 1):
        if number > 1:
            sheet.next_page()
        _draw_furniture(sheet, title, f"{number} of {len(pages)}", width, height)
        _draw_entries(sheet, page_entries, width)
    return LabelRun(data=sheet.to_bytes(), pages=len(pages), items=len(entries), refused=refused)


def spell_out(text: str) -> str:
    """Replace what no face can print by a bracket: the name of a sign, or how many letters are lost."""
    lost = set(missing_glyphs(text, Face.SANS))
    if not lost:
        return prepare(text)
    out = []
    for piece in re.split(f"((?:[{re.escape(''.join(lost))}] ?)+)", prepare(text)):
        if piece and piece[0] in lost:
            out.append(_bracket(piece.replace(" ", "")) + " " * piece.endswith(" "))
        else:
            out.append(piece)
    return "".join(out)


def _one_line(text: str) -> str:
    return " ".join(spell_out(text).split("\n"))


def _bracket(run: str) -> str:
    if unicodedata.category(run[0]).startswith("S"):
        return "[" + ", ".join(unicodedata.name(one, "a sign").lower() for one in run) + "]"
    what = "1 character" if len(run) == 1 else f"{len(run)} characters"
    return f"[{what} no font here can print]"


def _rows(entry: CribEntry, page_w: float) -> list[_Row]:
    """Set one entry: name, address as it should stand, salutation, remarks."""
    left, right = _MARGIN + _HANG, page_w - _MARGIN
    sending = " · ".join(
        part
        for part in ("by hand" if entry.by_hand else "label", entry.post_by and f"post by {entry.post_by}")
        if part
    )
    aside = _Piece(right, _one_line(sending), Face.SANS, _SMALL + 1, _GREY, "right")
    name_width = right - left - width_mm(aside.text, aside.face, aside.size) - 5
    names = wrap(spell_out(entry.addressee), Face.SANS, _NAME, name_width, break_words=True)
    number = _Piece(_MARGIN, str(entry.number), Face.SERIF, _NAME, _GREY)
    rows = [_Row(0.75 * _NAME / MM, (number, _Piece(left, names[0], Face.SANS, _NAME), aside))]
    rows += [_Row(1.25 * _NAME / MM, (_Piece(left, one, Face.SANS, _NAME),)) for one in names[1:]]

    size, grey = (_ADDRESS, 0.0) if entry.by_hand else (_SMALL + 1, _GREY)
    lines = entry.address_lines if entry.by_hand else (", ".join(entry.address_lines),)
    drop = 1.5
    for line in lines:
        for part in wrap(spell_out(line), Face.SANS, size, right - left, break_words=True):
            rows.append(_Row(drop * size / MM, (_Piece(left, part, Face.SANS, size, grey),)))
            drop = 1.35

    begin = (("begin with", entry.salutation, _SALUTATION),) if entry.salutation else ()
    told = [(label, text, _REMARK) for label, text in entry.remarks if text.strip()]
    for place, (label, text, points) in enumerate((*begin, *told)):
        rows += _remark(label, text, points, left, right, first=place == 0)
    return rows


def _remark(label: str, text: str, size: float, left: float, right: float, *, first: bool) -> list[_Row]:
    """Set a label in the narrow column and its text, wrapped, in the wide one."""
    readable = spell_out(text)
    face = Face.SANS if missing_glyphs(readable, Face.SERIF) else Face.SERIF
    start = left + _LABELS
    lines = wrap(readable, face, size, right - start, break_words=True)
    heads = wrap(spell_out(label), Face.SANS, _SMALL, _LABELS - 3, break_words=True)
    rows = []
    for place in range(max(len(lines), len(heads))):
        pieces = []
        if place < len(heads):
            pieces.append(_Piece(left, heads[place], Face.SANS, _SMALL, _GREY))
        if place < len(lines):
            pieces.append(_Piece(start, lines[place], face, size))
        drop = 1.25 if place else 1.45
        rows.append(_Row(drop * size / MM + (1.5 if first and not place else 0), tuple(pieces)))
    return rows


def _paginate(entries: list[list[_Row]], room: float) -> list[list[list[_Row]]]:
    """Deal whole entries to pages `room` mm high; one higher than a page runs on over as many as it needs."""
    pages: list[list[list[_Row]]] = [[]]
    used = 0.0
    for rows in entries:
        needed = sum(row.drop for row in rows) + (_GAP if pages[-1] else 0)
        if pages[-1] and used + needed > room:
            pages.append([])
            used, needed = 0.0, needed - _GAP
        if needed <= room:
            pages[-1].append(rows)
            used += needed
            continue
        part: list[_Row] = []
        used = 0.0
        for row in rows:
            if used + row.drop > room:
                pages[-1].append(part)
                pages.append([])
                part, used = [], 0.0
            part.append(row)
            used += row.drop
        pages[-1].append(part)
    return pages


def _draw_furniture(sheet: Sheet, title: str, folio: str, width: float, height: float) -> None:
    heading = _one_line(title)
    face = Face.SANS if missing_glyphs(heading, Face.SERIF) else Face.SERIF
    fits = (width - 2 * _MARGIN - 20) / max(width_mm(heading, face, _NAME), 1)
    sheet.text(_MARGIN, 18, heading, face, _NAME * min(1, fits), grey=_GREY)
    sheet.text(width - _MARGIN, 18, folio, Face.SANS, _SMALL, grey=_GREY, align="right")
    foot = "for the writer: it lies beside the greeting card and is not sent"
    sheet.text(width / 2, height - 11, foot, Face.SERIF, 10, grey=_GREY, align="centre")


def _draw_entries(sheet: Sheet, entries: list[list[_Row]], width: float) -> None:
    y = _TOP
    for place, rows in enumerate(entries):
        if place:
            sheet.line(_MARGIN + _HANG, y + _GAP / 2, width - _MARGIN, y + _GAP / 2, grey=_PALE)
            y += _GAP
        for row in rows:
            y += row.drop
            for piece in row.pieces:
                sheet.text(piece.x, y, piece.text, piece.face, piece.size, grey=piece.grey, align=piece.align)
