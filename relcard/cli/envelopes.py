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
@printing.selected
@click.option("--size", metavar="NAME", help="C6, DL, #10, A7 ...; else as the settings have it.")
@click.option("--address-mode", type=printing.MODES, help="label: print those addressed by hand too.")
@pass_desk
def envelopes(
    desk: Desk,
    who_: tuple[str, ...],
    path: str | None,
    season: str | None,
    segment: str | None,
    everybody: bool,
    as_json: bool,
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
        found, _ = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
        run = print_addresses(found, medium, address_mode=selection.mode(address_mode))
    return printing.write(path or "envelopes.pdf", run, desk=desk, noun="envelope", as_json=as_json)
