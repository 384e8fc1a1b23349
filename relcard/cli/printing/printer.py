"""How printers miss, and what puts it right."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.text import fold
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.store import printers

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.printer import Printer
    from relcard.store.file.database import Connection

_LONGEST_NAME = 40
_LONGEST_PAGE = 1000.0  # mm
_EXAMPLE = "--landed 1.5 right --landed 0.5 down"
_AWAY = {"right": (0, 1), "left": (0, -1), "down": (1, 1), "up": (1, -1)}  # side of the page, and its sign


class _Millimetres(click.ParamType[float]):
    """A length on a page, to either side: 1.5 or -0.5; no page is a metre."""

    name = "mm"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the length."""
        try:
            found = float(str(value))
        except ValueError:
            found = math.nan
        if not abs(found) <= _LONGEST_PAGE:
            self.fail(f'"{value}" is no length on a page; write it in mm, as 1.5.', param, ctx)
        return found


_MM = _Millimetres()


class _Scale(click.ParamType[float]):
    """A scale as a factor or in per cent: 1.008, 100.8 or 100.8%."""

    name = "scale"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the scale as a factor; no sound printer needs 2 or more of them."""
        try:
            found = float(str(value).replace("%", "").strip())
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            self.fail(f'"{value}" is no scale; write 100.8 (per cent) or 1.008.', param, ctx)
        return found / 100 if found > 2 else found


@click.group(short_help="How printers miss, and what puts it right.")
def printer() -> None:
    """Say how far printers miss; what you print is moved so that it lands where it should.

    relcard print calibration makes the page to measure on.
    """


@printer.command("set", short_help="Say how a printer misses.")
@click.argument("name")
@click.option("--from-left", type=_MM, metavar="MM", help="Cross A of the page, from the left edge.")
@click.option("--from-top", type=_MM, metavar="MM", help="Cross A, from the top edge.")
@click.option("--measured-x", type=_MM, metavar="MM", help="The square of 100 mm, across.")
@click.option("--measured-y", type=_MM, metavar="MM", help="The square of 100 mm, down.")
@click.option(
    "--landed",
    type=(_MM, click.Choice(list(_AWAY))),
    multiple=True,
    metavar="MM WHERE",
    help="How far off the print is: 1.5 right, 0.5 down ...",
)
@click.option("--dx", type=_MM, metavar="MM", help="Move what is printed to the right; -1.5 to the left.")
@click.option("--dy", type=_MM, metavar="MM", help="Move what is printed down; -0.5 up.")
@click.option("--scale", type=_Scale(), metavar="PERCENT", help="Print larger or smaller: 100.8.")
@click.option("--stock", metavar="NAME", help="For this sheet or envelope alone.")
@params.as_json
@pass_desk
def set_(
    desk: Desk,
    name: str,
    from_left: float | None,
    from_top: float | None,
    measured_x: float | None,
    measured_y: float | None,
    landed: tuple[tuple[float, str], ...],
    dx: float | None,
    dy: float | None,
    scale: float | None,
    stock: str | None,
    as_json: bool,
) -> None:
    """Say how a printer misses, in one of three ways.

    By the calibration page: type the numbers you measured. By a print that is off: --landed 1.5 right is 1.5
    mm too far right. Both are added to what is known already. Or say what is to be done to a page: --dx -1.5
    moves it to the left, in the place of what was known.
    """
    from dataclasses import replace

    from relcard.domain.printing.printer import MARK
    from relcard.domain.printing.printer import Printer

    name = checked_name(name)
    mark = _mark(name, (from_left, from_top), landed, MARK)
    square = (measured_x, measured_y)
    is_measured = any(one is not None for one in (*mark, *square))
    is_said = any(one is not None for one in (dx, dy, scale))
    if is_measured is is_said:
        raise UsageError(
            "Say what you measured, or what is to be done; not both."
            if is_said
            else "Say how the printer misses.",
            hint=_example(name),
        )
    with desk.changing(f"printer set {quoted(name)}", begins=True) as db:
        paper = _paper(db, stock)
        known = _known(db, name, paper) or Printer(name=name)
        if is_measured:
            ready = known.refined(mark=mark, square=square)
        else:
            ready = replace(
                known,
                dx=known.dx if dx is None else dx,
                dy=known.dy if dy is None else dy,
                scale_x=known.scale_x if scale is None else scale,
                scale_y=known.scale_y if scale is None else scale,
            )
        printers.save(
            db,
            ready.name,
            paper,
            move=(ready.dx, ready.dy),
            scale=(ready.scale_x, ready.scale_y),
            today=desk.today,
        )
    if as_json:
        output.say_json("printer", _as_dict(ready, paper))
    elif not desk.quiet:
        _say_set(ready, paper, stock)


@printer.command("list", short_help="List the printers and what is done for them.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the printers, and how a page is moved for each before it is printed."""
    from relcard.domain.printing.printer import in_words
    from relcard.services.printing.find_printer import as_printer

    with desk.reading() as db:
        rows = printers.every(db)
    if as_json:
        said = [{**_as_dict(as_printer(one), one.stock), "set_on": output.iso(one.set_on)} for one in rows]
        output.say_json("printers", said)
    elif not rows:
        output.say("  No printer has been measured. Make the page for it: relcard print calibration")
    else:
        output.table(
            ("printer", "paper", "a page is", "since"),
            [
                (
                    one.name,
                    one.stock or "all",
                    in_words(as_printer(one)),
                    output.plain_day(one.set_on, desk.today),
                )
                for one in rows
            ],
            flexible=2,
        )
        if len({fold(one.name) for one in rows}) > 1:
            output.say(output.dim("  Of several printers, say which with --printer NAME when you print."))


