"""Undo and history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import NotFoundError
from relcard.store import print_runs
from relcard.store.file import journal
from relcard.store.file.database import session

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.file.journal import Step

_ON_SHEETS = ("labels", "return")  # the runs that use up slots


@click.command(short_help="Take the last command back.")
@pass_desk
def undo(desk: Desk) -> None:
    """Take the last command that changed the store back, whatever it was."""
    with session(desk.store) as db:
        runs = {kind: print_runs.count(db, kind) for kind in _ON_SHEETS}
        taken = journal.undo(db)
        freed = [kind for kind in _ON_SHEETS if print_runs.count(db, kind) < runs[kind]]
    if taken is None:
        raise NotFoundError("There is nothing to take back.", hint="relcard history lists the steps.")
    if not desk.quiet:
        output.say(f"  taken back: {output.clean(taken.command)}")
        for what in taken.left:
            output.say(f"  not taken back, changed since: {output.clean(what)}")
        for kind in freed:
            output.say(f"  Its slots are free again. Do not print its PDF; run relcard print {kind} anew.")


@click.command(short_help="List the steps that undo can take back.")
@params.as_json
@pass_desk
def history(desk: Desk, as_json: bool) -> None:
    """List the commands that changed the store, newest first."""
    with desk.reading() as db:
        steps = journal.history(db)
    if as_json:
        output.say_json("steps", [_step_json(step) for step in steps])
    elif steps:
        _say_steps(desk, steps)
    else:
        output.say("  Nothing has been changed yet.")


def _step_json(step: Step) -> output.Json:
    return {
        "id": step.id,
        "command": step.command,
        "on": output.iso(step.done_on),
        "changes": step.changes,
        "undone": step.undone,
    }


def _say_steps(desk: Desk, steps: list[Step]) -> None:
    output.table(
        ("day", "command", "changes", ""),
        [
            (
                output.short_day(step.done_on, desk.today),
                step.command,
                str(step.changes),
                "taken back" if step.undone else "",
            )
            for step in steps
        ],
        flexible=1,
    )
