"""The page everyone knows from paper: households by row, years by column, sent and came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.years import Cell
from relcard.services.seasons.read_years import read_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.seasons.read_years import HouseholdYears

_YEARS = 10  # shown at once, unless --from says more
_NAME = 22  # columns of the narrowest name
_MARKS = {Cell.SENT: "s", Cell.CAME: "c", Cell.BOTH: "sc", Cell.MOURNING: "m", Cell.NONE: "·"}
_NEAREST = (*Circle, None)


@click.command(short_help="Sent and came, year by year.")
@click.argument("who_", metavar="[WHO]...", nargs=-1)
@click.option("--from", "first", type=click.IntRange(1900, 2200), help="The first year.")
@click.option("--to", "last", type=click.IntRange(1900, 2200), help="The last year.")
@click.option(
    "--by",
    type=click.Choice(("name", "silence", "nearness")),
    default="name",
    show_default=True,
    help="The order of the rows.",
)
@params.as_json
@pass_desk
def years(
    desk: Desk, who_: tuple[str, ...], first: int | None, last: int | None, by: str, as_json: bool
) -> None:
    """Show what was sent (s) and what came (c), one row a household; with WHO, the lines on the cards too.

    The newest year stands at the right. m is a year of mourning, in which nothing is expected.
    """
    last = last or desk.today.year
    first = first or last - (_YEARS - 1)
    if first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    with desk.reading() as db:
        wanted = who.some_households(db, who_) if who_ else None
        rows = read_years(db, wanted, desk.standpoint, range(first, last + 1))
    rows.sort(key=_ORDERS[by])
    if as_json:
        output.say_json("years", list(map(_as_json, rows)))
    elif not rows:
        output.say("  No card either way yet. A list with columns such as Sent 2024: relcard import LIST.csv")
    elif who_:
        for row in rows:
            _say_household(row)
    else:
        _say_grid(rows, range(first, last + 1))


_ORDERS = {
    "name": lambda row: (_surname(row.addressee), row.id),
    "silence": lambda row: (-row.silent, _surname(row.addressee)),
    "nearness": lambda row: (_NEAREST.index(row.circle), _surname(row.addressee)),
}


def _surname(addressee: str) -> tuple[str, str]:
    words = addressee.removesuffix(" and family").removesuffix(" Family").split()
    return (words[-1].casefold() if words else "", addressee.casefold())


def _say_grid(rows: list[HouseholdYears], shown: Sequence[int]) -> None:
    room = max(1, (output.terminal_width() - _NAME - 2) // 4)
    shown = shown[-room:]
    cells = [(row.addressee, *(_MARKS[row.cells[year]] for year in shown)) for row in rows]
    output.table(("", *(f"{year % 100:02}" for year in shown)), cells)
    both = sum(Cell.NONE is not row.cells[shown[-1]] for row in rows)
    output.say()
    output.say(output.dim("  s sent   c came   sc both   m mourning   · nothing"))
    output.say(output.dim(f"  {output.plural(len(rows), 'household')} · {both} with a card in {shown[-1]}"))


def _say_household(row: HouseholdYears) -> None:
    output.say(f"  {output.bold(output.clean(row.addressee))}")
    columns = output.terminal_width() - 20
    for year, cell in sorted(row.cells.items(), reverse=True):
        if cell is Cell.NONE:
            continue
        lines = row.lines.get(year)
        said = [
            f"{whose}: “{text}”"
            for whose, text in (("they", lines.came if lines else ""), ("you", lines.sent if lines else ""))
            if text
        ]
        wrapped = [part for text in said for part in output.wrap(output.clean(text), columns)] or [""]
        output.say(f"  {year}  {output.pad(cell.value, 10)}{wrapped[0]}".rstrip())
        for line in wrapped[1:]:
            output.say(f"{' ' * 18}{line}")
    output.say()


def _as_json(row: HouseholdYears) -> output.Json:
    return {
        "household": f"h{row.id}",
        "addressee": row.addressee,
        "circle": row.circle.value if row.circle else None,
        "cells": {str(year): cell.value for year, cell in row.cells.items()},
        "lines": {
            str(year): {"sent": lines.sent or None, "came": lines.came or None}
            for year, lines in row.lines.items()
        },
        "silent": row.silent,
    }
