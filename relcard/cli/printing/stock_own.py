"""Label sheets of your own: by a few measures, or copied from a template of another program."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.stock import Stock
    from relcard.store.file.database import Connection

_LONGEST_NAME = 60
from_option = click.option(
    "--from",
    "source",
    metavar="SOURCE",
    help="Of gLabels or LibreOffice: glabels, libreoffice, a template file or a folder.",
)


@click.command(short_help="Describe a sheet of your own.")
@click.argument("name")
@click.option("--page", metavar="PAGE", help="A4, Letter ... or its size: 210x297.")
@click.option("--label", metavar="WxH", help="One label, across x down: 63.5x38.1 or 2-5/8x1.")
@click.option("--grid", metavar="CxR", help="How many across and down: 3x7.")
@click.option("--left", metavar="LENGTH", help="From the page's left edge to the first label; else centred.")
@click.option("--top", metavar="LENGTH", help="From its top edge to the first label; else centred.")
@click.option(
    "--pitch-x", metavar="LENGTH", help="From one label's left edge to the next one's; else no gap."
)
@click.option("--pitch-y", metavar="LENGTH", help="From one label's top edge to the next one's; else no gap.")
@click.option("--corner", metavar="LENGTH", help="Radius of the corners.")
@click.option("--unit", type=click.Choice(["mm", "in"]), default="mm", help="Of lengths without one; mm.")
@from_option
@params.dry_run
@params.as_json
@pass_desk
def add(
    desk: Desk,
    name: str,
    page: str | None,
    label: str | None,
    grid: str | None,
    left: str | None,
    top: str | None,
    pitch_x: str | None,
    pitch_y: str | None,
    corner: str | None,
    unit: str,
    source: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Keep a sheet of labels under a NAME, by a few measures, and show its drawing.

    \b
    relcard stock add "Jam jars" --page A4 --label 63.5x38.1 --grid 3x7 --left 7.2
    relcard stock add Parcels --page Letter --label 4x2 --grid 2x5 --unit in
    relcard stock add L4732 --from glabels

    What is left out is worked out: margins are the same on both sides, labels touch unless a margin or a
    pitch says otherwise. A NAME of yours goes before one that relcard knows.
    """  # noqa: D301  click's mark for lines that stay as they are
    from relcard.cli.printing import stock_page
    from relcard.paper.stock import own
    from relcard.services.printing.keep_stock import keep_stock

    lengths = (left, top, pitch_x, pitch_y, corner)
    if source is not None:
        if page or label or grid or any(lengths):
            raise UsageError(
                "Measures come from a template or from you, not from both.",
                hint=f"relcard stock show {quoted(name)} --from {quoted(source)} shows the template's.",
            )
        found = _copied(of_template(source, name))
    else:
        if not (page and label and grid):
            raise UsageError(
                "A sheet needs its page, the size of one label and how many there are.",
                hint=f"For example: relcard stock add {quoted(name)} --page A4 --label 63.5x38.1 --grid 3x7",
            )
        page_w, page_h = own.read_page(page, unit)
        label_w, label_h = own.read_size(label, unit)
        columns, rows = own.read_grid(grid)
        said = [None if one is None else own.read_length(one, unit) for one in lengths]
        found = own.describe_stock(
            own.Measures(
                part=_named(name),
                page_w=page_w,
                page_h=page_h,
                label_w=label_w,
                label_h=label_h,
                columns=columns,
                rows=rows,
                left=said[0],
                top=said[1],
                pitch_x=said[2],
                pitch_y=said[3],
                corner=said[4] or 0.0,
                source="your measures",
            )
        )
    with desk.changing(f"stock add {quoted(found.part)}", dry_run=dry_run, begins=True) as db:
        earlier = keep_stock(db, found, today=desk.today)
        begun = _begun(db, earlier, found)
    if as_json:
        output.say_json("sheet", {**stock_page.as_json(found)[1], "own": True})
    elif not desk.quiet:
        stock_page.say_paper(found, is_own=True)
        _say_kept(found, earlier, dry_run=dry_run)
        for number in begun:
            output.say(f"  Sheet {number} was begun with the earlier measures; if it is another paper now:")
            output.say(f"  {output.accent(f'relcard sheet drop {number}')}")


