from __future__ import annotations

import unicodedata

import pytest

from relcard.installation import bring_extra
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import ink
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.metrics import width_mm


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize(
    "name", ["Żółć Łódź", "İş Şahin", "Ærø Ødegård", "Ελένη Παύλου", "Щукин Жданов", "Nguyễn Ấn Đỗ"]
)
def test_european_and_vietnamese_names_can_be_printed(face: Face, name: str) -> None:
    """Latin with its marks, Greek and Cyrillic miss nothing, whether composed or not."""
    assert missing_glyphs(name, face) == ""
    assert missing_glyphs(unicodedata.normalize("NFD", name), face) == ""


@pytest.mark.parametrize("name", ["佐藤", "محمد", "שרה", "ไทย", "김민수"])
def test_scripts_without_a_font_are_missing(name: str) -> None:
    """Where only the packaged faces are, each character of another script is missing."""
    assert missing_glyphs(name, Face.SANS) == "".join(dict.fromkeys(name))


@pytest.mark.parametrize("face", Face)
@pytest.mark.parametrize("name", ["कमला शर्मा", "x\u0361y", "ø\u0301\u0323"])
def test_the_packaged_faces_are_shaped(face: Face, name: str) -> None:
    """Devanagari and letters with marks of their own need no other font."""
    assert missing_glyphs(name, face) == ""
    assert width_mm(name, face, 10) > 0


@pytest.mark.usefixtures("every_script")
@pytest.mark.parametrize("face", Face)
def test_the_extras_bring_the_other_scripts(face: Face) -> None:
    """With the fonts of the extras nothing is missing, in either face."""
    assert missing_glyphs("佐藤 健\n張 张 김민수\nمحمد\nשרה\nไทย", face) == ""


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("a健", bring_extra("cjk")),
        ("ไ", bring_extra("scripts")),
        ("ꯀ", "relcard edit WHO"),
    ],
)
def test_a_refusal_says_what_would_help(name: str, remedy: str) -> None:
    """The extra that has a font for the script is named, or else another spelling is asked for."""
    with pytest.raises(GlyphError) as caught:
        width_mm(name, Face.SANS, 10)
    assert remedy in caught.value.hint


def test_missing_glyphs_come_once_and_in_order() -> None:
    """Each missing character is named once, in the order met; a line break is none."""
    assert missing_glyphs("a健b佐健\nc", Face.SANS) == "健佐"


def test_invisible_marks_are_never_missing() -> None:
    """Direction marks and zero-width characters from telephones do not stop a name."""
    assert missing_glyphs("\u202aAnn\u202c\u200b", Face.SANS) == ""


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
