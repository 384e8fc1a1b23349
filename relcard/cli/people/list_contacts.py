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
        rows = list(contacts.listing(db, chosen.read(desk, db), today=desk.today))
        total = len(rows) or contacts.count(db)
    if as_json:
        output.say_json("contacts", [as_dict(row) for row in rows])
        return
    if not total:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
        return
    if not rows:
        all_ = "list --archived" if chosen.is_everybody else "list"
        output.say(
            f"  None of {output.plural(total, 'contact')} is like that. relcard {all_} shows them all."
        )
        return
    say_rows(rows)


def as_dict(row: ContactRow) -> output.Json:
    """Return a line of the list for scripts."""
    return {
        "uid": row.uid,
        "name": row.name,
        "circle": row.circle.value if row.circle else None,
        "tags": list(row.tags),
        "country": row.country,
        "household": f"h{row.household_id}" if row.household_id else None,
        "last_contact": output.iso(row.last_contact),
    }


def say_rows(rows: Sequence[ContactRow]) -> None:
    """Print contacts as lines of a list."""
    output.table(
        ("name", "circle", "country", "household", "last contact", "tags"),
        [
            (
                row.name,
                row.circle.value if row.circle else "",
                row.country,
                f"h{row.household_id}" if row.household_id else "",
                row.last_contact.isoformat() if row.last_contact else "",
                ", ".join(row.tags),
            )
            for row in rows
        ],
    )
