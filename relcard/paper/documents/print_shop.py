"""Greeting cards for a print shop: trimmed size with bleed and marks, and equal cards only once.

No printer's offset and no white border: the shop's own machines have neither. A name never stands in it.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from relcard.paper.documents.cards import common_language
from relcard.paper.documents.cards import on_panel
from relcard.paper.documents.cards import set_cards
from relcard.paper.documents.folds import FOLD_DASH
from relcard.paper.documents.folds import MARK_LENGTH
from relcard.paper.documents.folds import MARK_OFFSET
from relcard.paper.documents.folds import Panel
from relcard.paper.documents.folds import spread
from relcard.paper.documents.results import DrawnPdf
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM

if TYPE_CHECKING:
    from collections.abc import Hashable
    from collections.abc import Sequence

    from relcard.domain.printing.card_size import CardSize
    from relcard.domain.printing.room import Hand
    from relcard.paper.documents.cards import CardFace
    from relcard.paper.documents.cards import ReadyCard
    from relcard.paper.documents.folds import Fold
    from relcard.paper.documents.folds import Placement
    from relcard.paper.text.canvas import Sheet

AROUND = 10.0  # mm of paper around the card, for its marks
_MARK_PT = 0.25
_NOTE = TextStyle(Face.SANS, 5, grey=0.4)
_OF_THE_HOUSEHOLD = ("who", "room")  # fields of a face in which equal cards differ


def draw_for_shop(
    cards: Sequence[CardFace], *, ruled: Hand | None = None, title: str = "Greeting cards"
) -> DrawnPdf:
    """Draw each of the different cards once, outside and inside, those of most copies first.

    Cards of equal words and design are one, whatever the circle: its words keep clear of the largest of their
    rooms, so that each has at least its own. What does not fit is refused by name.
    """
    ready, refused = set_cards(cards)
    groups: dict[Hashable, list[ReadyCard]] = {}
    for ready_card in ready:
        groups.setdefault(_sameness(ready_card.card), []).append(ready_card)
    designs = sorted(groups.values(), key=len, reverse=True)
    if not designs:
        return DrawnPdf(data=b"", pages=0, items=0, refused=refused)
    first = designs[0][0].card.size
    fold = spread(first, AROUND)
    sheet = new_canvas(
        fold.page_w, fold.page_h, title=title, face=Face.SERIF, language=common_language(ready)
    )
    _set_boxes(sheet, fold, first.bleed)
    for number, group in enumerate(designs, start=1):
        tightest = min(group, key=lambda ready_card: ready_card.card.room.printable_mm)
        for side, name in enumerate(("outside", "inside") if first.is_folded else ("front", "back")):
            for where in fold.cards[0]:
                if where.page == side:
                    _draw_panel(sheet, tightest, where, ruled)
            _draw_marks(sheet, fold, first)
            copies = "1 copy" if len(group) == 1 else f"{len(group)} copies"
            _note(sheet, fold, f"{number} of {len(designs)}, {name}, {copies}, {first.measures}")
            sheet.next_page()
    return DrawnPdf(
        data=sheet.to_bytes(),
        pages=2 * len(designs),
        items=len(ready),
        refused=refused,
        copies=tuple(tuple(ready_card.card.who for ready_card in group) for group in designs),
    )


def _sameness(card: CardFace) -> Hashable:
    """Return what equal cards have in common."""
    return tuple(getattr(card, field.name) for field in fields(card) if field.name not in _OF_THE_HOUSEHOLD)


def _set_boxes(sheet: Sheet, fold: Fold, bleed: float) -> None:
    """Say on every page where it is trimmed and how far ink reaches over that (PDF 32000-1, 14.11.2)."""
    canvas = sheet.canvas
    for over, put in ((0.0, canvas.setTrimBox), (bleed, canvas.setBleedBox)):
        kept = AROUND - over
        put((kept * MM, kept * MM, (fold.page_w - kept) * MM, (fold.page_h - kept) * MM))


def _draw_panel(sheet: Sheet, ready: ReadyCard, where: Placement, ruled: Hand | None) -> None:
    """Draw a panel; what bleeds reaches over the trimmed edges alone, and never over a fold."""
    size = ready.card.size
    if where.panel is not Panel.FRONT:
        with on_panel(sheet, where):
            ready.draw(sheet, where.panel, ruled=ruled)
        return
    bleed = size.bleed
    left = 0 if size.flat_w > size.panel_w else bleed  # the front is the right half, or the lower one
    top = 0 if size.flat_h > size.panel_h and size.flat_w == size.panel_w else bleed
    with on_panel(sheet, where):
        path = sheet.canvas.beginPath()
        x, y = sheet.point(-left, size.panel_h + bleed)
        path.rect(x, y, (size.panel_w + left + bleed) * MM, (size.panel_h + top + bleed) * MM)
        sheet.canvas.clipPath(path, stroke=0, fill=0)
        ready.draw(sheet, where.panel, bleed=bleed)


def _draw_marks(sheet: Sheet, fold: Fold, size: CardSize) -> None:
    """Mark the trimmed corners, and dash where it is folded, both outside the bleed."""
    start = AROUND - max(MARK_OFFSET, size.bleed)
    ends = start - MARK_LENGTH
    boxes = [placement.box for placement in fold.cards[0]]
    xs = sorted({box.x for box in boxes} | {max(box.right for box in boxes)})
    ys = sorted({box.y for box in boxes} | {max(box.bottom for box in boxes)})
    for x in xs:
        dash = () if x in (xs[0], xs[-1]) else FOLD_DASH
        for y1, y2 in ((ends, start), (fold.page_h - start, fold.page_h - ends)):
            sheet.line(x, y1, x, y2, width_pt=_MARK_PT, dash=dash)
    for y in ys:
        dash = () if y in (ys[0], ys[-1]) else FOLD_DASH
        for x1, x2 in ((ends, start), (fold.page_w - start, fold.page_w - ends)):
            sheet.line(x1, y, x2, y, width_pt=_MARK_PT, dash=dash)


def _note(sheet: Sheet, fold: Fold, words: str) -> None:
    """Say beside the marks what the page is; it is cut off."""
    sheet.text(AROUND + 4, fold.page_h - 2.5, words, _NOTE)
