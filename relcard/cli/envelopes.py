"""Envelopes, a page each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import printing
from relcard.cli import selection
from relcard.cli.desk import pass_desk

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="Envelopes, a page each.")
@printing.takes_job
@click.option("--size", metavar="NAME", help="C6, DL, #10, A7 ...; else as the settings have it.")
@click.option("--address-mode", type=printing.MODES, help="label: print those addressed by hand too.")
@pass_desk
def envelopes(
    desk: Desk,
    job: printing.Job,
    size: str | None,
    address_mode: str | None,
) -> int:
    """Print envelopes with the return address of the settings; hand-addressed households are left out."""
    from relcard.paper.stock import find_envelope
    from relcard.services.print_addresses import OnEnvelopes
    from relcard.services.print_addresses import print_addresses

    settings = desk.settings
    medium = OnEnvelopes(envelope=find_envelope(size or settings.envelope), sender=settings.sender.lines)
    with desk.reading() as db:
        found, _ = selection.recipients_of(desk, db, job)
        run = print_addresses(found, medium, address_mode=selection.mode(address_mode))
    return printing.write(job, run, desk=desk, name="envelopes.pdf", noun="envelope")
