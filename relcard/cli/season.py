"""Seasons: start, list, add, drop, close; and how far each card is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.feasts import find_feast
from relcard.domain.feasts import next_year
from relcard.domain.season import Season
from relcard.domain.season import State
from relcard.domain.season import move
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.read_season import find_season
from relcard.services.read_season import read_season
from relcard.store import relationships
from relcard.store import seasons

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.services.read_season import Recipient
    from relcard.services.start_season import Choice
    from relcard.store.database import Connection
    from relcard.store.seasons import SeasonRow


_NAME = 26  # columns of an addressee, so that a reason has room on a line of 80


def recipients_of(desk: Desk, db: Connection, season: SeasonRow) -> list[Recipient]:
    """Return the recipients of a season in writing order, with the user's settings."""
    settings = desk.settings
    return read_season(
        db,
        season,
        rules=settings.circles,
        table=settings.posting,
        today=desk.today,
        home=settings.sender.country,
        language=settings.language,
    )


@click.group(short_help="Start and follow a round of greetings.")
def season() -> None:
    """Start and follow a round of greetings, such as christmas-2026: who gets a card, why, how far it is."""


@season.command(short_help="Start a season.")
@click.argument("name")
@click.option("--year", type=click.IntRange(1900, 9998), help="The year of the feast; else the next one.")
@params.dry_run
@params.as_json
@pass_desk
def start(desk: Desk, name: str, year: int | None, dry_run: bool, as_json: bool) -> None:
    """Start a season: christmas, newyear, season or easter.

    Households come in by circle, past years and the no-cut clause (inner is always in), each with a reason.
    Nobody is dropped silently: who stays out is named too.
    """
    from relcard.services.start_season import start_season

    if "-" in name and year is None:
        wanted = Season.parse(name)
    else:
        feast = find_feast(name)
        wanted = Season(feast.name, year or next_year(feast, desk.today))
    settings = desk.settings
    with desk.changing(f"season start {wanted.name}", dry_run=dry_run, begins=True) as db:
        choices = start_season(
            db,
            wanted,
            rules=settings.circles,
            today=desk.today,
            home=settings.sender.country,
            language=settings.language,
        )
        recipients = recipients_of(desk, db, find_season(db, wanted.name))
    if as_json:
        output.say_json(
            "recipients",
            [as_dict(one) for one in recipients],
            left_out=[
                {
                    "household": f"h{one.household.id}",
                    "addressee": one.household.addressee,
                    "reason": one.reason,
                }
                for one in choices
                if not one.included
            ],
        )
        return
    _say_start(desk, wanted, recipients, choices)


def _say_start(desk: Desk, wanted: Season, recipients: list[Recipient], choices: list[Choice]) -> None:
    if desk.quiet:
        return
    output.say(f"  {wanted.name}: {output.plural(len(recipients), 'household')}")
    _say_recipients(desk, recipients)
    left_out = [one for one in choices if not one.included]
    if left_out:
        output.say()
        output.say(f"  left out, yours to decide: {output.accent('relcard season add WHO')}")
        output.table(
            ("", "addressee", "reason"),
            [(f"h{one.household.id}", one.household.addressee, one.reason) for one in left_out],
            flexible=2,
        )
    if not choices:
        output.say("  Nobody has a circle yet, so the season is empty. Take it back (relcard undo),")
        output.say(f"  say who is near, and start again: {output.accent('relcard circle close WHO...')}")
    elif not desk.settings.sender.country:
        output.say()
        output.say("  Days to post are a guess until you say where you post from:")
        output.say(f"  {output.accent('relcard settings set sender.country GB')}")


@season.command("list", short_help="List the recipients of a season.")
@params.season
@params.as_json
@pass_desk
def list_(desk: Desk, season: str | None, as_json: bool) -> None:
    """List the recipients in writing order: state, by when to post, and why they are in."""
    with desk.reading() as db:
        here = find_season(db, season)
        recipients = recipients_of(desk, db, here)
    if as_json:
        output.say_json("recipients", [as_dict(one) for one in recipients], season=here.name)
        return
    output.say(f"  {here.name}{' (closed)' if here.closed_on else ''}: {_progress(recipients)}")
    _say_recipients(desk, recipients)


