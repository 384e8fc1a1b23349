"""Segments: filters saved under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import filters
from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.people import list_contacts
from relcard.cli.people.cadence import cadence_days
from relcard.cli.people.cadence import cadence_words
from relcard.domain.people.segment import in_words
from relcard.domain.text import quoted
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import segments

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.cli.filters import Chosen
    from relcard.store.file.database import Connection
    from relcard.store.segments import SegmentRow

_LONGEST_NAME = 40


@click.group(short_help="Filters with a name: save, list, cadence.")
def segment() -> None:
    """Save filters under a name: the shop's regulars, the choir in Leeds, who has no address yet.

    A segment keeps the filters, not the contacts: it follows the book as it changes. --segment NAME stands
    for it in list, circle, tag, season, draft, print, preflight, today and upcoming.
    """


@segment.command(short_help="Save filters under a name.")
@click.argument("name")
@filters.options(segment=False)
@params.as_json
@pass_desk
def save(desk: Desk, name: str, chosen: Chosen, as_json: bool) -> None:
    """Save filters as those of list under a NAME; a name that is there gets the new filters."""
    name = _checked_name(name)
    if chosen.is_everybody:
        raise UsageError(
            "A segment needs a filter: without one it is everybody.",
            hint=f"For example: relcard segment save {quoted(name)} --tag shop",
        )
    with desk.changing(f"segment save {quoted(name)} {chosen.said}") as db:
        replaced = segments.save(db, name, chosen.options, today=desk.today)
        row = segments.find(db, name)
        number = _count(desk, db, row)
    if as_json:
        output.say_json("segment", _as_dict(row, number))
    elif not desk.quiet:
        saved = "changed" if replaced else "saved"
        output.say(f"  {output.clean(row.name)} is {saved}: {output.plural(number, 'contact')} today")


def _checked_name(name: str) -> str:
    """Return a name as it is kept. Raises `UsageError` for none, and for one that is no name."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageError(
            f"A segment needs a name of up to {_LONGEST_NAME} letters.",
            hint="For example: relcard segment save regulars --tag shop",
        )
    return name


@segment.command("list", short_help="List the segments.")
@params.as_json
@pass_desk
def list_(desk: Desk, as_json: bool) -> None:
    """List the segments with their filters, how many contacts they have today, and their cadence."""
    with desk.reading() as db:
        counted = [(row, *_count_or_reason(desk, db, row)) for row in segments.every(db)]
    if as_json:
        output.say_json("segments", [_as_dict(row, number) for row, number, _ in counted])
    elif counted:
        output.table(
            ("name", "contacts", "cadence", "filters"),
            [
                (
                    row.name,
                    "?" if number is None else str(number),
                    cadence_words(row.cadence_days),
                    "   ".join(filter(None, (in_words(row.options), reason))),
                )
                for row, number, reason in counted
            ],
            flexible=3,
        )
    else:
        output.say("  There are no segments. For example: relcard segment save regulars --tag shop")


@segment.command(short_help="Show a segment and its contacts.")
@click.argument("name")
@params.as_json
@pass_desk
def show(desk: Desk, name: str, as_json: bool) -> None:
    """Show the filters of a segment and the contacts they let through today."""
    with desk.reading() as db:
        row = segments.find(db, name)
        rows = list(contacts.listing(db, segments.read(db, name, desk.today), today=desk.today))
    if as_json:
        listed = [list_contacts.as_dict(contact) for contact in rows]
        output.say_json("segment", {**_as_dict(row, len(rows)), "contacts": listed})
        return
    each = f" · {cadence_words(row.cadence_days)}" if row.cadence_days is not None else ""
    output.say(f"  {output.bold(output.clean(row.name))}: {output.plural(len(rows), 'contact')}{each}")
    output.say(output.dim(f"  {output.clean(in_words(row.options))}"))
    list_contacts.say_rows(rows)


@segment.command(short_help="Forget a segment.")
@click.argument("name")
@pass_desk
def drop(desk: Desk, name: str) -> None:
    """Forget a segment; its contacts stay as they are."""
    with desk.changing(f"segment drop {quoted(name)}") as db:
        row = segments.find(db, name)
        segments.drop(db, row.id)
    if not desk.quiet:
        output.say(f"  {output.clean(row.name)} is forgotten; its contacts stay as they are")


@segment.command(short_help="Say how often to be in touch with a segment.")
@click.argument("name")
@click.argument("days", metavar="DAYS|never|none")
@pass_desk
def cadence(desk: Desk, name: str, days: str) -> None:
    """Say after how many DAYS without a word the contacts of a segment are due, whatever their circle.

    In several segments the shortest holds; a cadence of the household's own goes before all of them. With
    never nobody is due by this segment, with none each has the cadence of its circle again.
    """
    every = cadence_days(days)
    with desk.changing(f"segment cadence {quoted(name)} {days}") as db:
        row = segments.find(db, name)
        segments.set_cadence(db, row.id, every)
        number = _count(desk, db, row)
    if not desk.quiet:
        how = cadence_words(every, otherwise="each as the circle has it")
        output.say(f"  {output.clean(row.name)}: {how}, {output.plural(number, 'contact')} today")


def _count(desk: Desk, db: Connection, row: SegmentRow) -> int:
    return len(filters.contacts_of(desk, db, row.name))


def _count_or_reason(desk: Desk, db: Connection, row: SegmentRow) -> tuple[int | None, str]:
    """Return how many contacts a segment has, or None and why this program cannot say."""
    try:
        return _count(desk, db, row), ""
    except UsageError as error:
        return None, f"{error.message} {error.hint}"


def _as_dict(row: SegmentRow, number: int | None) -> output.Json:
    return {
        "name": row.name,
        "filter": row.options,
        "said": in_words(row.options),
        "cadence_days": row.cadence_days,
        "saved_on": output.iso(row.saved_on),
        "count": number,
    }
