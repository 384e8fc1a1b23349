from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from relcard.domain.printing.imposition import Box
from relcard.errors import FileError
from relcard.paper.fronts.art import draw_drawing
from relcard.paper.fronts.art import load_art
from relcard.paper.fronts.svg import read_svg
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face
from tests.paper.paper_model import colours

if TYPE_CHECKING:
    from pathlib import Path

    from relcard.paper.fronts.svg import Drawing
    from tests.paper.paper_model import Picture


def drawing(body: str, view: str = "0 0 10 10") -> Drawing:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{body}</svg>'
    return read_svg(text.encode(), "a.svg")


def pixels(art: Drawing, box: Box, **turned: bool) -> Picture:
    """Return a page of 40 by 40 mm with the art on it, 5 pixels a mm: red, green, blue."""
    sheet = new_canvas(40, 40, title="Art", face=Face.SERIF)
    draw_drawing(sheet, art, box, **turned)
    return colours(sheet.to_bytes(), 5 * 25.4)


CORNER = '<rect width="5" height="2" fill="#ff0000"/><rect x="-5" width="5" height="9" fill="#00f"/>'


def test_a_drawing_fills_its_box_and_no_more() -> None:
    """Art is placed by its viewBox, and what lies outside that is not drawn."""
    found = pixels(drawing(CORNER), Box(10, 10, 20, 20))
    red = (found[:, :, 0] > 200) & (found[:, :, 1] < 50)
    rows, columns = np.flatnonzero(red.any(axis=1)), np.flatnonzero(red.any(axis=0))
    assert (rows[0], rows[-1] + 1) == pytest.approx((50, 70), abs=1)
    assert (columns[0], columns[-1] + 1) == pytest.approx((50, 100), abs=1)
    blue = (found[:, :, 2] > 200) & (found[:, :, 0] < 50)
    assert np.flatnonzero(blue.any(axis=0)).size <= 1  # half a pixel on the edge


@pytest.mark.parametrize(
    ("turned", "row", "column"),
    [
        ({}, 55, 55),
        ({"mirrored": True}, 55, 145),
        ({"upside_down": True}, 145, 55),
        ({"mirrored": True, "upside_down": True}, 145, 145),
    ],
)
def test_corners_are_mirrored(turned: dict[str, bool], row: int, column: int) -> None:
    """A corner can be drawn for each of the four."""
    found = pixels(drawing(CORNER), Box(10, 10, 20, 20), **turned)
    assert tuple(found[row, column]) == (255, 0, 0)


def test_holes_strokes_and_opacity() -> None:
    """Even-odd leaves a hole, a stroke has its width under a transform, opacity lets paper through."""
    ring = drawing('<path fill-rule="evenodd" d="M0 0H10V10H0Z M3 3H7V7H3Z"/>')
    found = pixels(ring, Box(0, 0, 40, 40))
    assert tuple(found[100, 100]) == (255, 255, 255)
    assert tuple(found[20, 20]) == (0, 0, 0)
    line = drawing(
        '<line transform="scale(2)" x1="0" y1="2.5" x2="5" y2="2.5" stroke="black" stroke-width="1"/>'
    )
    found = pixels(line, Box(0, 0, 40, 40))
    assert int((found[:, 100, 0] < 128).sum()) == pytest.approx(40, abs=1)
    half = pixels(drawing('<rect width="10" height="10" opacity=".5"/>'), Box(0, 0, 40, 40))
    assert half[100, 100, 0] == pytest.approx(128, abs=2)


def test_a_drawing_without_opacity_is_a_valid_form() -> None:
    """Its resources hold an empty dictionary where there is no opacity, and not the word None of Python."""
    sheet = new_canvas(40, 40, title="Art", face=Face.SERIF)
    draw_drawing(sheet, drawing(CORNER), Box(10, 10, 20, 20))
    form = sheet.to_bytes().partition(b"/ExtGState")[2]
    assert form.lstrip().startswith(b"<<")


def test_a_drawing_is_in_the_file_once() -> None:
    """However often it is drawn, the document holds one copy of it."""
    art = drawing("".join(f'<circle cx="{at % 10}" cy="{at // 10}" r=".4"/>' for at in range(100)))
    sizes = []
    for times in (1, 50):
        sheet = new_canvas(40, 40, title="Art", face=Face.SERIF)
        for at in range(times):
            draw_drawing(sheet, art, Box(at / 4, 0, 10, 10))
        sizes.append(len(sheet.to_bytes()))
    assert sizes[1] - sizes[0] < 2500


def test_art_that_cannot_be_used_is_refused(tmp_path: Path) -> None:
    """A drawing with words in it stops where it is loaded, by its name."""
    path = tmp_path / "a.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><text>x</text></svg>')
    with pytest.raises(FileError, match=r"a\.svg:1: text"):
        load_art(path)
