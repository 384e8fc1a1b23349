"""How a list stands, what its folder has lost, and the laptops that are no more."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.sharing import share_report
from relcard.cli.sharing.questions import ask_password
from relcard.errors import NotFoundError
from relcard.share.current import repair_list
from relcard.share.current import sharing_of
from relcard.share.whereabouts import from_text
from relcard.store.file.database import session
from relcard.store.sharing import devices
from relcard.store.sharing import ledger
from relcard.store.sharing import unsettled

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command("status", short_help="Show the laptops of the list, and what waits.")
@click.option("--code", "shows_code", is_flag=True, help="Show the code again, for another laptop.")
@params.as_json
@pass_desk
def status(desk: Desk, shows_code: bool, as_json: bool) -> int:
    """Show where the list lies, its laptops, and what of the last exchange waits and why."""
    with session(desk.store) as db:
        sharing = sharing_of(db)
        standing = share_report.Standing(
            place=from_text(sharing.place).address,
            is_plain=sharing.is_plain,
            own=sharing.own,
            code=sharing.key if shows_code else "",
            laptops=devices.every(db),
            to_send=len(ledger.unbundled(db)) + len(ledger.unsent(db)),
            conflicts=unsettled.count(db),
            report=json.loads(devices.remembered(db) or "{}"),
        )
    if as_json:
        output.say_json("laptops", standing.laptops_json(desk.today), **standing.rest_json())
    else:
        standing.say(desk.today)
    return 0


@click.command("repair", short_help="Give again what the folder has lost.")
@params.dry_run
@params.as_json
@pass_desk
def repair(desk: Desk, dry_run: bool, as_json: bool) -> int:
    """Give again what somebody tidied away in the folder, as far as this laptop has read it.

    Look first with --dry-run. Nothing of others is changed or removed.
    """
    with session(desk.store) as db:
        lost = repair_list(db, ask=ask_password, today=desk.today, dry_run=dry_run)
        names = {known.device: "this laptop" if known.is_own else known.name for known in devices.every(db)}
    if as_json:
        rows = [{"device": gap.device, "laptop": names[gap.device], "steps": gap.steps} for gap in lost]
        output.say_json("lost", rows, dry_run=dry_run)
        return 0
    if lost:
        output.say("  lost in the folder:" if dry_run else "  given again:")
    for gap in lost:
        numbers = f"bundles {gap.there.number + 1} to {gap.known.number}, {output.plural(gap.steps, 'step')}"
        output.say(f"    {output.clean(names[gap.device])}  {numbers}")
    if not lost:
        output.say("  Nothing is lost.")
    elif dry_run:
        output.say("  Nothing was written. To give it again: relcard share repair")
    return 0


@click.command("retire", short_help="Say that a laptop of the list is no more.")
@click.argument("laptop")
@pass_desk
def retire(desk: Desk, laptop: str) -> None:
    """Wait no longer for a laptop that was given away: by its name. If it comes back it is taken in again."""
    with session(desk.store) as db:
        sharing_of(db)
        meant = [
            known for known in devices.every(db) if not known.is_own and laptop in (known.name, known.device)
        ]
        if not meant:
            raise NotFoundError(
                f'No other laptop of the list is called "{laptop}".', hint="relcard share status"
            )
        for known in meant:
            devices.retire(db, known.device)
    if not desk.quiet:
        output.say(f"  {output.clean(laptop)} is retired.")
