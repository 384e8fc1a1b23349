"""The page of today, and the one line of it that a new shell shows.

Every new shell waits for that line: what the page needs is loaded when the page is asked for.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.reminders.marks import beside_store
from relcard.cli.reminders.marks import read_mark
from relcard.cli.reminders.marks import write_mark

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="Show what to do today.")
@click.option("--all", "whole", is_flag=True, help="All that is due, however much.")
@params.of_segment
@click.option("--shell", is_flag=True, help="One line, once a day, for the start of a shell; never an error.")
@params.as_json
@pass_desk
def today(desk: Desk, whole: bool, segment: str | None, shell: bool, as_json: bool) -> None:
    """Show the few things to do today, each with its reason: a line a house, the nearest first.

    First comes what can still be in time, then what is owed; what is more than an evening bears waits for one
    with time. The setting daily says how many lines that is. With --shell, as the last line of ~/.bashrc or
    ~/.zshrc, the day is said in one line where a first terminal is opened.
    """
    if shell:
        _say_once(desk)
        return
    from relcard.cli.reminders.upcoming import say_today  # noqa: PLC0415  50 ms that a shell does without

    say_today(desk, whole=whole, segment=segment, as_json=as_json)


def _say_once(desk: Desk) -> None:
    """Say the line of the day, if there is one, the first time on a day; whatever is wrong, a shell opens."""
    try:
        told = beside_store(desk, "told")
        if not os.path.exists(desk.store) or read_mark(told) == str(desk.today):  # noqa: PTH110
            return
        from relcard.services.reminders.digest import shell_line  # noqa: PLC0415  once a day

        write_mark(told, str(desk.today))
        with desk.reading() as db:
            line = shell_line(db, desk.standpoint)
        if line:
            output.say(output.cut(output.clean(line), output.terminal_width()))
    except Exception:  # relcard doctor says what it is
        if os.environ.get("RELCARD_DEBUG"):
            raise
