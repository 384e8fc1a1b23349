from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import AddressMode
from relcard.domain.people.circle import Circle
from relcard.domain.people.circle import CircleRule
from relcard.domain.people.circle import Sending
from relcard.domain.printing.card_size import A6
from relcard.domain.printing.card_size import QUARTER_LETTER
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.card_size import find_size
from relcard.domain.printing.room import GAP_IN_PITCHES
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import check_fits
from relcard.domain.printing.room import room_for
from relcard.domain.printing.room import sizes_with_room
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.draft import check_printed
from relcard.errors import InkContractError
from relcard.errors import NotFoundError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import CardSize

sizes = st.sampled_from(list(SIZES.values()))
hands = st.floats(4, 14).map(lambda pitch: Hand(pitch_mm=pitch))
rules = st.builds(
    CircleRule,
    cadence_days=st.none(),
    room_share=st.floats(0, 1),
    room_lines=st.integers(0, 8),
    address_mode=st.just(AddressMode.LABEL),
    sending=st.just(Sending.YES),
)
words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)


@pytest.mark.parametrize(
    ("circle", "lines", "share"),
    [(Circle.INNER, 15, 1.0), (Circle.CLOSE, 10, 0.64), (Circle.FRIEND, 7, 0.45), (Circle.WIDE, 4, 0.26)],
)
def test_room_of_a6(circle: Circle, lines: int, share: float) -> None:
    """An A6 card keeps, at 8 mm a line, the lines and the share of each circle, rounded up to whole lines."""
    room = room_for(A6, RULES[circle], Hand())
    assert (room.lines, round(room.share, 2)) == (lines, share)
    assert room.is_whole_inside == (circle is Circle.INNER)


@pytest.mark.parametrize(
    ("circle", "share", "lines"),
    [(Circle.INNER, 1.0, 7), (Circle.CLOSE, 0.60, 7), (Circle.FRIEND, 0.40, 5), (Circle.WIDE, 0.25, 3)],
)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_what_each_circle_is_promised_holds_on_every_card(
    size: CardSize, circle: Circle, share: float, lines: int
) -> None:
    """Inner: the whole inside. Close: 60 % and 7 lines. Friend: 40 % and 5. Wide: 25 % and 3. Or no card at all."""
    hand = Hand()
    if size.writing_h < lines * hand.pitch_mm:
        with pytest.raises(InkContractError):
            room_for(size, RULES[circle], hand)
        return
    room = room_for(size, RULES[circle], hand)
    assert room.share >= share
    assert room.lines >= lines
    assert room.height >= lines * hand.pitch_mm
    if circle is Circle.INNER:
        assert room.is_whole_inside
        assert (room.share, room.height, room.y) == (1.0, size.writing_h, size.margin)


def test_a_circle_promised_no_line_keeps_one() -> None:
    """A card without a line for the pen is none of ours, whatever the settings say."""
    nothing = RULES[Circle.NONE]._replace(room_share=0.0, room_lines=0)
    assert room_for(A6, nothing, Hand()).lines == 1
    with pytest.raises(InkContractError, match="promised 1"):
        room_for(A6, nothing, Hand(pitch_mm=125))
    assert A6 not in sizes_with_room(nothing, Hand(pitch_mm=125))


def test_lines_that_fit_exactly_are_all_counted() -> None:
    """15 lines of 8.3 mm are 124.5 mm and 6 of 7.9 mm are 40 % of an A5 card, whatever a computer divides."""
    assert room_for(A6, RULES[Circle.INNER], Hand(pitch_mm=8.3)).lines == 15
    assert room_for(find_size("A5-top"), RULES[Circle.FRIEND], Hand(pitch_mm=7.9)).lines == 6


def test_room_of_the_close_circle_in_millimetres() -> None:
    """The room is the lower part of the writing area, and the gap of 1.5 pitches is taken from the print."""
    room = room_for(A6, RULES[Circle.CLOSE], Hand())
    assert (room.x, room.y, room.width, room.height) == (12, 56.5, 81, 80)
    assert room.area_mm2 == 81 * 80
    assert room.printable_mm == 56.5 - 12 - 1.5 * 8
    assert room_for(A6, RULES[Circle.CLOSE], Hand(words_per_10cm=10)).words == 81
    assert room.words == 48  # ten lines of 81 mm, six words on 100 mm