@click.command(short_help="Forget a sheet of your own.")
@click.argument("name")
@params.dry_run
@pass_desk
def remove(desk: Desk, name: str, dry_run: bool) -> None:
    """Forget a sheet you described; sheets that relcard knows stay."""
    from relcard.paper.stock.known import all_stock
    from relcard.paper.stock.known import match_stock
    from relcard.services.printing.find_stock import own_stock
    from relcard.store import stocks

    with desk.changing(f"stock remove {quoted(name)}", dry_run=dry_run) as db:
        mine = own_stock(db)
        found = match_stock(name, mine)
        if found is None:
            theirs = match_stock(name, all_stock())
            named = ", ".join(one.part for one in mine)
            raise NotFoundError(
                f"{theirs.name} is none of yours: it stays."
                if theirs
                else f'None of your sheets is called "{name}".',
                hint=f"Yours are: {named}" if named else "You have described none.",
            )
        stocks.remove(db, found.part)
    if desk.quiet:
        return
    known = match_stock(found.part, all_stock())
    instead = f"; the name is {known.name} again" if known else ""
    output.say(f"  {output.clean(found.name)} {'would be' if dry_run else 'is'} forgotten{instead}")
    if known is None and match_stock(desk.settings.stock, (found,)) is not None:
        output.say(
            f"  Your settings name it: {output.accent('relcard settings set stock L7160')} changes that"
        )


def of_template(source: str, name: str) -> Stock:
    """Return a sheet out of another program's templates. Raises `NotFoundError` with the nearest names."""
    from relcard.paper.stock.foreign import read_foreign
    from relcard.paper.stock.known import match_stock
    from relcard.paper.stock.known import unknown_stock

    among = read_foreign(source).stocks
    found = match_stock(name, among)
    if found is None:
        raise unknown_stock(name, among, listing=listing(source))
    return found


def listing(source: str | None) -> str:
    """Return the command that lists what there is, or what `source` has."""
    return "relcard stock list" + (f" --from {quoted(source)}" if source is not None else "")


def _copied(found: Stock) -> Stock:
    """Return a template's sheet as one's own; the brand goes where the measures come from."""
    return replace(found, brand="", source=f"{found.name}, {found.source}")


def _begun(db: Connection, earlier: Stock | None, now: Stock) -> list[int]:
    """Return the part-used sheets whose labels lay otherwise before."""
    from relcard.store import sheets

    if earlier is None or replace(earlier, source=now.source, part=now.part) == now:
        return []
    return [one.id for one in sheets.of_stock(db, earlier.name)]


def _named(name: str) -> str:
    from relcard.paper.stock.known import key

    named = " ".join(name.split())
    if not key(named) or len(named) > _LONGEST_NAME or not named.isprintable():
        raise UsageError(
            f"A sheet needs a name of up to {_LONGEST_NAME} letters and digits.",
            hint='For example: relcard stock add "Jam jars" --page A4 --label 63.5x38.1 --grid 3x7',
        )
    return named


def _say_kept(found: Stock, earlier: Stock | None, *, dry_run: bool) -> None:
    from relcard.paper.stock.known import all_stock
    from relcard.paper.stock.known import key
    from relcard.paper.stock.known import match_stock

    named = output.clean(found.part)
    output.say()
    if dry_run:
        output.say(f"  {named} is not kept (--dry-run)")
        return
    output.say(f"  {named} is kept" + (", in the place of your earlier one" if earlier else ""))
    known = match_stock(found.part, all_stock())
    if known is not None:
        again = f'"{known.name}"' if key(known.name) != key(found.part) else "relcard stock remove"
        output.say(f"  It goes before {known.name} of relcard's own table; {again} leads back to that")
    proof = f"relcard print proof --stock {quoted(named)}"
    output.say("  Compare it with the packet, then hold a proof on plain paper against the sheet:")
    output.say(f"  {output.accent(proof)}")
