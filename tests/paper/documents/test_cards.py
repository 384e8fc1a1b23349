from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import numpy as np
import pytest
from hypothesis import assume
from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.card_size import QUARTER_LETTER
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import Box
from relcard.domain.printing.room import GAP_IN_PITCHES
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.errors import InkContractError
from relcard.errors import UsageError
from relcard.paper.documents.cards import INSIDE_PT
from relcard.paper.documents.cards import CardFace
from relcard.paper.documents.cards import check_card
from relcard.paper.documents.cards import draw_cards
from relcard.paper.documents.cards import draw_test_sheets
from relcard.paper.documents.cards import set_cards
from relcard.paper.documents.folds import Panel
from relcard.paper.documents.folds import Turning
from relcard.paper.documents.folds import fold_for
from relcard.paper.fronts.design_library import find_design
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.typeset import set_words
from tests.paper.paper_model import as_printed
from tests.paper.paper_model import designs_for
from tests.paper.paper_model import pictures
from tests.paper.paper_model import placement
from tests.paper.paper_model import writing_panel
from tests.support.dose import dose
from tests.support.pdf import read_glyphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.documents.folds import Fold
    from relcard.paper.documents.folds import Placement
    from relcard.paper.fronts.design import Design
    from tests.paper.paper_model import Picture

DPI = 72
_PIXEL = 25.4 / DPI  # mm
PAPER = 250  # of 255: below it a pixel has ink
CIRCLES = (Circle.INNER, Circle.CLOSE, Circle.FRIEND, Circle.WIDE)
BY_SIZE = pytest.mark.parametrize("size", SIZES.values(), ids=lambda size: size.name)
BY_CIRCLE = pytest.mark.parametrize("circle", CIRCLES, ids=lambda circle: circle.value)


def card(
    size: CardSize = A6,
    circle: Circle = Circle.CLOSE,
    *,
    front: str = "A quiet Christmas",
    inside: str | None = None,
    design: Design | None = None,
) -> CardFace:
    room = room_for(size, RULES[circle], Hand())
    if inside is None:
        inside = "" if room.is_whole_inside else "A kind new year to you"
    design = design or find_design("winter")
    return CardFace(who="h12", front=front, inside=inside, design=design, room=room, size=size)


def fullest(size: CardSize, circle: Circle) -> CardFace:
    """Return the card with as many inside lines as it takes."""
    full = card(size, circle)
    if full.room.is_whole_inside:
        return full
    while True:
        more = replace(full, inside=f"{full.inside}\nÅnd a kind ņew year, gąłęź yjgpq".strip())
        try:
            check_card(more)
        except InkContractError:
            return full
        full = more


def fold_of(size: CardSize) -> Fold:
    return fold_for(size)


def cut(picture: np.ndarray[Any, Any], box: Box, *, rotated: bool = False) -> np.ndarray[Any, Any]:
    """Return a box of a rendered page, turned to be read."""
    y1, y2 = (round(y / 25.4 * DPI) for y in (box.y, box.bottom))
    x1, x2 = (round(x / 25.4 * DPI) for x in (box.x, box.right))
    piece = picture[y1:y2, x1:x2]
    return np.rot90(piece, 2) if rotated else piece


def panel_picture(
    pages: list[np.ndarray[Any, Any]], fold: Fold, place: int, panel: Panel
) -> np.ndarray[Any, Any]:
    """Return one panel of a card on the first sheet, upright."""
    where = placement(fold, place, panel)
    return cut(pages[where.page], where.box, rotated=where.rotated)


def has_ink(picture: np.ndarray[Any, Any]) -> bool:
    return bool(picture.size) and int(picture.min()) < PAPER


def blank_outside(page: Picture, boxes: list[Box]) -> Picture:
    """Return a page with some boxes of it painted white."""
    left = page.copy()
    for box in boxes:
        cut(left, box)[:] = 255
    return left


