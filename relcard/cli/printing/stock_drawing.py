"""Bought paper drawn on the terminal, in the proportions it has: a cell is about twice as high as wide."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from click import unstyle

from relcard.cli import output

if TYPE_CHECKING:
    from relcard.domain.printing.stock import CardStock
    from relcard.domain.printing.stock import Envelope
    from relcard.domain.printing.stock import Stock

_CELL = 2.0  # how many times as high as wide
_ROWS = 22  # of the terminal a page takes where its pieces are large enough
_MOST_ROWS = 36
_COLUMNS = 42  # so that words stand beside it on 80 columns
_NO_MARGIN = 0.3  # mm: less is not drawn
_TOUCHING = 0.05  # mm
_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_LINES = " ╵╷│╴┘┐┤╶└┌├─┴┬┼"  # by the directions a line goes from a cell
_ROUND = {_DOWN | _RIGHT: "╭", _DOWN | _LEFT: "╮", _UP | _RIGHT: "╰", _UP | _LEFT: "╯"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A page with pieces on it, in mm; `words` stand in them, row by row."""

    page_w: float
    page_h: float
    piece_w: float
    piece_h: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    columns: int
    rows: int
    rounded: bool
    words: tuple[str, ...]


def of_labels(stock: Stock) -> Outline:
    """Return the outline of a sheet of labels, with the numbers of its slots."""
    return Outline(
        page_w=stock.page_w,
        page_h=stock.page_h,
        piece_w=stock.label_w,
        piece_h=stock.label_h,
        left=stock.left,
        top=stock.top,
        pitch_x=stock.pitch_x,
        pitch_y=stock.pitch_y,
        columns=stock.columns,
        rows=stock.rows,
        rounded=stock.corner > 0,
        words=tuple(str(number + 1) for number in range(stock.slots_per_sheet)),
    )


def of_cards(paper: CardStock) -> Outline:
    """Return the outline of greeting card paper with its panels."""
    return Outline(
        page_w=paper.page_w,
        page_h=paper.page_h,
        piece_w=paper.panel_w,
        piece_h=paper.panel_h,
        left=paper.left,
        top=paper.top,
        pitch_x=paper.pitch_x,
        pitch_y=paper.pitch_y,
        columns=paper.columns,
        rows=paper.rows,
        rounded=False,
        words=("",) * (paper.columns * paper.rows),
    )


def of_envelope(envelope: Envelope) -> Outline:
    """Return the outline of an envelope on its long side."""
    return Outline(
        page_w=envelope.width,
        page_h=envelope.height,
        piece_w=envelope.width,
        piece_h=envelope.height,
        left=0,
        top=0,
        pitch_x=envelope.width,
        pitch_y=envelope.height,
        columns=1,
        rows=1,
        rounded=False,
        words=(f"{envelope.width:g} x {envelope.height:g}",),
    )


def draw(outline: Outline, columns: int) -> list[str]:
    """Return the lines of a drawing at most so many columns wide; none where it would be too fine to read."""
    number = max(map(len, outline.words))
    for is_boxed, is_true in ((True, True), (False, True), (False, False)):
        across, down = _scaled(outline, number, is_boxed=is_boxed, is_true=is_true)
        if across.length + 2 * (not is_boxed) < columns and down.length <= _MOST_ROWS:
            return _render(outline, across, down, is_boxed=is_boxed)
    return []


def size(lines: list[str]) -> int:
    """Return how many columns drawn lines take; each is as long as the others."""
    return output.width(unstyle(lines[0])) if lines else 0


@dataclass(frozen=True, slots=True)
class _Axis:
    """One direction of a drawing in cells: the first piece, its size, the step, the end of the page."""

    first: int
    piece: int
    step: int
    length: int


