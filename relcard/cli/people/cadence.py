"""How often to be in touch with a household of one's own: cadence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.segment import LONGEST_CADENCE
from relcard.errors import UsageError
from relcard.services.people.read_households import read_households
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.cli.desk import Desk


@click.command(short_help="How often to be in touch with a household.")
@click.argument("who_", metavar="WHO")
@click.argument("days", metavar="DAYS|never|none")
@pass_desk
def cadence(desk: Desk, who_: str, days: str) -> None:
    """Say after how many DAYS without a word a household is due, whatever its circle and segments.

    A word with any of them counts. With never no word is owed; with none the circle and the segments say it
    again. Children carry none.
    """
    every = cadence_days(days)
    with desk.changing(f"cadence {who_} {days}") as db:
        (household,) = read_households(db, [who.one_household(db, who_)], desk.standpoint)
        relationships.set_cadence(db, [adult.contact_id for adult in household.adults], every)
    if not desk.quiet:
        how = cadence_words(every, otherwise="as the circle has it")
        output.say(f"  h{household.id}  {output.clean(household.addressee)}: {how}")


def cadence_days(words: str) -> int | None:
    """Return a number of days, 0 for never, None for none of its own. Raises `UsageError`."""
    if words.lower() in ("none", "never"):
        return None if words.lower() == "none" else 0
    if words.isascii() and words.isdigit() and 1 <= int(words[:9]) <= LONGEST_CADENCE:
        return int(words)
    raise UsageError(
        f'"{words}" is no number of days from 1 to {LONGEST_CADENCE}.',
        hint="Say for example 14, or never; none takes it back.",
    )


def cadence_words(days: int | None, *, otherwise: str = "") -> str:
    """Return a cadence in words: every 14 days, never, or otherwise."""
    if days is None:
        return otherwise
    return f"every {output.plural(days, 'day')}" if days else "never"