@BY_CIRCLE
@BY_SIZE
def test_in_every_layout_the_room_and_the_edges_are_blank(size: CardSize, circle: Circle) -> None:
    """With as much text as a card takes, no pixel of the room is inked, nor of the sheet's edge but for the ticks.

    Nor of the inside left and the back, but for the words of a postcard.
    """
    fold = fold_of(size)
    full = fullest(size, circle)
    turn = [*SIZES.values()].index(size) * len(CIRCLES) + CIRCLES.index(circle)
    designs = [one for one in designs_for(turn) if not one.layout.takes_photo]
    run = draw_cards(
        [replace(full, design=one) for one in designs for _ in range(fold.cards_per_sheet)], fold
    )
    assert (run.items, run.refused) == (len(designs) * fold.cards_per_sheet, ())
    pages = pictures(run.data, DPI)
    assert len(pages) == len(designs) * fold.sides
    sheet = Box(0, 0, fold.page_w, fold.page_h)
    room = full.room
    ticks = [
        Box(one.x1 - 0.6, one.y1 - 0.6, one.x2 - one.x1 + 1.2, one.y2 - one.y1 + 1.2) for one in fold.ticks
    ]
    for first in range(0, len(pages), fold.sides):
        for place in range(fold.cards_per_sheet):
            inside = panel_picture(pages[first:], fold, place, writing_panel(fold))
            assert not has_ink(cut(inside, Box(room.x, room.y, room.width, room.height)))
            above = Box(room.x, size.margin, room.width, room.y - size.margin)
            assert has_ink(cut(inside, above)) == (circle is not Circle.INNER)
            assert not has_ink(blank_outside(inside, [above.inset(*[-_PIXEL] * 4)])[17:-17, 17:-17])
            assert has_ink(panel_picture(pages[first:], fold, place, Panel.FRONT))
            if size.is_folded:
                for panel in (Panel.BACK, Panel.INSIDE_LEFT):
                    where = placement(fold, place, panel)
                    inner = where.box.inset(*[PRINTER_MARGIN] * 4)
                    assert not has_ink(cut(pages[first + where.page], inner))
        for page in pages[first : first + fold.sides]:
            margin = blank_outside(page, [*ticks, sheet.inset(*[PRINTER_MARGIN - _PIXEL] * 4)])
            assert not has_ink(margin)


@BY_SIZE
def test_every_character_is_inside_its_panels_margins(size: CardSize, glyphs: Callable[[bytes], Any]) -> None:
    """The words of the front stand in the front panel and those of the inside on the panel of the pen, within the margins."""
    fold = fold_of(size)
    full = card(size, Circle.FRIEND, front="ABC", inside="xyz")
    pages = glyphs(draw_cards([full], fold).data)
    for panel, letters in ((Panel.FRONT, "ABC"), (writing_panel(fold), "xyz")):
        where = placement(fold, 0, panel)
        found = [glyph for glyph in pages[where.page] if glyph.character in letters]
        assert "".join(glyph.character for glyph in found) == letters
        area = where.box.inset(*[size.margin] * 4)
        assert all(area.contains(glyph.box, within=0.05) for glyph in found)
        across = [glyph.box.x for glyph in found]
        assert (across == sorted(across)) is not where.rotated  # rotated panels read from right to left
    assert sum(map(len, pages)) == 6


def test_a6_imposition_on_a4(glyphs: Callable[[bytes], Any]) -> None:
    """Fronts are on the right half of page 1, insides behind their own card on the right half of page 2.

    Cut, and the lower halves laid under the upper ones, they are in their order.
    """
    run = draw_cards(
        [card(front="A", inside="x"), card(front="B", inside="y"), card(front="C", inside="z")],
        fold_for(A6),
    )
    assert (run.pages, run.items) == (4, 3)
    places = [[(glyph.character, glyph.box) for glyph in page] for page in glyphs(run.data)]
    assert [[character for character, _ in page] for page in places] == [["A", "C"], ["x", "z"], ["B"], ["y"]]
    for page in places:
        for number, (_, box) in enumerate(page):
            assert box.x > 105
            assert (box.y > 148.5) == (number == 1)


