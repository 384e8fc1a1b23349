from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from relcard.paper.text.characters import clusters
from relcard.paper.text.font_files import Face
from relcard.paper.text.font_files import Sought
from relcard.paper.text.font_files import candidates
from relcard.paper.text.font_files import face_file
from relcard.paper.text.shaping import ShapedLine
from relcard.paper.text.shaping import language_of
from relcard.paper.text.shaping import set_line

if TYPE_CHECKING:
    from relcard.paper.text.glyphs import Glyphs
    from relcard.paper.text.glyphs import Sign

pytestmark = pytest.mark.usefixtures("every_script")


def line(text: str, language: str = "") -> ShapedLine:
    found = set_line(text, Face.SANS, language)
    assert isinstance(found, ShapedLine), f"no font has {found}"
    return found


def walk(text: str) -> list[tuple[Glyphs, float, Sign]]:
    """Return the signs drawn from left to right: font, pen in thousandths of an em, sign."""
    out = []
    pen = 0.0
    known = {font.name: font for font, _ in line(text).used}
    font = next(iter(known.values()))
    for name, signs, move in re.findall(
        r"/(\w+) 1 Tf|<([0-9A-F]+)>|(-?[\d.]+)(?=[<\]])", line(text).operators
    ):
        font = known.get(name, font)
        pen -= float(move or 0)
        for start in range(0, len(signs), 4):
            sign = font.signs[int(signs[start : start + 4], 16)]
            out.append((font, pen, sign))
            pen += sign.width
    return out


def drawn(text: str) -> list[tuple[str, int, int, int]]:
    """Return font, glyph and place (font units from the line's origin) of all that is drawn, left to right."""
    return [
        (font.name, part.glyph, round(pen * font.em / 1000 + part.x), part.y)
        for font, pen, sign in walk(text)
        for part in sign.parts
    ]


def said(text: str) -> list[str]:
    return [sign.text for _, _, sign in walk(text)]


def shaped(text: str, path: str, direction: str, script: str, language: str) -> list[tuple[int, int, int]]:
    """Return what HarfBuzz makes of a text in one font: glyph and place."""
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    font = uharfbuzz.Font(face)
    font.set_variations({"wght": 400})
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = direction, script, language
    uharfbuzz.shape(font, buffer)
    pen, out = 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        out.append((info.codepoint, pen + position.x_offset, position.y_offset))
        pen += position.x_advance
    return out


@pytest.mark.parametrize(
    ("text", "script", "direction", "language"),
    [
        ("ليلى", "Arab", "rtl", "ar"),
        ("مُحَمَّدٌ", "Arab", "rtl", "ar"),
        ("שָׁרָה", "Hebr", "rtl", "he"),
        ("น้ำผึ้ง", "Thai", "ltr", "th"),
        ("क्षत्रिय", "Deva", "ltr", "hi"),
        ("健", "Hani", "ltr", "ja"),
        ("한국", "Hang", "ltr", "ko"),
    ],
)
def test_glyphs_stand_where_harfbuzz_puts_them(text: str, script: str, direction: str, language: str) -> None:
    """Each glyph of a word is the one HarfBuzz chooses, in its place to a few thousandths."""
    if script == "Deva":
        path = face_file(Face.SANS)
    else:
        path = next(candidates("extras", Sought(text[0], script, language, Face.SANS))).path
    expected = shaped(text, str(path), direction, script, language)
    found = [(glyph, x, y) for _, glyph, x, y in drawn(text)]
    assert [glyph for glyph, _, _ in found] == [glyph for glyph, _, _ in expected]
    for (_, x, y), (_, wanted_x, wanted_y) in zip(found, expected, strict=True):
        assert abs(x - wanted_x) <= 3
        assert y == wanted_y


def test_letters_join() -> None:
    """An Arabic letter has another shape within a word than alone."""
    alone = drawn("ه")
    assert alone[0][1] not in [glyph for _, glyph, _, _ in drawn("ههه")]


def test_a_mixed_line_runs_both_ways() -> None:
    """In an Arabic line Latin words and numbers keep their own order, and brackets face their words."""
    fonts = [name for name, *_ in drawn("محمد (Ann) 12")]
    first_arabic = next(place for place, name in enumerate(fonts) if "Arabic" in name)
    assert all("Arabic" in name for name in fonts[first_arabic:])
    assert said("(א") == ["א", ")"]  # the opening bracket, as it is seen


def test_a_letter_and_its_marks_are_one_sign() -> None:
    """A syllable moves and is copied as a whole."""
    assert list(clusters("x\u0361yका健\U000e0100e\u200d")) == [
        "x\u0361",
        "y",
        "का",
        "健\U000e0100",
        "e\u200d",
    ]


def test_the_form_of_a_character_follows_the_language() -> None:
    """One character, four fonts: Japanese, both kinds of Chinese, and Korean."""
    names = [drawn_font("骨", language) for language in ("ja", "zh-Hans", "zh-Hant", "ko")]
    assert len(set(names)) == 4


def drawn_font(text: str, language: str) -> str:
    [(font, _)] = line(text, language).used
    return font.name


@pytest.mark.parametrize(
    ("text", "country", "language"),
    [
        ("佐藤 けん", "", "ja"),
        ("김민수 金", "JP", "ko"),
        ("王小明", "CN", "zh-Hans"),
        ("王小明", "tw", "zh-Hant"),
        ("张", "", "zh-Hans"),
        ("佐藤 健", "", "ja"),
        ("佐藤 健", "GB", "ja"),
        ("Ann", "JP", ""),
        ("ㄅ", "", "zh-Hant"),
    ],
)
def test_the_language_of_a_text(text: str, country: str, language: str) -> None:
    """Kana and Hangul tell it, then the country, then which national character set has all of it."""
    assert language_of(text, country) == language


def test_what_no_font_has_is_named_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The characters without a font come back, in order, in place of a line."""
    monkeypatch.setenv("RELCARD_FONTS", "packaged")
    assert set_line("健 Ann 佐健 שׁ", Face.SANS) == "健佐שׁ"


def test_a_line_is_as_wide_as_its_words_and_spaces() -> None:
    """Width is that of the fonts' own metrics: a Japanese character is one em."""
    assert line("佐藤健").width == pytest.approx(3, abs=0.001)
    space = TTFont(face_file(Face.SANS))["hmtx"]["space"][0] / 1000
    assert line("佐藤 健").width == pytest.approx(3 + space, abs=0.001)


def test_marks_that_were_not_composed_stay_above_their_letters() -> None:
    """A mark that has no composed letter reaches higher than the letter, within its width."""
    plain, marked = line("x\u0361y"), line("x\u0323y")
    assert plain.top > 0.6
    assert marked.top < 0.6
    assert marked.bottom < -0.2
