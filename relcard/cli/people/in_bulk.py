"""A circle or a tag for many contacts at once, by the filters of list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.domain.people.circle import Circle
from relcard.errors import NotFoundError
from relcard.store import contacts
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.cli.filters import Chosen
    from relcard.store.contacts import ContactRow
    from relcard.store.file.database import Connection


def say_circle(desk: Desk, circle: Circle, chosen: Chosen, *, dry_run: bool) -> None:
    """Put everyone a filter lets through into a circle, in one step; a stated circle stays unless named.

    Raises `NotFoundError` when the filter lets nobody through.
    """
    with desk.changing(f"circle {circle.value} {chosen.said}", dry_run=dry_run) as db:
        found = _found(desk, db, chosen)
        named = chosen.options.get("circle") is not None
        meant = [one for one in found if (named or one.circle is None) and one.circle is not circle]
        for one in meant:
            relationships.set_circle(db, one.id, circle, today=desk.today)
    if dry_run:
        _show(meant)
    if not desk.quiet:
        would = "would be " if dry_run else ""
        output.say(f"  {would}{circle.value}: {output.plural(len(meant), 'contact')}")
        _tell_of_the_others(found, meant)


def say_tag(desk: Desk, tag: str, chosen: Chosen, *, remove: bool, dry_run: bool) -> None:
    """Tag everyone a filter lets through, or take the tag off, in one step.

    Raises `NotFoundError` when the filter lets nobody through.
    """
    command = f"tag {tag} {'--remove ' if remove else ''}{chosen.said}"
    with desk.changing(command, dry_run=dry_run) as db:
        found = _found(desk, db, chosen)
        meant = [one for one in found if (tag in one.tags) is remove]
        for one in meant:
            (relationships.remove_tag if remove else relationships.add_tag)(db, one.id, tag)
    if dry_run:
        _show(meant)
    if not desk.quiet:
        would = "would be " if dry_run else ""
        no = "no longer " if remove else ""
        output.say(f"  {would}{no}{output.clean(tag)}: {output.plural(len(meant), 'contact')}")
        had = len(found) - len(meant)
        if had and not remove:
            output.say(output.dim(f"  {output.plural(had, 'contact')} had it already"))


def _found(desk: Desk, db: Connection, chosen: Chosen) -> list[ContactRow]:
    found = list(contacts.listing(db, chosen.read(desk, db)))
    if not found:
        raise NotFoundError("No contact is like that.", hint="relcard list takes the same filters.")
    return found


def _show(meant: list[ContactRow]) -> None:
    output.table(
        ("name", "country", "tags", "household"),
        [
            (one.name, one.country, ", ".join(one.tags), f"h{one.household_id}" if one.household_id else "")
            for one in meant
        ],
    )


def _tell_of_the_others(found: list[ContactRow], meant: list[ContactRow]) -> None:
    ids = {one.id for one in meant}
    stay = Counter(one.circle for one in found if one.id not in ids)
    if stay:
        each = " · ".join(f"{stay[one]} {one.value}" for one in Circle if stay[one])
        output.say(output.dim(f"  left as you said: {each}   change them by name, or with --circle"))
