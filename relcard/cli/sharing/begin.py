"""A list begun, joined, begun anew with another key, and left."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.sharing import share_report
from relcard.cli.sharing.own import KINDS_HELP
from relcard.cli.sharing.own import kinds_of
from relcard.cli.sharing.questions import ask_code
from relcard.cli.sharing.questions import ask_password
from relcard.cli.sharing.questions import is_terminal
from relcard.errors import UndecidedError
from relcard.share.current import sharing_of
from relcard.share.lists import Laptop
from relcard.share.lists import OwnPeopleError
from relcard.share.lists import begin_anew
from relcard.share.lists import join_list
from relcard.share.lists import start_list
from relcard.share.whereabouts import where
from relcard.store.file.database import session
from relcard.store.sharing import ledger

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.share.codes import Code
    from relcard.share.lists import Joined


def _place_options(command: params.Command) -> params.Command:
    """Add what says how a server is asked."""
    for option in (
        click.option(
            "--password-command",
            metavar="CMD",
            default="",
            help="Prints the password of a server; else you are asked.",
        ),
        click.option("--user", metavar="NAME", default="", help="Your name on a server."),
    ):
        command = option(command)
    return command


_NAME = click.option(
    "--name", metavar="NAME", default="", help="Of this laptop, as the other's history calls it."
)
_WITH = click.option(
    "--with",
    "kinds",
    metavar="KINDS",
    default=None,
    help=f"What of your own book travels too: {KINDS_HELP}.",
)


@click.command("start", short_help="Begin a list in a folder you both have.")
@click.argument("place")
@_NAME
@_WITH
@click.option("--plain", is_flag=True, help="Seal nothing: for a folder of your own, on a disk of your own.")
@_place_options
@params.as_json
@pass_desk
def start(
    desk: Desk,
    place: str,
    name: str,
    kinds: str | None,
    plain: bool,
    user: str,
    password_command: str,
    as_json: bool,
) -> int:
    """Put this list into a folder, and show the code with which the other laptop joins.

    PLACE is a folder, or the https address of a WebDAV folder. Names, addresses, households, years, seasons
    and drafts travel; of your own book only the kinds you say.
    """
    at = where(place, user=user, password_command=password_command)
    laptop = Laptop(name or _own_name(), kinds_of(kinds))
    code, exchanged = start_list(desk.store, at, laptop, is_plain=plain, ask=ask_password, today=desk.today)
    _say_code(code, at.address, user, as_json=as_json)
    return exchanged.exit_code()


@click.command("join", short_help="Take part in a list that another laptop began.")
@click.argument("place")
@click.option("--code", default="", help="As the other laptop showed it; else you are asked.")
@_NAME
@_WITH
@click.option(
    "--put-aside",
    is_flag=True,
    help="Keep the people who are here as a backup and as vCards, and begin empty.",
)
@_place_options
@params.as_json
@pass_desk
def join(
    desk: Desk,
    place: str,
    code: str,
    name: str,
    kinds: str | None,
    put_aside: bool,
    user: str,
    password_command: str,
    as_json: bool,
) -> int:
    """Take the list of another laptop from a folder you both have.

    A store with people of its own is asked first: two lists are never blended. With --put-aside they are
    kept, and relcard import takes in from there whom you want. Where you shared with each other before, your
    own book of the same people is brought back.
    """
    at = where(place, user=user, password_command=password_command)
    laptop = Laptop(name or _own_name(), kinds_of(kinds))
    join_it = partial(
        join_list, desk.store, at, laptop, code or ask_code(), ask=ask_password, today=desk.today
    )
    try:
        joined = join_it(puts_aside=put_aside)
    except OwnPeopleError as error:
        if not (is_terminal() and click.confirm(f"  {error.message} Put them aside?", err=True)):
            raise
        joined = join_it(puts_aside=True)
    cards = str(joined.cards) if joined.cards else None
    if as_json:
        aside = str(joined.set_aside) if joined.set_aside else None
        more = {
            "set_aside": aside,
            "cards": cards,
            "own_book": joined.brought.rows,
            "own_book_left": joined.brought.left,
        }
        output.say_json("exchanges", [{**share_report.as_json(joined.exchanged), **more}])
    elif not desk.quiet:
        share_report.say(joined.exchanged)
        if cards:
            _say_brought(joined)
            output.say(f"  Who was here before: {output.accent(f'relcard import {output.clean(cards)}')}")
    return joined.exchanged.exit_code()


def _say_brought(joined: Joined) -> None:
    """Say of the own book that was put aside what is back, and what is not."""
    brought = joined.brought
    if brought.rows:
        rows = output.plural(brought.rows, "row")
        output.say_wrapped(f"Your own book of those who are in the list is back: {rows}.")
    if brought.left:
        rows = output.plural(brought.left, "row stays", "rows stay")
        output.say_wrapped(f"Of those who are not in it, {rows} in {output.clean(str(joined.set_aside))}.")
        if joined.exchanged.remarks or joined.exchanged.waiting:
            output.say_wrapped("The list has not all come: once it has, restore that file and join again.")


@click.command("rekey", short_help="Begin a new list with a new key, in another folder.")
@click.argument("place")
@_place_options
@params.as_json
@pass_desk
def rekey(desk: Desk, place: str, user: str, password_command: str, as_json: bool) -> int:
    """Leave the list and begin a new one in another folder: after a laptop was lost, or a code got about.

    Share once more on both laptops first. The other one then leaves the old list with relcard share stop and
    joins with the new code.
    """
    at = where(place, user=user, password_command=password_command)
    with session(desk.store) as db:
        code, exchanged = begin_anew(db, at, ask=ask_password, today=desk.today)
    _say_code(code, at.address, user, as_json=as_json)
    return exchanged.exit_code()


@click.command("stop", short_help="Leave the list; everything stays on this laptop.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@pass_desk
def stop(desk: Desk, yes: bool) -> None:
    """Share the list no more. Everything stays here, and in the folder what was put there."""
    with session(desk.store) as db:
        sharing_of(db)
        if not yes and not (is_terminal() and click.confirm("  Share this list no more?", err=True)):
            raise UndecidedError("Nothing was done: somebody must say yes.", hint="relcard share stop --yes")
        ledger.end(db)
    if not desk.quiet:
        output.say("  This laptop shares no list any more; everything that was in it is here.")


def _own_name() -> str:
    import platform  # noqa: PLC0415  3 ms, where a laptop has no name yet

    return platform.node().partition(".")[0] or "a laptop"


def _say_code(code: Code, address: str, user: str, *, as_json: bool) -> None:
    if as_json:
        output.say_json(
            "lists", [{"place": address, "code": code.text, "is_plain": not code.key}], code=code.text
        )
        return
    share_report.say_code(code, address, user)
