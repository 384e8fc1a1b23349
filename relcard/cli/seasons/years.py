"""The page everyone knows from paper: households by row, years by column, sent and came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.groups import ShowFirst
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.years import Cell
from relcard.services.seasons.read_years import read_cells
from relcard.services.seasons.read_years import read_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.services.seasons.read_years import HouseholdYears

_YEARS = 10  # shown at once, unless --from says more
_ON_A_PAGE = 5  # a line of the editor has room for their words too
_NAME = 22  # columns of the narrowest name
_NO_CARD = "  No card either way yet. A list with columns such as Sent 2024: relcard import LIST.csv"
_NEAREST = (*Circle, None)


@click.group(cls=ShowFirst, short_help="Sent and came, year by year.")
def years() -> None:
    """Show what was sent (s) and what came (c), one row a household; with WHO, the lines on the cards too.

    The newest year stands at the right. m is a year of mourning, in which nothing is expected.
    """


YEAR = click.IntRange(1900, 2199)
_first_year = click.option("--from", "first", type=YEAR, help="The first year.")
_last_year = click.option(
    "--to", "last", type=YEAR, help="The last year; else this, and in January the last."
)


@years.command(short_help="Show sent and came, year by year.")
@click.argument("who_", metavar="[WHO]...", nargs=-1)
@_first_year
@_last_year
@click.option(
    "--by",
    type=click.Choice(("name", "silence", "nearness")),
    default="name",
    show_default=True,
    help="The order of the rows.",
)
@params.as_json
@pass_desk
def show(
    desk: Desk, who_: tuple[str, ...], first: int | None, last: int | None, by: str, as_json: bool
) -> None:
    """Show what was sent and what came; with WHO, the lines on the cards too."""
    shown = years_meant(desk, first, last, many=_YEARS)
    rows = rows_of(desk, who_, shown) if who_ or as_json else cells_of(desk, shown)
    rows.sort(key=_ORDERS[by])
    if as_json:
        output.say_json("years", list(map(_as_json, rows)))
    elif not rows:
        output.say(_NO_CARD)
    elif who_:
        for row in rows:
            _say_household(row)
    else:
        _say_grid(rows, shown)


@years.command(short_help="Change the years on a page in your editor.")
@click.argument("who_", metavar="[WHO]...", nargs=-1)
@_first_year
@_last_year
@click.option(
    "--file",
    "source",
    metavar="FILE",
    help="Take the page from a file; - is standard input.",
)
@click.option("--page", "only_page", is_flag=True, help="Print the page and change nothing.")
@params.dry_run
@params.as_json
@pass_desk
def edit(
    desk: Desk,
    who_: tuple[str, ...],
    first: int | None,
    last: int | None,
    source: str | None,
    only_page: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Change what was sent and what came on a page in $EDITOR, one line a household, in one step.

    Their line of the newest year stands behind its cells. A fault is named with its line, and what you typed
    is never lost. A season's card follows: what came is received, what was sent is posted.
    """
    shown = years_meant(desk, first, last, many=_ON_A_PAGE)
    # 40 ms of editor and page, which the grid does without.
    from relcard.cli.seasons.years_page import edit_on_page  # noqa: PLC0415

    rows = sorted(rows_of(desk, who_, shown), key=_ORDERS["name"])
    if not rows:
        output.say(_NO_CARD)
        return 0
    return edit_on_page(desk, rows, shown, source, only_page=only_page, dry_run=dry_run, as_json=as_json)


def years_meant(desk: Desk, first: int | None, last: int | None, *, many: int) -> range:
    """Return the years said, else the last few; in January the newest is last year, as its cards are."""
    last = last or (desk.today.year - (desk.today.month == 1) if first is None else desk.today.year)
    first = first or last - (many - 1)
    if first > last:
        raise click.UsageError(f"--from {first} is after --to {last}.")
    return range(first, last + 1)


def rows_of(desk: Desk, who_: tuple[str, ...], shown: range) -> list[HouseholdYears]:
    """Return the years of the households meant, of all without WHO."""
    with desk.reading() as db:
        wanted = who.some_households(db, who_) if who_ else None
        return read_years(db, wanted, desk.standpoint, shown)


_ORDERS = {
    "name": lambda row: (row.shelf, row.id),
    "silence": lambda row: (-row.silent, row.shelf),
    "nearness": lambda row: (_NEAREST.index(row.circle), row.shelf),
}


def cells_of(desk: Desk, shown: range) -> list[HouseholdYears]:
    """Return the years of all households without their lines."""
    with desk.reading() as db:
        return read_cells(db, desk.standpoint, shown)


def _say_grid(rows: list[HouseholdYears], shown: Sequence[int]) -> None:
    room = max(1, (output.terminal_width() - _NAME - 2) // 4)
    shown = shown[-room:]
    padded = {cell.mark: f"{cell.mark or '·':<2}" for cell in Cell}
    heads = "  ".join(f"{year % 100:02}" for year in shown)
    cells = [(row.addressee, "  ".join([padded[row.cells[year].mark] for year in shown])) for row in rows]
    output.table(("", heads), cells)
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
