"""Part-used sheets of labels: added, listed, dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.printing import sheet as rules
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.printing.find_stock import find_stock
from relcard.store import sheets

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.stock import Stock
    from relcard.store.file.database import Connection
    from relcard.store.sheets import SheetRow


@click.group(short_help="Sheets of labels that are part-used.")
def sheet() -> None:
    """Sheets of labels of which some are used: print labels fills them first, the oldest before the others.

    Slots are numbered row by row from the top left. What print labels leaves of a sheet is remembered.
    """


@sheet.command(short_help="Remember a sheet of which some labels are used.")
@click.argument("stock")
@click.option("--used", metavar="SLOTS", help="The slots that are used: 1-8,12.")
@click.option("--left", type=int, metavar="N", help="How many are left, at the end of the sheet.")
@params.as_json
@pass_desk
def add(desk: Desk, stock: str, used: str | None, left: int | None, as_json: bool) -> None:
    """Remember a sheet of STOCK of which some labels are used."""
    _check(stock, used, left)
    with desk.changing(f"sheet add {stock}", begins=True) as db:
        paper = find_stock(db, stock)
        taken = _taken(used, left, paper.slots_per_sheet)
        number = sheets.add(db, paper.name, taken, today=desk.today)
        row = sheets.find(db, number)
        assert row is not None  # noqa: S101  added above
    if as_json:
        output.say_json("sheet", _as_dict(row, paper))
    elif not desk.quiet:
        _say(row, paper)


@sheet.command("list", short_help="List the sheets that are part-used.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the sheets in the order they are filled, and draw which labels are used."""
    with desk.reading() as db:
        begun = [(row, _stock(db, row.stock)) for row in sheets.every(db)]
    if as_json:
        output.say_json("sheets", [_as_dict(row, paper) for row, paper in begun])
        return
    if not begun:
        output.say("  No sheet is part-used. For one of your own: relcard sheet add L7160 --left 13")
        return
    for place, (row, paper) in enumerate(begun):
        if place:
            output.say()
        _say(row, paper)


@sheet.command(short_help="Forget a sheet.")
@click.argument("number", type=int)
@pass_desk
def drop(desk: Desk, number: int) -> None:
    """Forget a sheet: it is lost, or used up otherwise."""
    with desk.changing(f"sheet drop {number}") as db:
        row = sheets.find(db, number)
        if row is None:
            known = ", ".join(str(other.id) for other in sheets.every(db))
            raise NotFoundError(
                f"There is no sheet {number}." + (f" There are: {known}." if known else ""),
                hint="All of them: relcard sheet list",
            )
        sheets.drop(db, number)
    if not desk.quiet:
        output.say(f"  Sheet {number} ({output.clean(row.stock)}) is forgotten")


def _check(stock: str, used: str | None, left: int | None) -> None:
    """Refuse to be told both, or neither. Raises `UsageError`."""
    if used is not None and left is not None:
        raise UsageError(
            "Say --used or --left, not both.", hint="For example: relcard sheet add L7160 --left 13"
        )
    if used is None and left is None:
        raise UsageError(
            "Which of its labels are used? A whole sheet need not be remembered.",
            hint=f"For example: relcard sheet add {stock} --left 13, or --used 1-8",
        )


def _taken(used: str | None, left: int | None, slots: int) -> frozenset[int]:
    """Return the slots that are used: those named, or all but the last so many."""
    if left is None:
        taken = rules.parse_slots(used or "", slots)
    elif 0 < left <= slots:
        taken = rules.first_used(slots - left, slots)
    else:
        raise UsageError(
            f"Of a sheet of {slots} labels, {left} cannot be left.", hint=f"Say a number from 1 to {slots}."
        )
    if len(taken) == slots:
        raise UsageError(
            f"All {slots} labels of that sheet are used: there is nothing to remember.",
            hint="Leave it out; print labels takes whole sheets where none is part-used.",
        )
    return taken


def _stock(db: Connection, name: str) -> Stock | None:
    """Return a sheet's stock, or None when nobody knows it any more."""
    try:
        return find_stock(db, name)
    except NotFoundError:
        return None


def _say(row: SheetRow, paper: Stock | None) -> None:
    title = f"  {output.bold(f'sheet {row.id}')}  {output.clean(row.stock)}"
    if paper is None:
        output.say(f"{title}  used: {rules.in_words(row.used) or 'none'}")
        output.say(output.dim("    this stock is not known any more; forget the sheet with: ") + _drop(row))
        return
    slots = paper.slots_per_sheet
    if beyond := [slot for slot in row.used if slot > slots]:
        output.say(f"{title}  used: {rules.in_words(row.used)}")
        output.say(
            output.dim(
                f"    a sheet of it has {slots} labels and no {rules.in_words(beyond)}; forget it with: "
            )
            + _drop(row)
        )
        return
    left = len(rules.PartSheet(id=row.id, used=row.used).free(slots))
    output.say(f"{title}  {left} of {slots} left")
    for line in rules.drawing(row.used, paper.columns, paper.rows):
        output.say(f"    {line}")


def _drop(row: SheetRow) -> str:
    return output.accent(f"relcard sheet drop {row.id}")


def _as_dict(row: SheetRow, paper: Stock | None) -> output.Json:
    slots = paper.slots_per_sheet if paper else None
    free = rules.PartSheet(id=row.id, used=row.used).free(slots) if slots is not None else None
    return {
        "id": row.id,
        "stock": row.stock,
        "used": sorted(row.used),
        "free": list(free) if free is not None else None,
        "slots": slots,
        "added_on": output.iso(row.added_on),
    }
