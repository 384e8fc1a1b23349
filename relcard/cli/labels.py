"""Address labels on sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import printing
from relcard.cli import selection
from relcard.cli.desk import pass_desk

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="Address labels on a sheet.")
@printing.takes_job
@click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it.")
@click.option(
    "--skip", type=click.IntRange(0), default=0, metavar="N", help="Slots of the first sheet used already."
)
@click.option("--address-mode", type=printing.MODES, help="label: print those addressed by hand too.")
@click.option("--outlines", is_flag=True, help="Draw the labels' edges, for a proof on plain paper.")
@pass_desk
def labels(
    desk: Desk,
    job: printing.Job,
    stock: str | None,
    skip: int,
    address_mode: str | None,
    outlines: bool,
) -> int:
    """Print address labels; households addressed by hand (inner, close) are left out and named."""
    from relcard.paper.stock import find_stock
    from relcard.services.print_addresses import OnLabels
    from relcard.services.print_addresses import print_addresses

    medium = OnLabels(stock=find_stock(stock or desk.settings.stock), skip=skip, outlines=outlines)
    with desk.reading() as db:
        found, _ = selection.recipients_of(desk, db, job)
        run = print_addresses(found, medium, address_mode=selection.mode(address_mode))
    return printing.write(job, run, desk=desk, name="labels.pdf", noun="label")
