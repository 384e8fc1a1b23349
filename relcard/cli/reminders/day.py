"""Days that return, of a contact or a household: day add, list, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.days import day_json
from relcard.cli.days import day_words
from relcard.cli.desk import pass_desk
from relcard.cli.groups import AddFirst
from relcard.cli.reminders.which import the_only
from relcard.domain.kinds import OccasionKind
from relcard.domain.reminders.day import LONGEST_LEAD
from relcard.domain.reminders.day import WAYS
from relcard.domain.reminders.day import Day
from relcard.domain.text import quoted
from relcard.services.reminders import days
from relcard.store import occasions

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.dates import PartialDate
    from relcard.services.reminders.days import ListedDay
    from relcard.store.file.database import Connection

_EXAMPLE = 'For example: relcard day anna "name day" 26 Jul'


@click.group(cls=AddFirst, short_help="Days that return: name days, weddings, remembrance.")
def day() -> None:
    """Keep days that return: relcard day anna "name day" 26 Jul, relcard day h12 wedding 2015-06-12.

    A day of another calendar is told on ours: relcard day mei birthday lunar 8/15, relcard day david yahrzeit
    hebrew 15 Av 5780; so are islamic 12 Ramadan and persian 1 Farvardin.

    They are told by today and upcoming, with the day to post by. What a vCard says (birthday, anniversary)
    is there already; relcard edit WHO changes it.
    """


def _joined(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> PartialDate:
    return params.BIRTHDAY.convert(" ".join(words), param, ctx)


@day.command(short_help="Keep a day of a contact or a household.")
@click.argument("who_", metavar="WHO")
@click.argument("what")
@click.argument("on", metavar="DAY", nargs=-1, required=True, callback=_joined)
@click.option("--once", is_flag=True, help="This one time; else every year.")
@click.option("--remember", is_flag=True, help="In memory of somebody: told the day before, never after it.")
@click.option(
    "--by", "--way", "way", type=click.Choice(WAYS), help="How you keep it; else as the circle has it."
)
@click.option(
    "--lead", type=click.IntRange(0, LONGEST_LEAD), metavar="DAYS", help="Tell it so many days before."
)
@pass_desk
def add(
    desk: Desk,
    who_: str,
    what: str,
    on: PartialDate,
    once: bool,
    remember: bool,
    way: str | None,
    lead: int | None,
) -> None:
    """Keep a day: relcard day the kowalskis wedding 12 Jun 2015 --by visit --lead 10.

    WHAT is your word for it. A card is told in time for the post, whatever the lead. With a year the
    reminder counts: 10 years married.
    """
    with desk.changing(f"day add {who_} {what}") as db:
        household_id, contact_id = who.household_or_contact(db, who_, among=who.PRESENT)
        said = Day(contact_id, False, OccasionKind.CUSTOM, what, on, once, way or "", lead)
        kept = days.keep_day(db, said, desk.today, household_id=household_id, remember=remember)
    if not desk.quiet:
        coming = f"; next on {output.short_day(kept.next_on, desk.today)}" if kept.next_on else ""
        output.say_wrapped(f"{output.clean(kept.name)}: {output.clean(day_words(kept.day))}{coming}")


@day.command("list", short_help="List the days that you said.")
@click.argument("who_", metavar="[WHO]", required=False)
@params.as_json
@pass_desk
def list_(desk: Desk, who_: str | None, as_json: bool) -> None:
    """List the days that you said as they come next, of all or of WHO."""
    with desk.reading() as db:
        listed = _days_of(db, desk, who_)
    if as_json:
        output.say_json("days", [_as_json(each) for each in listed])
    elif not listed:
        output.say(f"  No days are kept{' of them' if who_ else ''}. {_EXAMPLE}")
    else:
        output.table(
            ("next", "whose", "day", "number"),
            [
                (
                    output.short_day(each.next_on, desk.today) if each.next_on else "over",
                    each.name,
                    day_words(each.day),
                    str(each.day.id),
                )
                for each in listed
            ],
            flexible=2,
        )


def _days_of(db: Connection, desk: Desk, words: str | None) -> list[ListedDay]:
    if not words:
        return days.list_days(db, desk.today)
    household_id, contact_id = who.household_or_contact(db, words, among=who.PRESENT)
    return days.list_days(db, desk.today, contact_id=contact_id, household_id=household_id)


def _as_json(listed: ListedDay) -> output.Json:
    return {
        **day_json(listed.day),
        "who": listed.name,
        "household": f"h{listed.household_id}" if listed.household_id else None,
        "of_household": listed.day.of_household,
        "next": output.iso(listed.next_on),
    }


@day.command(short_help="Forget a day that you said.")
@click.argument("who_", metavar="WHO")
@click.argument("what", metavar="[WHAT]", nargs=-1)
@pass_desk
def remove(desk: Desk, who_: str, what: tuple[str, ...]) -> None:
    """Forget a day of WHO, by what it is called or by its number in day list."""
    words = " ".join(what)
    with desk.changing(f"day remove {who_} {words}".rstrip()) as db:
        meant = the_only(
            "day",
            _days_of(db, desk, who_),
            who_,
            words,
            in_words=_in_words,
            hint=f"; a vCard's: relcard edit {quoted(who_)}",
        )
        occasions.remove_day(db, meant.day.id)
    if not desk.quiet:
        output.say_wrapped(f"{output.clean(_in_words(meant))} is forgotten")


def _in_words(each: ListedDay) -> str:
    return f"{each.name}: {day_words(each.day)}"
