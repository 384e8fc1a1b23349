"""The days for a calendar, in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.errors import UsageError
from relcard.files import read_bytes
from relcard.files import write_atomically
from relcard.services.reminders.calendar import file_of
from relcard.services.reminders.calendar import read_calendar
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.reminders.calendar import Entry

_BEGINS = (b"BEGIN:VCALENDAR",)


@click.command(short_help="Write the days for the calendar you look at.")
@click.option("-o", "path", type=params.OUT_FILE, metavar="FILE", help="Where to; else standard output.")
@params.as_json
@pass_desk
def calendar(desk: Desk, path: str | None, as_json: bool) -> None:
    """Write an iCalendar file that a phone or any calendar takes: the days, and by when to post.

    Birthdays, anniversaries and your own days stand in every year; the days to post, each with an alarm on
    the evening before, in the next 13 months. First names alone, no circle, note or fact; nothing of the
    dead, and in a careful year nothing until it is over. Written again to the same file, what did not
    change stays as it is.
    """
    file = "" if path in (None, "-") else str(path)
    if file and not params.may_replace(file, _BEGINS):
        raise UsageError(params.refused(file, "calendar"), hint="Nothing was written.")
    before = read_bytes(Path(file)) if file and Path(file).is_file() else b""
    with desk.reading() as db:
        if not contacts.count(db):
            raise UsageError("There are no contacts yet.", hint="Begin with: relcard import FILE.vcf")
        entries = read_calendar(db, desk.standpoint)
        data = file_of(db, entries, desk.today, before)
    if file:
        write_atomically(Path(file), data)
    if as_json:
        _say_json(entries)
    elif not file:
        output.say_bytes(data)
    elif not desk.quiet:
        _say_written(file, entries)


def _say_written(file: str, entries: Sequence[Entry]) -> None:
    posts = sum(entry.has_alarm for entry in entries)
    days = output.plural(len(entries) - posts, "day")
    output.say(f"  {output.clean(file)}  {days}, {posts} to post by in the next 13 months")


def _say_json(entries: Sequence[Entry]) -> None:
    output.say_json(
        "entries",
        [
            {
                "uid": entry.uid,
                "on": output.iso(entry.on),
                "title": entry.title,
                "every_year": bool(entry.rule),
                "is_to_post": entry.has_alarm,
            }
            for entry in entries
        ],
    )
