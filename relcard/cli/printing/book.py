"""The address book on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.filters import households_of
from relcard.cli.printing import pdf_file
from relcard.cli.seasons import whom
from relcard.cli.seasons.years import years_meant
from relcard.errors import UsageError
from relcard.services.printing.print_book import print_book

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import Page
    from relcard.services.printing.print_run import PrintRun
    from relcard.store.file.database import Connection

_YEARS = 6  # the newest included


@click.command(short_help="The address book, with birthdays and phones.")
@whom.some_who
@params.segment
@click.option("--years", "with_years", is_flag=True, help="Also the cards of the last six years.")
@click.option("--booklet", is_flag=True, help="Half pages, to print on both sides, fold and staple.")
@pdf_file.takes_file
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@pass_desk
def book(desk: Desk, with_years: bool, booklet: bool, job: pdf_file.Job, page: Page | None) -> int:
    """Print households by surname, each with address, who lives there, birthdays and phones.

    Everybody, WHO or a segment. Circles and notes are not on it.
    """
    years = years_meant(desk, None, None, many=_YEARS) if with_years else ()
    with desk.reading() as db:
        wanted = _wanted(desk, db, job)
        run = print_book(
            db,
            wanted,
            desk.standpoint,
            page=page or desk.settings.page,
            years=years,
            booklet=booklet,
        )
    lines = _how_to_fold(run) if booklet else ()
    return pdf_file.write(job, run, desk=desk, name="book.pdf", noun="household", lines=lines)


def _wanted(desk: Desk, db: Connection, job: pdf_file.Job) -> list[int] | None:
    """Return the households meant, None for all. Raises `UsageError` for both WHO and a segment."""
    if job.segment is None:
        return who.some_households(db, job.who) if job.who else None
    if job.who:
        raise UsageError("Name households or a segment, not both.", hint="Leave WHO out, or --segment.")
    return households_of(desk, db, job.segment)


def _how_to_fold(run: PrintRun) -> tuple[str, str]:
    """Say on how many sheets a booklet comes, and what makes a book of them."""
    sheets = (run.pages + 1) // 2
    return (
        f"{output.plural(run.items, 'household')} on {output.plural(sheets, 'sheet')}",
        "    Print on both sides, turned over the short edge; lay the sheets in order, fold, staple.",
    )
