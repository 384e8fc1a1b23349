"""The front of a greeting card: art and a few words, where the design's layout puts them on any panel."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import Box
from relcard.errors import InkContractError
from relcard.errors import UsageError
from relcard.paper.fronts.art import clip
from relcard.paper.fronts.art import draw_drawing
from relcard.paper.fronts.art import draw_photo
from relcard.paper.fronts.art import load_art
from relcard.paper.fronts.design import Layout
from relcard.paper.fronts.layouts import SAFE
from relcard.paper.fronts.layouts import growth
from relcard.paper.fronts.layouts import place
from relcard.paper.fronts.photos import Photo
from relcard.paper.fronts.photos import check_dpi
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.metrics import width_mm
from relcard.paper.text.typeset import set_words

if TYPE_CHECKING:
    from relcard.domain.printing.card_size import CardSize
    from relcard.paper.fronts.art import Art
    from relcard.paper.fronts.design import Design
    from relcard.paper.fronts.layouts import Places
    from relcard.paper.fronts.svg import Drawing
    from relcard.paper.text.canvas import Sheet
    from relcard.paper.text.typeset import Setting

GREY = 0.24  # of print: dark, and plainly not the blue or black of a pen
_BACK_PT, _BACK_GREY = 7.0, 0.5
_RULE_MM = 26.0  # of the fine rule under words alone, on A6
_EYE = 0.47  # of a panel's height: where a thing looks centred
_TINT = (0.93, 0.925, 0.91)  # where a picture will be, in a design that is only shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """A front that fits: its words in type and where they and the art stand."""

    words: Setting
    design: Design
    size: CardSize
    places: Places
    art: Art | None
    words_y: float  # mm from the panel's top edge to the top of the words

    @property
    def has_back(self) -> bool:
        """Whether one small line stands at the foot of the back."""
        return bool(self.design.back)

    @property
    def dpi(self) -> float | None:
        """How fine the picture is on paper, in pixels an inch; None where there is none."""
        if not isinstance(self.art, Photo) or self.places.art is None:
            return None
        return check_dpi(self.art, self.places.art.width, self.places.art.height)

    def draw(self, sheet: Sheet, *, bleed: float = 0.0) -> None:
        """Draw it on a panel whose top left corner is the origin; `bleed` in mm, for paper that is trimmed.

        What touches an edge of the panel then reaches that far over it; at home it stays clear of the edge.
        """
        places = self.places
        if bleed:
            places = place(self.design, self.size, self.art, has_words=bool(self.words.lines), bleed=bleed)
            places = replace(places, art=self._moved(places))
        if places.art is not None:
            sheet.canvas.saveState()
            _draw_art(sheet, self, places)
            sheet.canvas.restoreState()
        self._draw_words(sheet)

    def draw_back(self, sheet: Sheet) -> None:
        """Draw the line at the foot of the back, on a panel whose top left corner is the origin."""
        if self.has_back:
            x, y = self.size.panel_w / 2, self.size.panel_h - self.size.margin
            face = self.design.words.face
            sheet.text(x, y, self.design.back, TextStyle(face, _BACK_PT, grey=_BACK_GREY), align="centre")

    def _moved(self, places: Places) -> Box | None:
        """Return where the art stands: with the words as one group, if the layout has them so."""
        return self.places.art if places.in_a_group or places.beside else places.art

    def _draw_words(self, sheet: Sheet) -> None:
        area, words = self.places.words, self.words
        baseline = self.words_y + words.ascent_mm
        for line in words.lines:
            x = area.x if self.places.align == "left" else area.x + area.width / 2
            sheet.text(
                x,
                baseline,
                line,
                TextStyle(self.design.words.face, words.size_pt, colour=self.design.words.colour),
                align="left" if self.places.align == "left" else "centre",
            )
            baseline += words.leading_mm
        rule = self.design.rule
        if rule is not None and self.design.layout is Layout.WORDS and words.lines:
            length = _RULE_MM * growth(self.size)
            x = area.x if self.places.align == "left" else area.x + (area.width - length) / 2
            y = self.words_y + words.height_mm + words.leading_mm * 0.75
            _line(sheet, self.design, x, y, x + length, y)


def set_front(
    text: str, design: Design, size: CardSize, photo: Photo | None = None, *, as_sample: bool = False
) -> Front:
    """Set the words of a front in a design; `as_sample` shows a design that wants a picture without one.

    Raises `InkContractError` with the millimetres, `TooWideError`, `UsageError` where a picture is missing,
    too small or has no place, `FileError` for art that cannot be used, `GlyphError` for the line on the back.
    """
    art: Art | None = load_art(design.art) if design.art else None
    if photo is not None:
        if not design.layout.takes_photo:
            raise UsageError(
                f"The design {design.name} takes no picture.",
                hint="Those that do: --design photo, photo-full",
            )
        art = photo
    if design.layout.takes_photo and art is None and not as_sample:
        raise UsageError(f"The design {design.name} wants a picture.", hint="Give it one: --photo FILE")
    _check_back(design, size)
    places = place(design, size, art, has_words=bool(text.strip()))
    if isinstance(art, Photo) and places.art is not None:
        check_dpi(art, places.art.width, places.art.height)
    larger = max(1.0, growth(size))
    style = design.words
    area = places.words
    words = set_words(text, area.width, area.height, (style.largest * larger, style.smallest), style.face)
    missing = words.height_mm - area.height
    if words.lines and missing > 0:
        raise InkContractError(
            f"The words on the front are {missing:.1f} mm too tall in the design {design.name}.",
            hint="Shorten them: relcard draft edit WHO",
        )
    return _put(words, design, size, places, art)


def _check_back(design: Design, size: CardSize) -> None:
    """Refuse a line for the back that could not be printed."""
    if not design.back:
        return
    face = design.words.face
    missing = missing_glyphs(design.back, face)
    if missing:
        raise GlyphError(missing[0], face)
    over = width_mm(design.back, face, _BACK_PT) - (size.panel_w - 2 * size.margin)
    if over > 0:
        raise UsageError(
            f"The line on the back of the design {design.name} is {over:.1f} mm too wide.",
            hint="Shorten back in its card.toml.",
        )


def _put(words: Setting, design: Design, size: CardSize, places: Places, art: Art | None) -> Front:
    """Say where the words stand: hung in their area, or with the art as one group about the eye's centre."""
    area = places.words
    words_y = area.y + (area.height - words.height_mm) * places.hang
    if places.in_a_group and places.art is not None:
        air = places.air if words.lines else 0.0
        group = places.art.height + air + words.height_mm
        top = _EYE * size.panel_h - group / 2
        top = max(size.margin, min(top, size.panel_h - size.margin - group))
        places = replace(places, art=replace(places.art, y=top))
        words_y = top + group - words.height_mm
    if places.beside and places.art is not None and words.lines:
        width = max(width_mm(line, design.words.face, words.size_pt) for line in words.lines)
        shift = size.panel_w - places.art.x - area.x - width  # as much paper on the left as on the right
        places = replace(
            places,
            art=replace(places.art, x=places.art.x + shift / 2),
            words=replace(area, x=area.x + shift / 2, width=width),
        )
    return Front(words=words, design=design, size=size, places=places, art=art, words_y=words_y)


