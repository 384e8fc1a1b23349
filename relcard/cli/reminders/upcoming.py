"""Reminders: today, upcoming, done, snooze."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.domain.people.correspondence import channel_of
from relcard.domain.reminders import reminder
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.services.reminders.upcoming import upcoming as find_upcoming
from relcard.store import occasions
from relcard.store import relationships

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.reminders.reminder import Reminder
    from relcard.store.file.database import Connection

_NO_CONTACTS = "  There are no contacts yet. Begin with: relcard import FILE.vcf"
_FAR = 60  # days ahead in which done and snooze look for a reminder


def _find(desk: Desk, db: Connection, days: int, segment: str | None = None) -> list[Reminder]:
    reminders = find_upcoming(db, desk.standpoint, days=days)
    if segment is None:
        return reminders
    from relcard.cli.filters import contacts_of  # noqa: PLC0415  2 ms, and only where a segment is said

    ids = set(contacts_of(desk, db, segment))
    return [waiting for waiting in reminders if waiting.contact_id in ids]


_SEGMENT = click.option("--segment", metavar="NAME", help="Only what concerns contacts of this segment.")


@click.command(short_help="Show what to do today.")
@_SEGMENT
@params.as_json
@pass_desk
def today(desk: Desk, segment: str | None, as_json: bool) -> None:
    """Show what is due today or overdue, each with its reason."""
    title = f"{desk.today:%A} {desk.today.day} {desk.today:%B}"
    with desk.reading() as db:
        reminders = _find(desk, db, 0, segment)
        no_contacts = not reminders and _has_no_contacts(db)
        last_change = occasions.last_change(db)
    if last_change is not None and last_change > desk.today:
        _warn_of_the_clock(last_change, desk.today)
    if as_json:
        _say_json(reminders)
    elif no_contacts:
        output.say(_NO_CONTACTS)
    elif not reminders:
        output.say(f"  {title}: nothing waits for you. relcard upcoming shows the next days.")
    else:
        output.say(output.dim(title.rjust(output.terminal_width())))
        for due in reminders:
            _say_line(due)


@click.command(short_help="Show what comes in the next days.")
@click.option("--days", type=click.IntRange(0, 366), default=30, show_default=True, help="How far to look.")
@_SEGMENT
@params.as_json
@pass_desk
def upcoming(desk: Desk, days: int, segment: str | None, as_json: bool) -> None:
    """Show what is due within some days: birthdays with their day to post, words owed, season work."""
    with desk.reading() as db:
        reminders = _find(desk, db, days, segment)
        no_contacts = not reminders and _has_no_contacts(db)
    if as_json:
        _say_json(reminders)
    elif no_contacts:
        output.say(_NO_CONTACTS)
    elif not reminders:
        output.say(f"  Nothing in the next {output.plural(days, 'day')}.")
    else:
        _say_by_day(reminders, desk.today)


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


def _say_line(reminder: Reminder) -> None:
    columns = output.terminal_width()
    action = output.accent(output.pad(reminder.action.value, 9))
    words = output.wrap(f"{reminder.title} - {reminder.reason}", columns - 11)
    output.say(f"  {action}{words[0]}")
    for line in words[1:]:
        output.say(f"{' ' * 11}{line}")
    output.say(output.dim(f"{' ' * 11}{reminder.id}"))


def _say_json(reminders: list[Reminder]) -> None:
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
    )


@click.command(short_help="Say that a reminder is dealt with.")
@click.argument("which", metavar="REMINDER... [CHANNEL]", nargs=-1, required=True)
@pass_desk
def done(desk: Desk, which: tuple[str, ...]) -> None:
    """Say that reminders are dealt with, by their ids or by the name they speak of.

    A word owed counts as spoken today, so that the cadence begins anew; a season's evening is done until
    tomorrow. A word behind says how it was, and is logged: relcard done mum visit.
    """
    lines = []
    with desk.changing(f"done {' '.join(which)}") as db:
        channel = _channel_behind(desk, db, which)
        for due in _named(desk, db, which[:-1] if channel else which):
            is_logged = _deal_with(db, due, channel, desk.today)
            words = f"{_with_article(channel)} is logged for today" if is_logged else "done"
            lines.append(f"  {output.clean(due.title)}: {words}")
    _say_unless_quiet(desk, lines)


def _deal_with(db: Connection, due: Reminder, channel: str, today: date) -> bool:
    """Log the word owed, or the one said to have passed, and let the reminder rest. True if logged."""
    is_owed = due.kind == "cadence" and due.contact_id is not None
    is_logged = due.contact_id is not None and bool(channel or is_owed)
    if due.contact_id is not None and is_logged:
        relationships.add_interaction(
            db, due.contact_id, channel=channel or "other", direction=relationships.TO_THEM, on=today
        )
    if not is_owed:
        dismissal = reminder.done(due, today)
        occasions.dismiss(db, dismissal.id, until=dismissal.until, today=today)
    return is_logged


def _channel_behind(desk: Desk, db: Connection, which: Sequence[str]) -> str:
    """Return the channel said behind the reminders, "" where the last word is a reminder's own."""
    channel = channel_of(which[-1]) if len(which) > 1 else None
    if channel is None or any(
        fold(which[-1]) in fold(reminder.who).split() for reminder in _find(desk, db, _FAR)
    ):
        return ""
    return channel


