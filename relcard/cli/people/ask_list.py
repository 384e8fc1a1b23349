"""Whom to ask for an address: ask-list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.people.asking import USUAL_YEARS
from relcard.domain.people.circle import Circle
from relcard.services.people.addresses import ask_for_addresses

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.services.people.addresses import Ask


@click.command("ask-list", short_help="Whom to ask for an address, with the words.")
@click.option(
    "--circle", "circles", type=params.CIRCLE, multiple=True, help="Only this circle; may be repeated."
)
@click.option(
    "--years",
    type=click.IntRange(min=1),
    default=USUAL_YEARS,
    show_default=True,
    help="An address not confirmed for longer is asked about.",
)
@params.as_json
@pass_desk
def ask_list(desk: Desk, circles: tuple[Circle, ...], years: int, as_json: bool) -> None:
    """List the households to ask for an address, nearest first, each with a message to copy.

    They have none, a card came back, the post would not find it, or nobody has confirmed it for years: an
    imported one counts from its import, one that a season's card went to from the day it was posted, and
    relcard address confirm WHO says that it is right. The message is for you to send, in your own name.
    """
    among = circles or tuple(circle for circle in Circle if circle is not Circle.NONE)
    with desk.reading() as db:
        asked = ask_for_addresses(db, among, desk.standpoint, years=years)
    if as_json:
        output.say_json("asks", [_as_dict(ask) for ask in asked])
    elif asked:
        for ask in asked:
            _say(ask)
        output.say(output.dim(f"  {output.plural(len(asked), 'household')} to ask; when an answer comes:"))
        output.say(output.dim("  relcard address confirm WHO, or relcard address add WHO --street ..."))
    else:
        output.say("  Nobody in your circles needs to be asked for an address.")


def _say(ask: Ask) -> None:
    view = ask.household
    circle = view.circle.value if view.circle else ""
    head = f"h{view.id}  {output.bold(output.clean(view.addressee))}  {output.dim(circle)}"
    output.say(f"  {head}")
    for line in (ask.reason, " · ".join(ask.reach)):
        for part in output.wrap(line, output.terminal_width() - 2) if line else ():
            output.say(output.dim(f"  {part}"))
    # From the first column, so that what is copied is the message and no more.
    output.say(f"\n{output.clean(ask.message)}\n")


def _as_dict(ask: Ask) -> output.Json:
    view = ask.household
    return {
        "household": f"h{view.id}",
        "addressee": view.addressee,
        "circle": view.circle.value if view.circle else None,
        "kind": ask.want.value,
        "reason": ask.reason,
        "known_on": output.iso(ask.known_on),
        "address_lines": list(view.address_lines),
        "language": view.language,
        "reach": list(ask.reach),
        "message": ask.message,
    }