def _draw_art(sheet: Sheet, front: Front, places: Places) -> None:
    art, box = front.art, places.art
    if box is None:
        return
    if isinstance(art, Photo):
        draw_photo(sheet, art, box)
    elif art is None:
        sheet.rect(box, width_pt=0, fill=_TINT[1])
    elif front.design.layout is Layout.SIDE:
        for step in range(places.repeats):
            tile = box.height / places.repeats
            draw_drawing(sheet, art, Box(box.x, box.y + step * tile, box.width, tile))
    elif front.design.layout is Layout.FRAME:
        _draw_frame(sheet, front, art, box)
    else:
        if places.window is not None:
            clip(sheet, places.window)
            _fill(sheet, front.design, places.window)
        draw_drawing(sheet, art, box)


def _draw_frame(sheet: Sheet, front: Front, art: Drawing, corner: Box) -> None:
    """Draw a corner four times, and fine lines from each to the next along the outer edge."""
    right, bottom = front.size.panel_w - SAFE, front.size.panel_h - SAFE
    for mirrored in (False, True):
        for upside_down in (False, True):
            x = right - corner.width if mirrored else corner.x
            y = bottom - corner.height if upside_down else corner.y
            box = Box(x, y, corner.width, corner.height)
            draw_drawing(sheet, art, box, mirrored=mirrored, upside_down=upside_down)
    across, down = front.places.rules
    for y in (down, front.size.panel_h - down):
        _line(sheet, front.design, corner.right, y, front.size.panel_w - corner.right, y)
    for x in (across, front.size.panel_w - across):
        _line(sheet, front.design, x, corner.bottom, x, front.size.panel_h - corner.bottom)


def _fill(sheet: Sheet, design: Design, box: Box) -> None:
    if design.ground is not None:
        sheet.canvas.setFillColorRGB(*design.ground)
        sheet.canvas.rect(*sheet.point(box.x, box.bottom), box.width * MM, box.height * MM, stroke=0, fill=1)


def _line(sheet: Sheet, design: Design, x1: float, y1: float, x2: float, y2: float) -> None:
    if design.rule is None:
        return
    canvas = sheet.canvas
    canvas.setLineWidth(design.rule.width_pt)
    canvas.setStrokeColorRGB(*design.rule.colour)
    canvas.setDash([])
    canvas.line(*sheet.point(x1, y1), *sheet.point(x2, y2))
