"""Greeting cards on folded paper: a design and a few words in front, a line or two inside, and room.

The room is given, not left over: words that would come near it are refused with the millimetres.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import Box
from relcard.domain.printing.room import check_fits
from relcard.errors import InkContractError
from relcard.errors import RelcardError
from relcard.errors import UsageError
from relcard.paper.documents.folds import FOLD_DASH
from relcard.paper.documents.folds import Mark
from relcard.paper.documents.folds import Panel
from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import sides_in_order
from relcard.paper.documents.folds import turned_by_hand
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.documents.results import Refusal
from relcard.paper.fronts.front import GREY
from relcard.paper.fronts.front import set_front
from relcard.paper.text.bidi import direction
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.typeset import set_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.printer import Printer
    from relcard.domain.printing.room import Hand
    from relcard.domain.printing.room import Room
    from relcard.paper.documents.folds import Fold
    from relcard.paper.documents.folds import Placement
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.front import Front
    from relcard.paper.fronts.photos import Photo
    from relcard.paper.text.canvas import Sheet
    from relcard.paper.text.typeset import Setting

INSIDE_PT = (15.0, 12.75)  # text gives way to 85 %, then it is refused
_RULE_GREY = 0.75
_TICK_GREY = 0.6
_AIR_ABOVE = 10.0  # mm at most between the top margin and the inside words
_TEST_SHEETS = 2  # to see how a pile goes back in
_ARROW_TOP, _ARROW_FOOT = 15.0, 70.0  # mm from the page's upper edge
_ARROW_HEAD = 12.0
_NUMBER, _WORDS = TextStyle(Face.SANS, 72, grey=0.3), TextStyle(Face.SANS, 11)
_TEST_LEADING = 6.2  # mm
_PUT_BACK = "First side. When both sheets are printed, put them back in to print the second side:"
_UPRIGHT = "turned over as one turns the page of a book, the arrow pointing the same way as before."
_LYING = "turned over as one turns the leaf of a wall calendar, the arrow pointing the other way now."
_NEXT_TIME = "How the pile went in, for the next time:"
_SECOND_SIDE = (
    "Second side. Hold the sheet against the light.",
    "It is right when the two arrows lie on each other and the numbers are the same.",
    "",
    "Both sides on one: turn the pile over.   The arrows point apart: turn it end for end.",
    "Another number: print the cards with --last-first.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """A card's words and picture; `who` names it to the user, `photo` is for a design that takes one.

    `language` (BCP 47) is that of the words.
    """

    who: str
    front: str
    inside: str
    design: Design
    room: Room
    size: CardSize
    photo: Photo | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyCard:
    """A card that fits, its words in type; those of the inside begin `inside_y` below the panel's edge."""

    card: CardFace
    front: Front
    inside: Setting
    inside_y: float

    def is_blank(self, panel: Panel, *, ruled: bool) -> bool:
        """Whether nothing stands on a panel, so that it need not be entered."""
        if panel is Panel.FRONT:
            return False
        if panel is self._writing_panel:
            return not (self.inside.lines or ruled)
        return panel is not Panel.BACK or not self.front.has_back

    @property
    def _writing_panel(self) -> Panel:
        return Panel.INSIDE_RIGHT if self.card.size.is_folded else Panel.BACK

    def draw(self, sheet: Sheet, panel: Panel, *, ruled: Hand | None = None, bleed: float = 0.0) -> None:
        """Draw what stands on a panel, its top left corner the origin; `bleed` lets art reach over the edge.

        A postcard's back is the panel of the pen; on another's may stand the one line of the design.
        """
        if panel is Panel.FRONT:
            self.front.draw(sheet, bleed=bleed)
        elif panel is self._writing_panel:
            _draw_inside(sheet, self, ruled)
        elif panel is Panel.BACK:
            self.front.draw_back(sheet)


def common_language(cards: Sequence[ReadyCard]) -> str:
    """Return the language of most of the cards, which is that of the document; of two, the first."""
    [(language, _)] = Counter(ready.card.language for ready in cards).most_common(1)
    return language


