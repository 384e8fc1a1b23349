"""How near contacts are, and their tags, by name or for many at once: circle, tag."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from relcard.cli import filters
from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.domain.people.circle import Circle
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.cli.filters import Chosen
    from relcard.store.contacts import ContactRow
    from relcard.store.file.database import Connection


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
        _say_circle_in_bulk(desk, circle, chosen, dry_run=dry_run)
        return
    if not who_:
        raise UsageError(
            "Whose circle is it?",
            hint=f'For example: relcard circle {circle.value} "Anna Kowalska", or --tag choir --dry-run',
        )
    with desk.changing(f"circle {circle.value} {' '.join(who_)}", dry_run=dry_run) as db:
        contact_ids = who.some_adults(db, who_, today=desk.today)
        for contact_id in contact_ids:
            relationships.set_circle(db, contact_id, circle, today=desk.today)
        names = contacts.names(db, contact_ids)
    if not desk.quiet:
        would = "would be " if dry_run else ""
        output.say_wrapped(f"{would}{circle.value}: {output.some_names([names[id_] for id_ in contact_ids])}")


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
        _say_tag_in_bulk(desk, tag, chosen, remove=remove, dry_run=dry_run)
        return
    if not who_:
        raise UsageError(
            "Who is to be tagged?",
            hint=f'For example: relcard tag {tag} "Anna Kowalska", or --city Leeds --dry-run',
        )
    with desk.changing(f"tag {tag} {' '.join(who_)}", dry_run=dry_run) as db:
        contact_ids = who.some_contacts(db, who_)
        for contact_id in contact_ids:
            (relationships.remove_tag if remove else relationships.add_tag)(db, contact_id, tag)
        names = contacts.names(db, contact_ids)
    if not desk.quiet:
        would, no = "would be " if dry_run else "", "no longer " if remove else ""
        bearers = output.some_names([names[contact_id] for contact_id in contact_ids])
        output.say_wrapped(f"{would}{no}{output.clean(tag)}: {bearers}")


def _is_in_bulk(who_: tuple[str, ...], chosen: Chosen) -> bool:
    """Whether filters say who is meant; raises `UsageError` when WHO says it too."""
    if who_ and not chosen.is_everybody:
        raise UsageError("Name contacts or give filters, not both.", hint="Leave WHO out, or the filters.")
    return not chosen.is_everybody


def _say_circle_in_bulk(desk: Desk, circle: Circle, chosen: Chosen, *, dry_run: bool) -> None:
    """Put everyone a filter lets through into a circle, in one step; a stated circle stays unless named.

    Raises `NotFoundError` when the filter lets nobody through.
    """
    with desk.changing(f"circle {circle.value} {chosen.said}", dry_run=dry_run) as db:
        matching = _matching(desk, db, chosen)
        named = chosen.options.get("circle") is not None
        changing = [row for row in matching if (named or row.circle is None) and row.circle is not circle]
        for row in changing:
            relationships.set_circle(db, row.id, circle, today=desk.today)
    if dry_run:
        _show(changing)
    if not desk.quiet:
        would = "would be " if dry_run else ""
        output.say(f"  {would}{circle.value}: {output.plural(len(changing), 'contact')}")
        _tell_of_the_others(matching, changing)


def _say_tag_in_bulk(desk: Desk, tag: str, chosen: Chosen, *, remove: bool, dry_run: bool) -> None:
    """Tag everyone a filter lets through, or take the tag off, in one step.

    Raises `NotFoundError` when the filter lets nobody through.
    """
    command = f"tag {tag} {'--remove ' if remove else ''}{chosen.said}"
    with desk.changing(command, dry_run=dry_run) as db:
        matching = _matching(desk, db, chosen)
        changing = [row for row in matching if (tag in row.tags) is remove]
        for row in changing:
            (relationships.remove_tag if remove else relationships.add_tag)(db, row.id, tag)
    if dry_run:
        _show(changing)
    if not desk.quiet:
        would = "would be " if dry_run else ""
        no = "no longer " if remove else ""
        output.say(f"  {would}{no}{output.clean(tag)}: {output.plural(len(changing), 'contact')}")
        had = len(matching) - len(changing)
        if had and not remove:
            output.say(output.dim(f"  {output.plural(had, 'contact')} had it already"))


def _matching(desk: Desk, db: Connection, chosen: Chosen) -> list[ContactRow]:
    rows = list(contacts.listing(db, chosen.read(desk, db), today=desk.today))
    if not rows:
        raise NotFoundError("No contact is like that.", hint="relcard list takes the same filters.")
    return rows


def _show(rows: list[ContactRow]) -> None:
    output.table(
        ("name", "country", "tags", "household"),
        [
            (row.name, row.country, ", ".join(row.tags), f"h{row.household_id}" if row.household_id else "")
            for row in rows
        ],
    )


def _tell_of_the_others(matching: list[ContactRow], changing: list[ContactRow]) -> None:
    changing_ids = {row.id for row in changing}
    stay = Counter(row.circle for row in matching if row.id not in changing_ids)
    if stay:
        counts = " · ".join(f"{stay[circle]} {circle.value}" for circle in Circle if stay[circle])
        output.say(output.dim(f"  left as you said: {counts}   change them by name, or with --circle"))
