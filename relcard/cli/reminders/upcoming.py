"""Reminders: today, upcoming."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.reminders.marks import beside_store
from relcard.cli.reminders.marks import read_mark
from relcard.cli.reminders.marks import write_mark
from relcard.cli.unsettled import say_unsettled
from relcard.domain.reminders.page import Line
from relcard.domain.reminders.page import in_words
from relcard.domain.reminders.page import parts_of
from relcard.domain.reminders.reminder import by_due
from relcard.services.reminders.today import known_beside
from relcard.services.reminders.today import read_today
from relcard.services.reminders.upcoming import lines_ahead
from relcard.store import occasions
from relcard.store.sharing import unsettled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.domain.reminders.page import Page
    from relcard.domain.reminders.reminder import Reminder
    from relcard.services.reminders.today import Missed
    from relcard.store.file.database import Connection

_NO_CONTACTS = "  There are no contacts yet. Begin with: relcard import FILE.vcf"
_ACTION = 9  # columns
_MISSED = 8  # days that are named after a time away


def say_today(desk: Desk, *, whole: bool, segment: str | None, as_json: bool) -> None:
    """Say the page of today, or all that is due."""
    with desk.reading() as db:
        seen_on = _seen_before(desk, is_seen=not as_json)
        page, last_change, missed = read_today(db, desk.standpoint, seen_on)
        page = _of_segment(desk, db, page, segment)
        lines = [*page.shown, *page.rest] if whole else page.shown
        known = known_beside(db, lines, desk.today)
        no_contacts = not (page.shown or page.rest) and _has_no_contacts(db)
        waiting = occasions.addresses_waiting(db)
        differing = unsettled.count(db)
    if last_change is not None and last_change > desk.today:
        _warn_of_the_clock(last_change, desk.today)
    if as_json:
        _say_json(
            (part for line in lines for part in parts_of(line.reminder)),
            missed=[{"who": day.who, "on": output.iso(day.on)} for day in missed],
            known={f"h{household_id}": words for household_id, words in known.items()},
            unsettled=differing,
        )
    elif no_contacts:
        output.say(_NO_CONTACTS)
    else:
        _say_missed(missed, desk.today)
        title = f"{desk.today:%A} {desk.today.day} {desk.today:%B}"
        _say_page(title, lines, known, 0 if whole else len(page.rest))
        _say_waiting(waiting)
        say_unsettled(differing)


def _seen_before(desk: Desk, *, is_seen: bool) -> date | None:
    """Return the last day before this one on which the page was read; note today where it is seen now.

    The store is not changed by reading, so a mark beside it keeps both days: what was missed is said once.
    """
    path, today = beside_store(desk, "seen"), str(desk.today)
    before, _, last = read_mark(path).rpartition(" ")
    if last != today:
        before = last
        if is_seen:
            with suppress(OSError):  # it can be read where nothing can be written
                write_mark(path, f"{before} {today}".strip())
    with suppress(ValueError):
        return date.fromisoformat(before)
    return None


def _say_missed(missed: Sequence[Missed], today: date) -> None:
    """Say whose days passed while one was away, of many those of the nearest."""
    if missed:
        nearest = sorted(sorted(missed, key=attrgetter("nearness"))[:_MISSED], key=attrgetter("on"))
        days = [f"{output.clean(day.who)} {output.plain_day(day.on, today)}" for day in nearest]
        more = f", and {len(missed) - len(days)} more" if len(missed) > len(days) else ""
        output.say_wrapped(f"While you were away: {', '.join(days)}{more}.")


def _say_page(title: str, lines: Sequence[Line], known: Mapping[int, Sequence[str]], more: int) -> None:
    """Say the lines of a page under its day, with what is known beside each, and how many wait."""
    if lines:
        output.say(output.dim(title.rjust(output.terminal_width())))
    for line in lines:
        _say_line(line.reminder, str(line.number), known.get(line.reminder.household_id or 0, ()))
    if more:
        begin = "and" if lines else f"{title}: nothing more has to be today;"
        output.say(f"  {begin} {more} more when you have an evening: {output.accent('relcard today --all')}")
    elif not lines:
        output.say(f"  {title}: nothing waits for you. relcard upcoming shows the next days.")


def _say_waiting(number: int) -> None:
    """Say how many new addresses from other devices the owner has not decided on."""
    if number:
        new = "1 new address from another device waits" if number == 1 else f"{number} new addresses wait"
        output.say(f"  {new}: {output.accent('relcard page proposals')}")


@click.command(short_help="Show what comes in the next days.")
@click.option("--days", type=click.IntRange(0, 366), default=30, show_default=True, help="How far to look.")
@params.of_segment
@params.as_json
@pass_desk
def upcoming(desk: Desk, days: int, segment: str | None, as_json: bool) -> None:
    """Show what is due within some days: birthdays with their day to post, words owed, season work."""
    with desk.reading() as db:
        lines = [Line(0, reminder) for reminder in lines_ahead(db, desk.standpoint, days=days)]
        reminders = [line.reminder for line in _only(desk, db, lines, segment)]
        no_contacts = not reminders and _has_no_contacts(db)
    if as_json:
        _say_json(sorted((part for line in reminders for part in parts_of(line)), key=by_due))
    elif no_contacts:
        output.say(_NO_CONTACTS)
    elif not reminders:
        output.say(f"  Nothing in the next {output.plural(days, 'day')}.")
    else:
        _say_by_day(reminders, desk.today)


def _of_segment(desk: Desk, db: Connection, page: Page, segment: str | None) -> Page:
    return page._replace(shown=_only(desk, db, page.shown, segment), rest=_only(desk, db, page.rest, segment))


def _only(desk: Desk, db: Connection, lines: Sequence[Line], segment: str | None) -> Sequence[Line]:
    """Return the lines that concern a segment, or all of them without one."""
    if segment is None:
        return lines
    from relcard.cli.filters import contacts_of  # noqa: PLC0415  2 ms, and only where a segment is said

    ids = set(contacts_of(desk, db, segment))
    return [line for line in lines if any(part.contact_id in ids for part in parts_of(line.reminder))]


def _say_by_day(reminders: Sequence[Reminder], today: date) -> None:
    """Say reminders beneath the days they are due, what is overdue beneath today."""
    last: date | None = None
    for coming in reminders:
        due = max(coming.due, today)
        if due != last:
            output.say(output.dim(f"{'' if last is None else chr(10)}{output.short_day(due, today)}"))
            last = due
        _say_line(coming)


def _warn_of_the_clock(last_change: date, today: date) -> None:
    """Say on the side that the clock stands before the last change."""
    words = f"The last change is of {last_change}, and this computer says that it is {today}."
    lines = output.wrap(f"{words} Which of them is wrong? relcard doctor", output.terminal_width() - 4)
    output.say("  " + "\n    ".join(lines), err=True)


def _has_no_contacts(db: Connection) -> bool:
    from relcard.store import contacts  # noqa: PLC0415  1 ms that a page with reminders does without

    return not contacts.count(db)


def _say_line(reminder: Reminder, number: str = "", known: Sequence[str] = ()) -> None:
    """Say a line of a house: what to do and why, beneath it what else is to do there and is known."""
    before = f"{output.dim(number.rjust(3))} " if number else "  "
    indent = " " * (_ACTION + (4 if number else 2))
    columns = output.terminal_width() - len(indent)
    first, *below = output.wrap(reminder.words, columns)
    output.say(f"{before}{output.accent(output.pad(reminder.action.value, _ACTION))}{first}")
    for part in parts_of(reminder)[1:]:
        below += output.wrap(f"and {in_words(part)}", columns)
    beside = output.wrap(" · ".join(known), columns) if known else []
    for line in (*below, *map(output.dim, beside)):
        output.say(f"{indent}{line}")


def _say_json(reminders: Iterable[Reminder], **more: object) -> None:
    output.say_json(
        "reminders",
        [
            {
                "id": due.id,
                "kind": due.kind,
                "who": due.who,
                "due": output.iso(due.due),
                "on": output.iso(due.on),
                "reason": due.reason,
                "age": due.age,
                "household": f"h{due.household_id}" if due.household_id else None,
            }
            for due in reminders
        ],
        **more,
    )