def draw_cards(
    cards: Sequence[CardFace],
    fold: Fold,
    *,
    ruled: Hand | None = None,
    title: str = "Greeting cards",
    printer: Printer | None = None,
    turning: Turning = Turning.PRINTER,
) -> DrawnPdf:
    """Print the cards, as many on a sheet as it folds into; `ruled` draws lines for that hand.

    The first stand in the first place of every sheet, the next in the second: when the pile is cut and its
    parts are laid on one another, the cards lie in their order.

    A card whose words do not fit, or hold a character the face lacks, is refused by name and leaves no gap.
    Raises `UsageError` for a card of another size than the fold's.
    """
    for card in cards:
        if (card.size.panel_w, card.size.panel_h) != (fold.panel_w, fold.panel_h):
            raise UsageError(
                f"A card of size {card.size.name} cannot be folded as {fold.name}.",
                hint="Give the size and the fold the same name.",
            )
    ready, refused = set_cards(cards)
    if not ready:
        return DrawnPdf(data=b"", pages=0, items=0, refused=refused)
    if turning is not Turning.PRINTER:
        fold = turned_by_hand(fold)
    sheet = new_canvas(
        fold.page_w,
        fold.page_h,
        title=title,
        duplex=fold.flip if turning is Turning.PRINTER else None,
        face=Face.SERIF,
        printer=printer,
        language=common_language(ready),
    )
    pages = 0
    sheets = ceil(len(ready) / fold.cards_per_sheet)
    for number, side in sides_in_order(fold, sheets, turning):
        for place, ready_card in enumerate(ready[number::sheets]):
            for where in fold.cards[place]:
                if where.page == side and not ready_card.is_blank(where.panel, ruled=ruled is not None):
                    with on_panel(sheet, where):
                        ready_card.draw(sheet, where.panel, ruled=ruled)
        sheet.stamp(f"ticks-{side}", partial(_draw_ticks, sheet, fold, side))
        sheet.next_page()  # also after an inside that stays blank: it is the back of a sheet
        pages += 1
    return DrawnPdf(data=sheet.to_bytes(), pages=pages, items=len(ready), refused=refused)


def draw_test_sheets(fold: Fold, *, turning: Turning = Turning.BY_HAND) -> bytes:
    """Draw two sheets for a printer that prints one side, in the format of the cards: four pages.

    Pages 1 and 2 are first sides, 3 and 4 second ones, in the order the insides of cards will have.
    """
    sheet = new_canvas(fold.page_w, fold.page_h, title="How the pile goes back in")
    # Turned over its long edge, a lying sheet has its upper edge below.
    lies = fold.page_w > fold.page_h
    first = (_PUT_BACK, _LYING if lies else _UPRIGHT, "", _NEXT_TIME)
    for number, side in sides_in_order(fold, _TEST_SHEETS, turning):
        with sheet.panel(Box(0, 0, fold.page_w, fold.page_h), rotated=bool(side) and lies):
            _draw_test_side(sheet, fold.page_w, number + 1, _SECOND_SIDE if side else first, line=not side)
        sheet.next_page()
    return sheet.to_bytes()


def on_panel(sheet: Sheet, where: Placement) -> AbstractContextManager[Sheet]:
    """Enter a panel of the page, its top left corner the origin, the right way up for its reader."""
    return sheet.panel(where.box, rotated=where.rotated)


def set_cards(cards: Sequence[CardFace]) -> tuple[list[ReadyCard], tuple[Refusal, ...]]:
    """Set each card's words in type; those that do not fit are refused by name."""
    ready, refused = [], []
    for card in cards:
        try:
            ready.append(_set_card(card))
        except RelcardError as error:
            reason = f"{error.message} {error.hint}" if isinstance(error, InkContractError) else error.message
            refused.append(Refusal(who=card.who, reason=reason))
    return ready, tuple(refused)


def check_card(card: CardFace) -> None:
    """Refuse a card that could not be printed as it stands; a draft is checked before it is kept.

    Raises `InkContractError` with the millimetres, `GlyphError`, `TooWideError`, or what `set_front` raises.
    """
    _set_card(card)


def set_inside(words: str, size: CardSize, room: Room) -> Setting:
    """Return the words of an inside in type, in the lines that they have on paper."""
    return set_words(words, size.writing_w, room.printable_mm, INSIDE_PT)