def test_a_blank_inside_is_still_a_page() -> None:
    """An inner card's sheet has its blank second page, so that turning the stack by hand keeps its order."""
    run = draw_cards([card(circle=Circle.INNER)], fold_for(A6))
    front, inside = pictures(run.data, DPI)
    assert run.pages == 2
    assert has_ink(front)
    assert not has_ink(inside)


def test_text_hangs_in_the_upper_third(glyphs: Callable[[bytes], Any]) -> None:
    """Two lines inside stand in the upper third, flush left on the margin, one and a half sizes apart."""
    two = card(circle=Circle.FRIEND, front="", design=find_design("letterpress"), inside="Hen\nHill")
    page = glyphs(draw_cards([two], fold_for(A6)).data)[1]
    first, second = (glyph.box for glyph in page if glyph.character == "H")
    assert first.x == pytest.approx(second.x, abs=0.05)
    assert 105 + 12 <= first.x < 105 + 13
    assert second.bottom - first.bottom == pytest.approx(15 * 1.5 / 72 * 25.4, abs=0.05)
    assert second.bottom < 148.5 / 3


def test_too_much_text_is_refused_with_the_millimetres() -> None:
    """One line more than fits is refused by name with the millimetres and the step; the other cards are printed."""
    full = fullest(A6, Circle.CLOSE)
    over = replace(full, who="h7", inside=full.inside + "\nand one more")
    run = draw_cards([full, over, full], fold_for(A6))
    assert run.items == 2
    (refusal,) = run.refused
    assert refusal.who == "h7"
    assert "mm too tall" in refusal.reason
    assert "Shorten the text by 1 line: relcard draft edit h7" in refusal.reason
    with pytest.raises(InkContractError, match="mm too tall"):
        check_card(over)


def test_words_inside_an_inner_card_are_refused() -> None:
    """Nothing at all may be printed inside where the whole inside is the pen's; nothing refused, nothing drawn."""
    run = draw_cards([card(circle=Circle.INNER, inside="Hello")], fold_for(A6))
    assert (run.data, run.pages, run.items) == (b"", 0, 0)
    assert "whole inside belongs to the pen" in run.refused[0].reason


def test_the_room_is_checked_again_at_print() -> None:
    """A room that claims more print than stands above it, or that was reckoned for another card, is not trusted."""
    plain = card(circle=Circle.CLOSE)
    lying = replace(plain, room=plain.room._replace(printable_mm=110.0), inside="a\n" * 9 + "z")
    with pytest.raises(InkContractError, match="mm deep in the room"):
        check_card(lying)
    with pytest.raises(InkContractError, match="another card"):
        check_card(replace(plain, room=plain.room._replace(y=plain.room.y + 5)))


@pytest.mark.parametrize(
    "unprintable", [card(front="佐藤 year"), card(inside="佐藤 year")], ids=["front", "inside"]
)
def test_a_missing_glyph_is_refused_by_name(unprintable: CardFace) -> None:
    """A character the face lacks is named, and its card is not printed with a blank."""
    run = draw_cards([unprintable], fold_for(A6))
    assert (run.items, run.data) == (0, b"")
    assert "佐" in run.refused[0].reason
    with pytest.raises(GlyphError):
        check_card(unprintable)


def test_a_word_wider_than_the_card_is_refused() -> None:
    """A word that cannot be set even at the smallest size is refused with the millimetres, not clipped."""
    run = draw_cards(
        [card(inside="Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen")], fold_for(A6)
    )
    assert run.items == 0
    assert "mm too wide at 12.75 pt" in run.refused[0].reason


def test_too_many_words_in_front_are_refused() -> None:
    """The front has its own limit beside the art."""
    with pytest.raises(InkContractError, match=r"front are .* mm too tall"):
        check_card(card(front="\n".join(["one", "two", "three"] * 4)))


