from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.paper.fronts.svg_shapes import Matrix
from relcard.paper.fronts.svg_shapes import Unreadable
from relcard.paper.fronts.svg_shapes import outline
from relcard.paper.fronts.svg_shapes import read_colour
from relcard.paper.fronts.svg_shapes import read_transform

SMALL = st.floats(-100, 100, allow_nan=False)


def at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    return matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#fff", (1, 1, 1)),
        ("#FF0000", (1, 0, 0)),
        ("black", (0, 0, 0)),
        ("rgb(0, 255, 0)", (0, 1, 0)),
        ("none", None),
        ("currentColor", (0, 0, 0)),
    ],
)
def test_colours(text: str, colour: tuple[float, float, float] | None) -> None:
    """Colours are read in the ways people write them."""
    assert read_colour(text) == colour


@pytest.mark.parametrize("text", ["#ff", "url(#a)", "var(--x)", "", "hsl(1,2,3)"])
def test_no_colours(text: str) -> None:
    """What is no plain colour is refused."""
    with pytest.raises(Unreadable):
        read_colour(text)


@given(SMALL, SMALL, SMALL, SMALL)
def test_transforms_are_applied_from_the_right(x: float, y: float, angle: float, move: float) -> None:
    """The last word of a transform acts first, and a turn about a point leaves that point where it is."""
    both = read_transform(f"translate({move:.6f}) rotate({angle:.6f})")
    each = read_transform(f"translate({move:.6f})") @ read_transform(f"rotate({angle:.6f})")
    assert at(both, x, y) == pytest.approx(at(each, x, y))
    about = read_transform(f"rotate({angle:.6f} 3 4)")
    assert at(about, 3, 4) == pytest.approx((3, 4))


def test_each_transform() -> None:
    """Each of the six does what SVG 1.1 section 7.6 says."""
    assert at(read_transform("matrix(1 2 3 4 5 6)"), 1, 1) == (9, 12)
    assert at(read_transform("scale(2)"), 1, 3) == (2, 6)
    assert at(read_transform("scale(2,-1)"), 1, 3) == (2, -3)
    assert at(read_transform("skewX(45)"), 1, 1) == pytest.approx((2, 1))
    assert at(read_transform("skewY(45)"), 1, 1) == pytest.approx((1, 2))
    assert at(read_transform("rotate(90)"), 1, 0) == pytest.approx((0, 1))
    assert read_transform("") == Matrix()
    assert read_transform("scale(0)").is_flat


def test_a_circle_is_round() -> None:
    """Each curve of a circle keeps its middle on the circle, to a thousandth of the radius."""
    curves = [one for one in outline("circle", {"r": "10", "cx": "1", "cy": "2"}) if len(one) == 3]
    start = outline("circle", {"r": "10", "cx": "1", "cy": "2"})[1][1]
    assert len(curves) == 4
    for first, second, end in curves:
        x, y = ((p + 3 * q + 3 * r + s) / 8 for p, q, r, s in zip(start, first, second, end, strict=True))
        assert math.hypot(x - 1, y - 2) == pytest.approx(10, rel=1e-3)
        start = end


def test_long_numbers_are_read_at_once() -> None:
    """A list of ten thousand digits is one number too far, and not a riddle for the reader."""
    with pytest.raises(Unreadable):
        outline("polygon", {"points": "1" * 10_000 + "x"})
