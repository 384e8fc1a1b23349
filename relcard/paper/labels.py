"""Address labels on a sheet: lines flush left, the block centred in height, one size for the whole sheet.

An address in a script that runs to the left is set flush right, as its readers write it, and so is the line
of the country below it in the sender's letters. A mixed one keeps to the left, where all the others begin.

A label may bear the small number that its greeting card and its entry on the crib bear: grey, in the lower
corner where lines end, and only where no word is near.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import count
from itertools import pairwise
from typing import TYPE_CHECKING

from relcard.domain.segment import quoted
from relcard.errors import UsageError
from relcard.paper.bidi import direction
from relcard.paper.imposition import CAPITAL
from relcard.paper.imposition import LEADING
from relcard.paper.imposition import TAIL
from relcard.paper.imposition import safe_area
from relcard.paper.imposition import sheet_slots
from relcard.paper.text import MM
from relcard.paper.text import Face
from relcard.paper.text import GlyphError
from relcard.paper.text import TooWideError
from relcard.paper.text import advance
from relcard.paper.text import describe
from relcard.paper.text import heights
from relcard.paper.text import ink
from relcard.paper.text import is_plain
from relcard.paper.text import missing_glyphs
from relcard.paper.text import new_canvas
from relcard.paper.text import prepare
from relcard.paper.text import reach
from relcard.paper.text import remedy_for
from relcard.paper.text import wrap

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from relcard.paper.imposition import Box
    from relcard.paper.printer import Printer
    from relcard.paper.stock import Stock
    from relcard.paper.text import Sheet

SMALLEST = 8.0  # pt: the posts read nothing smaller (USPS Publication 28, appendix A1)
COMMON_SMALLEST = 9.0  # pt: below this one address gives way alone and not the whole sheet
COMMON_LARGEST = 11.0  # pt; on a high label, 12
HIGH_LABEL = 45.0  # mm
NUMBER_SIZE = 6.0  # pt: for whoever sticks labels on envelopes, and nothing a post would read
NUMBER_GREY = 0.5
FITS_MOST = 0.9
_AIR = 0.06  # ems between the ink of two lines
_NUMBER_AIR = 0.8  # mm between a number and the nearest ink
_LEAST_WIDTH = 15.0  # mm: below it no address fits, whoever it is
_SLACK = 1e-6  # mm: rounding, not room
_HANG = 0.5  # mm: what the ink of letters may reach beyond their pens


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one label or envelope carries; `who` names it to the user.

    `country` (ISO 3166, two letters) chooses between the Chinese, Japanese and Korean forms of a character
    where the lines themselves do not tell. `number` is its place in the order of the run, 0 for none.
    """

    who: str
    lines: tuple[str, ...]
    country: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Something that was not printed, and why, in words."""

    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRun:
    """A finished PDF; `data` is empty when nothing could be printed."""

    data: bytes
    pages: int
    items: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Measured lines of one address; lengths in ems of a size still to be chosen."""

    lines: tuple[str, ...]
    left: float  # how far ink hangs out before the first letter's origin, 0 or less
    right: float
    top: float  # of the first line's ink, above its baseline
    bottom: float  # of the last line's ink, below its baseline
    leading: float = LEADING
    flush_right: bool = False
    over: float = 0.0  # flush right: how far ink hangs out behind the pen of its line
    language: str = ""
    number: int = 0

    @property
    def width(self) -> float:
        """From the leftmost ink to the rightmost."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From the top of the first line's ink to the foot of the last one's."""
        return self.top + (len(self.lines) - 1) * self.leading + self.bottom

    def largest_size(self, width: float, height: float) -> float:
        """Return the largest size in points at which it fits a space in mm."""
        return min(width / self.width, height / self.height) * MM

    def first_baseline(self, within: Box, size_pt: float, *, centre: float) -> float:
        """Return the y of the first baseline that centres the lines on `centre` without leaving `within`.

        Capitals and tails are what is centred, drawn or not, so that neighbours with as many lines agree.
        """
        em = size_pt / MM
        run = (len(self.lines) - 1) * self.leading
        wanted = centre + (CAPITAL - run - TAIL) / 2 * em
        lowest = within.bottom - (run + self.bottom) * em
        return max(min(wanted, lowest), within.y + self.top * em)

    def draw(self, sheet: Sheet, left: float, right: float, first: float, size_pt: float) -> None:
        """Draw the lines, the first on the baseline `first`, between two edges in mm.

        All ink begins at `left`; where the lines are flush right, it ends at `right`.
        """
        em = size_pt / MM
        sheet.block(
            left - self.left * em,
            first,
            self.lines,
            Face.SANS,
            size_pt,
            leading_pt=size_pt * self.leading,
            right=right - self.over * em if self.flush_right else None,
            language=self.language,
        )


