"""Greeting cards on folded paper: a motif and a few words in front, a line or two inside, and room.

The room is given, not left over: words that would come near it are refused with the millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from relcard.domain.draft import check_fits
from relcard.errors import InkContractError
from relcard.errors import RelcardError
from relcard.errors import UsageError
from relcard.paper.bidi import direction
from relcard.paper.imposition import Box
from relcard.paper.imposition import Panel
from relcard.paper.labels import Refusal
from relcard.paper.motifs import draw_motif
from relcard.paper.motifs import find_motif
from relcard.paper.text import MM
from relcard.paper.text import Face
from relcard.paper.text import GlyphError
from relcard.paper.text import TooWideError
from relcard.paper.text import ink
from relcard.paper.text import is_plain
from relcard.paper.text import missing_glyphs
from relcard.paper.text import new_canvas
from relcard.paper.text import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.draft import CardSize
    from relcard.domain.draft import Hand
    from relcard.domain.draft import Room
    from relcard.paper.imposition import Fold
    from relcard.paper.text import Align
    from relcard.paper.text import Sheet

LEADING = 1.5  # in ems
FRONT_PT = (18.0, 15.0)  # from the size wished for to the smallest that still looks meant
INSIDE_PT = (15.0, 12.75)  # text gives way to 85 %, then it is refused
_STEP_PT = 0.25
_GREY = 0.24  # of print: dark, and plainly not the blue or black of a pen
_RULE_GREY = 0.75
_TICK_GREY = 0.6
_ASCENT, _DESCENT = 0.9, 0.3  # in ems: what EB Garamond reaches, accents on capitals included; others more
_AIR_ABOVE = 10.0  # mm at most between the top margin and the inside words
_AIR_BETWEEN = 15.0  # mm between motif and front words
_EYE = 0.47  # of a panel's height: where a thing looks centred


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What one greeting card carries; `who` names it to the user, `motif` is a name of `motifs.MOTIFS`."""

    who: str
    front: str
    inside: str
    motif: str
    room: Room
    size: CardSize


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRun:
    """A finished PDF; `data` is empty when nothing could be printed."""

    data: bytes
    pages: int
    items: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """Words in type: their lines and size in points; what they reach up and down is in ems."""

    lines: tuple[str, ...]
    size_pt: float
    ascent: float = _ASCENT
    descent: float = _DESCENT

    @property
    def leading_mm(self) -> float:
        return LEADING * self.size_pt / MM

    @property
    def ascent_mm(self) -> float:
        return self.ascent * self.size_pt / MM

    @property
    def height_mm(self) -> float:
        """From above the first line's accents to below the last line's tails; 0 without words."""
        if not self.lines:
            return 0.0
        return (len(self.lines) - 1) * self.leading_mm + (self.ascent + self.descent) * self.size_pt / MM


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    card: CardFace
    front: _Setting
    inside: _Setting
    inside_y: float  # mm from the panel's top edge to the top of the inside words


