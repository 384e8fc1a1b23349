"""How far the cards of a season are: written, posted, received, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.seasons.season import recipients_of
from relcard.cli.seasons.season import some_recipients
from relcard.domain.people.letterbox import letterbox
from relcard.domain.seasons.season import State
from relcard.domain.seasons.season import move
from relcard.errors import UsageError
from relcard.services.seasons.read_season import find_season
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.services.seasons.read_season import Recipient
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


@click.command(short_help="Say whose cards are written.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@click.option("--line", metavar="TEXT", default="", help="What you wrote, for next year's crib.")
@params.season
@pass_desk
def written(desk: Desk, who_: tuple[str, ...], line: str, season: str | None) -> None:
    """Say whose cards are written; with --line the crib remembers what you wrote."""
    _move(desk, who_, season, State.WRITTEN, line)


@click.command(short_help="Say whose cards are posted.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@click.option("--line", metavar="TEXT", default="", help="What you wrote, for next year's crib.")
@params.season
@pass_desk
def posted(desk: Desk, who_: tuple[str, ...], line: str, season: str | None) -> None:
    """Say whose cards are posted; a posted card counts as being in touch with everyone it greets."""
    _move(desk, who_, season, State.POSTED, line)


def _move(desk: Desk, who_: tuple[str, ...], name: str | None, to: State, line: str) -> None:
    with desk.changing(f"{to.value} {' '.join(who_)}") as db:
        here = find_season(db, name)
        recipients = some_recipients(desk, db, here, who_)
        for recipient in recipients:
            assert recipient.row is not None  # noqa: S101  recipients of a season have a row
            seasons.set_state(db, recipient.row.id, move(State(recipient.row.state), to).value)
            log_card(db, recipient, here, relationships.TO_THEM, desk.today, line)
    if not desk.quiet:
        addressees = ", ".join(output.clean(recipient.household.addressee) for recipient in recipients)
        output.say(f"  {to.value}: {addressees}")


def log_card(
    db: Connection, recipient: Recipient, season: SeasonRow, direction: str, day: date, line: str
) -> None:
    """Record the card once for each living member: a later step moves its day and may add the line."""
    for member in recipient.household.living:
        relationships.put_season_card(
            db, member.contact_id, season_id=season.id, direction=direction, on=day, text=line
        )


@click.command(short_help="Record a card that came, and their line.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@click.option(
    "--line", metavar="TEXT", default="", help="A line worth keeping: it stands on next year's crib."
)
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day it came; else today.")
@params.season
@pass_desk
def received(desk: Desk, who_: tuple[str, ...], line: str, on: date | None, season: str | None) -> None:
    """Record a card that came from them; one that comes unannounced puts them into the season."""
    day = on or desk.today
    with desk.changing(f"received {' '.join(who_)}") as db:
        here = find_season(db, season)
        ids = who.some_households(db, who_)
        for household_id in ids:
            seasons.add_recipient(db, here.id, household_id, "their card came")
        recipients = [
            recipient for recipient in recipients_of(desk, db, here) if recipient.household.id in ids
        ]
        for recipient in recipients:
            assert recipient.row is not None  # noqa: S101  recipients of a season have a row
            seasons.set_received(db, recipient.row.id, day)
            log_card(db, recipient, here, relationships.FROM_THEM, day, line)
    if not desk.quiet:
        for recipient in recipients:
            owed = recipient.row is not None and State(recipient.row.state) in (
                State.PLANNED,
                State.DRAFTED,
                State.PRINTED,
            )
            name = output.clean(recipient.household.addressee)
            output.say(f"  received from {name}" + ("; yours is still to write" if owed else ""))


@click.command(short_help="Record a card that came back.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@params.season
@pass_desk
def returned(desk: Desk, who_: tuple[str, ...], season: str | None) -> None:
    """Record a card that came back: its address is retired, kept, and no longer used."""
    with desk.changing(f"returned {' '.join(who_)}") as db:
        here = find_season(db, season)
        recipients = some_recipients(desk, db, here, who_)
        for recipient in recipients:
            assert recipient.row is not None  # noqa: S101  recipients of a season have a row
            state = State(recipient.row.state)
            if state not in (State.POSTED, State.RETURNED):
                raise UsageError(
                    f"The card to {recipient.household.addressee} is {state.value}: it has not been posted.",
                    hint=f"First say that it went: relcard posted h{recipient.household.id}",
                )
            seasons.set_state(db, recipient.row.id, move(state, State.RETURNED).value)
            members = [member.contact_id for member in recipient.household.members]
            if recipient.household.address is None:
                raise UsageError(
                    f"{recipient.household.addressee} has no address a card could come back from.",
                    hint="relcard season list shows how far each card is.",
                )
            # A summer house stays in use when a card came back from the home.
            seasons.retire_addresses(
                db, members, today=desk.today, letterbox=letterbox(recipient.household.address)
            )
            place = ", ".join(recipient.household.address_lines)
            relationships.add_note(
                db, members[0], f"the card of {here.name} came back from {place}", on=desk.today
            )
    if not desk.quiet:
        for recipient in recipients:
            output.say(f"  returned: {output.clean(recipient.household.addressee)}; the address is retired")
        output.say(output.dim("  relcard ask-list has words to ask for the new one."))
