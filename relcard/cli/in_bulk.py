"""A circle for many contacts at once, by the filters of list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from relcard.cli import output
from relcard.cli.people import code_of
from relcard.domain.closeness import Circle
from relcard.errors import NotFoundError
from relcard.errors import UsageError
from relcard.store import contacts
from relcard.store import relationships

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.store.contacts import ContactRow


def wanted(
    *, words: str, circle: Circle | None, tag: str, country: str, no_address: bool, no_circle: bool
) -> contacts.Filter:
    """Return the filter the options say."""
    if circle and no_circle:
        raise UsageError("--circle and --no-circle leave nobody.", hint="Leave one of them out.")
    return contacts.Filter(
        words=words,
        circle=circle,
        tag=tag,
        country=code_of(country),
        no_address=no_address,
        no_circle=no_circle,
    )


def say_circle(desk: Desk, circle: Circle, wanted: contacts.Filter, *, dry_run: bool) -> None:
    """Put everyone a filter lets through into a circle, in one step; a stated circle stays unless named.

    Raises `NotFoundError` when the filter lets nobody through.
    """
    with desk.changing(_command(circle, wanted), dry_run=dry_run) as db:
        found = list(contacts.listing(db, wanted))
        if not found:
            raise NotFoundError("No contact is like that.", hint="relcard list takes the same filters.")
        meant = [one for one in found if one.circle is wanted.circle and one.circle is not circle]
        for one in meant:
            relationships.set_circle(db, one.id, circle, today=desk.today)
    if dry_run:
        _show(meant)
    if not desk.quiet:
        would = "would be " if dry_run else ""
        output.say(f"  {would}{circle.value}: {output.plural(len(meant), 'contact')}")
        _tell_of_the_others(found, meant)


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


def _command(circle: Circle, wanted: contacts.Filter) -> str:
    parts = [
        f"--words {wanted.words}" if wanted.words else "",
        f"--circle {wanted.circle.value}" if wanted.circle else "",
        f"--tag {wanted.tag}" if wanted.tag else "",
        f"--country {wanted.country}" if wanted.country else "",
        "--no-address" if wanted.no_address else "",
        "--no-circle" if wanted.no_circle else "",
    ]
    return f"circle {circle.value} {' '.join(part for part in parts if part)}"
