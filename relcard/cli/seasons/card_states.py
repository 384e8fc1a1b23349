"""How far the cards of a season are: written, posted, received, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.seasons.season import households_meant
from relcard.cli.seasons.season import recipients_of
from relcard.cli.seasons.season import some_recipients
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import awaits
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.services.seasons.move_cards import let_in
from relcard.services.seasons.move_cards import move_cards
from relcard.services.seasons.move_cards import receive_cards
from relcard.services.seasons.move_cards import return_cards
from relcard.services.seasons.move_cards import take_received_back
from relcard.services.seasons.move_cards import take_returned_back
from relcard.services.seasons.move_cards import take_state_back
from relcard.services.seasons.read_season import find_season

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


_who = click.argument("who_", metavar="[WHO...]", nargs=-1)
_line = click.option("--line", metavar="TEXT", help="What you wrote, for next year's crib; '' takes it off.")
_take_back = click.option(
    "--take-back", is_flag=True, help="It is not so: said by mistake, however long ago."
)
_all = click.option(
    "--all", "everybody", is_flag=True, help="Every card of the season that is not so far yet."
)


@click.command(short_help="Say whose cards are written.")
@_who
@_all
@_line
@_take_back
@params.season
@pass_desk
def written(
    desk: Desk, who_: tuple[str, ...], everybody: bool, line: str | None, season: str | None, take_back: bool
) -> None:
    """Say whose cards are written; with --line the crib remembers what you wrote.

    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23.
    """
    if take_back:
        _take_state_back(desk, who_, season, State.WRITTEN, plain=not everybody and line is None)
        return
    _move(desk, who_, season, State.WRITTEN, line, everybody=everybody)


@click.command(short_help="Say whose cards are posted.")
@_who
@_all
@click.option("--written", "from_written", is_flag=True, help="Every card that is written.")
@_line
@_take_back
@params.season
@pass_desk
def posted(
    desk: Desk,
    who_: tuple[str, ...],
    everybody: bool,
    from_written: bool,
    line: str | None,
    season: str | None,
    take_back: bool,
) -> None:
    """Say whose cards are posted; a posted card counts as being in touch with everyone it greets.

    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23.
    """
    if take_back:
        plain = not everybody and not from_written and line is None
        _take_state_back(desk, who_, season, State.POSTED, plain=plain)
        return
    _move(desk, who_, season, State.POSTED, line, everybody=everybody, from_written=from_written)


def _move(
    desk: Desk,
    who_: tuple[str, ...],
    name: str | None,
    to: State,
    line: str | None,
    *,
    everybody: bool,
    from_written: bool = False,
) -> None:
    bulk = "--written" if from_written else "--all" if everybody else ""
    _check_whose(to.value, who_, bulk)
    with desk.changing(f"{to.value} {' '.join(who_) or bulk}") as db:
        here = find_season(db, name)
        recipients = some_recipients(desk, db, here, who_)
        if bulk:
            recipients = [
                recipient
                for recipient in recipients
                if awaits(recipient.state, to) and (everybody or recipient.state is State.WRITTEN)
            ]
            _check_any(recipients, here, to.value)
        move_cards(db, here, recipients, to, today=desk.today, line=line)
    if not desk.quiet:
        output.say_wrapped(f"{to.value}: {_names(recipients)}")


def _take_state_back(desk: Desk, who_: tuple[str, ...], name: str | None, of: State, *, plain: bool) -> None:
    """Take one step of the cards named back."""
    _check_take_back(of.value, who_, plain=plain)
    with desk.changing(f"{of.value} --take-back {' '.join(who_)}") as db:
        here = find_season(db, name)
        recipients = some_recipients(desk, db, here, who_)
        take_state_back(db, here, recipients, of)
    if not desk.quiet:
        output.say_wrapped(f"not {of.value}: {_names(recipients)}")
        if of is State.POSTED:
            output.say(output.dim("  It counts as written; if it is not: relcard written --take-back WHO"))


def _check_take_back(command: str, who_: tuple[str, ...], *, plain: bool) -> None:
    """Raise `UsageError` unless cards are named, and nothing but named."""
    if not who_ or not plain:
        raise UsageError(
            "What is taken back is named, and nothing is said of it besides.",
            hint=f'For example: relcard {command} --take-back "Anna Kowalska", or 4 by its number',
        )


def _names(recipients: list[Recipient]) -> str:
    return output.some_names([recipient.household.addressee for recipient in recipients])


def _check_whose(command: str, who_: tuple[str, ...], bulk: str) -> None:
    """Raise `UsageError` unless the cards are named, or all are meant."""
    if who_ and bulk:
        raise UsageError(f"Name cards or say {bulk}, not both.", hint=f"Leave WHO out, or {bulk}.")
    if not who_ and not bulk:
        raise UsageError(
            f"Whose card is {command}?",
            hint=f'For example: relcard {command} "Anna Kowalska", or 1-20 by their numbers, or --all',
        )


def _check_any(recipients: list[Recipient], season: SeasonRow, command: str) -> None:
    if not recipients:
        raise NotFoundError(
            f"No card of {season.name} is still to be {command}.",
            hint="relcard season list shows how far each is.",
        )


@click.command(short_help="Record a card that came, and their line.")
@_who
@_all
@click.option("--line", metavar="TEXT", help="A line worth keeping, for next year's crib; '' takes it off.")
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day it came; else today.")
@_take_back
@params.season
@pass_desk
def received(
    desk: Desk,
    who_: tuple[str, ...],
    everybody: bool,
    line: str | None,
    on: date | None,
    season: str | None,
    take_back: bool,
) -> None:
    """Record a card that came from them; one that comes unannounced puts them into the season.

    Whose circle is none stays out of it until you put them in.
    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23.
    """
    if take_back:
        _take_received_back(desk, who_, season, plain=not everybody and line is None and on is None)
        return
    day = on or desk.today
    if day > desk.today:
        raise UsageError(f"{day} has not come yet.", hint="Say that a card came when it has come.")
    _check_whose("received", who_, "--all" if everybody else "")
    with desk.changing(f"received {' '.join(who_) or '--all'}") as db:
        here = find_season(db, season)
        recipients, outside = _received_from(desk, db, here, who_, day, line)
        receive_cards(db, here, recipients, on=day, line=line)
    if not desk.quiet:
        _say_received(recipients, outside)


def _received_from(
    desk: Desk, db: Connection, season: SeasonRow, who_: tuple[str, ...], day: date, line: str | None
) -> tuple[list[Recipient], list[HouseholdView]]:
    """Return whose card came, of nobody named all who have not written, and who stays out of the season.

    Who is named and is not in the season comes into it.
    """
    recipients = recipients_of(desk, db, season)
    if not who_:
        silent = [recipient for recipient in recipients if not recipient.season_row.received_on]
        _check_any(silent, season, "received")
        return silent, []
    ids = households_meant(db, season, recipients, who_)
    unannounced = ids.keys() - {recipient.household.id for recipient in recipients}
    outside = let_in(db, season, [*unannounced], desk.standpoint, on=day, line=line)
    recipients = recipients_of(desk, db, season)
    return [recipient for recipient in recipients if recipient.household.id in ids], outside


def _take_received_back(desk: Desk, who_: tuple[str, ...], name: str | None, *, plain: bool) -> None:
    """Forget that the cards of those named came."""
    _check_take_back("received", who_, plain=plain)
    with desk.changing(f"received --take-back {' '.join(who_)}") as db:
        here = find_season(db, name)
        recipients = recipients_of(desk, db, here)
        rows = {recipient.household.id: recipient.row for recipient in recipients}
        views = read_households(db, households_meant(db, here, recipients, who_), desk.standpoint)
        take_received_back(db, here, views, rows)
    if not desk.quiet:
        output.say_wrapped(f"not received: {output.some_names([view.addressee for view in views])}")


def _say_received(recipients: list[Recipient], outside: list[HouseholdView]) -> None:
    owed = [recipient for recipient in recipients if awaits(recipient.state, State.WRITTEN)]
    answered = [recipient for recipient in recipients if not awaits(recipient.state, State.WRITTEN)]
    if answered:
        output.say_wrapped(f"received from {_names(answered)}")
    if owed:
        yours = "yours is" if len(owed) == 1 else "yours are"
        output.say_wrapped(f"received from {_names(owed)}; {yours} still to write")
    if outside:
        names = output.some_names([view.addressee for view in outside])
        output.say_wrapped(f"received from {names}; no card from you, as you said (circle none)")
        add = " ".join(f"h{view.id}" for view in outside)
        output.say(output.dim("  To write all the same: ") + output.accent(f"relcard season add {add}"))


@click.command(short_help="Record a card that came back.")
@_who
@_all
@_take_back
@params.season
@pass_desk
def returned(desk: Desk, who_: tuple[str, ...], everybody: bool, season: str | None, take_back: bool) -> None:
    """Record a card that came back: its address is retired, kept, and no longer used.

    WHO is a name, or the number on label and crib: 4, 1-20, 1-20,23. Taken back, the card is posted and the
    address is used again.
    """
    if take_back:
        _take_returned_back(desk, who_, season, plain=not everybody)
        return
    _check_whose("returned", who_, "--all" if everybody else "")
    with desk.changing(f"returned {' '.join(who_) or '--all'}") as db:
        here = find_season(db, season)
        recipients = some_recipients(desk, db, here, who_)
        if everybody:
            recipients = [recipient for recipient in recipients if awaits(recipient.state, State.RETURNED)]
            _check_any(recipients, here, "returned")
        return_cards(db, here, recipients, today=desk.today)
    if not desk.quiet:
        retired = "the address is" if len(recipients) == 1 else "their addresses are"
        output.say_wrapped(f"returned: {_names(recipients)}; {retired} retired")
        output.say(output.dim("  relcard ask-list has words to ask for the new one."))


def _take_returned_back(desk: Desk, who_: tuple[str, ...], name: str | None, *, plain: bool) -> None:
    _check_take_back("returned", who_, plain=plain)
    with desk.changing(f"returned --take-back {' '.join(who_)}") as db:
        here = find_season(db, name)
        recipients = some_recipients(desk, db, here, who_)
        take_returned_back(db, here, recipients, desk.standpoint)
    if not desk.quiet:
        used = "the address is" if len(recipients) == 1 else "their addresses are"
        output.say_wrapped(f"not returned: {_names(recipients)}; {used} used again")
