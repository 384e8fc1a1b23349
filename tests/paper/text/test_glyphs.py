from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from typing import BinaryIO

import pytest
from fontTools.ttLib import TTFont

from relcard.paper.text.font_files import Face
from relcard.paper.text.font_files import FontFile
from relcard.paper.text.font_files import Sought
from relcard.paper.text.font_files import candidates
from relcard.paper.text.font_files import face_file
from relcard.paper.text.glyphs import Glyphs
from relcard.paper.text.glyphs import Part
from relcard.paper.text.glyphs import UnusableFontError

if TYPE_CHECKING:
    from pathlib import Path


def opened(character: str, script: str) -> Glyphs:
    return Glyphs(next(candidates("extras", Sought(character, script, "", Face.SANS))))


def test_a_variable_font_is_regular() -> None:
    """A Hebrew font whose default is a thin weight is measured and drawn at 400, beside Noto Sans of 400."""
    font = opened("ש", "Hebr")
    file = TTFont(next(candidates("extras", Sought("ש", "Hebr", "", Face.SANS))).path)
    assert file["fvar"].axes[0].defaultValue == 100
    thin = file["hmtx"][file.getBestCmap()[ord("ש")]][0]
    place = font.sign((Part(font.place_of("ש")),), "ש", 0)
    assert font.signs[place].width > thin + 40


def test_a_sign_is_known_again() -> None:
    """The same parts with the same text are one sign; the same parts with another text are another."""
    font = Glyphs(FontFile(face_file(Face.SANS)))
    parts = (Part(font.place_of("a")), Part(font.place_of("b"), 600, 100))
    first = font.sign(parts, "ab", 1200)
    assert font.sign(parts, "ab", 1200) == first != font.sign(parts, "ba", 1200)
    box = font.signs[first].box
    assert box
    left, bottom, right, top = box
    assert left < 0.15
    assert right > 0.6
    assert bottom == pytest.approx(-0.01, abs=0.02)
    assert top == pytest.approx(0.1 + 0.76, abs=0.02)


def test_what_kerning_takes_is_no_part_of_a_sign() -> None:
    """A single glyph keeps its own width, whatever its neighbour made of it."""
    font = Glyphs(FontFile(face_file(Face.SANS)))
    glyph = font.place_of("T")
    assert font.sign((Part(glyph),), "T", 400) == font.sign((Part(glyph),), "T", 556)


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    """No font, a font without outlines, one that may not be embedded: each is set aside."""
    cases = []
    for name, data in (("text.ttf", b"words"), ("empty.ttf", b"")):
        (tmp_path / name).write_bytes(data)
        cases.append(tmp_path / name)
    bitmap = TTFont(face_file(Face.SERIF))
    del bitmap["glyf"], bitmap["loca"], bitmap["gvar"]
    cases.append(tmp_path / "bitmap.ttf")
    with (tmp_path / "bitmap.ttf").open("wb") as out:
        _raw_save(bitmap, out)
    forbidden = TTFont(face_file(Face.SERIF))
    forbidden["OS/2"].fsType = 2
    cases.append(tmp_path / "forbidden.ttf")
    forbidden.save(tmp_path / "forbidden.ttf")
    for path in (*cases, tmp_path / "gone.ttf"):
        with pytest.raises(UnusableFontError):
            Glyphs(FontFile(path))


def _raw_save(font: TTFont, out: BinaryIO) -> None:
    """Write a font's tables as they stand; fontTools itself asks for outlines."""
    tables = {tag: font.reader[tag] for tag in ("cmap", "hmtx", "head", "hhea", "maxp")}
    offset = 12 + 16 * len(tables)
    head = struct.pack(">IHHHH", 0x00010000, len(tables), 64, 2, 16)
    body = b""
    for tag, data in sorted(tables.items()):
        head += struct.pack(">4sIII", tag.encode(), 0, offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    out.write(head + body)
