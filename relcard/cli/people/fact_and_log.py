"""What you know of a contact, and what passed between you: fact, log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import own_book
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.text import fold
from relcard.domain.text import quoted
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.services.people.keep_facts import set_facts
from relcard.store import contacts
from relcard.store import relationships

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.store.file.database import Connection


@click.command(short_help="Keep a lasting fact.")
@click.argument("who_", metavar="WHO")
@click.argument("key")
@click.argument("value", nargs=-1)
@own_book.ours_option
@pass_desk
def fact(desk: Desk, who_: str, key: str, value: tuple[str, ...], ours: bool | None) -> None:
    """Keep a lasting fact as KEY and VALUE (bread rye); without a value the fact is forgotten.

    WHO may be several, such as "Anna and Jan": each of them has the fact. --ours and --mine alone are said of
    the fact there is: relcard fact anna bread --mine.
    """
    key, words = split_fact(key, value)
    _check_fact(who_, key, words)
    with desk.changing(f"fact {who_} {key}") as db:
        whose = who.some_contacts(db, [who_])
        kept = set_facts(db, whose, key, words, today=desk.today, ours=ours)
        if not kept:
            raise UsageError(
                f"There is no fact '{key}'{' to forget' if ours is None else ''}.",
                hint=f"Say a value: relcard fact {quoted(who_)} {key} VALUE",
            )
        names = contacts.names(db, kept)
    if not desk.quiet:
        people = output.some_names(list(names.values()))
        values = dict.fromkeys(output.clean(fact.value) or "forgotten" for fact in kept.values())
        key = output.clean(next(iter(kept.values())).key)
        mark = "" if ours is None else f"  ({'ours' if ours else 'mine'})"
        output.say_wrapped(f"{people}  {key}: {' / '.join(values)}{mark}")


def _check_fact(who_: str, key: str, words: str) -> None:
    """Raise `UsageError` for a fact without a key, and for one that another command keeps."""
    if not key:
        raise UsageError("A fact needs a key.", hint=f"For example: relcard fact {quoted(who_)} bread rye")
    command = command_of(key, quoted(who_)) if words else ""  # one of former days may still be forgotten
    if command:
        raise UsageError(f"As a fact, '{key}' would be words without effect.", hint=f"Say: {command}")


@click.command(short_help="Record a visit, call, letter or card.")
@click.argument("who_", metavar="WHO")
@click.argument("channel", metavar="CHANNEL", type=params.CHANNEL, required=False)
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day; else today.")
@click.option("--from-them", is_flag=True, help="It came from them.")
@click.option("--text", default="", metavar="TEXT", help="What was said or written, in a line.")
@click.option("--through", metavar="WHO", help="Who brought it about, and is credited for it too.")
@click.option("--remove", type=int, metavar="N", help="Take entry N away; show WHO --full numbers them.")
@own_book.keep_option("entry")
@own_book.ours_option
@params.dry_run
@pass_desk
def log(
    desk: Desk,
    who_: str,
    channel: str | None,
    on: date | None,
    from_them: bool,
    text: str,
    through: str | None,
    remove: int | None,
    keep: int | None,
    ours: bool | None,
    dry_run: bool,
) -> None:
    """Record what passed between you: a visit, call, letter, card, message, email or gift.

    Common words for them do as well: tea, phone, sms, met, postcard. A card's text is the line
    written on it: next year it stands on your crib.
    """
    number = remove if keep is None else keep
    if number is not None:
        option = "--remove" if keep is None else "--keep"
        is_more = None not in (remove, keep) or (remove is not None and ours is not None)
        if channel or on or from_them or text or through or is_more:
            raise UsageError(
                f"{option} takes WHO and the number alone.",
                hint=f"relcard log {quoted(who_)} {option} {number}",
            )
        if keep is None:
            _remove(desk, who_, number, dry_run=dry_run)
        else:
            _keep(desk, who_, number, ours, dry_run=dry_run)
    elif channel is None or dry_run:
        raise UsageError(
            "How did it pass?" if channel is None else "--dry-run looks at --remove N and --keep N.",
            hint=f"For example: relcard log {quoted(who_)} visit",
        )
    else:
        direction = relationships.FROM_THEM if from_them else relationships.TO_THEM
        _log(desk, who_, channel, on or desk.today, direction, text, through, ours)


def _log(
    desk: Desk,
    who_: str,
    channel: str,
    day: date,
    direction: str,
    text: str,
    through: str | None,
    ours: bool | None,
) -> None:
    """Keep what passed between the user and everybody whom WHO means."""
    if day > desk.today:
        raise UsageError(f"{day} has not come yet.", hint="Log it when it has happened.")
    with desk.changing(f"log {who_} {channel}") as db:
        contact_ids = who.some_contacts(db, [who_])
        organiser = who.one_contact(db, through) if through else None
        for contact_id in contact_ids:
            number = relationships.add_interaction(
                db,
                contact_id,
                channel=channel,
                direction=direction,
                on=day,
                text=text,
                through=organiser,
            )
            if ours is not None:
                relationships.say_ours(db, "interaction", number, ours)
        names = contacts.names(db, [*contact_ids, *([organiser] if organiser else [])])
    if not desk.quiet:
        outward = "with" if channel == "visit" else "to"
        way = "from" if direction == relationships.FROM_THEM else outward
        people = output.some_names([names[contact_id] for contact_id in contact_ids])
        brought = f", through {output.clean(names[organiser])}" if organiser else ""
        output.say_wrapped(f"{channel} {way} {people}{brought}, {output.short_day(day, desk.today)}")


_COMMANDS = {
    "birthday|bday|birthdate|birth date|date of birth|dob|born": "relcard edit {who}  (birthday)",
    "anniversary|wedding anniversary|wedding day|wedding": "relcard edit {who}  (anniversary)",
    "name day|nameday|saint's day|saints day": 'relcard day {who} "name day" DAY',
    "nickname|nick name|nick": "relcard edit {who}  (nicknames)",
    "died|death|date of death": "relcard rite death {who}",
    "circle": "relcard circle close {who}",
    "phone|telephone|tel|mobile|cell|phone number|mobile number|landline": "relcard edit {who}  (phone)",
    "e-mail|email|mail|email address|e-mail address": "relcard edit {who}  (email)",
    "address|home address|street|postal address|postcode": "relcard address add {who} --street STREET",
}
_COMMAND_OF = {key: command for keys, command in _COMMANDS.items() for key in keys.split("|")}


def split_fact(key: str, words: tuple[str, ...]) -> tuple[str, str]:
    """Return key and value as they are kept: "bread:" is bread, and "bread: rye" has its value."""
    if len(words) and f"{key} {words[0]}".lower().rstrip(":") in _COMMAND_OF:
        key, words = f"{key} {words[0]}", words[1:]
    value = " ".join(words).strip()
    if not value and ":" in key.strip().rstrip(":"):
        key, _, value = key.partition(":")
    return " ".join(key.strip(" \t:：").split()), value.strip()


def command_of(key: str, who: str) -> str:
    """Return the command that keeps what a key says, "" where a fact does."""
    return _COMMAND_OF.get(fold(key), "").format(who=who)


def _remove(desk: Desk, who_: str, number: int, *, dry_run: bool) -> None:
    """Take one entry out of the history of WHO; a card of a season is taken back where it was said."""
    with desk.changing(f"log {who_} --remove {number}", dry_run=dry_run) as db:
        name, touch = _entry(db, who_, number)
        if touch.season_id is not None:
            command = "received" if touch.direction == relationships.FROM_THEM else "posted"
            raise _of_a_season(number, f"Say: relcard {command} --take-back {quoted(who_)}")
        relationships.remove_interaction(db, number)
    if not desk.quiet:
        says = "would be taken away" if dry_run else "taken away"
        _say_entry(desk, name, touch)
        output.say_wrapped(f"{says}: entry {number}")


def _keep(desk: Desk, who_: str, number: int, ours: bool | None, *, dry_run: bool) -> None:
    """Say of one entry that it is on both laptops, or here alone; cards of a season go as the season does."""
    is_ours = own_book.insisted(ours, f"relcard log {quoted(who_)} --keep {number}")
    with desk.changing(f"log {who_} --keep {number}", dry_run=dry_run) as db:
        name, touch = _entry(db, who_, number)
        if touch.season_id is not None:
            raise _of_a_season(number, "It is on both laptops, as the season is.")
        relationships.say_ours(db, "interaction", number, is_ours)
    if not desk.quiet:
        _say_entry(desk, name, touch)
        output.say_wrapped(f"entry {number} {own_book.in_words(is_ours, dry_run=dry_run)}")


def _entry(db: Connection, who_: str, number: int) -> tuple[str, relationships.InteractionRow]:
    """Return the name of WHO, and the entry of a number in its history."""
    contact_id = who.one_contact(db, who_)
    touches = relationships.interactions(db, [contact_id])
    name = output.clean(contacts.names(db, [contact_id])[contact_id])
    for touch in touches:
        if touch.id == number:
            return name, touch
    raise NotFoundError(
        f"{name} has no entry {number}.", hint=f"relcard show {quoted(who_)} --full numbers them."
    )


def _of_a_season(number: int, hint: str) -> UsageError:
    return UsageError(f"Entry {number} is a card of a season, and its household's.", hint=hint)


def _say_entry(desk: Desk, name: str, touch: relationships.InteractionRow) -> None:
    words = f"{touch.channel}, {output.short_day(touch.on, desk.today)} {output.clean(touch.text)}"
    output.say_wrapped(f"{name}: {words.rstrip()}")
