"""The words of an SVG drawing: numbers, colours, transforms, and the outline each shape has."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

Colour = tuple[float, float, float]  # red, green, blue, each 0 to 1
Point = tuple[float, float]
Segment = tuple[Point, ...]  # () closes, one point moves there, two is a line to the second, three a curve

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_FARTHEST = 1e6  # no drawing of a card reaches farther; a PDF has no numbers for it either
_LONGEST_PATH = 400_000  # characters
_LONGEST_TRANSFORM = 4_000  # characters: some hundred words
_CIRCLE = 0.5522847498  # how far the handles of a quarter circle reach, of its radius
_MEANING = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}


class Unreadable(Exception):  # noqa: N818  it becomes a sentence with a place
    """A value that says nothing a drawing can have."""


class Matrix(NamedTuple):
    """An affine map: x becomes a x + c y + e, y becomes b x + d y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    @property
    def is_flat(self) -> bool:
        """Whether nothing of an area is left: what it maps cannot be seen."""
        return math.isclose(self.a * self.d - self.b * self.c, 0, abs_tol=1e-12)

    def __matmul__(self, inner: Matrix) -> Matrix:
        """Return the map that does `inner` first. Raises `Unreadable` where both together reach too far."""
        both = Matrix(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
        )
        # What is infinite, or no number any more, is not less than anything.
        if not all(abs(number) <= _FARTHEST**2 for number in both):
            raise Unreadable("its transforms together reach farther than any drawing.")
        return both


def length(text: str) -> float:
    """Return a length in the file's units. Raises `Unreadable` for another unit."""
    number = re.fullmatch(rf"\s*({NUMBER})\s*(?:px)?\s*", text)
    if number is None:
        raise Unreadable(f'"{text[:40]}" is no plain number.')
    return _near(float(number[1]))


