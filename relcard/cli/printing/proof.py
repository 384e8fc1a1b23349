"""A proof of labels on plain paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import pass_desk
from relcard.cli.printing import labels
from relcard.cli.printing import pdf_file
from relcard.cli.printing import printer

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="The labels on plain paper, with their edges.")
@pdf_file.takes_job
@labels.takes_sheets
@pass_desk
def proof(desk: Desk, job: pdf_file.Job, how: labels.How) -> int:
    """Print the labels with their edges on plain paper, to be held against the sheet in the light.

    What print labels would print, on the same slots; used ones are struck out. No slot is used up and
    nothing is recorded. Where words and edges lie apart, measure with: relcard print calibration.
    """
    from relcard.services.printing.print_labels import lay_out

    with desk.reading() as db:
        found, _, wanted = labels.what_is_wanted(desk, db, job, how)
        done = lay_out(db, found, wanted, proof=True)
        moved = printer.in_use(db, how.printer, wanted.printer)
    count = f"{output.plural(done.run.items, 'label')} on {output.plural(done.run.pages, 'page')}"
    said = (
        f"{count} of plain paper; no slot is used up",
        f"    Hold each page against a sheet of {output.clean(wanted.stock.name)} in the light.",
        f"    Where words and labels lie apart, measure: {output.accent('relcard print calibration')}",
        *moved,
    )
    return pdf_file.write(
        job,
        done.run,
        desk=desk,
        name="proof.pdf",
        noun="label",
        said=said,
        more={"sheets": [labels.as_dict(one, wanted.stock) for one in done.fills]},
    )
