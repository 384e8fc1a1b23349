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
from relcard.paper.fronts import GREY
from relcard.paper.fronts import set_front
from relcard.paper.imposition import Box
from relcard.paper.imposition import Panel
from relcard.paper.labels import Refusal
from relcard.paper.motifs import find_motif
from relcard.paper.text import Face
from relcard.paper.text import GlyphError
from relcard.paper.text import missing_glyphs
from relcard.paper.text import new_canvas
from relcard.paper.typeset import set_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.draft import CardSize
    from relcard.domain.draft import Hand
    from relcard.domain.draft import Room
    from relcard.paper.fronts import Front
    from relcard.paper.imposition import Fold
    from relcard.paper.text import Align
    from relcard.paper.text import Sheet
    from relcard.paper.typeset import Setting

INSIDE_PT = (15.0, 12.75)  # text gives way to 85 %, then it is refused
_RULE_GREY = 0.75
_TICK_GREY = 0.6
_AIR_ABOVE = 10.0  # mm at most between the top margin and the inside words


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
class _Ready:
    card: CardFace
    front: Front
    inside: Setting
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
        find_motif(card.motif)  # a motif nobody knows is no fault of one card
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
                for panel in (Panel.FRONT, Panel.INSIDE_RIGHT):
                    where = fold.placement(place, panel)
                    if where.page == side:
                        with sheet.panel(
                            where.box.x,
                            where.box.y,
                            width=where.box.width,
                            height=where.box.height,
                            rotated=where.rotated,
                        ):
                            if panel is Panel.FRONT:
                                one.front.draw(sheet)
                            else:
                                _draw_inside(sheet, one, ruled)
            sheet.stamp(f"ticks-{side}", partial(_draw_ticks, sheet, fold, side))
            sheet.next_page()  # also after an inside that stays blank: it is the back of a sheet
            pages += 1
    return CardRun(data=sheet.to_bytes(), pages=pages, items=len(ready), refused=tuple(refused))


def check_card(card: CardFace) -> None:
    """Refuse a card that could not be printed as it stands; a draft is checked before it is kept.

    Raises `InkContractError` with the millimetres, `GlyphError`, `TooWideError` or `NotFoundError` (motif).
    """
    _set_card(card)


def _set_card(card: CardFace) -> _Ready:
    for words in (card.front, card.inside):
        missing = missing_glyphs(words, Face.SERIF)
        if missing:
            raise GlyphError(missing[0], Face.SERIF)
    size, room = card.size, card.room
    front = set_front(card.front, card.motif, size)
    inside = set_words(card.inside, size.writing_w, room.printable_mm, INSIDE_PT)
    check_fits(inside.height_mm, room, line_mm=inside.leading_mm, who=card.who)
    inside_y = size.margin + min(_AIR_ABOVE, (room.printable_mm - inside.height_mm) / 2)
    _check_room(card, Box(size.margin, inside_y, size.writing_w, inside.height_mm))
    return _Ready(card=card, front=front, inside=inside, inside_y=inside_y)


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


def _draw_inside(sheet: Sheet, ready: _Ready, ruled: Hand | None) -> None:
    """Draw the words hung from the left margin, where the pen will begin its lines too.

    Lines that run to the left hang from the right margin: there the pen will begin.
    """
    words, size = ready.inside, ready.card.size
    baseline = ready.inside_y + words.ascent_mm
    for line in words.lines:
        align: Align = "right" if direction(line) == "R" else "left"
        x = size.margin if align == "left" else size.panel_w - size.margin
        sheet.text(x, baseline, line, Face.SERIF, words.size_pt, grey=GREY, align=align)
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
