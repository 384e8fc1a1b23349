"""What the motifs are drawn with: curves that taper, leaves, berries; millimetres, y upwards."""

from __future__ import annotations

import math
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

Point = tuple[float, float]
Colour = tuple[float, float, float]  # red, green, blue, each 0 to 1

# Few inks: one deep green, one deep blue, one red for what should be found first, and greys. All are dark
# enough for cream paper and a grey printer; halves that touch are set apart by `paler`, never by hue.
GREEN: Colour = (0.18, 0.31, 0.25)
BLUE: Colour = (0.17, 0.25, 0.38)
RED: Colour = (0.66, 0.17, 0.15)
BARK: Colour = (0.36, 0.33, 0.31)
GREY: Colour = (0.55, 0.54, 0.52)


def paler(colour: Colour, share: float) -> Colour:
    """Return `colour` with that share of white mixed in."""
    red, green, blue = colour
    return (red + (1 - red) * share, green + (1 - green) * share, blue + (1 - blue) * share)


@dataclass(frozen=True, slots=True)
class Curve:
    """A cubic Bezier curve through `start` and `end`."""

    start: Point
    first: Point
    second: Point
    end: Point

    def at(self, t: float) -> Point:
        """Return the point at `t` from 0 to 1."""
        a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
        x, y = (
            a * p + b * q + c * r + d * s
            for p, q, r, s in zip(self.start, self.first, self.second, self.end, strict=True)
        )
        return x, y

    def heading(self, t: float) -> float:
        """Return which way the curve runs at `t`, in degrees from the x axis."""
        (x1, y1), (x2, y2) = self.at(max(0.0, t - 0.005)), self.at(min(1.0, t + 0.005))
        return math.degrees(math.atan2(y2 - y1, x2 - x1))


def polar(angle: float, length: float, origin: Point = (0, 0)) -> Point:
    """Return the point `length` mm from `origin` in the direction of `angle` degrees."""
    return (
        origin[0] + length * math.cos(math.radians(angle)),
        origin[1] + length * math.sin(math.radians(angle)),
    )


class Brush:
    """Draws on a canvas whose unit is already a millimetre."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    @contextmanager
    def at(self, origin: Point, angle: float = 0, *, mirrored: bool = False) -> Iterator[None]:
        """Move the origin, turn by `angle` degrees and, if asked, swap the sides of the x axis."""
        self._canvas.saveState()
        self._canvas.translate(*origin)
        self._canvas.rotate(angle)
        if mirrored:
            self._canvas.scale(1, -1)
        yield
        self._canvas.restoreState()

    def fill(self, colour: Colour, start: Point, *curves: Sequence[Point]) -> None:
        """Fill the outline that begins at `start`: each part is a line (one point) or a curve (three)."""
        path = self._canvas.beginPath()
        path.moveTo(*start)
        for curve in curves:
            if len(curve) == 1:
                path.lineTo(*curve[0])
            else:
                (x1, y1), (x2, y2), (x3, y3) = curve
                path.curveTo(x1, y1, x2, y2, x3, y3)
        path.close()
        self._canvas.setFillColorRGB(*colour)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def polygon(self, colour: Colour, points: Sequence[Point]) -> None:
        """Fill the shape between points."""
        self.fill(colour, points[0], *((point,) for point in points[1:]))

    def dot(self, centre: Point, radius: float, colour: Colour) -> None:
        """Fill a circle."""
        self._canvas.setFillColorRGB(*colour)
        self._canvas.circle(*centre, radius, stroke=0, fill=1)

    def line(self, start: Point, end: Point, width: float, colour: Colour) -> None:
        """Draw a straight line with round ends."""
        self._stroke(width, colour)
        self._canvas.line(*start, *end)

    def arc(self, curve: Curve, width: float, colour: Colour) -> None:
        """Draw a curve of even width with round ends."""
        self._stroke(width, colour)
        self._canvas.bezier(*curve.start, *curve.first, *curve.second, *curve.end)

    def _stroke(self, width: float, colour: Colour) -> None:
        self._canvas.setLineCap(1)
        self._canvas.setDash([])
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColorRGB(*colour)

    def twig(self, curve: Curve, thick: float, thin: float, colour: Colour) -> None:
        """Draw a curve that tapers from `thick` at its start to `thin` at its end."""
        steps = 28
        left, right = [], []
        for step in range(steps + 1):
            t = step / steps
            half = (thick + (thin - thick) * t) / 2
            left.append(polar(curve.heading(t) + 90, half, curve.at(t)))
            right.append(polar(curve.heading(t) - 90, half, curve.at(t)))
        self.polygon(colour, [*left, *reversed(right)])
        self.dot(curve.start, thick / 2, colour)
        self.dot(curve.end, thin / 2, colour)

    def leaf(self, base: Point, angle: float, length: float, width: float, colour: Colour) -> None:
        """Draw a leaf of two halves, the far one paler, with a fine light vein between."""
        with self.at(base, angle):
            for side, ink in ((1, colour), (-1, paler(colour, 0.22))):
                half = side * width / 2
                self.fill(
                    ink,
                    (0, 0),
                    ((length * 0.18, half * 0.9), (length * 0.55, half * 1.5), (length, 0)),
                    ((length * 0.7, side * 0.05), (length * 0.3, side * 0.05), (0, 0)),
                )
            self.line((0.4, 0), (length * 0.78, 0), 0.11, paler(colour, 0.75))

    def berry(self, centre: Point, radius: float, colour: Colour) -> None:
        """Draw a round berry with a small light."""
        self.dot(centre, radius, colour)
        self.dot((centre[0] - radius * 0.32, centre[1] + radius * 0.34), radius * 0.24, paler(colour, 0.6))
