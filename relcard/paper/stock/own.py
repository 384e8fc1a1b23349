"""A sheet of labels from a few measures: what was not said is worked out, what cannot be is refused.

Sheets are die-cut symmetrically, so a margin that nobody measured is half of what the labels leave over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from relcard.domain.printing.imposition import lines_that_fit
from relcard.domain.printing.imposition import stock_facts
from relcard.domain.printing.stock import Stock
from relcard.errors import UsageError

PAGES = {  # mm, upright: ISO 216, and ANSI sizes in 25.4 mm
    "A3": (297.0, 420.0),
    "A4": (210.0, 297.0),
    "A5": (148.0, 210.0),
    "A6": (105.0, 148.0),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Executive": (184.15, 266.7),
}
UNITS = {"mm": 1.0, "cm": 10.0, "in": 25.4, '"': 25.4, "pt": 25.4 / 72, "pc": 25.4 / 6}  # a unit in mm
MOST = 100  # labels across or down
LARGEST_PAGE = 1000.0  # mm
NARROWEST = 10.0  # mm for words
SMALLEST_TEXT = 8.0  # pt: below it the posts do not read
_RULER = 1.0  # mm: what two readings of a ruler may be wrong by together
HAIR = 0.05  # mm: nobody can cut closer
ROUNDED = 0.3  # mm: what measures in a file may be rounded by, through points or tenths
_PLACES = 6  # of a length in mm: thirds of an inch come out even
_LONGEST = 24  # characters of a length as it is said
_LENGTH = re.compile(
    r"""(?=[\d.,])                        # a whole part, a fraction, or both: 66.7  2-5/8  2 5/8  1/2
        (?P<whole>\d+(?:[.,]\d*)?|[.,]\d+)?
        (?:(?:(?<=\d)[-\ ])?(?P<above>(?<![\d.,])\d+)/(?P<below>[1-9]\d*))?
        \s*(?P<unit>mm|cm|in|pt|pc|")?""",
    re.VERBOSE,
)


