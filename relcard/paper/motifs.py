"""The drawn fronts: quiet motifs, each in a box of 60 by 60 mm around its centre, y upwards.

They are chosen by occasion and look right in grey: shape and lightness carry them, colour is a gift.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from relcard.errors import NotFoundError
from relcard.paper.brush import BARK
from relcard.paper.brush import BLUE
from relcard.paper.brush import GREEN
from relcard.paper.brush import GREY
from relcard.paper.brush import RED
from relcard.paper.brush import Brush
from relcard.paper.brush import Curve
from relcard.paper.brush import paler
from relcard.paper.brush import polar
from relcard.paper.fonts import MM

if TYPE_CHECKING:
    from collections.abc import Callable

    from relcard.paper.text import Sheet


@dataclass(frozen=True, slots=True)
class Motif:
    """A drawing around (0, 0): how far it reaches upwards and downwards, mm, and half its width."""

    draw: Callable[[Brush], None]
    top: float
    bottom: float
    half_width: float

    @property
    def height(self) -> float:
        """From its highest point to its lowest."""
        return self.top + self.bottom


def draw_motif(sheet: Sheet, name: str, x: float, y: float) -> None:
    """Draw a motif with its centre at (x, y) mm from the panel's top left. Raises `NotFoundError`.

    Its curves are in the document once, however many greeting cards carry it.
    """
    motif = find_motif(name)
    canvas = sheet.canvas
    form = f"motif-{name}"
    if not canvas.hasForm(form):
        wide = math.ceil(motif.half_width) + 1
        canvas.beginForm(form, -wide, -math.ceil(motif.bottom) - 1, wide, math.ceil(motif.top) + 1)
        motif.draw(Brush(canvas))
        canvas.endForm()
    canvas.saveState()
    canvas.transform(MM, 0, 0, MM, *sheet.point(x, y))
    canvas.doForm(form)
    canvas.restoreState()


def find_motif(name: str) -> Motif:
    """Return the motif called `name`. Raises `NotFoundError` naming those there are."""
    if name not in MOTIFS:
        raise NotFoundError(f'No motif is called "{name}".', hint=f"There are {', '.join(MOTIFS)}.")
    return MOTIFS[name]


def motif_for(occasion: str) -> str:
    """Return the name of the motif an occasion gets; a plain rule where nothing drawn would be fitting."""
    return _BY_OCCASION.get(occasion, "rule")


def branch(brush: Brush) -> None:
    """Draw a winter branch with berries."""
    stem = Curve((-28, -19), (-12, -13), (0, 2), (21, 14))
    brush.twig(stem, 1.3, 0.4, BARK)
    twigs = (  # where on the stem, turned by, length, bend
        (0.17, 50, 12, 6),
        (0.28, -48, 15, -7),
        (0.42, 46, 16, 8),
        (0.55, -46, 16, -7),
        (0.69, 46, 13, 6),
        (0.82, -44, 10, -5),
    )
    for t, turn, length, bend in twigs:
        base, heading = stem.at(t), stem.heading(t)
        tip = polar(heading + turn, length, base)
        twig = Curve(
            base,
            polar(heading + turn * 0.55, length * 0.4, base),
            polar(heading + turn + bend, -length * 0.3, tip),
            tip,
        )
        brush.twig(twig, 0.75, 0.3, BARK)
        side = 1 if turn > 0 else -1
        brush.leaf(twig.at(0.45), twig.heading(0.45) + side * 38, length * 0.5, length * 0.15, GREEN)
        brush.leaf(twig.at(0.62), twig.heading(0.62) - side * 40, length * 0.46, length * 0.14, GREEN)
        end = twig.heading(1)
        for spread, reach, radius in ((-26, 2.2, 1.35), (24, 2.6, 1.5), (2, 4.4, 1.25)):
            centre = polar(end + spread, reach, tip)
            brush.line(tip, centre, 0.22, BARK)
            brush.berry(centre, radius, RED)
    brush.leaf(stem.at(0.94), stem.heading(0.94) + 34, 6.5, 1.9, GREEN)
    brush.leaf(stem.at(1), stem.heading(1) - 6, 7.5, 2.1, GREEN)


def star(brush: Brush) -> None:
    """Draw a star of eight facetted rays, the lowest the longest, among a few dots."""
    for turn, wide, reaches in ((45, 2.6, (14, 14, 14, 14)), (0, 3.4, (20, 25, 20, 28))):
        for ray, reach in enumerate(reaches):
            with brush.at((0, 0), turn + ray * 90):
                brush.polygon(BLUE, [(0, 0), (wide * 0.72, wide * 0.72), (reach, 0)])
                brush.polygon(paler(BLUE, 0.42), [(0, 0), (wide * 0.72, -wide * 0.72), (reach, 0)])
    for angle, far, radius in (
        (22, 19, 0.5),
        (67, 21, 0.38),
        (113, 18, 0.55),
        (158, 22, 0.42),
        (202, 18, 0.38),
        (247, 21, 0.55),
        (293, 19, 0.42),
        (338, 22, 0.5),
    ):
        brush.dot(polar(angle, far), radius, paler(BLUE, 0.3))


def candle(brush: Brush) -> None:
    """Draw a lit candle among leaves."""
    for angle in range(-60, 241, 20):
        if 250 < angle % 360 < 290:
            continue
        near = 9.0 if angle % 40 else 8.2
        brush.line(
            polar(angle, near, (0, 17)), polar(angle, near + (1.6 if angle % 40 else 3), (0, 17)), 0.25, GREY
        )
    width, foot, top = 4.4, -17.0, 9.0
    brush.fill(
        paler(GREY, 0.66), (-width, foot), ((-width, top),), _rim(-width, width, top), ((width, foot),)
    )
    brush.fill(
        paler(GREY, 0.38),
        (width * 0.25, foot),
        ((width * 0.25, top - 0.2),),
        ((width, top),),
        ((width, foot),),
    )
    brush.line((0, top - 0.6), (0.2, top + 2.8), 0.35, BARK)
    brush.fill(
        RED,
        (0.1, 11.2),
        ((-3.4, 12.4), (-2.0, 17.2), (0.4, 22.6)),
        ((1.6, 18.4), (3.8, 13.2), (0.1, 11.2)),
    )
    brush.fill(
        paler(RED, 0.62),
        (0.1, 11.7),
        ((-1.6, 12.6), (-0.9, 15), (0.3, 17.6)),
        ((0.9, 15.2), (1.8, 12.8), (0.1, 11.7)),
    )
    for side in (0, 1):
        for angle, length in ((172, 20), (146, 14), (193, 13)):
            turned = angle if side else 180 - angle
            base = (-3.2 if side else 3.2, foot + 0.6)
            sprig = Curve(
                base,
                polar(turned, length * 0.4, base),
                polar(turned, length * 0.7, base),
                polar(turned, length, base),
            )
            brush.twig(sprig, 0.5, 0.2, BARK)
            for step in range(1, 6):
                t = step / 6
                for spread in (34, -34):
                    brush.leaf(sprig.at(t), turned + spread, length * 0.25, length * 0.07, GREEN)
            brush.leaf(sprig.at(1), turned, length * 0.27, length * 0.09, GREEN)
    for x, y, radius in ((-3.4, foot + 1.2, 1.5), (3.0, foot + 0.6, 1.6), (0, foot - 1.2, 1.8)):
        brush.berry((x, y), radius, RED)


def _rim(left: float, right: float, y: float) -> tuple[tuple[float, float], ...]:
    return ((left, y + 1.0), (right, y + 1.0), (right, y))


def wreath(brush: Brush) -> None:
    """Draw a ring of leaves with berries at its foot, open at the top."""
    radius = 21.0
    for side in (1, -1):
        for step in range(14):
            t = step / 13
            angle = -90 + side * (7 + 156 * t)  # up from the foot, to a small gap at the top
            base = polar(angle, radius)
            along = angle + side * 90
            size = 9.6 - 3.2 * t
            brush.leaf(base, along + side * 48, size * 0.72, size * 0.22, GREEN)
            brush.leaf(base, along - side * 26, size, size * 0.27, GREEN)
            brush.line(base, polar(angle + side * 12, radius), 0.4, BARK)
        brush.leaf(polar(-90 + side * 166, radius), -90 + side * 256, 6.5, 1.8, GREEN)
    for angle, far, size in (
        (-90, 21.4, 1.9),
        (-98, 22.6, 1.5),
        (-81, 20.2, 1.5),
        (-86, 24.2, 1.3),
        (-60, 24.6, 1.2),
        (-128, 18.2, 1.2),
        (-32, 18.6, 1.1),
        (-150, 24.2, 1.1),
    ):
        brush.berry(polar(angle, far), size, RED)


def bird(brush: Brush) -> None:
    """Draw a small bird on a twig."""
    perch = Curve((-29, -13), (-11, -16), (7, -14), (22, -9.5))
    brush.twig(perch, 1.1, 0.4, BARK)
    for t, turn, length in ((0.12, 36, 7), (0.2, -34, 8), (0.72, 34, 8), (0.8, -36, 8), (0.9, 32, 7)):
        brush.leaf(perch.at(t), perch.heading(t) + turn, length, length * 0.28, GREEN)
    brush.leaf(perch.at(1), perch.heading(1), 7, 1.9, GREEN)
    coat, wing = paler(BARK, 0.18), BARK
    brush.fill(  # tail
        wing,
        (-11, -6.5),
        ((-14.5, -9.8), (-18, -13.4), (-21.5, -17.6)),
        ((-19.2, -19.2),),
        ((-14.5, -15), (-9, -11.5), (-4, -9.5)),
    )
    for x, t in ((1.0, 0.6), (4.2, 0.67)):  # legs, the toes about the twig
        foot = perch.at(t)
        brush.line((x, -11), foot, 0.45, BARK)
        brush.line((foot[0] - 0.8, foot[1] + 0.25), (foot[0] + 1.3, foot[1] + 0.5), 0.55, BARK)
    brush.fill(  # body: crown, back, rump, belly, throat
        coat,
        (7, 14),
        ((1.6, 14.3), (-1.6, 10.6), (-3.6, 6)),
        ((-6, 1), (-9.5, -3.5), (-12.2, -8.2)),
        ((-7.5, -12.4), (1, -13.8), (7, -10.4)),
        ((12, -7.2), (14.4, -1.4), (13.2, 5)),
        ((14.2, 10.2), (11.6, 13.9), (7, 14)),
    )
    brush.fill(  # belly
        paler(BARK, 0.74),
        (12.6, -2.6),
        ((10.2, -8.6), (3.4, -13.4), (-5, -12)),
        ((-1.4, -9.2), (4.6, -4.4), (12.6, -2.6)),
    )
    brush.fill(  # breast and face
        RED,
        (12.9, 9.6),
        ((10.4, 11.6), (7.4, 9.8), (6.1, 6.4)),
        ((4.6, 2.2), (4.8, -2.4), (7.6, -6.2)),
        ((9.6, -5.6), (11.8, -4.6), (12.6, -2.6)),
        ((13.7, -0.2), (13.6, 2.8), (13.2, 5)),
        ((13.5, 6.8), (13.4, 8.4), (12.9, 9.6)),
    )
    brush.fill(  # wing, folded, and two feathers in it
        wing,
        (0.6, 5),
        ((-4, 3.2), (-9.6, -3), (-15.2, -10.2)),
        ((-8, -9.6), (-0.6, -8), (2.6, -3.2)),
        ((4.2, -0.6), (3.6, 3.2), (0.6, 5)),
    )
    brush.arc(Curve((-1.2, -3.4), (-4.4, -6.2), (-8, -8), (-12.4, -9.2)), 0.28, paler(BARK, 0.5))
    brush.arc(Curve((-1.8, -0.6), (-4.6, -3.6), (-8, -6), (-12, -8)), 0.28, paler(BARK, 0.5))
    brush.polygon(_NIGHT, [(12.7, 10.6), (16.2, 9.7), (13, 8.9)])
    brush.dot((9.6, 11), 0.8, _NIGHT)
    brush.dot((9.86, 11.26), 0.22, (1, 1, 1))


def garland(brush: Brush) -> None:
    """Draw a string of small pennants between two knots."""
    pale = paler(GREEN, 0.45)
    for drop, top, inks in ((10, 15, (GREEN, pale, RED)), (9, -3, (pale, RED, GREEN))):
        string = Curve((-29, top), (-12, top - drop * 1.4), (12, top - drop * 1.4), (29, top))
        brush.arc(string, 0.28, BARK)
        for step in range(9):
            t = 0.1 + step * 0.1
            a, b = string.at(t - 0.032), string.at(t + 0.032)
            tip = polar(string.heading(t) * 0.4 - 90, 7.6, string.at(t))  # cloth hangs nearly plumb
            brush.polygon(inks[step % 3], [a, b, tip])
        for end in (string.start, string.end):
            brush.dot(end, 0.7, BARK)


def sprig(brush: Brush) -> None:
    """Draw an upright sprig with paired leaves and buds."""
    stem = Curve((-3, -28), (2, -12), (-3, 6), (1.5, 23))
    brush.twig(stem, 0.9, 0.3, BARK)
    for step in range(8):
        t = 0.16 + step * 0.105
        size = 13.5 - 7.5 * abs(t - 0.42) - 3.2 * t
        for side in (1, -1):
            at = stem.at(t + (0.02 if side < 0 else 0))
            brush.leaf(at, stem.heading(t) + side * (52 - 14 * t), size, size * 0.3, GREEN)
    brush.leaf(stem.at(1), stem.heading(1), 6, 1.8, GREEN)


def rule(brush: Brush) -> None:
    """Draw a printer's rule with a lozenge: nothing but good proportion."""
    for side in (1, -1):
        brush.polygon(BARK, [(side * 4.5, 0.16), (side * 26, 0.04), (side * 26, -0.04), (side * 4.5, -0.16)])
        brush.polygon(BLUE, [(0, 0), (side * 1.5, 0), (0, 2.1)])
        brush.polygon(paler(BLUE, 0.4), [(0, 0), (side * 1.5, 0), (0, -2.1)])
        brush.dot((side * 3, 0), 0.32, BARK)


_NIGHT = (0.13, 0.12, 0.11)

MOTIFS: dict[str, Motif] = {
    "branch": Motif(branch, top=21.5, bottom=20, half_width=29),
    "star": Motif(star, top=25.5, bottom=28.5, half_width=21.5),
    "candle": Motif(candle, top=28.5, bottom=21.5, half_width=29),
    "wreath": Motif(wreath, top=25, bottom=26, half_width=26),
    "bird": Motif(bird, top=14.5, bottom=19.5, half_width=30),
    "garland": Motif(garland, top=16, bottom=20.5, half_width=30),
    "sprig": Motif(sprig, top=29, bottom=29, half_width=9.5),
    "rule": Motif(rule, top=2.5, bottom=2.5, half_width=26.5),
}
_BY_OCCASION = {
    "christmas": "branch",
    "newyear": "star",
    "season": "bird",
    "birthday": "garland",
    "thankyou": "sprig",
    "remembrance": "candle",
}
