"""Contacts to look at: list and show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli.desk import pass_desk
from relcard.store import contacts

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.closeness import Circle


@click.command("list", short_help="List contacts.")
@click.argument("words", nargs=-1)
@click.option("--circle", type=params.CIRCLE, help="Only this circle.")
@click.option("--tag", metavar="TAG", default="", help="Only with this tag.")
@click.option("--country", metavar="CODE", default="", help="Only there: DE, Germany, Deutschland ...")
@click.option("--no-address", is_flag=True, help="Only those a card cannot reach.")
@click.option("--no-circle", is_flag=True, help="Only those you have said nothing of yet.")
@params.as_json
@pass_desk
def list_(
    desk: Desk,
    words: tuple[str, ...],
    circle: Circle | None,
    tag: str,
    country: str,
    no_address: bool,
    no_circle: bool,
    as_json: bool,
) -> None:
    """List contacts; WORDS are looked for in names, towns and e-mails, accents or not."""
    wanted = contacts.Filter(
        words=" ".join(words),
        circle=circle,
        tag=tag,
        country=code_of(country),
        no_address=no_address,
        no_circle=no_circle,
    )
    with desk.reading() as db:
        found = list(contacts.listing(db, wanted))
        total = len(found) or contacts.count(db)
    if as_json:
        output.say_json(
            "contacts",
            [
                {
                    "uid": one.uid,
                    "name": one.name,
                    "circle": one.circle.value if one.circle else None,
                    "tags": list(one.tags),
                    "country": one.country,
                    "household": f"h{one.household_id}" if one.household_id else None,
                    "last_contact": output.iso(one.last_contact),
                }
                for one in found
            ],
        )
        return
    if not total:
        output.say("  There are no contacts yet. Begin with: relcard import FILE.vcf")
        return
    if not found:
        output.say(f"  None of {output.plural(total, 'contact')} is like that. relcard list shows them all.")
        return
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
            for one in found
        ],
    )


def code_of(country: str) -> str:
    """Return the code of a country by any of its names, "" for none; raises `NotFoundError`."""
    if not country or (len(country) == 2 and country.isascii()):
        return country.upper()
    from relcard.errors import NotFoundError
    from relcard.postal import country_code

    code = country_code(country)
    if not code:
        raise NotFoundError(f"No country is called '{country}'.", hint="Say its code, as DE or GB.")
    return code


@click.command(short_help="Show one contact on a page.")
@click.argument("who_", metavar="WHO", nargs=-1, required=True)
@params.as_json
@pass_desk
def show(desk: Desk, who_: tuple[str, ...], as_json: bool) -> None:
    """Show one contact: who it is, the household, what you know, what passed between you, what is next."""
    from relcard.cli import page
    from relcard.cli import who

    with desk.reading() as db:
        found = page.gather(db, desk, who.one_contact(db, " ".join(who_)))
    if as_json:
        output.say_json("contact", page.as_json(found))
    else:
        page.say(found, desk)
