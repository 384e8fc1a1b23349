"""The full-screen pass through contacts of whom the user has not yet said how near they are."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli.desk import pass_desk
from relcard.domain.people.circle import Circle
from relcard.errors import ExtraError
from relcard.errors import UsageError
from relcard.installation import bring_extra
from relcard.services.importing.triage_queue import triage_queue
from relcard.services.importing.triage_sitting import Sitting
from relcard.store.file.database import session

if TYPE_CHECKING:
    from datetime import date

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
        sitting = Sitting(db, queue, today=desk.today)
        _show_pages(sitting, desk.today)
    if not desk.quiet:
        _tell(sitting)


def _show_pages(sitting: Sitting, today: date) -> None:
    """Show page after page until the user ends the sitting. Raises what tells why there are none."""
    try:
        from relcard.tui.triage import TriageApp  # noqa: PLC0415  an extra that may not be there
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("relcard"):
            raise
        raise ExtraError(
            f"The pages of triage need {error.name.partition('.')[0]}, which is not installed.",
            hint=f"{bring_extra('tui')}. {_IN_BULK}",
        ) from error
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("Triage is a full-screen pass, and there is no terminal here.", hint=_IN_BULK)
    if click.get_current_context().find_root().color is False:
        os.environ["NO_COLOR"] = "1"  # --no-color, in the one way the pages understand
    TriageApp(sitting, today=today).keep_to_the_end()


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
