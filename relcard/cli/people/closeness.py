"""What stands between the user and a contact: circle, tag, fact, log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import filters
from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.people import in_bulk
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import relationships

if TYPE_CHECKING:
    from datetime import date

    from relcard.cli.desk import Desk
    from relcard.cli.filters import Chosen
    from relcard.domain.people.circle import Circle

_CHANNELS = ("visit", "call", "letter", "card", "message", "email", "gift", "other")


def _told(desk: Desk, what: str) -> None:
    if not desk.quiet:
        output.say("  " + "\n    ".join(output.wrap(what, output.terminal_width() - 4)))


def _joined(names: list[str]) -> str:
    shown = [output.clean(name) for name in names]
    return ", ".join(shown) if len(shown) <= 6 else f"{', '.join(shown[:5])} and {len(shown) - 5} more"


@click.command(short_help="Say how near contacts are.")
@click.argument("circle", type=params.CIRCLE)
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@filters.options(before="In bulk: ")
@params.dry_run
@pass_desk
def circle(desk: Desk, circle: Circle, who_: tuple[str, ...], chosen: Chosen, dry_run: bool) -> None:
    """Say how near contacts are: inner, close, friend, wide or none.

    The circle is your word alone: it decides how much room a card keeps for your pen, how the envelope is
    addressed and how often you are reminded. It stands on nothing that leaves the desk.

    Instead of WHO, filters as those of list say it of many at once, and --dry-run shows the names first. In
    bulk a circle you have stated is left as it is, unless --circle names it.
    """
    if _is_in_bulk(who_, chosen):
        in_bulk.say_circle(desk, circle, chosen, dry_run=dry_run)
        return
    if not who_:
        raise UsageError(
            "Whose circle is it?",
            hint=f'For example: relcard circle {circle.value} "Anna Kowalska", or --tag choir --dry-run',
        )
    with desk.changing(f"circle {circle.value} {' '.join(who_)}", dry_run=dry_run) as db:
        found = who.some_contacts(db, who_)
        for one in found:
            relationships.set_circle(db, one, circle, today=desk.today)
        names = contacts.names(db, found)
    _told(
        desk,
        f"{'would be ' if dry_run else ''}{circle.value}: {_joined([names[one] for one in found])}",
    )


def _is_in_bulk(who_: tuple[str, ...], chosen: Chosen) -> bool:
    """Whether filters say who is meant; raises `UsageError` when WHO says it too."""
    if who_ and not chosen.is_everybody:
        raise UsageError("Name contacts or give filters, not both.", hint="Leave WHO out, or the filters.")
    return not chosen.is_everybody


@click.command(short_help="Tag contacts, or take a tag off.")
@click.argument("tag")
@click.argument("who_", metavar="[WHO...]", nargs=-1)
@click.option("--remove", is_flag=True, help="Take the tag off.")
@filters.options(before="In bulk: ")
@params.dry_run
@pass_desk
def tag(desk: Desk, tag: str, who_: tuple[str, ...], remove: bool, chosen: Chosen, dry_run: bool) -> None:
    """Tag contacts; in vCards tags are CATEGORIES.

    Instead of WHO, filters as those of list say it of many at once, and --dry-run shows the names first.
    """
    tag = tag.strip()
    if not tag or "\n" in tag:
        raise UsageError("A tag needs a word.", hint='For example: relcard tag shop "Anna Kowalska"')
    if _is_in_bulk(who_, chosen):
        in_bulk.say_tag(desk, tag, chosen, remove=remove, dry_run=dry_run)
        return
    if not who_:
        raise UsageError(
            "Who is to be tagged?",
            hint=f'For example: relcard tag {tag} "Anna Kowalska", or --city Leeds --dry-run',
        )
    with desk.changing(f"tag {tag} {' '.join(who_)}", dry_run=dry_run) as db:
        found = who.some_contacts(db, who_)
        for one in found:
            (relationships.remove_tag if remove else relationships.add_tag)(db, one, tag)
        names = contacts.names(db, found)
    would, no = "would be " if dry_run else "", "no longer " if remove else ""
    _told(desk, f"{would}{no}{output.clean(tag)}: {_joined([names[one] for one in found])}")


@click.command(short_help="Keep a lasting fact.")
@click.argument("who_", metavar="WHO")
@click.argument("key")
@click.argument("value", nargs=-1)
@pass_desk
def fact(desk: Desk, who_: str, key: str, value: tuple[str, ...]) -> None:
    """Keep a lasting fact as KEY and VALUE (bread rye); without a value the fact is forgotten."""
    words = " ".join(value).strip()
    with desk.changing(f"fact {who_} {key}") as db:
        found = who.one_contact(db, who_)
        if not words and key not in {one.key for one in relationships.facts(db, found)}:
            raise UsageError(
                f"There is no fact '{key}' to forget.", hint=f"Say a value: relcard fact {who_} {key} VALUE"
            )
        relationships.set_fact(db, found, key, words, today=desk.today)
        names = contacts.names(db, [found])
    _told(desk, f"{output.clean(names[found])}  {output.clean(key)}: {output.clean(words) or 'forgotten'}")


@click.command(short_help="Record a visit, call, letter or card.")
@click.argument("who_", metavar="WHO")
@click.argument("channel", metavar="CHANNEL", type=click.Choice(_CHANNELS))
@click.option("--on", "on", type=params.DAY, metavar="DAY", help="The day; else today.")
@click.option("--from-them", is_flag=True, help="It came from them.")
@click.option("--text", default="", metavar="TEXT", help="What was said or written, in a line.")
@pass_desk
def log(desk: Desk, who_: str, channel: str, on: date | None, from_them: bool, text: str) -> None:
    """Record what passed between you: a visit, call, letter, card, message, email or gift.

    A card's text is the line written on it: next year it stands on your crib.
    """
    day = on or desk.today
    if day > desk.today:
        raise UsageError(f"{day} has not come yet.", hint="Log it when it has happened.")
    direction = relationships.FROM_THEM if from_them else relationships.TO_THEM
    with desk.changing(f"log {who_} {channel}") as db:
        found = who.some_contacts(db, [who_])
        for one in found:
            relationships.add_interaction(db, one, channel=channel, direction=direction, on=day, text=text)
        names = contacts.names(db, found)
    _told(
        desk,
        f"{channel} {'from' if from_them else 'to' if channel != 'visit' else 'with'} "
        f"{_joined([names[one] for one in found])}, {output.short_day(day, desk.today)}",
    )
