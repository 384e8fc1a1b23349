"""Times away: said before, kept, listed, forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.reminders.absence import absences
from relcard.domain.reminders.absence import said_absence
from relcard.errors import UsageError
from relcard.store import occasions

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.reminders.absence import Absence


_EXAMPLE = "relcard away 1 Jul..21 Jul"


@click.command(short_help="Say when you will be away.")
@click.argument("days", metavar="[FIRST..LAST]", nargs=-1)
@click.option("--forget", is_flag=True, help="Forget the times away that are to come.")
@params.as_json
@pass_desk
def away(desk: Desk, days: tuple[str, ...], forget: bool, as_json: bool) -> None:
    """Say when you will be away, as 2026-07-01..2026-07-21 or 1 Jul..21 Jul; without days: list it.

    What falls into that time is told in the last days before it; a word owed waits until you are back, and
    the days that passed are named then.
    """
    if days:
        time = _read_time(" ".join(days), desk)
        with desk.changing(f"away {time.first}..{time.last}") as db:
            occasions.dismiss(db, time.id, until=time.last, today=desk.today)
        words = f"Away {time.in_words(desk.today)}: what falls into it is told before."
    elif forget:
        with desk.changing("away --forget") as db:
            for time in absences(occasions.dismissals(db)):
                if time.last >= desk.today:
                    occasions.forget_dismissal(db, time.id)
        words = "No time away is to come."
    else:
        _list(desk, as_json)
        return
    if not desk.quiet:
        output.say(f"  {words}")


def _list(desk: Desk, as_json: bool) -> None:
    with desk.reading() as db:
        times = [time for time in absences(occasions.dismissals(db)) if time.last >= desk.today]
    if as_json:
        rows = [{"first": output.iso(time.first), "last": output.iso(time.last)} for time in times]
        output.say_json("away", rows)
        return
    for time in times:
        output.say(f"  away  {time.in_words(desk.today)}")
    if not times:
        output.say(f"  No time away is to come. For example: {_EXAMPLE}")


def _read_time(words: str, desk: Desk) -> Absence:
    first, dots, last = words.partition("..")
    if not dots:
        raise UsageError(f'"{words}" is no time from a day to a day.', hint=f"For example: {_EXAMPLE}")
    day = params.COMING_DAY
    return said_absence(
        day.convert(first.strip(), None, None), day.convert(last.strip(), None, None), desk.today
    )
