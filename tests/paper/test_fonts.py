from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.paper.fonts import Face
from relcard.paper.fonts import GlyphError
from relcard.paper.fonts import TooWideError
from relcard.paper.fonts import describe
from relcard.paper.fonts import ink
from relcard.paper.fonts import missing_glyphs
from relcard.paper.fonts import prepare
from relcard.paper.fonts import width_mm
from relcard.paper.fonts import wrap


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize(
    "name", ["Żółć Łódź", "İş Şahin", "Ærø Ødegård", "Ελένη Παύλου", "Щукин Жданов", "Nguyễn Ấn Đỗ"]
)
def test_european_and_vietnamese_names_can_be_printed(face: Face, name: str) -> None:
    """Latin with its marks, Greek and Cyrillic miss nothing, whether composed or not."""
    assert missing_glyphs(name, face) == ""
    assert missing_glyphs(unicodedata.normalize("NFD", name), face) == ""


@pytest.mark.parametrize("name", ["佐藤", "محمد", "שרה", "कमला", "ไทย", "김민수", "x\u0361y"])
def test_scripts_that_need_more_are_missing(name: str) -> None:
    """What has no shape, runs right to left, or needs shaping is missing, even where shapes exist."""
    assert set(missing_glyphs(name, Face.SANS)) == set(name) - set("xy")


def test_missing_glyphs_come_once_and_in_order() -> None:
    """Each missing character is named once, in the order met; a line break is none."""
    assert missing_glyphs("a健b佐健\nc", Face.SANS) == "健佐"


def test_invisible_marks_are_left_out() -> None:
    """Direction marks, zero-width characters and other blanks from telephones do not stop a name."""
    assert prepare("\u200eAnn\u2009B.\u202f\ufeffC\u00add") == "Ann B.\u00a0Cd"
    assert missing_glyphs("\u202aAnn\u202c\u200b", Face.SANS) == ""


def test_a_character_is_described_by_its_name() -> None:
    """A sign is named in words; a Chinese character, whose Unicode name is a number, stands alone."""
    assert describe("ک") == "ک (arabic letter keheh)"
    assert describe("健") == "健"


def test_width_is_that_of_the_typeface() -> None:
    """Noto Sans draws a capital W 0.931 em wide."""
    assert width_mm("WW", Face.SANS, 10) == pytest.approx(2 * 0.931 * 10 / 72 * 25.4, abs=0.01)


def test_measuring_what_cannot_be_drawn_is_refused() -> None:
    """There is no width of a missing glyph."""
    with pytest.raises(GlyphError, match="健") as caught:
        width_mm("a健", Face.SERIF, 10)
    assert caught.value.character == "健"


def test_ink_reaches_over_the_origin_and_the_accents() -> None:
    """The tail of a j hangs out to the left, and a capital with two accents is higher than one without."""
    assert ink("j", Face.SANS).left < 0
    assert ink("j", Face.SANS).bottom < -0.2
    assert ink("Ế", Face.SANS).top > ink("E", Face.SANS).top == pytest.approx(0.714)


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
