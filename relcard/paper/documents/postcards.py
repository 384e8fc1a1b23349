"""The address side of postcards, a page each: right of the middle beneath the stamp, or upright as in Japan.

Upright, on a card of about 100 x 148 mm with the stamp at the upper left, the postcode stands in the seven
boxes at the upper right (Japan Post, manual of postcodes, figure 2, a JIS standard), the address in columns
below them, the names large in the middle, the sender small at the lower left above boxes of their own: for
these there is no rule, as no machine reads them, and they stand where cards on sale have them. Several names
begin at one height and end with their courtesies at one (lifeabroad.jp, "Mail"). What is not in Japanese
letters lies across on such a card.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.domain.printing.feed import Feed
from relcard.domain.printing.feed import place
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.stock import Envelope
from relcard.domain.text import has_east_asian
from relcard.errors import UsageError
from relcard.paper.documents.address_block import SMALLEST
from relcard.paper.documents.address_block import half_points
from relcard.paper.documents.address_block import measure
from relcard.paper.documents.address_block import unprintable
from relcard.paper.documents.address_block import what_is_missing
from relcard.paper.documents.envelope_areas import envelope_areas
from relcard.paper.documents.envelopes import LARGEST
from relcard.paper.documents.envelopes import laid
from relcard.paper.documents.envelopes import sender_block
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.documents.results import Refusal
from relcard.paper.text.canvas import NO_LANGUAGE
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.printer import Printer
    from relcard.paper.documents.address_block import Block
    from relcard.paper.documents.address_block import Label
    from relcard.paper.text.canvas import Sheet

_GUTTER = 4.0  # mm right of the middle, where the words of the other half end
# Upright, in mm: the boxes of a postcode by their width and height, how far they are from head and right,
# where each begins behind the first, and how thick the lines of the first three and of the others are; then
# those of the sender, with the gap behind the third.
_BOX_W, _BOX_H, _BOX_TOP, _BOX_RIGHT = 5.7, 8.0, 12.0, 8.0
_BOXES = (0.0, 7.0, 14.0, 21.6, 28.4, 35.2, 42.0)
_THICK, _THIN, _FIRST_BOXES = 0.5, 0.3, 3
_OWN_W, _OWN_H, _OWN_PITCH, _OWN_LEFT, _OWN_GAP, _OWN_FOOT = 4.0, 6.5, 4.0, 5.5, 1.0, 19.0
_RED = (0.88, 0.28, 0.2)  # vermilion, which the sorting machines do not see
_DIGIT, _OWN_DIGIT = 15.0, 10.0  # pt
_ADDRESS, _LEAST_ADDRESS = 13.0, 9.0  # pt
_NAME, _LEAST_NAME = 24.0, 12.0  # pt
_SENDER, _LEAST_SENDER = 10.0, 7.0  # pt
_HEAD, _FOOT = 26.0, 12.0  # mm above the columns and below them
_SENDER_HEAD = 45.0  # mm above the sender: the stamp
_NAME_HEAD, _NAMES_WIDE = 34.0, 44.0  # mm above the names, and what they may take across
_APART = 1.25  # ems from column to column
_SPACE = 0.5  # ems: a space in a column
_TURNED = frozenset("ー―〜~()（）「」『』【】…：:=＝")
_SMALL = frozenset("ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ")
_UPRIGHT_SIGNS = {
    ord(sign): kanji for sign, kanji in zip("0123456789", "〇一二三四五六七八九", strict=True)
} | {
    **{ord(sign): kanji for sign, kanji in zip("０１２３４５６７８９", "〇一二三四五六七八九", strict=True)},
    **dict.fromkeys(map(ord, "-‐‑–—−－"), "ー"),
    **{number: chr(number + 0xFEE0) for number in range(ord("A"), ord("z") + 1) if chr(number).isalpha()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Postcard:
    """Where a postcard goes: all lines as an envelope has them, and its names, each with its courtesy.

    `upright` says that the address is written in columns where the card is.
    """

    label: Label
    names: tuple[str, ...] = ()
    upright: bool = False

    @property
    def postcode(self) -> str:
        """The digits for the boxes."""
        return _digits(self.label.lines)

    @property
    def columns(self) -> tuple[str, ...]:
        """The address without names and postcode: town and street together, the building by itself."""
        lines = [line for line in self.label.lines if line not in self.names and not _is_postcode(line)]
        return tuple("".join(lines).split())


def draw_postcards(
    cards: Sequence[Postcard],
    size: CardSize,
    *,
    sender: tuple[str, ...] = (),
    sender_abroad: tuple[str, ...] = (),
    country: str = "",
    boxes: bool = False,
    printer: Printer | None = None,
) -> DrawnPdf:
    """Print the address side of each card in order; what cannot be printed whole is refused by name.

    `country` is the sender's: from Japan the cards stand upright, and `sender` is on them, or `sender_abroad`
    small in the corner of one that lies across; `boxes` are drawn for plain paper. Else the left half is the
    pen's, and bears nothing. Raises `UsageError` when the sender cannot be printed.
    """
    paper = _paper(size)
    corner = check_sender(sender, sender_abroad, size, country=country)
    lies = place(paper, _feed(country))
    ready, refused = _measured(cards, size, country)
    if not ready:
        return DrawnPdf(data=b"", pages=0, items=0, refused=refused)
    area, senders = _area(size, country), envelope_areas(paper, country).sender
    sheet = new_canvas(
        lies.page_w,
        lies.page_h,
        title=f"Postcards {size.name}",
        printer=printer,
        language=NO_LANGUAGE,
    )
    for number, (card, block) in enumerate(ready):
        if number:
            sheet.next_page()
        if block is None:
            _draw_upright(sheet, card, sender, lies.page_w, lies.page_h, boxes=boxes)
            continue
        with laid(sheet, lies):
            points = min(LARGEST, half_points(block.largest_size(area.width, area.height)))
            first = block.first_baseline(area, points, centre=area.y + area.height / 2)
            block.draw(sheet, area.x, area.x + block.width * points / MM, first, points)
            if corner:
                first = corner.first_baseline(senders, SMALLEST, centre=0)
                corner.draw(sheet, senders.x, senders.right, first, SMALLEST)
    return DrawnPdf(data=sheet.to_bytes(), pages=len(ready), items=len(ready), refused=refused)


def check_postcards(cards: Sequence[Postcard], size: CardSize, *, country: str = "") -> tuple[Refusal, ...]:
    """Return which addresses `draw_postcards` would refuse, and draw nothing."""
    return _measured(cards, size, country)[1]


def check_sender(
    sender: tuple[str, ...], sender_abroad: tuple[str, ...], size: CardSize, *, country: str = ""
) -> Block | None:
    """Return the sender as it stands in the corner of a card that lies across, None where none does.

    Raises `UsageError` for a sender that `draw_postcards` could not print whole.
    """
    if country != "JP":
        return None
    words = "\n".join(sender)
    missing, remedy = what_is_missing(_upright(words) if has_east_asian(words) else words)
    if missing:
        raise UsageError(
            f"The return address cannot be printed: {missing}.",
            hint=remedy or "Write it in other letters: relcard settings set sender.address ...",
        )
    longest = max(map(_cells, _sender_columns(sender)), default=0) * _LEAST_SENDER / MM
    over = longest - (_sender_top(size.panel_w) - _SENDER_HEAD)
    if has_east_asian(words) and over > 0:
        raise UsageError(
            f"The return address cannot be printed on {size.name}: {over:.1f} mm too long.",
            hint="Put a space where it may be divided: relcard settings set sender.address ...",
        )
    areas = envelope_areas(_paper(size), country)
    return sender_block(sender_abroad, areas.sender, f"on {size.name}")


def _paper(size: CardSize) -> Envelope:
    return Envelope(name=size.name, width=size.panel_w, height=size.panel_h)


def _feed(country: str) -> Feed:
    return Feed(turn=270 if country == "JP" else 0)


def _area(size: CardSize, country: str) -> Box:
    """Return where the address stands on a card that lies across."""
    area = envelope_areas(_paper(size), country).address
    left = size.panel_w / 2 + _GUTTER
    return Box(left, area.y, area.right - left, area.height)


def _measured(
    cards: Sequence[Postcard], size: CardSize, country: str
) -> tuple[list[tuple[Postcard, Block | None]], tuple[Refusal, ...]]:
    """Return the cards that fit, with the block of one that lies across, and those that do not."""
    area, height = _area(size, country), place(_paper(size), _feed(country)).page_h
    ready: list[tuple[Postcard, Block | None]] = []
    refused: list[Refusal] = []
    for card in cards:
        if country == "JP" and card.upright:
            reason = _misfit(card, height)
            refused += [Refusal(who=card.label.who, reason=reason)] * bool(reason)
            ready += [(card, None)] * (not reason)
        else:
            blocks, unfit = measure((card.label,), area.width, area.height)
            ready += [(card, block) for block in blocks]
            refused += unfit
    return ready, tuple(refused)


def _is_postcode(line: str) -> bool:
    return re.fullmatch(r"〒?\s*\d{3}-?\d{4}", line) is not None


def _digits(lines: Sequence[str]) -> str:
    """Return the seven digits of the line that is a postcode, "" where there is none."""
    return next((re.sub(r"\D", "", line) for line in lines if _is_postcode(line)), "")


def _upright(text: str) -> str:
    """Return a text with the signs that it has in a column."""
    return text.translate(_UPRIGHT_SIGNS)


def _cells(text: str) -> float:
    """Return how long a column is in ems."""
    return sum(_SPACE if sign.isspace() else 1.0 for sign in text)


def _misfit(card: Postcard, height: float) -> str:
    """Say why a card cannot be printed upright, "" where it can."""
    missing = unprintable(_upright("\n".join((*card.columns, *card.names))))
    if missing:
        return missing
    room = height - _HEAD - _FOOT
    over = max((_cells(column) for column in card.columns), default=0) * _LEAST_ADDRESS / MM - room
    if over > 0:
        return f"{over:.1f} mm too long at {_LEAST_ADDRESS:g} pt"
    fits = _name_size(card.names, height) >= _LEAST_NAME
    return "" if fits else f"its {len(card.names)} names have no room at {_LEAST_NAME:g} pt"


def _name_size(names: Sequence[str], height: float) -> float:
    """Return the size in points at which the names fit beside and above each other."""
    longest = max(map(_cells, names), default=1)
    across = 1 + (len(names) - 1) * _APART
    return min(_NAME, (height - _NAME_HEAD - 2 * _FOOT) / longest * MM, _NAMES_WIDE / across * MM)


def _draw_upright(
    sheet: Sheet, card: Postcard, sender: tuple[str, ...], width: float, height: float, *, boxes: bool
) -> None:
    """Draw one card as Japan has it: postcode, address from the right, names in the middle, the sender."""
    left = width - _BOX_RIGHT - _BOXES[-1] - _BOX_W
    for number, (begins, digit) in enumerate(zip(_BOXES, card.postcode or " " * 7, strict=True)):
        box = Box(left + begins, _BOX_TOP, _BOX_W, _BOX_H)
        thick = _THICK if number < _FIRST_BOXES else _THIN
        _draw_digit(sheet, digit, box, _DIGIT, thick=boxes * thick)
    if boxes:
        _draw_hyphen(sheet, left + _BOXES[_FIRST_BOXES - 1] + _BOX_W, left + _BOXES[_FIRST_BOXES])
    longest = max(map(_cells, card.columns), default=1)
    size = min(_ADDRESS, (height - _HEAD - _FOOT) / longest * MM)
    for number, column in enumerate(card.columns):
        room = height - _HEAD - _FOOT - _cells(column) * size / MM
        drop = min(number * 2 * size / MM, room)  # a building begins lower than its street
        _draw_column(sheet, column, width - 13 - number * 1.4 * size / MM, _HEAD + drop, size)
    _draw_names(sheet, card.names, width / 2, height)
    if sender:
        _draw_sender(sheet, sender, height, boxes=boxes)


def _draw_digit(sheet: Sheet, digit: str, box: Box, points: float, *, thick: float) -> None:
    """Draw a digit in its box, measured within its lines; `thick` in mm, 0 where the card has it."""
    if thick:
        canvas = sheet.canvas
        canvas.setStrokeColorRGB(*_RED)
        canvas.setLineWidth(thick * MM)
        x, y = sheet.point(box.x - thick / 2, box.bottom + thick / 2)
        canvas.rect(x, y, (box.width + thick) * MM, (box.height + thick) * MM)
    baseline = box.y + box.height / 2 + 0.357 * points / MM
    if digit.strip():
        sheet.text(box.x + box.width / 2, baseline, digit, TextStyle(Face.SANS, points), align="centre")


def _draw_hyphen(sheet: Sheet, left: float, right: float) -> None:
    """Draw the stroke between the third box and the fourth, half as long as it is from one to the other."""
    canvas = sheet.canvas
    canvas.setStrokeColorRGB(*_RED)
    canvas.setLineWidth(_THICK * MM)
    middle, half = (left + right) / 2, (right - left) / 4
    y = _BOX_TOP + _BOX_H / 2
    canvas.line(*sheet.point(middle - half, y), *sheet.point(middle + half, y))


def _draw_names(sheet: Sheet, names: Sequence[str], middle: float, height: float) -> None:
    """Draw names in columns, the first at the right; a surname all share stands once, courtesies in line."""
    size = _name_size(names, height)
    em = size / MM
    parted = [name.split() for name in names]
    shared = len(names) > 1 and all(len(parts) > 2 and parts[0] == parted[0][0] for parts in parted)
    long = max(map(_cells, names), default=0) * em
    head = max(_NAME_HEAD, 0.5 * height - long / 2)
    for number, (name, parts) in enumerate(zip(names, parted, strict=True)):
        x = middle + ((len(names) - 1) / 2 - number) * _APART * em
        before = _cells(f"{parts[0]} ") * em if shared and number else 0.0
        courtesy = parts[-1] if len(parts) > 1 else ""
        own = name.removesuffix(f" {courtesy}") if courtesy else name
        _draw_column(sheet, own.removeprefix(f"{parts[0]} ") if before else own, x, head + before, size)
        _draw_column(sheet, courtesy, x, head + long - _cells(courtesy) * em, size)


def _draw_sender(sheet: Sheet, sender: tuple[str, ...], height: float, *, boxes: bool) -> None:
    """Draw the sender at the lower left: the name last, and so farthest left; other letters lie across."""
    top = _sender_top(height)
    for number, digit in enumerate(_digits(sender)):
        x = _OWN_LEFT + number * _OWN_PITCH + (_OWN_GAP if number > 2 else 0)
        _draw_digit(sheet, digit, Box(x, top, _OWN_W, _OWN_H), _OWN_DIGIT, thick=boxes * _THIN)
    columns = _sender_columns(sender)
    if not has_east_asian("".join(columns)):
        lines = [line for line in sender if not _is_postcode(line)]
        for number, line in enumerate(lines):
            sheet.text(_OWN_LEFT, top - 4 * (len(lines) - number), line, TextStyle(Face.SANS, SMALLEST))
        return
    longest = max(map(_cells, columns))
    size = max(_LEAST_SENDER, min(_SENDER, (top - 3 - height / 2.3) / longest * MM))
    for number, column in enumerate(reversed(columns)):
        x = _OWN_LEFT + 3 + number * 1.4 * size / MM
        _draw_column(sheet, column, x, top - 3 - _cells(column) * size / MM, size)


def _sender_columns(sender: Sequence[str]) -> list[str]:
    """Return the sender's address, divided at its spaces, and the name."""
    name, *address = (line for line in sender if not _is_postcode(line)) if sender else ("",)
    return [*"".join(address).split(), name]


