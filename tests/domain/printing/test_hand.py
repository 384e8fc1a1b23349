from __future__ import annotations

import pytest
from hypothesis import example
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.people.circle import RULES
from relcard.domain.people.circle import Circle
from relcard.domain.printing.card_size import find_size
from relcard.domain.printing.hand import Measured
from relcard.domain.printing.hand import circle_rooms
from relcard.domain.printing.hand import measured_hand
from relcard.domain.printing.room import PITCHES
from relcard.domain.printing.room import WORDS
from relcard.domain.printing.room import Hand
from relcard.errors import UsageError

MINE = Hand()


def test_two_lengths_make_a_hand() -> None:
    """A fifth of five lines is the pitch; ten words over their reach are the words on 10 cm."""
    assert measured_hand(MINE, Measured(five_lines=46, ten_words=200)) == Hand(
        pitch_mm=9.2, words_per_10cm=5.0
    )
    assert measured_hand(MINE, Measured(five_lines=46)) == Hand(
        pitch_mm=9.2, words_per_10cm=MINE.words_per_10cm
    )
    assert measured_hand(MINE, Measured(words=4.5)) == Hand(pitch_mm=MINE.pitch_mm, words_per_10cm=4.5)
    assert measured_hand(MINE, Measured(pitch=7)) == Hand(pitch_mm=7, words_per_10cm=MINE.words_per_10cm)


@given(five=st.floats(0, 1000), ten=st.floats(0, 1000))
@example(five=15.0, ten=5e-324)  # words beyond any number
def test_a_hand_lies_within_what_hands_do_or_is_refused(five: float, ten: float) -> None:
    """Whatever is measured, the hand is a possible one, or the refusal has a next step."""
    possible = PITCHES[0] <= five / 5 <= PITCHES[1] and ten > 0 and WORDS[0] <= 1000 / ten <= WORDS[1]
    if possible:
        hand = measured_hand(MINE, Measured(five_lines=five, ten_words=ten))
        assert (hand.pitch_mm, hand.words_per_10cm) == (round(five / 5, 1), round(1000 / ten, 1))
    else:
        with pytest.raises(UsageError) as refused:
            measured_hand(MINE, Measured(five_lines=five, ten_words=ten))
        assert refused.value.hint


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"five_lines": 4.1}, "In cm? That is --five-lines 41"),
        ({"five_lines": 1.6}, "In inches? That is --five-lines 40.6"),
        ({"five_lines": 8}, "One line of 8 mm? --pitch 8"),
        ({"five_lines": 410}, "A decimal point forgotten? That is --five-lines 41"),
        ({"five_lines": 165, "ten_words": 41}, "--five-lines 41 --ten-words 165"),
        ({"ten_words": 16.5}, "In cm? That is --ten-words 165"),
        ({"ten_words": 6.5}, "In inches? That is --ten-words 165"),
        ({"pitch": 41}, "Five lines together? --five-lines 41"),
        ({"pitch": 0.8}, "In cm? That is --pitch 8"),
        ({"words": 165}, "--ten-words 165"),
        ({"words": 0}, "relcard hand page"),
        ({"five_lines": 0}, "relcard hand page"),
        ({"ten_words": 0}, "relcard hand page"),
    ],
)
def test_what_no_hand_does_is_refused_with_what_was_meant(said: dict[str, float], meant: str) -> None:
    """Centimetres, inches, one line for five and two numbers exchanged are recognised."""
    with pytest.raises(UsageError) as refused:
        measured_hand(MINE, Measured(**said))
    assert meant in refused.value.hint


def test_rooms_are_those_of_circles_that_are_sent_cards() -> None:
    """Every circle but none has a room in lines and words; a card too small says so for the circle it fails."""
    found = {one.circle: one for one in circle_rooms(find_size("A6"), RULES, MINE)}
    assert list(found) == [Circle.INNER, Circle.CLOSE, Circle.FRIEND, Circle.WIDE]
    assert all(one.room and one.room.words > 0 for one in found.values())
    large = {one.circle: one for one in circle_rooms(find_size("A2"), RULES, Hand(pitch_mm=16))}
    assert large[Circle.INNER].room is None
    assert "16 mm" in large[Circle.INNER].reason
    assert large[Circle.WIDE].room is not None
