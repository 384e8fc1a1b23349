"""What was done about reminders: done, snooze, let-go."""

from __future__ import annotations

import contextlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.cli.who import household_or_contact
from relcard.domain.people.correspondence import channel_of
from relcard.domain.reminders import reminder
from relcard.domain.text import fold
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.services.reminders.deal_with import deal_with
from relcard.services.reminders.deal_with import keep
from relcard.services.reminders.today import read_today
from relcard.services.reminders.upcoming import upcoming

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Sequence
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.reminders.reminder import Dismissal
    from relcard.domain.reminders.reminder import Reminder
    from relcard.store.file.database import Connection

_FAR = 60  # days ahead in which a reminder is looked for

_WHICH = click.argument("which", metavar="REMINDER...", nargs=-1, required=True)


@click.command(short_help="Say that a reminder is dealt with.")
@click.argument("which", metavar="REMINDER... [CHANNEL]", nargs=-1, required=True)
@click.option("--line", metavar="TEXT", default="", help="What you wrote or spoke of, kept.")
@pass_desk
def done(desk: Desk, which: tuple[str, ...], line: str) -> None:
    """Say that reminders are dealt with: by the number of a line of today, by a name, or by their ids.

    A word owed counts as spoken today, so that the cadence begins anew; a season's evening is done until
    tomorrow. A word behind says how it was, and is logged: relcard done mum visit.
    """
    lines = []
    with desk.changing(f"done {' '.join(which)}") as db:
        channel = _channel_behind(desk, db, which)
        for parts in _named(desk, db, which[:-1] if channel else which):
            is_logged = deal_with(db, parts, channel, line, desk.today)
            words = f"{_with_article(channel)} is logged for today" if is_logged else "done"
            lines.append(f"  {_titles(parts)}: {words}")
    _say_unless_quiet(desk, lines)


def _titles(parts: Iterable[Reminder]) -> str:
    return output.clean(", ".join(dict.fromkeys(part.title for part in parts)))


def _channel_behind(desk: Desk, db: Connection, which: Sequence[str]) -> str:
    """Return the channel said behind the reminders, "" where the last word is a reminder's own."""
    channel = channel_of(which[-1]) if len(which) > 1 else None
    if channel is None or any(
        fold(which[-1]) in fold(reminder.who).split() for reminder in upcoming(db, desk.standpoint, days=_FAR)
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
@_WHICH
@click.option("--days", type=click.IntRange(1, 366), default=3, show_default=True, help="For how many days.")
@click.option("--until", type=params.COMING_DAY, metavar="DAY", help="Or until which day.")
@pass_desk
def snooze(desk: Desk, which: tuple[str, ...], days: int, until: date | None) -> None:
    """Put reminders off: by the number of a line of today, by a name, or by their ids."""

    def day_of(due: Reminder) -> date:
        return until or max(due.due, desk.today) + timedelta(days=days)

    _rest(
        desk,
        "snooze",
        which,
        lambda due: reminder.snooze(due, day_of(due), desk.today),
        lambda due: f"put off until {output.short_day(day_of(due), desk.today)}",
    )


@click.command(name="let-go", short_help="Let a reminder go, and nothing is noted.")
@_WHICH
@pass_desk
def let_go(desk: Desk, which: tuple[str, ...]) -> None:
    """Let reminders go: a birthday for this year, a word owed until its cadence is over once more.

    Nothing is noted of anybody. Which they are is said as for done.
    """
    _rest(
        desk,
        "let-go",
        which,
        lambda due: reminder.let_go(due, desk.today),
        lambda _: "let go",
    )


def _rest(
    desk: Desk,
    command: str,
    which: Sequence[str],
    dismissal_of: Callable[[Reminder], Dismissal],
    words_of: Callable[[Reminder], str],
) -> None:
    """Let what is named rest, and say so."""
    lines = []
    with desk.changing(f"{command} {' '.join(which)}") as db:
        for parts in _named(desk, db, which):
            for due in parts:
                keep(db, dismissal_of(due), desk.today)
            lines.append(f"  {_titles(parts)}: {words_of(parts[0])}")
    _say_unless_quiet(desk, lines)


def _named(desk: Desk, db: Connection, which: Sequence[str]) -> list[list[Reminder]]:
    """Return what each of some words names: the parts of a line of today, or a reminder that comes."""
    page = read_today(db, desk.standpoint).page
    lines = {str(line.number): line.reminder for line in (*page.shown, *page.rest)}
    coming = upcoming(db, desk.standpoint, days=_FAR)
    return [_meant_by(db, words, lines, coming) for words in which]


def _meant_by(
    db: Connection, words: str, lines: dict[str, Reminder], coming: Sequence[Reminder]
) -> list[Reminder]:
    """Return the parts of a line of today that a number or words mean, else the only reminder that comes."""
    if words in lines:
        return _parts(lines[words])
    exact = [due for due in coming if due.id == words]
    if exact:
        return exact
    about = _ids_about(db, words, [*coming, *(part for line in lines.values() for part in _parts(line))])
    on_page = [line for line in lines.values() if any(part.id in about for part in _parts(line))]
    if len(on_page) == 1:
        return [part for part in _parts(on_page[0]) if part.id in about]
    matching = [due for due in coming if due.id in about]
    if not matching:
        raise NotFoundError(f"No reminder is called '{words}'.", hint="relcard upcoming names them.")
    if len(matching) > 1:
        raise UndecidedError(
            f"'{words}' has {len(matching)} reminders.",
            candidates=tuple(f"{due.id}  {due.words}" for due in matching),
            hint="Say the id.",
        )
    return matching


def _parts(line: Reminder) -> list[Reminder]:
    return [line._replace(parts=()), *line.parts]


def _ids_about(db: Connection, words: str, reminders: Sequence[Reminder]) -> set[str]:
    """Return the ids of the reminders that words mean: by whole words, by parts of words, else as any WHO."""
    said = fold(words).split()
    names = {due.id: fold(f"{due.who} {due.title}") for due in reminders}
    whole = {id_ for id_, name in names.items() if set(said) <= set(re.findall(r"[^\s']+", name))}
    about = whole or {id_ for id_, name in names.items() if all(part in name for part in said)}
    if about or not said:
        return about if said else set()
    with contextlib.suppress(NotFoundError):
        home, contact_id = household_or_contact(db, words)
        about = {due.id for due in reminders if home and due.household_id == home}
        return about or {due.id for due in reminders if due.contact_id == contact_id}
    return set()
