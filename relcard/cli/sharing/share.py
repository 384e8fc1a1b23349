"""One list on two laptops: share. Its other commands have modules of their own, loaded when asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.chapters import function_of
from relcard.cli.sharing import share_report
from relcard.cli.sharing.questions import ask_password
from relcard.share.current import share_list
from relcard.store.file.database import session

if TYPE_CHECKING:
    from relcard.cli.desk import Desk

_COMMANDS = {
    "start": "begin",
    "join": "begin",
    "settle": "settle",
    "status": "look",
    "own": "own",
    "repair": "look",
    "rekey": "begin",
    "retire": "look",
    "stop": "begin",
}


class _Group(click.Group):
    """A group that loads the module of one command: an exchange that finds nothing new needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = getattr(import_module(f"relcard.cli.sharing.{_COMMANDS[cmd_name]}"), function_of(cmd_name))
        assert isinstance(command, click.Command)  # noqa: S101  the table is ours
        return command


@click.group(
    "share",
    cls=_Group,
    invoke_without_command=True,
    short_help="Keep one list on two laptops.",
)
@click.option(
    "--allow-deletes",
    "allowed",
    type=click.IntRange(0),
    metavar="N",
    default=0,
    help="So many contacts may go or change at once.",
)
@params.as_json
@click.pass_context
def share(ctx: click.Context, allowed: int, as_json: bool) -> int | None:
    """Send what is new on this laptop, and take what is new on the other.

    Both go through a folder that Syncthing, Dropbox, a NAS or the like carries, or a WebDAV folder. A list is
    begun with relcard share start and joined with relcard share join. Where both changed the same, the later
    change stands and the other is kept.
    """
    if ctx.invoked_subcommand is not None:
        return None
    desk: Desk = ctx.obj
    with session(desk.store) as db:
        exchanged = share_list(db, ask=ask_password, today=desk.today, allowed=allowed)
    if as_json:
        output.say_json("exchanges", [share_report.as_json(exchanged)])
    elif not desk.quiet:
        share_report.say(exchanged)
    return exchanged.exit_code()