def read_colour(text: str) -> Colour | None:
    """Return a colour, None for `none`. Raises `Unreadable` for gradients and names nobody knows."""
    word = text.strip().lower()
    if word in ("none", "transparent"):
        return None
    if word == "currentcolor":
        return (0.0, 0.0, 0.0)
    digits = word.removeprefix("#")
    if word.startswith("#") and re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits):
        wide = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
        red, green, blue = (int(wide[at : at + 2], 16) / 255 for at in (0, 2, 4))
        return (red, green, blue)
    if word.startswith("url("):
        raise Unreadable("gradients and patterns are not drawn; take a plain colour.")
    numbers = re.fullmatch(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", word)
    if numbers:
        red, green, blue = (min(int(number), 255) / 255 for number in numbers.groups())
        return (red, green, blue)
    from PIL.ImageColor import colormap  # noqa: PLC0415  13 ms: `design list` meets no such word

    named = colormap.get(word)
    if not isinstance(named, str):
        raise Unreadable(f'"{text[:40]}" is no colour; write it as #2e4f40.')
    return read_colour(named)


def read_transform(text: str) -> Matrix:
    """Return the map of a `transform`, the first word of it applied last. Raises `Unreadable`."""
    whole = Matrix()
    rest = text.strip()
    if len(rest) > _LONGEST_TRANSFORM:
        raise Unreadable(f"a transform of {len(rest):,} characters is longer than any drawing needs.")
    while rest:
        word = re.match(r"([A-Za-z]+)\s*\(([^()]*)\)[\s,]*", rest)
        if word is None or word[1] not in _MEANING:
            raise Unreadable(f'"{text[:40]}" is no transform.')
        numbers = _numbers(word[2])
        if len(numbers) not in _MEANING[word[1]]:
            raise Unreadable(f'"{word[0].strip()[:40]}" has not the numbers it needs.')
        whole @= _map(word[1], numbers)
        rest = rest[word.end() :]
    return whole


def _map(kind: str, numbers: list[float]) -> Matrix:
    first, second = numbers[0], numbers[1] if len(numbers) > 1 else None
    if kind == "matrix":
        return Matrix(*numbers)
    if kind == "translate":
        return Matrix(e=first, f=second or 0.0)
    if kind == "scale":
        return Matrix(a=first, d=first if second is None else second)
    if kind == "skewX":
        return Matrix(c=math.tan(math.radians(first)))
    if kind == "skewY":
        return Matrix(b=math.tan(math.radians(first)))
    sine, cosine = math.sin(math.radians(first)), math.cos(math.radians(first))
    turned = Matrix(cosine, sine, -sine, cosine)
    if len(numbers) == 3:
        return Matrix(e=numbers[1], f=numbers[2]) @ turned @ Matrix(e=-numbers[1], f=-numbers[2])
    return turned


def outline(name: str, attributes: Mapping[str, str]) -> tuple[Segment, ...]:
    """Return the outline of a shape element. Raises `Unreadable`."""

    def number(key: str, default: float = 0.0) -> float:
        return length(attributes[key]) if key in attributes else default

    if name == "path":
        return _path(attributes.get("d", ""))
    if name == "line":
        return _corners([(number("x1"), number("y1")), (number("x2"), number("y2"))], closed=False)
    if name in ("polyline", "polygon"):
        flat = _numbers(attributes.get("points", ""))
        if len(flat) % 2:
            raise Unreadable("one of its points has no second number.")
        points = list(zip(flat[::2], flat[1::2], strict=True))
        return _corners(points, closed=name == "polygon")
    if name == "rect":
        width, height = number("width"), number("height")
        rx, ry = number("rx", number("ry")), number("ry", number("rx"))
        if min(width, height) <= 0:
            return ()
        return _rect(number("x"), number("y"), width, height, min(rx, width / 2), min(ry, height / 2))
    rx, ry = (number("r"), number("r")) if name == "circle" else (number("rx"), number("ry"))
    if min(rx, ry) <= 0:
        return ()
    cx, cy = number("cx"), number("cy")
    return _rect(cx - rx, cy - ry, 2 * rx, 2 * ry, rx, ry)  # nothing but its corners


def _corners(points: list[Point], *, closed: bool) -> tuple[Segment, ...]:
    if len(points) < 2:
        return ()
    lines: list[Segment] = list(pairwise(points))
    return ((points[0],), *lines, *(((),) if closed else ()))


def _rect(x: float, y: float, width: float, height: float, rx: float, ry: float) -> tuple[Segment, ...]:
    right, bottom = x + width, y + height
    if min(rx, ry) <= 0:
        return _corners([(x, y), (right, y), (right, bottom), (x, bottom)], closed=True)
    hx, hy = rx * (1 - _CIRCLE), ry * (1 - _CIRCLE)
    return (
        ((x + rx, y),),
        ((x + rx, y), (right - rx, y)),
        ((right - hx, y), (right, y + hy), (right, y + ry)),
        ((right, y + ry), (right, bottom - ry)),
        ((right, bottom - hy), (right - hx, bottom), (right - rx, bottom)),
        ((right - rx, bottom), (x + rx, bottom)),
        ((x + hx, bottom), (x, bottom - hy), (x, bottom - ry)),
        ((x, bottom - ry), (x, y + ry)),
        ((x, y + hy), (x + hx, y), (x + rx, y)),
        (),
    )


def _path(text: str) -> tuple[Segment, ...]:
    if len(text) > _LONGEST_PATH:
        raise Unreadable(f"a path of {len(text):,} characters is longer than any drawing needs.")
    if not re.fullmatch(r"[MmZzLlHhVvCcSsQqTtAaEe0-9\s,.+-]*", text):
        raise Unreadable("there are signs in it that no path has.")
    from fontTools.svgLib.path import parse_path  # noqa: PLC0415  20 ms: `design list` reads no path

    pen = _Pen()
    try:
        parse_path(" ".join(text.split()), pen)
    except (ValueError, IndexError, TypeError, ArithmeticError) as error:
        raise Unreadable("its d cannot be read to the end.") from error
    return tuple(pen.segments)


class _Pen:
    """Takes down what the parser of paths draws."""

    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self._here: Point = (0.0, 0.0)

    def _take(self, points: Iterable[Point]) -> None:
        segment = tuple((_near(x), _near(y)) for x, y in points)
        self.segments.append(segment)
        self._here = segment[-1]

    def moveTo(self, point: Point) -> None:  # noqa: N802  the names are the library's
        self._take([point])

    def lineTo(self, point: Point) -> None:  # noqa: N802
        self._take([self._here, point])

    def curveTo(self, *points: Point) -> None:  # noqa: N802
        self._take(points)

    def qCurveTo(self, control: Point, end: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2) = self._here, control, end
        first = (x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0))
        second = (x2 + 2 / 3 * (x1 - x2), y2 + 2 / 3 * (y1 - y2))
        self._take([first, second, end])

    def closePath(self) -> None:  # noqa: N802
        self.segments.append(())

    def endPath(self) -> None:  # noqa: N802
        """Leave the outline open."""


def _numbers(text: str) -> list[float]:
    if re.sub(NUMBER, "", text).strip(" \t\r\n,"):
        raise Unreadable(f'"{text[:40]}" is not all numbers.')
    return [_near(float(number)) for number in re.findall(NUMBER, text)]


def _near(number: float) -> float:
    if not (math.isfinite(number) and abs(number) <= _FARTHEST):
        raise Unreadable(f"{number:g} is farther than any drawing reaches.")
    return number
