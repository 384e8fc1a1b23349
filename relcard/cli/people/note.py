"""A dated note, for a contact or for everybody it names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.mentions import may_name_a_family
from relcard.domain.people.mentions import read_mentions
from relcard.domain.people.mentions import words_of
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import mentions
from relcard.store import relationships

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.mentions import Mention
    from relcard.store.file.database import Connection

_MOST_ASKED = 12


@click.command(short_help="Keep a dated note, for whom it names.")
@click.argument("words", metavar="[WHO] TEXT", nargs=-1, required=True)
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day it is from; else today.")
@pass_desk
def note(desk: Desk, words: tuple[str, ...], on: date | None) -> None:
    """Keep a dated note; it lies beside the card when you write, never on it.

    In free words the people named in it are found: relcard note "Anna and Tom: moved to Leeds". People in
    your circles and of one household come first; where more than one could be meant you are asked.
    """
    if not " ".join(words).strip() or (len(words) > 1 and not " ".join(words[1:]).strip()):
        raise UsageError("A note needs words.", hint='For example: relcard note anna "started cello"')
    with desk.changing(f"note {words[0]}") as db:
        text, contact_ids = _read(db, words)
        for contact_id in contact_ids:  # it stays with everyone named, whatever household that will be in
            relationships.add_note(db, contact_id, text, on=on or desk.today)
        names = contacts.names(db, contact_ids)
    if not desk.quiet:
        who_ = _listed([output.clean(names[one]) for one in contact_ids])
        output.say("  " + "\n    ".join(output.wrap(f"noted for {who_}", output.terminal_width() - 4)))


def _read(db: Connection, words: tuple[str, ...]) -> tuple[str, list[int]]:
    """Return the text of the note and whom it is kept for."""
    unknown: NotFoundError | None = None
    # "the Okafors": the word before a family's name is no WHO, though it stands in some name (Käthe).
    if len(words) > 1 and not may_name_a_family(words):
        try:
            return " ".join(words[1:]).strip(), [who.one_contact(db, words[0])]
        except NotFoundError as error:
            unknown = error
    said = " ".join(words)
    reading = read_mentions(said, mentions.some(db, words_of(said)))
    if reading.unknown:
        raise NotFoundError(
            f"Nobody in the book is called {_listed(list(reading.unknown))}.",
            hint='Say who is meant: relcard note "Anna Kowalska" TEXT',
        )
    if not reading.mentions:
        raise unknown or NotFoundError(
            "The note names nobody in the book.", hint='Say who is meant: relcard note "Anna Kowalska" TEXT'
        )
    found = [one for mention in reading.mentions for one in _meant(db, mention)]
    return reading.text, list(dict.fromkeys(found))


def _meant(db: Connection, mention: Mention) -> tuple[int, ...]:
    """Return the contacts a name means; asks on a terminal when there are several."""
    if len(mention.choices) == 1:
        return mention.choices[0].contact_ids
    shown = mention.choices[:_MOST_ASKED]
    ids = [one for choice in shown for one in choice.contact_ids]
    names = contacts.names(db, ids)
    labels = [_listed([names[one] for one in choice.contact_ids]) for choice in shown]
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UndecidedError(
            f"'{mention.words}' may be any of {len(mention.choices)}.",
            candidates=tuple(
                f"{label}  {contacts.uid_of(db, choice.contact_ids[0])}"
                for label, choice in zip(labels, shown, strict=True)
            ),
            hint="Say more of the name, or: relcard note WHO TEXT with the identifier beside it.",
        )
    click.echo(f"'{output.clean(mention.words)}' may be:", err=True)
    for number, label in enumerate(labels, start=1):
        click.echo(f"  {number}  {output.clean(label)}", err=True)
    answer: int = click.prompt("Which", type=click.IntRange(1, len(shown)), err=True, show_choices=False)
    return shown[answer - 1].contact_ids


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