def _scaled(outline: Outline, number: int, *, is_boxed: bool, is_true: bool) -> tuple[_Axis, _Axis]:
    """Choose cells so that all rows of pieces are alike, and all columns: proportions give way a little.

    Each row of pieces has a line of its own where there is no room for boxes. Numbers of so many digits must
    stand in a piece; if that makes it wide, a drawing that `is_true` grows in height as well.
    """
    touching_x = outline.columns == 1 or outline.pitch_x - outline.piece_w < _TOUCHING
    touching_y = outline.rows == 1 or outline.pitch_y - outline.piece_h < _TOUCHING
    # Of one piece alone the pitch says nothing.
    pitch_x = outline.pitch_x if outline.columns > 1 else outline.piece_w
    pitch_y = outline.pitch_y if outline.rows > 1 else outline.piece_h
    step_down = 1
    if is_boxed:
        rows = min(_ROWS, _COLUMNS / _CELL * outline.page_h / outline.page_w)
        step_down = max(2 if touching_y else 3, round(rows * pitch_y / outline.page_h))
    narrowest = max(number + (1 if touching_x else 2), 2)
    if is_true:
        step_down = max(step_down, round(narrowest / _CELL / pitch_x * pitch_y))
    scale = step_down / pitch_y
    step_across = max(narrowest, round(pitch_x * scale * _CELL))
    page_right = outline.page_w - outline.left - (outline.columns - 1) * pitch_x - outline.piece_w
    page_bottom = outline.page_h - outline.top - (outline.rows - 1) * pitch_y - outline.piece_h
    return (
        _axis(outline.left, outline.piece_w, pitch_x, page_right, outline.columns, step_across, touching_x),
        _axis(outline.top, outline.piece_h, pitch_y, page_bottom, outline.rows, step_down, touching_y),
    )


def _axis(
    before: float, piece: float, pitch: float, after: float, count: int, step: int, touching: bool
) -> _Axis:
    scale = step / pitch
    first, last = (0 if margin < _NO_MARGIN else max(1, round(margin * scale)) for margin in (before, after))
    cells = step if touching else min(step - 1, round(piece * scale))
    return _Axis(first, cells, step, first + (count - 1) * step + cells + last)


class _Canvas:
    """Cells with lines through them; those of pieces are plain, the page's own are dim."""

    def __init__(self) -> None:
        self.lines: dict[tuple[int, int], int] = {}
        self.pieces: set[tuple[int, int]] = set()
        self.round: set[tuple[int, int]] = set()
        self.letters: dict[tuple[int, int], str] = {}

    def box(self, left: int, top: int, right: int, bottom: int, *, is_piece: bool, rounded: bool) -> None:
        for x in range(left, right + 1):
            for y in (top, bottom):
                self._go((x, y), _LEFT * (x > left) | _RIGHT * (x < right), is_piece)
        for y in range(top, bottom + 1):
            for x in (left, right):
                self._go((x, y), _UP * (y > top) | _DOWN * (y < bottom), is_piece)
        if rounded:
            self.round |= {(x, y) for x in (left, right) for y in (top, bottom)}

    def _go(self, place: tuple[int, int], directions: int, is_piece: bool) -> None:
        self.lines[place] = self.lines.get(place, 0) | directions
        if is_piece:
            self.pieces.add(place)

    def write(self, x: int, y: int, words: str) -> None:
        self.letters.update({(x + place, y): letter for place, letter in enumerate(words)})

    def row(self, y: int, length: int) -> str:
        cells = [self._cell((x, y)) for x in range(length + 1)]
        runs = groupby(cells, key=lambda cell: cell[1])
        texts = [("".join(letter for letter, _ in run), is_dim) for is_dim, run in runs]
        return "".join(output.dim(text) if is_dim else text for text, is_dim in texts)

    def _cell(self, place: tuple[int, int]) -> tuple[str, bool]:
        if place in self.letters:
            return self.letters[place], False
        directions = self.lines.get(place, 0)
        line = _ROUND.get(directions, "") if place in self.round else ""
        return line or _LINES[directions], directions > 0 and place not in self.pieces


def _render(outline: Outline, across: _Axis, down: _Axis, *, is_boxed: bool) -> list[str]:
    canvas = _Canvas()
    # A line for each row of pieces has the page's own lines above and below it, and beside it.
    shift = 0 if is_boxed else 1
    width, height = across.length + 2 * shift, down.length + shift
    canvas.box(0, 0, width, height, is_piece=False, rounded=False)
    for place, words in enumerate(outline.words):
        row, column = divmod(place, outline.columns)
        x, y = across.first + column * across.step + shift, down.first + row * down.step + shift
        if is_boxed:
            canvas.box(x, y, x + across.piece, y + down.piece, is_piece=True, rounded=outline.rounded)
            canvas.write(x + (across.piece + 2 - len(words)) // 2, y + down.piece // 2, words)
        else:
            canvas.write(x, y, f"[{words.center(max(across.piece - 1, len(words)))}]")
    return [canvas.row(y, width) for y in range(height + 1)]
