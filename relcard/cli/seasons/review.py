"""A season looked back on, and its end: review, season close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import seasons_over
from relcard.services.seasons.review_season import SILENT_YEARS
from relcard.services.seasons.review_season import close_season
from relcard.services.seasons.review_season import review_season

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.services.seasons.review_season import Home
    from relcard.services.seasons.review_season import Review
    from relcard.store.file.database import Connection
    from relcard.store.seasons import SeasonRow


@click.command(short_help="Look back on a season.")
@params.season
@params.as_json
@pass_desk
def review(desk: Desk, season: str | None, as_json: bool) -> None:
    """Look back on a season: sent, came, came back, who is new or silent, whom you owe an answer.

    Without --season it is the open one, else the latest. The lines on their cards stand below; relcard years
    --by silence has everybody's years.
    """
    with desk.reading() as db:
        looked_back = review_season(db, find_season(db, season, closed_too=True), desk.standpoint)
    if as_json:
        _say_json(looked_back)
    else:
        _say(looked_back, desk.today)


@click.command(short_help="End a season, and say what it kept.")
@params.season
@params.as_json
@pass_desk
def close(desk: Desk, season: str | None, as_json: bool) -> None:
    """End a season and say what it kept; its history stays and tells next year's.

    Cards still unwritten are then no longer asked for; an answer that is owed is. One of last year left open
    closes itself when the next one starts.
    """
    with desk.changing("season close") as db:
        kept = close_season(db, _meant(db, season), desk.standpoint)
    if as_json:
        _say_json(kept)
    elif not desk.quiet:
        _say_closed(kept)


def _meant(db: Connection, name: str | None) -> SeasonRow:
    """Return the season to close; without a name there must be one alone."""
    here = find_season(db, name)
    if here.closed_on is not None:
        raise UsageError(
            f"{here.name} is closed already, since {here.closed_on}.",
            hint=f"Look back: relcard review --season {here.name}",
        )
    over = [] if name else seasons_over(db, here)
    if over:
        raise UndecidedError(
            f"{1 + len(over)} seasons are open.",
            candidates=(here.name, *(row.name for row in over)),
            hint=f"Say which: relcard season close --season {over[0].name}",
        )
    return here


def say_closed_itself(kept: Sequence[Review]) -> None:
    """Say that seasons of last year were still open and are closed now, and where to look back on them."""
    for old in kept:
        review_it = output.accent(f"relcard review --season {old.season.name}")
        output.say()
        output.say_wrapped(f"{old.season.name} was still open and is closed now: {_counts(old)}")
        output.say(f"  {review_it}")


def _say_closed(kept: Review) -> None:
    output.say(f"  {kept.season.name} is closed; all of it is kept:")
    output.say_wrapped(_counts(kept))
    lines = output.plural(len(kept.lines), "line")
    output.say(f"  {lines} of theirs and {kept.own_lines} of yours, for next year's crib")
    if kept.silent:
        names = output.some_names([silent.home.addressee for silent in kept.silent])
        output.say_wrapped(f"silent for {SILENT_YEARS} years: {names}")
    _say_stamps(kept)
    _say_owed(kept)
    review_it = output.accent(f"relcard review --season {kept.season.name}")
    output.say(f"  Look back: {review_it}")
    output.say(f"  Take it back with: {output.accent('relcard undo')}")


def _counts(kept: Review) -> str:
    words = (
        f"{len(kept.sent)} sent",
        f"{len(kept.came)} came",
        f"{len(kept.returned)} came back" if kept.returned else "",
        f"{len(kept.unwritten)} not written" if kept.unwritten else "",
        f"{output.plural(len(kept.owed), 'answer')} owed" if kept.owed else "",
    )
    return ", ".join(filter(None, words))


def _say(kept: Review, today: date) -> None:
    closed = f", closed on {output.plain_day(kept.season.closed_on, today)}" if kept.season.closed_on else ""
    output.say(f"  {kept.season.name}{closed}")
    output.say()
    silent = [f"{household.home.addressee} ({household.last_came or 'never'})" for household in kept.silent]
    rows = (
        ("sent", len(kept.sent), ""),
        ("not written", len(kept.unwritten), _names(kept.unwritten)),
        ("came back", len(kept.returned), _names(kept.returned)),
        ("came", len(kept.came), ""),
        ("new this year", len(kept.new), _names(kept.new)),
        (f"silent {SILENT_YEARS} years", len(silent), output.some_names(silent)),
        ("answer owed", len(kept.owed), _names([answer.home for answer in kept.owed])),
    )
    output.table(("", "", ""), [(what, f"{number:>3}", who) for what, number, who in rows], flexible=2)
    _say_stamps(kept)
    _say_lines(kept)
    _say_owed(kept)


def _say_stamps(kept: Review) -> None:
    stamps = kept.stamps
    if stamps.bought:
        output.say(f"  stamps: {stamps.bought} bought, {stamps.used} used, {stamps.left} left")


def _say_lines(kept: Review) -> None:
    if kept.lines:
        output.say()
        output.say("  What they wrote:")
        output.table(("", ""), [(line.home.addressee, f"“{line.text}”") for line in kept.lines], flexible=1)


def _say_owed(kept: Review) -> None:
    if not kept.owed:
        return
    first = f"h{kept.owed[0].home.id}"
    post_it = output.accent(f"relcard posted {first} --season {kept.season.name}")
    output.say()
    output.say_wrapped(f"You owe an answer to {_names([answer.home for answer in kept.owed])}.")
    output.say(f"  Once it is in the post: {post_it}")
    output.say(f"  or, for a letter: {output.accent(f'relcard log {first} letter')}")


def _names(homes: Sequence[Home]) -> str:
    return output.some_names([home.addressee for home in homes])


def _say_json(kept: Review) -> None:
    output.say_json(
        "sent",
        _homes_json(kept.sent),
        came=_homes_json(kept.came),
        returned=_homes_json(kept.returned),
        unwritten=_homes_json(kept.unwritten),
        new=_homes_json(kept.new),
        silent=[
            {**_home_json(household.home), "last_came": household.last_came} for household in kept.silent
        ],
        owed=[
            {**_home_json(answer.home), "received_on": output.iso(answer.received_on)} for answer in kept.owed
        ],
        lines=[{**_home_json(kept_line.home), "line": kept_line.text} for kept_line in kept.lines],
        stamps={"bought": kept.stamps.bought, "used": kept.stamps.used, "left": kept.stamps.left},
        season=kept.season.name,
    )


def _homes_json(homes: Sequence[Home]) -> list[output.Json]:
    return [_home_json(home) for home in homes]


def _home_json(home: Home) -> output.Json:
    return {"household": f"h{home.id}", "addressee": home.addressee}
