"""The years on paper, for beside the letterbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.seasons import whom
from relcard.cli.seasons.years import first_year
from relcard.cli.seasons.years import last_year
from relcard.cli.seasons.years import rows_of
from relcard.cli.seasons.years import years_meant
from relcard.services.printing.print_years import print_years

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import Page

_YEARS = 6  # five that are past, and this one


@click.command(short_help="A list for beside the letterbox, to tick.")
@whom.some_who
@first_year
@last_year
@pdf_file.takes_file_with_years
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@pass_desk
def years(
    desk: Desk,
    first: int | None,
    last: int | None,
    job: pdf_file.Job,
    page: Page | None,
) -> int:
    """Print households by surname with what was sent and came, and boxes to tick for the newest year.

    No circle is on it. In January take what was ticked over with: relcard years edit.
    """
    shown = years_meant(desk, first, last, many=_YEARS)
    run = print_years(rows_of(desk, job.who, shown), shown, page=page or desk.settings.page)
    return pdf_file.write(job, run, desk=desk, name="years.pdf", noun="household")