def test_size_and_fold_must_agree() -> None:
    """A card of another size stops the run before a sheet is used."""
    with pytest.raises(UsageError, match="cannot be folded"):
        draw_cards([card()], fold_for(QUARTER_LETTER))


def test_plain_text_and_fonts(words: Callable[[bytes], list[str]]) -> None:
    """Ampersands and brackets are plain text; the only font is embedded; the same cards give the same bytes."""
    cards = [card(front="Ann & Tom’s <3", inside="bread & 'salt'")]
    data = draw_cards(cards, fold_for(A6)).data
    assert "Ann & Tom’s <3" in words(data)[0]
    assert "bread & 'salt'" in words(data)[1]
    assert b"Helvetica" not in data
    assert b"/FontFile2" in data
    assert b"EBGaramond" in data
    assert b"NotoSans" not in data
    assert b"DuplexFlipLongEdge" in data
    assert data == draw_cards(cards, fold_for(A6)).data


def test_ruling_is_a_choice() -> None:
    """Asked for, fine lines at the pitch of the hand run from the foot of the room up to the words."""
    fold, pitch = fold_for(A6), Hand().pitch_mm
    for circle in (Circle.CLOSE, Circle.FRIEND):
        plain = card(circle=circle)
        (ready,), _ = set_cards([plain])
        page = pictures(draw_cards([plain], fold, ruled=Hand()).data, DPI)[1]
        room = plain.room
        left = placement(fold, 0, Panel.INSIDE_RIGHT).box.x + room.x
        top = ready.inside_y + ready.inside.height_mm
        column = cut(page, Box(left + 40, top + 0.5, 1, room.y + room.height + 1 - top))
        rows = (column.min(axis=1) < PAPER).astype(int)
        drawn = np.flatnonzero(np.diff(rows) == 1)
        assert len(drawn) >= room.lines
        assert drawn[0] / DPI * 25.4 < 2 * pitch
        assert len(drawn) == int((room.y + room.height - top) / pitch + 1e-6)


@settings(max_examples=40)
@given(
    st.sampled_from(list(SIZES.values())),
    st.sampled_from(CIRCLES[1:]),
    st.text(st.sampled_from("aeinrstwWÅjgąęź &<'\n-"), max_size=160),
)
def test_words_are_set_clear_of_the_room_or_refused(size: CardSize, circle: Circle, inside: str) -> None:
    """Whatever is typed, either each character stands above the room or the card is refused by name."""
    fold = fold_of(size)
    one = card(size, circle, inside=inside, design=find_design("letterpress"))
    run = draw_cards([one], fold)
    if run.refused:
        assert "mm" in run.refused[0].reason
        return
    where = placement(fold, 0, writing_panel(fold))
    picture = cut(pictures(run.data, DPI)[where.page], where.box, rotated=where.rotated)
    below = Box(0, one.room.y, size.panel_w, size.panel_h - one.room.y).inset(7, 0, 7, 7)
    assert not has_ink(cut(picture, below))
    above = Box(size.margin, size.margin, size.writing_w, one.room.y - size.margin)
    assert has_ink(cut(picture, above)) == bool(inside.strip())


def glyphs_on(data: bytes, where: Placement) -> list[Box]:
    """Return the ink of each character of a panel, in mm from the panel's top left corner as it is read."""
    panel = where.box
    inks = [glyph.box for glyph in read_glyphs(data)[where.page] if panel.contains(glyph.box)]
    return [
        Box(panel.right - ink.right, panel.bottom - ink.bottom, ink.width, ink.height)
        if where.rotated
        else Box(ink.x - panel.x, ink.y - panel.y, ink.width, ink.height)
        for ink in inks
    ]