@given(sizes, rules, hands)
def test_room_keeps_what_the_circle_promises(size: CardSize, rule: CircleRule, hand: Hand) -> None:
    """The room is never below the circle's share or lines, and lies within the writing area."""
    try:
        room = room_for(size, rule, hand)
    except InkContractError:
        assert max(rule.room_lines, 1) * hand.pitch_mm > size.writing_h - hand.pitch_mm * 1e-6
        return
    assert room.share >= rule.room_share - 1e-9
    assert room.lines >= rule.room_lines
    assert room.height >= room.lines * hand.pitch_mm - 1e-6
    assert room.y + room.height == pytest.approx(size.margin + size.writing_h)
    assert room.x + room.width <= size.panel_w - size.margin + 1e-9
    assert room.y >= size.margin - 1e-9


@given(sizes, rules, hands)
def test_print_gap_and_room_fill_the_writing_area(size: CardSize, rule: CircleRule, hand: Hand) -> None:
    """Either print, gap and room make up the writing area exactly, or it is all room."""
    assume(max(rule.room_lines, 1) * hand.pitch_mm < size.writing_h - 1)
    room = room_for(size, rule, hand)
    if room.is_whole_inside:
        assert room.height == size.writing_h
    else:
        assert room.printable_mm + GAP_IN_PITCHES * hand.pitch_mm + room.height == pytest.approx(
            size.writing_h
        )


@given(sizes, rules, hands, hands)
def test_a_larger_hand_never_gives_more_lines(
    size: CardSize, rule: CircleRule, one: Hand, other: Hand
) -> None:
    """Of two hands on the same card the larger has at most as many lines."""
    small, large = sorted((one, other), key=lambda hand: hand.pitch_mm)
    assume(max(rule.room_lines, 1) * large.pitch_mm < size.writing_h - 1)
    assert room_for(size, rule, large).lines <= room_for(size, rule, small).lines


@given(sizes, hands, st.floats(0, 200), st.floats(0, 200))
def test_text_gives_way_and_the_room_does_not(
    size: CardSize, hand: Hand, shorter: float, longer: float
) -> None:
    """A text that fits still fits when shortened, one that does not never fits when grown, and refusing changes no room."""
    shorter, longer = sorted((shorter, longer))
    room = room_for(size, RULES[Circle.WIDE], hand)

    def fits(height: float) -> bool:
        try:
            check_fits(height, room, line_mm=7.9)
        except InkContractError:
            return False
        return True

    assert fits(shorter) or not fits(longer)
    assert fits(longer) == (longer <= room.printable_mm + 1e-9)


def test_nearer_circles_get_more_room() -> None:
    """From the wide circle inwards the room grows."""
    for size in SIZES.values():
        areas = [room_for(size, RULES[circle], Hand()).area_mm2 for circle in list(Circle)[:4]]
        assert areas == sorted(areas, reverse=True)
        assert len(set(areas)) == 4


def test_a_room_that_cannot_be_is_refused_with_the_numbers() -> None:
    """A hand too large for the promised lines is refused, and the message holds both numbers."""
    with pytest.raises(InkContractError, match=r"124\.5 mm.* 6 lines at 20 mm.*promised 7") as caught:
        room_for(A6, RULES[Circle.CLOSE], Hand(pitch_mm=20))
    assert "15.5 mm are missing" in caught.value.message
    assert "A5, " in caught.value.hint
    for size in sizes_with_room(RULES[Circle.CLOSE], Hand(pitch_mm=20)):
        assert room_for(size, RULES[Circle.CLOSE], Hand(pitch_mm=20)).lines >= 7
        assert size.name in caught.value.hint
    with pytest.raises(InkContractError) as caught:
        room_for(A6, RULES[Circle.CLOSE], Hand(pitch_mm=30))
    assert "relcard settings" in caught.value.hint