class MisfitError(UsageError):
    """Measures that no sheet can have; `fault` is what is wrong in two words, to be counted."""

    def __init__(self, message: str, *, fault: str, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The measures of a sheet as they are known, in mm; None is to be worked out."""

    part: str
    brand: str = ""
    page_w: float
    page_h: float
    label_w: float
    label_h: float
    columns: int
    rows: int
    left: float | None = None
    top: float | None = None
    pitch_x: float | None = None
    pitch_y: float | None = None
    corner: float = 0.0
    source: str = ""
    slack: float = HAIR  # by how much the measures may disagree with each other


def describe_stock(measures: Measures) -> Stock:
    """Return the sheet that the measures describe.

    A margin not said is the same on both sides. A pitch not said is that of labels which touch, or, where the
    margin is known, what brings the last label as near to its edge as the first. Raises `MisfitError` when a
    label lies off the page or on its neighbour, saying by how many mm, or has no room for an address.
    """
    _check_counts(measures)
    left, pitch_x, label_w = _along(
        _ACROSS,
        measures.page_w,
        measures.label_w,
        measures.columns,
        measures.left,
        measures.pitch_x,
        measures.slack,
    )
    top, pitch_y, label_h = _along(
        _DOWN,
        measures.page_h,
        measures.label_h,
        measures.rows,
        measures.top,
        measures.pitch_y,
        measures.slack,
    )
    stock = Stock(
        part=measures.part,
        brand=measures.brand,
        page=page_name(measures.page_w, measures.page_h),
        page_w=measures.page_w,
        page_h=measures.page_h,
        label_w=label_w,
        label_h=label_h,
        left=left,
        top=top,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        columns=measures.columns,
        rows=measures.rows,
        corner=min(max(measures.corner, 0.0), label_w / 2, label_h / 2),
        source=measures.source,
    )
    room = stock_facts(stock)
    if lines_that_fit(stock, SMALLEST_TEXT) < 1 or room.safe_w < NARROWEST:
        raise MisfitError(
            f"A label of {_mm(measures.label_w)} x {_mm(measures.label_h)} mm keeps no room for words: less "
            f"than {NARROWEST:g} mm across, or less than a line of {SMALLEST_TEXT:g} pt.",
            fault="too small for an address",
            hint="Measures are millimetres; add --unit in if these are inches.",
        )
    return stock


def page_name(width: float, height: float) -> str:
    """Return the name of a page of that size in mm: A4, Letter landscape, 150 x 100 mm."""
    for name, (short, long) in PAGES.items():
        if abs(width - short) < 0.5 and abs(height - long) < 0.5:
            return name
        if abs(width - long) < 0.5 and abs(height - short) < 0.5:
            return f"{name} landscape"
    return f"{width:g} x {height:g} mm"


def read_page(page: str, unit: str = "mm") -> tuple[float, float]:
    """Return the width and height in mm of a page by its name, or of one measured as WxH.

    Raises `UsageError` for what is neither.
    """
    words = page.casefold().split()
    for name, (width, height) in PAGES.items():
        if words and words[0] == name.casefold():
            if words[1:] == ["landscape"]:
                return height, width
            if not words[1:]:
                return width, height
    try:
        return read_size(page, unit)
    except UsageError:
        raise UsageError(
            f'"{page[: 2 * _LONGEST]}" is no page.',
            hint=f"There are {', '.join(PAGES)}, or measure it: 210x297",
        ) from None


def read_size(size: str, unit: str = "mm") -> tuple[float, float]:
    """Return width and height in mm of a size such as 63.5x38.1, 2-5/8x1 or 2.5in x 1in.

    Raises `UsageError` when it is none.
    """
    size = size.strip()
    match = re.fullmatch(r"(.+?)\s*[xX×]\s*(.+)", size) if len(size) <= 2 * _LONGEST + 3 else None
    if match is None:
        raise UsageError(
            f'"{size[: 2 * _LONGEST]}" is no size.',
            hint="Write it across x down, for example 63.5x38.1 or 2-5/8x1",
        )
    return read_length(match[1], unit), read_length(match[2], unit)


def read_grid(grid: str) -> tuple[int, int]:
    """Return how many labels stand across and down, of words such as 3x7. Raises `UsageError`."""
    match = re.fullmatch(r"(\d{1,4})\s*[xX×]\s*(\d{1,4})", grid.strip())
    if match is None:
        raise UsageError(
            f'"{grid[:_LONGEST]}" is no grid.', hint="Write how many across x down, for example 3x7"
        )
    return int(match[1]), int(match[2])


def read_length(length: str, unit: str = "mm") -> float:
    """Return a length in mm: 63.5, 63,5, 2-5/8 or 1/2, in `unit` unless its own stands behind it.

    Raises `UsageError` when it is no length.
    """
    length = length.strip()
    match = _LENGTH.fullmatch(length) if len(length) <= _LONGEST else None
    if match is None or not (match["whole"] or match["above"]) or match["whole"] in (".", ","):
        raise UsageError(f'"{length[:_LONGEST]}" is no length.', hint="Write it as 63.5, 2-5/8 or 1.5in")
    number = float((match["whole"] or "0").replace(",", "."))
    if match["above"]:
        number += int(match["above"]) / int(match["below"])
    return round(number * UNITS[match["unit"] or unit], _PLACES)


@dataclass(frozen=True, slots=True)
class _DirectionWords:
    """Words for one direction on the page."""

    way: str  # how the labels go
    size: str
    first: str  # edge of the page
    last: str


_ACROSS = _DirectionWords("across", "wide", "left", "right")
_DOWN = _DirectionWords("down", "high", "top", "bottom")


def _check_counts(measures: Measures) -> None:
    sizes = (measures.page_w, measures.page_h, measures.label_w, measures.label_h)
    if not all(0 < size <= LARGEST_PAGE for size in sizes):
        raise MisfitError(
            "Page and label must be larger than nothing, and a page at most a metre.",
            fault="without a size",
            hint="For example: --page A4 --label 63.5x38.1 --grid 3x7",
        )
    if not (1 <= measures.columns <= MOST and 1 <= measures.rows <= MOST):
        raise MisfitError(
            f"A sheet has 1 to {MOST} labels across and down, not {measures.columns} x {measures.rows}.",
            fault="without a grid",
            hint="For example: --grid 3x7 for three across and seven down",
        )


def _along(
    way: _DirectionWords,
    page: float,
    label: float,
    count: int,
    start: float | None,
    pitch: float | None,
    slack: float,
) -> tuple[float, float, float]:
    """Return where the first label begins, how far it is to the next, and its size, in one direction.

    The size is what was said, less what measures that disagree by at most `slack` are wrong by.
    """
    if start is None:
        pitch = label if pitch is None or count == 1 else pitch
        start = _centred(way, page, page - label - (count - 1) * pitch, count, slack)
    elif count == 1:
        pitch = label
    elif pitch is None:
        pitch = _even_pitch(way, page, label, count, start, slack)
    start, pitch, label = round(start, _PLACES), round(pitch, _PLACES), round(label, _PLACES)
    if label - pitch > slack:
        raise MisfitError(
            f"The labels would overlap by {_mm(label - pitch)} mm: one begins {_mm(pitch)} mm after the "
            f"other and is {_mm(label)} mm {way.size}.",
            fault="overlapping",
            hint=f"A pitch runs from the {way.first} edge of one label to the {way.first} edge of the next.",
        )
    label = min(label, pitch)
    if start < 0:
        raise MisfitError(
            f"The first label would begin {_mm(-start)} mm before the {way.first} edge of the page.",
            fault="beyond the page",
            hint=_MEASURE,
        )
    over = start + (count - 1) * pitch + label - page
    if over > slack:
        raise MisfitError(
            f"The last label would reach {_mm(over)} mm beyond the {way.last} edge of the page.",
            fault="beyond the page",
            hint=_MEASURE,
        )
    return start, pitch, label - max(over, 0.0)


def _centred(way: _DirectionWords, page: float, left_over: float, count: int, slack: float) -> float:
    """Return where the first label begins when what is left over is the same on both sides."""
    start = left_over / 2
    if start < -slack / 2:
        raise MisfitError(
            f"{count} labels {way.way} take {_mm(page - 2 * start)} mm, {_mm(-2 * start)} mm more than "
            f"the page is {way.size}.",
            fault="beyond the page",
            hint=_MEASURE,
        )
    return max(start, 0.0)


def _even_pitch(
    way: _DirectionWords, page: float, label: float, count: int, start: float, slack: float
) -> float:
    """Return what brings the last label as near to its edge as the first."""
    pitch = (page - 2 * start - label) / (count - 1)
    # Labels that touch, and a margin read from a ruler: the readings are wrong, not the sheet.
    over = (label - pitch) * (count - 1)
    if pitch < label <= (page - start) / count and over <= _RULER:
        return label
    if over > slack:
        raise MisfitError(
            f"{count} labels {way.way} and {_mm(start)} mm at either side take {_mm(page + over)} mm, "
            f"{_mm(over)} mm more than the page is {way.size}.",
            fault="beyond the page",
            hint=_MEASURE,
        )
    return pitch


_MEASURE = "Measure the page and one label again; sizes are across x down."


def _mm(length: float) -> str:
    return f"{max(length, 0.01):.2f}".rstrip("0").rstrip(".")
