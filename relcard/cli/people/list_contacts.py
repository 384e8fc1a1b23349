"""Contacts as lines of a list: list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import filters
from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.store import contacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relcard.cli.desk import Desk
    from relcard.cli.filters import Chosen
    from relcard.store.contacts import ContactRow


@click.command("list", short_help="List contacts.")
@filters.options(words="argument")
@params.as_json
@pass_desk
def list_(desk: Desk, chosen: Chosen, as_json: bool) -> None:
    """List contacts; WORDS are looked for in names, towns and e-mails, accents or not.

    Filters combine: every one given must hold. relcard segment save keeps them under a name.
    """
    with desk.reading() as db:
        found = list(contacts.listing(db, chosen.read(desk, db)))
        total = len(found) or contacts.count(db)
    if as_json:
        output.say_json("contacts", [as_dict(one) for one in found])
        return
    if not total:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
        return
    if not found:
        output.say(f"  None of {output.plural(total, 'contact')} is like that. relcard list shows them all.")
        return
    say_rows(found)


def as_dict(one: ContactRow) -> output.Json:
    """Return a line of the list for scripts."""
    return {
        "uid": one.uid,
        "name": one.name,
        "circle": one.circle.value if one.circle else None,
        "tags": list(one.tags),
        "country": one.country,
        "household": f"h{one.household_id}" if one.household_id else None,
        "last_contact": output.iso(one.last_contact),
    }


def say_rows(rows: Sequence[ContactRow]) -> None:
    """Print contacts as lines of a list."""
    output.table(
        ("name", "circle", "country", "household", "last contact", "tags"),
        [
            (
                one.name,
                one.circle.value if one.circle else "",
                one.country,
                f"h{one.household_id}" if one.household_id else "",
                one.last_contact.isoformat() if one.last_contact else "",
                ", ".join(one.tags),
            )
            for one in rows
        ],
    )
