"""The full-screen pass through contacts of whom the user has not yet said how near they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import pass_desk
from relcard.cli.full_screen import load_page
from relcard.domain.people.circle import Circle
from relcard.services.importing.triage_queue import triage_queue
from relcard.services.importing.triage_sitting import Sitting
from relcard.store.file.database import session

if TYPE_CHECKING:
    from relcard.cli.desk import Desk

_IN_BULK = "In bulk: relcard circle friend --tag choir --dry-run"


@click.command(short_help="Say of new contacts how near they are, one key each.")
@pass_desk
def triage(desk: Desk) -> None:
    """Go through the contacts without a circle, one page and one key each.

    Each answer is kept at once; stop whenever you like and go on another day. The whole sitting is one step
    for undo. Needs a terminal and the extra tui. Without them, the command circle
    does it in bulk.
    """
    with session(desk.store) as db:
        queue = triage_queue(db)
        if not queue.total:
            output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
            return
        if not queue.candidates:
            output.say(f"  Every contact has a circle, all {queue.total}. relcard list shows them.")
            return
        page = load_page("triage", what="triage", instead=_IN_BULK)
        sitting = Sitting(db, queue, today=desk.today)
        page.TriageApp(sitting, today=desk.today).keep_to_the_end()
    if not desk.quiet:
        _tell(sitting)


def _tell(sitting: Sitting) -> None:
    answered = sitting.answered
    if answered:
        each = " · ".join(f"{answered[circle]} {circle.value}" for circle in Circle if answered[circle])
        output.say(f"  {output.plural(answered.total(), 'contact')} said: {each}")
    waiting = sitting.total - sitting.said
    if waiting:
        put_off = f" ({sitting.put_off} put off)" if sitting.put_off else ""
        verb = "waits" if waiting == 1 else "wait"
        output.say(
            f"  {output.plural(waiting, 'contact')} still {verb}{put_off}   {output.accent('relcard triage')}"
        )
    else:
        output.say("  Every contact has a circle.")
    if answered:
        output.say(output.dim("  Take this sitting back with: relcard undo"))