@pytest.mark.parametrize("circle", CIRCLES[1:], ids=lambda circle: circle.value)
@BY_SIZE
@settings(max_examples=dose(4, 32))
@example(lacking=1.0, pitch=8.0)
@example(lacking=0.1, pitch=8.0)
@example(lacking=0.0, pitch=8.0)
@given(lacking=st.floats(-3, 3).map(lambda mm: round(mm, 2)), pitch=st.floats(6, 11))
def test_no_ink_stands_in_the_room_by_a_tenth_of_a_millimetre(
    size: CardSize, circle: Circle, lacking: float, pitch: float
) -> None:
    """Words that lack space are refused; all others keep to what stands above the room and its gap."""
    room = room_for(size, RULES[circle], Hand(pitch_mm=pitch))
    assume(not room.is_whole_inside)
    words = "Åjgpq ņ"
    while True:  # as high as goes in at the smallest size
        smallest = set_words(words, size.writing_w, 0.0, INSIDE_PT).height_mm
        if set_words(f"{words}\nÅjgpq", size.writing_w, 0.0, INSIDE_PT).height_mm > room.printable_mm:
            break
        words += "\nÅjgpq"
    assume(smallest - lacking <= room.printable_mm)  # the room itself stays where it is
    plain = card(size, circle, inside=words, design=find_design("letterpress"))
    tight = replace(plain, room=room._replace(printable_mm=smallest - lacking))
    fold = fold_for(size)
    run = draw_cards([tight], fold)
    assert bool(run.refused) == (lacking > 0)
    if run.refused:
        return
    printable = Box(size.margin, size.margin, size.writing_w, smallest - lacking)
    inks = glyphs_on(run.data, placement(fold, 0, writing_panel(fold)))
    assert len(inks) == len("".join(words.split()))
    assert all(printable.contains(ink, within=0.1) for ink in inks)
    assert max(ink.bottom for ink in inks) <= room.y - GAP_IN_PITCHES * pitch + 0.1


@pytest.mark.parametrize("ruled", [None, Hand()], ids=["unruled", "ruled"])
@pytest.mark.parametrize("back", ["", "Printed at home"], ids=["plain back", "line on the back"])
@pytest.mark.parametrize("inside", ["", "A kind new year to you"], ids=["no words inside", "words inside"])
@pytest.mark.parametrize("size", [A6, SIZES["postcard-A6"]], ids=lambda size: size.name)
def test_a_panel_is_blank_when_drawing_it_draws_nothing(
    size: CardSize, inside: str, back: str, ruled: Hand | None
) -> None:
    """What is left out as blank is just what would leave no mark on the page."""
    face = card(size, inside=inside, design=replace(find_design("winter"), back=back))
    (ready,), _ = set_cards([face])
    for panel in Panel:
        sheet = new_canvas(size.panel_w, size.panel_h, title="A panel")
        before = sheet.canvas.getCurrentPageContent()
        ready.draw(sheet, panel, ruled=ruled)
        drawn = sheet.canvas.getCurrentPageContent() != before
        assert drawn is not ready.is_blank(panel, ruled=ruled is not None)


@pytest.mark.parametrize("size", ["A6", "A5"])
def test_the_arrows_lie_on_each_other(size: str) -> None:
    """Turned over the long edge, upright sheet or lying, the arrow behind is where the one in front is."""
    first, _, behind, _ = pictures(draw_test_sheets(fold_for(SIZES[size])), DPI)
    sheet = as_printed(first, behind, "long")
    arrow = slice(0, round(75 / 25.4 * 72))
    front, back = (one[arrow] < 128 for one in (sheet.upper, sheet.lower))
    assert front.sum() > 300
    near = np.zeros_like(front)
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            near |= np.roll(back, (down, right), (0, 1))
    assert (front & ~near).sum() < front.sum() * 0.02


@pytest.mark.parametrize(
    ("turning", "numbers"), [(Turning.BY_HAND, "1212"), (Turning.BY_HAND_LAST_FIRST, "1221")]
)
def test_the_sides_come_in_the_order_of_the_cards(
    turning: Turning, numbers: str, words: Callable[[bytes], list[str]]
) -> None:
    """Two first sides, then two second ones, from the first sheet or from the last."""
    pages = words(draw_test_sheets(fold_for(SIZES["A6"]), turning=turning))
    assert "".join(page.strip()[0] for page in pages) == numbers