def draw_labels(
    labels: Sequence[Label],
    stock: Stock,
    *,
    first: Sequence[Sequence[int]] = (),
    printer: Printer | None = None,
    under: Callable[[Sheet, int], None] | None = None,
) -> LabelRun:
    """Print the labels in order.

    `first` are the free slots, from 1, of the part-used sheets to be filled before whole ones, a page for
    each that has any. `under` draws what lies beneath the words, once a page.

    What cannot be printed whole and legible is refused by name and leaves no empty slot. The narrowest slot
    of the sheet is the measure for all, so that no address depends on where it falls. Raises `UsageError`
    when the printer's offset leaves no room on a slot.
    """
    safe = {slot: safe_area(stock, slot, printer) for slot in sheet_slots(stock)}
    width, height = _narrowest(stock, printer)
    blocks, refused = measure(labels, width, height)
    if not blocks:
        return LabelRun(data=b"", pages=0, items=0, refused=refused)
    largest = COMMON_LARGEST + (stock.label_h >= HIGH_LABEL)
    limits = [block.largest_size(width, height) + _SLACK for block in blocks]
    common = common_size(limits, largest)
    for place, (block, limit) in enumerate(zip(blocks, limits, strict=True)):
        if limit < common:
            blocks[place], limits[place] = _divided(block, limit, common, width, height)

    sheet = new_canvas(stock.page_w, stock.page_h, title=f"Labels on {stock.name}", printer=printer)
    drawn_on = -1
    for block, limit, (page, slot) in zip(blocks, limits, _places(stock, first), strict=False):
        if page != drawn_on:
            if page:
                sheet.next_page()
            if under:
                under(sheet, page)
            drawn_on = page
        area = safe[slot]
        size = min(common, half_points(limit))
        baseline = block.first_baseline(area, size, centre=slot.y + slot.height / 2)
        block.draw(sheet, area.x, area.right, baseline, size)
        if block.number:
            _draw_number(sheet, block, area, baseline, size)
    return LabelRun(data=sheet.to_bytes(), pages=drawn_on + 1, items=len(blocks), refused=refused)


def _places(stock: Stock, first: Sequence[Sequence[int]]) -> Iterator[tuple[int, Box]]:
    """Yield (page, slot) for ever: what is free on part-used sheets, then whole ones."""
    sheet = sheet_slots(stock)
    part_used = [free for free in first if free]
    for page, free in enumerate(part_used):
        for number in free:
            yield page, sheet[number - 1]
    for page in count(len(part_used)):
        for slot in sheet:
            yield page, slot


def check_labels(
    labels: Sequence[Label], stock: Stock, *, printer: Printer | None = None
) -> tuple[Refusal, ...]:
    """Return what `draw_labels` would refuse, and draw nothing. Raises `UsageError` as it does."""
    return measure(labels, *_narrowest(stock, printer))[1]


def _narrowest(stock: Stock, printer: Printer | None) -> tuple[float, float]:
    """Return the least width and height in mm that any slot of a sheet has for words."""
    areas = [safe_area(stock, slot, printer) for slot in sheet_slots(stock)]
    width, height = min(area.width for area in areas), min(area.height for area in areas)
    if printer and (width < _LEAST_WIDTH or height < (CAPITAL + TAIL) * SMALLEST / MM):
        raise UsageError(
            f"The offset of {printer.name} leaves no room on {stock.name}: words would have to stand where "
            "printers cannot reach.",
            hint="Lay the paper against the guides of the tray and measure again: "
            f"relcard print calibration --printer {quoted(printer.name)}",
        )
    return width, height


def measure(
    labels: Sequence[Label], width: float, height: float, *, smallest: float = SMALLEST
) -> tuple[list[Block], tuple[Refusal, ...]]:
    """Measure every label for a space in mm; what does not fit at `smallest` points is refused.

    A name too long for one line may take two.
    """
    blocks, refused = [], []
    for label in labels:
        lines = tuple(
            line for one in label.lines for line in prepare(one).strip().split("\n") if line.strip()
        )
        if not lines:
            refused.append(Refusal(who=label.who, reason="has no lines to print"))
            continue
        try:
            block = _block(lines, label.country, label.number)
        except GlyphError:
            refused.append(Refusal(who=label.who, reason=unprintable("\n".join(lines))))
            continue
        reason = _overflow(block, width, height, smallest)
        if reason:
            block, size = _divided(block, smallest - 0.5, COMMON_LARGEST, width, height)
            reason = "" if size >= smallest else reason
        if reason:
            refused.append(Refusal(who=label.who, reason=reason))
        else:
            blocks.append(block)
    return blocks, tuple(refused)


def unprintable(text: str) -> str:
    """Say which characters of `text` cannot be printed, or "" when all can."""
    return "; ".join(filter(None, what_is_missing(text)))


def what_is_missing(text: str) -> tuple[str, str]:
    """Say which characters of `text` cannot be printed, and what would help; either may be ""."""
    missing = missing_glyphs(text, Face.SANS)
    if not missing:
        return "", ""
    named = ", ".join(describe(one) for one in missing[:3])
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"no font here can print {named}{more}", remedy_for(missing)


