"""Label sheets of your own: by a few measures, or copied from a template of another program."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import stock_page
from relcard.domain.printing.stock import match_stock
from relcard.domain.printing.stock import name_key
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.paper.stock import own
from relcard.paper.stock.known import all_stock
from relcard.paper.stock.known import unknown_stock
from relcard.store import sheets
from relcard.store import stocks

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.stock import Stock
    from relcard.paper.stock.foreign import ForeignStock
    from relcard.store.file.database import Connection

_LONGEST_NAME = 60
from_option = click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Of gLabels or LibreOffice: glabels, libreoffice, a template file or a folder.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A sheet of one's own as it was typed: its measures, or the template they come from."""

    page: str | None
    label: str | None
    grid: str | None
    left: str | None
    top: str | None
    pitch_x: str | None
    pitch_y: str | None
    corner: str | None
    unit: str
    source: str | None

    @property
    def lengths(self) -> tuple[str | None, ...]:
        """What may be left out: it is worked out then."""
        return self.left, self.top, self.pitch_x, self.pitch_y, self.corner

    @property
    def has_measures(self) -> bool:
        """Whether anything was measured."""
        return any((self.page, self.label, self.grid, *self.lengths))


_takes_description = params.gathered(
    Description,
    "description",
    click.option("--page", metavar="PAGE", help="A4, Letter ... or its size: 210x297."),
    click.option("--label", metavar="WxH", help="One label, across x down: 63.5x38.1 or 2-5/8x1."),
    click.option("--grid", metavar="CxR", help="How many across and down: 3x7."),
    click.option(
        "--left", metavar="LENGTH", help="From the page's left edge to the first label; else centred."
    ),
    click.option("--top", metavar="LENGTH", help="From its top edge to the first label; else centred."),
    click.option(
        "--pitch-x", metavar="LENGTH", help="From one label's left edge to the next one's; else no gap."
    ),
    click.option(
        "--pitch-y", metavar="LENGTH", help="From one label's top edge to the next one's; else no gap."
    ),
    click.option("--corner", metavar="LENGTH", help="Radius of the corners."),
    click.option("--unit", type=click.Choice(["mm", "in"]), default="mm", help="Of lengths without one; mm."),
    from_option,
)


@click.command(short_help="Describe a sheet of your own.")
@click.argument("name")
@_takes_description
@params.dry_run
@params.as_json
@pass_desk
def add(desk: Desk, name: str, description: Description, dry_run: bool, as_json: bool) -> None:
    """Keep a sheet of labels under a NAME, by a few measures, and show its drawing.

    \b
    relcard stock add Jars --page A4 --label 63.5x38.1 \\
        --grid 3x7 --left 7.2
    relcard stock add Parcels --page Letter --label 4x2 \\
        --grid 2x5 --unit in
    relcard stock add L4732 --from glabels

    What is left out is worked out: margins are the same on both sides, labels touch unless a margin or a
    pitch says otherwise. A NAME of yours goes before one that relcard knows.
    """  # noqa: D301  click's mark for lines that stay as they are
    stock = _described(name, description)
    with desk.changing(f"stock add {quoted(stock.part)}", dry_run=dry_run, begins=True) as db:
        earlier = stocks.keep(db, stock, today=desk.today)
        begun = _begun(db, earlier, stock)
    if as_json:
        output.say_json("sheet", {**stock_page.as_json(stock)[1], "own": True})
    elif not desk.quiet:
        stock_page.say_paper(stock, is_own=True)
        _say_kept(stock, earlier, dry_run=dry_run)
        for number in begun:
            output.say(f"  Sheet {number} was begun with the earlier measures; if it is another paper now:")
            output.say(f"  {output.accent(f'relcard sheet drop {number}')}")


@click.command(short_help="Forget a sheet of your own.")
@click.argument("name")
@params.dry_run
@pass_desk
def remove(desk: Desk, name: str, dry_run: bool) -> None:
    """Forget a sheet you described; sheets that relcard knows stay."""
    with desk.changing(f"stock remove {quoted(name)}", dry_run=dry_run) as db:
        stock = _find_own(db, name)
        stocks.remove(db, stock)
    if desk.quiet:
        return
    known = match_stock(stock.part, all_stock())
    instead = f"; the name is {known.name} again" if known else ""
    output.say(f"  {output.clean(stock.name)} {'would be' if dry_run else 'is'} forgotten{instead}")
    if known is None and match_stock(desk.settings.stock, (stock,)) is not None:
        output.say(
            f"  Your settings name it: {output.accent('relcard settings set stock L7160')} changes that"
        )


