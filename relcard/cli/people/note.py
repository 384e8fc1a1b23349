"""A dated note, for a contact or for everybody it names."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import own_book
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.mentions import may_name_a_family
from relcard.domain.people.mentions import read_mentions
from relcard.domain.people.mentions import words_of
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UndecidedError
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import mentions
from relcard.store import relationships

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.domain.people.mentions import Reading
    from relcard.store.file.database import Connection
    from relcard.store.relationships import Note


@click.command(short_help="Keep a dated note, for whom it names.")
@click.argument("words", metavar="[WHO] TEXT", nargs=-1, required=True)
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day it is from; else today.")
@click.option("--remove", type=int, metavar="N", help="Take WHO's note N away; show WHO --full numbers them.")
@own_book.keep_option("note")
@own_book.ours_option
@params.dry_run
@pass_desk
def note(
    desk: Desk,
    words: tuple[str, ...],
    on: date | None,
    remove: int | None,
    keep: int | None,
    ours: bool | None,
    dry_run: bool,
) -> None:
    """Keep a dated note; it lies beside the card when you write, never on it.

    In free words the people named in it are found: relcard note "Anna and Tom: moved to Leeds". People in
    your circles and of one household come first; where more than one could be meant you are asked. Without
    quotes the longest name goes first: relcard note Mary Ann lost her cat. `note -` takes a note from each
    line of the standard input.
    """
    if remove is not None:
        if keep is not None or ours is not None:
            raise UsageError(
                "--remove takes WHO and the number alone.",
                hint=f"relcard note {quoted(' '.join(words))} --remove {remove}",
            )
        _remove(desk, " ".join(words), remove, dry_run=dry_run)
        return
    if keep is not None:
        _keep_where(desk, " ".join(words), keep, ours, dry_run=dry_run)
        return
    if dry_run:
        raise UsageError("A note is kept or not.", hint="--dry-run looks at --remove N and --keep N.")
    if on is not None and on > desk.today:
        raise UsageError(f"{on} has not come yet.", hint="A note is of today, or of a day before.")
    if words == ("-",):
        _each_line(desk, on or desk.today, ours)
        return
    if not " ".join(words[1:] or words).strip():
        raise UsageError("A note needs words.", hint='For example: relcard note anna "started cello"')
    with desk.changing(f"note {words[0]}") as db:
        names = _keep(db, words, on or desk.today, ours)
    _say(desk, [names])


def _remove(desk: Desk, words: str, number: int, *, dry_run: bool) -> None:
    """Take one note away, of WHO alone."""
    with desk.changing(f"note {words} --remove {number}", dry_run=dry_run) as db:
        name, kept = _kept_note(db, words, number)
        relationships.remove_note(db, number)
    if not desk.quiet:
        says = "would be taken away" if dry_run else "taken away"
        _say_note(desk, name, kept)
        output.say_wrapped(f"{says}: note {number}")


def _keep_where(desk: Desk, words: str, number: int, ours: bool | None, *, dry_run: bool) -> None:
    """Say of one note of WHO that it is on both laptops, or here alone."""
    is_ours = own_book.insisted(ours, f"relcard note {quoted(words)} --keep {number}")
    with desk.changing(f"note {words} --keep {number}", dry_run=dry_run) as db:
        name, kept = _kept_note(db, words, number)
        relationships.say_ours(db, "note", number, is_ours)
    if not desk.quiet:
        _say_note(desk, name, kept)
        output.say_wrapped(f"note {number} {own_book.in_words(is_ours, dry_run=dry_run)}")


def _kept_note(db: Connection, words: str, number: int) -> tuple[str, Note]:
    """Return the name of WHO, and the note of a number on it."""
    contact_id = who.one_contact(db, words)
    name = output.clean(contacts.names(db, [contact_id])[contact_id])
    for kept in relationships.notes(db, [contact_id]):
        if kept.id == number:
            return name, kept
    raise NotFoundError(
        f"{name} has no note {number}.", hint=f"relcard show {quoted(words)} --full numbers them."
    )


def _say_note(desk: Desk, name: str, kept: Note) -> None:
    output.say_wrapped(f"{name}: {output.short_day(kept.noted_on, desk.today)} {output.clean(kept.text)}")


def _each_line(desk: Desk, on: date, ours: bool | None) -> None:
    """Keep a note for each line of the standard input, all of them or none."""
    try:
        lines = sys.stdin.buffer.read().decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            "The standard input cannot be read as UTF-8.", hint="relcard note - < notes.txt"
        ) from error
    if not any(line.strip() for line in lines):
        raise UsageError("No line came in.", hint="One note a line: relcard note - < notes.txt")
    noted_for = []
    with desk.changing("note -") as db:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    noted_for.append(_keep(db, (line.strip(),), on, ours))
                except (NotFoundError, UndecidedError) as error:
                    error.message = f"Line {number}: {error.message} No line is kept."
                    raise
    _say(desk, noted_for)


def _keep(db: Connection, words: tuple[str, ...], on: date, ours: bool | None) -> str:
    """Keep a note for everybody it names, whatever household that will be in; return their names."""
    text, contact_ids = _read(db, words)
    for contact_id in contact_ids:
        relationships.add_note(db, contact_id, text, on=on, ours=ours)
    names = contacts.names(db, contact_ids)
    return who.listed([output.clean(names[contact_id]) for contact_id in contact_ids])


def _say(desk: Desk, noted_for: list[str]) -> None:
    if not desk.quiet:
        width = output.terminal_width() - 4
        notes = [output.wrap(f"noted for {names}", width) for names in noted_for]
        output.say("\n".join("  " + "\n    ".join(lines) for lines in notes))


def _read(db: Connection, words: tuple[str, ...]) -> tuple[str, list[int]]:
    """Return the text of the note and whom it is kept for.

    WHO in quotes, or before a text in quotes, is WHO. Without quotes the longest name goes before the first
    word: Mary Ann before Mary.
    """
    sentence, text = " ".join(words), " ".join(words[1:]).strip()
    contact_ids, unknown = _named_first(db, words) if _is_quoted_who(words) else ([], None)
    if contact_ids:
        return text, contact_ids
    reading = read_mentions(sentence, mentions.some(db, words_of(sentence)))
    if len(words) > 1 and unknown is None and _is_who(db, words[0], reading):
        contact_ids, unknown = _named_first(db, words)
        if contact_ids:
            return text, contact_ids
    if reading.unknown:
        raise NotFoundError(
            f"Nobody in the book is called {who.listed(list(reading.unknown))}.",
            hint='Say who is meant: relcard note "Anna Kowalska" TEXT',
        )
    if not reading.mentions:
        raise unknown or NotFoundError(
            "The note names nobody in the book.", hint='Say who is meant: relcard note "Anna Kowalska" TEXT'
        )
    mentioned = [contact_id for mention in reading.mentions for contact_id in who.mentioned(db, mention)]
    return reading.text, list(dict.fromkeys(mentioned))


def _named_first(db: Connection, words: tuple[str, ...]) -> tuple[list[int], NotFoundError | None]:
    """Return whom the first word means as WHO, or nobody and why not."""
    try:
        return who.some_contacts(db, words[:1]), None
    except NotFoundError as error:
        return [], error


def _is_quoted_who(words: tuple[str, ...]) -> bool:
    """Whether the first word is WHO for its quotes, or for those of the text behind it."""
    is_quoted = any(" " in word.strip() for word in words[:2]) or len(words) == 2
    # "the Okafors": the word before a family's name is no WHO, though it stands in some name (Käthe).
    return len(words) > 1 and is_quoted and not may_name_a_family(words)


def _is_who(db: Connection, word: str, reading: Reading) -> bool:
    """Whether the first word is meant for WHO, and not for the beginning of a sentence with names in it."""
    if reading.is_more_than_a_word:
        return False
    return not reading.mentions or reading.begins or who.is_whole_word(db, word)
