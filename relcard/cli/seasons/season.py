"""Seasons: start, list, add, drop, close; and how far each card is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import filters
from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.filters import households_of
from relcard.cli.seasons.plan import plan
from relcard.cli.seasons.recipients import recipients_of
from relcard.cli.seasons.recipients import some_recipients
from relcard.cli.seasons.review import close
from relcard.cli.seasons.review import say_closed_itself
from relcard.cli.seasons.status import feast_json
from relcard.cli.seasons.status import feast_words
from relcard.cli.seasons.status import status
from relcard.domain.feasts import Season
from relcard.domain.feasts import find_feast
from relcard.domain.feasts import next_year
from relcard.domain.feasts import own_feasts
from relcard.domain.people.circle import Circle
from relcard.domain.seasons.season import State
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import seasons_over
from relcard.services.seasons.review_season import close_last_years
from relcard.services.seasons.start_season import add_households
from relcard.services.seasons.start_season import start_season
from relcard.settings import templates_beside
from relcard.store import seasons

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.cli.filters import Chosen
    from relcard.services.seasons.read_season import Recipient
    from relcard.services.seasons.start_season import AddedHouseholds
    from relcard.services.seasons.start_season import SeasonChoice
    from relcard.store.seasons import SeasonRow


_NAME = 26  # columns of an addressee, so that a reason has room on a line of 80


@click.group(short_help="Start and follow a round of greetings.")
def season() -> None:
    """Start and follow a round of greetings, such as christmas-2026: who gets a card, why, how far it is."""


season.add_command(plan)
season.add_command(close)
season.add_command(status)


@season.command(short_help="Start a season.")
@click.argument("name")
@click.option("--year", type=click.IntRange(1900, 9998), help="The year of the feast; else the next one.")
@params.segment
@params.dry_run
@params.as_json
@pass_desk
def start(desk: Desk, name: str, year: int | None, segment: str | None, dry_run: bool, as_json: bool) -> None:
    """Start a season: christmas, newyear, easter, hanukkah, eid-al-fitr, diwali, lunar-newyear and others.

    One of your own has its day in the settings: relcard settings set feasts.midsummer 06-24.
    Households come in by circle, past years and the no-cut clause (inner is always in), each with a reason.
    Nobody is dropped silently: who stays out is named too. With --segment only its households come in. A
    season of last year that was left open is closed.
    """
    wanted = _wanted(desk, name, year)
    typed = f"season start {wanted.name}" + (f" --segment {quoted(segment)}" if segment else "")
    with desk.changing(typed, dry_run=dry_run, begins=True) as db:
        among = None if segment is None else households_of(desk, db, segment)
        choices = start_season(db, wanted, desk.standpoint, among=among)
        here = find_season(db, wanted.name)
        closed = close_last_years(db, here, desk.standpoint)
        recipients = recipients_of(desk, db, here)
        over = [row.name for row in seasons_over(db, here)]
    if as_json:
        left_out = [_choice_json(choice) for choice in choices if not choice.included]
        output.say_json(
            "recipients",
            [as_dict(recipient) for recipient in recipients],
            feast=feast_json(wanted),
            left_out=left_out,
            closed=[old.season.name for old in closed],
        )
    elif not desk.quiet:
        _say_start(desk, wanted, recipients, choices, segment or "")
        say_closed_itself(closed)
        _say_over(over)


def _wanted(desk: Desk, name: str, year: int | None) -> Season:
    """Return the season of a name such as christmas-2026, or of a feast in a year, else its next one."""
    own = own_feasts(desk.settings.feasts)
    if year is None and name[-1:].isdigit():
        return Season.parse(name, own)
    feast = find_feast(name, own)
    return Season.of(feast, year or next_year(feast, desk.today))


def _choice_json(choice: SeasonChoice) -> output.Json:
    household = choice.household
    return {"household": f"h{household.id}", "addressee": household.addressee, "reason": choice.reason}


def _say_start(
    desk: Desk, wanted: Season, recipients: list[Recipient], choices: list[SeasonChoice], segment: str
) -> None:
    day = feast_words(wanted, desk.today)
    output.say(f"  {wanted.name}: {output.plural(len(recipients), 'household')} · {day}")
    _say_recipients(desk, recipients)
    _say_left_out(choices, segment)
    _say_wordless(desk, wanted)
    if not choices:
        output.say("  Nobody has a circle yet, so the season is empty. Take it back (relcard undo),")
        output.say(f"  say who is near, and start again: {output.accent('relcard circle close WHO...')}")
    elif not desk.settings.sender.country:
        output.say()
        output.say("  Days to post are a guess until you say where you post from:")
        output.say(f"  {output.accent('relcard settings set sender.country GB')}")


def _say_wordless(desk: Desk, wanted: Season) -> None:
    """Say when no template greets for a feast, and where the user's own would stand."""
    from relcard.templating.templates import list_templates  # noqa: PLC0415  16 ms of every `season`

    folder = Path(templates_beside(desk.store))
    if all(template.occasion != wanted.occasion for template in list_templates([folder])):
        own = folder / f"{wanted.occasion}.{desk.settings.language}.txt.j2"
        output.say()
        output.say_wrapped(f"There are no printed words for {wanted.occasion} yet. Your own: {own}")


def _say_left_out(choices: list[SeasonChoice], segment: str) -> None:
    """Name who is left out; of those outside the segment only the nearest, and how many others there are."""
    named: list[SeasonChoice] = []
    counted = 0
    for choice in choices:
        if choice.outside and choice.household.circle is not Circle.INNER:
            counted += 1
        elif not choice.included:
            named.append(choice)
    if named:
        add = (
            f"relcard season add --segment {quoted(segment)}, or WHO" if segment else "relcard season add WHO"
        )
        output.say()
        output.say(f"  left out, yours to decide: {output.accent(add)}")
        output.table(
            ("", "addressee", "reason"),
            [(f"h{choice.household.id}", choice.household.addressee, choice.reason) for choice in named],
            flexible=2,
        )
    if counted:
        households = output.plural(counted, "household")
        output.say(output.dim(f"  and {households} with a circle outside {output.clean(segment)}"))