def _sender_top(height: float) -> float:
    """Return where the boxes of the sender's postcode begin, in mm from the head."""
    return height - _OWN_FOOT - _OWN_H


def _draw_column(sheet: Sheet, text: str, x: float, top: float, points: float) -> None:
    """Draw a text downwards about `x`: numbers in Japanese, long strokes and brackets turned."""
    em = points / MM
    style = TextStyle(Face.SANS, points, language="ja")
    y = top
    for sign in _upright(text):
        if sign.isspace():
            y += _SPACE * em
            continue
        if sign in _TURNED:
            _draw_turned(sheet, sign, x, y + em / 2, style)
        else:
            off = 0.1 * em if sign in _SMALL else 0.0
            sheet.text(x + off, y + 0.88 * em - off, sign, style, align="centre")
        y += em


def _draw_turned(sheet: Sheet, sign: str, x: float, y: float, style: TextStyle) -> None:
    """Draw a sign turned by a quarter, clockwise, about a point."""
    canvas = sheet.canvas
    across, up = sheet.point(x, y)
    nought, height = sheet.point(0, 0)
    canvas.saveState()
    canvas.transform(0, -1, 1, 0, across, up)
    canvas.translate(-nought, -height)
    sheet.text(0, 0.38 * style.size_pt / MM, sign, style, align="centre")
    canvas.restoreState()
