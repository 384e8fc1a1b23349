"""How far a season is, on one screen: season status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.printing.postage import Destination
from relcard.domain.seasons.plan import kept_pace
from relcard.services.seasons.gather_status import gather_status
from relcard.services.seasons.read_season import find_season

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.feasts import Season
    from relcard.services.seasons.gather_status import SeasonStatus
    from relcard.services.seasons.gather_status import StillToPost
    from relcard.services.seasons.read_season import Recipient

_LONGEST_BAR = 44  # columns, so that a line ends before 60
_COUNTRIES = 4  # named of one destination


@click.command(short_help="Say how far a season is.")
@params.season
@params.as_json
@pass_desk
def status(desk: Desk, season: str | None, as_json: bool) -> None:
    """Say how far the cards are, what must be posted for where by when, and what to write tonight."""
    pace = kept_pace(desk.settings.pace)
    with desk.reading() as db:
        now = gather_status(db, find_season(db, season), pace, desk.standpoint)
    if as_json:
        output.say_json("states", _states_json(now), **_as_json(now, desk.today))
        return
    _say_head(now, desk.today)
    _say_states(now)
    _say_to_post(now, desk.today)
    _say_evening(now, desk.today)


def _say_head(now: SeasonStatus, today: date) -> None:
    away = (now.feast_on - today).days
    when = "today" if not away else f"in {output.plural(away, 'day')}" if away > 0 else "it is over"
    closed = " (closed)" if now.season.closed_on else ""
    day = feast_words(now.season.season, today)
    output.say(f"  {now.season.name}{closed}: {output.plural(now.cards, 'card')} · {day}, {when}")
    output.say()


def feast_words(season: Season, today: date) -> str:
    """Return the day of a season's feast: "Fri 25 Dec", "about Tue 9 Mar 2027 as the moon is sighted"."""
    day = output.short_day(season.day, today)
    return f"about {day} as the moon is sighted" if season.feast.by_moon else day


def feast_json(season: Season) -> output.Json:
    """Return the feast of a season for scripts."""
    return {"name": season.occasion, "on": output.iso(season.day)}


def _say_states(now: SeasonStatus) -> None:
    most = max(now.states.values())
    columns = min(_LONGEST_BAR, output.terminal_width() - 20)
    for state, number in now.states.items():
        line = f"  {state.value:<9}{number:>5}"
        bar = output.bar(number, most, columns).rstrip()
        output.say(f"{line}  {output.accent(bar)}" if number else output.dim(line))
    if now.received:
        output.say(output.dim(f"  {output.plural(now.received, 'card')} came from them"))


def _say_to_post(now: SeasonStatus, today: date) -> None:
    if now.to_post:
        output.say()
        output.table(
            ("to post", "cards", "last day", "days left", "for"),
            [
                (
                    pile.going.place,
                    f"{pile.cards:>5}",
                    output.short_day(pile.last_day, today),
                    f"{pile.days_left:>9}" if pile.days_left else " too late",
                    _countries(pile),
                )
                for pile in now.to_post
            ],
            flexible=4,
        )
    if now.late:
        output.say_wrapped(f"too late now: {_names(now.late)}")
        output.say(output.dim("  What is left to do: ") + output.accent("relcard season plan"))
    if now.homeless:
        output.say_wrapped(f"no address: {_names(now.homeless)}")
        output.say(output.dim("  Whom to ask, and how: ") + output.accent("relcard ask-list"))


def _countries(pile: StillToPost) -> str:
    """Return where the cards go, the most first: "US 3, NZ 2"; home needs no word."""
    if pile.going is Destination.HOME:
        return ""
    named = ", ".join(f"{code} {number}" for code, number in pile.countries[:_COUNTRIES])
    more = len(pile.countries) - _COUNTRIES
    return f"{named} and {more} more" if more > 0 else named


def _say_evening(now: SeasonStatus, today: date) -> None:
    if now.evening is None:
        return
    on, recipients = now.evening
    when = "tonight" if on == today else output.short_day(on, today)
    output.say()
    output.say_wrapped(f"{when} {len(recipients)}: {_names(recipients)}")


def _names(recipients: tuple[Recipient, ...] | list[Recipient]) -> str:
    return output.some_names([recipient.household.addressee for recipient in recipients])


def _states_json(now: SeasonStatus) -> output.Json:
    return {**{state.value: number for state, number in now.states.items()}, "received": now.received}


def _as_json(now: SeasonStatus, today: date) -> output.Json:
    return {
        "season": now.season.name,
        "feast": feast_json(now.season.season),
        "destinations": [
            {
                "destination": pile.going.value,
                "countries": dict(pile.countries),
                "cards": pile.cards,
                "post_by": output.iso(pile.last_day),
                "days_left": pile.days_left,
            }
            for pile in now.to_post
        ],
        "tonight": _ids(now.evening.recipients) if now.evening and now.evening.on == today else [],
        "late": _ids(now.late),
        "without_address": _ids(now.homeless),
    }


def _ids(recipients: tuple[Recipient, ...] | list[Recipient]) -> list[str]:
    return [f"h{recipient.household.id}" for recipient in recipients]