@printer.command(short_help="Forget how a printer misses.")
@click.argument("name")
@click.option("--stock", metavar="NAME", help="Only what holds for this sheet or envelope.")
@pass_desk
def remove(desk: Desk, name: str, stock: str | None) -> None:
    """Forget how a printer misses: pages go to it as they are drawn."""
    from relcard.services.printing.find_printer import rows_of

    with desk.changing(f"printer remove {quoted(name)}") as db:
        paper = _paper(db, stock)
        known = rows_of(db, name) if name else []  # no name would be all of them
        found = [one for one in known if stock is None or fold(one.stock) == fold(paper)]
        if not found:
            on = f" on {paper}" if paper else ""
            raise NotFoundError(
                f"Nothing is known of a printer {name}{on}.", hint="All of them: relcard printer list"
            )
        for one in found:
            printers.drop(db, one.id)
    if not desk.quiet:
        on = f" on {paper}" if paper else ""
        output.say(f"  {output.clean(found[0].name)}{output.clean(on)} is forgotten")


def checked_name(said: str) -> str:
    """Return what a printer is called. Raises `UsageError` for what cannot be typed or read again."""
    name = " ".join(said.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError(f"A printer needs a name of up to {_LONGEST_NAME} letters.", hint=_example("den"))
    return name


def in_use(db: Connection, said: str | None, found: Printer | None) -> tuple[str, ...]:
    """Say for which printer the pages were moved, or that there are several and none was named."""
    from relcard.services.printing.find_printer import rows_of

    if found is not None:
        return (
            output.dim(f"    Moved as the printer {output.clean(found.name)} needs it: relcard printer list"),
        )
    if not said and len({fold(one.name) for one in rows_of(db, None)}) > 1:
        return (f"    Not moved: there are several printers. Say which: {output.accent('--printer NAME')}",)
    return ()


def _example(name: str) -> str:
    return f"For example: relcard printer set {quoted(name)} {_EXAMPLE}"


def _mark(
    name: str, found: tuple[float | None, float | None], landed: tuple[tuple[float, str], ...], mark: float
) -> tuple[float | None, float | None]:
    """Return where cross A was found, or would be: a print that landed 1.5 mm right has it 1.5 mm further."""
    sides = list(found)
    for far, where in landed:
        side, sign = _AWAY[where]
        if sides[side] is not None:
            raise UsageError(
                f"Say once how far {'across' if side == 0 else 'down'} the print is off.",
                hint=_example(name),
            )
        sides[side] = mark + sign * far
    return sides[0], sides[1]


def _paper(db: Connection, said: str | None) -> str:
    """Return the name of the paper said: a sheet, an envelope or a size of card; "" for all."""
    if said is None:
        return printers.ANY
    from relcard.paper.stock.known import find_envelope
    from relcard.services.printing.find_stock import find_stock

    try:
        return find_envelope(said).name
    except NotFoundError:
        return find_stock(db, said).name


def _known(db: Connection, name: str, paper: str) -> Printer | None:
    """Return what a printer needs on a paper as far as it is known, on that alone or on all."""
    from relcard.services.printing.find_printer import find_printer
    from relcard.services.printing.find_printer import rows_of

    return find_printer(db, name, paper) if rows_of(db, name) else None


def _say_set(ready: Printer, paper: str, stock: str | None) -> None:
    from relcard.domain.printing.printer import in_words
    from relcard.paper.stock.known import match_envelope

    on = paper or "all paper"
    name = output.clean(ready.name)
    first, *rest = output.wrap(
        f"on {on} each page is {in_words(ready)}", output.terminal_width() - len(name) - 6
    )
    output.say(f"  {output.bold(name)}  {first}")
    for line in rest:
        output.say(f"{' ' * (len(name) + 4)}{line}")
    if stock and match_envelope(stock) is not None:
        prove = f"relcard print envelopes --test-page --printer {quoted(name)} --size {quoted(paper)}"
        output.say(f"  Prove it on an envelope: {output.accent(prove)}")
        return
    prove = f"relcard print calibration --printer {quoted(name)}" + (
        f" --stock {quoted(stock)}" if stock else ""
    )
    output.say(f"  Prove it on plain paper: {output.accent(prove)}")


def _as_dict(one: Printer, paper: str) -> output.Json:
    return {
        "name": one.name,
        "stock": paper or None,
        "dx_mm": one.dx,
        "dy_mm": one.dy,
        "scale_x": one.scale_x,
        "scale_y": one.scale_y,
    }
