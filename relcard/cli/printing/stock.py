"""Bought paper: the sheets, envelopes and greeting card papers relcard knows, and sheets of your own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import stock_own
from relcard.cli.printing import stock_page
from relcard.domain.printing.card_size import SIZES
from relcard.domain.printing.stock import match_stock
from relcard.paper.stock.known import all_card_stock
from relcard.paper.stock.known import all_envelopes
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import match_card_stock
from relcard.paper.stock.known import match_envelope
from relcard.services.printing.find_stock import find_stock
from relcard.store import stocks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.printing.stock_page import Paper
    from relcard.domain.printing.stock import CardStock
    from relcard.domain.printing.stock import Envelope
    from relcard.domain.printing.stock import Stock
    from relcard.paper.stock.foreign import ForeignStock


@click.group(short_help="Label sheets, envelopes and card paper.")
def stock() -> None:
    """Label sheets, envelopes and greeting card paper, in millimetres; sheets of your own beside them."""


stock.add_command(stock_own.add)
stock.add_command(stock_own.remove)


class _PaperRow(NamedTuple):
    name: str
    kind: str
    own: bool
    page: str
    size: str
    grid: str
    source: str

    @property
    def searched(self) -> str:
        return " ".join((self.name, self.kind, self.page, self.size, self.grid, "yours" * self.own)).lower()

    def as_json(self) -> output.Json:
        return {
            "name": self.name,
            "kind": self.kind,
            "own": self.own,
            "page": self.page,
            "size_mm": self.size,
            "grid": self.grid,
            "source": self.source,
        }


@stock.command("list", short_help="List sheets, envelopes and card paper.")
@click.argument("words", nargs=-1)
@stock_own.from_option
@params.as_json
@pass_desk
def list_(desk: Desk, words: tuple[str, ...], source: str | None, as_json: bool) -> int:
    """List bought paper, your own first; WORDS narrow the list (L71, Avery, A4, envelope, card, yours).

    With --from, list the sheets in the templates of gLabels or LibreOffice instead; stock add keeps one.
    """
    templates = None if source is None else stock_own.templates_of(source)
    rows = _known(desk) if templates is None else [_label_row(sheet) for sheet in templates.stocks]
    rows = [row for row in rows if all(word.lower() in row.searched for word in words)]
    if as_json:
        _say_json(rows, templates)
    else:
        _say(rows, source)
        if templates is not None:
            _say_left_out(templates)
    return 5 if templates is not None and templates.problems else 0


@stock.command(short_help="Show one sheet, envelope or card paper.")
@click.argument("name")
@stock_own.from_option
@params.as_json
@pass_desk
def show(desk: Desk, name: str, source: str | None, as_json: bool) -> None:
    """Show bought paper: a drawing in its proportions, its measures, and the room there is for words."""
    paper, is_own = (stock_own.of_template(source, name), False) if source is not None else _find(desk, name)
    if as_json:
        noun, measures = stock_page.as_json(paper)
        output.say_json(noun, {**measures, "own": is_own})
    else:
        stock_page.say_paper(paper, is_own=is_own)


def _known(desk: Desk) -> list[_PaperRow]:
    with desk.reading() as db:
        ours = stocks.every(db)
    return [
        *(_label_row(sheet, own=True) for sheet in ours),
        *(_label_row(sheet) for sheet in all_stock()),
        *(_envelope_row(envelope) for envelope in all_envelopes()),
        *(_card_row(paper) for paper in all_card_stock()),
    ]


def _label_row(sheet: Stock, *, own: bool = False) -> _PaperRow:
    size, grid = _size(sheet.label_w, sheet.label_h), f"{sheet.columns} x {sheet.rows}"
    return _PaperRow(sheet.name, "labels", own, sheet.page, size, grid, sheet.source)


def _envelope_row(envelope: Envelope) -> _PaperRow:
    size = _size(envelope.width, envelope.height)
    return _PaperRow(envelope.name, "envelope", False, "envelope", size, "", envelope.source)


def _card_row(paper: CardStock) -> _PaperRow:
    size, grid = _size(paper.panel_w, paper.panel_h), f"{paper.columns} x {paper.rows}"
    return _PaperRow(paper.name, "card", False, paper.page, size, grid, paper.source)


def _size(width: float, height: float) -> str:
    return " x ".join(f"{side:.2f}".rstrip("0").rstrip(".") for side in (width, height))


def _say(rows: Sequence[_PaperRow], source: str | None) -> None:
    if not rows:
        output.say(f"  Nothing here is called that. {stock_own.listing(source)} shows everything.")
        return
    output.table(
        ("name", "page", "size in mm", "across x down", ""),
        [(row.name, row.page, row.size, row.grid, "yours" if row.own else "") for row in rows],
    )
    output.say(output.dim(f"  {_counted(rows)}"))
    if any(row.kind == "card" for row in rows):
        sizes = f"print cards --card takes: {', '.join(SIZES)}"
        for line in output.wrap(sizes, min(76, output.terminal_width() - 2)):
            output.say(output.dim(f"  {line}"))


def _counted(rows: Iterable[_PaperRow]) -> str:
    kinds = [("yours" if row.own else row.kind) for row in rows]
    counts = [
        output.plural(kinds.count(kind), noun, nouns)
        for kind, noun, nouns in (
            ("yours", "sheet of yours", "sheets of yours"),
            ("labels", "label sheet", ""),
            ("envelope", "envelope", ""),
            ("card", "card paper", ""),
        )
        if kind in kinds
    ]
    return " · ".join(counts)


def _say_left_out(templates: ForeignStock) -> None:
    """Say what of the templates is not in the list."""
    if templates.passed_over:
        reasons = ", ".join(f"{number} {reason}" for reason, number in templates.passed_over.items())
        for line in output.wrap(f"passed over: {reasons}", output.terminal_width() - 2):
            output.say(output.dim(f"  {line}"))
    for problem in templates.problems:
        where, what = output.clean(problem.source), output.clean(problem.message)
        output.say(f"  {where}: {what}; it was skipped", err=True)


def _say_json(rows: Iterable[_PaperRow], templates: ForeignStock | None) -> None:
    more: output.Json = {}
    if templates is not None:
        more = {
            "passed_over": dict(templates.passed_over),
            "problems": [str(problem) for problem in templates.problems],
        }
    output.say_json("stock", [row.as_json() for row in rows], **more)


def _find(desk: Desk, name: str) -> tuple[Paper, bool]:
    """Return paper of any kind by its name, and whether it is the user's own; labels go before the others."""
    with desk.reading() as db:
        ours = match_stock(name, stocks.every(db))
        known = ours or match_stock(name, all_stock()) or match_card_stock(name) or match_envelope(name)
        return known or find_stock(db, name), ours is not None
