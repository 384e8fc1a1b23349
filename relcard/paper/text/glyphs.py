"""A font file as HarfBuzz reads it, and the signs made of its glyphs.

A sign is what one cluster of a text looks like: a glyph, or several in their places, such as a letter with
its marks or a syllable. It stands in a document as one character that says its text, so that what is read
from a page, searched in it or copied from it is what was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uharfbuzz

if TYPE_CHECKING:
    from relcard.paper.text.font_files import FontFile

_REGULAR = 400.0
_RESTRICTED = 2  # OS/2 fsType: may not be embedded without leave
_names: dict[str, FontFile] = {}


class UnusableFontError(Exception):
    """The file is no font, has no outlines, or forbids that it is embedded."""


@dataclass(frozen=True, slots=True)
class Part:
    """A glyph, by its place in the file, and how far it is moved, in the font's own units."""

    glyph: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """What a cluster looks like; `width` is in thousandths of an em, `box` in ems, None for a blank."""

    parts: tuple[Part, ...]
    text: str
    width: int
    box: tuple[float, float, float, float] | None  # left, bottom, right, top


class Glyphs:
    """One font at its regular weight."""

    def __init__(self, file: FontFile) -> None:
        """Open a font. Raises `UnusableFontError`."""
        try:
            blob = uharfbuzz.Blob.from_file_path(str(file.path))
        except (OSError, uharfbuzz.HarfBuzzError) as error:
            raise UnusableFontError(str(file.path)) from error
        face = uharfbuzz.Face(blob, file.number)
        tables = set(face.table_tags)
        if not tables & {"glyf", "CFF ", "CFF2"} or not {"cmap", "hmtx", "head"} <= tables:
            raise UnusableFontError(str(file.path))
        if "OS/2" in tables and face.reference_table("OS/2").data[8:10] == bytes((0, _RESTRICTED)):
            raise UnusableFontError(str(file.path))
        self.font = uharfbuzz.Font(face)
        # A variable font may have a thin default: the upright regular one is asked for by its axes.
        if any(axis.tag == "wght" for axis in face.axis_infos):
            self.font.set_variations({"wght": _REGULAR})
        self.em = face.upem
        self.name = _free_name(file)
        self.signs: list[Sign] = [Sign((Part(0),), "", 0, None)]  # a document calls each by its place here
        self._known: dict[tuple[tuple[Part, ...], str, int], int] = {}
        self._places: dict[str, int] = {}

    def place_of(self, character: str) -> int:
        """Return the place of a character's own glyph, 0 when there is none."""
        place = self._places.get(character)
        if place is None:
            place = self._places[character] = self.font.get_nominal_glyph(ord(character)) or 0
        return place

    def sign(self, parts: tuple[Part, ...], text: str, advance: int) -> int:
        """Return the place of a sign in `signs`; `advance` is what its pen moves, in the font's own units."""
        if parts[1:]:
            width = round(advance * 1000 / self.em)
        else:  # what a neighbour adds or takes by kerning is no part of the sign
            width = round(self.font.get_glyph_h_advance(parts[0].glyph) * 1000 / self.em)
        key = (parts, text, width)
        place = self._known.get(key)
        if place is None:
            place = self._known[key] = len(self.signs)
            self.signs.append(Sign(parts, text, width, self._box(parts)))
        return place

    def _box(self, parts: tuple[Part, ...]) -> tuple[float, float, float, float] | None:
        boxes = []
        for part in parts:
            extents = self.font.get_glyph_extents(part.glyph)
            if extents and extents.width and extents.height:  # HarfBuzz gives a height that runs downwards
                left, top = extents.x_bearing + part.x, extents.y_bearing + part.y
                boxes.append((left, top + extents.height, left + extents.width, top))
        if not boxes:
            return None
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        em = self.em
        return min(lefts) / em, min(bottoms) / em, max(rights) / em, max(tops) / em


def _free_name(file: FontFile) -> str:
    """Name a font for a document, after its file; another file of the same name gets a number."""
    stem = re.sub(r"[^A-Za-z0-9]", "", file.path.stem) or "Font"
    if file.number:
        stem += f"N{file.number}"
    name, count = stem, 1
    while _names.setdefault(name, file) != file:
        count += 1
        name = f"{stem}x{count}"
    return name
