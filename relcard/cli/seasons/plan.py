"""What to write on which evening: season plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.seasons.plan import kept_pace
from relcard.domain.seasons.plan import read_pace
from relcard.errors import UsageError
from relcard.services.seasons.plan_season import LUNAR_NEW_YEAR
from relcard.services.seasons.plan_season import NEW_YEAR
from relcard.services.seasons.plan_season import find_quicker_pace
from relcard.services.seasons.plan_season import plan_season
from relcard.services.seasons.read_season import find_season
from relcard.services.seasons.read_season import read_season

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.seasons.plan import Pace
    from relcard.services.people.read_households import HouseholdView
    from relcard.services.seasons.plan_season import PlannedEvening
    from relcard.services.seasons.plan_season import SeasonPlan
    from relcard.services.seasons.plan_season import Unreachable

_NAMED = 3  # of an evening's pile
_ADVISED = 20  # cards an evening; nobody writes more by hand and means it
_LOST_NAMED = 12  # of those whose cards come late for one reason


@click.command(short_help="Say what to write on which evening.")
@click.option("--pace", "words", metavar="PACE", help="6 an evening, Mon Wed Fri; it is kept as a setting.")
@params.season
@params.as_json
@pass_desk
def plan(desk: Desk, words: str | None, season: str | None, as_json: bool) -> None:
    """Say what to write on which evening so that every card comes in time, the far ones first.

    It is planned anew each time from what is left, at your pace. What can no longer come in time is named,
    with what is left to do instead.
    """
    pace = _pace(desk, words)
    with desk.reading() as db:
        here = find_season(db, season)
        recipients = read_season(db, here, desk.standpoint, desk.settings.order)
        planned = plan_season(here, recipients, pace, desk.standpoint)
        lost = bool(planned.unreachable) and not as_json
        faster = find_quicker_pace(recipients, pace, desk.standpoint) if lost else None
    if words is not None:
        # Setting a pace is rare, and what writes settings (tomlkit, tempfile) is a fifth of a plan's time.
        from relcard.cli.data.settings import keep  # noqa: PLC0415

        keep(desk, {"pace": str(pace)})
    if as_json:
        output.say_json(
            "evenings",
            [_evening_json(evening) for evening in planned.evenings],
            season=here.name,
            pace=str(pace),
            tight=planned.tight,
            unreachable=[_unreachable_json(lost) for lost in planned.unreachable],
        )
    else:
        _say(desk, here.name, planned, pace, faster)


def _pace(desk: Desk, words: str | None) -> Pace:
    """Return the pace that is said, or the one of the settings, or six cards every evening."""
    try:
        return kept_pace(desk.settings.pace) if words is None else read_pace(words)
    except ValueError as error:
        raise UsageError(
            f'"{words}" {error}.', hint='relcard season plan --pace "6 an evening, Mon Wed Fri"'
        ) from error


def _say(desk: Desk, name: str, planned: SeasonPlan, pace: Pace, faster: Pace | None) -> None:
    left = sum(len(evening.recipients) for evening in planned.evenings)
    left += sum(lost.recipient.waits for lost in planned.unreachable)
    output.say(f"  {name}: {output.plural(left, 'card')} to write · {pace}")
    if not left and not planned.unreachable:
        output.say(f"  Nothing is left to write: {output.accent('relcard season status')}")
        return
    if planned.evenings:
        _say_evenings(desk, planned)
    if planned.tight:
        output.say(f"  {output.plural(planned.tight, 'card')} of these will be less than a week early.")
    if planned.unreachable:
        _say_unreachable(planned, faster)
    _say_stale(desk)


def _say_evenings(desk: Desk, planned: SeasonPlan) -> None:
    output.say()
    output.table(
        ("evening", "cards", "for"),
        [
            (
                "tonight" if evening.on == desk.today else output.short_day(evening.on, desk.today),
                str(len(evening.recipients)),
                _listed([recipient.household for recipient in evening.recipients], _NAMED),
            )
            for evening in planned.evenings
        ],
        flexible=2,
    )


def _listed(households: Sequence[HouseholdView], named: int) -> str:
    names = [output.clean(household.addressee) for household in households[:named]]
    more = len(households) - len(names)
    return ", ".join([*names, *([f"{more} more"] if more else [])])


def _say_stale(desk: Desk) -> None:
    """Say when the days in the post are those of a year that is over."""
    year = desk.settings.posting.year
    if year < desk.today.year:
        output.say()
        output.say_wrapped(f"The days in the post are those of {year}: check them with your post. Then:")
        output.say(f"  {output.accent(f'relcard settings set posting.year {desk.today.year}')}")


def _say_unreachable(planned: SeasonPlan, faster: Pace | None) -> None:
    alike: dict[tuple[str, str], list[HouseholdView]] = {}
    for lost in planned.unreachable:
        alike.setdefault((lost.reason, lost.instead), []).append(lost.recipient.household)
    output.say()
    output.say(f"  {output.plural(len(planned.unreachable), 'card')} will not come in time:")
    for (reason, instead), households in alike.items():
        output.say_wrapped(f"{reason}, {instead} instead: {_listed(households, _LOST_NAMED)}")
    if faster is not None and faster.cards <= _ADVISED:
        output.say_wrapped(f'A quicker pace leaves fewer behind: relcard season plan --pace "{faster}"')
    if any(lost.instead == NEW_YEAR for lost in planned.unreachable):
        output.say_wrapped("A card for New Year comes in time: relcard season start newyear")
    if any(lost.instead == LUNAR_NEW_YEAR for lost in planned.unreachable):
        output.say_wrapped("One for the lunar New Year does: relcard season start lunar-newyear")


def _evening_json(evening: PlannedEvening) -> output.Json:
    return {
        "on": output.iso(evening.on),
        "households": [f"h{recipient.household.id}" for recipient in evening.recipients],
    }


def _unreachable_json(lost: Unreachable) -> output.Json:
    return {
        "household": f"h{lost.recipient.household.id}",
        "reason": lost.reason,
        "instead": lost.instead,
    }
