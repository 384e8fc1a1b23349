"""The years on paper, for beside the letterbox."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.seasons import whom
from relcard.cli.seasons.years import YEAR
from relcard.cli.seasons.years import rows_of
from relcard.cli.seasons.years import years_meant
from relcard.errors import UsageError
from relcard.services.printing.print_years import print_years

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import Page

_YEARS = 6  # five that are past, and this one


class _YearOr(click.ParamType[int | str]):
    """A year, or what --to and --from are to every other paper: a printer, and a tray of it."""

    name = "year"

    def __init__(self, other: click.ParamType[str]) -> None:
        self._other = other

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """Take digits for a year. Raises as the other does."""
        return (YEAR if str(value).isdigit() else self._other).convert(value, param, ctx)


@click.command(short_help="A list for beside the letterbox, to tick.")
@whom.some_who
@click.option(
    "--from",
    "since",
    type=_YearOr(click.STRING),
    multiple=True,
    metavar="YEAR|TRAY",
    help="The first year; or the tray of the printer.",
)
@click.option(
    "--to",
    "until",
    type=_YearOr(pdf_file.Queue()),
    multiple=True,
    metavar="YEAR|PRINTER",
    help="The last year; else this, and in January the last. Or a printer, to send it there too.",
)
@pdf_file.takes_file_alone
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@pass_desk
def years(
    desk: Desk,
    since: tuple[int | str, ...],
    until: tuple[int | str, ...],
    job: pdf_file.Job,
    page: Page | None,
) -> int:
    """Print households by surname with what was sent and came, and boxes to tick for the newest year.

    No circle is on it. In January take what was ticked over with: relcard years edit. After --to and --from
    a number is a year, and a name is the printer or its tray, as for every other paper; both may be said.
    """
    first, tray = _apart(since, "--from YEAR --from TRAY")
    last, printer = _apart(until, "--to YEAR --to PRINTER")
    job = replace(job, to=printer, from_tray=tray)
    shown = years_meant(desk, first, last, many=_YEARS)
    run = print_years(rows_of(desk, job.who, shown), shown, page=page or desk.settings.page)
    return pdf_file.write(job, run, desk=desk, name="years.pdf", noun="household")


def _apart(typed: tuple[int | str, ...], both: str) -> tuple[int | None, str | None]:
    """Return the year and the name of what was typed. Raises `UsageError` for two years or two names."""
    years = [value for value in typed if isinstance(value, int)]
    names = [value for value in typed if isinstance(value, str)]
    if len(years) > 1 or len(names) > 1:
        raise UsageError(f"{both.partition(' ')[0]} says the same twice.", hint=f"At most: {both}")
    return next(iter(years), None), next(iter(names), None)
