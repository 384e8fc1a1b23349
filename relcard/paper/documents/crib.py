"""The writer's crib: what to have beside the pen, household by household, in large type."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING
from typing import NamedTuple

from relcard.domain.printing.imposition import LEADING
from relcard.domain.printing.imposition import PAGES
from relcard.domain.printing.imposition import Box
from relcard.paper.documents.address_block import Label
from relcard.paper.documents.address_block import half_points
from relcard.paper.documents.address_block import measure
from relcard.paper.documents.address_block import unprintable
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.documents.results import Refusal
from relcard.paper.fronts.art import draw_photo
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.characters import prepare
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.metrics import width_mm
from relcard.paper.text.typeset import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import Page
    from relcard.paper.documents.address_block import Block
    from relcard.paper.fronts.photos import Photo
    from relcard.paper.text.canvas import Align
    from relcard.paper.text.canvas import Sheet

_MARGIN = 20.0  # mm left and right
_TOP, _FOOT = 25.0, 16.0  # mm: where entries begin, and what is kept below them
_HANG = 12.0  # mm: the number's column
_LABELS = 25.0  # mm: the column of remark labels
_GAP = 5.0  # mm between two entries, a fine line between them
_NAME, _ADDRESS, _SALUTATION, _REMARK, _SMALL = 16.0, 13.0, 15.0, 13.0, 9.0  # pt
_GREY, _PALE = 0.4, 0.75
_ADDRESSEE = TextStyle(Face.SANS, _NAME)
_BRIEF_NAME, _BRIEF_SALUTATION = 13.0, 13.0  # pt, where an entry takes three lines
_TOLD = TextStyle(Face.SANS, _SMALL + 1)  # what is noted, in a brief entry
_LABEL, _ASIDE = TextStyle(Face.SANS, _SMALL, _GREY), TextStyle(Face.SANS, _SMALL + 1, _GREY)
_WRITTEN, _SMALLEST_WRITTEN = 14.0, 12.0  # pt: an address to be copied by hand
_LOOSE = 1.3  # ems from line to line there
_PAD, _LEAST, _HIGHEST = 4.0, 30.0, 90.0  # mm: inside an envelope's face, and how high it may be
_STAMP_W, _STAMP_H = 17.0, 20.0  # mm
_PICTURE, _BRIEF_PICTURE = (36.0, 30.0), (24.0, 18.0)  # mm: the most that a picture takes, across and down
_ABOVE, _CAPTION = 2.0, 4.5  # mm above a picture, and for the year beneath


class CribPicture(NamedTuple):
    """A picture of the last card that came, and the year it is of."""

    photo: Photo
    year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CribEntry:
    """What the writer needs for one greeting card; `remarks` are pairs of a label and a text.

    `address_lines` do not repeat the addressee, who stands before the line `name_at`, on the envelope as
    `names` where those are others. Where the envelope is
    written by hand all of them are large, line by line as they should stand; where a label does the work they
    are one small line. `country` (ISO 3166, two letters) is the address's, `envelope` the name of the size,
    `stamp` says where the stamp must carry it, `room` how much the pen may write. A `brief` entry has
    name, address, and how to begin with the remarks behind it, three lines where they are short; a remark
    without a label is said of anybody. Its envelope is not drawn. The
    `picture` stands at the right of the remarks, in its own proportion.
    """

    who: str
    number: int
    addressee: str
    address_lines: tuple[str, ...]
    salutation: str
    remarks: tuple[tuple[str, str], ...]
    by_hand: bool
    post_by: str
    names: tuple[str, ...] = ()
    name_at: int = 0
    country: str = ""
    envelope: str = ""
    stamp: str = ""
    room: str = ""
    brief: bool = False
    picture: CribPicture | None = None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words on a row; `x` in mm from the left edge of the page."""

    x: float
    text: str
    style: TextStyle
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class _CribRow:
    """Pieces on one baseline `drop` mm below the end of the row before."""

    drop: float
    pieces: tuple[_Piece, ...]
    frame: _Frame | None = None
    picture: _Shown | None = None


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture, its top with that of its row, and its place across the page, all in mm."""

    picture: CribPicture
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """The face of an envelope, its lower edge where its row ends: the lines to write, and the stamp."""

    x: float
    width: float
    height: float
    block: Block
    size: float
    stamp: str


def draw_crib(entries: Sequence[CribEntry], *, title: str, page: Page = "A4") -> DrawnPdf:
    """Print the entries in the order given; one that fits on a page is never divided between two.

    Where no font can print a character, a bracket in its place says so, and the entry is named in `refused`
    when that is in the addressee, the address or the salutation; it is on the crib all the same.
    """
    width, height = PAGES[page]
    refused = tuple(
        Refusal(who=entry.who, reason=f"{reason}; the crib says so in its place")
        for entry in entries
        if (reason := unprintable("\n".join((entry.addressee, *entry.address_lines, entry.salutation))))
    )
    if not entries:
        return DrawnPdf(data=b"", pages=0, items=0, refused=())
    pages = _paginate([_rows(entry, width) for entry in entries], height - _TOP - _FOOT)
    sheet = new_canvas(width, height, title=title)
    for number, page_entries in enumerate(pages, 1):
        if number > 1:
            sheet.next_page()
        _draw_furniture(sheet, title, f"{number} of {len(pages)}", width, height)
        _draw_entries(sheet, page_entries, width)
    return DrawnPdf(data=sheet.to_bytes(), pages=len(pages), items=len(entries), refused=refused)


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
        return "[" + ", ".join(unicodedata.name(sign, "a sign").lower() for sign in run) + "]"
    what = "1 character" if len(run) == 1 else f"{len(run)} characters"
    return f"[{what} no font here can print]"


def _rows(entry: CribEntry, page_w: float) -> list[_CribRow]:
    """Set one entry: the envelope to write or the name alone, salutation, remarks."""
    left, right = _MARGIN + _HANG, page_w - _MARGIN
    shown = _shown(entry, right)
    beside = shown.x - _GAP if shown else right
    if entry.brief:
        return [*_heading(entry, left, right, _BRIEF_NAME), *_with(shown, _brief(entry, left, beside))]
    rows = (_envelope(entry, left, right) if entry.by_hand else []) or _heading(entry, left, right)
    return [*rows, *_with(shown, _remarks(entry, left, beside))]


def _shown(entry: CribEntry, right: float) -> _Shown | None:
    """Return the picture of an entry in the largest size that its frame has room for."""
    if entry.picture is None:
        return None
    photo, (most_w, most_h) = entry.picture.photo, _BRIEF_PICTURE if entry.brief else _PICTURE
    scale = min(most_w / photo.width, most_h / photo.height)
    width, height = photo.width * scale, photo.height * scale
    return _Shown(entry.picture, right - width, width, height)


def _with(shown: _Shown | None, rows: list[_CribRow]) -> list[_CribRow]:
    """Set a picture beside rows, with its year beneath, and keep the room that it needs more than they."""
    if shown is None:
        return rows
    first, *rest = rows or [_CribRow(_ABOVE, ())]
    missing = _ABOVE + shown.height + _CAPTION - sum(row.drop for row in (first, *rest))
    return [replace(first, picture=shown), *rest, *([_CribRow(missing, ())] if missing > 0 else [])]


def _remarks(entry: CribEntry, left: float, right: float) -> list[_CribRow]:
    rows: list[_CribRow] = []
    begin = (("begin with", entry.salutation, _SALUTATION),) if entry.salutation else ()
    told = [(label, text, _REMARK) for label, text in entry.remarks if text.strip()]
    for place, (label, text, points) in enumerate((*begin, *told)):
        rows += _remark(label, text, points, left, right, first=place == 0)
    return rows


def _brief(entry: CribEntry, left: float, right: float) -> list[_CribRow]:
    """Set how to begin and behind it, on and on, the remarks; each with its label where it has one."""
    begin = wrap(spell_out(entry.salutation), Face.SANS, _BRIEF_SALUTATION, right - left, break_words=True)
    face = Face.SANS if missing_glyphs("".join(begin), Face.SERIF) else Face.SERIF
    style = TextStyle(face, _BRIEF_SALUTATION)
    rows = [_CribRow(1.15 * style.size_pt / MM, (_Piece(left, line, style),)) for line in begin]
    told = [(label, spell_out(text)) for label, text in entry.remarks if text.strip()]
    if not told:
        return rows
    ink = _ASIDE if all(not label for label, _ in told) else _TOLD
    words = " · ".join(f"{label} {text}".strip() for label, text in told)
    behind = left + width_mm(begin[-1], face, style.size_pt) + (4 if begin[-1] else 0)
    last = rows.pop()
    first, rest = _headed(words, ink, right - behind)
    rows.append(_CribRow(last.drop, (*last.pieces, *([_Piece(behind, first, ink)] if first else []))))
    lines = wrap(rest, ink.face, ink.size_pt, right - left, break_words=True) if rest else []
    return [*rows, *(_CribRow(1.35 * ink.size_pt / MM, (_Piece(left, line, ink),)) for line in lines)]


def _headed(words: str, style: TextStyle, width: float) -> tuple[str, str]:
    """Return as many words as stand on a line of `width` mm, and those that do not."""
    several = words.split()
    most = next(
        (
            many
            for many in range(len(several), 0, -1)
            if width_mm(" ".join(several[:many]), style.face, style.size_pt) <= width
        ),
        0,
    )
    return " ".join(several[:most]), " ".join(several[most:])


def _aside(entry: CribEntry, right: float, *parts: str) -> _Piece:
    sending = " · ".join(part for part in (*parts, entry.post_by and f"post by {entry.post_by}") if part)
    return _Piece(right, _one_line(sending), _ASIDE, "right")


def _number(entry: CribEntry) -> _Piece:
    return _Piece(_MARGIN, str(entry.number), TextStyle(Face.SERIF, _NAME, _GREY))


def _envelope(entry: CribEntry, left: float, right: float) -> list[_CribRow]:
    """Set the lines as they should stand on the envelope, none when that is more than a face can show."""
    names = entry.names or (entry.addressee,)
    lines = (*entry.address_lines[: entry.name_at], *names, *entry.address_lines[entry.name_at :])
    width = right - left - 2 * _PAD - _STAMP_W - 5
    block = _block([spell_out(line) for line in lines], entry.country, width)
    if block is None or not entry.address_lines:
        return []
    size = min(_WRITTEN, half_points(block.largest_size(width, _HIGHEST)))
    height = max(_LEAST, block.height * size / MM + 2 * _PAD)
    frame = _Frame(
        x=left, width=right - left, height=height, block=block, size=size, stamp=_one_line(entry.stamp)
    )
    on = f"on the envelope, {entry.envelope}" if entry.envelope else "on the envelope"
    first = (_number(entry), _Piece(left, _one_line(on), _ASIDE))
    return [
        _CribRow(0.75 * _NAME / MM, (*first, _aside(entry, right, "by hand", entry.room))),
        _CribRow(height + 2.5, (), frame),
    ]


def _block(lines: list[str], country: str, width: float) -> Block | None:
    """Measure lines for the face of an envelope; one too long for it goes on below, after three dots."""
    for ready in (lines, [part for line in lines for part in _broken(line, width)]):
        label = Label(who="", lines=tuple(ready), country=country)
        height = _HIGHEST / (_LOOSE / LEADING)
        blocks, _ = measure([label], width, height, smallest=_SMALLEST_WRITTEN, whole=True)
        if blocks:
            return replace(blocks[0], leading=max(_LOOSE, blocks[0].leading))
    return None


def _broken(line: str, width: float) -> list[str]:
    first, *rest = wrap(line, Face.SANS, _SMALLEST_WRITTEN, width - 5, break_words=True)
    return [first, *(f"… {part}" for part in rest)]


def _heading(entry: CribEntry, left: float, right: float, points: float = _NAME) -> list[_CribRow]:
    """Set the name large and the address below it, small where a label carries it, the room at its end."""
    how = "no address" if not entry.address_lines else "by hand" if entry.by_hand else "label"
    aside = _aside(entry, right, how, entry.stamp)
    style = TextStyle(Face.SANS, points)
    name_width = right - left - width_mm(aside.text, aside.style.face, aside.style.size_pt) - 5
    names = wrap(spell_out(entry.addressee), Face.SANS, points, name_width, break_words=True)
    rows = [_CribRow(0.75 * points / MM, (_number(entry), _Piece(left, names[0], style), aside))]
    rows += [_CribRow(1.25 * points / MM, (_Piece(left, name, style),)) for name in names[1:]]

    copied = entry.by_hand and not entry.brief  # by the pen, so line by line and large
    size, grey = (_ADDRESS, 0.0) if copied else (_SMALL + 1, _GREY)
    lines = entry.address_lines if copied else (", ".join(entry.address_lines),)
    room = _Piece(right, _one_line(entry.room), _ASIDE, "right")
    width = right - left - width_mm(room.text, room.style.face, room.style.size_pt) - 5
    parts = [
        part
        for line in lines or ("",)
        for part in wrap(spell_out(line), Face.SANS, size, width, break_words=True)
    ]
    address = [_Piece(left, part, TextStyle(Face.SANS, size, grey)) for part in parts]
    rows.append(_CribRow(1.35 * size / MM, (address[0], room)))
    return [*rows, *(_CribRow(1.35 * size / MM, (piece,)) for piece in address[1:])]


def _remark(label: str, text: str, size: float, left: float, right: float, *, first: bool) -> list[_CribRow]:
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
            pieces.append(_Piece(left, heads[place], _LABEL))
        if place < len(lines):
            pieces.append(_Piece(start, lines[place], TextStyle(face, size)))
        drop = 1.25 if place else 1.45
        rows.append(_CribRow(drop * size / MM + (1.5 if first and not place else 0), tuple(pieces)))
    return rows


def _paginate(entries: list[list[_CribRow]], room: float) -> list[list[list[_CribRow]]]:
    """Deal whole entries to pages `room` mm high; one higher than a page runs on over as many as it needs."""
    pages: list[list[list[_CribRow]]] = [[]]
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
        part: list[_CribRow] = []
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
    sheet.text(_MARGIN, 18, heading, TextStyle(face, _NAME * min(1, fits), grey=_GREY))
    sheet.text(width - _MARGIN, 18, folio, _LABEL, align="right")
    foot = "for the writer: it lies beside the greeting card and is not sent"
    sheet.text(width / 2, height - 11, foot, TextStyle(Face.SERIF, 10, grey=_GREY), align="centre")


def _draw_entries(sheet: Sheet, entries: list[list[_CribRow]], width: float) -> None:
    y = _TOP
    for place, rows in enumerate(entries):
        if place:
            line = y + 0.55 * _GAP  # below the depths of the letters above
            sheet.line(_MARGIN + _HANG, line, width - _MARGIN, line, grey=_PALE)
            y += _GAP
        for row in rows:
            y += row.drop
            if row.frame:
                _draw_frame(sheet, row.frame, y)
            if row.picture:
                _draw_picture(sheet, row.picture, y - row.drop + _ABOVE)
            for piece in row.pieces:
                sheet.text(
                    piece.x,
                    y,
                    piece.text,
                    piece.style,
                    align=piece.align,
                )


def _draw_picture(sheet: Sheet, shown: _Shown, top: float) -> None:
    box = Box(shown.x, top, shown.width, shown.height)
    draw_photo(sheet, shown.picture.photo, box)
    sheet.rect(box, grey=_PALE)  # a white card ends where its picture does
    sheet.text(shown.x, box.bottom + 0.8 * _CAPTION, shown.picture.year, _LABEL)


def _draw_frame(sheet: Sheet, frame: _Frame, bottom: float) -> None:
    """Draw the face of an envelope: pale edges, a stamp that says how far it must carry, the lines."""
    top = bottom - frame.height
    sheet.rect(Box(frame.x, top, frame.width, frame.height), radius=1.5, grey=_PALE)
    stamp = frame.x + frame.width - _PAD - _STAMP_W
    sheet.rect(Box(stamp, top + _PAD, _STAMP_W, _STAMP_H), grey=_PALE)
    if frame.stamp:
        fits = (_STAMP_W - 2) / width_mm(frame.stamp, Face.SANS, _SMALL)
        size = _SMALL * min(1, fits)
        middle = top + _PAD + _STAMP_H / 2 + 1
        sheet.text(
            stamp + _STAMP_W / 2, middle, frame.stamp, TextStyle(Face.SANS, size, grey=_GREY), align="centre"
        )
    block, size = frame.block, frame.size
    inside = Box(frame.x + _PAD, top + _PAD, stamp - 5 - frame.x - _PAD, frame.height - 2 * _PAD)
    first = block.first_baseline(inside, size, centre=top + frame.height / 2)
    block.draw(sheet, inside.x, inside.right, first, size)