def draw_cards(
    cards: Sequence[CardFace], fold: Fold, *, ruled: Hand | None = None, title: str = "Greeting cards"
) -> CardRun:
    """Print the cards in order, as many on a sheet as it folds into; `ruled` draws lines for that hand.

    A card whose words do not fit, or hold a character the face lacks, is refused by name and leaves no gap.
    Raises `UsageError` for a card of another size than the fold's, `NotFoundError` for an unknown motif.
    """
    ready, refused = [], []
    for card in cards:
        if (card.size.panel_w, card.size.panel_h) != (fold.panel_w, fold.panel_h):
            raise UsageError(
                f"A card of size {card.size.name} cannot be folded as {fold.name}.",
                hint="Give the size and the fold the same name.",
            )
        find_motif(card.motif)
        try:
            ready.append(_set_card(card))
        except RelcardError as error:
            reason = f"{error.message} {error.hint}" if isinstance(error, InkContractError) else error.message
            refused.append(Refusal(who=card.who, reason=reason))
    if not ready:
        return CardRun(data=b"", pages=0, items=0, refused=tuple(refused))
    sheet = new_canvas(
        fold.page_w,
        fold.page_h,
        title=title,
        duplex="long" if fold.sides == 2 else None,
        face=Face.SERIF,
    )
    pages = 0
    for start in range(0, len(ready), fold.cards_per_sheet):
        for side in range(fold.sides):
            for place, one in enumerate(ready[start : start + fold.cards_per_sheet]):
                for panel, draw in ((Panel.FRONT, _draw_front), (Panel.INSIDE_RIGHT, _draw_inside)):
                    where = fold.placement(place, panel)
                    if where.page == side:
                        with sheet.panel(
                            where.box.x,
                            where.box.y,
                            width=where.box.width,
                            height=where.box.height,
                            rotated=where.rotated,
                        ):
                            draw(sheet, one, ruled)
            sheet.stamp(f"ticks-{side}", partial(_draw_ticks, sheet, fold, side))
            sheet.next_page()  # also after an inside that stays blank: it is the back of a sheet
            pages += 1
    return CardRun(data=sheet.to_bytes(), pages=pages, items=len(ready), refused=tuple(refused))


def check_card(card: CardFace) -> None:
    """Refuse a card that could not be printed as it stands; a draft is checked before it is kept.

    Raises `InkContractError` with the millimetres, `GlyphError`, `TooWideError` or `NotFoundError` (motif).
    """
    find_motif(card.motif)
    _set_card(card)


def _set_card(card: CardFace) -> _Ready:
    for words in (card.front, card.inside):
        missing = missing_glyphs(words, Face.SERIF)
        if missing:
            raise GlyphError(missing[0], Face.SERIF)
    size, room = card.size, card.room
    motif = find_motif(card.motif)
    front = _set(card.front, size.writing_w, size.writing_h - motif.height - _AIR_BETWEEN, FRONT_PT)
    _check_front(card, front, size.writing_h - motif.height - _AIR_BETWEEN)
    inside = _set(card.inside, size.writing_w, room.printable_mm, INSIDE_PT)
    check_fits(inside.height_mm, room, line_mm=inside.leading_mm, who=card.who)
    inside_y = size.margin + min(_AIR_ABOVE, (room.printable_mm - inside.height_mm) / 2)
    _check_room(card, Box(size.margin, inside_y, size.writing_w, inside.height_mm))
    return _Ready(card=card, front=front, inside=inside, inside_y=inside_y)


def _set(text: str, width: float, height: float, sizes: tuple[float, float]) -> _Setting:
    """Set words as large as fits: first with the lines as written, then with lines divided evenly.

    Words that are too high at the smallest size come back so; the caller says by how much. Raises
    `TooWideError` for a word wider than the measure.
    """
    if not text.strip():
        return _Setting(lines=(), size_pt=sizes[0])
    largest, smallest = sizes
    steps = [largest - _STEP_PT * step for step in range(int((largest - smallest) / _STEP_PT) + 1)]
    written = text.count("\n") + 1
    divided = None
    for size_pt in steps:
        try:
            lines = wrap(text, Face.SERIF, size_pt, width)
        except TooWideError:
            if size_pt == steps[-1]:
                raise
            continue
        setting = _setting(lines, size_pt)
        if len(lines) == written and setting.height_mm <= height:
            return setting
        if divided is None and (setting.height_mm <= height or size_pt == steps[-1]):
            divided = setting
    assert divided is not None  # noqa: S101  the last step either raised or was kept
    return _setting(_even(text, divided, width), divided.size_pt)


def _setting(lines: Sequence[str], size_pt: float) -> _Setting:
    """Measure lines; another font found for a script may reach further than EB Garamond."""
    inks = [ink(line, Face.SERIF) for line in lines if not is_plain(line, Face.SERIF)]
    return _Setting(
        lines=tuple(lines),
        size_pt=size_pt,
        ascent=max([_ASCENT, *(one.top for one in inks)]),
        descent=max([_DESCENT, *(-one.bottom for one in inks)]),
    )


