"""The address side of postcards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.printing import pdf_file
from relcard.cli.printing import printer as printers
from relcard.cli.seasons import selection
from relcard.domain.printing.card_size import find_size
from relcard.errors import UsageError
from relcard.services.printing.find_printer import find_printer
from relcard.services.printing.print_postcards import OnPostcards
from relcard.services.printing.print_postcards import print_postcards
from relcard.services.printing.return_address import lines_abroad

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.card_size import CardSize

_NAME = "postcards.pdf"


@click.command(short_help="The address side of postcards, a page each.")
@pdf_file.takes_job
@click.option(
    "--card", metavar="SIZE", help="postcard-A6, postcard-6x4, hagaki; else as your country has it."
)
@click.option("--boxes", is_flag=True, help="From Japan: draw the postcode's boxes too, for plain cards.")
@params.printer
@click.option("--address-mode", type=pdf_file.MODES, help="label: print those addressed by hand too.")
@pass_desk
def postcards(
    desk: Desk,
    job: pdf_file.Job,
    card: str | None,
    boxes: bool,
    printer: str | None,
    address_mode: str | None,
) -> int:
    """Print addresses on postcards: the right half beneath the stamp; the left is your pen's.

    From Japan a Japanese address stands upright, with the postcode in its boxes, each name with its
    courtesy, and you at the lower left. Households addressed by hand are left out and named.
    """
    sender = desk.settings.sender
    lines = sender.lines if sender.address else ()
    size = postcard_size(desk, card)
    with pdf_file.Pages(job, _NAME) as pages, desk.changing(f"print postcards {job.whose}".strip()) as db:
        recipients, season = selection.recipients(desk, db, job)
        medium = OnPostcards(
            size=size,
            sender=lines,
            sender_abroad=lines_abroad(lines, sender.country),
            country=sender.country,
            boxes=boxes,
            printer=find_printer(db, printer, size.name, sent_to=job.to),
            address_mode=selection.mode(address_mode),
        )
        season_id = season.id if season is not None else None
        run = print_postcards(db, recipients, medium, season_id=season_id, today=desk.today)
        count = f"{output.plural(run.items, 'postcard')}  {size.name}"
        told = (count, *printers.in_use(db, printer or job.to, medium.printer))
        if run.items:
            selection.keep_numbers(desk, db, job, season, recipients)
        pages.hold(run, db)
    return pdf_file.write(job, run, desk=desk, name=_NAME, noun="postcard", lines=told, pages=pages)


def postcard_size(desk: Desk, card: str | None) -> CardSize:
    """Return the card that was said, else the country's own. Raises `UsageError` for a folded one."""
    if card is None:
        return find_size(
            "hagaki" if desk.settings.sender.country == "JP" else "postcard", page=desk.settings.page
        )
    size = find_size(card, page=desk.settings.page)
    if size.is_folded:
        raise UsageError(
            f"{size.name} is a folded card: its address stands on an envelope.",
            hint="Choose postcard-A6, postcard-6x4 or hagaki, or print envelopes.",
        )
    return size
