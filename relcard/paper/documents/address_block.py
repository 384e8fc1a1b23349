"""An address as a block of measured lines, for label, envelope and crib: what fits, how large, and why not.

An address in a script that runs to the left is set flush right, as its readers write it, and so is the line
of the country below it in the sender's letters. A mixed one keeps to the left, where all the others begin.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from relcard.domain.printing.imposition import CAPITAL
from relcard.domain.printing.imposition import LEADING
from relcard.domain.printing.imposition import TAIL
from relcard.paper.documents.results import Refusal
from relcard.paper.text.bidi import direction
from relcard.paper.text.canvas import TextStyle
from relcard.paper.text.characters import describe
from relcard.paper.text.characters import is_emoji
from relcard.paper.text.characters import prepare
from relcard.paper.text.font_files import Face
from relcard.paper.text.metrics import MM
from relcard.paper.text.metrics import GlyphError
from relcard.paper.text.metrics import advance
from relcard.paper.text.metrics import heights
from relcard.paper.text.metrics import ink
from relcard.paper.text.metrics import is_plain
from relcard.paper.text.metrics import missing_glyphs
from relcard.paper.text.metrics import reach
from relcard.paper.text.metrics import remedy_for
from relcard.paper.text.typeset import divisible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.domain.printing.imposition import Box
    from relcard.paper.text.canvas import Sheet

SMALLEST = 8.0  # pt: the posts read nothing smaller (USPS Publication 28, appendix A1)
SMALLEST_SENDER = 6.0  # pt: a return address is read by people, when a card comes back
COMMON_LARGEST = 11.0  # pt; on a high label, 12
SLACK = 1e-6  # mm: rounding, not room
_AIR = 0.06  # ems between the ink of two lines
_FIRST_PICTURE = "\u2190"  # signs before it are letters' company, and every face has them
_AT_COMMA = r"(?<=[,;،、，])"
_AT_ANY = r"(?<=[ ,;،、，‐-])"  # UAX #14: behind a space, a comma and a hyphen


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """The lines of one label or envelope; `who` names it to the user.

    `country` (ISO 3166, two letters) chooses between the Chinese, Japanese and Korean forms of a character
    where the lines themselves do not tell. `number` is its place in the order of the run, 0 for none.
    """

    who: str
    lines: tuple[str, ...]
    country: str = ""
    number: int = 0


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
    country: str = ""
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
            TextStyle(Face.SANS, size_pt, language=self.language),
            leading_pt=size_pt * self.leading,
            right=right - self.over * em if self.flush_right else None,
        )


def measure(
    labels: Sequence[Label], width: float, height: float, *, smallest: float = SMALLEST, whole: bool = False
) -> tuple[list[Block], tuple[Refusal, ...]]:
    """Measure every label for a space in mm; what does not fit at `smallest` points is refused.

    A name too long for one line may take two, and before a label is refused so may any line, unless lines
    are to stay `whole`. Emoji are left out.
    """
    blocks, refused = [], []
    for label in labels:
        lines = _prepared(label.lines)
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
            block, size = divided(block, smallest - 0.5, COMMON_LARGEST, width, height)
            if size < smallest and not whole:
                block = _with_all_divided(block, smallest, width)
            reason = reason if _overflow(block, width, height, smallest) else ""
        if reason:
            refused.append(Refusal(who=label.who, reason=reason))
        else:
            blocks.append(block)
    return blocks, tuple(refused)


def _prepared(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines as they are drawn, without those that are empty."""
    text = without_emoji("\n".join(map(prepare, lines)))
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def without_emoji(text: str) -> str:
    """Return a text without what is `left_out` of it."""
    signs = left_out(text)
    return re.sub(f" ?[{re.escape(signs)}]", "", prepare(text)) if signs else text


def left_out(text: str) -> str:
    """Return the emoji of a text that are not printed, each once: no household is refused for a flower."""
    if text.isascii() or max(text) < _FIRST_PICTURE:
        return ""
    pictures = "".join(filter(is_emoji, dict.fromkeys(prepare(text))))
    return missing_glyphs(pictures, Face.SANS) if pictures else ""


def unprintable(text: str) -> str:
    """Say which characters of `text` cannot be printed, or "" when all can."""
    return "; ".join(filter(None, what_is_missing(text)))


