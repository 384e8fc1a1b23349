"""New addresses that were said on another device: page proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import UsageError
from relcard.services.seasons.proposed_addresses import drop_proposal
from relcard.services.seasons.proposed_addresses import find_proposal
from relcard.services.seasons.proposed_addresses import list_proposals
from relcard.services.seasons.proposed_addresses import take_proposal

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.services.seasons.proposed_addresses import Proposal


@click.command(short_help="New addresses from other devices, to take or drop.")
@click.option("--take", type=int, metavar="N", help="It is their address from now on.")
@click.option("--drop", type=int, metavar="N", help="Their address stays as it is.")
@click.option("--as", "line", default="", metavar="LINE", help="With --take: as it should be, in one line.")
@params.as_json
@pass_desk
def proposals(desk: Desk, take: int | None, drop: int | None, line: str, as_json: bool) -> None:
    """List the new addresses that a phone read off an envelope, and take or drop each.

    Until one is taken nothing changes. Taken, it is the address of everybody there, and the one before it is
    kept with its day; undo takes that back.
    """
    if (take is not None and drop is not None) or (line and take is None):
        raise UsageError(
            "One new address is taken or dropped at a time.",
            hint='For example: relcard page proposals --take 3 --as "7 Low Lane, Leeds LS2 8AA"',
        )
    if take is not None:
        _take(desk, take, line)
    elif drop is not None:
        _drop(desk, drop)
    else:
        _list(desk, as_json=as_json)


def _list(desk: Desk, *, as_json: bool) -> None:
    with desk.reading() as db:
        waiting = list_proposals(db, desk.standpoint)
    if as_json:
        output.say_json("proposals", [_proposal_json(each) for each in waiting])
    elif not waiting:
        output.say("  No new address waits.")
    else:
        for each in waiting:
            _say(desk, each)
        output.say(f"  Take one: {output.accent(f'relcard page proposals --take {waiting[0].proposed.id}')}")


def _say(desk: Desk, each: Proposal) -> None:
    """Say whose new address waits, from which device, and both addresses."""
    proposed, addressee = each.proposed, output.clean(each.household.addressee)
    where = f"{output.clean(proposed.device)}, {output.plain_day(proposed.said_on, desk.today)}"
    output.say(f"  {output.pad(str(proposed.id), 4)}{output.bold(addressee)}  {output.dim(where)}")
    for label, text in (
        ("now", ", ".join(each.household.address_lines) or "no address"),
        ("new", proposed.line),
    ):
        lines = output.wrap(text, output.terminal_width() - 11)
        output.say(f"      {output.dim(label)}  " + "\n           ".join(lines))


def _take(desk: Desk, number: int, line: str) -> None:
    with desk.changing(f"page proposals --take {number}") as db:
        proposal = find_proposal(db, number, desk.standpoint)
        told = take_proposal(db, proposal, desk.standpoint, line=line)
    if not desk.quiet:
        for what, words in told:
            output.say_wrapped(f"{what}: {words}")


def _drop(desk: Desk, number: int) -> None:
    with desk.changing(f"page proposals --drop {number}") as db:
        proposal = find_proposal(db, number, desk.standpoint)
        drop_proposal(db, proposal)
    if not desk.quiet:
        output.say_wrapped(
            f"dropped: {proposal.proposed.line}; {proposal.household.addressee} stays as it is"
        )


def _proposal_json(each: Proposal) -> output.Json:
    return {
        "number": each.proposed.id,
        "household": f"h{each.household.id}",
        "addressee": each.household.addressee,
        "address_lines": list(each.household.address_lines),
        "line": each.proposed.line,
        "device": each.proposed.device,
        "on": output.iso(each.proposed.said_on),
    }
