from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import TooWideError
from relcard.paper.text.metrics import width_mm
from relcard.paper.text.typeset import set_words
from relcard.paper.text.typeset import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES = (18.0, 12.0)  # pt


def test_lines_stand_as_written_and_as_large_as_fits() -> None:
    """Short words take the largest size; wider ones give way in size before their lines are divided."""
    short = set_words("Peace\nand joy", 80, 60, SIZES)
    assert (short.lines, short.size_pt) == (("Peace", "and joy"), 18.0)
    wide = "A quiet Christmas to all of you"
    room = width_mm(wide, Face.SERIF, 14) + 0.01
    narrower = set_words(wide, room, 60, SIZES)
    assert (narrower.lines, narrower.size_pt) == ((wide,), 14.0)


def test_lines_that_must_be_divided_are_divided_evenly() -> None:
    """No line is left with a single short word where the lines could be of about one length."""
    found = set_words("A quiet Christmas to you, and a kind new year after it", 60, 60, SIZES)
    widths = [width_mm(line, Face.SERIF, found.size_pt) for line in found.lines]
    assert len(widths) > 1
    assert min(widths) > 0.6 * max(widths)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("A warm house, a lamp in the window", 61, ("A warm house,", "a lamp in the window")),
        ("Dobrych spotkań i zdrowia dla domu", 52, ("Dobrych spotkań", "i zdrowia dla domu")),
        ("静かな冬の日々と新しい一年に", 45, ("静かな冬の日々と", "新しい一年に")),
        ("one\n\ntwo", 60, ("one", "", "two")),
    ],
)
def test_lines_end_where_a_writer_would_end_them(
    text: str, width: float, lines: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a comma, before a word of one letter, between the words of Japanese; each paragraph by itself."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")
    assert set_words(text, width, 40, (15.0, 12.75)).lines == lines


@settings(max_examples=60)
@given(
    st.lists(st.text(alphabet="aeginrst", min_size=2, max_size=9), min_size=2, max_size=14),
    st.floats(min_value=40, max_value=90),
)
def test_lines_are_never_more_and_never_more_uneven_than_as_they_come(words: list[str], width: float) -> None:
    """Against filling each line before the next is begun; the words stay in their order."""
    text = " ".join(words)
    found = set_words(text, width, 500, (14.0, 14.0))
    greedy = wrap(text, Face.SERIF, 14.0, width)
    assert len(found.lines) == len(greedy)
    assert " ".join(found.lines) == text

    def uneven(lines: Sequence[str]) -> float:
        return sum(width_mm(line, Face.SERIF, 14.0) ** 2 for line in lines)

    assert uneven(found.lines) <= uneven(greedy) * 1.02


@settings(max_examples=60)
@given(
    st.text(alphabet="aeginrst ÀĄßЖω.,\n", max_size=60),
    st.floats(min_value=30, max_value=120),
    st.floats(min_value=10, max_value=90),
)
def test_no_line_is_wider_than_its_measure(text: str, width: float, height: float) -> None:
    """Lines fit the measure at the size they come in, their words are those given, and again they are equal."""
    try:
        found = set_words(text, width, height, SIZES)
    except TooWideError:
        assert max(width_mm(word, Face.SERIF, SIZES[1]) for word in text.split()) > width
        return
    assert SIZES[1] <= found.size_pt <= SIZES[0]
    assert " ".join(found.lines).split() == text.split()
    assert all(width_mm(line, Face.SERIF, found.size_pt) <= width + 1e-6 for line in found.lines)
    assert set_words(text, width, height, SIZES) == found


def test_another_script_is_set_in_the_fonts_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words that need a font besides the face's are looked at anew, for the fonts may have changed."""
    monkeypatch.setenv("RELCARD_FONTS", "extras")
    assert set_words("佐藤 健", 80, 60, SIZES).lines == ("佐藤 健",)
    monkeypatch.setenv("RELCARD_FONTS", "packaged")
    with pytest.raises(GlyphError):
        set_words("佐藤 健", 80, 60, SIZES)


def test_a_word_wider_than_the_line() -> None:
    """It is refused with the millimetres, or divided when that is asked for."""
    with pytest.raises(TooWideError) as caught:
        wrap("a Donaudampfschiff", Face.SANS, 10, 20)
    over = width_mm("Donaudampfschiff", Face.SANS, 10) - 20
    assert caught.value.excess_mm == pytest.approx(over)
    pieces = wrap("a Donaudampfschiff", Face.SANS, 10, 20, break_words=True)
    assert "".join(pieces) == "aDonaudampfschiff"
    assert all(width_mm(one, Face.SANS, 10) <= 20 for one in pieces)


def test_newlines_begin_lines() -> None:
    """A newline forces a line and an empty paragraph stays an empty line."""
    assert wrap("one\n\n two  three ", Face.SANS, 10, 100) == ["one", "", "two three"]


@given(
    st.text(alphabet=st.sampled_from("abcWÅfi é\n"), max_size=80),
    st.floats(min_value=15, max_value=120),
    st.floats(min_value=6, max_value=18),
)
def test_wrapping_keeps_every_word_and_the_width(text: str, width: float, size: float) -> None:
    """No line is wider than asked, and no letter is lost, added or moved."""
    lines = wrap(text, Face.SERIF, size, width, break_words=True)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_mm(line, Face.SERIF, size) <= width + 1e-6 for line in lines)


@pytest.mark.usefixtures("every_script")
def test_japanese_is_divided_between_characters() -> None:
    """A text without spaces fills its lines, and no line begins with a full stop or ends with a bracket."""
    text = "東京都渋谷区神宮前、「一丁目」。"
    for width in range(11, 40):
        lines = wrap(text, Face.SANS, 10, width)
        assert "".join(lines) == text
        assert all(width_mm(line, Face.SANS, 10) <= width for line in lines)
        assert not any(line[0] in "、」。" or line[-1] == "「" for line in lines)
    assert len(wrap(text, Face.SANS, 10, 20)) == 4


@pytest.mark.usefixtures("every_script")
def test_letters_are_not_parted_from_their_marks() -> None:
    """A word too long is divided between syllables: no piece begins with a mark."""
    word = "กรุงเทพมหานครน้ำผึ้ง"
    pieces = wrap(word, Face.SANS, 10, 8, break_words=True)
    assert "".join(pieces) == word
    assert len(pieces) > 3
    assert not any(piece[0] in "\u0e31\u0e34\u0e36\u0e38\u0e49" for piece in pieces)
