"""Bought paper: the sheets, envelopes and greeting card papers relcard knows, and sheets of your own."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import NamedTuple

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import stock_own

if TYPE_CHECKING:
    from collections.abc import Iterable

    from relcard.cli.desk import Desk
    from relcard.domain.printing.stock import CardStock
    from relcard.domain.printing.stock import Envelope
    from relcard.domain.printing.stock import Stock
    from relcard.paper.stock.foreign import ForeignStock

    Paper = Stock | CardStock | Envelope


@click.group(short_help="Label sheets, envelopes and card paper.")
def stock() -> None:
    """Label sheets, envelopes and greeting card paper, in millimetres; sheets of your own beside them."""


stock.add_command(stock_own.add)
stock.add_command(stock_own.remove)


class _Row(NamedTuple):
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


@stock.command("list", short_help="List sheets, envelopes and card paper.")
@click.argument("words", nargs=-1)
@stock_own.from_option
@params.as_json
@pass_desk
def list_(desk: Desk, words: tuple[str, ...], source: str | None, as_json: bool) -> int:
    """List bought paper, your own first; WORDS narrow the list (L71, Avery, A4, envelope, card, yours).

    With --from, list the sheets in the templates of gLabels or LibreOffice instead; stock add keeps one.
    """
    found: ForeignStock | None = None
    if source is None:
        rows = _known(desk)
    else:
        from relcard.paper.stock.foreign import read_foreign

        found = read_foreign(source)
        rows = [_label_row(one, own=False) for one in found.stocks]
    rows = [one for one in rows if all(word.lower() in one.searched for word in words)]
    problems = found.problems if found else ()
    if as_json:
        listed = [
            {
                "name": one.name,
                "kind": one.kind,
                "own": one.own,
                "page": one.page,
                "size_mm": one.size,
                "grid": one.grid,
                "source": one.source,
            }
            for one in rows
        ]
        told = {"passed_over": dict(found.passed_over), "problems": list(map(str, problems))} if found else {}
        output.say_json("stock", listed, **told)
        return 5 if problems else 0
    if rows:
        headers = ("name", "page", "size in mm", "across x down", "")
        output.table(
            headers, [(one.name, one.page, one.size, one.grid, "yours" if one.own else "") for one in rows]
        )
        output.say(output.dim(f"  {_counted(rows)}"))
        if any(one.kind == "card" for one in rows):
            from relcard.domain.printing.card_size import SIZES

            for line in output.wrap(f"print cards --card takes: {', '.join(SIZES)}", 76):
                output.say(output.dim(f"  {line}"))
    else:
        output.say(f"  Nothing here is called that. {stock_own.listing(source)} shows everything.")
    _say_rest(found)
    return 5 if problems else 0


@stock.command(short_help="Show one sheet, envelope or card paper.")
@click.argument("name")
@stock_own.from_option
@params.as_json
@pass_desk
def show(desk: Desk, name: str, source: str | None, as_json: bool) -> None:
    """Show bought paper: a drawing in its proportions, its measures, and the room there is for words."""
    from relcard.cli.printing import stock_page

    paper, is_own = (stock_own.of_template(source, name), False) if source is not None else _find(desk, name)
    if as_json:
        noun, measures = stock_page.as_json(paper)
        output.say_json(noun, {**measures, "own": is_own})
    else:
        stock_page.say_paper(paper, is_own=is_own)


def _known(desk: Desk) -> list[_Row]:
    from relcard.paper.stock.known import all_card_stock
    from relcard.paper.stock.known import all_envelopes
    from relcard.paper.stock.known import all_stock
    from relcard.services.printing.find_stock import own_stock

    with desk.reading() as db:
        mine = own_stock(db)
    rows = [_label_row(one, own=True) for one in mine] + [_label_row(one, own=False) for one in all_stock()]
    rows += [
        _Row(one.name, "envelope", False, "envelope", _size(one.width, one.height), "", one.source)
        for one in all_envelopes()
    ]
    rows += [
        _Row(
            one.name,
            "card",
            False,
            one.page,
            _size(one.panel_w, one.panel_h),
            f"{one.columns} x {one.rows}",
            one.source,
        )
        for one in all_card_stock()
    ]
    return rows


def _label_row(one: Stock, *, own: bool) -> _Row:
    size, grid = _size(one.label_w, one.label_h), f"{one.columns} x {one.rows}"
    return _Row(one.name, "labels", own, one.page, size, grid, one.source)


def _size(width: float, height: float) -> str:
    return " x ".join(f"{one:.2f}".rstrip("0").rstrip(".") for one in (width, height))


def _counted(rows: Iterable[_Row]) -> str:
    kinds = [("yours" if one.own else one.kind) for one in rows]
    told = [
        output.plural(kinds.count(kind), noun, nouns)
        for kind, noun, nouns in (
            ("yours", "sheet of yours", "sheets of yours"),
            ("labels", "label sheet", ""),
            ("envelope", "envelope", ""),
            ("card", "card paper", ""),
        )
        if kind in kinds
    ]
    return " · ".join(told)


def _say_rest(found: ForeignStock | None) -> None:
    """Say what of the templates is not in the list."""
    if found is None:
        return
    if found.passed_over:
        told = ", ".join(f"{number} {reason}" for reason, number in found.passed_over.items())
        for line in output.wrap(f"passed over: {told}", output.terminal_width() - 2):
            output.say(output.dim(f"  {line}"))
    for one in found.problems:
        output.say(f"  {output.clean(one.source)}: {output.clean(one.message)}; it was skipped", err=True)


def _find(desk: Desk, name: str) -> tuple[Paper, bool]:
    """Return paper of any kind by its name, and whether it is the user's own; labels go before the others."""
    from relcard.paper.stock.known import all_stock
    from relcard.paper.stock.known import match_card_stock
    from relcard.paper.stock.known import match_envelope
    from relcard.paper.stock.known import match_stock
    from relcard.services.printing.find_stock import find_stock
    from relcard.services.printing.find_stock import own_stock

    with desk.reading() as db:
        own = match_stock(name, own_stock(db))
        known = own or match_stock(name, all_stock()) or match_card_stock(name) or match_envelope(name)
        return known or find_stock(db, name), own is not None
