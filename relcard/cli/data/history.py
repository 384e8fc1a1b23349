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

_SHOWN = 12  # lines of what would go back
_ON_SHEETS = ("labels", "return")  # the runs that use up slots


@click.command(short_help="Take the last command back, or another step.")
@click.argument("step", required=False, type=click.IntRange(min=1))
@click.option("--dry-run", is_flag=True, help="Say what would go back and what would stay; change nothing.")
@pass_desk
def undo(desk: Desk, step: int | None, dry_run: bool) -> None:
    """Take the last command that changed the store back, whatever it was.

    STEP is a number of relcard history: of a step that is not the last, each value goes back that nobody
    changed since. What was changed since stays as it is and is named, with what it hangs on.
    """
    with session(desk.store) as db:
        runs = {kind: print_runs.count(db, kind) for kind in _ON_SHEETS}
        taken = journal.undo(db, step, dry_run=dry_run)
        freed = [kind for kind in _ON_SHEETS if print_runs.count(db, kind) < runs[kind]]
        known = None if taken is not None or step is None else journal.step_of(db, step)
    if taken is None:
        raise NotFoundError(_nothing(step, known), hint="relcard history lists the steps.")
    if not desk.quiet or dry_run:
        output.say(f"  {'would be taken back' if dry_run else 'taken back'}: {output.clean(taken.command)}")
        if dry_run:
            _say_back(taken)
        for what in taken.left:
            words = "would stay" if dry_run else "not taken back"
            output.say(f"  {words}, changed since: {output.clean(what)}")
        for kind in freed:
            output.say(f"  Its slots are free again. Do not print its PDF; run relcard print {kind} anew.")


def _nothing(number: int | None, known: Step | None) -> str:
    if number is None:
        return "There is nothing to take back."
    if known is None:
        return f"There is no step {number} in the history."
    return f'Step {number}, "{output.clean(known.command)}", was taken back already.'


def _say_back(taken: Step) -> None:
    """Say what would go back; of much the first lines."""
    for what in taken.back[:_SHOWN]:
        output.say(f"    {output.clean(what)}")
    if len(taken.back) > _SHOWN:
        output.say(f"    and more, {output.plural(taken.changes, 'change')} in all")


@click.command(short_help="List the steps that undo can take back.")
@params.as_json
@pass_desk
def history(desk: Desk, as_json: bool) -> None:
    """List the commands that changed the store, newest first, each with its number for relcard undo.

    A device of relcard page is named beside its steps. What was taken back keeps its place.
    """
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
        "device": step.device,
    }


def _say_steps(desk: Desk, steps: list[Step]) -> None:
    devices = ("device",) if any(step.device for step in steps) else ()
    output.table(
        ("step", "day", "command", "changes", *devices, ""),
        [
            (
                str(step.id),
                output.short_day(step.done_on, desk.today),
                step.command,
                str(step.changes),
                *((step.device,) if devices else ()),
                "taken back" if step.undone else "",
            )
            for step in steps
        ],
        flexible=2,
    )
