"""PDFs to print: cards, labels, envelopes and the crib."""

from __future__ import annotations

import click

from relcard.cli.calibration import calibration
from relcard.cli.cards import cards
from relcard.cli.crib import crib
from relcard.cli.envelopes import envelopes
from relcard.cli.guides import guides
from relcard.cli.labels import labels
from relcard.cli.proof import proof


@click.group("print", short_help="Make PDFs: cards, labels, envelopes, crib.")
def print_() -> None:
    """Make PDFs to print at 100 % ("actual size"). Before labels, look at: relcard preflight."""


for _command in (cards, labels, envelopes, crib, guides, proof, calibration):
    print_.add_command(_command)
