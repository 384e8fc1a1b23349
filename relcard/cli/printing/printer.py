"""How printers miss, and what puts it right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.printing.printer import MARK
from relcard.domain.printing.printer import Printer
from relcard.domain.printing.printer import in_words
from relcard.domain.printing.stock import Envelope
from relcard.domain.text import fold
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.printing import spooler
from relcard.services.printing.find_printer import find_printer
from relcard.store import printers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.printing.stock import Stock
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
            length = float(str(value))
        except ValueError:
            length = math.nan
        if not abs(length) <= _LONGEST_PAGE:
            self.fail(f'"{value}" is no length on a page; write it in mm, as 1.5.', param, ctx)
        return length


_MM = _Millimetres()


class _Scale(click.ParamType[float]):
    """A scale as a factor or in per cent: 1.008, 100.8 or 100.8%."""

    name = "scale"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the scale as a factor; no sound printer needs 2 or more of them."""
        try:
            factor = float(str(value).replace("%", "").strip())
        except ValueError:
            factor = math.nan
        if not math.isfinite(factor):
            self.fail(f'"{value}" is no scale; write 100.8 (per cent) or 1.008.', param, ctx)
        return factor / 100 if factor > 2 else factor


@click.group(short_help="How printers miss, and what puts it right.")
def printer() -> None:
    """Say how far printers miss; what you print is moved so that it lands where it should.

    relcard print calibration makes the page to measure on.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """How a printer misses, as it was typed: in mm, `scale` as a factor."""

    from_left: float | None
    from_top: float | None
    measured_x: float | None
    measured_y: float | None
    landed: tuple[tuple[float, str], ...]
    dx: float | None
    dy: float | None
    scale: float | None

    @property
    def is_measured(self) -> bool:
        """Whether it says what came out on paper."""
        lengths = (self.from_left, self.from_top, self.measured_x, self.measured_y)
        return bool(self.landed) or any(length is not None for length in lengths)

    @property
    def is_wish(self) -> bool:
        """Whether it says what is to be done to a page."""
        return any(wish is not None for wish in (self.dx, self.dy, self.scale))


_takes_miss = params.gathered(
    Miss,
    "miss",
    click.option("--from-left", type=_MM, metavar="MM", help="Cross A of the page, from the left edge."),
    click.option("--from-top", type=_MM, metavar="MM", help="Cross A, from the top edge."),
    click.option("--measured-x", type=_MM, metavar="MM", help="The square of 100 mm, across."),
    click.option("--measured-y", type=_MM, metavar="MM", help="The square of 100 mm, down."),
    click.option(
        "--landed",
        type=(_MM, click.Choice(list(_AWAY))),
        multiple=True,
        metavar="MM WHERE",
        help="How far off the print is: 1.5 right, 0.5 down ...",
    ),
    click.option("--dx", type=_MM, metavar="MM", help="Move what is printed to the right; -1.5 to the left."),
    click.option("--dy", type=_MM, metavar="MM", help="Move what is printed down; -0.5 up."),
    click.option("--scale", type=_Scale(), metavar="PERCENT", help="Print larger or smaller: 100.8."),
)


@printer.command("set", short_help="Say how a printer misses.")
@click.argument("name")
@_takes_miss
@click.option("--stock", metavar="NAME", help="For this sheet or envelope alone.")
@params.as_json
@pass_desk
def set_(desk: Desk, name: str, miss: Miss, stock: str | None, as_json: bool) -> None:
    """Say how a printer misses, in one of three ways.

    By the calibration page: type the numbers you measured. By a print that is off: --landed 1.5 right is 1.5
    mm too far right. Both are added to what is known already. Or say what is to be done to a page: --dx -1.5
    moves it to the left, in the place of what was known.
    """
    name = checked_name(name)
    mark = _mark(name, miss)
    if miss.is_measured is miss.is_wish:
        raise UsageError(
            "Say what you measured, or what is to be done; not both."
            if miss.is_wish
            else "Say how the printer misses.",
            hint=_example(name),
        )
    with desk.changing(f"printer set {quoted(name)}", begins=True) as db:
        paper = _paper(db, stock)
        on = paper.name if paper else printers.ANY
        corrected = _corrected(_known(db, name, on) or Printer(name=name), miss, mark)
        printers.save(db, corrected, on, today=desk.today)
    if as_json:
        output.say_json("printer", _as_dict(corrected, on))
    elif not desk.quiet:
        _say_set(corrected, paper, stock)


def _corrected(known: Printer, miss: Miss, mark: tuple[float | None, float | None]) -> Printer:
    """Return what a printer needs after what was measured, or as it was said."""
    if miss.is_measured:
        return known.refined(mark=mark, square=(miss.measured_x, miss.measured_y))
    return replace(
        known,
        dx=known.dx if miss.dx is None else miss.dx,
        dy=known.dy if miss.dy is None else miss.dy,
        scale_x=known.scale_x if miss.scale is None else miss.scale,
        scale_y=known.scale_y if miss.scale is None else miss.scale,
    )


@printer.command("list", short_help="List the printers and what is done for them.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the printers measured, how a page is moved for each, and those that --to can send to."""
    with desk.reading() as db:
        kept = printers.every(db)
    queues = spooler.list_queues()
    if as_json:
        output.say_json(
            "printers",
            [{**_as_dict(row.printer, row.stock), "set_on": output.iso(row.set_on)} for row in kept],
            queues=queues,
        )
        return
    if not kept:
        output.say("  No printer has been measured. Make the page for it: relcard print calibration")
    else:
        _say_list(desk, kept)
    if queues:
        output.say_wrapped(f"print ... --to sends to: {', '.join(queues)}")


