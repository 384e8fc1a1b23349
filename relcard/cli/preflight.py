"""Before paper: one list of what wants a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import printing
from relcard.cli import selection
from relcard.cli.desk import pass_desk

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="Check addresses and glyphs before paper.")
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@params.season
@params.segment
@click.option("--all", "everybody", is_flag=True, help="Every household with an address.")
@click.option("--stock", metavar="NAME", help="The sheet: L7160, 5160 ...; else as the settings have it.")
@params.as_json
@pass_desk
def preflight(
    desk: Desk,
    who_: tuple[str, ...],
    season: str | None,
    segment: str | None,
    everybody: bool,
    stock: str | None,
    as_json: bool,
) -> int:
    """Check every address, glyph and size before a sheet is used, as one list of what wants a look."""
    from relcard.paper.stock import find_stock
    from relcard.services.preflight import preflight as check

    with desk.reading() as db:
        found, _ = selection.recipients(desk, db, who_, season, everybody=everybody, segment=segment)
        remarks = check(found, find_stock(stock or desk.settings.stock), home=desk.settings.sender.country)
    if as_json:
        output.say_json(
            "remarks", [{"who": one.who, "reason": one.reason} for one in remarks], addresses=len(found)
        )
    else:
        output.say(f"  {_flown(len(found), len({one.who for one in remarks}))}")
        printing.say_skipped(remarks)
    return 5 if remarks else 0


def _flown(addresses: int, look: int) -> str:
    words = output.plural(addresses, "household")
    if not look:
        return f"{words}, nothing to correct"
    return f"{words} · {look} {'wants' if look == 1 else 'want'} a look; relcard edit WHO corrects an address"