def _with_article(channel: str) -> str:
    noun = channel if channel not in ("", "other") else "word"
    return f"an {noun}" if noun == "email" else f"a {noun}"


def _say_unless_quiet(desk: Desk, lines: Sequence[str]) -> None:
    """Say what was done, once it is: a line that cannot be written must not take it back."""
    if not desk.quiet:
        output.say("\n".join(lines))


@click.command(short_help="Put a reminder off.")
@click.argument("which", metavar="REMINDER...", nargs=-1, required=True)
@click.option("--days", type=click.IntRange(1, 366), default=3, show_default=True, help="For how many days.")
@click.option("--until", type=params.COMING_DAY, metavar="DAY", help="Or until which day.")
@pass_desk
def snooze(desk: Desk, which: tuple[str, ...], days: int, until: date | None) -> None:
    """Put reminders off, by their ids or by the name they speak of."""
    lines = []
    with desk.changing(f"snooze {' '.join(which)}") as db:
        for due in _named(desk, db, which):
            day = until or max(due.due, desk.today) + timedelta(days=days)
            dismissal = reminder.snooze(due, day, desk.today)
            occasions.dismiss(db, dismissal.id, until=dismissal.until, today=desk.today)
            lines.append(f"  {output.clean(due.title)}: put off until {output.short_day(day, desk.today)}")
    _say_unless_quiet(desk, lines)


def _named(desk: Desk, db: Connection, which: Sequence[str]) -> list[Reminder]:
    reminders = _find(desk, db, _FAR)
    return [_meant_by(words, reminders, desk.today) for words in which]


def _is_about(reminder: Reminder, words: str) -> bool:
    """Whether all words stand in the name of whom a reminder speaks of."""
    parts, name = fold(words).split(), fold(reminder.who)
    return bool(parts) and all(part in name for part in parts)


def _meant_by(words: str, reminders: Sequence[Reminder], today: date) -> Reminder:
    """Return the reminder of an id or a name; of several the only one that stands on today's page."""
    exact = [reminder for reminder in reminders if reminder.id == words]
    matching = exact or [reminder for reminder in reminders if _is_about(reminder, words)]
    due = [reminder for reminder in matching if reminder.due <= today]
    if len(matching) == 1 or len(due) == 1:
        return (due or matching)[0]
    if not matching:
        raise NotFoundError(f"No reminder is called '{words}'.", hint="relcard upcoming names them.")
    raise UndecidedError(
        f"'{words}' has {len(matching)} reminders.",
        candidates=tuple(f"{reminder.id}  {reminder.title} - {reminder.reason}" for reminder in matching),
        hint="Say the id.",
    )
