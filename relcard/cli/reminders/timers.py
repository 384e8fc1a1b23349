"""Reminders that come by themselves: a timer of this computer, and the digest that it shows."""

from __future__ import annotations

import os
import re
import sys
from datetime import time
from typing import TYPE_CHECKING
from typing import Any

import click

from relcard.cli import output
from relcard.cli.desk import pass_desk
from relcard.errors import FileError
from relcard.errors import UndecidedError
from relcard.notices import sending
from relcard.notices import timers
from relcard.services.reminders.digest import read_digest

if TYPE_CHECKING:
    from relcard.cli.desk import Desk

_INSTEAD = "A line in ~/.bashrc says the day in a terminal: relcard today --shell"
_WEEKLY = click.option("--weekly", is_flag=True, help="On Sundays, of the week ahead.")
_DRY_RUN = click.option("--dry-run", is_flag=True, help="Show it; nothing is done.")
_YES = click.option("--yes", is_flag=True, help="Do not ask.")


class _Clock(click.ParamType[time]):
    """A time of the day: 8:30, 18:00."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> time:
        if isinstance(value, time):
            return value
        match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value)
        if match is None:
            self.fail(f'"{output.clean(value)}" is no time of the day; write it as 8:30 or 18:00', param, ctx)
        return time(int(match[1]), int(match[2]))


@click.group(short_help="Let this computer tell of the day by itself.")
def reminders() -> None:
    """Let this computer show once a day what presses, and nothing when nothing does."""


@reminders.command(short_help="Begin to be told once a day.")
@click.option("--at", type=_Clock(), metavar="TIME", default="8:30", show_default=True, help="When.")
@_WEEKLY
@_DRY_RUN
@_YES
@pass_desk
def install(desk: Desk, at: time, weekly: bool, dry_run: bool, yes: bool) -> None:
    """Install a timer of your own account: systemd, launchd or cron, whichever this computer has.

    It is shown first, and relcard reminders remove takes it away. Once a day it shows what can still be in
    time and what concerns the inner circle, by first names, in one notice.
    """
    timer = timers.timer_for(_kind(), _command(desk, weekly=weekly), at, weekly=weekly)
    if not (dry_run or desk.settings.reminders.to or sending.shows_notices()):
        raise FileError("This computer shows no notices: notify-send is not there.", hint=_INSTEAD)
    for place, text in timers.shown(timer):
        output.say(f"  {output.dim(output.clean(place))}" if place else f"  {output.clean(text)}")
        if place:
            output.say("".join(f"    {output.clean(line)}\n" for line in text.splitlines()))
    if dry_run:
        return
    _agree(yes, "Install this", "relcard reminders install --yes")
    timers.install(timer)
    if not desk.quiet:
        when = "on Sundays" if weekly else "every day"
        output.say(f"  You will be told {when} at {at:%H:%M}. Take it away: relcard reminders remove")


@reminders.command(short_help="Take the timer away.")
@_DRY_RUN
@_YES
@pass_desk
def remove(desk: Desk, dry_run: bool, yes: bool) -> None:
    """Take away what relcard reminders install began."""
    timer = timers.timer_for(_kind(), _command(desk, weekly=False), time(), weekly=False)
    if not timers.is_installed(timer):
        output.say("  No timer is installed.")
        return
    places = [place for place, _ in timers.shown(timer) if place]
    output.say(f"  To be taken away: {output.clean(', '.join(places))}")
    if not dry_run:
        _agree(yes, "Take it away", "relcard reminders remove --yes")
        timers.remove(timer)


@reminders.command(short_help="Show the notice of the day now.")
@_WEEKLY
@_DRY_RUN
@pass_desk
def tell(desk: Desk, weekly: bool, dry_run: bool) -> None:
    """Show what presses today in one notice, as the timer does; nothing when nothing does.

    With the setting reminders.to and the extra notify it goes there instead: by mail, to ntfy and others.
    """
    kept = desk.settings.reminders
    with desk.reading() as db:
        lines = read_digest(db, desk.standpoint, weekly=weekly, whole_names=kept.names == "whole")
    if not lines:
        return
    heading = "relcard: the week ahead" if weekly else "relcard: today"
    if dry_run:
        output.say("\n".join([heading, *(f"  {output.clean(line)}" for line in lines)]))
    elif kept.to:
        sending.send(heading, lines, kept.to)
    else:
        sending.show(heading, lines)


def _kind() -> str:
    """Return what runs timers here. Raises `FileError` where nothing does."""
    kind = timers.kind_here()
    if not kind:
        raise FileError("This computer has no systemd of your own, no launchd and no cron.", hint=_INSTEAD)
    return kind


def _command(desk: Desk, *, weekly: bool) -> list[str]:
    """Return the command that a timer runs: this very relcard, on this store."""
    words = [sys.executable, "-m", "relcard", "--store", os.path.abspath(desk.store)]  # noqa: PTH100
    return [*words, "reminders", "tell", *(["--weekly"] if weekly else [])]


def _agree(yes: bool, question: str, otherwise: str) -> None:
    """Go on only when a person says yes. Raises `UndecidedError`."""
    if yes:
        return
    if sys.stdin.isatty() and sys.stderr.isatty():
        if click.confirm(f"  {question}", default=True, err=True):
            return
        raise click.Abort
    raise UndecidedError("Nothing was done: somebody must say yes.", hint=otherwise)
