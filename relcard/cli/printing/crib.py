"""The writer's crib on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.seasons import selection
from relcard.paper.stock.known import find_envelope
from relcard.services.printing.print_crib import CribPages
from relcard.services.printing.print_crib import print_crib

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import Page

_NAME = "crib.pdf"


@click.command(short_help="The writer's crib, large, in writing order.")
@pdf_file.takes_job
@click.option("--page", type=click.Choice(["A4", "Letter"]), help="Else as the settings have it.")
@click.option("--full", is_flag=True, help="Everybody in full, not only who is near.")
@click.option("--pictures", is_flag=True, help="With a picture of the last card that came from them.")
@pass_desk
def crib(desk: Desk, job: pdf_file.Job, page: Page | None, full: bool, pictures: bool) -> int:
    """Print the crib: what to have beside the pen, in the agreed order.

    Where the envelope is addressed by hand, its lines are large and as they should stand. The others
    take three lines, or four where something is noted, but for the inner and close ones.
    """
    with pdf_file.Pages(job, _NAME) as pages:
        with desk.reading() as db:
            recipients, season = selection.recipients(desk, db, job)
            wanted = selection.wanted(desk, season, occasion=job.occasion)
            name = season.name if season else job.occasion.name if job.occasion else ""
            run = print_crib(
                db, recipients, wanted, on_pages(desk, name, page=page, full=full, pictures=pictures)
            )
        pages.hold(run)
        if season is not None and run.items and not desk.spares_rows:
            with desk.changing(f"print crib {job.whose}".strip()) as db:
                selection.keep_numbers(desk, db, job, season, recipients)
    return pdf_file.write(job, run, desk=desk, name=_NAME, noun="entry", nouns="entries", pages=pages)


def on_pages(
    desk: Desk, name: str, *, page: Page | None = None, full: bool = False, pictures: bool = False
) -> CribPages:
    """Return the pages of a crib for a season or an occasion."""
    settings = desk.settings
    return CribPages(
        title=f"Crib for {name}" if name else "Crib",
        page=page or settings.page,
        sender_country=settings.sender.country,
        envelope=find_envelope(settings.envelope).name,
        full=full,
        pictures=desk.store if pictures else "",
    )
