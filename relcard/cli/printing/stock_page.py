"""One piece of bought paper as a page: its drawing, and beside it what there is to know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.printing import stock_drawing
from relcard.domain.printing.imposition import PRINTER_MARGIN
from relcard.domain.printing.imposition import stock_facts
from relcard.domain.printing.stock import CardStock
from relcard.domain.printing.stock import Envelope
from relcard.domain.printing.stock import Stock

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    Paper = Stock | CardStock | Envelope

_INDENT = "  "
_GAP = "   "
_NARROWEST = 30  # columns for words beside a drawing
_OFF_CENTRE = 0.1  # mm


def say_paper(paper: Paper, *, is_own: bool = False) -> None:
    """Print a page about a sheet of labels, an envelope or greeting card paper."""
    if isinstance(paper, Stock):
        title, rows, outline = _labels(paper), _of_labels(paper), stock_drawing.of_labels(paper)
    elif isinstance(paper, CardStock):
        title, rows, outline = _cards(paper), _of_cards(paper), stock_drawing.of_cards(paper)
    else:
        title, rows, outline = "an envelope", _of_envelope(paper), stock_drawing.of_envelope(paper)
    mark = f"  {output.accent('yours')}" if is_own else ""
    output.say(f"{_INDENT}{output.bold(output.clean(paper.name))}  {title}{mark}")
    output.say()
    columns = output.terminal_width() - len(_INDENT)
    drawn = stock_drawing.draw(outline, columns)
    width = stock_drawing.size(drawn)
    spare = columns - width - len(_GAP)
    if drawn and spare >= _NARROWEST:
        _say_beside(drawn, _in_columns(rows, spare), width)
        return
    for line in _in_columns(rows, columns):
        output.say(_INDENT + line)
    output.say()
    for line in drawn:
        output.say(_INDENT + line)
    if not drawn:
        output.say(output.dim(f"{_INDENT}Its labels are too small to draw here."))


def as_json(paper: Paper) -> tuple[str, output.Json]:
    """Return the noun and the measures of a piece of paper."""
    if isinstance(paper, Envelope):
        measures = {"width_mm": paper.width, "height_mm": paper.height}
        return "envelope", {"name": paper.name, **measures, "source": paper.source}
    shared = {
        "name": paper.name,
        "page": paper.page,
        "page_w_mm": paper.page_w,
        "page_h_mm": paper.page_h,
        "left_mm": paper.left,
        "top_mm": paper.top,
        "pitch_x_mm": paper.pitch_x,
        "pitch_y_mm": paper.pitch_y,
        "columns": paper.columns,
        "rows": paper.rows,
        "source": paper.source,
    }
    if isinstance(paper, CardStock):
        return "card_paper", {**shared, "panel_w_mm": paper.panel_w, "panel_h_mm": paper.panel_h}
    known = stock_facts(paper)
    return "sheet", {
        **shared,
        "label_w_mm": paper.label_w,
        "label_h_mm": paper.label_h,
        "corner_mm": paper.corner,
        "safe_w_mm": known.safe_w,
        "safe_h_mm": known.safe_h,
        "lines_of_9pt": known.lines,
        "near_edges": list(known.near_edges),
    }


def _labels(stock: Stock) -> str:
    grid = f"{stock.columns} x {stock.rows}"
    return f"{stock.page}, {grid} = {output.plural(stock.slots_per_sheet, 'label')}"


def _cards(paper: CardStock) -> str:
    return f"{paper.page}, {output.plural(paper.columns * paper.rows, 'panel')}"


def _of_labels(stock: Stock) -> list[tuple[str, str]]:
    known = stock_facts(stock)
    corners = f", corners {_mm(stock.corner)}" if stock.corner else ", square corners"
    gaps = [_gap(stock.pitch_x - stock.label_w, "across")] * (stock.columns > 1)
    gaps += [_gap(stock.pitch_y - stock.label_h, "down")] * (stock.rows > 1)
    lines = output.plural(known.lines, "line")
    rows = [
        ("label", f"{_mm(stock.label_w)} x {_mm(stock.label_h)} mm{corners}"),
        ("first", f"{_mm(stock.left)} from left, {_mm(stock.top)} from top"),
        ("next", _next(stock)),
        ("gaps", ", ".join(gaps)),
        ("page", f"{_mm(stock.page_w)} x {_mm(stock.page_h)} mm"),
        ("words", f"{_mm(known.safe_w)} x {_mm(known.safe_h)} mm, {lines} of 9 pt"),
        ("printer", _reach(known.near_edges)),
    ]
    off = [
        f"{_mm(abs(more))} mm more at the {edges[more < 0]} than at the {edges[more > 0]}"
        for more, edges in ((known.off_x, ("right", "left")), (known.off_y, ("bottom", "top")))
        if abs(more) > _OFF_CENTRE
    ]
    if off:
        rows.append(("centred", f"no: {', '.join(off)}; prove it on plain paper"))
    rows.append(("from", _origin(stock.source)))
    return [(name, words) for name, words in rows if words]


def _origin(source: str) -> str:
    """Return where numbers come from; in our table, d0.52 is how far another source is from ours."""
    return re.sub(r"\bd(\d+\.\d+)", r"off by \1 mm", source)


def _next(stock: Stock) -> str:
    every = [f"{_mm(stock.pitch_x)} across"] * (stock.columns > 1)
    every += [f"{_mm(stock.pitch_y)} down"] * (stock.rows > 1)
    return f"every {', '.join(every)}" if every else ""


def _gap(gap: float, way: str) -> str:
    return f"{_mm(gap)} {way}" if gap >= 0.005 else f"none {way}"


def _reach(edges: Sequence[str]) -> str:
    if not edges:
        return "reaches all of every label"
    if len(edges) == 4:
        named = "all four edges"
    else:
        named = f"the {' and '.join((', '.join(edges[:-1]), edges[-1])) if edges[1:] else edges[0]} edge"
        named += "s" if edges[1:] else ""
    return f"may not reach {named}: words keep {PRINTER_MARGIN:g} mm away"


def _of_cards(paper: CardStock) -> list[tuple[str, str]]:
    return [
        ("panel", f"{_mm(paper.panel_w)} x {_mm(paper.panel_h)} mm"),
        ("first", f"{_mm(paper.left)} from left, {_mm(paper.top)} from top"),
        ("page", f"{_mm(paper.page_w)} x {_mm(paper.page_h)} mm"),
        ("from", _origin(paper.source)),
    ]


def _of_envelope(envelope: Envelope) -> list[tuple[str, str]]:
    inches = f"{_mm(envelope.width / 25.4)} x {_mm(envelope.height / 25.4)} in"
    return [
        ("size", f"{_mm(envelope.width)} x {_mm(envelope.height)} mm, {inches}"),
        ("flap", "along the top, behind"),
        ("from", envelope.source),
    ]


def _in_columns(rows: Iterable[tuple[str, str]], columns: int) -> list[str]:
    """Return the rows with their names dim, the words wrapped below themselves."""
    told = [(name, words) for name, words in rows if words]
    margin = max(len(name) for name, _ in told) + 2
    lines: list[str] = []
    for name, words in told:
        first, *rest = output.wrap(words, columns - margin)
        lines.append(output.dim(name.ljust(margin)) + first)
        lines += [" " * margin + line for line in rest]
    return lines


def _say_beside(drawn: Sequence[str], words: Sequence[str], width: int) -> None:
    for number in range(max(len(drawn), len(words))):
        left = drawn[number] if number < len(drawn) else " " * width
        right = f"{_GAP}{words[number]}" if number < len(words) else ""
        output.say(_INDENT + left + right)


def _mm(length: float) -> str:
    return f"{length:.2f}".rstrip("0").rstrip(".")