def _say_list(desk: Desk, kept: Sequence[printers.KeptPrinter]) -> None:
    output.table(
        ("printer", "paper", "a page is", "since"),
        [
            (
                row.printer.name,
                row.stock or "all",
                in_words(row.printer),
                output.plain_day(row.set_on, desk.today),
            )
            for row in kept
        ],
        flexible=2,
    )
    if _are_several(kept):
        output.say(output.dim("  Of several printers, say which with --printer NAME when you print."))


@printer.command(short_help="Forget how a printer misses.")
@click.argument("name")
@click.option("--stock", metavar="NAME", help="Only what holds for this sheet or envelope.")
@pass_desk
def remove(desk: Desk, name: str, stock: str | None) -> None:
    """Forget how a printer misses: pages go to it as they are drawn."""
    with desk.changing(f"printer remove {quoted(name)}") as db:
        paper = _paper(db, stock)
        known = printers.of_name(db, name)
        forgotten = [row for row in known if paper is None or fold(row.stock) == fold(paper.name)]
        on = f" on {paper.name}" if paper else ""
        if not forgotten:
            raise NotFoundError(
                f"Nothing is known of a printer {name}{on}.", hint="All of them: relcard printer list"
            )
        for row in forgotten:
            printers.drop(db, row.id)
    if not desk.quiet:
        output.say(f"  {output.clean(forgotten[0].printer.name + on)} is forgotten")


def checked_name(words: str) -> str:
    """Return what a printer is called. Raises `UsageError` for what cannot be typed or read again."""
    name = " ".join(words.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError(f"A printer needs a name of up to {_LONGEST_NAME} letters.", hint=_example("den"))
    return name


def in_use(db: Connection, name: str | None, printer: Printer | None) -> tuple[str, ...]:
    """Say for which printer the pages were moved, or that there are several and none was named."""
    if printer is not None:
        moved = f"    Moved as the printer {output.clean(printer.name)} needs it: relcard printer list"
        return (output.dim(moved),)
    if not name and _are_several(printers.every(db)):
        return (f"    Not moved: there are several printers. Say which: {output.accent('--printer NAME')}",)
    return ()


def _are_several(kept: Iterable[printers.KeptPrinter]) -> bool:
    return len({fold(row.printer.name) for row in kept}) > 1


def _example(name: str) -> str:
    return f"For example: relcard printer set {quoted(name)} {_EXAMPLE}"


def _mark(name: str, miss: Miss) -> tuple[float | None, float | None]:
    """Return where cross A was found, or would be: a print that landed 1.5 mm right has it 1.5 mm further."""
    sides = [miss.from_left, miss.from_top]
    for far, where in miss.landed:
        side, sign = _AWAY[where]
        if sides[side] is not None:
            raise UsageError(
                f"Say once how far {'across' if side == 0 else 'down'} the print is off.",
                hint=_example(name),
            )
        sides[side] = MARK + sign * far
    return sides[0], sides[1]


def _paper(db: Connection, name: str | None) -> Envelope | Stock | None:
    """Return the paper said, a sheet or an envelope; None for all paper."""
    if name is None:
        return None
    # The table of paper: 20 ms that printer list spares.
    from relcard.paper.stock.known import match_envelope  # noqa: PLC0415
    from relcard.services.printing.find_stock import find_stock  # noqa: PLC0415

    return match_envelope(name) or find_stock(db, name)


def _known(db: Connection, name: str, paper: str) -> Printer | None:
    """Return what a printer needs on a paper as far as it is known, on that alone or on all."""
    return find_printer(db, name, paper) if printers.of_name(db, name) else None


def _say_set(corrected: Printer, paper: Envelope | Stock | None, stock: str | None) -> None:
    on = paper.name if paper else "all paper"
    name = output.clean(corrected.name)
    first, *rest = output.wrap(
        f"on {on} each page is {in_words(corrected)}", output.terminal_width() - len(name) - 6
    )
    output.say(f"  {output.bold(name)}  {first}")
    for line in rest:
        output.say(f"{' ' * (len(name) + 4)}{line}")
    if isinstance(paper, Envelope):
        prove = f"relcard print envelopes --test-page --printer {quoted(name)} --size {quoted(paper.name)}"
        output.say(f"  Prove it on an envelope: {output.accent(prove)}")
        return
    prove = f"relcard print calibration --printer {quoted(name)}" + (
        f" --stock {quoted(stock)}" if stock else ""
    )
    output.say(f"  Prove it on plain paper: {output.accent(prove)}")


def _as_dict(printer: Printer, paper: str) -> output.Json:
    return {
        "name": printer.name,
        "stock": paper or None,
        "dx_mm": printer.dx,
        "dy_mm": printer.dy,
        "scale_x": printer.scale_x,
        "scale_y": printer.scale_y,
    }