def what_is_missing(text: str) -> tuple[str, str]:
    """Say which characters of `text` cannot be printed, and what would help; either may be ""."""
    missing = missing_glyphs(text, Face.SANS)
    if not missing:
        return "", ""
    named = ", ".join(describe(character) for character in missing[:3])
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"no font here can print {named}{more}", remedy_for(missing)


def half_points(limit: float, smallest: float = SMALLEST) -> float:
    """Round a size that was found to fit down to half points."""
    return max(math.floor(limit * 2) / 2, smallest)


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
        country=country,
        number=number,
    )


def _shaped_block(lines: tuple[str, ...], country: str, number: int) -> Block:
    """Measure lines of which some are not plain letters: stacked ones may need more air than `LEADING`."""
    from relcard.paper.text.shaping import language_of  # noqa: PLC0415  17 ms: plain letters need none of it

    language = language_of("\n".join(lines), country)
    inks = [ink(line, Face.SANS, language) for line in lines]
    pens = [advance(line, Face.SANS, language) for line in lines]
    near = [_AIR - above.bottom + below.top for above, below in pairwise(inks)]
    leading = max([LEADING, *near])
    return Block(
        lines,
        min(line_ink.left for line_ink in inks),
        max(line_ink.right for line_ink in inks),
        max(line_ink.top - place * leading for place, line_ink in enumerate(inks)),
        max(0.0, *(-line_ink.bottom - place * leading for place, line_ink in enumerate(reversed(inks)))),
        leading,
        _is_flush_right(lines),
        max(0.0, *(line_ink.right - pen for line_ink, pen in zip(inks, pens, strict=True))),
        language,
        country,
        number,
    )


def divided(block: Block, limit: float, largest: float, width: float, height: float) -> tuple[Block, float]:
    """Return an address and its size, its first line divided where all of it may be larger so.

    Only the name: a street or a town in two lines is not what the post reads best.
    """
    name, *others = block.lines
    size = largest
    while size > limit and re.search(_AT_ANY, name):
        lines = (*_broken(name, block.country, width * MM / size), *others)
        divided = _block(lines, block.country, block.number)
        if divided.largest_size(width, height) + SLACK >= size:
            return divided, size
        size -= 0.5
    return block, limit


def _with_all_divided(block: Block, size_pt: float, width: float) -> Block:
    """Return an address with every line divided that is wider than `width` mm at a size."""
    lines = [part for line in block.lines for part in _broken(line, block.country, width * MM / size_pt)]
    return _block(tuple(lines), block.country, block.number)


def _broken(line: str, country: str, limit: float) -> list[str]:
    """Divide a line wider than `limit` ems: at commas where that is enough, else wherever it may be.

    A comma at the end of a line goes: the line's end says the same. A word wider than that stays whole.
    """
    if _wide(line, country) <= limit:
        return [line]
    at_commas = _filled(re.split(_AT_COMMA, line), country, limit)
    if all(_wide(part, country) <= limit for part in at_commas):
        return at_commas
    words = [piece for word in re.split(_AT_ANY, line) for piece in divisible(word)]
    return _filled(words, country, limit)


def _filled(pieces: Sequence[str], country: str, limit: float) -> list[str]:
    """Put pieces on lines of at most `limit` ems, as many as each takes."""
    lines = [""]
    for piece in pieces:
        longer = lines[-1] + piece
        if not lines[-1] or _wide(_ended(longer), country) <= limit:
            lines[-1] = longer
        elif piece.strip():
            lines.append(piece)
    return [_ended(line) for line in lines if _ended(line)]


def _ended(line: str) -> str:
    return line.strip().rstrip(",;،、，").rstrip()


def _wide(line: str, country: str) -> float:
    """Return how wide a line is in ems."""
    return _block((line,), country, 0).width if line else 0.0


def _is_flush_right(lines: tuple[str, ...]) -> bool:
    """Tell an address that runs to the left: its last line may be a country in other letters."""
    directions = [side for line in lines if (side := direction(line))]
    return bool(directions) and directions[0] == "R" and "L" not in directions[:-1]


def _overflow(block: Block, width: float, height: float, size_pt: float) -> str:
    """Say by how many millimetres a block is too large at `size_pt`, or "" when it fits."""
    over = []
    for extent, room, word in ((block.width, width, "wide"), (block.height, height, "high")):
        excess = extent * size_pt / MM - room
        if excess > SLACK:
            over.append(f"{math.ceil(excess * 10) / 10:.1f} mm too {word}")
    return f"{' and '.join(over)} at {size_pt:g} pt" if over else ""
