from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from relcard.domain.printing.card_size import A6
from relcard.paper.fronts.design_library import find_design
from relcard.paper.fronts.front import set_front
from relcard.paper.preview import contact_sheet
from relcard.paper.preview import front_picture
from relcard.paper.preview import fronts_picture
from relcard.paper.preview import may_be_replaced
from relcard.paper.preview import page_picture
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.canvas import new_canvas
from relcard.paper.text.font_files import Face

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _pages(number: int, width: float = 210, height: float = 297, *, duplex: bool = False) -> bytes:
    sheet = new_canvas(width, height, title="Pages", duplex="long" if duplex else None)
    for page in range(number):
        if page:
            sheet.next_page()
        sheet.text(width / 2, height / 2, f"page {page + 1}", TextStyle(Face.SANS, 40), align="centre")
    return sheet.to_bytes()


def _white_runs(line: np.ndarray) -> int:
    """Count the pages a line of pixels crosses: runs of paper that are wide, between the grey of the table."""
    white = np.concatenate(([0], (line.min(axis=1) > 250).astype(int), [0]))
    edges = np.flatnonzero(np.diff(white))
    return int(sum(end - start > 40 for start, end in zip(edges[::2], edges[1::2], strict=True)))


@pytest.mark.parametrize(
    ("number", "duplex", "columns", "rows"),
    [(1, False, 1, 1), (2, False, 2, 1), (5, False, 3, 2), (6, True, 4, 2), (14, False, 4, 3)],
)
def test_pages_stand_side_by_side(number: int, duplex: bool, columns: int, rows: int) -> None:
    """Pages lie on grey in rows of a pleasant shape; those printed on both sides stand in pairs."""
    found = contact_sheet(_pages(number, duplex=duplex))
    assert (found.shown, found.left_out) == (min(number, 12), max(0, number - 12))
    picture = np.asarray(Image.open(BytesIO(found.data)))
    assert picture.shape == (found.height, found.width, 3)
    top = int(0.04 * found.height) + 40  # above the words in the middle of the first page
    assert _white_runs(picture[top]) == columns
    assert _white_runs(picture[:, int(0.04 * found.width) + 40]) == rows
    assert tuple(picture[2, 2]) == (226, 226, 226)
    assert max(found.width, found.height) <= 2700


def test_what_is_left_out_is_said_on_the_picture() -> None:
    """Thirteen pages have one more line of words at the foot than twelve."""
    twelve, thirteen = contact_sheet(_pages(12)), contact_sheet(_pages(13))
    assert thirteen.width == twelve.width
    assert thirteen.height > twelve.height
    foot = np.asarray(Image.open(BytesIO(thirteen.data)).convert("L"))[twelve.height :]
    assert (foot < 150).any()


def test_pages_of_several_sizes_are_shown_whole() -> None:
    """A small page beside a large one keeps its proportion."""
    sheet = new_canvas(210, 297, title="Two")
    sheet.text(20, 20, "large", TextStyle(Face.SANS, 20))
    sheet.next_page()
    sheet.canvas.setPageSize((300, 200))
    sheet.canvas.rect(50, 50, 20, 20)
    found = contact_sheet(sheet.to_bytes())
    picture = np.asarray(Image.open(BytesIO(found.data)))
    assert _white_runs(picture[found.height // 2 - 30]) == 2


def test_only_a_picture_of_ours_is_replaced(tmp_path: Path) -> None:
    """A new picture may stand where none is or one of ours; a photo, a broken link and a folder stay."""
    place = tmp_path / "cards.png"
    assert may_be_replaced(place)
    place.write_bytes(contact_sheet(_pages(1)).data)
    assert may_be_replaced(place)
    Image.new("RGB", (9, 9)).save(place, "PNG")
    assert not may_be_replaced(place)
    place.write_bytes(b"")
    assert not may_be_replaced(place)
    (tmp_path / "link.png").symlink_to("nowhere")
    assert not may_be_replaced(tmp_path / "link.png")
    assert not may_be_replaced(tmp_path)
    os.mkfifo(tmp_path / "pipe.png")
    assert not may_be_replaced(tmp_path / "pipe.png")


def test_a_picture_has_the_shape_of_the_card() -> None:
    """The picture of a front is as high to its width as the card, and has the colours of its art."""
    front = set_front("Hello", find_design("winter"), A6)
    image = Image.open(BytesIO(front_picture(front, A6)))
    assert image.width / image.height == pytest.approx(105 / 148.5, abs=0.01)
    red, green, _ = np.moveaxis(np.asarray(image.convert("RGB")).astype(int), 2, 0)
    assert (red > 2 * green + 40).any()


def test_the_sheet_shows_each_once() -> None:
    """On the sheet every front stands on its own piece of white, in rows of about the same length."""
    fronts = [
        (name, set_front("Hello", find_design(name), A6))
        for name in ("winter", "frame", "sprig", "bird", "hills")
    ]
    image = Image.open(BytesIO(fronts_picture(fronts, A6))).convert("L")
    assert image.width > image.height * 0.8
    white = sum(count for count, value in image.getcolors() or [] if value == 255)
    assert 0.3 < white / (image.width * image.height) < 0.8


def test_pages_may_be_drawn_by_several_threads(dose: Callable[[int, int], int]) -> None:
    """As the page at home does when a browser asks for six at once: PDFium would take the process down."""
    pdf = _pages(dose(3, 30), 40, 30)
    numbers = [number for number in range(1, dose(3, 30) + 1) for _ in range(4)]
    with ThreadPoolExecutor(6) as threads:
        pictures = list(threads.map(lambda number: page_picture(pdf, number), numbers))
    assert len(set(pictures)) == dose(3, 30)
