"""A proof of labels on plain paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import pass_desk
from relcard.cli.printing import labels
from relcard.cli.printing import pdf_file
from relcard.cli.printing import printer
from relcard.services.printing.print_addresses import lay_out_labels

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.printing.stock import Stock
    from relcard.services.printing.print_run import PrintRun


@click.command(short_help="The labels on plain paper, with their edges.")
@pdf_file.takes_job
@labels.takes_labels_wish
@pass_desk
def proof(desk: Desk, job: pdf_file.Job, wish: labels.LabelsWish) -> int:
    """Print the labels with their edges on plain paper, to be held against the sheet in the light.

    What print labels would print, on the same slots; used ones are struck out. No slot is used up and
    nothing is recorded. Where words and edges lie apart, measure with: relcard print calibration.
    """
    with desk.reading() as db:
        recipients, _, medium = labels.read_wishes(desk, db, job, wish)
        laid_out = lay_out_labels(db, recipients, medium, proof=True)
        moved = printer.in_use(db, wish.printer or job.to, medium.printer)
    lines = (*_in_words(laid_out.run, medium.stock), *moved)
    sheets = labels.sheets_as_json(laid_out, medium.stock)
    return pdf_file.write(
        job, laid_out.run, desk=desk, name="proof.pdf", noun="label", lines=lines, more=sheets
    )


def _in_words(run: PrintRun, stock: Stock) -> tuple[str, ...]:
    """Say what the proof is, how it is held against a sheet, and what to do where it does not fit."""
    count = f"{output.plural(run.items, 'label')} on {output.plural(run.pages, 'page')}"
    return (
        f"{count} of plain paper; no slot is used up",
        f"    Hold each page against a sheet of {output.clean(stock.name)} in the light.",
        f"    Where words and labels lie apart, measure: {output.accent('relcard print calibration')}",
    )
