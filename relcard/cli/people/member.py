"""Members of a household without a vCard: add, set, remove, contact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from relcard.cli import output
from relcard.cli import params
from relcard.cli import who
from relcard.cli.desk import pass_desk
from relcard.cli.people.contact_json import household_json
from relcard.domain.dates import known_day
from relcard.domain.people.member import ROLES
from relcard.domain.people.member import Member
from relcard.domain.people.member import read_name_and_birth
from relcard.errors import UsageError
from relcard.services.people import members
from relcard.services.people.read_households import read_households
from relcard.store import members as store_members

if TYPE_CHECKING:
    from relcard.cli.desk import Desk
    from relcard.domain.dates import PartialDate
    from relcard.services.people.read_households import HouseholdView
    from relcard.store.file.database import Connection

_role = click.option("--role", metavar="ROLE", type=click.Choice(ROLES), help=f"One of {', '.join(ROLES)}.")
_born = click.option("--born", metavar="DAY", type=params.BIRTHDAY, help='2017-03-04, "4 March", 2017.')


@click.group(short_help="Partners, children and pets without a vCard.")
def member() -> None:
    """Say who belongs to a household without a vCard of their own: a partner, a child, a pet.

    Cards and lists name many of them; they stand on the envelope, in the greeting and on the crib. relcard
    household show WHO lists them.
    """


@member.command(short_help="Add somebody to a household.")
@click.argument("who_", metavar="WHO")
@click.argument("name")
@_role
@_born
@params.dry_run
@params.as_json
@pass_desk
def add(
    desk: Desk,
    who_: str,
    name: str,
    role: str | None,
    born: PartialDate | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add somebody to a household: relcard member add h12 Jack --born 2017.

    Without a role it is a child. An age will do: "Jack (9)".
    """
    bare, told = read_name_and_birth(" ".join(name.split()), on=desk.today)
    with desk.changing(f"member add {who_} {name}", dry_run=dry_run) as db:
        household = _household(desk, db, who_)
        new = Member(bare, role or "child", born or told)
        members.add_member(db, household, new, today=desk.today)
        household = _household(desk, db, f"h{household.id}")
    _say(desk, household, dry_run=dry_run, as_json=as_json)


@member.command("set", short_help="Correct what is known of a member.")
@click.argument("who_", metavar="WHO")
@click.argument("name")
@click.option("--name", "new_name", metavar="NAME", help="What they are called.")
@_role
@_born
@click.option("--died", metavar="DAY", type=params.PART_OF_DAY, help="The day, or the year.")
@params.dry_run
@params.as_json
@pass_desk
def set_(
    desk: Desk,
    who_: str,
    name: str,
    new_name: str | None,
    role: str | None,
    born: PartialDate | None,
    died: PartialDate | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Correct the name, role, birth or death of a member: relcard member set h12 Jack --born 2017-03-04."""
    if not (new_name is not None or role or born or died):
        raise UsageError(
            "What is to be set?", hint=f'For example: relcard member set {who_} "{name}" --born 2017'
        )
    with desk.changing(f"member set {who_} {name}", dry_run=dry_run) as db:
        household = _household(desk, db, who_)
        known = members.find_member(household, name)
        changed = known._replace(
            name=known.name if new_name is None else new_name,
            role=role or known.role,
            born=born or known.born,
            died_on=died or known.died_on,
        )
        members.change_member(db, household, known, changed, today=desk.today)
        household = _household(desk, db, f"h{household.id}")
    _say(desk, household, dry_run=dry_run, as_json=as_json)


@member.command(short_help="Take somebody out of a household.")
@click.argument("who_", metavar="WHO")
@click.argument("name")
@params.dry_run
@params.as_json
@pass_desk
def remove(desk: Desk, who_: str, name: str, dry_run: bool, as_json: bool) -> None:
    """Take a member out of a household; a card that names them does not bring them back."""
    with desk.changing(f"member remove {who_} {name}", dry_run=dry_run) as db:
        household = _household(desk, db, who_)
        store_members.remove(db, members.find_member(household, name).id)
        household = _household(desk, db, f"h{household.id}")
    _say(desk, household, dry_run=dry_run, as_json=as_json)


@member.command(short_help="Make a member a contact.")
@click.argument("who_", metavar="WHO")
@click.argument("name")
@params.dry_run
@params.as_json
@pass_desk
def contact(desk: Desk, who_: str, name: str, dry_run: bool, as_json: bool) -> None:
    """Make a member a contact of their own, in the same household, with a circle and notes to come."""
    with desk.changing(f"member contact {who_} {name}", dry_run=dry_run) as db:
        household = _household(desk, db, who_)
        known = members.find_member(household, name)
        made = members.make_contact(db, household, known, today=desk.today)
        household = _household(desk, db, f"h{household.id}")
    _say(desk, household, dry_run=dry_run, as_json=as_json)
    if not (desk.quiet or dry_run or as_json):
        shown = f'relcard show "{output.clean(made.display_name)}"'
        output.say(f"  {output.clean(made.display_name)} is a contact now: {output.accent(shown)}")


def _household(desk: Desk, db: Connection, words: str) -> HouseholdView:
    (household,) = read_households(db, [who.one_household(db, words)], desk.standpoint)
    return household


def _say(desk: Desk, household: HouseholdView, *, dry_run: bool, as_json: bool) -> None:
    """Say what the envelope and the greeting are now, and who is of the household without a vCard."""
    if as_json:
        named = [
            {"name": known.name, "role": known.role, "born": _iso(known.born), "died": _iso(known.died_on)}
            for known in household.named
        ]
        output.say_json("household", {**household_json(household), "without_vcard": named})
        return
    if desk.quiet:
        return
    if dry_run:
        output.say("  It would be (dry run: nothing was changed):")
    output.say(
        f"  h{household.id}  {output.clean(household.addressee)}  "
        f"{output.dim(output.clean(household.salutation))}"
    )
    for known in household.named:
        output.say(f"       {output.clean(known.name)}  {output.dim(member_words(known))}")


def _iso(day: PartialDate | None) -> str | None:
    return str(day) if day is not None else None


def member_words(known: Member) -> str:
    """Return the role of a member, and the birth or death as far as it is known: "child, born 2017"."""
    told = [known.role]
    if known.died_on is not None:
        told.append(f"died {'on ' if known.died_on.day else ''}{known_day(known.died_on)}")
    elif known.born is not None:
        told.append(f"born {'on ' if known.born.day else ''}{known_day(known.born)}")
    return ", ".join(told)