@season.command(short_help="Say how far a season is.")
@params.season
@params.as_json
@pass_desk
def status(desk: Desk, season: str | None, as_json: bool) -> None:
    """Say how many cards are planned, written and posted."""
    with desk.reading() as db:
        here = find_season(db, season)
        recipients = recipients_of(desk, db, here)
    counts = {
        state.value: sum(1 for one in recipients if one.row and one.row.state == state.value)
        for state in State
    }
    received = sum(1 for one in recipients if one.row and one.row.received_on)
    if as_json:
        output.say_json("states", {**counts, "received": received}, season=here.name)
        return
    output.say(f"  {here.name}: {_progress(recipients)}, {output.plural(received, 'card')} received")


@season.command(short_help="Put households into a season.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@params.season
@pass_desk
def add(desk: Desk, who_: tuple[str, ...], season: str | None) -> None:
    """Put households into a season, whatever their circle."""
    with desk.changing(f"season add {' '.join(who_)}") as db:
        here = find_season(db, season)
        ids = who.some_households(db, who_)
        for one in ids:
            seasons.add_recipient(db, here.id, one, "you added them")
        added = [one for one in recipients_of(desk, db, here) if one.household.id in ids]
    if not desk.quiet:
        output.say(f"  in {here.name}: {', '.join(output.clean(one.household.addressee) for one in added)}")


@season.command(short_help="Take households off a season.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@params.season
@pass_desk
def drop(desk: Desk, who_: tuple[str, ...], season: str | None) -> None:
    """Take households off a season; their circle stays as it is."""
    with desk.changing(f"season drop {' '.join(who_)}") as db:
        here = find_season(db, season)
        dropped = some_recipients(desk, db, here, who_)
        for one in dropped:
            assert one.row is not None  # noqa: S101  recipients of a season have a row
            seasons.drop_recipient(db, one.row.id)
    if not desk.quiet:
        names = ", ".join(output.clean(one.household.addressee) for one in dropped)
        output.say(f"  no longer in {here.name}: {names}")


@season.command(short_help="End a season.")
@params.season
@pass_desk
def close(desk: Desk, season: str | None) -> None:
    """End a season; its history stays and tells next year's."""
    with desk.changing("season close") as db:
        here = find_season(db, season)
        seasons.close(db, here.id, today=desk.today)
    if not desk.quiet:
        output.say(f"  {here.name} is closed")


def some_recipients(desk: Desk, db: Connection, season: SeasonRow, who_: tuple[str, ...]) -> list[Recipient]:
    """Return the recipients of a season meant by WHO, or all of them without WHO, in writing order."""
    recipients = recipients_of(desk, db, season)
    if not who_:
        return recipients
    ids = who.some_households(db, who_)
    known = {one.household.id for one in recipients}
    for words, one in zip(who_, ids, strict=False):
        if one not in known:
            raise NotFoundError(
                f"'{words}' is not in {season.name}.",
                hint=f"Put them in: relcard season add {_quoted(words)}",
            )
    return [one for one in recipients if one.household.id in ids]


def _quoted(words: str) -> str:
    return f'"{words}"' if " " in words else words


def as_dict(one: Recipient) -> output.Json:
    """Return a recipient for scripts."""
    view = one.household
    return {
        "household": f"h{view.id}",
        "addressee": view.addressee,
        "circle": view.circle.value if view.circle else None,
        "state": one.row.state if one.row else None,
        "reason": one.row.reason if one.row else "",
        "post_by": output.iso(one.post_by),
        "address_mode": one.rule.address_mode.value,
        "received_on": output.iso(one.row.received_on) if one.row else None,
    }


def _progress(recipients: list[Recipient]) -> str:
    done = sum(
        1
        for one in recipients
        if one.row and State(one.row.state) in (State.WRITTEN, State.POSTED, State.RETURNED)
    )
    return f"{done} of {len(recipients)} written"


def _name(addressee: str) -> str:
    """Return an addressee that leaves room for a reason on a line of 80; a longer line needs no cutting."""
    return output.cut(addressee, _NAME) if output.lines_end() and output.terminal_width() < 96 else addressee


def _say_recipients(desk: Desk, recipients: list[Recipient]) -> None:
    states = {one.row.state for one in recipients if one.row}
    output.table(
        ("", "addressee", "state", "post by", "why"),
        [
            (
                f"h{one.household.id}",
                _name(one.household.addressee),
                one.row.state if one.row and len(states) > 1 else "",
                output.plain_day(one.post_by, desk.today) if one.post_by else "-",
                (one.row.reason if one.row else "")
                + ("; theirs has come" if one.row and one.row.received_on else ""),
            )
            for one in recipients
        ],
        flexible=4,
    )
    if len(states) == 1:
        output.say(output.dim(f"  all {next(iter(states))}"))


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
        found = some_recipients(desk, db, here, who_)
        for one in found:
            assert one.row is not None  # noqa: S101  recipients of a season have a row
            seasons.set_state(db, one.row.id, move(State(one.row.state), to).value)
            log_card(db, one, here, relationships.TO_THEM, desk.today, line)
    if not desk.quiet:
        output.say(f"  {to.value}: {', '.join(output.clean(one.household.addressee) for one in found)}")


def log_card(db: Connection, one: Recipient, season: SeasonRow, direction: str, day: date, line: str) -> None:
    """Record the card once for each living member: a later step moves its day and may add the line."""
    for member in one.household.living:
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
        for one in ids:
            seasons.add_recipient(db, here.id, one, "their card came")
        found = [one for one in recipients_of(desk, db, here) if one.household.id in ids]
        for one_of in found:
            assert one_of.row is not None  # noqa: S101  recipients of a season have a row
            seasons.set_received(db, one_of.row.id, day)
            log_card(db, one_of, here, relationships.FROM_THEM, day, line)
    if not desk.quiet:
        for one_of in found:
            owed = one_of.row is not None and State(one_of.row.state) in (
                State.PLANNED,
                State.DRAFTED,
                State.PRINTED,
            )
            name = output.clean(one_of.household.addressee)
            output.say(f"  received from {name}" + ("; yours is still to write" if owed else ""))


@click.command(short_help="Record a card that came back.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@params.season
@pass_desk
def returned(desk: Desk, who_: tuple[str, ...], season: str | None) -> None:
    """Record a card that came back: its address is retired, kept, and no longer used."""
    with desk.changing(f"returned {' '.join(who_)}") as db:
        here = find_season(db, season)
        found = some_recipients(desk, db, here, who_)
        for one in found:
            assert one.row is not None  # noqa: S101  recipients of a season have a row
            state = State(one.row.state)
            if state not in (State.POSTED, State.RETURNED):
                raise UsageError(
                    f"The card to {one.household.addressee} is {state.value}: it has not been posted.",
                    hint=f"First say that it went: relcard posted h{one.household.id}",
                )
            seasons.set_state(db, one.row.id, move(state, State.RETURNED).value)
            members = [member.contact_id for member in one.household.members]
            if one.household.address is None:
                raise UsageError(
                    f"{one.household.addressee} has no address a card could come back from.",
                    hint="relcard season list shows how far each card is.",
                )
            seasons.retire_addresses(db, members, today=desk.today)
            place = ", ".join(one.household.address_lines)
            relationships.add_note(
                db, members[0], f"the card of {here.name} came back from {place}", on=desk.today
            )
    if not desk.quiet:
        for one in found:
            output.say(f"  returned: {output.clean(one.household.addressee)}; the address is retired")
        output.say(output.dim("  A newer card of theirs, imported, brings the new address."))