def _even(text: str, setting: _Setting, width: float) -> tuple[str, ...]:
    """Return the lines as narrow as their number allows, so that none is left with a single word."""
    best = setting.lines
    while width > 10:
        width -= 1
        try:
            lines = wrap(text, Face.SERIF, setting.size_pt, width)
        except TooWideError:
            break
        if len(lines) > len(best):
            break
        best = tuple(lines)
    return best


def _check_front(card: CardFace, front: _Setting, height: float) -> None:
    missing = front.height_mm - height
    if missing > 0:
        raise InkContractError(
            f"The words on the front are {missing:.1f} mm too tall beside the motif {card.motif}.",
            hint="Shorten them: relcard draft edit WHO",
        )


def _check_room(card: CardFace, words: Box) -> None:
    """Look once more at the very rectangles that are about to be drawn: words and room may not meet."""
    size, room = card.size, card.room
    area = Box(size.margin, size.margin, size.writing_w, size.writing_h)
    reserved = Box(room.x, room.y, room.width, room.height)
    if not area.contains(reserved):
        raise InkContractError(
            f"The room was reckoned for another card than {size.name}.",
            hint="Draft the card again: relcard draft",
        )
    if words.height and words.bottom > reserved.y:
        raise InkContractError(
            f"The printed words would stand {words.bottom - reserved.y:.1f} mm deep in the room.",
            hint="Shorten the text: relcard draft edit WHO",
        )


def _draw_front(sheet: Sheet, ready: _Ready, _ruled: Hand | None) -> None:
    """Draw the motif and, under it, the words, centred as one group."""
    size, words = ready.card.size, ready.front
    motif = find_motif(ready.card.motif)
    group = motif.height + (_AIR_BETWEEN + words.height_mm if words.lines else 0)
    top = max(size.margin, min(_EYE * size.panel_h - group / 2, size.panel_h - size.margin - group))
    draw_motif(sheet, ready.card.motif, size.panel_w / 2, top + motif.top)
    baseline = top + motif.height + _AIR_BETWEEN + words.ascent_mm
    for line in words.lines:
        sheet.text(size.panel_w / 2, baseline, line, Face.SERIF, words.size_pt, grey=_GREY, align="centre")
        baseline += words.leading_mm


def _draw_inside(sheet: Sheet, ready: _Ready, ruled: Hand | None) -> None:
    """Draw the words hung from the left margin, where the pen will begin its lines too.

    Lines that run to the left hang from the right margin: there the pen will begin.
    """
    words, size = ready.inside, ready.card.size
    baseline = ready.inside_y + words.ascent_mm
    for line in words.lines:
        align: Align = "right" if direction(line) == "R" else "left"
        x = size.margin if align == "left" else size.panel_w - size.margin
        sheet.text(x, baseline, line, Face.SERIF, words.size_pt, grey=_GREY, align=align)
        baseline += words.leading_mm
    if ruled:
        _draw_lines(sheet, ready.card.room, ruled)


def _draw_lines(sheet: Sheet, room: Room, hand: Hand) -> None:
    """Rule the room, for those who asked: as many whole lines of the hand as it holds."""
    for line in range(1, int(room.height / hand.pitch_mm + 1e-6) + 1):
        y = room.y + line * hand.pitch_mm
        sheet.line(room.x, y, room.x + room.width, y, width_pt=0.35, grey=_RULE_GREY)


def _draw_ticks(sheet: Sheet, fold: Fold, side: int) -> None:
    for tick in fold.ticks:
        if tick.page == side:
            sheet.line(tick.x1, tick.y1, tick.x2, tick.y2, width_pt=0.35, grey=_TICK_GREY, dash=(0.7, 0.5))