def common_size(limits: Sequence[float], largest: float) -> float:
    """Return the largest size, in half points, that suits nine labels of ten; `limits` are each one's own."""
    size = largest
    while size > COMMON_SMALLEST and sum(limit >= size for limit in limits) < FITS_MOST * len(limits):
        size -= 0.5
    return size


def half_points(limit: float) -> float:
    """Round a size that was found to fit down to half points."""
    return max(math.floor(limit * 2) / 2, SMALLEST)


def _block(lines: tuple[str, ...], country: str, number: int) -> Block:
    if not is_plain("".join(lines), Face.SANS):
        return _shaped_block(lines, country, number)
    sides = [reach(line, Face.SANS) for line in lines]
    return Block(
        lines,
        min([left for left, _ in sides]),
        max([right for _, right in sides]),
        heights(lines[0], Face.SANS)[0],
        max(0.0, -heights(lines[-1], Face.SANS)[1]),
        number=number,
    )


def _shaped_block(lines: tuple[str, ...], country: str, number: int) -> Block:
    """Measure lines of which some are not plain letters: stacked ones may need more air than `LEADING`."""
    from relcard.paper.shape import language_of

    language = language_of("\n".join(lines), country)
    inks = [ink(line, Face.SANS, language) for line in lines]
    pens = [advance(line, Face.SANS, language) for line in lines]
    near = [_AIR - above.bottom + below.top for above, below in pairwise(inks)]
    leading = max([LEADING, *near])
    return Block(
        lines,
        min(one.left for one in inks),
        max(one.right for one in inks),
        max(one.top - place * leading for place, one in enumerate(inks)),
        max(0.0, *(-one.bottom - place * leading for place, one in enumerate(reversed(inks)))),
        leading,
        _is_flush_right(lines),
        max(0.0, *(one.right - pen for one, pen in zip(inks, pens, strict=True))),
        language,
        number,
    )


def _divided(block: Block, limit: float, largest: float, width: float, height: float) -> tuple[Block, float]:
    """Return an address and its size, its first line divided where all of it may be larger so.

    Only the name: a street or a town in two lines is not what the post reads.
    """
    name, *others = block.lines
    size = largest
    while size > limit and " " in name and is_plain(name, Face.SANS):
        try:
            lines = (*wrap(name, Face.SANS, size, width - _HANG), *others)
        except TooWideError:
            lines = ()
        if lines:
            divided = _block(lines, "", block.number)
            if divided.largest_size(width, height) + _SLACK >= size:
                return divided, size
        size -= 0.5
    return block, limit


def _is_flush_right(lines: tuple[str, ...]) -> bool:
    """Tell an address that runs to the left: its last line may be a country in other letters."""
    directions = [one for line in lines if (one := direction(line))]
    return bool(directions) and directions[0] == "R" and "L" not in directions[:-1]


def _overflow(block: Block, width: float, height: float, size_pt: float) -> str:
    """Say by how many millimetres a block is too large at `size_pt`, or "" when it fits."""
    over = []
    for extent, room, word in ((block.width, width, "wide"), (block.height, height, "high")):
        excess = extent * size_pt / MM - room
        if excess > _SLACK:
            over.append(f"{math.ceil(excess * 10) / 10:.1f} mm too {word}")
    return f"{' and '.join(over)} at {size_pt:g} pt" if over else ""


def _draw_number(sheet: Sheet, block: Block, area: Box, baseline: float, size_pt: float) -> None:
    """Draw a label's number where its lines end, at the foot; where words are near, leave it out."""
    number = str(block.number)
    em = NUMBER_SIZE / MM
    top, bottom = heights(number, Face.SANS)
    foot = area.bottom + bottom * em
    left, right = reach(number, Face.SANS)
    wide = (right - left) * em + _NUMBER_AIR
    if _reaches(block, baseline, size_pt, below=foot - top * em - _NUMBER_AIR) > area.width - wide:
        return
    x = area.x - left * em if block.flush_right else area.right - right * em
    sheet.text(x, foot, number, Face.SANS, NUMBER_SIZE, grey=NUMBER_GREY)


def _reaches(block: Block, baseline: float, size_pt: float, *, below: float) -> float:
    """Return how far, in mm from where they begin, those lines reach whose ink comes under y = `below`."""
    em = size_pt / MM
    foot = baseline + ((len(block.lines) - 1) * block.leading + block.bottom) * em
    if foot <= below:
        return 0.0
    if block.flush_right:
        return block.width * em
    farthest = 0.0
    for place, line in enumerate(block.lines):
        one = ink(line, Face.SANS, block.language)
        if baseline + (place * block.leading - one.bottom) * em > below:
            farthest = max(farthest, (one.right - block.left) * em)
    return farthest