def _find_own(db: Connection, name: str) -> Stock:
    """Return a sheet of the user's own. Raises `NotFoundError` with those there are."""
    ours = stocks.every(db)
    stock = match_stock(name, ours)
    if stock is not None:
        return stock
    theirs = match_stock(name, all_stock())
    named = ", ".join(other.part for other in ours)
    raise NotFoundError(
        f"{theirs.name} is none of yours: it stays."
        if theirs
        else f'None of your sheets is called "{name}".',
        hint=f"Yours are: {named}" if named else "You have described none.",
    )


def templates_of(source: str) -> ForeignStock:
    """Return the sheets in another program's templates."""
    from relcard.paper.stock.foreign import read_foreign  # noqa: PLC0415  XML: 15 ms that other commands spare

    return read_foreign(source)


def of_template(source: str, name: str) -> Stock:
    """Return a sheet out of another program's templates. Raises `NotFoundError` with the nearest names."""
    among = templates_of(source).stocks
    stock = match_stock(name, among)
    if stock is None:
        raise unknown_stock(name, among, listing=listing(source))
    return stock


def listing(source: str | None) -> str:
    """Return the command that lists what there is, or what `source` has."""
    return "relcard stock list" + (f" --from {quoted(source)}" if source is not None else "")


def _described(name: str, description: Description) -> Stock:
    """Return a sheet of one's own, by its measures or out of a template; the brand goes to its source."""
    source = description.source
    if source is None:
        return own.describe_stock(_measures(name, description))
    if description.has_measures:
        raise UsageError(
            "Measures come from a template or from you, not from both.",
            hint=f"relcard stock show {quoted(name)} --from {quoted(source)} shows the template's.",
        )
    stock = of_template(source, name)
    return replace(stock, brand="", source=f"{stock.name}, {stock.source}")


def _measures(name: str, description: Description) -> own.Measures:
    """Return what is known of a sheet. Raises `UsageError` for what cannot be read or is not enough."""
    page, label, grid, unit = description.page, description.label, description.grid, description.unit
    if not (page and label and grid):
        raise UsageError(
            "A sheet needs its page, the size of one label and how many there are.",
            hint=f"For example: relcard stock add {quoted(name)} --page A4 --label 63.5x38.1 --grid 3x7",
        )
    page_w, page_h = own.read_page(page, unit)
    label_w, label_h = own.read_size(label, unit)
    columns, rows = own.read_grid(grid)
    left, top, pitch_x, pitch_y, corner = (
        None if length is None else own.read_length(length, unit) for length in description.lengths
    )
    return own.Measures(
        part=_checked_name(name),
        page_w=page_w,
        page_h=page_h,
        label_w=label_w,
        label_h=label_h,
        columns=columns,
        rows=rows,
        left=left,
        top=top,
        pitch_x=pitch_x,
        pitch_y=pitch_y,
        corner=corner or 0.0,
        source="your measures",
    )


def _begun(db: Connection, earlier: Stock | None, now: Stock) -> list[int]:
    """Return the part-used sheets whose labels lay otherwise before."""
    if earlier is None or replace(earlier, source=now.source, part=now.part) == now:
        return []
    return [sheet.id for sheet in sheets.of_stock(db, earlier.name)]


def _checked_name(name: str) -> str:
    named = " ".join(name.split())
    if not name_key(named) or len(named) > _LONGEST_NAME or not named.isprintable():
        raise UsageError(
            f"A sheet needs a name of up to {_LONGEST_NAME} letters and digits.",
            hint='For example: relcard stock add "Jam jars" --page A4 --label 63.5x38.1 --grid 3x7',
        )
    return named


def _say_kept(stock: Stock, earlier: Stock | None, *, dry_run: bool) -> None:
    named = output.clean(stock.part)
    output.say()
    if dry_run:
        output.say(f"  {named} is not kept (--dry-run)")
        return
    output.say(f"  {named} is kept" + (", in the place of your earlier one" if earlier else ""))
    known = match_stock(stock.part, all_stock())
    if known is not None:
        again = f'"{known.name}"' if name_key(known.name) != name_key(stock.part) else "relcard stock remove"
        output.say(f"  It goes before {known.name} of relcard's own table; {again} leads back to that")
    proof = f"relcard print proof --stock {quoted(named)}"
    output.say("  Compare it with the packet, then hold a proof on plain paper against the sheet:")
    output.say(f"  {output.accent(proof)}")