def _say_over(names: list[str]) -> None:
    """Say how seasons are closed that are over and still open."""
    if names:
        output.say()
    for name in names:
        close_it = output.accent(f"relcard season close --season {name}")
        output.say(f"  {name} is over and still open: {close_it}")


@season.command("list", short_help="List the recipients of a season.")
@params.season
@params.as_json
@pass_desk
def list_(desk: Desk, season: str | None, as_json: bool) -> None:
    """List the recipients in the agreed order: number, state, by when to post, and why they are in.

    The number is that on label and crib.
    """
    with desk.reading() as db:
        here = find_season(db, season)
        recipients = recipients_of(desk, db, here)
    if as_json:
        output.say_json("recipients", [as_dict(recipient) for recipient in recipients], season=here.name)
        return
    output.say(f"  {here.name}{' (closed)' if here.closed_on else ''}: {_progress(recipients)}")
    _say_recipients(desk, recipients)


@season.command(short_help="Put households into a season.")
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@filters.options(before="In bulk: ")
@params.season
@pass_desk
def add(desk: Desk, who_: tuple[str, ...], chosen: Chosen, season: str | None) -> None:
    """Put households into a season: by WHO, whatever their circle, or by a segment and the filters of list.

    In bulk a circle of none stays your word.
    """
    if bool(who_) is not chosen.is_everybody:
        raise UsageError(
            "Who comes in: WHO, a segment or filters?",
            hint='For example: relcard season add "Anna Kowalska", or season add --received christmas',
        )
    whence = f"of {chosen.segment}" if chosen.segment and not chosen.options else f"by {chosen.said}"
    with desk.changing(f"season add {' '.join(who_) or chosen.said}") as db:
        here = find_season(db, season)
        ids = who.some_households(db, who_) if who_ else chosen.households(desk, db)
        added = add_households(db, here, ids, desk.standpoint, whence="" if who_ else whence)
    if desk.quiet:
        return
    if who_:
        names = output.some_names([view.addressee for view in added.views])
        output.say_wrapped(f"in {here.name}: {names}")
    else:
        _say_added(here, added, whence)
    if here.numbered and added.new:
        output.say(output.dim(f"  The numbers on paper stand; new ones follow, from {here.numbered + 1}."))


def _say_added(season: SeasonRow, added: AddedHouseholds, whence: str) -> None:
    words = f"{output.plural(len(added.new), 'household')} {output.clean(whence)}"
    before = len(added.views) - len(added.new)
    known = f", {before} {'was' if before == 1 else 'were'} in it before" if before else ""
    output.say(f"  in {season.name}: {words}{known}")
    if added.no_card:
        names = ", ".join(output.clean(view.addressee) for view in added.no_card)
        output.say(output.dim(f"  no card, as you said: {names}"))


@season.command(short_help="Take households off a season.")
@click.argument("who_", metavar="WHO...", nargs=-1, required=True)
@params.season
@pass_desk
def drop(desk: Desk, who_: tuple[str, ...], season: str | None) -> None:
    """Take households off a season; their circle stays as it is."""
    with desk.changing(f"season drop {' '.join(who_)}") as db:
        here = find_season(db, season)
        dropped = some_recipients(desk, db, here, who_)
        for recipient in dropped:
            seasons.drop_recipient(db, recipient.season_row.id)
    if not desk.quiet:
        names = output.some_names([recipient.household.addressee for recipient in dropped])
        output.say_wrapped(f"no longer in {here.name}: {names}")


def as_dict(recipient: Recipient) -> output.Json:
    """Return a recipient for scripts."""
    view = recipient.household
    return {
        "household": f"h{view.id}",
        "number": recipient.number,
        "addressee": view.addressee,
        "circle": view.circle.value if view.circle else None,
        "state": recipient.row.state if recipient.row else None,
        "reason": recipient.row.reason if recipient.row else "",
        "feast": recipient.own_feast.occasion if recipient.own_feast else None,
        "post_by": output.iso(recipient.post_by),
        "address_mode": recipient.rule.address_mode.value,
        "received_on": output.iso(recipient.row.received_on) if recipient.row else None,
    }


def _progress(recipients: list[Recipient]) -> str:
    done = sum(
        1
        for recipient in recipients
        if recipient.row and State(recipient.row.state) in (State.WRITTEN, State.POSTED, State.RETURNED)
    )
    return f"{done} of {len(recipients)} written"


def _name(addressee: str) -> str:
    """Return an addressee that leaves room for a reason on a line of 80; a longer line needs no cutting."""
    return output.cut(addressee, _NAME) if output.lines_end() and output.terminal_width() < 96 else addressee


def _say_recipients(desk: Desk, recipients: list[Recipient]) -> None:
    states = {recipient.row.state for recipient in recipients if recipient.row}
    output.table(
        ("", "", "addressee", "state", "post by", "why"),
        [
            (
                str(recipient.number),
                f"h{recipient.household.id}",
                _name(recipient.household.addressee),
                recipient.row.state if recipient.row and len(states) > 1 else "",
                output.plain_day(recipient.post_by, desk.today) if recipient.post_by else "-",
                (recipient.row.reason if recipient.row else "")
                + ("; theirs has come" if recipient.row and recipient.row.received_on else ""),
            )
            for recipient in recipients
        ],
        flexible=5,
    )
    if len(states) == 1:
        output.say(output.dim(f"  all {next(iter(states))}"))
