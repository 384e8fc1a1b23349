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
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.room import Hand
from relcard.domain.printing.room import room_for
from relcard.domain.seasons.draft import Printed
from relcard.domain.seasons.draft import check_printed
from relcard.domain.seasons.draft import format_draft
from relcard.domain.seasons.draft import parse_draft
from relcard.errors import InkContractError
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


@given(words, words, words)
def test_a_draft_file_round_trips(front: str, inside: str, aside: str) -> None:
    """What is written to a draft's file is read back the same, whatever stands beside it."""
    try:
        printed = Printed(front, inside)
    except UsageError:
        assume(False)
    assert parse_draft(format_draft(printed, aside=aside)) == printed


def test_an_aside_never_becomes_print() -> None:
    """The crib in a draft's file is no printed word, even if the separator is typed again."""
    text = format_draft(Printed("Front", "Inside"), aside="Ola started cello\r\n---\nforty is a rumour")
    assert parse_draft(text) == Printed("Front", "Inside")
    assert "# Ola started cello" in text


@pytest.mark.parametrize("text", ["", "A quiet Christmas\n", "a\n---\nb\n---\nc\n"])
def test_a_draft_file_has_one_separator(text: str) -> None:
    """Without exactly one line of --- nobody can say what is front and what inside."""
    with pytest.raises(UsageError, match=r"one line of ---"):
        parse_draft(text)


def test_draft_file_from_another_editor() -> None:
    """A byte order mark, Windows line ends, tabs and trailing blanks do not reach the paper."""
    text = "\ufeffA quiet\tChristmas  \r\n\r\n---\r\n\r\nZu\u0308rich \r\n\r\n# aside\r\n"
    assert parse_draft(text) == Printed("A quiet Christmas", "Zürich")


@pytest.mark.parametrize("line", ["---", "# a", "#"])
def test_printed_words_cannot_look_like_the_file(line: str) -> None:
    """A line that the draft's file could not keep is refused where it arises."""
    with pytest.raises(UsageError):
        Printed("Front", f"Inside\n{line}")


@pytest.mark.parametrize("order", ["\x1b[31m", "\x07", "\x00", "\x9b2J"])
def test_a_control_character_in_the_words_is_refused(order: str) -> None:
    """What steers a terminal is no word of a greeting card: it is named, not dropped and half printed."""
    with pytest.raises(UsageError, match=rf"U\+{ord(order[0]):04X}"):
        check_printed(Printed("Peace", f"Snow {order} on the sill"), room_for(A6, RULES[Circle.WIDE], Hand()))


@given(sizes, rules, hands)
def test_words_inside_are_refused_just_where_the_whole_inside_is_the_pens(
    size: CardSize, rule: CircleRule, hand: Hand
) -> None:
    """Whatever card, circle (one without a line too) and hand: no word stands where nothing may, a front always may."""
    try:
        room = room_for(size, rule, hand)
    except InkContractError:
        assume(False)
    check_printed(Printed("Peace"), room)
    if room.is_whole_inside:
        assert room.height == size.writing_h
        with pytest.raises(InkContractError, match="whole inside"):
            check_printed(Printed("Peace", "Snow"), room)
    else:
        assert room.printable_mm > 0
        check_printed(Printed("Peace", "Snow"), room)