def test_room_without_space_for_print_is_the_whole_inside() -> None:
    """Where the promised lines and the gap leave nothing, the pen gets everything."""
    room = room_for(A6, RULES[Circle.WIDE]._replace(room_lines=15), Hand())
    assert room.is_whole_inside
    assert room.height == A6.writing_h
    nothing_left = room_for(A6, RULES[Circle.WIDE]._replace(room_lines=40), Hand(pitch_mm=3))
    assert nothing_left.height == A6.writing_h == 40 * 3 + 1.5 * 3


def test_too_much_text_is_refused_with_millimetres_and_lines() -> None:
    """The refusal names the millimetres missing, the lines to lose and the command, the name quoted for the shell."""
    room = room_for(A6, RULES[Circle.CLOSE], Hand())
    with pytest.raises(InkContractError, match=r"12\.4 mm too tall") as caught:
        check_fits(room.printable_mm + 12.4, room, line_mm=7.94, who="Ada Byron")
    assert caught.value.hint == 'Shorten the text by 2 lines: relcard draft edit "Ada Byron"'
    check_fits(room.printable_mm, room, line_mm=7.94)
    with pytest.raises(InkContractError) as caught:
        check_fits(room.printable_mm + 2 * 7.94, room, line_mm=7.94)
    assert caught.value.hint == "Shorten the text by 2 lines: relcard draft edit WHO"
    with pytest.raises(InkContractError) as caught:
        check_fits(room.printable_mm + 0.1, room, line_mm=room.printable_mm)
    assert caught.value.hint == "Shorten the text by 1 line: relcard draft edit WHO"


def test_what_a_computer_rounds_is_no_ink_and_no_word() -> None:
    """Heights that are equal but for the rounding of their sum fit, and whole words on a line stay whole."""
    room = room_for(A6, RULES[Circle.CLOSE], Hand())
    check_fits(room.printable_mm + 1e-12, room, line_mm=7.94)
    with pytest.raises(InkContractError) as caught:
        check_fits(room.printable_mm + 0.1, room, line_mm=room.printable_mm + 1e-12)
    assert caught.value.hint.startswith("Shorten")  # one line does fit
    for size in SIZES.values():
        for number in range(1, 13):
            on_each = Hand(words_per_10cm=number * 100 / size.writing_w)
            room = room_for(size, RULES[Circle.WIDE], on_each)
            assert room.words == room.lines * number


def test_where_no_line_fits_a_larger_card_is_named() -> None:
    """To shorten a text to nothing is no advice: a larger card or the front is."""
    room = room_for(A6, RULES[Circle.CLOSE], Hand())._replace(printable_mm=3.2)
    with pytest.raises(InkContractError, match=r"8\.9 mm too tall") as caught:
        check_fits(12.1, room, line_mm=6, who="h7")
    assert "--card" in caught.value.hint
    assert "Shorten" not in caught.value.hint


def test_an_inner_card_prints_nothing_inside() -> None:
    """Where the whole inside is the pen's, words inside are refused and a front alone is fine."""
    room = room_for(QUARTER_LETTER, RULES[Circle.INNER], Hand())
    printed = Printed("A quiet Christmas", "and a kind new year")
    with pytest.raises(InkContractError, match="whole inside"):
        check_printed(printed, room)
    with pytest.raises(InkContractError, match="whole inside"):
        check_fits(6, room, line_mm=8)
    check_printed(printed.front_only, room)


@pytest.mark.parametrize(
    ("pitch", "density"), [(0, 6), (-8, 6), (8, 0), (float("nan"), 6), (float("inf"), 6)]
)
def test_no_such_hand(pitch: float, density: float) -> None:
    """A hand has a positive pitch and writes words."""
    with pytest.raises(UsageError):
        Hand(pitch_mm=pitch, words_per_10cm=density)


def test_sizes_by_name() -> None:
    """A size is found in any case; "letter" is the quarter-folded one; another name is answered with those there are."""
    assert find_size("a6") is A6
    assert find_size("letter") is find_size("Quarter-Letter") is QUARTER_LETTER
    with pytest.raises(NotFoundError) as caught:
        find_size("A3")
    assert "A6" in caught.value.hint
