from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relcard.domain.printing.printer import Printer
from relcard.domain.printing.printer import in_words
from relcard.errors import UsageError

moves = st.floats(-6, 6)
scales = st.floats(0.98, 1.02)


@given(moves, moves, scales, scales, st.floats(0, 300), st.floats(0, 300))
def test_what_is_sent_can_be_traced_back(
    dx: float, dy: float, scale_x: float, scale_y: float, x: float, y: float
) -> None:
    """Going there and back ends where it began."""
    one = Printer(name="den", dx=dx, dy=dy, scale_x=scale_x, scale_y=scale_y)
    assert one.drawn(*one.sent(x, y)) == pytest.approx((x, y), abs=1e-9)


@pytest.mark.parametrize(
    ("off", "words"),
    [
        ({"dx": 6.1}, "6.1 mm right"),
        ({"dx": -9.0}, "9 mm left"),
        ({"dy": 7.5}, "7.5 mm down"),
        ({"dy": -6.5}, "6.5 mm up"),
        ({"scale_x": 1.021}, "102.1 % across"),
        ({"scale_y": 0.97}, "97.0 % down"),
        ({"dx": float("nan")}, "nan mm"),
    ],
)
def test_what_no_sound_printer_needs_is_refused(off: dict[str, float], words: str) -> None:
    """More than 6 mm or 2 % is a page printed at another size, and is said to be that."""
    with pytest.raises(UsageError, match="true size") as caught:
        Printer(name="den", **off)
    assert words in caught.value.message
    assert "100 %" in caught.value.hint
    assert ("crooked" in caught.value.hint) is ("mm" in words)


@given(
    st.floats(-3, 3), st.floats(-3, 3), st.floats(0.99, 1.01), st.floats(0.99, 1.01), st.floats(-1, 1), scales
)
def test_a_measured_page_puts_the_printer_right(
    off_x: float, off_y: float, stretch_x: float, stretch_y: float, dx: float, scale: float
) -> None:
    """Whatever a printer does, and whatever was known of it, one measured page makes the next one right."""
    known = Printer(name="den", dx=dx, scale_x=min(max(scale, 0.99), 1.01))

    def landed(one: Printer, x: float, y: float) -> tuple[float, float]:
        sent_x, sent_y = one.sent(x, y)
        return stretch_x * sent_x + off_x, stretch_y * sent_y + off_y

    cross, corner = landed(known, 20, 20), landed(known, 120, 120)
    found = known.refined(mark=cross, square=(corner[0] - cross[0], corner[1] - cross[1]))
    for x, y in ((0, 0), (20, 20), (210, 297)):
        assert landed(found, x, y) == pytest.approx((x, y), abs=0.015)
    again = found.refined(mark=landed(found, 20, 20), square=(None, 100))
    assert (again.dx, again.dy) == pytest.approx((found.dx, found.dy), abs=0.02)


def test_one_number_is_enough() -> None:
    """What was not measured stays as it was."""
    den = Printer(name="den", dy=0.4, scale_y=1.01)
    assert den.refined(mark=(21.5, None)) == Printer(name="den", dx=-1.5, dy=0.4, scale_y=1.01)
    assert Printer(name="den").refined(square=(99.2, None)).scale_x == pytest.approx(1.00806, abs=1e-5)


def test_a_measured_page_of_another_size_is_refused() -> None:
    """A square of 97 mm was scaled by the print dialogue, and one of nothing was not measured."""
    with pytest.raises(UsageError, match="true size"):
        Printer(name="den").refined(square=(97, None))
    with pytest.raises(UsageError, match="square"):
        Printer(name="den").refined(square=(0, None))


def test_what_is_done_is_said_in_words() -> None:
    """Directions are words, and what is not done is not said."""
    assert in_words(Printer(name="den")) == "as it is drawn"
    assert in_words(Printer(name="den", dx=-1.5, dy=0.4)) == "moved 1.5 mm to the left and 0.4 mm down"
    assert (
        in_words(Printer(name="den", dx=2, dy=-0.4, scale_x=1.008, scale_y=0.99))
        == "moved 2 mm to the right and 0.4 mm up, scaled to 100.8 % across and 99 % down"
    )
