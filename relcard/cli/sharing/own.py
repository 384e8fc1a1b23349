"""What of the own book travels in a shared list: said at its beginning, and anew later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.sharing.questions import is_terminal
from relcard.cli.unsettled import say_unsettled
from relcard.domain.sharing.travelling import OWN_KINDS
from relcard.errors import UsageError
from relcard.share.current import sharing_of
from relcard.store.file.database import session
from relcard.store.sharing import unsettled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.store.sharing.choosing import Chosen

KINDS_HELP = f"{', '.join(OWN_KINDS)}; or all, or none"
_KINDS = {
    "circles": "how near you say that each one is",
    "cadence": "how often you want to be in touch",
    "facts": "what you know of them",
    "notes": "what you noted",
    "gifts": "given, got and meant",
    "visits": "visits, calls and messages",
    "segments": "your filters with a name",
    "dismissals": "which reminders are done or put off",
}


@click.command("own", short_help="Say what of your own book travels.")
@click.argument("kinds", nargs=-1)
@params.as_json
@pass_desk
def own(desk: Desk, kinds: tuple[str, ...], as_json: bool) -> int:
    """Say what of your own book travels from now on: all of these KINDS, and no others; without any, show it.

    KINDS are circles, cadence, facts, notes, gifts, visits, segments and dismissals; or all, or none. What
    stands of a new kind goes to the other laptop. What it has of a kind you take back stays there, and
    nothing more of it goes.
    """
    chosen: Chosen | None = None
    with session(desk.store) as db:
        travel: Sequence[str] = sharing_of(db).own
        if kinds:
            from relcard.store.sharing.choosing import choose_own  # noqa: PLC0415  100 ms, to show needs none

            if not any(map(str.strip, kinds)):
                raise UsageError("Which kinds?", hint="relcard share own notes visits; none takes all back")
            travel = kinds_of(",".join(kinds))
            chosen = choose_own(db, travel, today=desk.today)
        differing = unsettled.count(db)
    if as_json:
        output.say_json("kinds", _rows(travel, chosen))
    elif not desk.quiet:
        _say(travel, chosen)
        say_unsettled(differing if chosen else 0)
    return 0


def kinds_of(said: str | None) -> tuple[str, ...]:
    """Return which kinds of the own book travel: as said, or asked on a terminal; none otherwise.

    Raises `UsageError` for a word that is no kind.
    """
    if said is not None:
        return _read(said)
    if not is_terminal():
        return ()
    output.say(
        "  Names, addresses, households, years, seasons and drafts travel. Of your own book, if you say so:",
        err=True,
    )
    for kind in OWN_KINDS:
        output.say(f"    {kind:<12}{_KINDS.get(kind, '')}", err=True)
    while True:
        said = click.prompt(
            "  Which? With commas, or all; Enter for none", default="", show_default=False, err=True
        )
        try:
            return _read(said)
        except UsageError as error:
            output.say(f"  {error.message} {error.hint}", err=True)


def _read(said: str) -> tuple[str, ...]:
    kinds = [kind.strip().lower() for kind in said.split(",")]
    unknown = next((kind for kind in kinds if kind not in (*OWN_KINDS, "all", "none", "")), None)
    if unknown is not None:
        raise UsageError(
            f'"{unknown}" is no kind of the own book.', hint=f"There are {', '.join(OWN_KINDS)}; all or none."
        )
    return OWN_KINDS if "all" in kinds else tuple(kind for kind in OWN_KINDS if kind in kinds)


def _rows(travel: Sequence[str], chosen: Chosen | None) -> list[output.Json]:
    came, stays = (chosen.came, chosen.stays) if chosen else ({}, {})
    return [
        {"kind": kind, "travels": kind in travel, "came": came.get(kind, 0), "stays": stays.get(kind, 0)}
        for kind in OWN_KINDS
    ]


def _say(travel: Sequence[str], chosen: Chosen | None) -> None:
    """Print what travels, and what goes out or stays where it is by what was just said."""
    output.say_wrapped(f"Of your own book travel: {', '.join(travel) or 'nothing'}.")
    for kind, number in chosen.came.items() if chosen else ():
        if number:
            output.say(
                f"  {kind}: {output.plural(number, 'row goes', 'rows go')} out with the next relcard share"
            )
    for kind, number in chosen.stays.items() if chosen else ():
        sent = f"what was sent of it ({output.plural(number, 'row')}) stays there; " if number else ""
        output.say_wrapped(f"{kind}: {sent}nothing more goes out")