def _set_card(card: CardFace) -> ReadyCard:
    for words, face in ((card.front, card.design.words.face), (card.inside, Face.SERIF)):
        missing = missing_glyphs(words, face)
        if missing:
            raise GlyphError(missing[0], face)
    size, room = card.size, card.room
    front = set_front(card.front, card.design, size, card.photo)
    inside = set_inside(card.inside, size, room)
    check_fits(inside.height_mm, room, line_mm=inside.leading_mm, who=card.who)
    inside_y = size.margin + min(_AIR_ABOVE, (room.printable_mm - inside.height_mm) / 2)
    _check_room(card, Box(size.margin, inside_y, size.writing_w, inside.height_mm))
    return ReadyCard(card=card, front=front, inside=inside, inside_y=inside_y)


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


def _draw_inside(sheet: Sheet, ready: ReadyCard, ruled: Hand | None) -> None:
    """Draw the words hung from the left margin, where the pen will begin its lines too.

    Lines that run to the left hang from the right margin: there the pen will begin.
    """
    words, size = ready.inside, ready.card.size
    baseline = ready.inside_y + words.ascent_mm
    right = size.margin + size.writing_w
    for to_the_left, lines in groupby(words.lines, lambda line: direction(line) == "R"):
        run = list(lines)
        sheet.block(
            size.margin,
            baseline,
            run,
            TextStyle(Face.SERIF, words.size_pt, grey=GREY),
            leading_pt=words.leading_mm * MM,
            right=right if to_the_left else None,
        )
        baseline += len(run) * words.leading_mm
    if ruled:
        _draw_lines(
            sheet, ready.card.room, ruled, ready.inside_y + words.height_mm if words.lines else size.margin
        )


def _draw_lines(sheet: Sheet, room: Room, hand: Hand, top: float) -> None:
    """Rule the panel for those who asked: whole lines of the hand, from the foot of the room up to `top`."""
    foot = room.y + int(room.height / hand.pitch_mm + 1e-6) * hand.pitch_mm
    for line in range(int((foot - top) / hand.pitch_mm + 1e-6)):
        y = foot - line * hand.pitch_mm
        sheet.line(room.x, y, room.x + room.width, y, width_pt=0.35, grey=_RULE_GREY)


def _draw_ticks(sheet: Sheet, fold: Fold, side: int) -> None:
    """Draw the marks of one side: a whole line to cut along, a dashed one to fold."""
    for tick in fold.ticks:
        if tick.page == side:
            dash = FOLD_DASH if tick.mark is Mark.FOLD else ()
            sheet.line(tick.x1, tick.y1, tick.x2, tick.y2, width_pt=0.35, grey=_TICK_GREY, dash=dash)


def _draw_test_side(sheet: Sheet, width: float, number: int, words: tuple[str, ...], *, line: bool) -> None:
    middle = width / 2
    _draw_arrow(sheet, middle)
    below = _ARROW_FOOT + 30
    sheet.text(middle, below, str(number), _NUMBER, align="centre")
    y = below + 20
    for line_words in words:
        sheet.text(middle, y, line_words, _WORDS, align="centre")
        y += _TEST_LEADING
    if line:
        sheet.line(middle - 60, y + _TEST_LEADING, middle + 60, y + _TEST_LEADING, grey=0.5)


def _draw_arrow(sheet: Sheet, x: float) -> None:
    """Draw it in outline, so that another behind it is seen."""
    points = (
        (x, _ARROW_TOP),
        (x + _ARROW_HEAD, _ARROW_TOP + _ARROW_HEAD),
        (x + _ARROW_HEAD / 2, _ARROW_TOP + _ARROW_HEAD),
        (x + _ARROW_HEAD / 2, _ARROW_FOOT),
        (x - _ARROW_HEAD / 2, _ARROW_FOOT),
        (x - _ARROW_HEAD / 2, _ARROW_TOP + _ARROW_HEAD),
        (x - _ARROW_HEAD, _ARROW_TOP + _ARROW_HEAD),
    )
    canvas = sheet.canvas
    canvas.setLineWidth(0.35 * MM)
    canvas.setStrokeGray(0)
    canvas.setDash([])
    path = canvas.beginPath()
    path.moveTo(*sheet.point(*points[0]))
    for point in points[1:]:
        path.lineTo(*sheet.point(*point))
    path.close()
    canvas.drawPath(path, stroke=1, fill=0)
